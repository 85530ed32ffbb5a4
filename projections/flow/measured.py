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

from ledger.case.outcome.reopening import CaseReopened
from ledger.case.outcome.resolving import CaseResolved
from ledger.case.outcome.settling import CaseSettled
from ledger.policy.calendars.counting import BeyondCalendar, OfficeHours
from ledger.policy.calendars.zones import LocalDays
from projections.fold.projection import changed
from projections.fold.told import Told
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
    0 while no owner has it. `provisional` is a resolution whose quiet window lasts, until it settles.
    """

    seconds: int
    open_seconds: int | None
    closed_seconds: int | None
    acted_seconds: int
    idle_seconds: int
    provisional: bool
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


Quiet = tuple[datetime, datetime | None]
"""From when to when a resolution was provisional: until it settled or the case was reopened, None while it is."""


def quiet_windows(told: Iterable[Told]) -> tuple[Quiet, ...]:
    """When the resolutions of a case were provisional; one without a quiet window never was."""
    found: list[Quiet] = []
    for each in told:
        match each.fact:
            case CaseResolved(settles_at=datetime()):
                found.append((each.effective_at, None))
            case CaseSettled() | CaseReopened() if found and found[-1][1] is None:
                began_at = found[-1][0]
                found[-1] = (began_at, max(began_at, each.effective_at))
            case _:
                pass
    return tuple(found)


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
    quiet: Sequence[Quiet] = (),
) -> tuple[MeasuredSpan, ...]:
    """The spans that began by an instant, each measured up to it; a resolution is divided where it settled."""
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
        return MeasuredSpan(seconds, opened, closed, acted, idle, _provisional(row, quiet), row)

    divided = [part for row in rows for part in _divided(row, quiet)]
    return tuple(one(span) for span in timed(divided, at))


def _provisional(row: SpanRow, quiet: Sequence[Quiet]) -> bool:
    """Whether a span is of a resolution that is not settled in it."""
    return row.resolved and any(
        began_at <= row.from_at and (ended_at is None or row.from_at < ended_at)
        for began_at, ended_at in quiet
    )


def _divided(row: SpanRow, quiet: Sequence[Quiet]) -> Iterator[SpanRow]:
    """A span, in two where its resolution settled within it."""
    for began_at, ended_at in quiet if row.resolved else ():
        if ended_at is None or not began_at <= row.from_at < ended_at:
            continue
        if row.to_at is None or ended_at < row.to_at:
            yield changed(row, {"to_at": ended_at})
            yield changed(row, {"from_at": ended_at, "began": "settled"})
            return
    yield row


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
