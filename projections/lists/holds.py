"""Holds: which cases are on hold, by which holds, now or as known at an instant."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from ledger.store import LedgerStore
from ledger.then import Then
from projections.answers import UpToDate, up_to_date
from projections.fold.temporal import instant_at, microseconds
from projections.lists.registers_then import rows_then
from projections.lists.shown_to import ANYBODY, RECUSALS, ShownTo
from projections.rows.hold_rows import HOLDS

if TYPE_CHECKING:
    from projections.views import Views

_HELD = """
    SELECT h.key, h.case_id, h.ground, h.inquiry, h.placed_at
    FROM {{holds}} AS h
    WHERE {known}
    AND h.released_at IS NULL{one}
    {shown}
    ORDER BY h.placed_at, h.key, h.case_id
"""
_NOW = "h.magnitude = 63"
_THEN = "h.known_from <= :known_at AND h.known_to > :known_at"


@dataclass(frozen=True, slots=True)
class Held:
    """A case that a hold keeps."""

    hold_id: UUID
    case_id: UUID
    ground: str
    inquiry: UUID | None
    placed_at: datetime


@dataclass(frozen=True, slots=True)
class Holds:
    """Every hold on every case, those first that were placed first."""

    up_to_date: UpToDate
    held: tuple[Held, ...]

    @property
    def cases(self) -> frozenset[UUID]:
        """The cases that are on hold."""
        return frozenset(each.case_id for each in self.held)


def holds_then(
    views: Views,
    store: LedgerStore,
    then: Then,
    *,
    case_id: UUID | None = None,
    shown_to: ShownTo = ANYBODY,
) -> Holds:
    """The holds on one case or on all, at another instant."""
    if then.as_of is None:
        return holds(views, case_id=case_id, known_at=then.known_at, shown_to=shown_to)
    rows = [*rows_then(store, HOLDS, then)]
    with views.reading("holds", RECUSALS) as reading:
        left, standing = shown_to.left(reading), up_to_date(reading, then.known_at)
    held = [
        Held(
            key,
            UUID(row.case_id),
            row.ground,
            UUID(row.inquiry) if row.inquiry else None,
            row.placed_at,
        )
        for key, row in rows
        if row.released_at is None
        and row.case_id not in left
        and case_id in (None, UUID(row.case_id))
    ]
    held.sort(key=lambda each: (each.placed_at, each.hold_id, each.case_id))
    return Holds(standing, tuple(held))


def holds(
    views: Views,
    *,
    case_id: UUID | None = None,
    known_at: datetime | None = None,
    shown_to: ShownTo = ANYBODY,
) -> Holds:
    """The holds on one case or on all."""
    given: dict[str, Any] = {}
    shown = shown_to.condition(given, case="h.case_id", is_now=known_at is None)
    if known_at is not None:
        given["known_at"] = microseconds(known_at)
    if case_id is not None:
        given["case_id"] = str(case_id)
    statement = _HELD.format(
        known=_NOW if known_at is None else _THEN,
        one="" if case_id is None else "\n    AND h.case_id = :case_id",
        shown=shown,
    )
    with views.reading("holds", RECUSALS) as reading:
        rows = reading.rows(statement, **given)
        standing = up_to_date(reading, known_at)
    return Holds(
        standing,
        tuple(
            Held(UUID(key), UUID(case), ground, inquiry and UUID(inquiry), instant_at(placed))
            for key, case, ground, inquiry, placed in rows
        ),
    )
