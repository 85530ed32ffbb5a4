"""A clerk with a wall calendar: counts what a clock counts, by days or by half hours, and knows no engine."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

ONE_DAY = timedelta(days=1)
HALF_HOUR = timedelta(minutes=30)
Works = Callable[[date], bool]


@dataclass(frozen=True)
class Span:
    """A wait from one instant to another, and whether its first and its last day count all the same."""

    begins_at: datetime
    ends_at: datetime
    first_counts: bool = False
    last_counts: bool = False

    def days(self, zone: ZoneInfo) -> list[date]:
        """Every local date that it takes."""
        first = self.begins_at.astimezone(zone).date() + ONE_DAY * self.first_counts
        last = self.ends_at.astimezone(zone).date() - ONE_DAY * self.last_counts
        return [first + ONE_DAY * n for n in range(max(0, (last - first).days + 1))]


@dataclass(frozen=True)
class Promise:
    """So much of a unit; which days work; on which days it may end."""

    unit: str
    amount: int
    zone: ZoneInfo
    works: Works
    rolls: bool = False
    first_day_counts: bool = False


def begins_again(
    promise: Promise, start_at: datetime, waits: Iterable[Span], resets: Iterable[Span]
) -> tuple[datetime, int]:
    """When the last generation began, and its number: an answer begins it anew unless time had run out before."""
    number = 1
    for asked in sorted(resets, key=lambda each: (each.ends_at, each.begins_at)):
        until = [each for each in waits if each.begins_at < asked.begins_at]
        cut = [
            Span(each.begins_at, min(each.ends_at, asked.begins_at), each.first_counts, each.last_counts)
            if each.ends_at > asked.begins_at
            else each
            for each in until
        ]  # fmt: skip
        if asked.begins_at < ends_at(promise, start_at, _since(start_at, waits, cut)):
            start_at, number = asked.ends_at, number + 1
    return start_at, number


def _since(start_at: datetime, waits: Iterable[Span], cut: list[Span]) -> list[Span]:
    """Of these waits, cut short, those that lasted past the start."""
    lasting = {each.begins_at for each in waits if each.ends_at > start_at}
    return [each for each in cut if each.begins_at in lasting]


def ends_at(promise: Promise, start_at: datetime, waits: Iterable[Span]) -> datetime:
    """The instant at which the time is over."""
    if promise.unit == "business_hours":
        return _hours_end_at(promise, start_at, list(waits))
    due_on = ends_on(promise, start_at, waits)
    return midnight_after(due_on, promise.zone)


def ends_on(promise: Promise, start_at: datetime, waits: Iterable[Span]) -> date:
    """The last day of the time, found by crossing out days on the wall."""
    start_on = start_at.astimezone(promise.zone).date()
    taken = [each.days(promise.zone) for each in waits]
    crossed = {day for days in taken for day in days}
    day = start_on - ONE_DAY if promise.first_day_counts else start_on
    left = _days_in_all(promise, start_on)
    while True:
        while left:
            day += ONE_DAY
            counts = promise.unit != "working_days" or promise.works(day)
            left -= counts and day not in crossed
        shown = day
        while promise.rolls and not promise.works(shown):
            shown += ONE_DAY
        late = [days[0] for days in taken if days and day < days[0] <= shown]
        if not late:
            return shown
        left, day = (shown - min(late)).days + 1, min(late) - ONE_DAY


def _days_in_all(promise: Promise, start_on: date) -> int:
    if promise.unit == "weeks":
        return 7 * promise.amount
    if promise.unit == "months":
        year, month = start_on.year, start_on.month
        for _ in range(promise.amount):
            year, month = (year + 1, 1) if month == 12 else (year, month + 1)
        day = start_on.day
        while True:
            try:
                return (date(year, month, day) - start_on).days
            except ValueError:
                day -= 1
    return promise.amount


def midnight_after(day: date, zone: ZoneInfo) -> datetime:
    """The first instant at which the wall shows a later date for good, found by looking every quarter of an hour."""
    at = datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(days=2)
    found = at
    for _ in range(5 * 96):
        if at.astimezone(zone).date() <= day:
            found = at
        at += timedelta(minutes=15)
    return found + timedelta(minutes=15)


def _hours_end_at(promise: Promise, start_at: datetime, waits: list[Span]) -> datetime:
    at, left = start_at, 2 * promise.amount
    while left:
        waiting = any(each.begins_at <= at < each.ends_at for each in waits)
        left -= _is_open(at, promise) and not waiting
        at += HALF_HOUR
    return at


def _is_open(at: datetime, promise: Promise) -> bool:
    local = at.astimezone(promise.zone)
    minutes = 60 * local.hour + local.minute
    return promise.works(local.date()) and (510 <= minutes < 720 or 780 <= minutes < 990)
