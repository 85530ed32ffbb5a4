"""Stores that only ever append, on SQLite and on PostgreSQL.

The library eventsourcing stays behind them. What another database has to promise: `LedgerStore` and `VaultStore`
(`interface`), `TreesStore` over a driver (`trees`), `Turn` (`turns`), and how it tells of arrivals (`arrivals`); which
of them serves a place, `locations` says.
"""

from __future__ import annotations

from ledger.store.arrivals import Arrivals
from ledger.store.interface import (
    Batch,
    LedgerStore,
    SealedRow,
    SignedHead,
    StoredRow,
    VaultStore,
    WrappedKey,
    refuse_unwritable,
)
from ledger.store.locations import (
    Location,
    arrivals_at,
    create_ledger_store,
    create_vault_store,
    making_alone,
    open_ledger_store,
    open_trees_store,
    open_vault_store,
    turn_at,
    under_maintenance,
    writable_place,
)
from ledger.store.trees import KeptMember, KeptTrees, TreesStore, trees_damaged
from ledger.store.turns import Turn

__all__ = [
    "Arrivals",
    "Batch",
    "KeptMember",
    "KeptTrees",
    "LedgerStore",
    "Location",
    "SealedRow",
    "SignedHead",
    "StoredRow",
    "TreesStore",
    "Turn",
    "VaultStore",
    "WrappedKey",
    "arrivals_at",
    "create_ledger_store",
    "create_vault_store",
    "making_alone",
    "open_ledger_store",
    "open_trees_store",
    "open_vault_store",
    "refuse_unwritable",
    "trees_damaged",
    "turn_at",
    "under_maintenance",
    "writable_place",
]
