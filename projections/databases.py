"""Where views lie: `views.db` in a home folder or the schema `views` of a PostgreSQL database.

All of it can be made again from the log, so nothing here is careful with it: what is damaged, newer
or of another ledger is thrown away.
"""

from __future__ import annotations

import os
import sqlite3
from abc import ABC, abstractmethod
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from types import NoneType
from typing import Any

import psycopg
from psycopg import sql
from sqlalchemy import Connection, Engine, Table, create_engine, event, text
from sqlalchemy.exc import DBAPIError, DisconnectionError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as NoConnectionFree
from sqlalchemy.pool import ConnectionPoolEntry, QueuePool

from ledger.errors import IntegrityFailure, LedgerError, LedgerUnavailable
from ledger.store import Location
from ledger.store.locks import WriterLock
from ledger.store.postgres_connection import Connection as PostgresConnection
from ledger.store.postgres_connection import connect
from ledger.store.postgres_schema import emptied
from ledger.store.postgres_sessions import Database as PostgresDatabase
from ledger.store.translation import translate
from projections.temporal import CURRENT

FILE = "views.db"
SCHEMA_NAME = "views"

_REBUILDS = "views.lock"
_TURNS = "views.turns"
_REBUILD_LOCK = 0x7669_6577_735F_6C64
_BUSY_TIMEOUT_SECONDS = 30.0
_PAGE_BYTES = 16_384
_CHECKPOINT_AFTER_PAGES = 10_000
_MAPPED_BYTES = 2**32
_WRITING = "writing"
_OPENED = "opened"
_TABLES = 0x7669_6577_735F_7462
_WRITE_LOCK = 0x7669_6577_735F_7772
_ANSWERS_WITHIN_SECONDS = 600.0
"""An index over millions of rows takes minutes; a server that is gone is noticed by the network before."""
_UNHURRIED = text("SET LOCAL synchronous_commit = off; SET LOCAL lock_timeout = '600s'")
_ALONE = text(f"SELECT pg_advisory_xact_lock({_WRITE_LOCK})")
_TABLES_STAY = text(f"SELECT pg_advisory_xact_lock_shared({_TABLES})")
_TABLES_GO = text(f"SELECT pg_advisory_xact_lock({_TABLES})")


_nothing: dict[None, None] = {}
sqlite3.register_adapter(NoneType, _nothing.get)
sqlite3.register_adapter(bool, int)
"""Asked how to store what is neither number nor text, the driver looks it up four times as long as it writes it."""


class ViewsDamaged(LedgerUnavailable):
    """The views are damaged: run `caseledger rebuild`; they are made again from the log and nothing is lost."""


@contextmanager
def translated(place: str) -> Generator[None]:
    """A block inside which database errors leave as the ledger's own; damage is answered by a rebuild."""
    try:
        yield
    except NoConnectionFree as error:
        raise LedgerUnavailable("Too much is asked at once: ask again in a moment.") from error
    except (SQLAlchemyError, sqlite3.Error, psycopg.Error, OSError) as error:
        cause = error.orig if isinstance(error, DBAPIError) else error
        found: LedgerError | None = (
            translate(cause, place=place) if isinstance(cause, Exception) else None
        )
        if isinstance(found, IntegrityFailure):
            raise ViewsDamaged from error
        if found is not None:
            raise found from error
        raise


class Database(ABC):
    """What both databases do for views, each in its own way."""

    schema: str | None
    place: str
    engine: Engine
    mark: str
    """How the driver marks a parameter by its place."""

    @abstractmethod
    def reading(self) -> AbstractContextManager[Connection]:
        """A transaction in which everything is read as of one moment."""

    @abstractmethod
    def writing(self) -> AbstractContextManager[Connection]:
        """A transaction that nobody else's overlaps, committed at the end of the block."""

    @abstractmethod
    def insert(self, connection: Connection, table: Table, rows: Sequence[Sequence[Any]]) -> None:
        """Puts many rows into a table, in the order of its columns."""

    @abstractmethod
    def rebuilding(self) -> AbstractContextManager[None]:
        """A block in which nobody else rebuilds."""

    @abstractmethod
    def drop(self, connection: Connection, table: Table) -> None:
        """Takes a table away once nobody reads it."""

    @abstractmethod
    def settle(self) -> None:
        """Makes what shards wrote durable."""

    @abstractmethod
    def start_anew(self) -> None:
        """Throws everything away."""

    @abstractmethod
    def analyse(self, table: Table) -> None:
        """Lets the database learn how a table that was filled is made up, outside any transaction."""

    def close_rows(
        self, connection: Connection, table: Table, closed: Sequence[tuple[int, int, str, int]]
    ) -> None:
        """Ends current rows: (known_to, magnitude, key, place)."""
        if closed:
            statement = (
                f"UPDATE {table.fullname} "
                f"SET known_to = {self.mark}, magnitude = {self.mark} "
                f"WHERE key = {self.mark} AND place = {self.mark} AND magnitude = {CURRENT}"
            )
            connection.exec_driver_sql(statement, list(closed))

    def remove_rows(
        self, connection: Connection, table: Table, removed: Sequence[tuple[str, int]]
    ) -> None:
        """Takes current rows away: (key, place)."""
        if removed:
            statement = (
                f"DELETE FROM {table.fullname} "
                f"WHERE key = {self.mark} AND place = {self.mark} AND magnitude = {CURRENT}"
            )
            connection.exec_driver_sql(statement, list(removed))

    def close(self) -> None:
        """Closes every connection."""
        self.engine.dispose()


