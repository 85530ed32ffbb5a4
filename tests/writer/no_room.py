"""A store that takes no more, for a reason that goes away."""

from __future__ import annotations

import sqlite3
from collections.abc import Generator
from contextlib import contextmanager

import psycopg

from ledger.service import Ledger
from ledger.store.sqlite.ledger import SqliteLedgerStore
from tests.ledgers import Place


@contextmanager
def full(connection: sqlite3.Connection) -> Generator[None]:
    """SQLite finds no room for another page, as on a full disk."""
    ((pages,),) = connection.execute("PRAGMA page_count").fetchall()
    connection.execute(f"PRAGMA max_page_count = {pages}")
    try:
        yield
    finally:
        connection.execute("PRAGMA max_page_count = 4294967294")


@contextmanager
def no_room_for_entries(place: Place, ledger: Ledger) -> Generator[None]:
    """The database takes no more entries, for a reason that goes away."""
    store = ledger.store
    if isinstance(store, SqliteLedgerStore):
        with full(store._writer):
            yield
        return
    with psycopg.connect(str(place.location), autocommit=True) as connection:
        connection.execute(_NO_ROOM)
        connection.execute(_FULL)
        yield
        connection.execute("DROP FUNCTION ledger.no_room CASCADE")


_NO_ROOM = """
CREATE FUNCTION ledger.no_room() RETURNS trigger
LANGUAGE plpgsql
AS $$ BEGIN RAISE disk_full; END $$
"""
_FULL = """
CREATE TRIGGER no_room
BEFORE INSERT ON ledger.entries
FOR EACH STATEMENT EXECUTE FUNCTION ledger.no_room()
"""
