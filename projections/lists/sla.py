"""SLA status: how the clocks of all cases stand, by clock, request type and team, now or as known at any instant."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Literal, NamedTuple
from uuid import UUID

from projections.answers import UpToDate, up_to_date
from projections.fold.projection import Rows
from projections.fold.temporal import microseconds
from projections.lists.shown_to import ANYBODY, RECUSALS, ShownTo
from projections.rows.case_rows import CaseRow
from projections.rows.clocks import ClockRow

if TYPE_CHECKING:
    from projections.views import Reading, Views

DUE_SOON = timedelta(days=2)

ClockStatus = Literal[
    "open", "due_soon", "overdue", "paused", "met", "ended_late", "ended_otherwise"
]

_NEVER = 2**62
"""What is due at no instant comes after all that is, on either database."""
_STATUS = """
    CASE
        WHEN k.state = 'paused' THEN 'paused'
        WHEN k.state = 'met' THEN 'met'
        WHEN k.state = 'breached' AND k.sense = 'deadline' THEN 'ended_late'
        WHEN k.state <> 'running' THEN 'ended_otherwise'
        WHEN k.sense <> 'deadline' THEN 'open'
        WHEN k.due_at <= :at THEN 'overdue'
        WHEN k.due_at <= :soon THEN 'due_soon'
        ELSE 'open'
    END
"""
_COUNTED = f"""
    SELECT k.clock, c.request_type, c.team, {_STATUS}, count(*)
"""
_LISTED = f"""
    SELECT COALESCE(k.due_at, {_NEVER}), k.key, k.clock, k.generation, k.place
"""
_NOW = """
    FROM {clocks} AS k
    JOIN {cases} AS c
    ON c.key = k.key
    AND c.magnitude = 63
    WHERE k.magnitude = 63
"""
_STILL = """
    FROM {clocks} AS k
    JOIN {cases} AS c
    ON c.key = k.key
    AND c.known_from <= :known_at
    AND c.known_to > :known_at
    WHERE k.magnitude = 63
    AND k.known_from <= :known_at
"""
_THEN = """
    FROM {magnitudes} AS m
    CROSS JOIN {clocks} AS k
    JOIN {cases} AS c
    ON c.key = k.key
    AND c.known_from <= :known_at
    AND c.known_to > :known_at
    WHERE k.magnitude = m.magnitude
    AND k.magnitude < 63
    AND k.known_from > :known_at - m.width
    AND k.known_from <= :known_at
    AND k.known_to > :known_at
"""
_GROUPED = "GROUP BY 1, 2, 3, 4"
_AFTER = f"""
    AND (COALESCE(k.due_at, {_NEVER}), k.key, k.clock, k.generation)
        > (:after_at, :after_key, :after_clock, :after_generation)
