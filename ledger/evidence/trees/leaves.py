"""The leaves of the log's tree: the digest at a position, of an entry or of one that was lost."""

from __future__ import annotations

from ledger.sealing.rows import digest_of
from ledger.store import LedgerStore


def digest_at(store: LedgerStore, position: int) -> bytes | None:
    """The leaf at a position, be it of an entry or of a lost one; None if there is neither."""
    for row in store.entries(after=position - 1, upto=position, limit=1):
        return digest_of(row)
    return dict(store.lost(after=position - 1, upto=position)).get(position)
