"""Where a ledger lies decides which store serves it: a home folder or a PostgreSQL database."""

from __future__ import annotations

import sqlite3
from collections.abc import Generator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from ledger.errors import Refusal
from ledger.store.arrivals import Arrivals, HomeListening
from ledger.store.interface import LedgerStore, VaultStore
from ledger.store.sqlite import files as sqlite_files
from ledger.store.sqlite.ledger import FILE, SqliteLedgerStore
from ledger.store.sqlite.trees import SqliteTreesStore
from ledger.store.sqlite.vault import SqliteVaultStore
from ledger.store.translation import Translated
from ledger.store.trees import TreesStore
from ledger.store.turns import HomeTurn, Turn

if TYPE_CHECKING:
    from ledger.store.postgres.ledger import PostgresLedgerStore
    from ledger.store.postgres.sessions import Database
    from ledger.store.postgres.trees import PostgresTreesStore
    from ledger.store.postgres.turns import DatabaseListening, DatabaseTurn
    from ledger.store.postgres.vault import PostgresVaultStore

Location = Path | str
"""The path of a home folder, or the URL of a PostgreSQL database."""


def open_ledger_store(location: Location, *, examining: bool = False) -> LedgerStore:
    """The ledger at a location; one sentence says why it cannot be opened.

    `examining` opens also one whose guards were taken away, to be read alone.
    """
    if isinstance(location, Path):
        return SqliteLedgerStore(location, examining=examining)
    return _postgres_ledger()(location, examining=examining)


def create_ledger_store(location: Location) -> LedgerStore:
    """A new, empty ledger at a location; refused where one is already."""
    if isinstance(location, Path):
        return SqliteLedgerStore.create(location)
    return _postgres_ledger().create(location)


def open_vault_store(location: Location) -> VaultStore:
    """The vault at a location; one in which a destroyed key is back is refused."""
    if isinstance(location, Path):
        return SqliteVaultStore(location)
    return _postgres_vault()(location)


def create_vault_store(location: Location) -> VaultStore:
    """A new vault without keys at a location; refused where one is already."""
    if isinstance(location, Path):
        return SqliteVaultStore.create(location)
    return _postgres_vault().create(location)


def open_trees_store(location: Location) -> TreesStore:
    """The trees at a location, empty ones where none are that can be used."""
    if isinstance(location, Path):
        return SqliteTreesStore(location)
    return _postgres_trees()(location)


@contextmanager
def writable_place(location: Location, file: str) -> Generator[Location]:
    """Where a file of what follows from entries is kept while the block runs: beside them if that can be written."""
    if isinstance(location, str):
        yield location
        return
    with sqlite_files.writable_home(location, file) as home:
        yield home


def turn_at(location: Location, name: str) -> Turn:
    """The turn of this name at a location, to be taken."""
    if isinstance(location, Path):
        return HomeTurn(location, name)
    return _postgres_turn()(location, name)


def arrivals_at(location: Location, store: LedgerStore) -> Arrivals:
    """What tells of entries that arrive in the ledger at a location."""
    if isinstance(location, Path):
        return Arrivals(store, HomeListening(location / FILE))
    return Arrivals(store, _postgres_listening()(location))


@contextmanager
def making_alone(location: Location) -> Generator[None]:
    """While the block runs nobody else makes a ledger at a location; Refusal if somebody does already."""
    if isinstance(location, Path):
        with Translated(f"The home {location.name}", OSError):
            location.mkdir(parents=True, exist_ok=True, mode=0o700)
    with turn_at(location, "init") as turn:
        if not turn.take():
            raise Refusal(
                "Another process makes a ledger there just now: use that one, or choose another place.",
                rule="one-ledger-a-home",
            )
        yield


@contextmanager
def under_maintenance(location: Location, *, reason: str) -> Generator[None]:
    """While the block runs nobody opens the ledger or writes to it, and all hear the reason.

    If the block fails, or its process dies, the mark stays and the ledger stays refused, until a
    block for the same location succeeds.
    """
    if isinstance(location, Path):
        with _home_under_maintenance(location, reason):
            yield
        return
    with _postgres_database()(location).under_maintenance(reason):
        yield


@contextmanager
def _home_under_maintenance(home: Path, reason: str) -> Generator[None]:
    translated = Translated(f"The home {home.name}", sqlite3.Error, OSError)
    with translated:
        lock = sqlite_files.writer_lock(home)
    with closing(lock), lock:
        with translated:
            sqlite_files.mark_maintenance(home, reason)
        yield
        with translated:
            sqlite_files.end_maintenance(home)


# PostgreSQL's driver takes a tenth of a second to import: a command on a home folder is spared it.


def _postgres_ledger() -> type[PostgresLedgerStore]:
    from ledger.store.postgres.ledger import PostgresLedgerStore  # noqa: PLC0415

    return PostgresLedgerStore


def _postgres_vault() -> type[PostgresVaultStore]:
    from ledger.store.postgres.vault import PostgresVaultStore  # noqa: PLC0415

    return PostgresVaultStore


def _postgres_trees() -> type[PostgresTreesStore]:
    from ledger.store.postgres.trees import PostgresTreesStore  # noqa: PLC0415

    return PostgresTreesStore


def _postgres_turn() -> type[DatabaseTurn]:
    from ledger.store.postgres.turns import DatabaseTurn  # noqa: PLC0415

    return DatabaseTurn


def _postgres_listening() -> type[DatabaseListening]:
    from ledger.store.postgres.turns import DatabaseListening  # noqa: PLC0415

    return DatabaseListening


def _postgres_database() -> type[Database]:
    from ledger.store.postgres.sessions import Database  # noqa: PLC0415

    return Database
