"""Watch: what time brings is recorded once, whoever looks and however often."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from threading import Barrier, Thread
from typing import Any
from uuid import UUID

import pytest

import api.watch as watching
from api.machines import machine
from api.watch import PARTS, WatchReport, watch_once
from api.watch.proposing import Part
from ledger.case.contact.contacts import AddNote
from ledger.case.custody.pulling import PullCase
from ledger.case.custody.returning import ReturnCase
from ledger.case.custody.transfers import TransferCase
from ledger.case.history.imported import ImportCase
from ledger.case.intake.opening import ClassifyCase, OpenCase
from ledger.case.outcome.resolving import ResolveCase
from ledger.case.work.followups import SetFollowUp
from ledger.commands import Request
from ledger.registers.directory import RecordAbsence, RecordLeaver
from ledger.service import Ledger
from projections.lists.queues import queue
from projections.one_case.trail import trail
from projections.views import Views
from tests.ledgers import INCOME, INTAKE, ROADS, Place, place_in, publish_office

ALARMS = {"RungReached", "ClockBreached", "CaseAlarmed"}


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return place_in(tmp_path)


def opened(ledger: Ledger, kind: str = "RDW-WIN", **said: Any) -> UUID:
    case_id = ledger.new_id()
    asked = OpenCase(case_id=case_id, channel="phone", request_type=kind, **said)
    ledger.handle(asked, actor=INTAKE)
    return case_id


def recorded(ledger: Ledger) -> Counter[str]:
    return Counter(entry.topic for entry in ledger.entries() if entry.topic in ALARMS)


def test_nothing_is_recorded_before_its_time(place: Place) -> None:
    with place.office() as ledger, Views.open(place.location) as views:
        opened(ledger, "GEN-ENQ")
        assert watch_once(ledger, views).recorded == 0


def test_a_second_pass_does_nothing(place: Place) -> None:
    with place.office() as ledger, Views.open(place.location) as views:
        opened(ledger)
        place.clock.pass_by(days=10)
        assert watch_once(ledger, views).recorded > 0
        tip = ledger.store.tip()
        assert (watch_once(ledger, views).recorded, ledger.store.tip()) == (0, tip)


def test_a_pass_that_comes_late_records_every_rung_and_the_breach_at_its_instant(
    place: Place,
) -> None:
    with place.office() as ledger, Views.open(place.location) as views:
        opened(ledger)
        place.clock.pass_by(days=30)
        watch_once(ledger, views)
        breaches = [e for e in ledger.entries() if e.topic == "ClockBreached"]
        assert breaches
        for breach in breaches:
            assert breach.context.effective_at == breach.fact.model_dump()["due_at"]
            assert breach.context.known_at == place.clock()
            assert (breach.actor.kind, breach.actor.id) == ("machine", "watch")
        assert recorded(ledger)["RungReached"] > len(breaches)


def test_two_watches_at_once_record_nothing_twice(place: Place) -> None:
    with place.office() as ledger:
        for _ in range(20):
            opened(ledger)
    place.clock.pass_by(days=30)
    reports: list[WatchReport] = []
    together = Barrier(2)

    def watch() -> None:
        with place.open() as mine, Views.open(place.location) as views:
            views.catch_up(mine.store)
            together.wait()
            reports.append(watch_once(mine, views))

    watches = [Thread(target=watch) for _ in range(2)]
    for each in watches:
        each.start()
    for each in watches:
        each.join()
    with place.open() as ledger:
        said = [
            (entry.stream, entry.topic, entry.fact.model_dump_json())
            for entry in ledger.entries()
            if entry.topic in ALARMS
        ]
        assert len(said) == len({*said})
        asked = sum(report.recorded for report in reports)
        with Views.open(place.location) as views:
            assert watch_once(ledger, views).recorded == 0
        assert asked == 20 + len(
            {(stream, fact) for stream, topic, fact in said if topic == "ClockBreached"}
        )


def test_a_case_that_nobody_takes_by_the_end_of_the_next_working_day_is_alarmed(
    place: Place,
) -> None:
    with place.office() as ledger, Views.open(place.location) as views:
        case_id = opened(ledger, "GEN-ENQ")
        place.clock.at = datetime(2026, 3, 4, 3, 59, tzinfo=UTC)
        assert watch_once(ledger, views).counts["never_opened"] == 0
        place.clock.at = datetime(2026, 3, 4, 4, 0, tzinfo=UTC)
        assert watch_once(ledger, views).counts["never_opened"] == 1
        alarm = [e for e in ledger.entries() if e.topic == "CaseAlarmed"]
        assert [(e.subject_id, e.fact.model_dump()["alarm"]) for e in alarm] == [
            (case_id, "never_opened")
        ]


def test_a_case_of_immediate_danger_that_nobody_takes_within_an_hour_is_told_to_whoever_is_on_call(
    place: Place,
) -> None:
    """Without a clock of hours nobody heard of it before the end of the next working day."""
    with place.office() as ledger, Views.open(place.location) as views:
        place.clock.at = datetime(2026, 3, 7, 3, 0, tzinfo=UTC)
        opened(ledger, "RDW-WIN", severity="immediate_danger")
        ordinary = opened(ledger, "RDW-WIN")
        place.clock.pass_by(minutes=59)
        assert watch_once(ledger, views).counts["never_opened"] == 0
        place.clock.pass_by(minutes=1)
        assert watch_once(ledger, views).counts["never_opened"] == 1
        (alarm,) = [e for e in ledger.entries() if e.topic == "CaseAlarmed"]
        assert alarm.fact.model_dump()["party"] == "on_call"
        assert alarm.subject_id != ordinary


def test_a_routing_that_no_duty_person_confirms_within_the_hour_is_alarmed_once(
    place: Place,
) -> None:
    with place.office() as ledger, Views.open(place.location) as views:
        case_id = ledger.new_id()
        asked = OpenCase(
            case_id=case_id, channel="phone", request_type="RDW-WIN", flags=("adjustment",)
        )
        ledger.handle(asked, actor=INTAKE)
        place.clock.pass_by(minutes=59)
        assert watch_once(ledger, views).counts["never_confirmed"] == 0
        place.clock.pass_by(minutes=1)
        assert watch_once(ledger, views).counts["never_confirmed"] == 1
        assert watch_once(ledger, views).counts["never_confirmed"] == 0


def test_a_case_that_somebody_took_is_not_alarmed(place: Place) -> None:
    with place.office() as ledger, Views.open(place.location) as views:
        case_id = opened(ledger)
        ledger.handle(PullCase(case_ids=(case_id,), team="RDW", owner="R-02"), actor=ROADS)
        place.clock.pass_by(days=3)
        assert watch_once(ledger, views).counts["never_opened"] == 0


def test_a_transfer_that_nobody_answers_falls_to_the_receiving_leader_once(place: Place) -> None:
    with place.office() as ledger, Views.open(place.location) as views:
        case_id = opened(ledger)
        handed = TransferCase(
            case_id=case_id, transfer_id=ledger.new_id(), to_team="INC", reason="skill"
        )
        ledger.handle(handed, actor=ROADS)
        assert watch_once(ledger, views).counts["never_accepted"] == 0
        place.clock.pass_by(days=2)
        assert watch_once(ledger, views).counts["never_accepted"] == 1
        assert watch_once(ledger, views).counts["never_accepted"] == 0
        row = queue(views, "INC", at=place.clock.at).cases[0].row
        assert (row.owner, row.standing) == ("L-03", "in_transit")


def test_who_stands_in_for_a_leader_answers_for_a_transfer_and_is_not_said_to_lead(
    place: Place,
) -> None:
    with place.office() as ledger, Views.open(place.location) as views:
        case_id = opened(ledger)
        away = RecordAbsence(
            directory_id=ledger.directory_id,
            absence_id=ledger.new_id(),
            member="L-03",
            from_on=date(2026, 3, 2),
            substitute="N-02",
        )
        ledger.handle(away, actor=ROADS)
        handed = TransferCase(
            case_id=case_id, transfer_id=ledger.new_id(), to_team="INC", reason="skill"
        )
        ledger.handle(handed, actor=ROADS)
        place.clock.pass_by(days=2)
        watch_once(ledger, views)
        said = trail(ledger.read(f"case/{case_id}"), policies=ledger.policies())
        assert "so N-02, who answers for it, is accountable" in " ".join(x.sentence for x in said)


def test_a_case_that_nobody_adjudicates_in_time_is_told_to_the_director_once(place: Place) -> None:
    with place.office() as ledger, Views.open(place.location) as views:
        case_id = opened(ledger)
        for team, retyped, actor in (("RDW", "INC-CHG", ROADS), ("INC", None, INCOME)):
            back = ReturnCase(case_id=case_id, team=team, reason="misrouted")
            ledger.handle(back, actor=actor)
            if retyped:
                ledger.handle(ClassifyCase(case_id=case_id, request_type=retyped), actor=INTAKE)
        assert watch_once(ledger, views).counts["overdue"] == 0
        place.clock.pass_by(days=3)
        assert watch_once(ledger, views).counts["overdue"] == 1
        assert watch_once(ledger, views).counts["overdue"] == 0
        alarms = [e.fact.model_dump() for e in ledger.entries() if e.topic == "CaseAlarmed"]
        assert ("adjudication_overdue", "director") in {(e["alarm"], e["party"]) for e in alarms}


def test_the_cases_of_somebody_whose_absence_lasts_go_to_who_stands_in_once(place: Place) -> None:
    with place.office() as ledger, Views.open(place.location) as views:
        case_id = opened(ledger)
        ledger.handle(PullCase(case_ids=(case_id,), team="RDW", owner="R-02"), actor=ROADS)
        away = RecordAbsence(
            directory_id=ledger.directory_id,
            absence_id=ledger.new_id(),
            member="R-02",
            from_on=date(2026, 3, 2),
            substitute="R-03",
        )
        ledger.handle(away, actor=ROADS)
        assert watch_once(ledger, views).counts["absent"] == 0
        place.clock.pass_by(days=1)
        assert watch_once(ledger, views).counts["absent"] == 1
        assert watch_once(ledger, views).counts["absent"] == 0
        assert queue(views, "RDW", at=place.clock.at).cases[0].row.owner == "R-03"


def test_what_a_leaver_has_goes_to_the_team_on_the_day_they_leave(place: Place) -> None:
    with place.office() as ledger, Views.open(place.location) as views:
        case_id = opened(ledger)
        ledger.handle(PullCase(case_ids=(case_id,), team="RDW", owner="R-02"), actor=ROADS)
        leaves = RecordLeaver(
            directory_id=ledger.directory_id, member="R-02", left_on=date(2026, 3, 4)
        )
        ledger.handle(leaves, actor=replace(ROADS, id="L-02"))
        assert watch_once(ledger, views).counts["left"] == 0
        place.clock.pass_by(days=2)
        assert watch_once(ledger, views).counts["left"] == 1
        row = queue(views, "RDW", at=place.clock.at).cases[0].row
        assert (row.owner, row.standing) == (None, "queued")


def test_a_follow_up_that_is_late_is_recorded_once_though_the_case_is_closed(place: Place) -> None:
    with place.office() as ledger, Views.open(place.location) as views:
        case_id = opened(ledger)
        ledger.handle(
            SetFollowUp(
                case_id=case_id,
                follow_up_id=ledger.new_id(),
                member="R-02",
                due_at=place.clock() + timedelta(days=1),
            ),
            actor=ROADS,
        )
        ledger.handle(ResolveCase(case_id=case_id, outcome="done"), actor=ROADS)
        assert watch_once(ledger, views).counts["overdue"] == 0
        place.clock.pass_by(days=2)
        assert watch_once(ledger, views).counts["overdue"] == 1
        assert watch_once(ledger, views).counts["overdue"] == 0


def test_an_owner_who_is_there_and_makes_no_entry_for_two_working_days_is_asked_about_once(
    place: Place,
) -> None:
    with place.office() as ledger, Views.open(place.location) as views:
        for member in ("R-02", "R-02", "R-03"):
            case_id = opened(ledger)
            pull = PullCase(case_ids=(case_id,), team="RDW", owner=member)
            ledger.handle(pull, actor=replace(ROADS, id=member))
        place.clock.pass_by(days=2)
        note = AddNote(case_id=case_id, note_id=ledger.new_id(), text="Looked at.")
        ledger.handle(note, actor=replace(ROADS, id="R-03"))
        assert watch_once(ledger, views).counts["owner_silent"] == 0
        place.clock.pass_by(days=1)
        assert watch_once(ledger, views).counts["owner_silent"] == 1
        assert watch_once(ledger, views).counts["owner_silent"] == 0
        (said,) = [
            e for e in ledger.entries()
            if e.topic == "CaseAlarmed" and e.fact.model_dump()["alarm"] == "owner_silent"
        ]  # fmt: skip
        assert said.fact.model_dump()["party"] == "leader"
        cases = queue(views, "RDW", at=place.clock.at).cases
        (about,) = [each.row for each in cases if each.case_id == said.subject_id]
        assert about.owner == "R-02"


def test_an_owner_who_was_absent_is_not_asked_about(place: Place) -> None:
    with place.office() as ledger, Views.open(place.location) as views:
        case_id = opened(ledger)
        ledger.handle(PullCase(case_ids=(case_id,), team="RDW", owner="R-02"), actor=ROADS)
        away = RecordAbsence(
            directory_id=ledger.directory_id,
            absence_id=ledger.new_id(),
            member="R-02",
            from_on=date(2026, 3, 4),
            until_on=date(2026, 3, 4),
        )
        ledger.handle(away, actor=replace(ROADS, id="L-02"))
        place.clock.pass_by(days=3)
        assert watch_once(ledger, views).counts["owner_silent"] == 0


def test_a_case_that_cannot_wait_for_its_absent_owner_is_told_to_the_leader_once(
    place: Place,
) -> None:
    with place.office() as ledger, Views.open(place.location) as views:
        for kind, danger in (("RDW-WIN", None), ("RDW-POT", False)):
            case_id = ledger.new_id()
            came = OpenCase(
                case_id=case_id,
                channel="phone",
                request_type=kind,
                answers={} if danger is None else {"danger_now": danger},
            )
            ledger.handle(came, actor=INTAKE)
            ledger.handle(PullCase(case_ids=(case_id,), team="RDW", owner="R-02"), actor=ROADS)
        away = RecordAbsence(
            directory_id=ledger.directory_id,
            absence_id=ledger.new_id(),
            member="R-02",
            from_on=date(2026, 3, 3),
            until_on=date(2026, 3, 3),
        )
        ledger.handle(away, actor=ROADS)
        assert watch_once(ledger, views).counts["owner_absent"] == 0
        place.clock.pass_by(days=1)
        assert watch_once(ledger, views).counts["owner_absent"] == 1
        assert watch_once(ledger, views).counts["owner_absent"] == 0


def test_imported_history_is_never_alarmed(place: Place) -> None:
    received = datetime(2011, 3, 1, tzinfo=UTC)
    with place.create() as ledger, Views.open(place.location) as views:
        publish_office(ledger)
        ledger.handle(
            ImportCase(
                case_id=ledger.new_id(),
                batch=ledger.new_id(),
                source="old",
                external_id="A-1",
                channel="web",
                channel_family="web",
                received_at=received,
                deadline_at=datetime(2011, 4, 1, tzinfo=UTC),
            ),
            actor=INTAKE,
        )
        assert watch_once(ledger, views).recorded == 0


def test_without_a_policy_there_is_nothing_to_watch_by(place: Place) -> None:
    with place.create() as ledger, Views.open(place.location) as views:
        assert watch_once(ledger, views).recorded == 0


def test_what_a_rule_forbids_on_one_case_holds_up_no_other(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One case that could not lapse stopped every alarm of the office behind it, pass after pass."""
    with place.office() as ledger, Views.open(place.location) as views:
        case_id = opened(ledger)
        forbidden = Request(ResolveCase(case_id=case_id, outcome="granted"), machine("watch"))
        part = Part(
            "forbidden", "forbidden thing", "forbidden things", lambda _seen: iter([[forbidden]])
        )
        monkeypatch.setattr(watching, "PARTS", (part, *PARTS))
        place.clock.pass_by(days=30)
        report = watch_once(ledger, views)
        assert (report.counts["forbidden"], report.counts["clocks"] > 0) == (0, True)
        (refused,) = report.refused
        assert refused.startswith(f"case/{case_id}: A machine does not answer a request")
