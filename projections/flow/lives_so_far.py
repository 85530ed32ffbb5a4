"""Lives so far: what happened to each case by all that is recorded, gone on from where it was when it was last asked.

Figures are asked by several people every morning, and what came since the one before them is little.
"""

from __future__ import annotations

from threading import Lock

from ledger.store import LedgerStore
from projections.flow.lives import Lives, lives

_CASES_AT_MOST = 20_000
"""Of about 8 KB each: of more the log is read for each answer, so that a service does not hold an archive."""


class LivesSoFar:
    """The lives by all entries, as they are told now. Any thread may ask; who asks meanwhile waits for the same."""

    def __init__(self, store: LedgerStore, *, at_most: int = _CASES_AT_MOST) -> None:
        self._store = store
        self._at_most = at_most
        self._turn = Lock()
        self._told: tuple[str, Lives | None] = "", None

    def get(self) -> Lives:
        """What happened to each case; nobody may change it. It is forgotten with the server that told it."""
        with self._turn:
            while True:
                server = self._store.server
                by, before = self._told
                found = lives(self._store, since=before if by == server else None)
                if self._store.server == server:
                    self._told = server, found if len(found.cases) <= self._at_most else None
                    return found
