"""Measured spans: how long each lasted, the office open and closed, its owner on days with and without an act.

Both splits are partitions to the second: every instant is taken to its whole second since the receipt, so
that parts always add up to the span and spans to the elapsed time (offices.md, row 'Spans').
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import starmap

from ledger.policy.calendars.counting import BeyondCalendar, OfficeHours
from ledger.policy.calendars.zones import LocalDays
from projections.rows.spans import SpanRow, SpanWait

_SECOND = timedelta(seconds=1)
_DAY = timedelta(days=1)

Act = tuple[str, datetime]
"""A recorded act: who made the entry, and when what it says happened."""


@dataclass(frozen=True, slots=True)
class TimedSpan:
    """A span with its length; one that lasts ends, for the sum, at the instant asked about."""

    seconds: int
    span: SpanRow


@dataclass(frozen=True, slots=True)
class MeasuredSpan:
    """A span with its length in seconds, and that of its parts.

    `open_seconds` and `closed_seconds` are None where the office calendar does not reach. `acted_seconds`
    lie on local dates on which its owner made an entry on the case, `idle_seconds` on the others; both are
    0 while no owner has it.
    """

    seconds: int
    open_seconds: int | None
    closed_seconds: int | None
    acted_seconds: int
    idle_seconds: int
    span: SpanRow


@dataclass(frozen=True, slots=True)
class Overlap:
    """An interval in which a case waited for several things at once; the first named it."""

    from_at: datetime
    to_at: datetime | None
    waits: tuple[SpanWait, ...]


@dataclass(frozen=True, slots=True)
class OwnerDays:
    """On how many local dates a case was with an owner, and on how many of those they made an entry on it."""

    days: int
    acted: int


def timed(rows: Sequence[SpanRow], at: datetime) -> tuple[TimedSpan, ...]:
    """The spans that began by an instant, each with its length up to it."""
    seconds = _counting(rows)
    return tuple(
        TimedSpan(seconds(row.from_at, min(row.to_at or at, at)), row)
        for row in rows
        if row.from_at <= at
    )


def measured(
    rows: Sequence[SpanRow],
    *,
    at: datetime,
    days: LocalDays,
    hours: OfficeHours | None,
    acts: Collection[Act] = (),
) -> tuple[MeasuredSpan, ...]:
    """The spans that began by an instant, each measured up to it."""
    lasting = _counting(rows)

    def one(span: TimedSpan) -> MeasuredSpan:
        seconds, row = span.seconds, span.span
        start, end = row.from_at, min(row.to_at or at, at)
        opened = None
        if hours is not None:
            with suppress(BeyondCalendar):
                opened = sum(starmap(lasting, hours.open_between(start, end)))
        acted = idle = 0
        if row.kind == "with_owner":
            dates = _acted_on(acts, row, days)
            acted = sum(starmap(lasting, _of_dates(start, end, dates, days)))
            idle = seconds - acted
        closed = None if opened is None else seconds - opened
        return MeasuredSpan(seconds, opened, closed, acted, idle, row)

    return tuple(one(span) for span in timed(rows, at))


def lasted(spans: Iterable[TimedSpan | MeasuredSpan]) -> int:
    """How many seconds these spans add up to."""
    return sum(each.seconds for each in spans)


def owner_days(
    rows: Sequence[SpanRow], *, at: datetime, days: LocalDays, acts: Collection[Act]
) -> OwnerDays:
    """On how many dates an owner had the case by an instant, and on how many they acted on it."""
    held, acted = set[date](), set[date]()
    for row in rows:
        end = min(row.to_at or at, at)
        if row.kind != "with_owner" or row.from_at >= end:
            continue
        on, last = days.date_of(row.from_at), days.date_of(end - timedelta(microseconds=1))
        dates = _acted_on(acts, row, days)
        while on <= last:
            held.add(on)
            if on in dates:
                acted.add(on)
            on += _DAY
    return OwnerDays(len(held), len(acted))


def overlaps(rows: Sequence[SpanRow]) -> tuple[Overlap, ...]:
    """Every interval in which a case waited for more than one thing, so that nobody can choose the kinder reading."""
    found: list[Overlap] = []
    for row in rows:
        if len(row.waits) < 2:
            continue
        if found and found[-1].to_at == row.from_at and found[-1].waits == row.waits:
            found[-1] = Overlap(found[-1].from_at, row.to_at, row.waits)
        else:
            found.append(Overlap(row.from_at, row.to_at, row.waits))
    return tuple(found)


def _counting(rows: Sequence[SpanRow]) -> Callable[[datetime, datetime], int]:
    """How many seconds lie between two instants, each at its whole second since the receipt."""

    def seconds(start: datetime, end: datetime) -> int:
        received_at = rows[0].from_at
        return (end - received_at) // _SECOND - (start - received_at) // _SECOND

    return seconds


def _acted_on(acts: Collection[Act], row: SpanRow, days: LocalDays) -> frozenset[date]:
    return frozenset(days.date_of(at) for member, at in acts if member == row.owner)


def _of_dates(
    start: datetime, end: datetime, dates: Collection[date], days: LocalDays
) -> Iterator[tuple[datetime, datetime]]:
    """The parts of an interval that lie on one of these local dates."""
    for on in dates:
        first, last = max(start, days.begin(on)), min(end, days.end(on))
        if first < last:
            yield first, last
