"""A database as PostgreSQL's own programs write it out and take it in, each schema as a script of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any, LiteralString

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from api.webhooks.deliveries import SCHEMA as DELIVERIES
from ledger.errors import LedgerUnavailable, Refusal
from ledger.store.postgres.sessions import RESTORED, Database

LEDGER, VAULT = "ledger.sql", "vault.sql"
_TIP = """
SELECT greatest(
    (SELECT coalesce(max(notification_id), 0) FROM ledger.entries),
    (SELECT coalesce(max(position), 0) FROM ledger.lost)
)
"""
_EPOCH = "SELECT epoch FROM vault.secrets WHERE name = 'person'"
_THERE = "SELECT nspname FROM pg_namespace WHERE nspname IN ('ledger', 'vault', 'webhooks')"


def dump_entries(url: str, place: Path) -> int:
    """Writes out the schema of the ledger, and as of the same instant how far deliveries are; its last position."""
    return _dump(url, ("ledger", DELIVERIES), place, told=_TIP)


def dump_keys(url: str, place: Path) -> int:
    """Writes out the schema of the vault; the epoch of the master key that opens it."""
    return _dump(url, ("vault",), place, told=_EPOCH)


def refuse_taken(url: str) -> None:
    """Refusal if a ledger or a vault is there already, or what deliveries keep."""
    database = Database(url)
    with database.translated, database.connect() as connection:
        there = [name for (name,) in connection.execute(_THERE)]
    if there:
        raise Refusal(
            f"{database.place} already holds a schema {there[0]}: name an empty database.",
            rule="one-ledger-a-home",
        )


def begin_restoring(url: str) -> None:
    """Whoever asks for a ledger there hears from now on that it is half restored, until scripts are taken in."""
    Database(url).begin_restoring()


def load(url: str, scripts: Sequence[Path]) -> None:
    """Takes in scripts, all of them or nothing; then it is restored."""
    files = [f"--file={each}" for each in scripts]
    ends_at_once = ("--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1")
    _run("psql", url, *ends_at_once, *files, f"--command={RESTORED}")


def _dump(url: str, schemas: Sequence[str], place: Path, *, told: LiteralString) -> int:
    """Writes out schemas, if they are there, as of one instant; what a statement says of that very instant."""
    database = Database(url)
    with database.translated, database.connect(patient=True) as connection:
        connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        (found,) = _row(connection.execute(told))
        (snapshot,) = _row(connection.execute("SELECT pg_export_snapshot()"))
        _run(
            "pg_dump",
            url,
            *(f"--schema={each}" for each in schemas),
            *(f"--snapshot={snapshot}", f"--file={place}"),
            *("--no-owner", "--no-privileges"),
        )
    return found


def _row(found: psycopg.Cursor[tuple[Any, ...]]) -> tuple[Any, ...]:
    row = found.fetchone()
    assert row is not None
    return row


def _run(program: str, url: str, *options: str) -> None:
    """Runs a program on the database, whose password shows in no list of processes."""
    found = shutil.which(program)
    if found is None:
        raise LedgerUnavailable(
            f"{program} is not here: install PostgreSQL's client programs, of the server's version or newer, and "
            "let PATH name their folder."
        )
    given = conninfo_to_dict(url)
    password = given.pop("password", None)
    environment = {**os.environ, **({"PGPASSWORD": str(password)} if password else {})}
    command = [found, "--no-password", f"--dbname={make_conninfo('', **given)}", *options]
    ran = subprocess.run(
        command, env=environment, capture_output=True, text=True, check=False, errors="replace"
    )
    if ran.returncode != 0:
        said = (ran.stderr.strip().splitlines() or ["it said nothing"])[0]
        raise LedgerUnavailable(f"{program} did not do it ({said}): put that right and try again.")
