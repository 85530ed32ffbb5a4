"""Database accounts with no more rights than they need: one that works with a ledger, and one that only reads it.

The account that made the ledger owns it and could take its guards away; nobody works with that one from day
to day. The one that works may add entries and change none, by its rights alone and before any trigger is asked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import LiteralString

import psycopg
from psycopg.sql import SQL, Identifier

from ledger.errors import InvalidCommand, NotAuthorised
from ledger.store.postgres.connection import Connection
from ledger.store.postgres.schema import LEDGER, VAULT, emptied
from ledger.store.postgres.sessions import Database

_MADE_AGAIN = ("views", "trees")
"""The schemas in which the application makes its tables, and may throw them away."""

_KEPT = ("webhooks",)
"""The schemas in which the application keeps what it cannot make again."""
_APPLICATION = (
    "REVOKE ALL ON ALL TABLES IN SCHEMA ledger, vault FROM {account}",
    "REVOKE ALL ON SCHEMA ledger, vault FROM {account}",
    "GRANT USAGE ON SCHEMA ledger, vault TO {account}",
    "GRANT SELECT ON ALL TABLES IN SCHEMA ledger, vault TO {account}",
    "GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA ledger, vault TO {account}",
    """
GRANT INSERT ON ledger.entries, ledger.sealed, ledger.reservations, ledger.lost, ledger.checkpoints
TO {account}
""",
    "GRANT DELETE ON ledger.sealed TO {account}",
    "GRANT INSERT, UPDATE, DELETE ON vault.keys TO {account}",
    "GRANT INSERT, UPDATE ON vault.secrets TO {account}",
    "GRANT INSERT ON vault.destroyed TO {account}",
    "GRANT UPDATE (value) ON vault.meta TO {account}",
    "GRANT USAGE, CREATE ON SCHEMA views, trees, webhooks TO {account}",
)
_KEEPING = ("GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA webhooks TO {account}",)
_SWEEPING = "GRANT MAINTAIN ON ledger.sealed, vault.keys, vault.secrets TO {account}"
_SWEEPING_SINCE = 170_000
"""Before PostgreSQL 17 only its owner may write a table anew without what was deleted from it."""

_READER = (
    "REVOKE ALL ON ALL TABLES IN SCHEMA ledger, vault FROM {account}",
    "REVOKE ALL ON SCHEMA ledger, vault FROM {account}",
    "GRANT USAGE ON SCHEMA ledger, views TO {account}",
    "GRANT EXECUTE ON FUNCTION ledger.refuse_maintenance() TO {account}",
    """
GRANT SELECT ON ledger.meta, ledger.entries, ledger.reservations, ledger.lost, ledger.checkpoints
TO {account}
""",
)
_READER_OF_VIEWS = (
    "GRANT SELECT ON ALL TABLES IN SCHEMA views TO {account}",
    """
ALTER DEFAULT PRIVILEGES FOR ROLE {application} IN SCHEMA views
GRANT SELECT ON TABLES TO {account}
""",
)
_OWNER = """
SELECT pg_get_userbyid(nspowner), pg_has_role(nspowner, 'MEMBER')
FROM pg_namespace
WHERE nspname = 'ledger'
"""
_MAY_DO_ANYTHING = """
SELECT rolsuper OR pg_has_role(rolname, (
    SELECT nspowner FROM pg_namespace WHERE nspname = 'ledger'
), 'MEMBER')
FROM pg_roles
WHERE rolname = %s
"""
_OF_OTHERS = """
SELECT count(*)
FROM pg_tables
WHERE schemaname = %s
AND tableowner <> %s
"""


@dataclass(frozen=True, slots=True)
class Granted:
    """Which account works with a ledger, whether it may also sweep what an erasure deletes, and which only reads."""

    application: str
    sweeps: bool
    reader: str | None


def grant_roles(url: str, *, application: str, reader: str | None) -> Granted:
    """Gives both accounts the rights that they need and takes away what other rights on it they had.

    Asked by the owner of the ledger, whose older schema is brought up to date by it. NotAuthorised for
    anybody else; InvalidCommand for an account that is not there or that may do anything already.
    """
    database = Database(url)
    database.make_ready("ledger", LEDGER)
    database.make_ready("vault", VAULT)
    with database.translated, database.connect() as connection, connection.transaction():
        _refuse_all_but_the_owner(connection)
        for account in (application, *([reader] if reader else [])):
            _refuse_unfit(connection, account)
        for schema in _MADE_AGAIN:
            if connection.execute(_OF_OTHERS, (schema, application)).fetchone() != (0,):
                connection.execute(emptied(schema).encode())
        for schema in (*_MADE_AGAIN, *_KEPT):
            connection.execute(SQL("CREATE SCHEMA IF NOT EXISTS {}").format(Identifier(schema)))
        _grant(connection, _APPLICATION, application)
        _let_keep_deliveries(connection, application)
        sweeps = connection.info.server_version >= _SWEEPING_SINCE
        if sweeps:
            _grant(connection, (_SWEEPING,), application)
        if reader is not None:
            _grant(connection, _READER, reader)
            _let_read_views(connection, application, reader)
    return Granted(application, sweeps, reader)


def _refuse_all_but_the_owner(connection: Connection) -> None:
    for owner, ours in connection.execute(_OWNER):
        if not ours:
            raise NotAuthorised(
                f"Only the account that owns the ledger, {owner}, says who may do what: give its address in "
                "CASELEDGER_DATABASE_URL."
            )


def _refuse_unfit(connection: Connection, account: str) -> None:
    found = connection.execute(_MAY_DO_ANYTHING, (account,)).fetchone()
    if found is None:
        raise InvalidCommand(
            f"There is no account {account} in this database: let its administrator make it, as with "
            f"CREATE ROLE {account} LOGIN PASSWORD '...'."
        )
    if found == (True,):
        raise InvalidCommand(
            f"The account {account} owns the ledger or administers the database, and may do anything: name one "
            "that does not."
        )


def _let_keep_deliveries(connection: Connection, application: str) -> None:
    """Gives rights on tables of others: those that the application made are its own, and nobody else's to give."""
    for schema in _KEPT:
        if connection.execute(_OF_OTHERS, (schema, application)).fetchone() == (0,):
            continue
        try:
            _grant(connection, _KEEPING, application)
        except psycopg.errors.InsufficientPrivilege as error:
            raise NotAuthorised(
                f"Only whoever made the tables in the schema {schema}, such as an account that worked with the ledger "
                f"before, can let {application} go on with them: let the administrator say REASSIGN OWNED BY that "
                f"account TO {application}, and ask again."
            ) from error


def _let_read_views(connection: Connection, application: str, reader: str) -> None:
    try:
        _grant(connection, _READER_OF_VIEWS, reader, application=application)
    except psycopg.errors.InsufficientPrivilege as error:
        owner = connection.info.user
        raise NotAuthorised(
            f"Only a member of {application} can let {reader} read what {application} makes: let the "
            f"administrator say GRANT {application} TO {owner}, and ask again."
        ) from error


def _grant(
    connection: Connection,
    statements: Sequence[LiteralString],
    account: str,
    *,
    application: str = "",
) -> None:
    named = {"account": Identifier(account), "application": Identifier(application)}
    for statement in statements:
        connection.execute(SQL(statement).format(**named))
