"""A connection to PostgreSQL that hangs on nothing: every answer, every lock and every silence has its limit."""

from __future__ import annotations

import select
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from typing import Any, NamedTuple, Self, TypeVar

import psycopg
from psycopg.abc import PQGen
from psycopg.errors import Diagnostic

T = TypeVar("T")

LOCKS_WITHIN_SECONDS = 10
"""How long a lock is waited for, in the queue of writers too, before somebody is told to ask again."""

_WAKES_SECONDS = 0.1

# The server too notices a client that vanished without a word, and one that gave up waiting: the locks
# that they hold stand in everybody's way. With these limits others are not needed: those that an account or a
# database carries for whoever asks by hand would end a rebuild, or a session that waits for its turn.
_SETTINGS = """
SET lock_timeout = '{lock_timeout}s';
SET tcp_keepalives_idle = 5;
SET tcp_keepalives_interval = 2;
SET tcp_keepalives_count = 3;
SET client_connection_check_interval = '2s';
SET standard_conforming_strings = on;
SET client_encoding = 'UTF8';
SELECT set_config(name, '0', false)
FROM pg_settings
WHERE setting <> '0'
AND name IN (
    'statement_timeout', 'transaction_timeout', 'idle_in_transaction_session_timeout', 'idle_session_timeout'
);
SELECT current_setting('synchronous_commit'), pg_postmaster_start_time()::text
"""


class Warned(NamedTuple):
    """What the server warned of, and which of its own functions did."""

    source_function: str | None
    sentence: str | None


class Connection(psycopg.Connection[tuple[Any, ...]]):
    """A session that is closed when the server has not answered in time: nobody knows what it would still do."""

    answers_within: float | None = 30.0
    """Seconds; more than a lock is waited for, so that who waits for a lock hears that it is one."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.server = ""
        """Which run of which server it is a session of."""
        self.warnings: list[Warned] = []
        """What the server warned of since somebody looked; whoever looks empties it."""
        self.add_notice_handler(_Noting(self.warnings))

    def wait(
        self, gen: PQGen[T], interval: float = _WAKES_SECONDS, timeout: float | None = None
    ) -> T:
        if timeout is not None:  # whoever sets a limit of their own reckons with silence
            return super().wait(gen, interval, timeout)
        try:
            return super().wait(gen, interval, self.answers_within)
        except psycopg.OperationalError as error:
            if error.sqlstate is not None or self.closed:
                raise
            self.close()
            raise psycopg.OperationalError("The server does not answer in time.") from error

    @contextmanager
    def patient(self) -> Generator[Self]:
        """Inside the block an answer may take as long as it takes."""
        before, self.answers_within = self.answers_within, None
        try:
            yield self
        finally:
            self.answers_within = before

    @property
    def stale(self) -> bool:
        """Whether the server has ended this idle session, as far as its socket tells: no question is asked."""
        with self.lock:  # another thread may be saying that this one is at work
            if self.closed:
                return True
            poll = select.poll()
            poll.register(self.fileno(), select.POLLIN)
            while poll.poll(0):
                try:
                    self.pgconn.consume_input()
                except psycopg.OperationalError:
                    return True
                if self.closed:
                    return True
            return False


class _Noting:
    """Notes warnings in a list, so that no connection is held by a handler of its own."""

    def __init__(self, warnings: list[Warned]) -> None:
        self._warnings = warnings

    def __call__(self, said: Diagnostic) -> None:
        if said.severity_nonlocalized == "WARNING":
            self._warnings.append(Warned(said.source_function, said.message_primary))


def connect(
    parameters: Mapping[str, Any], *, autocommit: bool = True, patient: bool = False
) -> Connection:
    """A session whose commits are durable even where that is not the default.

    A patient one waits for locks and for answers as long as it takes.
    """
    connection = Connection.connect(**parameters, autocommit=True)
    try:
        limit = 0 if patient else LOCKS_WITHIN_SECONDS
        if patient:
            connection.answers_within = None
        said = connection.execute(_SETTINGS.format(lock_timeout=limit).encode())
        while said.nextset():
            pass
        ((durable, connection.server),) = said.fetchall()
        if durable == "off":
            connection.execute("SET synchronous_commit = on")
        connection.autocommit = autocommit
    except BaseException:
        connection.close()
        raise
    return connection
