"""Saving: what the fold says is written into tables, and read from them again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Connection, Table, TextClause, bindparam, text

from ledger.errors import LedgerError
from ledger.store import LedgerStore
from projections.fold.engine import AnyProjection, Changes, Fold, Version, topics_of
from projections.fold.temporal import CURRENT, magnitude
from projections.fold.told import told_by
from projections.store.control import Control
from projections.store.databases import Database
from projections.store.tables import codec_of

_LOOKED_UP_AT_ONCE = 500


def look_up(
    connection: Connection,
    projection: AnyProjection,
    table: Table,
    keys: Sequence[str],
    *,
    known_at: int | None = None,
) -> list[Version]:
    """The versions of these keys that are current, or were known at an instant, by key and place."""
    codec = codec_of(projection.row)
    statement = _current(table.fullname, codec.names, then=known_at is not None)
    found: list[Version] = []
    for at in range(0, len(keys), _LOOKED_UP_AT_ONCE):
        given: dict[str, Any] = {"keys": list(keys[at : at + _LOOKED_UP_AT_ONCE])}
        if known_at is not None:
            given["known_at"] = known_at
        found += map(codec.decode, connection.execute(statement, given))
    return found


@cache
def _current(table: str, columns: tuple[str, ...], *, then: bool) -> TextClause:
    """What finds the versions of some keys in a table: those that are current, or were known then."""
    holds = "known_from <= :known_at AND known_to > :known_at" if then else f"magnitude = {CURRENT}"
    return text(
        f"SELECT {', '.join(columns)} FROM {table} WHERE key IN :keys AND {holds} ORDER BY key, place"
    ).bindparams(bindparam("keys", expanding=True))


def take_in(
    database: Database,
    connection: Connection,
    control: Control,
    tables: Mapping[AnyProjection, Table],
    store: LedgerStore,
    *,
    after: int,
    upto: int,
    batch: int,
) -> tuple[int, LedgerError | None]:
    """Folds the next entries into these tables and moves their checkpoints; also what failed, if anything did."""
    projections = list(tables)
    topics = topics_of(projections)
    fold = Fold(
        projections,
        stored=lambda projection, keys: look_up(connection, projection, tables[projection], keys),
    )
    rows = store.entries(after=after, limit=batch, upto=upto)
    first_versions: dict[str, int] = {}
    for row in rows:
        if row.topic in topics:
            first_versions.setdefault(row.stream, row.version)
    fold.hold(first_versions, {row.topic for row in rows})
    failure: LedgerError | None = None
    for row in rows:
        if row.topic in topics:
            try:
                fold.take(told_by(row.position, row.stream, row.version, row.topic, row.state))
            except LedgerError as failed:
                failure = failed
                break
        after = row.position
    if failure is None and len(rows) < batch:
        after = _past_what_is_lost(store, after, upto)
    for projection, changes in zip(projections, fold.release(), strict=True):
        save(database, connection, tables[projection], to_save(projection, changes))
    control.move(connection, tables, after)
    return after, failure


def _past_what_is_lost(store: LedgerStore, after: int, upto: int) -> int:
    """The last of the places that follow a position without an entry, since a recovery says that theirs is lost."""
    for position, _ in store.lost(after=after, upto=upto):
        if position != after + 1:
            break
        after = position
    return after


class Saving(NamedTuple):
    """What changed in one projection, as its table takes it in."""

    replaced: Sequence[tuple[str, int]]
    closed: Sequence[tuple[int, int, str, int]]
    added: Sequence[Sequence[Any]]


def to_save(projection: AnyProjection, changes: Changes) -> Saving:
    """Turns what changed into what is written; the costly part, for which no lock is needed."""
    closed = [
        (known_to, magnitude(known_from, known_to), key, place)
        for key, place, known_from, known_to in changes.closed
    ]
    return Saving(
        changes.replaced, closed, list(map(codec_of(projection.row).encode, changes.added))
    )


def save(database: Database, connection: Connection, table: Table, saving: Saving) -> None:
    """Writes what changed into the table of a projection."""
    database.remove_rows(connection, table, saving.replaced)
    database.close_rows(connection, table, saving.closed)
    database.insert(connection, table, saving.added)
