"""Views in the schema `views` of a PostgreSQL database."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg import sql
from sqlalchemy import Connection, Table, event, text
from sqlalchemy.exc import DisconnectionError

from ledger.store.postgres.connection import Connection as PostgresConnection
from ledger.store.postgres.connection import connect
from ledger.store.postgres.schema import emptied
from ledger.store.postgres.sessions import Database as PostgresDatabase
from projections.store.databases import Database, driver_of, pooled, translated

SCHEMA_NAME = "views"

_REBUILD_LOCK = 0x7669_6577_735F_6C64
_TABLES = 0x7669_6577_735F_7462
_WRITE_LOCK = 0x7669_6577_735F_7772
_ANSWERS_WITHIN_SECONDS = 600.0
"""An index over millions of rows takes minutes; a server that is gone is noticed by the network before."""
_UNHURRIED = text("SET LOCAL synchronous_commit = off; SET LOCAL lock_timeout = '600s'")
_ALONE = text(f"SELECT pg_advisory_xact_lock({_WRITE_LOCK})")
_TABLES_STAY = text(f"SELECT pg_try_advisory_xact_lock_shared({_TABLES})")
_TABLES_ARE_GONE = text(f"SELECT pg_advisory_xact_lock_shared({_TABLES})")
_TABLES_GO = text(f"SELECT pg_advisory_xact_lock({_TABLES})")


class PostgresViews(Database):
    """Views in a schema of a PostgreSQL database."""

    schema = SCHEMA_NAME
    mark = "%s"

    def __init__(self, url: str, *, shared: bool) -> None:
        self._database = PostgresDatabase(url)
        self._shared = shared
        self.place = f"{self._database.place} (schema {SCHEMA_NAME})"
        self.engine = pooled("postgresql+psycopg://", self._connect)
        event.listen(self.engine, "checkout", _refuse_stale)

    @contextmanager
    def reading(self) -> Generator[Connection]:
        with translated(self.place, psycopg.Error), self.engine.connect() as connection:
            connection = connection.execution_options(isolation_level="REPEATABLE READ")
            while True:
                with connection.begin():
                    if connection.scalar(_TABLES_STAY):
                        yield connection
                        return
                # Whoever waits sees what was there before: they begin anew.
                with connection.begin():
                    connection.execute(_TABLES_ARE_GONE)

    @contextmanager
    def writing(self) -> Generator[Connection]:
        with (
            translated(self.place, psycopg.Error),
            self.engine.connect() as connection,
            connection.begin(),
        ):
            connection.execute(_UNHURRIED)
            if not self._shared:
                connection.execute(_ALONE)
            yield connection

    def insert(self, connection: Connection, table: Table, rows: Sequence[Sequence[Any]]) -> None:
        if not rows:
            return
        columns = sql.SQL(", ").join(sql.Identifier(column.name) for column in table.columns)
        copying = sql.SQL("COPY {} ({}) FROM STDIN").format(
            sql.Identifier(SCHEMA_NAME, table.name), columns
        )
        with driver_of(connection).copy(copying) as copy:
            for row in rows:
                copy.write_row(row)

    @contextmanager
    def rebuilding(self) -> Generator[None]:
        with translated(self.place, psycopg.Error), self._database.connect(patient=True) as session:
            session.execute("SELECT pg_advisory_lock(%s)", (_REBUILD_LOCK,))
            yield

    def drop(self, connection: Connection, table: Table) -> None:
        connection.execute(_TABLES_GO)
        table.drop(connection, checkfirst=True)

    def settle(self) -> None:
        """Nothing: a commit after theirs makes theirs durable too."""

    def start_anew(self) -> None:
        with self.writing() as connection:
            connection.execute(_TABLES_GO)
            connection.execute(text(emptied(SCHEMA_NAME)))

    def analyse(self, table: Table) -> None:
        """Only what a VACUUM has seen is answered by an index alone, and it passes over what is not yet on the disk."""
        name = sql.Identifier(SCHEMA_NAME, table.name)
        with translated(self.place, psycopg.Error), self._database.connect(patient=True) as session:
            session.execute(
                sql.SQL("ANALYZE {}").format(name)
            )  # its commit brings all before it to the disk
            session.execute(sql.SQL("VACUUM {}").format(name))

    def _connect(self) -> PostgresConnection:
        parameters = {**self._database.parameters, "application_name": "caseledger views"}
        connection = connect(parameters, autocommit=False)
        connection.answers_within = _ANSWERS_WITHIN_SECONDS
        return connection


def _refuse_stale(connection: PostgresConnection, *_: object) -> None:
    """Lets the pool take another connection in the place of one that the server has ended meanwhile."""
    if connection.stale:
        raise DisconnectionError
