"""Which keys the log says were erased, read from its entries alone."""

from __future__ import annotations

from typing import NamedTuple

from ledger.sealing.reading import no_entry, stored_office
from ledger.sealing.slots import from_b64u
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


def _keys(row: StoredRow) -> list[bytes]:
    _, office = stored_office(row.position, row.stream, row.version, row.state)
    try:
        return [from_b64u(each) for each in office["values"]["keys"]]
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise no_entry(row.position, row.stream, row.version) from error
