"""A certificate holds whatever happened to its clock, and what is left of it is what a wall calendar shows."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from ledger.policy.clocks.certificates import recheck
from ledger.policy.clocks.history import ClockHistory, Extended, Reckoning, Waiting
from ledger.policy.clocks.reckoning import reckon
from ledger.policy.document.clocks import ClockDefinition
from tests.policy.law import clock
from tests.policy.zones import BY_ZONE, ONE_DAY, ZONES, works

UNITS = ("working_days", "calendar_days", "weeks", "months")
HALF_HOUR = timedelta(minutes=30)


def told(chance: random.Random) -> tuple[ClockDefinition, ClockHistory]:
    """A clock of days that waits, for ever or under a limit, is extended from either end, and may be capped."""
    unit = chance.choice(UNITS)
    start_at = datetime(2016, 9, 1, tzinfo=UTC) + HALF_HOUR * chance.randrange(48 * 500)
    rolls = unit != "working_days" and chance.random() < 0.6
    definition = clock(
        "ANY", unit=unit, zone=chance.choice(ZONES), office_calendar="OFFICE",
        amount=chance.randint(1, {"weeks": 6, "months": 4}.get(unit, 40)),
        counting_calendar="WORK" if unit == "working_days" else None,
        roll="forward" if rolls else "none", roll_over="WORK" if rolls else None,
        first_day=chance.choice(("included", "excluded")),
        due_at=chance.choice((None, "start_of_local_day", "close_of_business")),
        pause_limit=chance.choice((None, None, chance.randint(1, 20))),
        effects={"fee": "pause", "weather": {"effect": "pause", "start_day_counts": True}},
    )  # fmt: skip
    waits: list[Waiting] = []
    for _ in range(chance.choice((0, 1, 1, 2, 3))):
        begins_at = start_at + HALF_HOUR * chance.randrange(48 * 50)
        ends_at = begins_at + HALF_HOUR * chance.choice((0, 1, 20, 48, 240, 700))
        waits.append(Waiting(chance.choice(("fee", "weather")), begins_at, ends_at))
    waits.sort(key=lambda each: each.from_at)
    if waits and chance.random() < 0.5:
        waits[-1] = replace(waits[-1], to_at=None)
    most = 8 if unit in ("working_days", "calendar_days") else 2
    extensions = tuple(
        Extended(chance.randint(1, most), start_at, chance.choice(("start", "due")))
        for _ in range(chance.choice((0, 0, 1, 2)))
    )
    cap = (start_at + ONE_DAY * chance.randrange(1, 60)).date() if chance.random() < 0.3 else None
    return definition, ClockHistory(start_at, tuple(waits), extensions, not_after_on=cap)


def left_on_the_wall(definition: ClockDefinition, answer: Reckoning) -> int:
    """The days from tomorrow to the last one, without those that do not count and those crossed out."""
    said = answer.certificate
    gone = [(date.fromisoformat(a), date.fromisoformat(b)) for a, b in said["disregarded"]]
    day = max(
        answer.at.astimezone(ZoneInfo(definition.zone)).date(),
        date.fromisoformat(said["start_on"]) - ONE_DAY * (definition.first_day == "included"),
    )
    left, last = 0, min(date.fromisoformat(said[name]) for name in ("raw_on", "due_on"))
    while day < last:
        day += ONE_DAY
        counts = definition.unit != "working_days" or works(day)
        left += counts and not any(first <= day <= until for first, until in gone)
    return left


@pytest.mark.parametrize("part", range(4))
def test_a_certificate_of_any_history_holds_and_says_what_is_left(part: int) -> None:
    for seed in range(part, 1_000, 4):
        chance = random.Random(seed)
        definition, history = told(chance)
        calendars = BY_ZONE[definition.zone]
        at = max(history.instants()) + HALF_HOUR * chance.choice((0, 1, 48 * chance.randrange(30)))
        answer = reckon(definition, calendars, history, at=at)
        every = (*calendars.counting.values(), *calendars.hours.values())
        assert recheck(answer.certificate, *every), f"history {seed}"
        if answer.state == "running":
            assert answer.remaining == left_on_the_wall(definition, answer), f"history {seed}"
        if answer.state == "paused":
            ended = tuple(replace(each, to_at=each.to_at or at) for each in history.waits)
            resumed = reckon(definition, calendars, replace(history, waits=ended), at=at)
            assert answer.due_if_resumed_at == resumed.due_at, f"history {seed}"
            assert answer.certificate["remaining"] == answer.remaining, f"history {seed}"
