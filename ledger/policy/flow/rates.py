"""The rate that clears a backlog by a date: how many each day and by each hour, and whether it can be done.

Practice, formulas 5.1. A day weighs its open hours against the longest day of the week, times the
share of people who attend: a full day is 1. All numbers are exact; cases are whole, rates fractions.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import accumulate, pairwise

from ledger.errors import InvalidCommand
from ledger.policy.calendars.counting import OfficeHours
from ledger.policy.calendars.zones import LocalDays
from ledger.policy.dates import ONE_DAY
from ledger.policy.exact import ceiling

FULL_ATTENDANCE = 100
_LONGEST_PLAN = 366 * 5
_NOTHING = timedelta(0)


@dataclass(frozen=True, slots=True)
class DayWeight:
    """A working day and what it weighs against a full one."""

    on: date
    weight: Fraction


@dataclass(frozen=True, slots=True)
class RequiredRate:
    """How many cases a full working day must clear, and what that follows from.

    `per_day` = `arrivals` + max(0, `waiting` - `target`) / `weight`.
    """

    arrivals: Fraction
    waiting: int
    target: int
    weight: Fraction
    per_day: Fraction

    @property
    def excess(self) -> int:
        """How many more wait than are to."""
        return max(0, self.waiting - self.target)


@dataclass(frozen=True, slots=True)
class Feasibility:
    """Whether a capacity suffices for a rate; if not, after how many full days the target would be reached.

    `earliest_days` is 0 where it suffices, and None for never: arrivals alone take all there is.
    """

    capacity: Fraction
    feasible: bool
    earliest_days: int | None


def required_rate(
    *, arrivals: Fraction, waiting: int, target: int, weight: Fraction
) -> RequiredRate:
    """The rate over days that weigh so much together; InvalidCommand if there are none to work on."""
    if weight <= 0:
        raise InvalidCommand(
            "No working day lies between now and the target date: name a later date, or more attendance."
        )
    per_day = arrivals + Fraction(max(0, waiting - target)) / weight
    return RequiredRate(arrivals, waiting, target, weight, per_day)


def day_numbers(per_day: Fraction, weights: Sequence[Fraction]) -> tuple[int, ...]:
    """How many each of these days must clear: whole cases, which add up to the rate over all of them."""
    reached = [0, *(ceiling(per_day * total) for total in accumulate(weights))]
    return tuple(after - before for before, after in pairwise(reached))


def needed_by(number: int, passed: timedelta, open_in_all: timedelta) -> int:
    """How many of a day's number must be done once the office was open for so long of its hours that day."""
    if open_in_all <= _NOTHING or passed >= open_in_all:
        return number
    tick = timedelta.resolution
    return ceiling(Fraction(number * (max(passed, _NOTHING) // tick), open_in_all // tick))


def feasibility(rate: RequiredRate, capacity: Fraction) -> Feasibility:
    """Whether this many a full day suffice."""
    if rate.per_day <= capacity:
        return Feasibility(capacity, True, 0)
    spare = capacity - rate.arrivals
    return Feasibility(
        capacity, False, ceiling(Fraction(rate.excess) / spare) if spare > 0 else None
    )


def below_floor(target: int, *, arrivals: Fraction, median_days: Fraction) -> bool:
    """Whether a target is lower than the work that is always under way: arrivals times median days (Little's law)."""
    return target < arrivals * median_days


def day_weights(
    hours: OfficeHours,
    days: LocalDays,
    *,
    first_on: date,
    last_on: date,
    attendance: Mapping[date, int],
) -> tuple[DayWeight, ...]:
    """What each open day from the first to the last weighs; days on which nobody attends are left out.

    `attendance` gives the share of people present in percent, 100 where a day is not named.
    """
    if (last_on - first_on).days > _LONGEST_PLAN:
        raise InvalidCommand("A plan is for five years at most: name an earlier date.")
    full = full_day(hours, days, first_on)
    found: list[DayWeight] = []
    day = first_on
    while day <= last_on:
        opened = hours.between(days.begin(day), days.end(day))
        weight = Fraction(opened // timedelta.resolution, full // timedelta.resolution)
        weight *= Fraction(attendance.get(day, FULL_ATTENDANCE), FULL_ATTENDANCE)
        if weight > 0:
            found.append(DayWeight(day, weight))
        day += ONE_DAY
    return tuple(found)


def full_day(hours: OfficeHours, days: LocalDays, around: date) -> timedelta:
    """How long the office is open on its longest day in the four weeks from this date; an hour if it never is."""
    opened = [
        hours.between(days.begin(day), days.end(day))
        for day in (around + timedelta(days=n) for n in range(28))
        if day <= hours.ends_on
    ]
    return max(opened, default=_NOTHING) or timedelta(hours=1)
