"""Which keys the log says were erased, read from its entries alone, and whose were destroyed beyond what it says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from ledger.sealing.reading import no_entry, office_entry, stored_office
from ledger.sealing.slots import from_b64u
from ledger.sealing.vault import Vault
from ledger.store import LedgerStore, StoredRow

_BEGUN, _CARRIED_OUT = "ErasureBegun", "ErasureCarriedOut"


class OnRecord(NamedTuple):
    """The ids of keys that were to be destroyed, and of those that are certified to be."""

    begun: frozenset[bytes]
    carried_out: frozenset[bytes]


def erased_on_record(store: LedgerStore) -> OnRecord:
    """Which keys entries say are destroyed; trusts the store, which is examined apart.

    Raises IntegrityFailure where what is stored of an erasure cannot be read.
    """
    begun, carried_out = set[bytes](), set[bytes]()
    for stream in store.streams("erasure"):
        keys: list[bytes] = []
        for row in store.stream(stream):
            if row.topic == _BEGUN:
                keys = _keys(row)
                begun.update(keys)
            elif row.topic == _CARRIED_OUT:
                carried_out.update(keys)
    return OnRecord(frozenset(begun), frozenset(carried_out))


def destroyed_off_record(store: LedgerStore, vault: Vault) -> dict[str, dict[bytes, str]]:
    """Whose keys are destroyed though no entry says so, as once an older log was restored: by subject, with streams.

    A key stands under nobody where the entries do not tell for certain whose it was.
    """
    lost = vault.destroyed() - erased_on_record(store).begun
    whose: dict[bytes, set[str]] = {}
    streams: dict[bytes, str] = {}
    for row in _every_row(store) if lost else ():
        for key_id in lost.intersection(sealed_under(row)):
            if subjects := _without_key_here(row, vault):
                whose[key_id] = subjects & whose.get(key_id, subjects)
                streams[key_id] = row.stream
    found: dict[str, dict[bytes, str]] = {}
    for key_id, subjects in whose.items():
        if len(subjects) == 1:
            found.setdefault(subjects.pop(), {})[key_id] = streams[key_id]
    return found


def sealed_under(row: StoredRow) -> list[bytes]:
    """The ids of the keys under which a stored entry has, or had, sealed parts; IntegrityFailure where it says none."""
    _, office = stored_office(row.position, row.stream, row.version, row.state)
    return _ids(row, office["values"]["sealed"])


def _every_row(store: LedgerStore) -> Iterator[StoredRow]:
    return (StoredRow._make(each) for chunk in store.scan() for each in chunk)


def _without_key_here(row: StoredRow, vault: Vault) -> set[str]:
    """The subjects of an entry's personal slots of which no key that sealed it is here any more."""
    _, office = stored_office(row.position, row.stream, row.version, row.state)
    entry, keys = office_entry(*row), frozenset(sealed_under(row))
    try:
        subjects = {entry.subject_of(slot) for slot in office["sealed"]}
    except KeyError as error:
        raise no_entry(row.position, row.stream, row.version) from error
    return {each for each in subjects if keys.isdisjoint(vault.keys_of(each))}


def _keys(row: StoredRow) -> list[bytes]:
    _, office = stored_office(row.position, row.stream, row.version, row.state)
    return _ids(row, office["values"].get("keys"))


def _ids(row: StoredRow, written: Any) -> list[bytes]:
    try:
        return [from_b64u(each) for each in written]
    except (TypeError, ValueError, AttributeError) as error:
        raise no_entry(row.position, row.stream, row.version) from error
