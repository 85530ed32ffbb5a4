"""Listing: cases chosen by what stands in their row, those received last first, a page at a time."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, get_args
from uuid import UUID

from ledger.errors import InvalidCommand
from ledger.times import instant, utc
from projections.answers import UpToDate, up_to_date
from projections.fold.temporal import microseconds
from projections.lists.shown_to import ANYBODY, RECUSALS, ShownTo
from projections.rows.case_rows import CaseRow, CaseStatus, Standing, status

if TYPE_CHECKING:
    from projections.views import Views

STANDINGS: tuple[Standing, ...] = get_args(Standing)
_NOW = "c.magnitude = 63"
_THEN = "c.known_from <= :known_at AND c.known_to > :known_at"
_CHOSEN = """
    SELECT c.key
    FROM {{cases}} AS c
    WHERE {known}
    {chosen}
    ORDER BY {order}
    LIMIT :limit
"""
_EQUALS = (
    ("team", "team"), ("owner", "owner"), ("request_type", "request_type"), ("transit_to", "handed_to"),
)  # fmt: skip
"""Columns that are what a choice says, by its name."""
_NEVER = 2**62
"""What is due at no instant comes after all that is, on either database."""
_LAST_FIRST = "c.received_at DESC, c.key DESC"
_DUE_FIRST = f"COALESCE(c.due_at, {_NEVER}), c.received_at, c.key"

_OF_TYPES = """
    SELECT DISTINCT c.key
    FROM {{cases}} AS c
    WHERE c.request_type IN ({names})
    {known}
    ORDER BY c.key
"""
_RECEIVED = """
    SELECT c.key, c.received_at
    FROM {{cases}} AS c
    WHERE c.magnitude = 63
    AND c.received_at >= :since
    {chosen}
    ORDER BY c.received_at DESC, c.key DESC
    {bound}
"""
_NEAR_NOW = """
    SELECT c.key
    FROM {{cases}} AS c
    WHERE c.magnitude = 63
    {near}
"""


@dataclass(frozen=True, slots=True)
class Within:
    """Cases that are near somebody: with these teams, on the way there or with nobody, theirs, or of these types."""

    teams: frozenset[str]
    owner: str
    request_types: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Chosen:
    """What cases are chosen by, of what stands in their row; `open` are those that are not resolved.

    `unowned` are those that nobody has, `since` those that were received from an instant on, `due_by` those of
    which a clock is due by one, `handed_to` those that a team was handed and has not taken over yet, `returning` those
    of which somebody is to decide whether they came back.
    """

    team: str | None = None
    owner: str | None = None
    standing: str | None = None
    request_type: str | None = None
    unowned: bool = False
    since: datetime | None = None
    due_by: datetime | None = None
    handed_to: str | None = None
    returning: bool = False

    def fits(self, row: CaseRow) -> bool:
        """Whether a case is chosen."""
        return (
            self.team in (None, row.team)
            and self.owner in (None, row.owner)
            and self.request_type in (None, row.request_type)
            and self.handed_to in (None, row.transit_to)
            and not (self.unowned and row.owner is not None)
            and not (self.returning and row.return_since is None)
            and (self.since is None or row.received_at >= self.since)
            and (self.due_by is None or (row.due_at is not None and row.due_at <= self.due_by))
            and (
                row.standing != "resolved"
                if self.standing == "open"
                else self.standing in (None, row.standing)
            )
        )


ALL = Chosen()


@dataclass(frozen=True, slots=True)
class Listed:
    """A case that was found, and how it stands."""

    case_id: UUID
    status: CaseStatus
    row: CaseRow


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of cases."""

    up_to_date: UpToDate
    at: datetime
    cases: tuple[Listed, ...]


