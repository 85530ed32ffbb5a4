"""Behind: a ledger is not written to while it lacks what was signed for, or keys of its entries, as after a restore."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from ledger.errors import LedgerUnavailable
from ledger.evidence.signing.notes import Checkpoint
from ledger.evidence.signing.signer import Signer
from ledger.evidence.trees.leaves import digest_at
from ledger.input.quoting import in_entries
from ledger.sealing.vault import Vault
from ledger.sealing.whose import sealed_about
from ledger.store import LedgerStore

_UNTIL = "nothing is recorded until `caseledger recover`."


def behind_what_was_signed(store: LedgerStore, signer: Signer) -> str | None:
    """Why nothing may be recorded, in one sentence; None if the ledger has what this machine has signed for.

    One entry is looked at, the last that was signed for: an anchor, which no other history has.
    """
    tip = store.tip()
    if store.lost(after=tip - 1):
        return f"A loss of entries was not recorded to the end: {_UNTIL}"
    try:
        so_far, claimed = signer.signed_so_far(), signer.claimed()
        if claimed is not None:
            size = Checkpoint.read(claimed.text).size
            return f"A checkpoint of {in_entries(size)} was signed that this ledger does not have: {_UNTIL}"
        if so_far is None:
            return None
        if so_far.size > tip:
            return (
                f"What was signed reaches to entry {so_far.size}, and what is here to entry "
                f"{tip}, as after a restore: {_UNTIL}"
            )
        (signed,) = signer.leaves(so_far.size - 1, so_far.size)
    except LedgerUnavailable as error:
        return str(error)
    if digest_at(store, so_far.size) != signed:
        return (
            f"The entry at position {so_far.size} is not the one that was signed for, as on a copy that went "
            f"its own way: {_UNTIL}"
        )
    return None


def refuse_behind(store: LedgerStore, master_key: Path) -> None:
    """LedgerUnavailable where the ledger lacks what was signed for by the signer beside its master key."""
    behind = behind_what_was_signed(store, Signer.beside(master_key))
    if behind is not None:
        raise LedgerUnavailable(behind)


def without_keys(store: LedgerStore, vault: Vault) -> LedgerUnavailable | None:
    """Why nothing may be recorded where keys of entries are lacking; None where none are, or the vault is shut.

    Who has which key is told from the entries where a loss of power took it. What is recorded all the same would give
    the same persons other keys, which the right vault would lack.
    """
    if vault.is_shut:
        return None
    vault.assignments.not_beyond(store)
    told = partial(sealed_about, store, vault)
    lacking = vault.assignments.recover(store.tip(), told, keep=store.unwritable is None)
    if not lacking:
        return None
    return LedgerUnavailable(
        f"The vault lacks {lacking} of the keys of entries that are here, as an older copy does: nothing is "
        "recorded until the vault of these entries is put back, or, if there is none, until "
        "`caseledger recover --without-keys`."
    )
