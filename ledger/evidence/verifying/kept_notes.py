"""The notes that a ledger keeps, in order, each read by the keys that counted when its anchor was made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from ledger.errors import IntegrityFailure, InvalidCommand, LedgerError
from ledger.evidence.signing.notes import Checkpoint, Note, VerifierKey, read_note, signers_of
from ledger.evidence.signing.signing_state import signing_of
from ledger.registers.signing import KeyRetired, Purpose, Signing, signing_id
from ledger.sealing.reading import office_entry
from ledger.store import LedgerStore, SignedHead
from ledger.times import EPOCH

FIRST = -(2**63)
"""The least number that a store can hold as a position."""


@dataclass(frozen=True, slots=True)
class ReadNote:
    note: Note
    checkpoint: Checkpoint
    seen_at: tuple[datetime, ...]


class Notes:
    """The notes that are kept, in order of size, read as far as asked."""

    def __init__(self, store: LedgerStore) -> None:
        self.signing, self._retired_at = _signing_as_read(store)
        self._kept = store.checkpoints(after=FIRST)
        self._next = next(self._kept, None)
        self.newest = 0
        self.sound_upto = 0

    def before(self, size: int) -> Iterator[SignedHead]:
        """Those over fewer entries that were not read yet."""
        while self._next is not None and self._next.size < size:
            yield self._taken(self._next)

    def over(self, size: int) -> Iterator[SignedHead]:
        """Those over so many entries."""
        while self._next is not None and self._next.size == size:
            yield self._taken(self._next)

    def rest(self) -> Iterator[SignedHead]:
        """All that were not read yet."""
        while self._next is not None:
            yield self._taken(self._next)

    def read(self, signed: SignedHead) -> ReadNote | None:
        """A note that a key of the ledger has signed which was not retired before its anchor; None if none has."""
        try:
            note = read_note(signed.note)
            checkpoint = Checkpoint.read(note.text)
            if checkpoint.size != signed.size:
                return None
            if not signers_of(note, self._keys("checkpoint", signed.size)):
                return None
            seen = [key.cosigned_at(note) for key in self._keys("witness", signed.size)]
        except (IntegrityFailure, InvalidCommand):
            return None
        times = tuple(EPOCH + timedelta(seconds=at) for at in seen if at is not None)
        return ReadNote(note, checkpoint, times)

    def _keys(self, purpose: Purpose, position: int) -> list[VerifierKey]:
        """The keys of a purpose that were not retired before a position."""
        return [
            VerifierKey.read(key)
            for key in self.signing.ever(purpose)
            if self._retired_at.get(key, position) >= position
        ]

    def _taken(self, signed: SignedHead) -> SignedHead:
        self._next = next(self._kept, None)
        self.newest = signed.size
        return signed


def _signing_as_read(store: LedgerStore) -> tuple[Signing, Mapping[str, int]]:
    """The keys of a ledger, and at which position each was retired that was.

    None where its entries cannot be read, which is reported where they stand.
    """
    retired: dict[str, int] = {}
    try:
        signing = signing_of(store)
        for row in store.stream(f"signing/{signing_id(store.ledger_id)}"):
            fact = office_entry(*row).fact
            if isinstance(fact, KeyRetired):
                retired.setdefault(fact.key, row.position)
    except (LedgerError, ValueError, KeyError, TypeError, AttributeError):
        return Signing(), {}
    return signing, retired
