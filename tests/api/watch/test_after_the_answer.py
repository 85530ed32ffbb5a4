"""After the answer: quiet windows settle by the watch, returns are decided by people, promises and silence alarm."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from api.watch import watch_once
from ledger.case import CASE
from ledger.case.contact.contacts import LogContact
from ledger.case.contact.promises import PromiseNextContact
from ledger.case.intake.opening import OpenCase
from ledger.case.outcome.resolving import ResolveCase
from ledger.case.state import Case
from ledger.ids import case_stream
from ledger.policy.document.policy import Policy
from ledger.policy.document.stored import document_of
from ledger.service import Ledger
from projections.lists.open_escalations import open_escalations
from projections.rows.case_rows import CaseRow
from projections.views import Views
from tests.api.command_line import CommandLine
from tests.ledgers import INTAKE, Place, office_policy, place_in


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return place_in(tmp_path)


def opened(ledger: Ledger, **fields: Any) -> UUID:
    case_id = ledger.new_id()
    told: dict[str, Any] = {"channel": "phone", "request_type": "GEN-ENQ", **fields}
    ledger.handle(OpenCase(case_id=case_id, **told), actor=INTAKE)
    return case_id


def resolved(ledger: Ledger, **fields: Any) -> UUID:
    case_id = opened(ledger, **fields)
    ledger.handle(ResolveCase(case_id=case_id, outcome="no-action"), actor=INTAKE)
    return case_id


def spoken(ledger: Ledger, case_id: UUID, direction: Any = "outbound") -> None:
    contact = LogContact(
        case_id=case_id,
        contact_id=ledger.new_id(),
        direction=direction,
        channel="phone",
        kinds=("reassurance",),
    )
    ledger.handle(contact, actor=INTAKE)


def row(views: Views, case_id: UUID) -> CaseRow:
    with views.reading("cases") as reading:
        return reading.rows_of(CaseRow, [str(case_id)])[str(case_id)][0]


def state(ledger: Ledger, case_id: UUID) -> Case:
    case: Case = CASE.initial
    for each in ledger.read(case_stream(case_id)):
        case = CASE.evolve(case, each.entry)
    return case


def recorded(ledger: Ledger) -> Counter[str]:
    return Counter(
        getattr(entry.fact, "alarm", None) or entry.topic
        for entry in ledger.entries()
        if entry.topic in ("CaseAlarmed", "CaseSettled")
    )


def test_the_watch_settles_what_is_quiet_and_proposes_to_a_person_what_needs_care(
    place: Place,
) -> None:
    with place.office() as ledger, Views.open(place.location) as views:
        plain, with_care, returning = (
            resolved(ledger),
            resolved(ledger, flags=("adjustment",)),
            resolved(ledger),
        )
        for case_id in (plain, with_care):
            spoken(ledger, case_id)
        spoken(ledger, returning)
        spoken(ledger, returning, "inbound")
        place.clock.pass_by(days=13)
        assert watch_once(ledger, views).counts["settled"] == 0
        place.clock.pass_by(days=2)
        assert watch_once(ledger, views).counts["settled"] == 2
        assert recorded(ledger) == {
            "CaseSettled": 1,
            "settling_proposed": 1,
            "return_undecided": 1,
        }
        tip = ledger.store.tip()
        assert (watch_once(ledger, views).recorded, ledger.store.tip()) == (0, tip)
        assert "settled" in state(ledger, plain).milestones
        assert "settled" not in state(ledger, with_care).milestones
        alarmed = row(views, returning)
        assert alarmed.undecided_since is None
        assert alarmed.return_since is not None, "nobody has decided it, and it is told as before"


def test_a_case_closed_without_a_reply_alarms_after_the_next_working_day(place: Place) -> None:
    with place.office() as ledger, Views.open(place.location) as views:
        answered = resolved(ledger)
        resolved(ledger)
        spoken(ledger, answered)
        place.clock.pass_by(hours=20)
        assert watch_once(ledger, views).counts["closed_without_reply"] == 0
        place.clock.pass_by(days=2)
        assert watch_once(ledger, views).counts["closed_without_reply"] == 1
        assert watch_once(ledger, views).counts["closed_without_reply"] == 0
        place.clock.pass_by(days=20)
        assert watch_once(ledger, views).counts["settled"] == 2
        now = place.clock.at
        (asked,) = open_escalations(views, at=now, since=now).escalations
        assert asked.escalation.reason == "closed_without_reply", "settling a case answers nobody"


def test_promises_and_silence_alarm_once_each(place: Place) -> None:
    document = document_of(office_policy())
    office = Policy.model_validate(
        {**document, "office": {**document["office"], "silence_days": 5}}
    )
    with place.office(office) as ledger, Views.open(place.location) as views:
        case_id, other = opened(ledger), opened(ledger)
        by_at = place.clock.at.replace(hour=20)
        promise = PromiseNextContact(case_id=case_id, promise_id=ledger.new_id(), by_at=by_at)
        ledger.handle(promise, actor=INTAKE)
        place.clock.pass_by(days=2)
        counts = watch_once(ledger, views).counts
        assert (counts["promise_missed"], counts["no_contact"]) == (1, 0)
        spoken(ledger, other)
        place.clock.pass_by(days=4)
        assert watch_once(ledger, views).counts["no_contact"] == 1
        place.clock.pass_by(days=2)
        assert watch_once(ledger, views).counts["no_contact"] == 1
        place.clock.pass_by(days=20)
        counts = watch_once(ledger, views).counts
        assert (counts["promise_missed"], counts["no_contact"]) == (0, 0)


def test_a_return_is_decided_from_the_command_line(office: CommandLine) -> None:
    ref = office.asked("open", "phone", "--request-type", "GEN-ENQ", "--as", "I-02")["reference"]
    office.done("promise", ref, "2030-01-01", "--words", "We call.", "--as", "I-02")
    assert office.asked("case", ref)["case"]["promised_at"].startswith("2030-01-02T03:59")
    office.done("pull", "INT", "--as", "I-02")
    office.done("resolve", ref, "no-action", "--as", "I-02")
    assert office("decide-return", ref, "thanks", "--as", "I-02").code == 2
    assert office("settle", ref, "--as", "I-02").code == 2
    office.done(
        "contact", ref, "--direction", "inbound", "--channel", "phone", "--kind", "complaint",
        "--as", "I-02",
    )  # fmt: skip
    assert "return proposed" in office.done("case", ref).out
    office.done(
        "decide-return",
        ref,
        "return",
        "--reason",
        "returned",
        "--clock-policy",
        "resume",
        "--as",
        "I-03",
    )
    said = office.asked("case", ref)
    case = said["case"]
    assert (said["status"], case["owner"], case["reopened"]) == ("in_hand", "I-02", 1)


def test_a_requester_s_status_is_told_in_the_language_of_the_case(office: CommandLine) -> None:
    ref = office.asked(
        "open", "phone", "--request-type", "GEN-ENQ", "--language", "fr", "--as", "I-02"
    )["reference"]
    dit = office.done("status", ref).out
    assert dit.startswith(f"{ref} : Demande de renseignements\n")
    assert "Votre demande est à l'équipe Accueil" in dit
    assert "Your request is with Intake" in office.done("status", ref, "--language", "en").out
    said = office.asked("status", ref)["requester_status"]
    assert (said["reference"], said["stage"]) == (ref, "queued")
    assert "Nothing was known" in office.done("status", ref, "--known-at", "2020-01-01").out
    assert office("status", "NO-SUCH").code == 2
