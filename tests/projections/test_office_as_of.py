"""The whole office as of an instant: the same as the views where nothing was recorded late, and better where it was."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from ledger.case.clocks.waiting import BeginWaiting
from ledger.case.custody.pulling import PullCase
from ledger.case.custody.transfers import AcceptTransfer, TransferCase
from ledger.case.intake.opening import OpenCase
from ledger.case.outcome.reopening import ReopenCase
from ledger.case.outcome.resolving import ResolveCase
from ledger.policy.calendars.zones import LocalDays
from ledger.service import Ledger
from projections.flow.board import board
from projections.flow.by_day import Flow, flow
from projections.lists.sla import sla
from projections.office.office_as_of import office_as_of
from projections.store.progress import Progress
from projections.views import Views
from tests.ledgers import INCOME, INTAKE, OPENS_AT, ROADS, Place

DAYS = LocalDays("America/Halifax", ZoneInfo("America/Halifax"))


@pytest.fixture
def views(place: Place, ledger: Ledger) -> Iterator[Views]:
    with Views.open(place.location) as views:
        yield views


def opened(ledger: Ledger, **said: Any) -> UUID:
    case_id = ledger.new_id()
    command = OpenCase(
        case_id=case_id,
        channel="phone",
        request_type="RDW-POT",
        answers={"danger_now": False},
        **said,
    )
    ledger.handle(command, actor=INTAKE)
    return case_id


def pull(case_id: UUID) -> PullCase:
    return PullCase(case_ids=(case_id,), team="RDW", owner="R-02")


def test_as_of_now_the_office_is_as_the_views_know_it(
    place: Place, ledger: Ledger, views: Views
) -> None:
    done, back, waits, _queued = (opened(ledger) for _ in range(4))
    place.clock.pass_by(hours=1)
    ledger.handle(pull(done), actor=ROADS)
    for case_id in (done, back):
        ledger.handle(ResolveCase(case_id=case_id, outcome="done"), actor=ROADS)
    place.clock.pass_by(days=1)
    reopening = ReopenCase(case_id=back, reason="returned", clock_policy="continue")
    ledger.handle(reopening, actor=ROADS)
    wait = BeginWaiting(case_id=waits, wait_id=ledger.new_id(), reason="weather")
    ledger.handle(wait, actor=ROADS)
    views.catch_up(ledger.store)
    at = place.clock.at
    told: list[Progress] = []
    office = office_as_of(views, ledger.store, at=at, progress=told.append)
    first_on, last_on = DAYS.date_of(OPENS_AT), DAYS.date_of(at)
    expected = flow(views, days=DAYS, first_on=first_on, last_on=last_on)
    assert office.board(DAYS).teams == board(views, at=at, days=DAYS).teams
    assert office.sla().clocks == sla(views, at=at).clocks
    assert office.sla().total == sla(views, at=at).total
    assert office.flow(DAYS, first_on, last_on).days == expected.days
    assert told[-1] == (4, 4)


def test_what_is_in_transit_waits_for_a_team_and_whoever_handed_on_all_they_had_stands_on_the_board(
    place: Place, ledger: Ledger, views: Views
) -> None:
    accepted, sent = opened(ledger), opened(ledger)
    place.clock.pass_by(hours=1)
    for case_id in (accepted, sent):
        ledger.handle(pull(case_id), actor=ROADS)
    first = TransferCase(
        case_id=accepted, transfer_id=ledger.new_id(), to_team="INC", reason="skill"
    )
    second = TransferCase(case_id=sent, transfer_id=ledger.new_id(), to_team="INC", reason="skill")
    ledger.handle(second, actor=ROADS)
    wait = BeginWaiting(case_id=sent, wait_id=ledger.new_id(), reason="weather")
    ledger.handle(wait, actor=ROADS)
    ledger.handle(first, actor=ROADS)
    taken = AcceptTransfer(case_id=accepted, transfer_id=first.transfer_id)
    ledger.handle(taken, actor=INCOME)
    views.catch_up(ledger.store)
    on, at = DAYS.date_of(OPENS_AT), place.clock.at

    def evening(told: Flow) -> dict[str | None, int]:
        return {each.team: each.paused_end for each in told.days}

    by_views = board(views, at=at, days=DAYS)
    office = office_as_of(views, ledger.store, at=at)
    paused = {each.team: each.paused for each in by_views.teams}
    assert paused == {"INC": 0, "RDW": 0}
    assert evening(flow(views, days=DAYS, first_on=on, last_on=on)) == paused
    assert evening(office.flow(DAYS, on, on)) == paused
    taken = AcceptTransfer(case_id=sent, transfer_id=second.transfer_id)
    ledger.handle(taken, actor=INCOME)
    views.catch_up(ledger.store)
    by_views = board(views, at=at, days=DAYS)
    roads = by_views.teams[-1]
    assert (roads.team, roads.waiting, roads.incoming, roads.transferred_out) == ("RDW", 0, 2, 2)
    assert office_as_of(views, ledger.store, at=at).board(DAYS).teams == by_views.teams


def test_as_of_an_instant_the_office_knows_what_was_recorded_later(
    place: Place, ledger: Ledger, views: Views
) -> None:
    case_id = opened(ledger)
    place.clock.pass_by(hours=10)
    ledger.handle(pull(case_id), actor=ROADS, effective_at=OPENS_AT + timedelta(hours=2))
    views.catch_up(ledger.store)
    at = OPENS_AT + timedelta(hours=3)
    (known_now,) = office_as_of(views, ledger.store, at=at).board(DAYS).teams
    (known_then,) = office_as_of(views, ledger.store, at=at, known_at=at).board(DAYS).teams
    (by_views,) = board(views, at=at, days=DAYS, known_at=at).teams
    assert (known_now.queued, known_now.in_hand) == (0, 1)
    assert known_then == replace(by_views, queued=1, in_hand=0)
