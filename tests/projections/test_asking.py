"""What is asked of the views: queues, SLA, exceptions, what was, what would be, and recorded decisions made again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from ledger.case.alarms import RaiseAlarm
from ledger.case.clocks.waiting import BeginWaiting
from ledger.case.custody.pulling import PullCase
from ledger.case.custody.transfers import AcceptTransfer, TransferCase
from ledger.case.escalation.reaching import ReachRung, RecordAlertDelivered
from ledger.case.intake.opening import OpenCase
from ledger.case.outcome.reopening import ReopenCase
from ledger.case.outcome.resolving import ResolveCase
from ledger.policy.calendars.zones import LocalDays
from ledger.policy.compiled.policy import compile_policy
from ledger.policy.document.policy import Policy
from ledger.policy.document.stored import document_of
from ledger.service import Ledger
from projections.answers import as_json
from projections.flow.board import board
from projections.lists import paging
from projections.lists.calling import alerts_owed, clocks_calling, overlooked
from projections.lists.queues import candidates, counts, queue, waiting_in
from projections.lists.sla import clocks_that_are, sla
from projections.office.as_of import entries_as_of, queue_as_of
from projections.policies.replay import replay_policy
from projections.rows.cases import CASES
from projections.rows.recusal_rows import RECUSALS
from projections.views import Views
from tests.ledgers import INTAKE, OPENS_AT, ROADS, WATCH, Place, office_policy

DAYS = LocalDays("America/Halifax", ZoneInfo("America/Halifax"))


@pytest.fixture
def views(place: Place, ledger: Ledger) -> Iterator[Views]:
    with Views.open(place.location) as views:
        yield views


def opened(ledger: Ledger, request_type: str = "RDW-POT", **said: Any) -> UUID:
    case_id = ledger.new_id()
    answers = {"danger_now": False} if request_type == "RDW-POT" else {}
    command = OpenCase(
        case_id=case_id, channel="phone", request_type=request_type, answers=answers, **said
    )
    ledger.handle(command, actor=INTAKE)
    return case_id


def pulled(ledger: Ledger, case_id: UUID) -> None:
    ledger.handle(PullCase(case_ids=(case_id,), team="RDW", owner="R-02"), actor=ROADS)


def test_a_queue_is_in_the_order_in_which_cases_should_be_taken(
    place: Place, ledger: Ledger, views: Views
) -> None:
    late = opened(ledger)
    place.clock.pass_by(days=1)
    later, danger = opened(ledger), opened(ledger, severity="immediate_danger")
    place.clock.pass_by(minutes=1)
    taken = opened(ledger)
    pulled(ledger, taken)
    views.catch_up(ledger.store)
    asked = queue(views, "RDW", at=place.clock.at)
    assert [each.case_id for each in asked.cases[:3]] == [danger, late, later]
    assert waiting_in(views, "RDW") == (danger, late, later)
    assert waiting_in(views, "RDW", limit=1) == (danger,)
    assert [each.case_id for each in queue(views, "RDW", at=place.clock.at, limit=2).cases] == [
        danger,
        late,
    ]
    assert asked.cases[1].age_seconds == 24 * 3600 + 60
    assert asked.up_to_date.position == ledger.store.tip()
    assert asked.up_to_date.projections == {"cases": CASES.version, "recusals": RECUSALS.version}


def test_a_queue_stands_in_the_order_of_the_policy_then_in_force(
    place: Place, ledger: Ledger, views: Views
) -> None:
    undated = opened(ledger, "RDW-WIN")
    place.clock.pass_by(hours=1)
    dated, danger = opened(ledger), opened(ledger, severity="immediate_danger")
    views.catch_up(ledger.store)
    version = ledger.policies().in_force(place.clock.at)
    now = queue(views, "RDW", at=place.clock.at, version=version)
    assert now.cases[0].case_id == danger
    assert {each.case_id for each in now.cases} == {undated, dated, danger}
    assert now.cases[0].turn is not None
    assert now.cases[0].turn.lane == "immediate"
    later = place.clock.at + timedelta(days=200)
    assert queue(views, "RDW", at=later, version=version, limit=1).cases[0].case_id == danger
    upto, found = candidates(views, "RDW", version=version, at=place.clock.at)
    assert [UUID(each.key) for each in found] == [each.case_id for each in now.cases]
    assert upto == ledger.store.tip()
    then = OPENS_AT + timedelta(minutes=30)
    before = queue(views, "RDW", at=then, known_at=then, version=version)
    assert [each.case_id for each in before.cases] == [undated]


def test_a_queue_is_answered_as_it_was_known_at_any_instant(
    place: Place, ledger: Ledger, views: Views
) -> None:
    first = opened(ledger)
    place.clock.pass_by(hours=2)
    second = opened(ledger)
    pulled(ledger, first)
    place.clock.pass_by(hours=2)
    ledger.handle(ResolveCase(case_id=first, outcome="done"), actor=ROADS)
    views.catch_up(ledger.store)
    then = OPENS_AT + timedelta(hours=1)
    assert [
        (each.case_id, each.row.owner) for each in queue(views, "RDW", at=then, known_at=then).cases
    ] == [(first, None)]
    between = OPENS_AT + timedelta(hours=3)
    assert {
        (each.case_id, each.row.owner)
        for each in queue(views, "RDW", at=between, known_at=between).cases
    } == {(first, "R-02"), (second, None)}
    assert [each.case_id for each in queue(views, "RDW", at=place.clock.at).cases] == [second]
    (count,) = counts(views, at=between, known_at=between).teams
    assert (count.team, count.open, count.queued, count.in_hand) == ("RDW", 2, 1, 1)
    before = OPENS_AT - timedelta(seconds=1)
    assert counts(views, at=before, known_at=before).teams == ()


def test_sla_counts_each_clock_by_how_it_stands(place: Place, ledger: Ledger, views: Views) -> None:
    done, late, waits = opened(ledger), opened(ledger), opened(ledger)
    pulled(ledger, done)
    ledger.handle(ResolveCase(case_id=done, outcome="done"), actor=ROADS)
    wait = BeginWaiting(case_id=waits, wait_id=ledger.new_id(), reason="weather")
    ledger.handle(wait, actor=ROADS)
    views.catch_up(ledger.store)
    at = place.clock.at
    total = sla(views, at=at).total
    assert (total.open, total.met, total.paused, total.overdue) == (1, 1, 1, 0)
    assert sla(views, at=at + timedelta(days=13)).total.due_soon == 1
    assert sla(views, at=at + timedelta(days=30)).total.overdue == 1
    (line,) = sla(views, at=at).clocks
    assert (line.clock, line.request_type, line.team) == ("FIX-10", "RDW-POT", "RDW")
    overdue = clocks_that_are(views, "overdue", at=at + timedelta(days=30)).clocks
    assert [each.case_id for each in overdue] == [late]
    assert clocks_that_are(views, "paused", at=at, team="RDW").clocks[0].case_id == waits
    assert clocks_that_are(views, "paused", at=at, team="INT").clocks == ()
    ledger.handle(
        ResolveCase(case_id=late, outcome="done"),
        actor=ROADS,
        effective_at=place.clock.pass_by(days=30),
    )
    views.catch_up(ledger.store)
    assert sla(views, at=place.clock.at).total.ended_late == 1
    assert sla(views, at=at, known_at=at).total == total


def test_the_board_nets_what_was_processed_of_what_came_back(
    place: Place, ledger: Ledger, views: Views
) -> None:
    one, two = opened(ledger), opened(ledger)
    place.clock.pass_by(hours=1)
    for case_id in (one, two):
        ledger.handle(ResolveCase(case_id=case_id, outcome="done"), actor=ROADS)
    place.clock.pass_by(hours=1)
    back = ReopenCase(case_id=one, reason="returned", clock_policy="continue")
    ledger.handle(back, actor=ROADS)
    views.catch_up(ledger.store)
    (line,) = board(views, at=place.clock.at, days=DAYS).teams
    assert (line.team, line.incoming, line.waiting) == ("RDW", 3, 1)
    assert (line.processed, line.returned, line.processed_net) == (2, 1, 1)
    before = OPENS_AT + timedelta(minutes=30)
    (line,) = board(views, at=before, days=DAYS, known_at=before).teams
    assert (line.incoming, line.waiting, line.processed) == (2, 2, 0)


def test_time_calls_for_each_rung_once(place: Place, ledger: Ledger, views: Views) -> None:
    case_id = opened(ledger)
    views.catch_up(ledger.store)
    assert not list(clocks_calling(views, at=place.clock.at))
    place.clock.pass_by(days=40)
    ((call,),) = clocks_calling(views, at=place.clock.at)
    assert (call.case_id, call.clock, call.generation) == (case_id, "FIX-10", 1)
    asked = ReachRung(case_id=case_id, clock=call.clock, generation=call.generation)
    ledger.handle(asked, actor=WATCH)
    views.catch_up(ledger.store)
    assert not list(clocks_calling(views, at=place.clock.at))


def test_alerts_are_owed_until_they_are_delivered_a_page_at_a_time(
    place: Place, ledger: Ledger, views: Views, monkeypatch: pytest.MonkeyPatch
) -> None:
    case_id = opened(ledger)
    place.clock.pass_by(days=40)
    ledger.handle(ReachRung(case_id=case_id, clock="FIX-10", generation=1), actor=WATCH)
    views.catch_up(ledger.store)
    (everyone,) = alerts_owed(views)
    assert [each.reason for each in everyone] == [
        "three-quarters",
        "two-days-left",
        "breach",
        "five-days-over",
    ]
    assert (everyone[0].team, everyone[0].owner, everyone[0].immediate) == ("RDW", None, False)
    monkeypatch.setattr(paging, "PAGE", 1)
    assert list(alerts_owed(views)) == [[each] for each in everyone]
    delivered = RecordAlertDelivered(
        case_id=case_id, escalation_id=everyone[0].escalation_id, method="outbox"
    )
    ledger.handle(delivered, actor=WATCH)
    views.catch_up(ledger.store)
    assert list(alerts_owed(views)) == [[each] for each in everyone[1:]]


def test_what_was_overlooked_is_told_until_its_alarm_was_raised(
    place: Place, ledger: Ledger, views: Views
) -> None:
    one = opened(ledger)
    place.clock.pass_by(hours=1)
    two = opened(ledger)
    taken = opened(ledger)
    pulled(ledger, taken)
    views.catch_up(ledger.store)
    (found,) = overlooked(views, "never_opened")
    assert [each.case_id for each in found] == [one, two]
    assert not list(overlooked(views, "never_routed"))
    alarm = RaiseAlarm(case_id=one, alarm="never_opened", since=found[0].since)
    ledger.handle(alarm, actor=WATCH)
    views.catch_up(ledger.store)
    ((left,),) = overlooked(views, "never_opened")
    assert left.case_id == two


def test_a_transfer_that_nobody_answers_is_overlooked_after_its_window(
    place: Place, ledger: Ledger, views: Views
) -> None:
    case_id, transfer_id = opened(ledger), ledger.new_id()
    moved = TransferCase(
        case_id=case_id, transfer_id=transfer_id, to_team="INC", reason="wrong-team"
    )
    ledger.handle(moved, actor=ROADS)
    views.catch_up(ledger.store)
    ((found,),) = overlooked(views, "never_accepted")
    assert (found.case_id, found.team) == (case_id, "INC")
    assert found.since > place.clock.at
    accept = AcceptTransfer(case_id=case_id, transfer_id=transfer_id)
    ledger.handle(accept, actor=replace(ROADS, team="INC", id="N-02"))
    views.catch_up(ledger.store)
    assert not list(overlooked(views, "never_accepted"))


def test_what_happened_by_then_is_told_though_it_was_recorded_later(
    place: Place, ledger: Ledger, views: Views
) -> None:
    case_id = opened(ledger)
    place.clock.pass_by(hours=10)
    ledger.handle(
        PullCase(case_ids=(case_id,), team="RDW", owner="R-02"),
        actor=ROADS,
        effective_at=OPENS_AT + timedelta(hours=2),
    )
    views.catch_up(ledger.store)
    at = OPENS_AT + timedelta(hours=3)
    (then,) = queue(views, "RDW", at=at, known_at=at).cases
    (now,) = queue_as_of(views, ledger.store, "RDW", at=at).cases
    assert (then.row.owner, now.row.owner) == (None, "R-02")
    (by_all_known,) = CASES.after(entries_as_of(ledger.store, case_id, at=at))
    (by_that_known,) = CASES.after(entries_as_of(ledger.store, case_id, at=at, known_at=at))
    assert (by_all_known.owner, by_that_known.owner) == ("R-02", None)
    assert not entries_as_of(ledger.store, case_id, at=OPENS_AT - timedelta(days=1))


def test_recorded_decisions_come_out_the_same_under_the_policy_they_cite(ledger: Ledger) -> None:
    for request_type in ("RDW-POT", "INC-APP", "GEN-ENQ"):
        for language in ("en", "fr"):
            opened(ledger, request_type, language=language)
    again = replay_policy(ledger.store, ledger.policies())
    assert (again.decisions, again.same, again.holds) == (6, 6, True)


def test_another_policy_is_tried_against_history(ledger: Ledger) -> None:
    case_id = opened(ledger)
    opened(ledger, "GEN-ENQ")
    document = document_of(office_policy())
    for rule in document["routing"]:
        if rule["code"] in ("roads", "danger"):
            rule["team"] = "INT"
    other = compile_policy(Policy.model_validate(document), version=2)
    tried = replay_policy(ledger.store, ledger.policies(), against=other)
    (difference,) = tried.differences
    assert (tried.decisions, tried.same) == (2, 1)
    assert (difference.case_id, difference.recorded_team, difference.team) == (
        case_id,
        "RDW",
        "INT",
    )


def test_every_answer_is_plain_values_for_programs(
    place: Place, ledger: Ledger, views: Views
) -> None:
    opened(ledger)
    views.catch_up(ledger.store)
    at = place.clock.at
    for answer in (
        queue(views, "RDW", at=at),
        counts(views, at=at),
        sla(views, at=at),
        board(views, at=at, days=DAYS),
        replay_policy(ledger.store, ledger.policies()),
    ):
        said = as_json(answer)
        assert isinstance(said, dict)
        assert str(ledger.store.tip()) in str(said)
