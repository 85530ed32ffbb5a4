"""Several processes start at once on an older schema: it is brought up to date once, or not at all."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from pathlib import Path
from secrets import token_hex
from threading import Event

import psycopg
import pytest

from ledger.errors import LedgerUnavailable
from ledger.store import Location, open_ledger_store
from ledger.store.migrations import SCHEMA_VERSION, Migration
from ledger.store.postgres import schema as postgres_schema
from ledger.store.postgres.sessions import Database
from ledger.store.sqlite import schema as sqlite_schema
from ledger.store.sqlite.files import connect, create, make_ready
from tests.contracts.recorded import all_rows, batch, end_sessions
from tests.forked import PROCESSES
from tests.patience import WITHIN_SECONDS

STARTING = 4
SLOWLY_ON_SQLITE = """
CREATE TABLE more AS
WITH RECURSIVE counted (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counted WHERE n < 1000000000)
SELECT count(*) AS n FROM counted
"""


def made_by_the_first_version(location: Location) -> None:
    """A ledger as the first version made it, before any migration."""
    meta = {"ledger_id": token_hex(16)}
    if isinstance(location, Path):
        create(location / "ledger.db", sqlite_schema.LEDGER[:1], meta=meta)
    else:
        Database(location).create("ledger", postgres_schema.LEDGER[:1], meta=meta)


def schema_of(location: Location) -> tuple[str, bool]:
    """What the ledger says of its schema, and whether the table `more` is there."""
    if isinstance(location, Path):
        with closing(connect(location / "ledger.db", synchronous="FULL")) as connection:
            ((said,),) = connection.execute(
                "SELECT value FROM meta WHERE name = ?", (SCHEMA_VERSION,)
            ).fetchall()
            more = connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'more'").fetchall()
            return said, bool(more)
    with psycopg.connect(location) as connection:
        ((said,),) = connection.execute(
            "SELECT value FROM ledger.meta WHERE name = %s", (SCHEMA_VERSION,)
        ).fetchall()
        more = connection.execute("SELECT 1 FROM pg_class WHERE relname = 'more'").fetchall()
        return said, bool(more)


def start(location: Location) -> int:
    """A process starts, and appends as soon as it may; the tip that it saw when it had."""
    store = open_ledger_store(location)
    with closing(store), store.exclusive():
        tip = store.tip()
        assert store.append(batch(tip + 1), expected_tip=tip)
        return tip + 1


def migrate_slowly(location: Location) -> None:
    """Brings the ledger to a schema that takes longer to make than anybody waits."""
    if isinstance(location, Path):
        slow = Migration(9, (SLOWLY_ON_SQLITE,))
        make_ready(location / "ledger.db", (*sqlite_schema.LEDGER, slow))
    else:
        slow = Migration(9, ("CREATE TABLE ledger.more (n bigint)", "SELECT pg_sleep(600)"))
        Database(location).make_ready("ledger", (*postgres_schema.LEDGER, slow))


def test_several_that_start_at_once_bring_an_older_ledger_up_to_date_once(
    location: Location,
) -> None:
    made_by_the_first_version(location)
    assert schema_of(location)[0] == "1"
    with ProcessPoolExecutor(STARTING, mp_context=PROCESSES) as processes:
        tips = list(processes.map(start, [location] * STARTING))
    assert sorted(tips) == list(range(1, STARTING + 1))
    newest = sqlite_schema.LEDGER if isinstance(location, Path) else postgres_schema.LEDGER
    assert schema_of(location) == (str(newest[-1].version), False)


def test_a_migration_whose_process_is_killed_half_way_leaves_the_ledger_as_it_was(
    location: Location,
) -> None:
    made_by_the_first_version(location)
    migrating = PROCESSES.Process(target=migrate_slowly, args=(location,), daemon=True)
    migrating.start()
    await_migrating(location)
    migrating.kill()
    migrating.join()
    if isinstance(location, str):
        end_sessions(location)
    assert schema_of(location) == ("1", False)
    with closing(open_ledger_store(location)) as store:
        assert store.append(batch(1), expected_tip=0)
        assert len(all_rows(store)) == 1


def await_migrating(location: Location) -> None:
    """Returns once a process has begun to change the schema and cannot have ended."""
    for _ in range(WITHIN_SECONDS * 100):
        if is_migrating(location):
            return
        Event().wait(0.01)
    raise AssertionError("no migration began")


def is_migrating(location: Location) -> bool:
    if isinstance(location, Path):
        with closing(connect(location / "ledger.db", synchronous="FULL")) as connection:
            connection.execute("PRAGMA busy_timeout = 0")
            try:
                connection.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError:
                return True
            connection.execute("ROLLBACK")
            return False
    with psycopg.connect(location) as connection:
        sleeping = "SELECT 1 FROM pg_stat_activity WHERE wait_event = 'PgSleep'"
        return connection.execute(sleeping.encode()).fetchone() is not None


def test_whoever_starts_while_another_migrates_for_long_is_refused_in_time(
    postgresql_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    made_by_the_first_version(postgresql_url)
    monkeypatch.setattr("ledger.store.postgres.connection.LOCKS_WITHIN_SECONDS", 0.2)
    migrating = PROCESSES.Process(target=migrate_slowly, args=(postgresql_url,), daemon=True)
    migrating.start()
    try:
        await_migrating(postgresql_url)
        with pytest.raises(LedgerUnavailable, match="Another program holds"):
            open_ledger_store(postgresql_url)
    finally:
        migrating.kill()
        migrating.join()
        end_sessions(postgresql_url)
    with closing(open_ledger_store(postgresql_url)) as store:
        assert store.append(batch(1), expected_tip=0)
