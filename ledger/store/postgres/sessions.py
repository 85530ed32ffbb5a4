"""Sessions with a PostgreSQL database: schemas made whole, refused when not usable."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from threading import RLock
from typing import Any, LiteralString

import psycopg
from psycopg.conninfo import conninfo_to_dict
from psycopg.sql import SQL, Identifier

from ledger.errors import (
    IntegrityFailure,
    InvalidCommand,
    LedgerUnavailable,
    NotSwept,
    Refusal,
)
from ledger.store import vaults
from ledger.store.migrations import SCHEMA_VERSION, Migration, pending
from ledger.store.postgres import shape
from ledger.store.postgres.connection import Connection, connect
from ledger.store.postgres.schema import WRITER_LOCK
from ledger.store.readers import Readers
from ledger.store.translation import Translated, no_room_to_sweep

# A server that vanished without a word is noticed in about half a minute, not in two hours.
NOTICE_LOSS = {
    "connect_timeout": 10,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 30_000,
    "application_name": "caseledger",
}

SWEPT_WITHIN_SECONDS = 2
"""How long others wait behind who waits to sweep: much less than a lock is waited for."""
MAINTENANCE = "maintenance"
RESTORED = "DROP SCHEMA restoring"
_VAULT = "vault"


class Database:
    """A PostgreSQL database by its URL, without its password in any sentence."""

    def __init__(self, url: str) -> None:
        try:
            given = conninfo_to_dict(url)
        except psycopg.ProgrammingError as error:
            raise InvalidCommand(
                "The database's address is not understood: write "
                "postgresql://user@host:port/database."
            ) from error
        self._given: dict[str, Any] = dict(given)
        self.place = f"The database {given.get('dbname') or 'of this account'}"
        self.translated = Translated(self.place, psycopg.Error)
        self.server = ""
        """Which run of which server was connected to last."""

    @property
    def parameters(self) -> dict[str, Any]:
        """What a session is made with, by the names of libpq."""
        return {**NOTICE_LOSS, **self._given}

    def connect(self, *, patient: bool = False) -> Connection:
        """A session in autocommit; a patient one waits for locks and answers as long as it takes."""
        found = connect(self.parameters, patient=patient)
        self.server = found.server
        return found

    def create(
        self, schema: str, migrations: tuple[Migration, ...], *, meta: dict[str, str]
    ) -> None:
        """Makes a schema with all migrations applied, or nothing; refused if it is there."""
        with self.translated, self.connect(patient=True) as connection, connection.transaction():
            connection.execute("SELECT pg_advisory_xact_lock(%s)", (WRITER_LOCK,))
            self._refuse_half_restored(connection)
            if _there(connection, schema):
                raise Refusal(
                    f"{self.place} already holds a schema {schema}: choose another database, or "
                    "use the ledger in it.",
                    rule="one-ledger-a-home",
                )
            _apply(connection, schema, migrations)
            for name, value in meta.items():
                _put(connection, schema, name, value=value)

    def begin_restoring(self) -> None:
        """Nobody makes a ledger here, and whoever asks for one hears why, until RESTORED is committed."""
        with self.translated, self.connect(patient=True) as connection:
            connection.execute("CREATE SCHEMA IF NOT EXISTS restoring")

    def _refuse_half_restored(self, connection: Connection) -> None:
        found = connection.execute("SELECT to_regnamespace('restoring') IS NOT NULL")
        if found.fetchone() == (True,):
            raise LedgerUnavailable(
                f"{self.place} is half restored: ask for `caseledger restore` again with the same files, which "
                "finishes it, or give it up by `DROP SCHEMA restoring`."
            )

    def make_ready(
        self, schema: str, migrations: tuple[Migration, ...], *, examining: bool = False
    ) -> tuple[str, ...]:
        """Refuses a schema that is missing or newer; migrates an older one.

        What it lacks or should not have is refused too, or answered if it is to be examined, then with rights of
        others to change what is recorded.
        """
        with self.translated, self.connect() as connection:
            if not _there(connection, schema):
                self._refuse_half_restored(connection)
                if schema == _VAULT and _there(connection, "ledger"):
                    raise vaults.missing()
                raise LedgerUnavailable(
                    f"{self.place} holds no {schema}: run `caseledger init`, or name the right "
                    "one in CASELEDGER_DATABASE_URL."
                )
            if _there(connection, "ledger"):
                connection.execute("SELECT ledger.refuse_maintenance()")
            if self._pending(connection, schema, migrations):
                self._migrate(connection, schema, migrations)
            altered = shape.altered(connection, schema, migrations)
            if altered and not examining:
                raise IntegrityFailure(
                    f"{self.place} lacks {', '.join(altered)} in the schema {schema}, has it changed or disabled, or "
                    "should not have it: stop, run `caseledger verify`, and restore the database from a backup."
                )
            if examining:
                altered += shape.rights_beyond(connection)
            return altered

    def _migrate(
        self, connection: Connection, schema: str, migrations: tuple[Migration, ...]
    ) -> None:
        """Brings a schema up to date under the writer's lock, unless somebody else has done so meanwhile."""
        try:
            with connection.patient(), connection.transaction():
                connection.execute("SELECT pg_advisory_xact_lock(%s)", (WRITER_LOCK,))
                _apply(connection, schema, self._pending(connection, schema, migrations))
        except psycopg.errors.InsufficientPrivilege as error:
            raise LedgerUnavailable(
                f"{self.place} has an older schema {schema} than this version needs, and this account may not "
                "change it: let the account that owns it say `caseledger roles` with this version."
            ) from error

    def _pending(
        self, connection: Connection, schema: str, migrations: tuple[Migration, ...]
    ) -> tuple[Migration, ...]:
        found = meta(connection, schema, SCHEMA_VERSION)
        return pending(found, migrations, place=f"{self.place} (schema {schema})")

    @contextmanager
    def under_maintenance(self, reason: str) -> Generator[None]:
        """Nobody else writes during the block; after a failure the mark stays."""
        with self.translated:
            connection = self.connect(patient=True)
        with connection:
            with self.translated:
                connection.execute("SELECT pg_advisory_lock(%s)", (WRITER_LOCK,))
                _put(connection, "ledger", MAINTENANCE, value=reason)
            yield
            with self.translated:
                connection.execute("DELETE FROM ledger.meta WHERE name = %s", (MAINTENANCE,))


