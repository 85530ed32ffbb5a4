"""What an export is of: which entries of the ledger are asked for, each with its digest."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from ledger.entry import Entry
from ledger.sealing.heads import leaf_digest
from ledger.sealing.reading import ReadEntry, office_entry, verified_entry
from ledger.sealing.slots import b64u
from ledger.service import Ledger


class Cited(NamedTuple):
    """An entry with the digest of its line (base64url), by which whoever has its proof can find it again."""

    entry: Entry
    digest: str


@dataclass(frozen=True, slots=True)
class Seen:
    """Which entries are asked for: those known by an instant, those that happened by one, of one stream, or all."""

    known_at: datetime | None = None
    as_of: datetime | None = None
    stream: str | None = None

    def holds(self, entry: Entry) -> bool:
        """Whether an entry is asked for."""
        context = entry.context
        return not (
            (self.known_at is not None and context.known_at > self.known_at)
            or (self.as_of is not None and context.effective_at > self.as_of)
            or (self.stream is not None and entry.stream != self.stream)
        )

    def streams(self, ledger: Ledger, kind: str) -> list[str]:
        """The streams of a kind that are asked for, by the position of their first entries."""
        if self.stream is None:
            return ledger.store.streams(kind)
        return [self.stream] if self.stream.startswith(f"{kind}/") else []

    def read(self, ledger: Ledger, stream: str) -> list[Entry]:
        """The entries of a stream that are asked for, each verified, personal values sealed."""
        return [each.entry for each in ledger.read(stream) if self.holds(each.entry)]

    def entries(self, ledger: Ledger) -> Iterator[Cited]:
        """The entries that are asked for in the order of the log, personal values sealed.

        Those of one stream are verified; of a whole log the office parts are read as they lie there.
        """
        if self.stream is not None:
            for row in ledger.store.stream(self.stream):
                yield from self._cited(verified_entry(row, ledger.store.ledger_id))
            return
        for chunk in ledger.store.scan():
            for position, stream, version, topic, state in chunk:
                entry = office_entry(position, stream, version, topic, state)
                if self.holds(entry):
                    yield Cited(entry, b64u(leaf_digest(state.partition(b"\n")[0])))

    def _cited(self, read: ReadEntry) -> Iterator[Cited]:
        if self.holds(read.entry):
            yield Cited(read.entry, b64u(read.digest))


ALL = Seen()
