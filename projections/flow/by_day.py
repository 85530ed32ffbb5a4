"""Flow: what came in, what waited and what was processed, by team and local day.

For a team and day, `waiting_end = waiting_start + new + transferred_in + reopened - resolved
- transferred_out - withdrawn - lapsed - referred_out`. Days are half-open local dates. What waits is
counted from the spans themselves, so that the identity is a finding about them and not an assumption.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from ledger.policy.calendars.zones import LocalDays
from projections.answers import UpToDate, up_to_date
from projections.fold.temporal import microseconds

if TYPE_CHECKING:
    from projections.views import Reading, Views

_DAYS_TOLD = 14
_SPANS = """
    SELECT s.team, s.waits <> '[]' AND s.transit_to IS NULL, s.from_at, s.to_at, s.came_by, s.left_by
"""
_LASTING = """
    FROM {spans} AS s
    WHERE s.magnitude = 63
    AND s.to_at IS NULL
    AND s.outcome IS NULL
    AND s.from_at < :until
"""
_ENDED = """
    FROM {spans} AS s
    WHERE s.magnitude = 63
    AND s.to_at IS NOT NULL
    AND s.outcome IS NULL
    AND s.to_at >= :since
    AND s.from_at < :until
"""
_KNOWN_STILL = """
    AND s.known_from <= :known_at
"""
_THEN = """
    FROM {magnitudes} AS m
    CROSS JOIN {spans} AS s
    WHERE s.magnitude = m.magnitude
    AND s.magnitude < 63
    AND s.known_from > :known_at - m.width
    AND s.known_from <= :known_at
    AND s.known_to > :known_at
    AND s.outcome IS NULL
    AND s.from_at < :until
    AND (s.to_at IS NULL OR s.to_at >= :since)
"""


@dataclass(frozen=True, slots=True)
class DayFlow:
    """The flow of one team (None: the intake desk, before any team has a case) on one local day."""

    team: str | None
    on: date
    waiting_start: int = 0
    new: int = 0
    transferred_in: int = 0
    reopened: int = 0
    resolved: int = 0
    transferred_out: int = 0
    withdrawn: int = 0
    lapsed: int = 0
    referred_out: int = 0
    waiting_end: int = 0
    paused_end: int = 0
    """Of those that wait at the end, how many wait for somebody outside; what is in transit waits for a team."""

    @property
    def incoming(self) -> int:
        return self.new + self.transferred_in + self.reopened

    @property
    def processed(self) -> int:
        gone = self.resolved + self.withdrawn + self.lapsed + self.referred_out
        return gone + self.transferred_out

    @property
    def processed_net(self) -> int:
        """Processed for good, as far as the day knows: transfers do not count, and returns count against it."""
        return self.processed - self.transferred_out - self.reopened

    @property
    def adds_up(self) -> bool:
        return self.waiting_end == self.waiting_start + self.incoming - self.processed


@dataclass(frozen=True, slots=True)
class Flow:
    """The flow of every team that had anything, by team and day."""

    up_to_date: UpToDate
    zone: str
    days: tuple[DayFlow, ...]


class FlowSpan(NamedTuple):
    """What of a span the flow looks at; times in microseconds."""

    team: str | None
    paused: bool
    from_at: int
    to_at: int | None
    came_by: str | None
    left_by: str | None


def first_told(last_on: date) -> date:
    """The first of the two weeks that are told up to a day where nobody says from which."""
    return last_on - timedelta(days=_DAYS_TOLD - 1)


def flow(
    views: Views,
    *,
    days: LocalDays,
    first_on: date,
    last_on: date,
    known_at: datetime | None = None,
) -> Flow:
    """The flow from the first to the last local date, both included."""
    dates = [first_on + timedelta(days=n) for n in range((last_on - first_on).days + 1)]
    borders = [microseconds(days.begin(day)) for day in (*dates, last_on + timedelta(days=1))]
    with views.reading("spans") as reading:
        spans = _overlapping(reading, borders[0], borders[-1], known_at)
        counted = tuple(flow_of(spans, dates, borders))
        return Flow(up_to_date(reading, known_at), days.name, counted)


def flow_of(
    spans: Sequence[FlowSpan], dates: Sequence[date], borders: Sequence[int]
) -> list[DayFlow]:
    """The flow of each team over dates between borders, one more than dates."""
    teams = sorted({span.team for span in spans}, key=lambda team: (team is None, team or ""))
    return [
        each
        for team in teams
        for each in _of_team([span for span in spans if span.team == team], team, dates, borders)
    ]


def _of_team(
    spans: Sequence[FlowSpan], team: str | None, dates: Sequence[date], borders: Sequence[int]
) -> list[DayFlow]:
    moves: list[dict[str, int]] = [{} for _ in dates]
    steps, paused = [0] * (len(borders) + 1), [0] * (len(borders) + 1)
    for span in spans:
        for at, how in ((span.from_at, span.came_by), (span.to_at, span.left_by)):
            if how is not None and at is not None and borders[0] <= at < borders[-1]:
                tally = moves[bisect_right(borders, at) - 1]
                tally[how] = tally.get(how, 0) + 1
        begins = bisect_right(borders, span.from_at)
        ends = len(borders) if span.to_at is None else bisect_right(borders, span.to_at)
        for counted in (steps, paused) if span.paused else (steps,):
            counted[begins] += 1
            counted[ends] -= 1
    waiting, pausing = _running(steps), _running(paused)
    return [
        replace(
            DayFlow(team, day, **moves[place]),
            waiting_start=waiting[place],
            waiting_end=waiting[place + 1],
            paused_end=pausing[place + 1],
        )
        for place, day in enumerate(dates)
    ]


def _running(steps: Sequence[int]) -> list[int]:
    """At each border how many spans began before it and had not ended before it."""
    total, totals = 0, list[int]()
    for step in steps:
        total += step
        totals.append(total)
    return totals


def _overlapping(
    reading: Reading, since: int, until: int, known_at: datetime | None
) -> list[FlowSpan]:
    given = {"since": since, "until": until}
    if known_at is None:
        found = [*reading.rows(_SPANS + _LASTING, until=until)]
        found += reading.rows(_SPANS + _ENDED, **given)
    else:
        given["known_at"] = instant = microseconds(known_at)
        found = [*reading.rows(_SPANS + _LASTING + _KNOWN_STILL, until=until, known_at=instant)]
        found += reading.rows(_SPANS + _ENDED + _KNOWN_STILL, **given)
        found += reading.rows(_SPANS + _THEN, **given)
    return [FlowSpan(*row) for row in found]
