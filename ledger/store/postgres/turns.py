"""What PostgreSQL tells those who wait: whose turn it is, and that entries have arrived."""

from __future__ import annotations

from contextlib import suppress
from hashlib import sha256

import psycopg

from ledger.store.arrivals import Listening
from ledger.store.postgres.connection import Connection
from ledger.store.postgres.sessions import Database
from ledger.store.turns import Turn

_SAYS_WITHIN_SECONDS = 5.0


class DatabaseTurn(Turn):
    """A turn at a database: an advisory lock of a session of its own, which the server frees when that ends."""

    def __init__(self, url: str, name: str) -> None:
        super().__init__(name)
        self._database = Database(url)
        self._session: Connection | None = None
        self._ours = False
        key = sha256(b"caseledger/turn/1\x00" + name.encode()).digest()[:8]
        self._key = int.from_bytes(key, "big", signed=True)

    def take(self) -> bool:
        if self.held:
            return True
        with self._database.translated:
            if self._session is None or self._session.stale:
                self.let_go()
                self._session = self._database.connect()
                self._session.answers_within = _SAYS_WITHIN_SECONDS
            taken = self._session.execute("SELECT pg_try_advisory_lock(%s)", (self._key,))
            self._ours = taken.fetchone() == (True,)
        return self._ours

    @property
    def held(self) -> bool:
        session = self._session
        if session is None or not self._ours:
            return False
        try:
            session.execute("SELECT 1")
        except psycopg.Error:
            session.close()
            self._ours = False
        return self._ours

    def let_go(self) -> None:
        session, self._session, self._ours = self._session, None, False
        if session is not None:
            with suppress(psycopg.Error), session:  # one that is lost has let go of it
                session.execute("SELECT pg_advisory_unlock_all()")


class DatabaseListening(Listening):
    """A session that hears of every commit of entries."""

    def __init__(self, url: str) -> None:
        self._database = Database(url)
        self._session: Connection | None = None

    def begin(self) -> None:
        with self._database.translated:
            if self._session is None or self._session.stale:
                self.end()
                self._session = self._database.connect()
                self._session.execute("LISTEN entries")

    def wait(self, seconds: float) -> bool:
        session = self._session
        assert session is not None
        with self._database.translated:
            return bool(list(session.notifies(timeout=seconds, stop_after=1)))

    def end(self) -> None:
        session, self._session = self._session, None
        if session is not None:
            session.close()