"""
_BY_DUE = "ORDER BY 1, 2, 3, 4 LIMIT :limit"


@dataclass(frozen=True, slots=True)
class ClockCount:
    """How the clocks of one code stand, on the cases of one type in one team; None where it was not settled.

    `open` is running with more than the margin left. `ended_otherwise` was superseded or began anew.
    """

    clock: str
    request_type: str | None
    team: str | None
    open: int = 0
    due_soon: int = 0
    overdue: int = 0
    paused: int = 0
    met: int = 0
    ended_late: int = 0
    ended_otherwise: int = 0


@dataclass(frozen=True, slots=True)
class SlaStatus:
    """The counts by clock, type and team, and over all."""

    up_to_date: UpToDate
    at: datetime
    clocks: tuple[ClockCount, ...]
    total: ClockCount


@dataclass(frozen=True, slots=True)
class ClockOfCase:
    """One clock with its case."""

    case_id: UUID
    status: ClockStatus
    clock: ClockRow
    case: CaseRow


class ClockMark(NamedTuple):
    """A clock by its place in the list: when it is or was due, of which case, its code and its generation."""

    due_at: datetime | None
    case_id: UUID
    clock: str
    generation: int


@dataclass(frozen=True, slots=True)
class ClocksOfCases:
    """Clocks that stand in one way, those first that are or were due first."""

    up_to_date: UpToDate
    at: datetime
    clocks: tuple[ClockOfCase, ...]


def sla(
    views: Views,
    *,
    at: datetime,
    known_at: datetime | None = None,
    due_soon: timedelta = DUE_SOON,
) -> SlaStatus:
    """How every clock stands at an instant, counted."""
    with views.reading("cases", "clocks") as reading:
        tallies: dict[tuple[str, str | None, str | None], dict[str, int]] = {}
        for clock, kind, team, status, count in _each(
            reading, _COUNTED, _GROUPED, known_at, at=at, due_soon=due_soon
        ):
            tally = tallies.setdefault((clock, kind, team), {})
            tally[status] = tally.get(status, 0) + count
        groups = sorted(tallies, key=lambda group: tuple(each or "" for each in group))
        clocks = tuple(ClockCount(*group, **tallies[group]) for group in groups)
        return SlaStatus(up_to_date(reading, known_at), at, clocks, total_of(clocks))


def total_of(clocks: Iterable[ClockCount]) -> ClockCount:
    """The counts over all these."""
    total: dict[str, int] = {}
    for each in clocks:
        said = asdict(each)
        for name in said.keys() - {"clock", "request_type", "team"}:
            total[name] = total.get(name, 0) + said[name]
    return ClockCount("", None, None, **total)


def clocks_that_are(
    views: Views,
    status: ClockStatus,
    *,
    at: datetime,
    known_at: datetime | None = None,
    due_soon: timedelta = DUE_SOON,
    clock: str | None = None,
    team: str | None = None,
    shown_to: ShownTo = ANYBODY,
    after: ClockMark | None = None,
    limit: int = 200,
) -> ClocksOfCases:
    """The clocks that stand in one way, of one code or team if that is given, and their cases.

    `after` is the last one of the page before.
    """
    chosen: dict[str, Any] = {"status": status, "limit": limit}
    condition = f"AND {_STATUS} = :status "
    condition += shown_to.condition(chosen, is_now=known_at is None)
    if after is not None:
        condition += _AFTER
        chosen |= {
            "after_at": _NEVER if after.due_at is None else microseconds(after.due_at),
            "after_key": str(after.case_id),
            "after_clock": after.clock,
            "after_generation": after.generation,
        }
    for column, value in (("k.clock", clock), ("c.team", team)):
        if value is not None:
            name = column[2:]
            condition += f"AND {column} = :{name} "
            chosen[name] = value
    with views.reading("cases", "clocks", RECUSALS) as reading:
        found = _each(
            reading, _LISTED, condition + _BY_DUE, known_at, at=at, due_soon=due_soon, **chosen
        )
        found = sorted(found)[:limit]
        keys: list[str] = list({row[1] for row in found})
        clocks = reading.rows_of(ClockRow, keys, known_at=known_at)
        cases = reading.rows_of(CaseRow, keys, known_at=known_at)
        listed = tuple(
            _of_case(key, clocks[key], place, cases[key][0], status)
            for _, key, _, _, place in found
        )
        return ClocksOfCases(up_to_date(reading, known_at), at, listed)


def _of_case(
    key: str, clocks: Rows[ClockRow], place: int, case: CaseRow, status: ClockStatus
) -> ClockOfCase:
    return ClockOfCase(UUID(key), status, clocks[place], case)


def _each(
    reading: Reading,
    selected: str,
    condition: str,
    known_at: datetime | None,
    *,
    at: datetime,
    due_soon: timedelta,
    **further: object,
) -> list[tuple[Any, ...]]:
    given = {"at": microseconds(at), "soon": microseconds(at + due_soon), **further}
    if known_at is None:
        return [tuple(row) for row in reading.rows(selected + _NOW + condition, **given)]
    given["known_at"] = microseconds(known_at)
    still = reading.rows(selected + _STILL + condition, **given)
    then = reading.rows(selected + _THEN + condition, **given)
    return [tuple(row) for row in (*still, *then)]
