"""Trees on PostgreSQL: the schema `trees` of a database, which can be dropped at any time."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any

import psycopg

from ledger.store.postgres.connection import Connection
from ledger.store.postgres.schema import emptied
from ledger.store.postgres.sessions import Database, Session
from ledger.store.trees import FORMAT, KeptTrees, told_as_trees

_LOCK = 0x6361_7365_7472_6565
"""The advisory lock whose holder alone may bring the trees on or sign."""

_TABLES = f"""
CREATE TABLE trees.marks (
    name text PRIMARY KEY,
    value text NOT NULL
);
CREATE TABLE trees.log_tiles (
    height bigint NOT NULL,
    number bigint NOT NULL,
    nodes bytea NOT NULL,
    PRIMARY KEY (height, number)
);
CREATE TABLE trees.map_tiles (
    depth bigint NOT NULL,
    prefix bigint NOT NULL,
    nodes bytea NOT NULL,
    PRIMARY KEY (depth, prefix)
);
CREATE TABLE trees.members (
    key bytea PRIMARY KEY,
    stream text COLLATE "C" NOT NULL,
    entries bigint NOT NULL,
    head bytea NOT NULL
);
ALTER TABLE trees.log_tiles ALTER COLUMN nodes SET STORAGE EXTERNAL;
INSERT INTO trees.marks (name, value) VALUES ('format', '{FORMAT}');
"""
_LAID_OUT = f"""
SELECT coalesce(
    (SELECT value FROM trees.marks WHERE name = 'format') = '{FORMAT}',
    false
)
"""


class PostgresTreesStore:
    """A TreesStore on the schema `trees` of a database."""

    def __init__(self, url: str) -> None:
        self._database = Database(url)
        self._translated = self._database.translated
        self._writing = Session(self._database)
        with self._translated:
            self._make_ready()

    @contextmanager
    def alone(self) -> Generator[None]:
        with self._translated, self._database.connect(patient=True) as session:
            session.execute("SELECT pg_advisory_lock(%s)", (_LOCK,))
            yield

    @contextmanager
    def reading(self) -> Generator[KeptTrees]:
        with told_as_trees(self._translated, psycopg.Error), self._database.connect() as connection:
            connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
            with connection.transaction():
                yield KeptTrees(_Driver(connection), _written)

    @contextmanager
    def writing(self) -> Generator[KeptTrees]:
        with told_as_trees(self._translated, psycopg.Error), self._transaction() as connection:
            connection.execute("SET LOCAL synchronous_commit = off")
            yield KeptTrees(_Driver(connection), _written)

    def start_anew(self) -> None:
        with self._translated, self._transaction() as connection:
            connection.execute(emptied("trees").encode())
            connection.execute(_TABLES.encode())

    def close(self) -> None:
        self._writing.close()

    @contextmanager
    def _transaction(self) -> Generator[Connection]:
        with self._writing.threads:
            connection = self._writing.connection()
            with connection.transaction():
                yield connection

    def _make_ready(self) -> None:
        """Lays the schema out if it is not; of several that come at once one does, and the others find it so."""
        if not self._is_laid_out():
            with self.alone():
                if not self._is_laid_out():
                    self.start_anew()

    def _is_laid_out(self) -> bool:
        connection = self._writing.connection()
        there = connection.execute("SELECT to_regclass('trees.members') IS NOT NULL")
        return there.fetchone() == (True,) and connection.execute(
            _LAID_OUT.encode()
        ).fetchone() == (True,)


class _Driver:
    def __init__(self, connection: Connection) -> None:
        self._cursor = connection.cursor(binary=True)

    def all(self, statement: str, values: Sequence[Any]) -> list[Any]:
        return self._cursor.execute(statement.encode(), values, prepare=True).fetchall()

    def each(self, statement: str, rows: Iterable[Sequence[Any]]) -> None:
        self._cursor.executemany(statement.encode(), rows)


@cache
def _written(statement: str) -> str:
    return statement.format(at="trees.").replace("?", "%s")
