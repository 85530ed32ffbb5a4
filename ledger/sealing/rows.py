"""Rows: what a stored entry's line tells by itself, its digest and when it was recorded. Trusts the store."""

from __future__ import annotations

from datetime import datetime

from ledger.sealing.heads import decode_line, leaf_digest
from ledger.store import LedgerStore, StoredRow
from ledger.times import instant


def digest_of(row: StoredRow) -> bytes:
    """The digest of a stored entry."""
    return leaf_digest(_line_of(row))


def recorded_at(row: StoredRow) -> datetime:
    """When a stored entry was recorded."""
    return instant(decode_line(_line_of(row)).recorded_at)


def last_before(store: LedgerStore, at: datetime) -> StoredRow | None:
    """The last entry that was recorded before an instant, by halving: times recorded never go back in the log."""
    low, high, found = 0, store.tip(), None
    while low < high:
        middle = (low + high + 1) // 2
        row = next(iter(store.entries(after=middle - 1, limit=1)), None)
        if row is not None and recorded_at(row) < at:
            low, found = row.position, row
        else:  # or all that follows is lost
            high = middle - 1
    return found


def _line_of(row: StoredRow) -> bytes:
    return row.state.partition(b"\n")[0]
