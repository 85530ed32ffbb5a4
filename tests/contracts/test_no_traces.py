"""On PostgreSQL the planner samples nothing that an erasure deletes, and no key stays under an epoch before."""

from __future__ import annotations

from contextlib import closing

import psycopg
import pytest

from ledger.store import (
    Batch,
    WrappedKey,
    create_ledger_store,
    create_vault_store,
    open_ledger_store,
    open_vault_store,
)
from ledger.store.postgres.schema import LEDGER, VAULT
from ledger.store.postgres.sessions import Database
from tests.contracts.recorded import row, run, sealed

FORMER, NEW = b"\x01wrapped under one" * 4, b"\x02wrapped under two" * 4
SAMPLED = """
SELECT tablename || '.' || attname
FROM pg_stats
WHERE schemaname IN ('ledger', 'vault')
"""
STORED = """
SELECT pg_read_binary_file(pg_relation_filepath(%s))
"""
HOW_BLOBS_ARE_STORED = """
SELECT attstorage
FROM pg_attribute
WHERE attrelid = 'ledger.sealed'::regclass AND attname = 'blob'
"""


def asked(url: str, statement: str, *given: str) -> list[object]:
    with psycopg.connect(url) as connection:
        return [found for (found,) in connection.execute(statement.encode(), given)]


def filled_and_sampled(url: str) -> None:
    """Sealed parts, keys and a secret, as the planner saw them."""
    with closing(open_ledger_store(url)) as ledger, closing(open_vault_store(url)) as vault:
        rows = tuple(row(position) for position in range(1, 21))
        parts = tuple(sealed(position) for position in range(1, 21))
        assert ledger.append(Batch(rows, parts), expected_tip=0)
        vault.deal([WrappedKey(bytes([number]) * 16, 1, FORMER) for number in range(20)])
        vault.keep_secret("person", 1, FORMER)
    run(url, "ANALYZE")


def test_the_planner_samples_neither_sealed_parts_nor_wrapped_keys(postgresql_url: str) -> None:
    create_ledger_store(postgresql_url).close()
    create_vault_store(postgresql_url).close()
    filled_and_sampled(postgresql_url)
    sampled = set(asked(postgresql_url, SAMPLED))
    assert {"sealed.key_id", "keys.key_id"} <= sampled
    assert not {"sealed.blob", "keys.wrapped", "secrets.wrapped"} & sampled


def test_what_it_sampled_before_is_forgotten_as_the_schema_is_brought_up_to_date(
    postgresql_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = Database(postgresql_url)
    with monkeypatch.context() as before:
        before.setattr("ledger.store.postgres.ledger.LEDGER", LEDGER[:2])
        before.setattr("ledger.store.postgres.vault.VAULT", VAULT[:1])
        database.create("ledger", LEDGER[:2], meta={"ledger_id": "00" * 16})
        database.create("vault", VAULT[:1], meta={})
        filled_and_sampled(postgresql_url)
    sealed_columns = {"sealed.blob", "keys.wrapped"}
    assert sealed_columns <= set(asked(postgresql_url, SAMPLED))
    open_ledger_store(postgresql_url).close()
    open_vault_store(postgresql_url).close()
    run(postgresql_url, "ANALYZE")
    assert not sealed_columns & set(asked(postgresql_url, SAMPLED))
    assert asked(postgresql_url, HOW_BLOBS_ARE_STORED) == ["e"]


@pytest.mark.parametrize("table", ["vault.keys", "vault.secrets"])
def test_what_was_wrapped_under_the_former_master_key_is_swept(
    postgresql_url: str, table: str
) -> None:
    create_ledger_store(postgresql_url).close()
    create_vault_store(postgresql_url).close()
    filled_and_sampled(postgresql_url)
    with closing(open_vault_store(postgresql_url)) as vault:
        survivors = [(key_id, NEW) for key_id, _, _ in vault.all_keys()]
        vault.rewrap(epoch=2, keys=survivors, secrets=[("person", NEW)], destroyed=[])
        run(postgresql_url, "CHECKPOINT")
        (stored,) = asked(postgresql_url, STORED, table)
        assert isinstance(stored, bytes)
        assert FORMER in stored, "the search finds what is there"
        vault.sweep()
    run(postgresql_url, "CHECKPOINT")
    (stored,) = asked(postgresql_url, STORED, table)
    assert isinstance(stored, bytes)
    assert FORMER not in stored
    assert NEW in stored
