"""How a clock stands is what somebody finds who sits there and counts, waits and their limit included."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

import pytest

from ledger.policy.clocks.certificates import recheck
from ledger.policy.clocks.history import ClockHistory, Reckoning, Waiting
from ledger.policy.clocks.reckoning import reckon
from ledger.policy.document.clocks import ClockDefinition
from tests.policy.clerk import midnight_after
from tests.policy.law import clock
from tests.policy.zones import BY_ZONE, ONE_DAY, ZONES, is_open, works

HALF_HOUR = timedelta(minutes=30)
FAR = datetime(2019, 1, 1, tzinfo=UTC)
HALF = {"code": "half", "percent": 50, "party": "owner"}


class Counted(NamedTuple):
    """What was counted, in half hours or days."""

    elapsed: int
    remaining: int
    overdue: int
    overdue_not_waiting: int
    half_at: datetime
    """When half of it was used, and nobody waited."""


def told(chance: random.Random, unit: str) -> tuple[ClockDefinition, ClockHistory, datetime]:
    """A clock of this unit, a few waits of which the last may last still, and when somebody asks."""
    start_at = datetime(2017, 1, 1, tzinfo=UTC) + HALF_HOUR * chance.randrange(48 * 400)
    days = 4 if unit.endswith("hours") else 30
    definition = clock(
        "ANY", unit=unit, amount=chance.randint(1, 20), zone=chance.choice(ZONES),
        office_calendar="OFFICE", counting_calendar="WORK" if unit == "working_days" else None,
        pause_limit=chance.choice((None, chance.randint(1, 12))), effects={"fee": "pause"},
        rungs=[HALF],
    )  # fmt: skip
    waits: list[Waiting] = []
    for _ in range(chance.choice((0, 1, 2, 3))):
        begins_at = start_at + HALF_HOUR * chance.randrange(48 * days)
        ends_at = begins_at + HALF_HOUR * chance.choice((1, 20, 48, 24 * days))
        waits.append(Waiting("fee", begins_at, ends_at))
    waits.sort(key=lambda each: each.from_at)
    if waits and chance.random() < 0.4:
        waits[-1] = replace(waits[-1], to_at=None)
    history = ClockHistory(start_at, tuple(waits))
    return definition, history, max(history.instants()) + HALF_HOUR * chance.randrange(48 * days)


def lasts(clock: ClockDefinition, each: Waiting, at: datetime) -> datetime:
    """Until when it waits: what lasts still goes on to use up its limit, where there is one."""
    return each.to_at or (at if clock.pause_limit is None else FAR)


def hours_counted(clock: ClockDefinition, history: ClockHistory, at: datetime) -> Counted:
    """By half hours: waited for while the limit lasts, used otherwise, over once all are used."""
    total, limit = 2 * clock.amount, 2 * (clock.pause_limit or 10**6)
    used = waited = elapsed = overdue = waiting_late = 0
    half_at: datetime | None = None
    now = history.start_at
    while now < at or half_at is None:
        waits = any(each.from_at <= now < lasts(clock, each, at) for each in history.waits)
        late = used >= total
        paused = waits and not late and waited < limit
        if used == clock.amount and half_at is None and not paused:
            half_at = now
        if clock.unit == "elapsed_hours" or is_open(now, clock.zone):
            waited += paused
            used += not paused
            elapsed += now < at and not paused
            overdue += now < at and late
            waiting_late += now < at and late and waits
        now += HALF_HOUR
    remaining = max(0, total - elapsed)
    return Counted(elapsed, remaining, overdue, overdue - waiting_late, half_at)


def days_counted(clock: ClockDefinition, history: ClockHistory, at: datetime) -> Counted:
    """The same by local dates; today counts as used, and has not elapsed."""
    zone, limit = ZoneInfo(clock.zone), clock.pause_limit or 10**6
    gone = [
        (each.from_at.astimezone(zone).date(), lasts(clock, each, at).astimezone(zone).date())
        for each in history.waits
    ]
    used = waited = elapsed = through_today = overdue = waiting_late = 0
    half_on, limit_ends_at, due_at = None, FAR, FAR
    day, today = history.start_at.astimezone(zone).date(), at.astimezone(zone).date()
    while day < today or half_on is None:
        day += ONE_DAY
        if clock.unit == "working_days" and not works(day):
            continue
        waits = any(first <= day <= last for first, last in gone)
        late = used >= clock.amount
        paused = waits and not late and waited < limit
        waited += paused
        used += not paused
        if waited == limit and limit_ends_at == FAR:
            limit_ends_at = midnight_after(day, zone)
        if used == -(-clock.amount // 2) and not paused:
            half_on = day
        if used == clock.amount and not paused:
            due_at = midnight_after(day, zone)
        elapsed += day < today and not paused
        through_today += day <= today and not paused
        overdue += day <= today and late
        waiting_late += day <= today and late and waits
    half_at = (
        BY_ZONE[clock.zone].hours["OFFICE"].opening_from(midnight_after(half_on - ONE_DAY, zone))
    )
    for each in history.waits:  # by the time that the office opens somebody may wait
        ends_at = min(lasts(clock, each, at), limit_ends_at)
        if each.from_at < due_at and each.from_at <= half_at < ends_at:
            half_at = ends_at
    remaining = max(0, clock.amount - through_today)
    return Counted(elapsed, remaining, overdue, overdue - waiting_late, half_at)


def stands(clock: ClockDefinition, history: ClockHistory, at: datetime) -> Reckoning:
    calendars = BY_ZONE[clock.zone]
    answer = reckon(clock, calendars, history, at=at)
    assert recheck(answer.certificate, calendars.counting["WORK"], calendars.hours["OFFICE"])
    return answer


def agree(answer: Reckoning, counted: Counted, *, a_unit: int, of: str) -> None:
    """The engine's figures are those that were counted, and its rung is reached when half of the time is used."""
    told_so = (answer.elapsed, answer.remaining, answer.overdue, answer.overdue_not_waiting)
    assert told_so == tuple(a_unit * each for each in counted[:4]), of
    reached = [each.at for each in answer.rungs]
    if answer.state == "paused" and answer.pause_ends_at is None and counted.half_at >= answer.at:
        assert all(each < answer.at for each in reached), (
            of
        )  # on the morning before somebody waited
    else:
        assert reached == [counted.half_at], of


@pytest.mark.parametrize("unit", ["business_hours", "elapsed_hours"])
def test_a_clock_of_hours_stands_as_somebody_counts_who_sits_there(unit: str) -> None:
    for seed in range(200):
        definition, history, at = told(random.Random(seed), unit)
        counted = hours_counted(definition, history, at)
        agree(stands(definition, history, at), counted, a_unit=1_800, of=f"{unit} {seed}")


@pytest.mark.parametrize("unit", ["working_days", "calendar_days"])
def test_a_clock_of_days_stands_as_somebody_counts_who_crosses_them_out(unit: str) -> None:
    for seed in range(300):
        definition, history, at = told(random.Random(seed), unit)
        counted = days_counted(definition, history, at)
        agree(stands(definition, history, at), counted, a_unit=1, of=f"{unit} {seed}")
