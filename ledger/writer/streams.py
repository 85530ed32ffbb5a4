"""Where each stream stands, as the writer holds it: version, running head and folded state, kept up with the log."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from ledger.commands import Kind
from ledger.entry import Entry
from ledger.errors import IntegrityFailure, StartAgain
from ledger.sealing.heads import first_head, next_head
from ledger.sealing.reading import office_entry
from ledger.sealing.rows import digest_of, recorded_at
from ledger.store.interface import LedgerStore, StoredRow
from ledger.times import EPOCH

_STREAMS_HELD = 20_000
"""Of 8 to 20 KB each: more would be the most of a process's memory, and one that is not held is read in a moment."""
_READ_AT_ONCE = 1_000
_FETCHED_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class StreamTip:
    """Where a stream stands after its last entry; `position` and `digest` are that entry's."""

    version: int
    head: bytes
    position: int
    digest: bytes
    known_at: datetime
    state: Any


class Streams:
    """The tips of the streams that were asked for lately, and of the log as a whole."""

    def __init__(self, store: LedgerStore, kinds: Mapping[str, Kind[Any]]) -> None:
        self._store = store
        self._kinds = kinds
        self._tips: dict[str, StreamTip] = {}
        self._server = store.server
        """By which server the tips are told."""
        self.position = 0
        self.recorded_at = EPOCH
        self.catch_up()

    def kind_of(self, stream: str) -> Kind[Any]:
        """The kind of a stream, which its name begins with."""
        return self._kinds[stream.partition("/")[0]]

    def at(self, stream: str) -> StreamTip:
        """Where a stream stands."""
        tip = self._tips.get(stream)
        if tip is None:
            self.fetch((stream,))
            tip = self._tips[stream]
        return tip

    def now(self, stream: str) -> StreamTip:
        """Where a stream stands by all that is written now, in whichever process; any thread may ask.

        What is held by another server than the one that answers is not gone on from.
        """
        while True:
            server = self._store.server
            held = self._tips.get(stream) if server == self._server else None
            tip = held or self._before_all(stream)
            for row in self._store.stream(stream, after_version=tip.version):
                tip = self._after(tip, row)
            if self._store.server == server:
                return tip

    def fetch(self, streams: Iterable[str]) -> None:
        """Takes in hand where these stand, those that are not held read together."""
        wanted = iter([each for each in streams if each not in self._tips])
        while fetched := {
            each: self._before_all(each) for each in islice(wanted, _FETCHED_AT_ONCE)
        }:
            for row in self._store.entries_of(list(fetched)):
                fetched[row.stream] = self._after(fetched[row.stream], row)
            self._hold(fetched)

    def _before_all(self, stream: str) -> StreamTip:
        """Where a stream stands before its first entry."""
        head = first_head(self._store.ledger_id, stream)
        return StreamTip(0, head, 0, b"", EPOCH, self.kind_of(stream).initial)

    def wrote(self, tips: Mapping[str, StreamTip], position: int, recorded_at: datetime) -> None:
        """Takes over what was just written by this process."""
        self._hold(tips)
        self.position, self.recorded_at = position, recorded_at

    def catch_up(self) -> bool:
        """Evolves what is held through the entries that other processes wrote; whether there were any.

        StartAgain where what was read is gone, beneath the very session that read it.
        """
        tip = self._store.tip()
        if tip == self.position:
            return False
        if tip < self.position:
            raise StartAgain(
                f"The log ended at entry {self.position} and ends at {tip} now, as once it was restored beneath "
                "whoever has it open: start again, and say `caseledger verify`."
            )
        if self._tips:
            for row in rows_between(self._store, self.position, tip):
                held = self._tips.get(row.stream)
                if held is not None and row.version > held.version:
                    self._tips[row.stream] = self._after(held, row)
        for last in self._store.entries(after=self._last_entry(tip) - 1, limit=1):
            self.recorded_at = recorded_at(last)
        self.position = tip
        return True

    def _last_entry(self, tip: int) -> int:
        """The position of the last entry; what is lost may lie behind it."""
        for position, _ in reversed(self._store.lost()):
            if position != tip:
                break
            tip -= 1
        return tip

    def forget(self) -> None:
        """Lets go of all tips: after a failed write, or on another server, only the store knows where they stand."""
        self._tips.clear()
        self.position, self._server = 0, self._store.server

    def _after(self, tip: StreamTip, row: StoredRow) -> StreamTip:
        if row.version != tip.version + 1:
            raise IntegrityFailure(
                f"Stream {row.stream} lacks version {tip.version + 1}: run `caseledger verify`."
            )
        entry = entry_of(row)
        digest = digest_of(row)
        return StreamTip(
            row.version,
            next_head(tip.head, digest),
            row.position,
            digest,
            entry.context.known_at,
            self.kind_of(row.stream).evolve(tip.state, entry),
        )

    def _hold(self, tips: Mapping[str, StreamTip]) -> None:
        self._tips.update(tips)
        if len(self._tips) > _STREAMS_HELD:
            for stream in list(self._tips)[: _STREAMS_HELD // 2]:
                del self._tips[stream]


def entry_of(row: StoredRow) -> Entry:
    """The entry in a stored row, personal values sealed."""
    return office_entry(*row)


def rows_between(store: LedgerStore, position: int, tip: int) -> Iterator[StoredRow]:
    """The entries after a position up to another, in order."""
    while rows := store.entries(after=position, upto=tip, limit=_READ_AT_ONCE):
        yield from rows
        position = rows[-1].position
