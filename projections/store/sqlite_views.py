"""Views in the file `views.db` of a home folder."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Generator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from types import NoneType
from typing import Any

from sqlalchemy import Connection, Table, event
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.pool import ConnectionPoolEntry

from ledger.errors import LedgerUnavailable
from ledger.store.locks import WriterLock
from ledger.store.sqlite.files import connect_or_make, take_away
from projections.store.databases import Database, driver_of, pooled, translated

FILE = "views.db"

_REBUILDS = "views.lock"
_TURNS = "views.turns"
_PAGE_BYTES = 16_384
_LOG_PAGES = 2_500
"""How long the write-ahead log may grow before it is copied into the file: 40 MB, and it is cut to that again."""
_LOG_PAGES_FILLING = 10_000
"""The same while a rebuild fills tables, where each copying holds up whoever fills."""
_MAPPED_BYTES = 2**32
_WRITING = "writing"
_OPENED = "opened"

_nothing: dict[None, None] = {}
sqlite3.register_adapter(NoneType, _nothing.get)
sqlite3.register_adapter(bool, int)
"""Asked how to store what is neither number nor text, the driver looks it up four times as long as it writes it."""


class SqliteViews(Database):
    """Views in a file of a home folder."""

    schema = None
    place = FILE
    mark = "?"

    def __init__(self, home: Path, *, filling: bool) -> None:
        self._home = home
        self._filling = filling
        self._path = (home / FILE).absolute()
        self.engine = pooled("sqlite+pysqlite://", self._connect)
        event.listen(self.engine, "begin", _begin)
        event.listen(self.engine, "connect", self._note_file)
        event.listen(self.engine, "checkout", self._refuse_another_file)

    @contextmanager
    def reading(self) -> Generator[Connection]:
        with (
            translated(self.place, sqlite3.Error),
            self.engine.connect() as connection,
            connection.begin(),
        ):
            yield connection

    @contextmanager
    def writing(self) -> Generator[Connection]:
        with (
            self._turn(),
            translated(self.place, sqlite3.Error),
            self.engine.connect() as connection,
        ):
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
            driver_of(connection).executemany(statement, rows)

    @contextmanager
    def rebuilding(self) -> Generator[None]:
        with translated(self.place, sqlite3.Error):
            lock = WriterLock(self._home / _REBUILDS)
        try:
            with lock:
                yield
        finally:
            lock.close()

    def start_anew(self) -> None:
        self.engine.dispose()
        with translated(self.place, sqlite3.Error):
            take_away(self._path)

    def drop(self, connection: Connection, table: Table) -> None:
        table.drop(connection, checkfirst=True)

    def settle(self) -> None:
        with translated(self.place, sqlite3.Error), closing(self._connect()) as connection:
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
        connection = connect_or_make(self._path)
        try:
            connection.execute(f"PRAGMA page_size = {_PAGE_BYTES}")
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute(f"PRAGMA synchronous = {'OFF' if self._filling else 'NORMAL'}")
            log = _LOG_PAGES_FILLING if self._filling else _LOG_PAGES
            connection.execute(f"PRAGMA wal_autocheckpoint = {log}")
            connection.execute(f"PRAGMA journal_size_limit = {log * _PAGE_BYTES}")
            connection.execute("PRAGMA cache_size = -32000")
            connection.execute("PRAGMA secure_delete = OFF")  # nothing here is personal
            if self._filling:  # making an index reads its whole table
                connection.execute(f"PRAGMA mmap_size = {_MAPPED_BYTES}")
        except BaseException:
            connection.close()
            raise
        return connection


def _begin(connection: Connection) -> None:
    """Begins by itself what the driver would begin too late: a write must not start as a read."""
    options: Mapping[str, Any] = connection.get_execution_options()
    connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get(_WRITING) else "BEGIN")
