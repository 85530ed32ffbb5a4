"""Which keys the log says were erased, read from its entries alone."""

from __future__ import annotations

from typing import NamedTuple

import orjson

from ledger.evidence.sealing.slots import from_b64u
from ledger.store import LedgerStore

_BEGUN, _CARRIED_OUT = "ErasureBegun", "ErasureCarriedOut"


class OnRecord(NamedTuple):
    """The ids of keys that were to be destroyed, and of those that are certified to be."""

    begun: frozenset[bytes]
    carried_out: frozenset[bytes]


def erased_on_record(store: LedgerStore) -> OnRecord:
    """Which keys entries say are destroyed; trusts the store, which is examined apart."""
    begun, carried_out = set[bytes](), set[bytes]()
    for stream in store.streams("erasure"):
        keys: list[bytes] = []
        for row in store.stream(stream):
            if row.topic == _BEGUN:
                values = orjson.loads(row.state.partition(b"\n")[2])["values"]
                keys = [from_b64u(each) for each in values["keys"]]
                begun.update(keys)
            elif row.topic == _CARRIED_OUT:
                carried_out.update(keys)
    return OnRecord(frozenset(begun), frozenset(carried_out))
