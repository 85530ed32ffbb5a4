"""A database that is given up soon: in these tests alone nobody waits for minutes where a server hangs."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager

import pytest

from ledger.store.postgres import sessions as postgres_sessions
from ledger.store.postgres.connection import Connection


@contextmanager
def given_up_soon(*, seconds: float = 1.0) -> Generator[None]:
    """Inside the block so many seconds without an answer are enough, and two without a session."""
    with pytest.MonkeyPatch.context() as limits:
        limits.setattr(Connection, "answers_within", seconds)
        limits.setitem(postgres_sessions.NOTICE_LOSS, "connect_timeout", 2)
        yield
