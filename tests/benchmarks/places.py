"""The stores that are measured, each with a bare table and a stock application beside it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Protocol

import psycopg
from eventsourcing.persistence import ApplicationRecorder

from ledger.service import Ledger
from tests.benchmarks.office import publication
from tests.benchmarks.rivals import StockCases, stock_on_postgresql, stock_on_sqlite
from tests.servers.postgresql import PostgresqlServer


class Place(Protocol):
    """One of the two databases: where new ledgers, bare tables and stock applications can be made."""

    name: str
    folder: Path

    def location(self) -> Path | str:
        """Where no ledger lies yet."""
        ...

    def master_key(self) -> Path:
        """A file for the master key of the ledger that is made next."""
        ...

    def bare(self) -> BareTable:
        """A new table that takes rows."""
        ...

    def stock(self, *, writers: int) -> StockCases:
        """A new stock application for so many threads."""
        ...


class BareTable(Protocol):
    """A table into which one row goes with one fsync: the least that a durable command costs."""

    def insert(self, row: bytes) -> None:
        """One row, durable on return."""
        ...

    def close(self) -> None: ...


@dataclass
class OnSqlite:
    """Files in a folder, WAL, synchronous FULL."""

    folder: Path
    name: str = "SQLite"
    _numbers: Iterator[int] = field(default_factory=count)

    def location(self) -> Path:
        return self.folder / f"home-{next(self._numbers)}"

    def master_key(self) -> Path:
        return self.folder / f"key-{next(self._numbers)}"

    def bare(self) -> BareTable:
        return _SqliteTable(self.folder / f"bare-{next(self._numbers)}.db")

    def stock(self, *, writers: int) -> StockCases:
        return stock_on_sqlite(self.folder / f"stock-{next(self._numbers)}.db")


@dataclass
class OnPostgresql:
    """Databases of a server on a local socket, synchronous_commit on."""

    folder: Path
    server: PostgresqlServer
    databases: ExitStack
    name: str = "PostgreSQL"
    _numbers: Iterator[int] = field(default_factory=count)

    def location(self) -> str:
        return self.databases.enter_context(self.server.database())

    def master_key(self) -> Path:
        return self.folder / f"postgresql-key-{next(self._numbers)}"

    def bare(self) -> BareTable:
        return _PostgresqlTable(self.location())

    def stock(self, *, writers: int) -> StockCases:
        return stock_on_postgresql(self.location(), writers=writers)


@contextmanager
def office_at(place: Place) -> Iterator[Ledger]:
    """A new ledger at a place, the policy published, for the block."""
    with Ledger.create(place.location(), master_key=place.master_key()) as ledger:
        ledger.handle_all([publication(ledger.policy_id)])
        yield ledger


def recorder_of(app: StockCases) -> ApplicationRecorder:
    """The stock recorder of an application."""
    return app.recorder


class _SqliteTable:
    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute("PRAGMA synchronous = FULL")
        self._connection.execute("CREATE TABLE rows (id INTEGER PRIMARY KEY, state BLOB NOT NULL)")

    def insert(self, row: bytes) -> None:
        self._connection.execute("INSERT INTO rows (state) VALUES (?)", (row,))

    def close(self) -> None:
        self._connection.close()


class _PostgresqlTable:
    def __init__(self, url: str) -> None:
        self._connection = psycopg.connect(url, autocommit=True)
        self._connection.execute(
            "CREATE TABLE rows (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, "
            "state bytea NOT NULL)"
        )

    def insert(self, row: bytes) -> None:
        self._connection.execute("INSERT INTO rows (state) VALUES (%b)", (row,), prepare=True)

    def close(self) -> None:
        self._connection.close()
