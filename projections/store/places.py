"""The place of the views: beside the ledger, in the same home folder or the same database."""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path

from ledger.store import Location, writable_place
from projections.store.databases import Database


def place_of_views(location: Location) -> AbstractContextManager[Location]:
    """Where the views of a ledger lie while the block runs: a copy elsewhere, if nothing can be written there."""
    from projections.store.sqlite_views import FILE  # noqa: PLC0415

    return writable_place(location, FILE)


def database_at(location: Location, *, filling: bool = False) -> Database:
    """The views' database that belongs to a ledger's location.

    `filling` is for a shard of a rebuild: it writes to tables that nobody reads yet, beside other
    shards, and need not survive a loss of power before the rebuild has ended.
    """
    if isinstance(location, Path):
        from projections.store.sqlite_views import SqliteViews  # noqa: PLC0415

        return SqliteViews(location, filling=filling)
    from projections.store.postgres_views import PostgresViews  # noqa: PLC0415 - whose driver is large

    return PostgresViews(location, shared=filling)
