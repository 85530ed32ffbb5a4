"""Every alarm that a case can raise reaches somebody: found by the watch, told by the outbox, once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import orjson
import pytest

from api.outbox import deliver_owed
from api.outbox.alert import OutboxFolder
from api.watch import watch_once
from ledger.case.alarms import ALARMS, CaseAlarmed, RaiseAlarm
from ledger.case.clocks.waiting import BeginWaiting
from ledger.case.contact.bounces import MAIL_BOUNCED
from ledger.case.contact.contacts import LogContact
from ledger.case.contact.notices import IssueNotice, RecordNoticeFailed
from ledger.case.contact.promises import PromiseNextContact
from ledger.case.custody.pulling import PullCase
from ledger.case.escalation.ending import AlarmEnded
from ledger.case.history.imported import ImportCase
from ledger.case.intake.opening import OpenCase
from ledger.case.outcome.resolving import ResolveCase
from ledger.case.work.followups import SetFollowUp
from ledger.case.work.referral import ReferCase
from ledger.case.work.tasks import AddTask
from ledger.commands import Command
from ledger.entry import Actor
from ledger.policy.document.policy import Policy
from ledger.policy.document.stored import document_of
from ledger.registers.directory import RecordAbsence
from ledger.service import Ledger
from projections.lists.open_escalations import open_escalations
from projections.views import Views
from tests.case.writing import TEMPLATES
from tests.ledgers import INTAKE, ROADS, WATCH, Place, office_policy, place_in

DAY = timedelta(days=1)


def policy() -> Policy:
    """The office, writing to people, asking for the skill, and wanting news after five days of silence."""
    document: Any = document_of(office_policy())
    document["office"]["silence_days"] = 5
    document["pull"] = {"types": {"RDW-WIN": {"skills": ["road"]}}}
    document["templates"] = TEMPLATES
    return Policy.model_validate(document)


class Troubled:
    """One case of the roads depot, and the troubles that can come over it."""

    def __init__(self, place: Place, ledger: Ledger) -> None:
        self.place, self.ledger = place, ledger
        self.case_id = ledger.new_id()

    def ask(self, command: Command, actor: Actor = ROADS) -> None:
        self.ledger.handle(command, actor=actor)

    def of_case(self, kind: Callable[..., Command], actor: Actor = ROADS, /, **fields: Any) -> None:
        self.ask(kind(case_id=self.case_id, **fields), actor)

    def opened(self) -> None:
        opening = OpenCase(case_id=self.case_id, channel="phone", request_type="RDW-WIN")
        self.ask(opening, INTAKE)

    def taken(self) -> None:
        self.opened()
        self.ask(PullCase(case_ids=(self.case_id,), team="RDW", owner="R-02"))

    def away(self, *members: str, on: date = date(2026, 3, 3)) -> None:
        for member in members:
            absence = RecordAbsence(
                directory_id=self.ledger.directory_id,
                absence_id=self.ledger.new_id(),
                member=member,
                from_on=on,
                until_on=on,
            )
            self.ask(absence, INTAKE)

    def pass_by(self, days: float) -> None:
        self.place.clock.pass_by(days=days)


def never_opened(case: Troubled) -> None:
    case.opened()
    case.pass_by(2)


def never_routed(case: Troubled) -> None:
    imported = ImportCase(
        case_id=case.case_id, batch=case.ledger.new_id(), source="old", external_id="1",
        channel="web", channel_family="web", received_at=case.place.clock() - DAY,
    )  # fmt: skip
    case.ask(imported, INTAKE)
    since = case.place.clock() - DAY
    case.of_case(RaiseAlarm, WATCH, alarm="never_routed", since=since)


def owner_silent(case: Troubled) -> None:
    case.taken()
    case.pass_by(3)


def owner_absent(case: Troubled) -> None:
    case.taken()
    case.away("R-02")
    case.pass_by(1)


def waiting_too_long(case: Troubled) -> None:
    case.taken()
    case.of_case(BeginWaiting, wait_id=case.ledger.new_id(), reason="weather")
    case.pass_by(42)


def no_contact(case: Troubled) -> None:
    case.taken()
    case.of_case(
        LogContact, contact_id=case.ledger.new_id(), direction="outbound", channel="phone",
        kinds=("reassurance",),
    )  # fmt: skip
    case.pass_by(7)


def closed_without_reply(case: Troubled) -> None:
    case.taken()
    case.of_case(ResolveCase, outcome="done")
    case.pass_by(2)


def no_present_skill(case: Troubled) -> None:
    case.opened()
    case.away("L-02", "R-02", "R-03")
    case.pass_by(1)


def notice_failed(case: Troubled) -> None:
    case.taken()
    notice_id = case.ledger.new_id()
    case.of_case(IssueNotice, notice_id=notice_id, template="MORE-TIME", channel="email")
    case.of_case(RecordNoticeFailed, notice_id=notice_id, reason="bounced")


def mail_bounced(case: Troubled) -> None:
    case.taken()
    case.of_case(IssueNotice, notice_id=case.ledger.new_id(), template="MORE-TIME", channel="email")
    case.of_case(RaiseAlarm, alarm=MAIL_BOUNCED, since=case.place.clock())


def promise_missed(case: Troubled) -> None:
    case.taken()
    case.of_case(
        PromiseNextContact, promise_id=case.ledger.new_id(), by_at=case.place.clock() + DAY
    )
    case.pass_by(2)


def task_overdue(case: Troubled) -> None:
    case.taken()
    case.of_case(
        AddTask, task_id=case.ledger.new_id(), title="Measure it", kind="preparatory", team="RDW",
        due_at=case.place.clock() + DAY,
    )  # fmt: skip
    case.pass_by(2)


def follow_up_overdue(case: Troubled) -> None:
    case.taken()
    case.of_case(
        SetFollowUp, follow_up_id=case.ledger.new_id(), member="R-02",
        due_at=case.place.clock() + DAY,
    )  # fmt: skip
    case.pass_by(2)


def referral_overdue(case: Troubled) -> None:
    case.taken()
    case.of_case(
        ReferCase, referral_id=case.ledger.new_id(), kind="consultation", body="The city", consent="given",
        told_by="us", confirm_by=case.place.clock() + DAY,
    )  # fmt: skip
    case.pass_by(2)


def came_after_quiet_window(case: Troubled) -> None:
    case.taken()
    case.of_case(ResolveCase, outcome="done")
    case.pass_by(42)
    case.of_case(
        LogContact, INTAKE, contact_id=case.ledger.new_id(), direction="inbound", channel="phone",
        kinds=("chase",),
    )  # fmt: skip


TROUBLES: list[tuple[Callable[[Troubled], None], tuple[str, ...]]] = [
    (never_opened, ("L-02",)),
    (never_routed, ("D-01",)),
    (owner_silent, ("L-02",)),
    (owner_absent, ("L-02",)),
    (waiting_too_long, ("L-02",)),
    (no_contact, ("R-02",)),
    (closed_without_reply, ("L-02",)),
    (no_present_skill, ("D-01",)),
    (notice_failed, ("R-02",)),
    (mail_bounced, ("R-02",)),
    (came_after_quiet_window, ("L-02",)),
    (promise_missed, ("R-02",)),
    (task_overdue, ("R-02", "L-02")),
    (follow_up_overdue, ("R-02", "L-02")),
    (referral_overdue, ("R-02", "L-02")),
]


@pytest.mark.parametrize(
    ("trouble", "recipients"), TROUBLES, ids=lambda it: getattr(it, "__name__", "")
)
def test_an_alarm_is_told_once_in_both_languages_to_whoever_is_to_know(
    tmp_path: Path, trouble: Callable[[Troubled], None], recipients: tuple[str, ...]
) -> None:
    place, sink = place_in(tmp_path), OutboxFolder(tmp_path / "outbox")
    with place.office(policy()) as ledger, Views.open(place.location) as views:
        case = Troubled(place, ledger)
        trouble(case)
        watch_once(ledger, views)
        told = [
            each
            for each in deliver_owed(ledger, views, sink).cases
            if each.reason == trouble.__name__
        ]
        assert [each.recipients for each in told] == [recipients]
        assert told[0].case_id == case.case_id
        said = orjson.loads((sink.folder / f"{told[0].name}.json").read_bytes())
        for language in ("en", "fr"):
            assert told[0].reference in said["text"][language]
            assert trouble.__name__ not in said["text"][language], "the code is put into words"
        watch_once(ledger, views)
        again = deliver_owed(ledger, views, sink).cases
        assert trouble.__name__ not in {each.reason for each in again}


@pytest.mark.parametrize(
    ("trouble", "again"), [(owner_absent, ()), (no_present_skill, ("L-02", "R-02", "R-03"))]
)
def test_an_alarm_about_who_is_there_is_over_once_they_are_and_told_again_when_they_are_not(
    tmp_path: Path, trouble: Callable[[Troubled], None], again: tuple[str, ...]
) -> None:
    """It stood in the list of the morning, and climbed to be answered, long after they were back."""
    place, sink = place_in(tmp_path), OutboxFolder(tmp_path / "outbox")

    def standing(views: Views) -> list[str]:
        now = place.clock()
        found = open_escalations(views, at=now, since=now, reason=trouble.__name__)
        return [each.escalation.reason for each in found.escalations]

    with place.office(policy()) as ledger, Views.open(place.location) as views:
        case = Troubled(place, ledger)
        trouble(case)
        assert watch_once(ledger, views).counts["ended"] == 0
        deliver_owed(ledger, views, sink)
        assert watch_once(ledger, views).counts["ended"] == 0
        assert standing(views) == [trouble.__name__]
        case.pass_by(1)
        assert watch_once(ledger, views).counts["ended"] == 1
        assert watch_once(ledger, views).counts["ended"] == 0
        assert standing(views) == []
        told = [each.entry.fact for each in ledger.read(f"case/{case.case_id}")]
        (ended,) = (each for each in told if isinstance(each, AlarmEnded))
        assert (ended.alarm, CaseAlarmed in map(type, told)) == (trouble.__name__, True)
        case.away(*again, on=date(2026, 3, 5))
        case.pass_by(1)
        watch_once(ledger, views)
        assert standing(views) == ([trouble.__name__] if again else [])


def test_every_alarm_is_tried_here_or_where_its_chapter_is() -> None:
    elsewhere = {
        "chase_ask", "chase_remind", "chase_warn", "chase_lapse",  # test_chasing
        "never_confirmed", "adjudication_required", "adjudication_overdue", "transfer_unanswered",
        "return_undecided", "settling_proposed",
        "awaits_approval", "time_refused",  # test_dated_back, test_refusing
    }  # fmt: skip
    assert {trouble.__name__ for trouble, _ in TROUBLES} <= ALARMS.keys()
    assert ALARMS.keys() - {trouble.__name__ for trouble, _ in TROUBLES} <= elsewhere
