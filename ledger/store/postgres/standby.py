"""What a synchronous standby has flushed: the only part of a log that a promotion cannot lose."""

from __future__ import annotations

import re
import time

from ledger.errors import LedgerUnavailable
from ledger.store.postgres.connection import Connection

_WITHIN_SECONDS = 10.0
_LOOKS_EVERY_SECONDS = 0.02
_HOW_MANY = re.compile(r"\s*(?:FIRST|ANY)?\s*(\d+)\s*\(", re.IGNORECASE)

_FLUSHED = """
SELECT count(*) FILTER (WHERE flush_lsn >= %s::pg_lsn), count(*) FILTER (WHERE state IS NULL)
FROM pg_stat_replication
WHERE sync_state IN ('sync', 'quorum') OR state IS NULL
"""


def await_standby(connection: Connection) -> None:
    """Returns once synchronous standbys have flushed all that was committed before, where any are configured.

    LedgerUnavailable if they have not in time.
    """
    configured = _only_value(connection.execute("SHOW synchronous_standby_names").fetchall())
    if not configured.strip():
        return
    named = _HOW_MANY.match(configured)
    wanted = int(named.group(1)) if named else 1
    written = _only_value(connection.execute("SELECT pg_current_wal_lsn()::text").fetchall())
    give_up_at = time.monotonic() + _WITHIN_SECONDS
    while True:
        ((flushed, hidden),) = connection.execute(_FLUSHED, (written,)).fetchall()
        if flushed >= wanted:
            return
        if hidden:
            raise LedgerUnavailable(
                "This account may not see what the standbys have, so nothing is vouched for: grant it "
                "pg_monitor."
            )
        if time.monotonic() > give_up_at:
            raise LedgerUnavailable(
                "No synchronous standby has flushed all that is recorded, so nothing is vouched for: bring "
                "the standby up and try again."
            )
        time.sleep(_LOOKS_EVERY_SECONDS)


def _only_value(rows: list[tuple[str]]) -> str:
    ((value,),) = rows
    return value
