"""The outbox: each alert that is owed goes out once, whatever is rebuilt, replayed or interrupted."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID

import orjson
import pytest

from api.outbox import deliver_owed
from api.outbox.addressing import Addressing
from api.outbox.alert import Alert, OutboxFolder
from api.outbox.cases import CaseAlert, case_alert
from api.watch import watch_once
from ledger.case.custody.recusal import RecuseFromCase
from ledger.case.escalation.reaching import AcknowledgeEscalation, EscalateCase
from ledger.case.intake.opening import OpenCase
from ledger.errors import LedgerUnavailable
from ledger.policy.document.conditions import Severity
from ledger.policy.routing.presence import Directory
from ledger.registers.directory import RecordAbsence, RecordLeaver
from ledger.service import Ledger
from projections.lists.calling import OwedAlert
from projections.views import Views
from tests.deciding import MONDAY
from tests.ledgers import INTAKE, ROADS, Place, place_in
from tests.policy.department import published

AT_NIGHT = datetime(2026, 3, 3, 3, 0, tzinfo=UTC)
IN_THE_MORNING = datetime(2026, 3, 3, 12, 30, tzinfo=UTC)


class FirstFails:
    """A sink that delivers and then dies, once, before anybody hears of it."""

    method = "outbox"

    def __init__(self, folder: OutboxFolder) -> None:
        self.folder = folder
        self.failed = False

    def deliver(self, alert: Alert) -> None:
        self.folder.deliver(alert)
        if not self.failed:
            self.failed = True
            raise LedgerUnavailable("The power went.")


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return place_in(tmp_path)


@pytest.fixture
def folder(tmp_path: Path) -> OutboxFolder:
    return OutboxFolder(tmp_path / "outbox")


def escalated(ledger: Ledger, party: str = "leader", severity: Severity = "other") -> UUID:
    case_id = ledger.new_id()
    opening = OpenCase(case_id=case_id, channel="phone", request_type="GEN-ENQ", severity=severity)
    ledger.handle(opening, actor=INTAKE)
    escalation = EscalateCase(
        case_id=case_id, escalation_id=ledger.new_id(), party=party, reason="act", words="Now."
    )
    ledger.handle(escalation, actor=INTAKE)
    return case_id


def delivered(ledger: Ledger) -> int:
    return sum(entry.topic == "AlertDelivered" for entry in ledger.entries())


def test_an_alert_goes_out_once_and_that_it_did_is_recorded(
    place: Place, folder: OutboxFolder
) -> None:
    with place.office() as ledger, Views.open(place.location) as views:
        escalated(ledger)
        first, second = (deliver_owed(ledger, views, folder) for _ in range(2))
        assert (len(first.cases), len(second.cases), delivered(ledger)) == (1, 0, 1)


def test_an_alert_says_why_in_both_languages_and_to_whom_without_personal_data(
    place: Place, folder: OutboxFolder
) -> None:
    with place.office() as ledger, Views.open(place.location) as views:
        escalated(ledger)
        (alert,) = deliver_owed(ledger, views, folder).cases
    (file,) = folder.folder.iterdir()
    said = orjson.loads(file.read_bytes())
    assert file.name == f"{alert.escalation_id}.json"
    assert (said["parties"], said["recipients"]) == (["leader"], ["L-01"])
    assert said["text"]["en"].startswith(f"Case {alert.reference}:")
    assert said["text"]["fr"].startswith(f"Dossier {alert.reference} :")
    assert "it was escalated (Act by a date)" in said["text"]["en"]
    assert "il a été signalé (Agir avant une date)" in said["text"]["fr"]
    assert b"Now." not in file.read_bytes()
    assert [each.stat().st_mode & 0o077 for each in (folder.folder, file)] == [0, 0]


def test_an_alert_goes_to_whoever_stands_in_for_the_addressee_else_to_the_director(
    place: Place, folder: OutboxFolder
) -> None:
    with place.office() as ledger, Views.open(place.location) as views:
        away = RecordAbsence(
            directory_id=ledger.directory_id,
            absence_id=ledger.new_id(),
            member="L-01",
            from_on=date(2026, 3, 2),
            until_on=date(2026, 3, 6),
            substitute="I-02",
        )
        ledger.handle(away, actor=INTAKE)
        escalated(ledger)
        (alert,) = deliver_owed(ledger, views, folder).cases
        assert alert.recipients == ("I-02",)
        left = RecordLeaver(
            directory_id=ledger.directory_id, member="I-02", left_on=date(2026, 3, 2)
        )
        ledger.handle(left, actor=replace(INTAKE, id="D-01"))
        escalated(ledger)
        (alert,) = deliver_owed(ledger, views, folder).cases
        assert alert.recipients == ("D-01",)


def test_no_alert_goes_to_whoever_stepped_back_from_the_case(
    place: Place, folder: OutboxFolder
) -> None:
    """It goes where a case of theirs goes: to the director; where they stepped back too, to the others of the team."""
    with place.office() as ledger, Views.open(place.location) as views:
        first, second = escalated(ledger), escalated(ledger)
        for case_id, members in ((first, ("L-01",)), (second, ("L-01", "D-01"))):
            for member in members:
                stepping_back = RecuseFromCase(case_id=case_id, member=member)
                ledger.handle(stepping_back, actor=replace(INTAKE, id=member))
        told = deliver_owed(ledger, views, folder).cases
        assert {each.case_id: each.recipients for each in told} == {
            first: ("D-01",),
            second: ("A-01", "I-02", "I-03", "N-03", "O-01"),
        }


def test_an_alert_to_a_team_goes_to_the_others_of_it_where_somebody_stepped_back(
    place: Place, folder: OutboxFolder
) -> None:
    """A team was named as a whole, with whoever of it had stepped back from the case."""
    with place.office() as ledger, Views.open(place.location) as views:
        whole, others = escalated(ledger, "team"), escalated(ledger, "team")
        stepping_back = RecuseFromCase(case_id=others, member="I-02")
        ledger.handle(stepping_back, actor=INTAKE)
        told = deliver_owed(ledger, views, folder).cases
        assert {each.case_id: each.recipients for each in told} == {
            whole: ("INT",),
            others: ("A-01", "D-01", "I-03", "L-01", "N-03", "O-01"),
        }


def test_rebuilding_the_views_sends_nothing_again(place: Place, folder: OutboxFolder) -> None:
    with place.office() as ledger, Views.open(place.location) as views:
        escalated(ledger)
        deliver_owed(ledger, views, folder)
        views.rebuild(ledger.store)
        assert deliver_owed(ledger, views, folder).cases == []


def test_a_delivery_that_was_not_recorded_is_made_again_and_then_recorded_once(
    place: Place, folder: OutboxFolder
) -> None:
    with place.office() as ledger, Views.open(place.location) as views:
        escalated(ledger)
        dying = FirstFails(folder)
        with pytest.raises(LedgerUnavailable):
            deliver_owed(ledger, views, dying)
        assert delivered(ledger) == 0
        assert len(deliver_owed(ledger, views, dying).cases) == 1
        assert (delivered(ledger), len([*folder.folder.iterdir()])) == (1, 1)


def test_where_the_calendar_of_the_office_has_ended_no_alert_is_held_back(
    place: Place, folder: OutboxFolder
) -> None:
    """The office opens on no day after it, so what waited for it to open waited for ever."""
    with place.office() as ledger, Views.open(place.location) as views:
        escalated(ledger)
        place.clock.at = datetime(2030, 1, 8, 13, 0, tzinfo=UTC)
        told = deliver_owed(ledger, views, folder)
        assert (len(told.cases), told.held) == (1, 0)


def test_at_night_alerts_wait_for_the_office_to_open_but_for_immediate_danger(
    place: Place, folder: OutboxFolder
) -> None:
    with place.office() as ledger, Views.open(place.location) as views:
        place.clock.at = AT_NIGHT
        escalated(ledger)
        danger = escalated(ledger, severity="immediate_danger")
        by_night = deliver_owed(ledger, views, folder)
        assert ([alert.case_id for alert in by_night.cases], by_night.held) == ([danger], 1)
        place.clock.at = IN_THE_MORNING
        by_day = deliver_owed(ledger, views, folder)
        assert (len(by_day.cases), by_day.held) == (1, 0)


def breached(
    place: Place, ledger: Ledger, views: Views, folder: OutboxFolder
) -> tuple[UUID, list[CaseAlert]]:
    """A case whose clock ran out untouched, and what was told of it."""
    case_id = ledger.new_id()
    opening = OpenCase(case_id=case_id, channel="phone", request_type="RDW-WIN")
    ledger.handle(opening, actor=INTAKE)
    place.clock.at = datetime(2026, 4, 1, 15, 0, tzinfo=UTC)
    watch_once(ledger, views)
    return case_id, deliver_owed(ledger, views, folder).cases


def test_rungs_and_alarms_are_told_to_those_the_policy_names(
    place: Place, folder: OutboxFolder
) -> None:
    with place.office() as ledger, Views.open(place.location) as views:
        _, alerts = breached(place, ledger, views, folder)
        told = {alert.reason: alert.recipients for alert in alerts}
        assert told["breach"] == ("L-02",)
        assert told["five-days-over"] == ("D-01",)
        assert told["never_opened"] == ("L-02",)


def test_a_promise_to_act_that_was_not_kept_is_told_to_the_next_party_up(
    place: Place, folder: OutboxFolder
) -> None:
    with place.office() as ledger, Views.open(place.location) as views:
        case_id, alerts = breached(place, ledger, views, folder)
        breach = next(each for each in alerts if each.reason == "breach")
        promise = AcknowledgeEscalation(
            case_id=case_id,
            escalation_id=breach.escalation_id,
            action="act",
            act_by=place.clock.at + timedelta(hours=2),
        )
        ledger.handle(promise, actor=ROADS)
        place.clock.pass_by(hours=3)
        watch_once(ledger, views)
        told = deliver_owed(ledger, views, folder).cases
        assert (breach.escalation_id, 1) in {(each.escalation_id, each.climbed) for each in told}
        tip = ledger.store.tip()
        watch_once(ledger, views)
        assert ledger.store.tip() == tip


def test_whoever_is_on_call_is_told_at_night_and_who_stands_in_for_them(
    place: Place, folder: OutboxFolder
) -> None:
    """The director was called out for every hole in the road, and nobody who was on call."""
    with place.office() as ledger, Views.open(place.location) as views:
        place.clock.at = AT_NIGHT
        asked = OpenCase(
            case_id=ledger.new_id(), channel="phone", request_type="RDW-POT", region="HAL",
            answers={"danger_now": True},
        )  # fmt: skip
        ledger.handle(asked, actor=INTAKE)
        place.clock.pass_by(hours=3)
        watch_once(ledger, views)
        told = {each.reason: each for each in deliver_owed(ledger, views, folder).cases}
        assert told["half"].parties == ("owner", "on_call")
        assert told["half"].recipients == ("L-02", "R-02")


def test_an_outbox_that_cannot_be_written_leaves_the_alert_owed(
    place: Place, tmp_path: Path
) -> None:
    (tmp_path / "outbox").write_text("in the way")
    with place.office() as ledger, Views.open(place.location) as views:
        escalated(ledger)
        with pytest.raises(LedgerUnavailable, match="stays owed"):
            deliver_owed(ledger, views, OutboxFolder(tmp_path / "outbox"))
        assert delivered(ledger) == 0


def test_what_nobody_answers_goes_to_the_director_once_as_an_alert_of_its_own(
    tmp_path: Path,
) -> None:
    place = place_in(tmp_path)
    sink = OutboxFolder(tmp_path / "outbox")
    with place.office() as ledger, Views.open(place.location) as views:
        case_id = ledger.new_id()
        asked = OpenCase(case_id=case_id, channel="phone", request_type="GEN-ENQ")
        ledger.handle(asked, actor=INTAKE)
        place.clock.at = datetime(2026, 3, 4, 13, 0, tzinfo=UTC)
        watch_once(ledger, views)
        (first,) = [each for each in deliver_owed(ledger, views, sink).cases if not each.clock]
        assert first.parties == ("leader",)
        place.clock.pass_by(hours=25)
        assert watch_once(ledger, views).counts["unanswered"] >= 1
        second = [each for each in deliver_owed(ledger, views, sink).cases if each.climbed]
        assert [each.escalation_id for each in second].count(first.escalation_id) == 1
        assert {each.parties for each in second} == {("director",)}
        names = {path.name for path in sink.folder.iterdir()}
        assert {f"{first.escalation_id}.json", f"{first.escalation_id}.1.json"} <= names
        for _ in range(2):
            place.clock.pass_by(days=9)
            assert watch_once(ledger, views).counts["unanswered"] == 0
            assert not [each for each in deliver_owed(ledger, views, sink).cases if each.climbed]


def test_an_alert_of_a_step_says_when_that_is_reached_and_not_by_the_code_of_the_policy() -> None:
    owed = OwedAlert(
        UUID(int=1), 1, UUID(int=2), "AAAAA-AAAAA-A", "two-days-left", ("owner",), MONDAY, "FIX-10", None, "INT-02",
        immediate=False,
    )  # fmt: skip
    (version,) = published().versions
    addressing = Addressing(version, Directory(), MONDAY.date(), frozenset())
    text = case_alert(owed, addressing).text
    assert "clock FIX-10 reached '2 working days before its end'" in text["en"]
    assert "le délai FIX-10 a atteint « 2 jours ouvrables avant son terme »" in text["fr"]
    assert "'two-days-left'" in case_alert(owed, None).text["en"], "where no policy says when"
