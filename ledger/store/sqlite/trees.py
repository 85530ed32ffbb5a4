"""Trees on SQLite: the file trees.db of a home, which can be deleted at any time."""

from __future__ import annotations

import sqlite3
from collections.abc import Generator, Iterable, Sequence
from contextlib import ExitStack, closing, contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from ledger.errors import IntegrityFailure
from ledger.store.locks import WriterLock
from ledger.store.sqlite.files import connect_or_make, take_away, writable_home
from ledger.store.translation import Translated
from ledger.store.trees import FORMAT, KeptTrees, told_as_trees

FILE = "trees.db"
_LOCK = "trees.lock"

_SCHEMA = f"""
BEGIN IMMEDIATE;
CREATE TABLE IF NOT EXISTS marks (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID, STRICT;
CREATE TABLE IF NOT EXISTS log_tiles (
    height INTEGER NOT NULL,
    number INTEGER NOT NULL,
    nodes BLOB NOT NULL,
    PRIMARY KEY (height, number)
) STRICT;
CREATE TABLE IF NOT EXISTS map_tiles (
    depth INTEGER NOT NULL,
    prefix INTEGER NOT NULL,
    nodes BLOB NOT NULL,
    PRIMARY KEY (depth, prefix)
) STRICT;
CREATE TABLE IF NOT EXISTS members (
    key BLOB PRIMARY KEY,
    stream TEXT NOT NULL,
    entries INTEGER NOT NULL,
    head BLOB NOT NULL
) WITHOUT ROWID, STRICT;
PRAGMA user_version = {FORMAT};
COMMIT;
"""


class SqliteTreesStore:
    """A TreesStore on the file trees.db of a home."""

    def __init__(self, home: Path) -> None:
        self._translated = Translated(FILE, sqlite3.Error, OSError)
        self._closing = ExitStack()
        with self._translated:
            home = self._closing.enter_context(writable_home(home, FILE))
            self._path = (home / FILE).absolute()
            self._lock = WriterLock(home / _LOCK)
        try:
            self._opened().close()
        except IntegrityFailure:
            self.start_anew()

    @contextmanager
    def alone(self) -> Generator[None]:
        with self._lock:
            yield

    @contextmanager
    def reading(self) -> Generator[KeptTrees]:
        with (
            told_as_trees(self._translated, sqlite3.Error),
            closing(self._opened()) as connection,
        ):
            connection.execute("BEGIN")
            yield KeptTrees(_Driver(connection), _written)

    @contextmanager
    def writing(self) -> Generator[KeptTrees]:
        with (
            told_as_trees(self._translated, sqlite3.Error),
            closing(self._opened()) as connection,
        ):
            connection.execute("BEGIN IMMEDIATE")
            yield KeptTrees(_Driver(connection), _written)
            connection.execute("COMMIT")  # what failed before is rolled back by closing

    def start_anew(self) -> None:
        with self._translated:
            take_away(self._path)
        self._opened().close()

    def close(self) -> None:
        self._lock.close()
        self._closing.close()

    def _opened(self) -> sqlite3.Connection:
        """A connection of its own each time: another process may have thrown the file away meanwhile."""
        with self._translated:
            connection = connect_or_make(self._path)
            try:
                connection.execute("PRAGMA synchronous = NORMAL")
                (found,) = connection.execute("PRAGMA user_version").fetchone()
                if found not in (0, FORMAT):
                    raise IntegrityFailure(f"{FILE} is of another version.")
                if found == 0:
                    connection.execute("PRAGMA journal_mode = WAL")
                    connection.executescript(_SCHEMA)
            except BaseException:
                connection.close()
                raise
            return connection


class _Driver:
    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def all(self, statement: str, values: Sequence[Any]) -> list[Any]:
        return self._connection.execute(statement, values).fetchall()

    def each(self, statement: str, rows: Iterable[Sequence[Any]]) -> None:
        self._connection.executemany(statement, rows)


@cache
def _written(statement: str) -> str:
    return statement.format(at="")
