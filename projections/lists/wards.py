"""Wards: the children for whom somebody acts, as far as a reader has opened nothing of them since an instant."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from projections.fold.temporal import microseconds
from projections.lists.paging import PAGE, pages
from projections.rows.ward_rows import Guardian, WardRow
from projections.store.tables import codec_of

if TYPE_CHECKING:
    from projections.views import Views

_UNREAD = """
    SELECT {columns}
    FROM {{wards}} AS w
    WHERE w.magnitude = 63
    AND w.minor
    AND w.guardians <> '[]'
    AND w.key > :after
    AND NOT EXISTS (
        SELECT 1
        FROM {{accesses}} AS a
        WHERE a.magnitude = 63
        AND a.stream = 'party/' || w.key
        AND a.read_at >= :since
        AND a.reader = :reader
    )
    ORDER BY w.key
    LIMIT :limit
"""


@dataclass(frozen=True, slots=True)
class Ward:
    """A child, and who acts for them as such."""

    party: UUID
    guardians: tuple[Guardian, ...]


def wards_unread(views: Views, *, reader: str, since: datetime) -> Iterator[Sequence[Ward]]:
    """The children of whom a reader has not opened anything since an instant."""
    codec = codec_of(WardRow)
    statement = _UNREAD.format(columns=", ".join(f"w.{name}" for name in codec.names))
    given = {"reader": reader, "since": microseconds(since), "limit": PAGE}

    def after(key: str) -> Sequence[Ward]:
        with views.reading("wards", "accesses") as reading:
            rows = reading.rows(statement, after=key, **given)
        found = [codec.decode(row) for row in rows]
        return [
            Ward(UUID(each.key), each.row.guardians)
            for each in found
            if isinstance(each.row, WardRow)
        ]

    return pages(after, "", lambda each: str(each.party))