class SqliteViews(Database):
    """Views in a file of a home folder."""

    schema = None
    place = FILE
    mark = "?"

    def __init__(self, home: Path, *, filling: bool) -> None:
        self._home = home
        self._filling = filling
        self._path = (home / FILE).absolute()
        self.engine = _engine("sqlite+pysqlite://", self._connect)
        event.listen(self.engine, "begin", _begin)
        event.listen(self.engine, "connect", self._note_file)
        event.listen(self.engine, "checkout", self._refuse_another_file)

    @contextmanager
    def reading(self) -> Generator[Connection]:
        with translated(self.place), self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Generator[Connection]:
        with self._turn(), translated(self.place), self.engine.connect() as connection:
            connection = connection.execution_options(**{_WRITING: True})
            with connection.begin():
                yield connection

    @contextmanager
    def _turn(self) -> Generator[None]:
        """Who fills waits for the others that fill without polling, which would leave the file idle meanwhile."""
        if not self._filling:
            yield
            return
        with closing(WriterLock(self._home / _TURNS)) as turn, turn:
            yield

    def insert(self, connection: Connection, table: Table, rows: Sequence[Sequence[Any]]) -> None:
        if rows:
            marks = ", ".join("?" * len(table.columns))
            statement = f"INSERT INTO {table.fullname} VALUES ({marks})"
            _driver(connection).executemany(statement, rows)

    @contextmanager
    def rebuilding(self) -> Generator[None]:
        with translated(self.place):
            lock = WriterLock(self._home / _REBUILDS)
        try:
            with lock:
                yield
        finally:
            lock.close()

    def start_anew(self) -> None:
        self.engine.dispose()
        with translated(self.place):
            for suffix in ("-wal", "-shm", "-journal", ""):
                self._path.with_name(self._path.name + suffix).unlink(missing_ok=True)

    def drop(self, connection: Connection, table: Table) -> None:
        table.drop(connection, checkfirst=True)

    def settle(self) -> None:
        with translated(self.place), closing(self._connect()) as connection:
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA wal_checkpoint(PASSIVE)")

    def analyse(self, table: Table) -> None:
        """Nothing: told how a table is made up, SQLite reads whole indexes into filters for a handful of rows."""

    def _note_file(self, _connection: Any, record: ConnectionPoolEntry) -> None:
        record.info[_OPENED] = self._file()

    def _refuse_another_file(
        self, _connection: Any, record: ConnectionPoolEntry, _fairy: Any
    ) -> None:
        """Lets the pool open the file that is there, where somebody has deleted the one before or made it anew."""
        if record.info[_OPENED] != self._file():
            raise DisconnectionError

    def _file(self) -> tuple[int, int] | None:
        try:
            found = os.stat(self._path)
        except FileNotFoundError:
            return None
        return found.st_dev, found.st_ino

    def _connect(self) -> sqlite3.Connection:
        if not self._home.is_dir():
            raise LedgerUnavailable(
                f"There is no folder {self._home}: run `caseledger init`, or name the folder of the "
                "ledger in CASELEDGER_HOME."
            )
        if not self._path.exists():
            self._path.touch(mode=0o600)  # SQLite alone would let everybody read it
        connection = sqlite3.connect(
            self._path,
            timeout=_BUSY_TIMEOUT_SECONDS,
            isolation_level=None,
            check_same_thread=False,
        )
        try:
            connection.execute(f"PRAGMA page_size = {_PAGE_BYTES}")
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute(f"PRAGMA synchronous = {'OFF' if self._filling else 'NORMAL'}")
            connection.execute(f"PRAGMA wal_autocheckpoint = {_CHECKPOINT_AFTER_PAGES}")
            connection.execute("PRAGMA cache_size = -32000")
            if self._filling:  # making an index reads its whole table
                connection.execute(f"PRAGMA mmap_size = {_MAPPED_BYTES}")
        except BaseException:
            connection.close()
            raise
        return connection


