"""Erasures: each with how it stands, those first that were proposed first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from ledger.input.quoting import counted
from ledger.store import LedgerStore
from ledger.then import Then
from projections.answers import UpToDate, up_to_date
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
    """An erasure and how it stands."""

    erasure_id: UUID
    row: ErasureRow

    @property
    def stands(self) -> str:
        """In a word or a few: refused, proposed, approved, begun, carried out."""
        if self.row.held:
            return f"refused: {counted(self.row.held, 'case', 'cases')} on hold"
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
        return erasures(views)
    with views.reading("erasures") as reading:
        standing = up_to_date(reading, then.known_at)
    found = [ListedErasure(key, row) for key, row in rows_then(store, ERASURES, then)]
    found.sort(key=lambda each: (each.row.proposed_at, each.erasure_id))
    return Erasures(standing, tuple(found))


def erasures(views: Views) -> Erasures:
    """Every erasure and disposal, by when it was proposed."""
    codec = codec_of(ErasureRow)
    columns = ", ".join(f"e.{name}" for name in codec.names)
    with views.reading("erasures") as reading:
        rows = [codec.decode(row) for row in reading.rows(_LISTED.format(columns=columns))]
        standing = up_to_date(reading, None)
    return Erasures(
        standing,
        tuple(
            ListedErasure(UUID(each.key), each.row)
            for each in rows
            if isinstance(each.row, ErasureRow)
        ),
    )