def listed(
    views: Views,
    wanted: Chosen = ALL,
    *,
    at: datetime,
    known_at: datetime | None = None,
    within: Within | None = None,
    shown_to: ShownTo = ANYBODY,
    before: tuple[str, str] | None = None,
    due_first: bool = False,
    limit: int = 50,
) -> Listing:
    """The cases that fit all that is given; `before` is the receipt and the id of the last one of the page before.

    Those received last come first, or with `due_first` those that are due first, which are told on one page.
    Whether one is `within` what somebody may find is told by how it stands now, whatever instant is asked about.
    """
    given: dict[str, Any] = {"limit": limit}
    chosen = shown_to.condition(given, is_now=known_at is None)
    if within is not None:
        near = _near(within, given)
        chosen += near if known_at is None else f"AND c.key IN ({_NEAR_NOW.format(near=near)}) "
    if known_at is not None:
        given["known_at"] = microseconds(known_at)
    for column, name in _EQUALS:
        value: str | None = getattr(wanted, name)
        if value is not None:
            chosen += f"AND c.{column} = :{name} "
            given[name] = value
    for condition, bound in (("received_at >= :since", "since"), ("due_at <= :due_by", "due_by")):
        instant_said: datetime | None = getattr(wanted, bound)
        if instant_said is not None:
            chosen += f"AND c.{condition} "
            given[bound] = microseconds(instant_said)
    if wanted.unowned:
        chosen += "AND c.owner IS NULL "
    if wanted.returning:
        chosen += "AND c.return_since IS NOT NULL "
    if wanted.standing == "open":
        chosen += "AND c.standing <> 'resolved' "
    elif wanted.standing is not None:
        chosen += "AND c.standing = :standing "
        given["standing"] = wanted.standing
    if before is not None:
        chosen += "AND (c.received_at, c.key) < (:before_at, :before_key) "
        given["before_at"], given["before_key"] = microseconds(ended_at(before[0])), before[1]
    with views.reading("cases", RECUSALS) as reading:
        asked = _CHOSEN.format(
            known=_NOW if known_at is None else _THEN,
            chosen=chosen,
            order=_DUE_FIRST if due_first else _LAST_FIRST,
        )
        keys = [key for (key,) in reading.rows(asked, **given)]
        rows = reading.rows_of(CaseRow, keys, known_at=known_at)
        cases = tuple(Listed(UUID(key), status(row, at), row) for key in keys for row in rows[key])
        return Listing(up_to_date(reading, known_at), at, cases)


def ended_at(said: str) -> datetime:
    """The instant with which the page before ended; InvalidCommand if it is none."""
    try:
        return utc(instant(said))
    except (ValueError, OverflowError) as error:
        raise InvalidCommand("The page before ended at no instant: begin again.") from error


Received = tuple[int, str]
"""When a case was received, in microseconds, and its key: its place among those that were received."""


def received_since(
    views: Views,
    since: datetime,
    *,
    within: Within | None,
    shown_to: ShownTo,
    before: Received | None,
    limit: int | None,
) -> list[Received]:
    """The cases received since an instant, those received last first, as they are known now; so many at most."""
    given: dict[str, Any] = {"since": microseconds(since)}
    chosen = shown_to.condition(given, is_now=True)
    if within is not None:
        chosen += _near(within, given)
    if before is not None:
        chosen += "AND (c.received_at, c.key) < (:before_at, :before_key) "
        given["before_at"], given["before_key"] = before
    bound = "" if limit is None else f"LIMIT {limit:d}"
    with views.reading("cases", RECUSALS) as reading:
        rows = reading.rows(_RECEIVED.format(chosen=chosen, bound=bound), **given)
        return [(received_at, key) for key, received_at in rows]


def near_now(views: Views, within: Within) -> frozenset[UUID]:
    """The cases that somebody may find, by how they stand now."""
    given: dict[str, Any] = {}
    statement = _NEAR_NOW.format(near=_near(within, given))
    with views.reading("cases") as reading:
        return frozenset(UUID(key) for (key,) in reading.rows(statement, **given))


def cases_of_types(
    views: Views, request_types: Collection[str], *, ever: bool = False
) -> list[UUID]:
    """Every case of these types, or that ever was of one, in the order of their ids."""
    if not request_types:
        return []
    given: dict[str, Any] = {f"type_{place}": code for place, code in enumerate(request_types)}
    names = ", ".join(f":{name}" for name in given)
    with views.reading("cases") as reading:
        asked = _OF_TYPES.format(names=names, known="" if ever else f"AND {_NOW}")
        return [UUID(key) for (key,) in reading.rows(asked, **given)]


def _near(within: Within, given: dict[str, Any]) -> str:
    """The condition, whose values it adds to what is given."""

    def one_of(column: str, kind: str, codes: frozenset[str]) -> str:
        names = {f"{kind}_{place}": code for place, code in enumerate(sorted(codes))}
        given.update(names)
        return f"c.{column} IN ({', '.join(f':{name}' for name in names)})"

    given["near"] = within.owner
    near = ["c.team IS NULL", "c.owner = :near"]
    near += [one_of(column, "with", within.teams) for column in ("team", "transit_to")]
    if within.request_types:
        near.append(one_of("request_type", "of", within.request_types))
    return f"AND ({' OR '.join(near)}) "
