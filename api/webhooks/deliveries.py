"""Deliveries: how far each subscription has come, kept beside the ledger, in a home folder or a database.

What is kept here is no evidence: without it deliveries go on from what the ledger says of them, and some
are made again. Whoever saves says which version they took in, so that of two who deliver the same
subscription the one who lost the turn stops.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any, Self
from uuid import UUID

import orjson
import psycopg
from sqlalchemy import (
    Column,
    Engine,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    create_engine,
    delete,
    insert,
    inspect,
    select,
    text,
    update,
)
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.pool import NullPool

from api.webhooks.backlog import Backlog, Owed
from ledger.errors import IntegrityFailure, LedgerError, LedgerUnavailable
from ledger.store import Location
from ledger.store.postgres.connection import connect
from ledger.store.postgres.sessions import Database
from ledger.store.translation import translate

FILE = "webhooks.db"
SCHEMA = "webhooks"
_BUSY_SECONDS = 10.0


class TurnLost(LedgerUnavailable):
    """Somebody else delivers this subscription by now: they go on, and what was just sent may be sent again."""


class Deliveries:
    """The backlogs of all subscriptions. Use it as a context manager, or close it."""

    def __init__(self, engine: Engine, *, place: str, schema: str | None) -> None:
        self._engine = engine
        self._place = place
        self._versions: dict[UUID, int] = {}
        self._table = Table(
            "backlogs",
            MetaData(schema=schema),
            Column("webhook_id", String(36), primary_key=True),
            Column("version", Integer, nullable=False),
            Column("state", Text, nullable=False),
        )
        with self._translated():
            self._make_ready(schema)

    @classmethod
    def open(cls, location: Location) -> Self:
        """The deliveries that belong to the ledger at a location, made if they are not there."""
        if isinstance(location, Path):
            return cls(_at_home(location), place=FILE, schema=None)
        database = Database(location)
        given = {**database.parameters, "application_name": "caseledger webhooks"}
        engine = create_engine(
            "postgresql+psycopg://",
            creator=lambda: connect(given, autocommit=False),
            pool_pre_ping=True,
        )
        return cls(engine, place=f"{database.place} (schema {SCHEMA})", schema=SCHEMA)

    def load(self, webhook_id: UUID) -> Backlog | None:
        """The backlog of a subscription as it was saved last; None if none was."""
        table = self._table
        with self._translated(), self._engine.connect() as connection:
            row = connection.execute(
                select(table.c.version, table.c.state).where(table.c.webhook_id == str(webhook_id))
            ).first()
        self._versions[webhook_id] = row.version if row else 0
        return _read(row.state) if row else None

    def save(self, webhook_id: UUID, backlog: Backlog) -> None:
        """Saves a backlog over the one that was loaded or saved here last; TurnLost if it is there no longer."""
        table, version = self._table, self._versions[webhook_id]
        state = orjson.dumps(asdict(backlog)).decode()
        values = {"version": version + 1, "state": state}
        key = {"webhook_id": str(webhook_id)}
        with self._translated(), self._engine.begin() as connection:
            if version == 0:
                there = select(table.c.version).where(table.c.webhook_id == str(webhook_id))
                if connection.execute(there).first() is not None:
                    raise TurnLost
                connection.execute(insert(table).values(**key, **values))
            else:
                changed = connection.execute(
                    update(table)
                    .where(table.c.webhook_id == str(webhook_id), table.c.version == version)
                    .values(**values)
                )
                if changed.rowcount != 1:
                    raise TurnLost
        self._versions[webhook_id] = version + 1

    def forget(self, webhook_id: UUID) -> None:
        """Lets go of the backlog of a subscription that ended."""
        with self._translated(), self._engine.begin() as connection:
            connection.execute(
                delete(self._table).where(self._table.c.webhook_id == str(webhook_id))
            )

    def close(self) -> None:
        """Lets go of the file or the connections."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _make_ready(self, schema: str | None) -> None:
        """Makes the table if it is not there, and its schema, which an account without that right finds made."""
        if inspect(self._engine).has_table(self._table.name, schema=schema):
            return
        with self._engine.begin() as connection:
            if schema is not None:
                connection.execute(text(f"SELECT pg_advisory_xact_lock({_MAKING})"))
                if not inspect(connection).has_schema(schema):
                    connection.execute(text(f"CREATE SCHEMA {schema}"))
            self._table.create(connection, checkfirst=True)

    @contextmanager
    def _translated(self) -> Generator[None]:
        try:
            yield
        except (SQLAlchemyError, sqlite3.Error, psycopg.Error, OSError) as error:
            cause = error.orig if isinstance(error, DBAPIError) else error
            found: LedgerError | None = (
                translate(cause, place=self._place) if isinstance(cause, Exception) else None
            )
            if isinstance(found, IntegrityFailure):
                raise LedgerUnavailable(
                    f"{self._place} is damaged: take it away, and deliveries go on from what the ledger says of "
                    "them, some of them once more."
                ) from error
            if found is not None:
                raise found from error
            raise


_MAKING = 0x7765_6268_6F6F_6B73


def _at_home(home: Path) -> Engine:
    path = (home / FILE).absolute()

    def connect() -> sqlite3.Connection:
        if not home.is_dir():
            raise LedgerUnavailable(
                f"There is no folder {home}: run `caseledger init`, or name the folder of the ledger in "
                "CASELEDGER_HOME."
            )
        descriptor = os.open(
            path, os.O_RDWR | os.O_CREAT, 0o600
        )  # SQLite would let everybody read it
        os.close(descriptor)
        return sqlite3.connect(path, timeout=_BUSY_SECONDS)

    return create_engine("sqlite+pysqlite://", creator=connect, poolclass=NullPool)


def _read(state: str) -> Backlog:
    said: dict[str, Any] = orjson.loads(state)
    owed = tuple(
        Owed(**{**each, **_instants(each, "refused_since", "next_at")}) for each in said["owed"]
    )
    return Backlog(**{**said, **_instants(said, "rests_until"), "owed": owed})


def _instants(said: dict[str, Any], *names: str) -> dict[str, datetime | None]:
    return {name: said[name] and datetime.fromisoformat(said[name]) for name in names}
