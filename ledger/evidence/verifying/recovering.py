"""Recovering after a loss: what was signed for and is gone keeps its place in the log, as its digest alone.

So everything that was ever signed stays true, and the entry that records the loss is the next leaf.
"""

from __future__ import annotations

from dataclasses import dataclass

from ledger.entry import Actor
from ledger.errors import Refusal
from ledger.evidence.signing.notes import Checkpoint
from ledger.evidence.signing.signer import SignedSoFar, Signer
from ledger.evidence.trees.merkle import Tree
from ledger.evidence.trees.trees import leaves_of
from ledger.input.quoting import in_entries
from ledger.interface import AnyLedger
from ledger.registers.signing import RecordLoss, signing_id
from ledger.sealing.slots import b64u


@dataclass(frozen=True, slots=True)
class Recovered:
    """What was lost: the first position and the last; none if all that was signed for is here."""

    lost: tuple[int, int] | None


def recover(ledger: AnyLedger, signer: Signer, *, actor: Actor) -> Recovered:
    """Records which of the entries that were signed for are gone, so that the ledger can be written to again.

    Refusal where the ledger holds other entries than those that were signed for, or where not even
    the digests of what is gone are known here: then a better copy must be found.
    """
    if ledger.lacks_keys is not None:
        raise ledger.lacks_keys
    store = ledger.store
    with store.exclusive():
        so_far = signer.signed_so_far()
        if so_far is None:
            raise Refusal(
                "Nothing was signed here: there is nothing to recover.", rule="signed-before"
            )
        _refuse_unknown(signer, so_far)
        tip = store.tip()
        _refuse_other_history(ledger, signer, min(tip, so_far.size))
        if tip < so_far.size:
            store.lose(list(signer.leaves(tip, so_far.size)))
        lost = _last_loss(ledger)
        ledger.read_only, ledger.bears_loss = None, True
        if lost is not None:
            command = RecordLoss(
                signing_id=signing_id(store.ledger_id),
                first_position=lost[0],
                last_position=lost[1],
                signed_root=b64u(so_far.root),
            )
            ledger.handle(command, actor=actor)
        signer.settle_claim()
    return Recovered(lost)


def go_on_without_keys(ledger: AnyLedger) -> None:
    """Lets a ledger be written to though keys of its entries are lacking; what they sealed nobody opens again.

    Nor what damaged ones sealed: without them erasures are carried out again.
    """
    with ledger.store.exclusive():
        ledger.vault.go_on_without(tip=ledger.store.tip())
    if ledger.read_only == str(ledger.lacks_keys):
        ledger.read_only = None
    ledger.lacks_keys = None


def _refuse_unknown(signer: Signer, so_far: SignedSoFar) -> None:
    """A checkpoint that came back from a witness is of the history that the signer remembers."""
    claimed = signer.claimed()
    if claimed is None:
        return
    checkpoint = Checkpoint.read(claimed.text)
    if checkpoint.size > so_far.size:
        raise Refusal(
            f"What was signed reaches to entry {checkpoint.size}, and what the signer here "
            f"remembers to entry {so_far.size}: restore "
            "its folder from the newest backup, and recover then.",
            rule="digests-are-known",
        )
    tree = Tree()
    tree.extend(signer.leaves(0, checkpoint.size))
    if tree.root() != checkpoint.root:
        raise Refusal(
            f"Two histories of {in_entries(checkpoint.size)} were signed with this office's keys: keep all files, "
            "and find out which of them is true before anything else is recorded.",
            rule="one-history",
        )


def _refuse_other_history(ledger: AnyLedger, signer: Signer, upto: int) -> None:
    pairs = zip(leaves_of(ledger.store, upto), signer.leaves(0, upto), strict=True)
    for position, (here, signed) in enumerate(pairs, 1):
        if here != signed:
            raise Refusal(
                f"From position {position} on this ledger holds other entries than those that were signed for: "
                "restore the copy that holds them, and enter again what was recorded on this one.",
                rule="one-history",
                position=position,
            )


def _last_loss(ledger: AnyLedger) -> tuple[int, int] | None:
    """The lost positions that the log ends with; None if it ends with an entry."""
    last = first = ledger.store.tip()
    for position, _ in reversed(ledger.store.lost()):
        if position != first:
            break
        first -= 1
    return (first + 1, last) if first < last else None
