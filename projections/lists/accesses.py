"""Accesses: who read a stream, what somebody read, and whether the ledger records any opening between two instants."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from ledger.policy.access import IN_COMPARTMENT, RECORDING
from ledger.then import NOW, Then
from projections.answers import UpToDate, up_to_date
from projections.fold.projection import changed
from projections.fold.temporal import microseconds
from projections.lists.paging import BEFORE_ALL, Mark
from projections.lists.shown_to import ANYBODY, RECUSALS, ShownTo
from projections.rows.access_rows import AccessRow
from projections.store.tables import codec_of

if TYPE_CHECKING:
    from projections.views import Views

_CASE = f"substr(a.stream, {len('case/') + 1})"
_COMPARTMENT = "compartment"
_NAMED = ", ".join(f"'{each}'" for each in sorted(IN_COMPARTMENT))
_APART = f"(a.purpose_code IS NULL OR a.purpose_code NOT IN ({_NAMED}))"
"""Openings that only compartments may know of are left out."""
_LISTED = """
    SELECT {columns}
    FROM {{accesses}} AS a
    WHERE {condition}
    AND (a.read_at, a.key, a.place) > (:after_at, :after_key, :after_place)
    ORDER BY a.read_at, a.key, a.place
    LIMIT :limit
"""
_COUNTED = """
    SELECT a.refused, count(*), count(DISTINCT a.reader), sum(a.shown), count(a.act)
    FROM {{accesses}} AS a
    WHERE {condition}
    GROUP BY a.refused
"""
_RECORDED_UNDER = """
    SELECT DISTINCT a.recording
    FROM {{accesses}} AS a
    WHERE {known}
    ORDER BY a.recording
"""
_NOW = "a.magnitude = 63"
_THEN = "a.known_from <= :known_at AND a.known_to > :known_at"


@dataclass(frozen=True, slots=True)
class Opening:
    """One reading of one stream, or its refusal, the stream of the entry that says so, and its place in that."""

    access_id: UUID
    row: AccessRow
    place: int = 0


@dataclass(frozen=True, slots=True)
class Accesses:
    """What the ledger records of openings of a stream, by a reader, between two instants (the end not included).

    `openings` counts readings, `searches` how often somebody was sought, `refusals` what was refused,
    `acts_refused` those of them that were refused before anything could be read; `listed` has at most so
    many as were asked for, in order. `recording` is the version of access recording now, `recorded_under`
    those of all readings there are. Without `compartments` an opening that only they may know of shows as
    one in a compartment, and is left out where a reader is asked about.
    """

    up_to_date: UpToDate
    stream: str | None
    reader: str | None
    from_at: datetime | None
    to_at: datetime
    openings: int
    readers: int
    shown: int
    refusals: int
    listed: tuple[Opening, ...]
    recorded_under: tuple[int, ...]
    compartments: bool
    acts_refused: int
    searches: int = 0
    recording: int = RECORDING

    @property
    def silent(self) -> bool:
        """Whether the ledger records no opening."""
        return self.openings == 0


def accesses(
    views: Views,
    *,
    stream: str | None = None,
    reader: str | None = None,
    from_at: datetime | None = None,
    to_at: datetime,
    limit: int = 50,
    compartments: bool = True,
    shown_to: ShownTo = ANYBODY,
    after: Mark = BEFORE_ALL,
    then: Then = NOW,
) -> Accesses:
    """What was opened of a stream, or by a reader, from an instant until before another; refusals beside it.

    `after` is the last one of the page before. What `then` does not count is left out.
    """
    asked = dict(_asked(stream, reader, from_at, to_at))
    if then.as_of is not None:
        asked["a.read_at <= :as_of"] = {"as_of": microseconds(then.as_of)}
    known, instant = _NOW, dict[str, Any]()
    if then.known_at is not None:
        known, instant = _THEN, {"known_at": microseconds(then.known_at)}
    if reader is not None and not compartments:
        asked[_APART] = {}
    condition = " AND ".join((known, *asked))
    given: dict[str, Any] = {name: value for part in asked.values() for name, value in part.items()}
    given |= instant
    condition += " " + shown_to.condition(given, case=_CASE, is_now=then.is_now)
    codec = codec_of(AccessRow)
    columns = ", ".join(f"a.{name}" for name in codec.names)
    with views.reading("accesses", RECUSALS) as reading:
        listed = reading.rows(
            _LISTED.format(columns=columns, condition=condition),
            limit=limit,
            **after._asdict(),
            **given,
        )
        counted = {
            bool(refused): (count, readers, shown or 0, acts)
            for refused, count, readers, shown, acts in reading.rows(
                _COUNTED.format(condition=condition), **given
            )
        }
        under = tuple(
            each for (each,) in reading.rows(_RECORDED_UNDER.format(known=known), **instant)
        )
        standing = up_to_date(reading, then.known_at)
    answered, readers, shown, searches = counted.get(False, (0, 0, 0, 0))
    refusals, _, _, acts = counted.get(True, (0, 0, 0, 0))
    versions = [codec.decode(row) for row in listed]
    return Accesses(
        standing,
        stream,
        reader,
        from_at,
        to_at,
        openings=answered - searches,
        readers=readers,
        shown=int(shown),
        refusals=refusals,
        listed=tuple(
            Opening(UUID(each.key), row if compartments else _masked(row), each.place)
            for each in versions
            if isinstance(row := each.row, AccessRow)
        ),
        recorded_under=under,
        compartments=compartments,
        acts_refused=acts,
        searches=searches,
    )


def _masked(row: AccessRow) -> AccessRow:
    """The row without who, what for and where from, if that is for a compartment to know."""
    if row.purpose_code not in IN_COMPARTMENT:
        return row
    hidden = {"reader": None, "role": None, "ground": _COMPARTMENT, "inquiry": None}
    return changed(row, {**hidden, "purpose_code": _COMPARTMENT})


def _asked(
    stream: str | None, reader: str | None, from_at: datetime | None, to_at: datetime
) -> Iterator[tuple[str, dict[str, object]]]:
    yield "a.read_at < :to_at", {"to_at": microseconds(to_at)}
    if from_at is not None:
        yield "a.read_at >= :from_at", {"from_at": microseconds(from_at)}
    if stream is not None:
        yield "a.stream = :stream", {"stream": stream}
    if reader is not None:
        yield "a.reader = :reader", {"reader": reader}
