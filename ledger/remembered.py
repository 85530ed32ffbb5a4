"""Remembered: what never changes once it is known, so that nobody looks it up twice.

It is forgotten with the server that told it: another may lack the end of what that one had.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from ledger.commands import Kind
from ledger.store import LedgerStore
from ledger.writer.streams import entry_of

V = TypeVar("V")

_AT_MOST = 100_000


class Remembered(Generic[V]):
    """What a look-up found by name; what it did not find is looked up again. Any thread may ask."""

    def __init__(self, store: LedgerStore, look_up: Callable[[str], V | None]) -> None:
        self._store = store
        self._look_up = look_up
        self._told: tuple[str, dict[str, V]] = "", {}

    def get(self, name: str) -> V | None:
        """What is known by this name; None if there is none yet."""
        by, known = self._told
        if by != (server := self._store.server):
            known = {}
            self._told = server, known
        found = known.get(name)
        if found is None and (found := self._look_up(name)) is not None:
            if len(known) >= _AT_MOST:
                known.clear()
            known[name] = found
        return found


class ReadOn(Generic[V]):
    """The state of one stream, gone on from where it was when it was last asked for. Any thread may ask."""

    def __init__(self, store: LedgerStore, stream: str, kind: Kind[V]) -> None:
        self._store = store
        self._stream = stream
        self._kind = kind
        self._told: tuple[str, int, V] = "", 0, kind.initial

    def get(self) -> V:
        """The state by all that is recorded now."""
        while True:
            server = self._store.server
            by, version, found = self._told
            if by != server:
                version, found = 0, self._kind.initial
            for row in self._store.stream(self._stream, after_version=version):
                version, found = row.version, self._kind.evolve(found, entry_of(row))
            if self._store.server == server:
                self._told = server, version, found
                return found
