"""What a store holds, as somebody else sees it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg

from ledger.service import Ledger
from tests.ledgers import Place


def commits_on(place: Place, ledger: Ledger) -> int:
    """How many transactions have written the entries, as the database itself tells."""
    if isinstance(place.location, Path):
        return _commit_frames((place.location / "ledger.db-wal").read_bytes())
    with psycopg.connect(place.location) as connection:
        statement = "SELECT count(DISTINCT xmin::text) FROM ledger.entries"
        return connection.execute(statement).fetchall()[0][0]


def _commit_frames(log: bytes) -> int:
    """Frames of a write-ahead log that end a transaction (their header says the size of the file after it)."""
    page_size, salt = int.from_bytes(log[8:12], "big"), log[16:24]
    frames = [log[at : at + 24] for at in range(32, len(log) - 23, 24 + page_size)]
    return sum(frame[8:16] == salt and frame[4:8] != bytes(4) for frame in frames)


def held_open(place: Place) -> Any:
    """A reader that keeps SQLite's write-ahead log from being cut, so that its transactions can be counted."""
    if not isinstance(place.location, Path):
        return closing(psycopg.connect(place.location))
    connection = sqlite3.connect(place.location / "ledger.db", isolation_level=None)
    connection.execute("BEGIN")
    connection.execute("SELECT count(*) FROM entries").fetchone()
    return closing(connection)


def stored_at(place: Place, position: int) -> str:
    """The stream of the entry at a position, as somebody else reads it."""
    if isinstance(place.location, Path):
        with closing(sqlite3.connect(place.location / "ledger.db")) as connection:
            statement = "SELECT originator_id FROM entries WHERE rowid = ?"
            return connection.execute(statement, (position,)).fetchone()[0]
    with psycopg.connect(place.location) as connection:
        statement = "SELECT originator_id FROM ledger.entries WHERE notification_id = %s"
        return connection.execute(statement, (position,)).fetchall()[0][0]