class PostgresViews(Database):
    """Views in a schema of a PostgreSQL database."""

    schema = SCHEMA_NAME
    mark = "%s"

    def __init__(self, url: str, *, shared: bool) -> None:
        self._database = PostgresDatabase(url)
        self._shared = shared
        self.place = f"{self._database.place} (schema {SCHEMA_NAME})"
        self.engine = _engine("postgresql+psycopg://", self._connect)
        event.listen(self.engine, "checkout", _refuse_stale)

    @contextmanager
    def reading(self) -> Generator[Connection]:
        with translated(self.place), self.engine.connect() as connection:
            connection = connection.execution_options(isolation_level="REPEATABLE READ")
            with connection.begin():
                connection.execute(_TABLES_STAY)
                yield connection

    @contextmanager
    def writing(self) -> Generator[Connection]:
        with translated(self.place), self.engine.connect() as connection, connection.begin():
            connection.execute(_UNHURRIED)
            if not self._shared:
                connection.execute(_ALONE)
            yield connection

    def insert(self, connection: Connection, table: Table, rows: Sequence[Sequence[Any]]) -> None:
        if not rows:
            return
        columns = sql.SQL(", ").join(sql.Identifier(column.name) for column in table.columns)
        copying = sql.SQL("COPY {} ({}) FROM STDIN").format(
            sql.Identifier(SCHEMA_NAME, table.name), columns
        )
        with _driver(connection).copy(copying) as copy:
            for row in rows:
                copy.write_row(row)

    @contextmanager
    def rebuilding(self) -> Generator[None]:
        with translated(self.place), self._database.connect(patient=True) as session:
            session.execute("SELECT pg_advisory_lock(%s)", (_REBUILD_LOCK,))
            yield

    def drop(self, connection: Connection, table: Table) -> None:
        connection.execute(_TABLES_GO)
        table.drop(connection, checkfirst=True)

    def settle(self) -> None:
        """Nothing: a commit after theirs makes theirs durable too."""

    def start_anew(self) -> None:
        with self.writing() as connection:
            connection.execute(_TABLES_GO)
            connection.execute(text(emptied(SCHEMA_NAME)))

    def analyse(self, table: Table) -> None:
        """Only what a VACUUM has seen is answered by an index alone, and it passes over what is not yet on the disk."""
        name = sql.Identifier(SCHEMA_NAME, table.name)
        with translated(self.place), self._database.connect(patient=True) as session:
            session.execute(
                sql.SQL("ANALYZE {}").format(name)
            )  # its commit brings all before it to the disk
            session.execute(sql.SQL("VACUUM {}").format(name))

    def _connect(self) -> PostgresConnection:
        parameters = {**self._database.parameters, "application_name": "caseledger views"}
        connection = connect(parameters, autocommit=False)
        connection.answers_within = _ANSWERS_WITHIN_SECONDS
        return connection


def database_at(location: Location, *, filling: bool = False) -> Database:
    """The views' database that belongs to a ledger's location.

    `filling` is for a shard of a rebuild: it writes to tables that nobody reads yet, beside other
    shards, and need not survive a loss of power before the rebuild has ended.
    """
    if isinstance(location, Path):
        return SqliteViews(location, filling=filling)
    return PostgresViews(location, shared=filling)


def _engine(dialect: str, connect: Callable[[], Any]) -> Engine:
    return create_engine(dialect, creator=connect, poolclass=QueuePool, pool_timeout=10)


def _refuse_stale(connection: PostgresConnection, *_: object) -> None:
    """Lets the pool take another connection in the place of one that the server has ended meanwhile."""
    if connection.stale:
        raise DisconnectionError


def _begin(connection: Connection) -> None:
    """Begins by itself what the driver would begin too late: a write must not start as a read."""
    options: Mapping[str, Any] = connection.get_execution_options()
    connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get(_WRITING) else "BEGIN")


def _driver(connection: Connection) -> Any:
    """A cursor of the driver itself, for what it alone does fast."""
    driver: Any = connection.connection.driver_connection
    return driver.cursor()
