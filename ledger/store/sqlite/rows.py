"""Rows in SQLite, many with few statements: put in, committed, and found by their keys."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any

from ledger.store.interface import Batch
from ledger.store.translation import outcome_unknown

_RESERVED = """
SELECT key, position
FROM reservations
WHERE key IN (VALUES {asked})
"""
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
    _insert(writer, _APPEND_ENTRIES, batch.rows)
    _insert(writer, _APPEND_SEALED, batch.sealed)
    _insert(writer, _RESERVE, batch.reserved)


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
    return dict(found_among(connection, _RESERVED, [(key,) for key in keys]))


def found_among(
    connection: sqlite3.Connection, statement: str, keys: Sequence[tuple[bytes | str, ...]]
) -> Iterator[Any]:
    """What a statement finds of the keys `{asked}`; whoever wants it as of one instant has begun a transaction."""
    for values, asked in _in_powers_of_two(keys):
        yield from connection.execute(
            statement.format(asked=values), [value for key in asked for value in key]
        )


def _insert(writer: sqlite3.Connection, statement: str, rows: Sequence[tuple[object, ...]]) -> None:
    """Inserts the rows in few statements.

    Each statement lets other threads run, and taking the interpreter back from them costs more than
    the insert: a statement a row would halve what sixteen writers get done.
    """
    for values, taken in _in_powers_of_two(rows):
        writer.execute(statement + values, [value for row in taken for value in row])


def _in_powers_of_two(
    rows: Sequence[tuple[object, ...]],
) -> Iterator[tuple[str, Sequence[tuple[object, ...]]]]:
    """The rows in parts of a power of two, so that few texts are prepared, each with the places for its values."""
    start, size = 0, _ROWS_A_STATEMENT
    while start < len(rows):
        while size > len(rows) - start:
            size //= 2
        a_row = f"({', '.join('?' * len(rows[start]))})"
        yield ", ".join([a_row] * size), rows[start : start + size]
        start += size
