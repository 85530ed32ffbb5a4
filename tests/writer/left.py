"""Entries that another process leaves in a store, and this one cannot read or did not expect."""

from __future__ import annotations

from uuid import UUID

import orjson

from ledger.ids import case_stream
from ledger.service import Ledger
from ledger.store import Batch, StoredRow


def leave_unreadable(ledger: Ledger, case_id: UUID) -> None:
    """Another process, of a later version, records on a case what this version does not know."""
    leave(ledger, case_id, ahead=1, schema=99)


def leave(ledger: Ledger, case_id: UUID, *, ahead: int, **altered: object) -> None:
    """Appends the last entry of a case once more, so many versions ahead, and altered."""
    last = ledger.store.stream(case_stream(case_id))[-1]
    line, _, office = last.state.partition(b"\n")
    version = last.version + ahead
    said = orjson.loads(line) | {"version": version, **altered}
    state = orjson.dumps(said, option=orjson.OPT_SORT_KEYS) + b"\n" + office
    row = StoredRow(ledger.store.tip() + 1, last.stream, version, last.topic, state)
    with ledger.store.exclusive():
        assert ledger.store.append(Batch((row,)), expected_tip=row.position - 1)
