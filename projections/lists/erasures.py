"""Erasures: each with how it stands, those first that were proposed first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from ledger.input.quoting import counted
from ledger.registers.keeping.erasures import ErasureRefused
from ledger.store import LedgerStore
from ledger.then import Then
from projections.answers import UpToDate, up_to_date
from projections.fold.told import told_by
from projections.lists.holds import holds_then
from projections.lists.registers_then import rows_then
from projections.rows.erasure_rows import ERASURES, ErasureRow
from projections.store.tables import codec_of

if TYPE_CHECKING:
    from projections.views import Views

_LISTED = """
    SELECT {columns}
    FROM {{erasures}} AS e
    WHERE e.magnitude = 63
    ORDER BY e.proposed_at, e.key
"""


@dataclass(frozen=True, slots=True)
class ListedErasure:
    """An erasure and how it stands; `held` counts the cases that it was last refused for and that are on hold still."""

    erasure_id: UUID
    row: ErasureRow
    held: int = 0

    @property
    def stands(self) -> str:
        """In a word or a few: refused, not proposed, proposed, approved, begun, carried out.

        One that was refused stands as it did before once no hold keeps its cases any more: it can go on.
        """
        if self.held:
            return f"refused: {counted(self.held, 'case', 'cases')} on hold"
        if self.row.authority is None:
            return "not proposed"
        if self.row.carried_out_at is not None:
            return "carried out"
        if self.row.begun_at is not None:
            return "begun"
        return "approved" if self.row.approved_by is not None else "proposed"


@dataclass(frozen=True, slots=True)
class Erasures:
    """Every erasure."""

    up_to_date: UpToDate
    erasures: tuple[ListedErasure, ...]


def erasures_then(views: Views, store: LedgerStore, then: Then) -> Erasures:
    """Every erasure and disposal as it stood at another instant."""
    if then.is_now:
        standing, found = _now(views)
    else:
        with views.reading("erasures") as reading:
            standing = up_to_date(reading, then.known_at)
        found = [*rows_then(store, ERASURES, then)]
        found.sort(key=lambda each: (each[1].proposed_at, each[0]))
    if not any(row.held for _, row in found):
        return Erasures(standing, tuple(ListedErasure(*each) for each in found))
    on_hold = holds_then(views, store, then).cases

    def held(erasure_id: UUID, row: ErasureRow) -> int:
        return len(_refused_for(store, erasure_id, then) & on_hold) if row.held else 0

    return Erasures(standing, tuple(ListedErasure(*each, held(*each)) for each in found))


def _now(views: Views) -> tuple[UpToDate, list[tuple[UUID, ErasureRow]]]:
    codec = codec_of(ErasureRow)
    columns = ", ".join(f"e.{name}" for name in codec.names)
    with views.reading("erasures") as reading:
        rows = [codec.decode(row) for row in reading.rows(_LISTED.format(columns=columns))]
        standing = up_to_date(reading, None)
    return standing, [
        (UUID(each.key), each.row) for each in rows if isinstance(each.row, ErasureRow)
    ]


def _refused_for(store: LedgerStore, erasure_id: UUID, then: Then) -> frozenset[UUID]:
    """The cases for which the last attempt was refused."""
    held: tuple[UUID, ...] = ()
    for row in store.stream(f"erasure/{erasure_id}"):
        each = told_by(row.position, row.stream, row.version, row.topic, row.state)
        known = then.includes(known_at=each.known_at, effective_at=each.effective_at)
        if known and isinstance(each.fact, ErasureRefused):
            held = each.fact.held
    return frozenset(held)
