"""Checkpoints: the log anchored, its head signed and kept, each step so that the next run finishes what one left.

The order is what makes it safe: the map is brought up to an entry, the anchor is recorded, the signer makes
the new head durable, the note is signed and then kept. A run that was cut off leaves an anchor without
a note, which the next run signs first, or a head without a note, which it signs again to the same bytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ledger.entry import Actor
from ledger.errors import IntegrityFailure, LedgerUnavailable
from ledger.evidence.signing.notes import Checkpoint, Note, SignerKey, read_note
from ledger.evidence.signing.signer import Signer
from ledger.evidence.signing.signing_keys import introduce_first_keys, keys_that_sign
from ledger.evidence.signing.signing_state import signing_of
from ledger.evidence.trees.trees import ANCHOR, Progress, Trees
from ledger.input.quoting import in_entries
from ledger.interface import AnyLedger
from ledger.registers.anchors import AnchorLog, LogAnchored
from ledger.registers.signing import Signing
from ledger.sealing.reading import office_entry
from ledger.sealing.slots import b64u
from ledger.store import LedgerStore, SignedHead, StoredRow


@dataclass(frozen=True, slots=True)
class Signed:
    """A signed checkpoint: its note, and whether it was made just now."""

    note: Note
    fresh: bool


def newest(store: LedgerStore, *, cosignatures: int = 0) -> Note | None:
    """The newest signed checkpoint, or the newest that so many witnesses have cosigned."""
    found = store.newest_checkpoint(cosignatures=cosignatures)
    return read_note(found.note) if found else None


def anchor_of(store: LedgerStore, size: int) -> tuple[StoredRow, LogAnchored]:
    """The anchor of a checkpoint: its last leaf. IntegrityFailure if none stands there."""
    for row in store.entries(after=size - 1, upto=size, limit=1):
        fact = office_entry(*row).fact
        if isinstance(fact, LogAnchored):
            return row, fact
    raise IntegrityFailure(
        f"A checkpoint of {in_entries(size)} was signed, but no anchor stands at position {size}: stop, keep the "
        "files, and run `caseledger verify`."
    )


def make_checkpoint(
    ledger: AnyLedger,
    trees: Trees,
    signer: Signer,
    *,
    actor: Actor,
    progress: Progress = lambda _done, _all: None,
) -> Signed:
    """A checkpoint over all that is recorded; the newest as it is where nothing was recorded since.

    `progress` is told of entries taken in, and of how many.
    """
    if ledger.read_only is not None:
        raise LedgerUnavailable(ledger.read_only)
    with trees.alone():
        signing = introduce_first_keys(ledger, signer, actor=actor)
        found = _finished(ledger.store, trees, signer, signing)
        if found is not None and not _changed_since(ledger.store, found.note):
            return found
        size = _anchor(ledger, trees, signing, actor=actor, progress=progress)
        # A key may have been retired meanwhile: under that one nothing is signed behind the entry that says so.
        return _sign(ledger.store, trees, signer, signing_of(ledger.store), size=size)


def _finished(store: LedgerStore, trees: Trees, signer: Signer, signing: Signing) -> Signed | None:
    """The newest checkpoint, once what a run before this one has begun is finished.

    Where more was signed for since, and was lost with the note, as after a restore of what was copied in between, the
    next anchor covers it.
    """
    note = newest(store)
    begun = _begun(store, Checkpoint.read(note.text).size if note else 0)
    so_far = signer.signed_so_far()
    if begun and (so_far is None or so_far.size <= begun[-1]):
        return _sign(store, trees, signer, signing, size=begun[-1])
    return Signed(note, fresh=False) if note else None


def _begun(store: LedgerStore, after: int) -> list[int]:
    """The positions of anchors that were recorded after the last checkpoint, and not signed."""
    if after == 0:  # a long log without any checkpoint need not be read for it
        return [store.stream(stream)[0].position for stream in store.streams(ANCHOR)]
    return [
        row[0] for rows in store.scan(after=after) for row in rows if row[3] == LogAnchored.topic
    ]


def _changed_since(store: LedgerStore, note: Note) -> bool:
    """Whether anything but anchors was recorded after what a checkpoint's map covers."""
    _, anchor = anchor_of(store, Checkpoint.read(note.text).size)
    return any(
        not row[1].startswith(f"{ANCHOR}/")
        for rows in store.scan(after=anchor.leaves, chunk=100)
        for row in rows
    )


def _anchor(
    ledger: AnyLedger, trees: Trees, signing: Signing, *, actor: Actor, progress: Progress
) -> int:
    """Records an anchor over all that is there; its position."""
    leaves = ledger.store.tip()
    trees.grow(log=leaves, heads=leaves, progress=progress)
    if not _stood_as_anchored(ledger.store, trees):
        trees.start_anew()
        trees.grow(log=leaves, heads=leaves, progress=progress)
    with trees.reading() as found:
        heads, streams = found.heads().root(), found.count_streams()
    witnessed = newest(ledger.store, cosignatures=max(1, signing.quorum))
    command = AnchorLog(
        anchor_id=ledger.new_id(),
        heads=b64u(heads),
        leaves=leaves,
        streams=streams,
        witnessed=b64u(witnessed.digest()) if witnessed else None,
    )
    return ledger.handle(command, actor=actor).position


def _stood_as_anchored(store: LedgerStore, trees: Trees) -> bool:
    """Whether the map goes on from what the newest checkpoint's anchor says: the next one says for good what it is."""
    note = newest(store)
    if note is None:
        return True
    _, anchor = anchor_of(store, Checkpoint.read(note.text).size)
    root, streams = trees.stood_at(anchor.leaves)
    return (b64u(root), streams) == (anchor.heads, anchor.streams)


def _sign(
    store: LedgerStore, trees: Trees, signer: Signer, signing: Signing, *, size: int
) -> Signed:
    """Signs the head of so many entries and keeps the note, once nothing of them can be lost with this server."""
    keys = keys_that_sign(signing, signer, "checkpoint")
    trees.grow(log=size)
    store.settled()
    try:
        note = _signed(trees, signer, keys, size)
    except IntegrityFailure:  # of damaged trees, or of another history, as trees made anew tell
        trees.start_anew()
        trees.grow(log=size)
        note = _signed(trees, signer, keys, size)
    store.keep_checkpoint(SignedHead(size, 0, str(note)))
    return Signed(note, fresh=True)


def _signed(trees: Trees, signer: Signer, keys: Sequence[SignerKey], size: int) -> Note:
    before = signer.signed_so_far()
    with trees.reading() as found:
        checkpoint = Checkpoint(keys[0].verifier.name, size, found.root(size))
        more = found.leaves(before.size if before else 0, size)
        return signer.sign(checkpoint, keys, more=more)
