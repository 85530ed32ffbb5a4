"""Proofs as of a signed checkpoint: that an entry is in it, how far a stream goes by it, and that its anchor closes it.

Open `proving` for a block: everything asked inside is as of one moment and one checkpoint, so that what is
put together of many answers fits together.
"""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from typing import NamedTuple

from ledger.errors import LedgerUnavailable, Refusal
from ledger.evidence.signing.checkpoints import anchor_of, newest
from ledger.evidence.signing.notes import Checkpoint, Note, read_note
from ledger.evidence.trees.map_tiles import MapTiles
from ledger.evidence.trees.merkle import consistency, inclusion, proves_inclusion
from ledger.evidence.trees.stream_map import MapProof, map_key, root_of_proof
from ledger.evidence.trees.trees import Trees, TreesAsOf
from ledger.input.quoting import in_entries
from ledger.registers.anchors import LogAnchored
from ledger.sealing.slots import from_b64u
from ledger.store import LedgerStore, StoredRow, trees_damaged


class Inclusion(NamedTuple):
    """That an entry is a leaf of a checkpoint: its index there (position - 1) and its audit path from the leaf up."""

    leaf: int
    path: tuple[bytes, ...]


class Proofs:
    """What one signed checkpoint proves, for any entries and streams of its ledger.

    LedgerUnavailable where the trees beside it are damaged: nobody is given a proof that proves nothing.

    `note` is the checkpoint with all its signatures, `anchor_row` its last entry as stored (LINE LF
    OFFICE, no sealed part), `anchor` what that entry says. The map of streams covers the entries up to
    `leaves`; entries after it, the anchor but one, are included and not yet in the map.
    """

    def __init__(
        self,
        ledger_id: bytes,
        note: Note,
        anchor: tuple[StoredRow, LogAnchored],
        *,
        trees: TreesAsOf,
        heads: MapTiles,
    ) -> None:
        self.note = note
        self.checkpoint = Checkpoint.read(note.text)
        self.anchor_row, self.anchor = anchor
        self._ledger_id = ledger_id
        self._trees = trees
        self._heads = heads

    @property
    def size(self) -> int:
        """How many entries the checkpoint covers, its anchor being the last."""
        return self.checkpoint.size

    @property
    def leaves(self) -> int:
        """How many entries the map of streams covers: what is shown must lie among them."""
        return self.anchor.leaves

    def inclusion(self, position: int) -> Inclusion:
        """That the entry at a position is in the checkpoint; Refusal if it was recorded after it."""
        if position > self.size:
            raise Refusal(
                f"Entry {position} was recorded after the checkpoint of {in_entries(self.size)}: make a new one with "
                "`caseledger checkpoint`, then ask again.",
                rule="proved-once-signed",
            )
        index, node = position - 1, self._trees.node
        path = inclusion(index, self.size, node)
        root = self.checkpoint.root
        if not proves_inclusion(node(0, index), index, self.size, root=root, path=path):
            raise trees_damaged()
        return Inclusion(index, path)

    def head(self, stream: str) -> MapProof:
        """How far a stream ("case/...") goes among the first `leaves` entries.

        Its `end` is the stream's own member where it is there: its count and running head are those of
        the last entry that may be shown. Any other end proves that there is no such stream.
        """
        key = map_key(self._ledger_id, stream)
        found = self._heads.prove(key)
        if root_of_proof(key, found) != from_b64u(self.anchor.heads):
            raise trees_damaged()
        return found

    def count(self, stream: str) -> int:
        """How many entries of a stream the map covers; 0 if there is no such stream."""
        end = self.head(stream).end
        return end.entries if end and end.key == map_key(self._ledger_id, stream) else 0

    def consistency(self, size: int) -> tuple[bytes, ...]:
        """That the log of an earlier size grew into this one."""
        if not 0 < size <= self.size:
            raise Refusal(
                f"The checkpoint is over {in_entries(self.size)}: nothing leads to it from one over {size}.",
                rule="earlier-checkpoint",
            )
        return consistency(size, self.size, self._trees.node)


@contextmanager
def proving(
    store: LedgerStore, trees: Trees, *, size: int | None = None, note: Note | None = None
) -> Generator[Proofs]:
    """Proofs as of the newest signed checkpoint, of the one over so many entries, or of a note as it was kept.

    LedgerUnavailable if none was signed yet. As of an earlier checkpoint the map is worked out from
    the newest one in memory, by the entries recorded since.
    """
    if note is None:
        note = newest(store) if size is None else _over(store, size)
    if note is None:
        raise LedgerUnavailable(
            "No checkpoint was signed yet: make one with `caseledger checkpoint`, then ask again."
        )
    row, anchor = anchor_of(store, Checkpoint.read(note.text).size)
    _bring_up(trees, row.position, anchor.leaves)
    with trees.reading() as found:
        at_anchor = found.map_position == anchor.leaves
        heads = found.heads() if at_anchor else trees.set_back(found, anchor.leaves)
        yield Proofs(store.ledger_id, note, (row, anchor), trees=found, heads=heads)


def _bring_up(trees: Trees, log: int, streams: int) -> None:
    """Trees that were deleted, or never made here, are made as far as the checkpoint needs them."""
    with trees.reading() as found:
        ready = found.size >= log and found.settled and found.map_position >= streams
    if not ready:
        with trees.alone():
            trees.grow(log=log, heads=streams)


def _over(store: LedgerStore, size: int) -> Note | None:
    """The checkpoint over so many entries, with all its signatures."""
    found = notes_over(store, size)
    return found[-1] if found else None


def notes_over(store: LedgerStore, size: int) -> list[Note]:
    """The checkpoint over so many entries as it was kept first, and then with each cosignature that came."""
    found: list[Note] = []
    for each in store.checkpoints(after=size - 1):
        if each.size > size:
            break
        found.append(read_note(each.note))
    return found
