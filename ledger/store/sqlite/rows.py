"""Rows of a ledger in SQLite: put in with few statements, committed, and the reservations among them found."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from ledger.store.interface import Batch
from ledger.store.translation import outcome_unknown

_RESERVED = """
SELECT key, position
FROM reservations
WHERE key IN """
_APPEND_ENTRIES = """
INSERT INTO entries (rowid, originator_id, originator_version, topic, state)
VALUES """
_APPEND_SEALED = """
INSERT INTO sealed (position, key_id, blob)
VALUES """
_RESERVE = """
INSERT INTO reservations (key, position)
VALUES """
_ROWS_A_STATEMENT = 256


def insert(writer: sqlite3.Connection, batch: Batch) -> None:
    """Inserts all of a batch; the caller has begun a transaction."""
    _insert(writer, _APPEND_ENTRIES, 5, batch.rows)
    _insert(writer, _APPEND_SEALED, 3, batch.sealed)
    _insert(writer, _RESERVE, 2, batch.reserved)


def commit(writer: sqlite3.Connection) -> None:
    """Commits durably; OutcomeUnknown if the disk fails meanwhile: a crash may bring back what it took."""
    try:
        writer.execute("COMMIT")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_IOERR:
            raise outcome_unknown("The disk of the ledger") from error
        raise


def reserved(connection: sqlite3.Connection, keys: Sequence[bytes]) -> dict[bytes, int]:
    """Those of the keys that are taken; a reservation is never given up, so the statements need not agree."""
    found: dict[bytes, int] = {}
    for start in range(0, len(keys), _ROWS_A_STATEMENT):
        asked = keys[start : start + _ROWS_A_STATEMENT]
        statement = f"{_RESERVED}({', '.join('?' * len(asked))})"
        found.update(connection.execute(statement, asked).fetchall())
    return found


def _insert(
    writer: sqlite3.Connection, statement: str, columns: int, rows: Sequence[tuple[object, ...]]
) -> None:
    """Inserts the rows in few statements, each of a power of two rows so that few texts are prepared.

    Each statement lets other threads run, and taking the interpreter back from them costs more than
    the insert: a statement a row would halve what sixteen writers get done.
    """
    start, size = 0, _ROWS_A_STATEMENT
    while start < len(rows):
        while size > len(rows) - start:
            size //= 2
        values = ", ".join(["(" + ", ".join("?" * columns) + ")"] * size)
        taken = rows[start : start + size]
        writer.execute(statement + values, [value for row in taken for value in row])
        start += size
