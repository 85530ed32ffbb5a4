"""A ledger is made whole or not at all, and one that is not usable is refused in a sentence."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from threading import Barrier

import psycopg
import pytest

from ledger.errors import IntegrityFailure, InvalidCommand, LedgerUnavailable, Refusal
from ledger.store import (
    LedgerStore,
    Location,
    VaultStore,
    create_ledger_store,
    create_vault_store,
    open_ledger_store,
    open_trees_store,
    open_vault_store,
    under_maintenance,
)
from ledger.store.migrations import Migration
from ledger.store.postgres import schema as postgres_schema
from ledger.store.postgres.sessions import Database
from ledger.store.sqlite import schema as sqlite_schema
from ledger.store.sqlite.files import create, make_ready
from tests.contracts.recorded import all_rows, batch, run
from tests.patience import WITHIN_SECONDS

OPEN = pytest.mark.parametrize("opens", [open_ledger_store, open_vault_store])

RELEASED = {
    "sqlite ledger 2": "d5b4d49faa55f4922445857a651569b3f75b19a92e120d996f096dcc33cf8c16",
    "postgresql ledger 2": "de9db79b2df2a4997ef7bfe7b297a791230dc8ed26060fd99051d6594d1a887a",
    "sqlite ledger 1": "55e58d62c319f25c2eb020baa7088ea8215c042d0ce3be4c2c231989befed8be",
    "sqlite vault 1": "dcf44261fd8cdcf829b86c267069f75294acd31283f4f95b66c56829314c620f",
    "postgresql ledger 1": "48e361e704973a209069c03c46e11feb270abd724e428c55e28e40616699c6c9",
    "postgresql ledger 3": "0741def40b40d66acf176ccce2038a27688668608f6f0601e8e555cb25f61b14",
    "postgresql vault 2": "b8a48e588c1d56e63418c6426c2477d6153fdc084eaac58e0bdbb60b6aaf6d6e",
    "postgresql vault 1": "c01032004f6a380af6f3df7a48f487f09499fe7ffea98f92df9259142713737b",
}


def test_a_second_ledger_in_the_same_place_is_refused(
    ledger: LedgerStore, vault: VaultStore, location: Location
) -> None:
    ledger.append(batch(1), expected_tip=0)
    for makes in (create_ledger_store, create_vault_store):
        with pytest.raises(Refusal, match="choose another"):
            makes(location)
    assert ledger.tip() == 1


def test_of_several_who_open_trees_at_once_where_there_are_none_one_makes_them(
    postgresql_url: str,
) -> None:
    """Before, one of two workers that came to a new ledger said that it was damaged, and ended."""
    together = Barrier(4)

    def opens(_number: int) -> None:
        together.wait(WITHIN_SECONDS)
        open_trees_store(postgresql_url).close()

    with ThreadPoolExecutor(together.parties) as threads:
        for _ in range(5):
            run(postgresql_url, "DROP SCHEMA IF EXISTS trees CASCADE")
            list(threads.map(opens, range(together.parties)))


@OPEN
def test_where_there_is_no_ledger_the_sentence_says_how_to_make_one(
    location: Location, opens: Callable[[Location], object]
) -> None:
    with pytest.raises(LedgerUnavailable, match="run `caseledger init`"):
        opens(location)
    if isinstance(location, Path):
        assert not location.exists()


@OPEN
def test_a_newer_schema_is_refused(
    ledger: LedgerStore, vault: VaultStore, location: Location, opens: Callable[[Location], object]
) -> None:
    _say_schema(location, "9")
    with pytest.raises(LedgerUnavailable, match="schema 9, written by a newer version"):
        opens(location)


@OPEN
def test_a_schema_that_does_not_say_which_it_is_is_refused(
    ledger: LedgerStore, vault: VaultStore, location: Location, opens: Callable[[Location], object]
) -> None:
    for said in ("one", "0"):
        _say_schema(location, said)
        with pytest.raises(IntegrityFailure, match="does not say which schema"):
            opens(location)


@pytest.mark.parametrize(
    "statement",
    [
        "DROP TABLE reservations",
        "DROP TRIGGER entries_are_never_changed {on_entries}",
        "ALTER TABLE sealed RENAME TO unsealed",
    ],
)
def test_a_ledger_that_lacks_what_guards_it_is_refused(
    ledger: LedgerStore, location: Location, statement: str
) -> None:
    on_entries = "" if isinstance(location, Path) else "ON entries"
    run(location, statement.format(on_entries=on_entries))
    with pytest.raises(IntegrityFailure, match="lacks"):
        open_ledger_store(location)


def test_a_trigger_of_somebody_else_in_the_vault_is_refused(tmp_path: Path) -> None:
    """It could keep each key that is to be destroyed."""
    create_vault_store(tmp_path).close()
    with closing(sqlite3.connect(tmp_path / "vault.db")) as file:
        file.execute(
            "CREATE TRIGGER kept BEFORE DELETE ON keys BEGIN INSERT INTO meta VALUES ('kept', OLD.wrapped); END"
        )
    with pytest.raises(IntegrityFailure, match="lacks kept, has it changed, or should not have it"):
        open_vault_store(tmp_path)


def test_a_schema_that_is_no_text_is_told_to_be_damaged(tmp_path: Path) -> None:
    create_ledger_store(tmp_path).close()
    file = tmp_path / "ledger.db"
    raw = file.read_bytes()
    assert b"DELETE ON entries" in raw
    file.write_bytes(raw.replace(b"DELETE ON entries", b"DELETE ON entri\xe9s"))
    with pytest.raises(IntegrityFailure, match="is damaged"):
        open_ledger_store(tmp_path)


@pytest.mark.parametrize("content", [b"", b"not a database at all" * 400], ids=["empty", "garbage"])
def test_a_file_that_is_not_a_database_is_refused_and_kept(tmp_path: Path, content: bytes) -> None:
    for opens, name in ((open_ledger_store, "ledger.db"), (open_vault_store, "vault.db")):
        file = tmp_path / name
        file.write_bytes(content)
        with pytest.raises(IntegrityFailure, match=f"{name} is not a ledger's database"):
            opens(tmp_path)
        assert file.read_bytes() == content


def test_another_program_s_database_is_refused(tmp_path: Path) -> None:
    foreign = sqlite3.connect(tmp_path / "ledger.db")
    foreign.execute("CREATE TABLE stored_events (originator_id TEXT)")
    foreign.close()
    with pytest.raises(IntegrityFailure, match="not a ledger's database"):
        open_ledger_store(tmp_path)


def test_a_ledger_cut_short_is_refused(tmp_path: Path) -> None:
    _filled(tmp_path)
    file = tmp_path / "ledger.db"
    os.truncate(file, file.stat().st_size // 2)
    with pytest.raises(IntegrityFailure, match="damaged"):
        open_ledger_store(tmp_path)


def test_a_small_ledger_with_an_overwritten_page_is_refused(tmp_path: Path) -> None:
    _filled(tmp_path)
    file = tmp_path / "ledger.db"
    with file.open("r+b") as damaged:
        damaged.seek(file.stat().st_size - 4096)
        damaged.write(b"\xff" * 64)
    with pytest.raises(IntegrityFailure, match="damaged"):
        open_ledger_store(tmp_path)


def test_what_was_left_of_an_interrupted_init_does_not_stand_in_the_way(tmp_path: Path) -> None:
    (tmp_path / "ledger.db.unfinished").write_bytes(b"half")
    create_ledger_store(tmp_path).close()
    assert not list(tmp_path.glob("*.unfinished*"))


def test_a_file_of_a_ledger_is_for_its_owner_alone(tmp_path: Path) -> None:
    create_ledger_store(tmp_path).close()
    create_vault_store(tmp_path).close()
    for name in ("ledger.db", "vault.db", "ledger.lock"):
        assert (tmp_path / name).stat().st_mode & 0o777 == 0o600


def test_an_address_that_is_not_understood_is_refused() -> None:
    with pytest.raises(InvalidCommand, match="address is not understood"):
        open_ledger_store("postgresql://host:port:port/x?y")


def test_a_server_that_does_not_answer_is_said_not_to_and_the_password_is_not() -> None:
    with pytest.raises(LedgerUnavailable, match="The database cases does not answer") as refused:
        open_ledger_store("postgresql://clerk:opensesame@127.0.0.1:1/cases")
    assert "opensesame" not in str(refused.value)


def test_the_schema_is_the_sum_of_its_migrations_on_sqlite(tmp_path: Path) -> None:
    statements = ("ALTER TABLE meta ADD COLUMN noted TEXT", "CREATE TABLE more (a)")
    for name, migrations in (("l.db", sqlite_schema.LEDGER), ("v.db", sqlite_schema.VAULT)):
        second = Migration(migrations[-1].version + 1, statements)
        stepwise, at_once = tmp_path / name, tmp_path / f"whole-{name}"
        create(stepwise, migrations, meta={})
        make_ready(stepwise, (*migrations, second))
        create(at_once, (*migrations, second), meta={})
        assert _sqlite_shape(stepwise) == _sqlite_shape(at_once)
        with pytest.raises(LedgerUnavailable, match="newer"):
            make_ready(stepwise, migrations)


def test_a_migration_that_fails_changes_nothing(tmp_path: Path) -> None:
    file = tmp_path / "ledger.db"
    create(file, sqlite_schema.LEDGER, meta={"ledger_id": "17" * 16})
    before = _sqlite_shape(file)
    with pytest.raises(sqlite3.OperationalError):
        make_ready(file, (*sqlite_schema.LEDGER, Migration(9, ("CREATE TABLE more (a)", "NO"))))
    assert _sqlite_shape(file) == before
    open_ledger_store(tmp_path).close()


def test_the_schema_is_the_sum_of_its_migrations_on_postgresql(
    postgresql_url: str,
) -> None:
    database = Database(postgresql_url)
    shapes: list[list[tuple[object, ...]]] = []
    for schema, migrations in (
        ("ledger", postgres_schema.LEDGER),
        ("vault", postgres_schema.VAULT),
    ):
        second = Migration(migrations[-1].version + 1, (f"CREATE TABLE {schema}.more (a text)",))
        database.create(schema, migrations, meta={})
        database.make_ready(schema, (*migrations, second))
        shapes.append(_postgresql_shape(postgresql_url, schema))
        with pytest.raises(LedgerUnavailable, match="newer"):
            database.make_ready(schema, migrations)
        run(postgresql_url, f"DROP SCHEMA {schema} CASCADE")
        database.create(schema, (*migrations, second), meta={})
        assert _postgresql_shape(postgresql_url, schema) == shapes.pop()


def test_a_released_migration_is_never_edited() -> None:
    schemas = {
        "sqlite ledger": sqlite_schema.LEDGER,
        "sqlite vault": sqlite_schema.VAULT,
        "postgresql ledger": postgres_schema.LEDGER,
        "postgresql vault": postgres_schema.VAULT,
    }
    digests = {
        f"{name} {migration.version}": sha256("\n;".join(migration.statements).encode()).hexdigest()
        for name, migrations in schemas.items()
        for migration in migrations
    }
    assert digests == RELEASED


def test_under_maintenance_nobody_opens_or_writes_and_all_hear_the_reason(
    ledger: LedgerStore, vault: VaultStore, location: Location
) -> None:
    with under_maintenance(location, reason="restoring the backup of Sunday"):
        for opens in (open_ledger_store, open_vault_store):
            with pytest.raises(LedgerUnavailable, match=r"\(restoring the backup of Sunday\)"):
                opens(location)
        with pytest.raises(LedgerUnavailable, match="under maintenance"):
            ledger.append(batch(1), expected_tip=0)
        with pytest.raises(LedgerUnavailable, match="under maintenance"), ledger.exclusive():
            raise AssertionError("nobody enters")
    assert ledger.append(batch(1), expected_tip=0)
    open_ledger_store(location).close()


def test_a_maintenance_that_failed_keeps_the_ledger_shut_until_one_succeeds(
    ledger: LedgerStore, location: Location
) -> None:
    with pytest.raises(ZeroDivisionError), under_maintenance(location, reason="restoring"):
        raise ZeroDivisionError
    with pytest.raises(LedgerUnavailable, match="if it failed, run it again"):
        open_ledger_store(location)
    with under_maintenance(location, reason="restoring"):
        pass
    open_ledger_store(location).close()
    assert all_rows(ledger) == []


def _filled(home: Path) -> None:
    store = create_ledger_store(home)
    for first in range(1, 400, 40):
        assert store.append(batch(first, 40), expected_tip=first - 1)
    store.close()


def _say_schema(location: Location, version: str) -> None:
    statement = f"UPDATE {{}}meta SET value = '{version}' WHERE name = 'schema_version'"
    if isinstance(location, Path):
        for name in ("ledger.db", "vault.db"):
            connection = sqlite3.connect(location / name, isolation_level=None)
            connection.execute(statement.format(""))
            connection.close()
        return
    for schema in ("ledger.", "vault."):
        run(location, statement.format(schema))


def _sqlite_shape(file: Path) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(file)
    shape = connection.execute("SELECT * FROM sqlite_schema ORDER BY type, name").fetchall()
    said = connection.execute("SELECT * FROM meta ORDER BY name").fetchall()
    connection.close()
    return [(*each[:3], each[4]) for each in shape] + said


_POSTGRESQL_SHAPE = (
    b"""
SELECT table_name, column_name, data_type, collation_name, is_nullable
FROM information_schema.columns
WHERE table_schema = %s
ORDER BY table_name, ordinal_position
""",
    b"""
SELECT indexname, indexdef
FROM pg_indexes
WHERE schemaname = %s
ORDER BY indexname
""",
    b"""
SELECT tgname, pg_get_triggerdef(pg_trigger.oid), tgenabled
FROM pg_trigger
JOIN pg_class ON pg_class.oid = tgrelid
WHERE relnamespace = to_regnamespace(%s)
ORDER BY tgname
""",
    b"""
SELECT proname, pg_get_functiondef(oid)
FROM pg_proc
WHERE pronamespace = to_regnamespace(%s)
ORDER BY proname
""",
)


def _postgresql_shape(url: str, schema: str) -> list[tuple[object, ...]]:
    with psycopg.connect(url) as connection:
        return [
            row
            for statement in _POSTGRESQL_SHAPE
            for row in connection.execute(statement, (schema,))
        ]
