"""What both vaults refuse, in the same words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TypeVar

from ledger.errors import IntegrityFailure, KeysDamaged, LedgerUnavailable, VaultMissing

T = TypeVar("T")

ALREADY_ASSIGNED = (
    "A key is already assigned to another person or stream, or they have another key, and "
    "nothing was assigned: run `caseledger verify`."
)


def missing() -> VaultMissing:
    """The refusal of a ledger whose vault is gone: another one could open nothing of what there is."""
    return VaultMissing(
        "The vault of this ledger is not here: put it back from the latest backup of its keys; `caseledger init` "
        "makes one only for a ledger that holds nothing yet."
    )


def another_secret(name: str) -> IntegrityFailure:
    """The refusal to put a secret in the place of one that is in use."""
    return IntegrityFailure(f"The vault already keeps another secret {name}: it was left as it is.")


def lacks_secret(name: str) -> IntegrityFailure:
    """The refusal to make a secret where keys are: by another one nobody would find again whose they are."""
    return IntegrityFailure(
        f"The vault lacks its secret {name}, and another one would not know what is there: put a sound vault of these "
        "entries back from a backup."
    )


def assigned_upto_of(rows: Sequence[tuple[str]]) -> int:
    """The position up to which all keys are given, as the vault says it; IntegrityFailure where it says none."""
    for (said,) in rows:
        if said.isdecimal():
            return int(said)
    raise IntegrityFailure(
        "The vault does not say up to which entry its keys are given to those whose they are: put it back from the "
        "latest backup of its keys."
    )


def unknown_survivor() -> IntegrityFailure:
    """The refusal to wrap anew what is not there."""
    return IntegrityFailure(
        "The vault lacks a key or secret that was to be wrapped anew, and nothing was changed: "
        "restore the vault from a backup."
    )


def left_behind() -> LedgerUnavailable:
    """The refusal to end an epoch under which something is still wrapped."""
    return LedgerUnavailable(
        "Keys were dealt while the vault was wrapped anew, and nothing was changed: try again."
    )


def destroyed_returned() -> IntegrityFailure:
    """The refusal of a vault in which a destroyed key is back."""
    return IntegrityFailure(
        "The vault holds a key that was destroyed, so it is an older copy: put back the vault of "
        "the latest erasure."
    )


def damaged(count: int) -> KeysDamaged:
    """The refusal to wrap all keys anew while some do not open."""
    return KeysDamaged(
        f"Of the keys in the vault {count} are damaged, and once all are wrapped anew no backup could bring them back, "
        "so nothing was done: put a sound vault of these entries back from a backup, or, if there is none, say "
        "`caseledger recover --without-keys`, and ask again."
    )


def of_another(position: int) -> KeysDamaged:
    """The refusal to destroy what seals another's values, and to leave the keys that were meant."""
    return KeysDamaged(
        f"A key that was to be destroyed has sealed at position {position} what is not to be erased, so nothing was "
        "done: the vault gives keys to others than they are of; put a sound vault of these entries back from a "
        "backup, and ask again."
    )


def given_to_another(position: int) -> KeysDamaged:
    """The refusal to erase somebody of whom something would stay."""
    return KeysDamaged(
        f"What is sealed at position {position} is about whom this erases, and the vault does not give its key to "
        "them, so nothing was done: ask again, and if it stays so put a sound vault of these entries back from a "
        "backup."
    )


def index_damaged() -> KeysDamaged:
    """The refusal to destroy a key that the vault does not find by whom it is of."""
    return KeysDamaged(
        "The index by which the vault finds keys is damaged, so nothing was done: put a sound vault of these entries "
        "back from a backup, or let its database make it anew (REINDEX), and ask again."
    )


def chunks(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """The items in lists of at most `size`."""
    iterator = iter(items)
    while taken := list(islice(iterator, size)):
        yield taken
