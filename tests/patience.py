"""Patience: what gives up after seconds waits for minutes here, so that no test fails because the machine stalls.

A test of giving up sets the limit that it tries itself, for as long as it tries it.
"""

from __future__ import annotations

import os

from ledger.store import locks
from ledger.store.postgres import connection, holding, sessions, standby, turns
from ledger.store.postgres.connection import Connection
from ledger.store.readers import Readers
from ledger.store.sqlite import files

WITHIN_SECONDS = 300
"""How long a test waits for what must come, before it fails."""
LIMIT_SECONDS = 120
"""What the product's own limits are here: it is heard to give up before the test does."""
_SET_SO = (
    "CASELEDGER_HTTP_TIMEOUT_SECONDS",
    "CASELEDGER_HTTP_WAIT_SECONDS",
    "CASELEDGER_WEBHOOK_ANSWER_SECONDS",
    "CASELEDGER_WEBHOOK_CONNECT_SECONDS",
)


def be_patient() -> None:
    """Stretches the limits of the stores in this process, and by settings those of services that it starts."""
    for name in _SET_SO:
        os.environ.setdefault(name, str(LIMIT_SECONDS))
    locks.WITHIN_SECONDS = LIMIT_SECONDS
    files._BUSY_TIMEOUT_SECONDS = LIMIT_SECONDS
    connection.LOCKS_WITHIN_SECONDS = LIMIT_SECONDS
    holding.STANDS_STILL_SECONDS = LIMIT_SECONDS
    sessions.NOTICE_LOSS["connect_timeout"] = LIMIT_SECONDS
    standby._WITHIN_SECONDS = LIMIT_SECONDS
    turns._SAYS_WITHIN_SECONDS = LIMIT_SECONDS
    Readers.WAITS_SECONDS = LIMIT_SECONDS
    Connection.answers_within = 2.0 * LIMIT_SECONDS  # more than a lock is waited for
