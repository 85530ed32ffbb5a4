"""What the log says of its signing: keys introduced and retired, the quorum of witnesses, losses recorded."""

from __future__ import annotations

from ledger.registers.signing import SIGNING, Signing, signing_id
from ledger.store import LedgerStore
from ledger.then import office_state


def signing_of(store: LedgerStore) -> Signing:
    """The keys of a ledger, as its entries tell them."""
    return office_state(SIGNING, store.stream(f"signing/{signing_id(store.ledger_id)}"))
