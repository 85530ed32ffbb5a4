"""What a ledger store and a vault store promise, whichever database is behind them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from ledger.errors import LedgerUnavailable


class StoredRow(NamedTuple):
    """One entry as it is stored; `stream` is "kind/uuid", `state` is LINE LF OFFICE."""

    position: int
    stream: str
    version: int
    topic: str
    state: bytes


class SealedRow(NamedTuple):
    """The personal part of the entry at `position`, sealed under one key."""

    position: int
    key_id: bytes
    blob: bytes


class WrappedKey(NamedTuple):
    """A key of the vault as it lies there, wrapped under the master key of an epoch."""

    key_id: bytes
    epoch: int
    wrapped: bytes


class SignedHead(NamedTuple):
    """The note of a checkpoint: over how many entries, how many witnesses have cosigned it, and its text."""

    size: int
    cosignatures: int
    note: str


@dataclass(frozen=True, slots=True)
class Batch:
    """What is recorded together or not at all.

    `reserved` pairs a key that may be taken once with the position of the entry that takes it.
    """

    rows: tuple[StoredRow, ...]
    sealed: tuple[SealedRow, ...] = ()
    reserved: tuple[tuple[bytes, int], ...] = ()

    def follows(self, tip: int) -> bool:
        """Whether the positions go on from `tip` without a gap."""
        positions = [row.position for row in self.rows]
        return positions == list(range(tip + 1, tip + 1 + len(positions)))


class LedgerStore(Protocol):
    """Entries that are only ever appended, at positions 1, 2, 3 without a gap but for what a restore has lost.

    Every method raises LedgerUnavailable when the database cannot answer and IntegrityFailure when
    what it holds is damaged. Reads never wait for the writer and may come from any thread.
    """

    @property
    def ledger_id(self) -> bytes:
        """16 random bytes made when the ledger was created."""
        ...

    @property
    def altered(self) -> tuple[str, ...]:
        """What of its tables and guards is not as it was made; any only in a store opened to be examined."""
        ...

    @property
    def unwritable(self) -> str | None:
        """The sentence that says why nothing is recorded where it lies, as on a disc; None where it can be."""
        ...

    @property
    def server(self) -> str:
        """Which run of which server was read from last: of another, what was read before may not be there.

        A standby that is promoted may lack the end of what the server before it had.
        """
        ...

    def tip(self) -> int:
        """The highest position, lost ones included; 0 when nothing is recorded."""
        ...

    def exclusive(self) -> AbstractContextManager[int]:
        """Inside the block nobody else writes: no other thread, no other process.

        Waits for its turn, on a server not for ever: then LedgerUnavailable. A process that dies gives
        way. The thread that holds it may append and may enter it again. Gives the number of the session:
        under another than before, what was read before may be gone, as after a standby was promoted.
        """
        ...

    def append(self, batch: Batch, *, expected_tip: int) -> bool:
        """True: the batch is durable. False: the tip is another one and nothing was written.

        A version or a reservation that is taken already is an IntegrityFailure, for the writer
        looks before; nothing is written then either. OutcomeUnknown when the connection or the disk
        fails meanwhile: only the tip tells then whether the batch was recorded.
        """
        ...

    def entries(self, *, after: int, limit: int, upto: int | None = None) -> list[StoredRow]:
        """At most `limit` entries of all streams after a position, in order."""
        ...

    def scan(
        self, *, after: int = 0, upto: int | None = None, chunk: int = 10_000
    ) -> Iterator[list[tuple[int, str, int, str, bytes]]]:
        """All entries in order as plain tuples in the order of StoredRow's fields, in chunks.

        Each chunk is a short read of its own, so a scan holds nothing up; it also yields entries
        that are appended while it goes on, unless `upto` says where to stop.
        """
        ...

    def stream(
        self, stream: str, *, after_version: int = 0, upto_version: int | None = None
    ) -> list[StoredRow]:
        """The entries of one stream by version."""
        ...

    def entries_of(self, streams: Sequence[str]) -> list[StoredRow]:
        """The entries of several streams in one read, those of each by version."""
        ...

    def streams(self, kind: str) -> list[str]:
        """Every stream of a kind, such as "policy", by the position of its first entry."""
        ...

    def latest_streams(self, kind: str, *, before: str | None = None, limit: int) -> list[str]:
        """At most so many streams of a kind, those last by name first, or those that come before one by name.

        Ids begin with when they were made: so what was made last comes first.
        """
        ...

    def by_stream(self, *, upto: int) -> Iterator[tuple[str, int, int, float]]:
        """Of each stream, as it is found when it is read by itself: how many entries, the newest version, their sum.

        Of the entries up to a position, those included that stand before the first, where no scan comes by.
        """
        ...

    def of_streams(
        self, first: str, end: str, *, upto: int
    ) -> list[tuple[int, str, int, str, bytes]]:
        """The entries up to a position of every stream from `first` on and before `end`, as plain tuples.

        Streams come in the order of their code points, the entries of each by version.
        """
        ...

    def reserved(self, keys: Sequence[bytes]) -> dict[bytes, int]:
        """Those of the keys that are taken, and the position that took each."""
        ...

    def reservations(self) -> Iterator[tuple[bytes, int]]:
        """Every reservation, by key."""
        ...

    def sealed(self, positions: Sequence[int]) -> list[SealedRow]:
        """The sealed parts that still lie beside the entries at these positions."""
        ...

    def sealed_positions(self, *, after: int, upto: int | None = None) -> list[int]:
        """The positions in a range at which any sealed part lies, in order, whether an entry is there or not."""
        ...

    def lose(self, digests: Sequence[bytes]) -> None:
        """Says that the entries at the next positions are gone, of which these are the digests. Durable."""
        ...

    def lost(self, *, after: int = 0, upto: int | None = None) -> list[tuple[int, bytes]]:
        """The lost positions in a range and the digest of each, in order."""
        ...

    def keep_checkpoint(self, signed: SignedHead) -> None:
        """Keeps a note, durably; one that is kept already is left as it is."""
        ...

    def checkpoints(self, *, after: int = 0) -> Iterator[SignedHead]:
        """The notes over more than so many entries, by size, as signed first and then as cosigned."""
        ...

    def newest_checkpoint(self, *, cosignatures: int = 0) -> SignedHead | None:
        """The note over the most entries that at least so many witnesses have cosigned, with all their lines."""
        ...

    def settled(self) -> None:
        """Returns once all that can be read would outlive the loss of this server; LedgerUnavailable if it may not."""
        ...

    def erase_sealed(self, parts: Sequence[tuple[int, bytes]]) -> None:
        """Deletes sealed parts (position, key id) for good, and leaves no trace of anything deleted in its files.

        Parts that are gone already are no error. LedgerUnavailable where somebody who reads keeps a
        trace from being swept: then it is asked again.
        """
        ...

    def close(self) -> None:
        """Lets go of files and connections; using the store afterwards is an error."""
        ...


def refuse_unwritable(store: LedgerStore) -> None:
    """LedgerUnavailable where a store lies where nothing can be written."""
    if store.unwritable is not None:
        raise LedgerUnavailable(store.unwritable)


class VaultStore(Protocol):
    """Keys that can be destroyed, as opaque bytes: wrapping and unwrapping are done above it.

    All is durable on return but `assign`.
    """

    def deal(self, keys: Sequence[WrappedKey]) -> None:
        """Puts new keys in, assigned to nobody yet."""
        ...

    def unassigned(self, limit: int) -> list[WrappedKey]:
        """At most `limit` keys that were dealt and not assigned, by key id."""
        ...

    def assign(self, keys: Sequence[tuple[bytes, bytes, str]], *, upto_position: int) -> None:
        """Gives keys to (person id, stream), as (key id, person id, stream).

        Survives the end of this process at any instant, but after a loss of power the latest
        assignments may be missing: they are read again from the log after `assigned_upto()`.
        Assigning again what is so assigned changes nothing; to assign a key to another, or a
        second key to the same, is an IntegrityFailure and assigns nothing.
        """
        ...

    def assigned_upto(self) -> int:
        """The highest position up to which every assignment is here."""
        ...

    def assigned_no_further(self, position: int) -> None:
        """Says of no position after this one that assignments up to it are here. The caller alone writes."""
        ...

    def keys_for(self, given: Sequence[tuple[bytes, str]]) -> dict[tuple[bytes, str], WrappedKey]:
        """The key of each (person id, stream) that has one, all in one read."""
        ...

    def wrapped(self, key_ids: Sequence[bytes]) -> dict[bytes, tuple[int, bytes]]:
        """Epoch and wrapped key of those that are here."""
        ...

    def owners(self, key_ids: Sequence[bytes]) -> dict[bytes, tuple[bytes | None, str | None]]:
        """The person id and the stream that each of those that are here is given to; None and None if to nobody."""
        ...

    def secret(self, name: str) -> tuple[int, bytes] | None:
        """Epoch and wrapped bytes of a secret of the ledger's own."""
        ...

    def keep_secret(self, name: str, epoch: int, wrapped: bytes) -> None:
        """Keeps a secret under a name that has none yet; another one for the same is refused."""
        ...

    def rewrap(
        self,
        *,
        epoch: int,
        keys: Iterable[tuple[bytes, bytes]],
        secrets: Iterable[tuple[str, bytes]],
        destroyed: Sequence[bytes],
    ) -> None:
        """In one transaction survivors get their new wrapping and the destroyed are gone for good.

        Refuses, and changes nothing, while a key or secret that is not destroyed would stay under
        an older epoch, for the key that wraps that epoch is about to be destroyed.
        """
        ...

    def forget(self, key_ids: Sequence[bytes]) -> None:
        """Takes keys away that nobody can open any more: they are lost, and not destroyed."""
        ...

    def destroyed(self) -> frozenset[bytes]:
        """The ids of all keys that were ever destroyed."""
        ...

    def keys_of(self, person_id: bytes) -> list[tuple[bytes, str]]:
        """Every key of a person, with its stream, as each of all keys tells it: an index that is damaged hides some."""
        ...

    def sweep(self) -> None:
        """Leaves no trace of destroyed keys in its files; LedgerUnavailable while somebody who reads prevents it."""
        ...

    def all_keys(self) -> Iterator[WrappedKey]:
        """Every key that is here, assigned or not, by key id."""
        ...

    def close(self) -> None:
        """Lets go of files and connections; using the store afterwards is an error."""
        ...
