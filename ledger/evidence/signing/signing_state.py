"""What the log says of its signing: keys introduced and retired, the quorum of witnesses, losses recorded."""

from __future__ import annotations

from ledger.registers.signing import SIGNING, Signing, signing_id
from ledger.sealing.reading import office_entry
from ledger.store import LedgerStore


def signing_of(store: LedgerStore) -> Signing:
    """The keys of a ledger, as its entries tell them."""
    found = SIGNING.initial
    for row in store.stream(f"signing/{signing_id(store.ledger_id)}"):
        entry = office_entry(row.position, row.stream, row.version, row.topic, row.state)
        found = SIGNING.evolve(found, entry)
    return found