class Session:
    """One connection for writing, used by one thread at a time and made anew after it was lost."""

    def __init__(self, database: Database) -> None:
        self.number = 0
        """Counts the connections: behind a new one the server may be another, and lack what the one before had."""
        self._database = database
        self._connection: Connection | None = None
        self._closed = False
        self.threads = RLock()

    def connection(self) -> Connection:
        """The connection; the caller holds `threads`."""
        if self._closed:
            raise LedgerUnavailable("The ledger is closed: open it again.")
        if self._connection is None or self._connection.stale:
            if self._connection is not None:
                self._connection.close()
            self._connection = self._database.connect()
            self.number += 1
        return self._connection

    def close(self) -> None:
        """Closes the connection for good."""
        self._closed = True
        if self._connection is not None:
            self._connection.close()


class Reading:
    """Reads on connections of their own; to lose one while it is idle is no failure."""

    def __init__(self, database: Database) -> None:
        self._translated = database.translated
        self._readers = Readers(database.connect)

    def rows(self, statement: LiteralString, parameters: Sequence[object] = ()) -> list[Any]:
        """All rows that a statement finds."""
        with self._translated:
            try:
                return self._fetch(statement, parameters)
            except psycopg.OperationalError:
                self._readers.forget_idle()
            return self._fetch(statement, parameters)

    def rows_by_index(
        self, statement: LiteralString, parameters: Sequence[object] = ()
    ) -> list[Any]:
        """The same as an index tells them, in whose order they are asked for: what it leaves out is left out."""
        with (
            self._translated,
            self._readers.lend() as connection,
            connection.transaction(),
            connection.cursor(binary=True) as cursor,
        ):
            for other in ("enable_seqscan", "enable_bitmapscan", "enable_sort"):
                connection.execute("SELECT set_config(%s, 'off', true)", (other,))
            cursor.execute(statement, parameters)
            return cursor.fetchall()

    def close(self) -> None:
        """Closes every connection."""
        self._readers.close()

    def _fetch(self, statement: LiteralString, parameters: Sequence[object]) -> list[Any]:
        with self._readers.lend() as connection, connection.cursor(binary=True) as cursor:
            cursor.execute(statement, parameters, prepare=True)
            return cursor.fetchall()


def sweep(connection: Connection, statement: LiteralString) -> None:
    """Writes a table anew without what was deleted from it; the server only warns whom it does not let.

    NotSwept where somebody reads it for long, as who backs it up does: all who read and write wait behind who waits
    for them.
    """
    connection.warnings.clear()
    before = _set_lock_timeout(connection, f"{SWEPT_WITHIN_SECONDS}s")
    try:
        with connection.patient():
            connection.execute(statement)
    except psycopg.errors.LockNotAvailable as error:
        raise NotSwept from error
    except psycopg.errors.DiskFull as error:
        raise no_room_to_sweep(connection.info.dbname) from error
    finally:
        if not connection.closed:
            _set_lock_timeout(connection, before)
    if connection.warnings:
        raise NotSwept(
            f"What was erased is not swept away yet ({connection.warnings[0].sentence}): ask again as the "
            "account that owns the ledger, or say `caseledger roles` on PostgreSQL 17 or newer."
        )


def _set_lock_timeout(connection: Connection, limit: str) -> str:
    """Sets how long a lock is waited for from now on; answers how long it was."""
    ((before,),) = connection.execute("SELECT current_setting('lock_timeout')").fetchall()
    connection.execute("SELECT set_config('lock_timeout', %s, false)", (limit,))
    return before


def meta(connection: Connection, schema: str, name: str) -> str | None:
    """What the table `meta` of a schema says under a name."""
    statement = SQL("SELECT value FROM {} WHERE name = %s").format(_meta(schema))
    row = connection.execute(statement, (name,)).fetchone()
    return None if row is None else row[0]


def _put(connection: Connection, schema: str, name: str, *, value: str) -> None:
    statement = SQL(
        "INSERT INTO {} (name, value) VALUES (%s, %s) "
        "ON CONFLICT (name) DO UPDATE SET value = excluded.value"
    ).format(_meta(schema))
    connection.execute(statement, (name, value))


def _meta(schema: str) -> Identifier:
    return Identifier(schema, "meta")


def _there(connection: Connection, schema: str) -> bool:
    row = connection.execute("SELECT to_regclass(%s) IS NOT NULL", (f"{schema}.meta",)).fetchone()
    return row == (True,)


def _apply(connection: Connection, schema: str, migrations: tuple[Migration, ...]) -> None:
    for migration in migrations:
        for statement in migration.statements:
            connection.execute(statement.encode())
        _put(connection, schema, SCHEMA_VERSION, value=str(migration.version))
