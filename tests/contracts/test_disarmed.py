"""Guards on PostgreSQL that guard no more: each is named, and the ledger is opened to be examined alone."""

from __future__ import annotations

from contextlib import closing

import pytest

from ledger.errors import IntegrityFailure
from ledger.store import (
    create_ledger_store,
    create_vault_store,
    open_ledger_store,
    open_vault_store,
)
from tests.contracts.recorded import run

DISARMING = {
    "entries_are_never_changed": "ALTER TABLE entries DISABLE TRIGGER entries_are_never_changed",
    "lost_places_are_never_changed": "ALTER TABLE lost ENABLE TRIGGER lost_places_are_never_changed",
    "checkpoints_are_never_changed": """
        DROP TRIGGER checkpoints_are_never_changed ON checkpoints;
        CREATE TRIGGER checkpoints_are_never_changed
        BEFORE UPDATE ON checkpoints
        EXECUTE FUNCTION ledger.refuse('a checkpoint is never changed or removed');
        ALTER TABLE checkpoints ENABLE ALWAYS TRIGGER checkpoints_are_never_changed
    """,
    "refuse": """
        CREATE OR REPLACE FUNCTION ledger.refuse() RETURNS trigger
        LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$
    """,
    "append": """
        CREATE FUNCTION ledger.append(bigint) RETURNS boolean
        LANGUAGE sql AS 'SELECT true'
    """,
    "entries_by_stream": "ALTER TABLE entries DROP CONSTRAINT entries_by_stream",
    "reservations_pkey": """
        UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'reservations_pkey'::regclass
    """,
    "kept": "CREATE TRIGGER kept AFTER DELETE ON sealed EXECUTE FUNCTION ledger.refuse()",
    "away": "CREATE RULE away AS ON INSERT TO entries DO INSTEAD NOTHING",
    "checkpoints": "ALTER TABLE checkpoints SET UNLOGGED",
    "sealed": "ALTER TABLE sealed ENABLE ROW LEVEL SECURITY",
}
"""What is taken from a ledger, or put beside it, each by its name."""


def test_whatever_guards_a_ledger_no_more_is_named(postgresql_url: str) -> None:
    """Only what was gone or disabled was: not what was replaced, nor a trigger or a rule of somebody else."""
    create_ledger_store(postgresql_url).close()
    create_vault_store(postgresql_url).close()
    run(postgresql_url, "CREATE INDEX one_more ON entries (topic)")
    met = set[str]()
    for name, statement in DISARMING.items():
        run(postgresql_url, statement)
        with closing(open_ledger_store(postgresql_url, examining=True)) as examined:
            assert set(examined.altered) == (met := met | {name})
    with pytest.raises(IntegrityFailure, match=r"lacks append, away, .* or should not have it:"):
        open_ledger_store(postgresql_url)
    run(postgresql_url, "CREATE TRIGGER kept AFTER DELETE ON keys EXECUTE FUNCTION ledger.refuse()")
    with pytest.raises(IntegrityFailure, match="lacks kept in the schema vault"):
        open_vault_store(postgresql_url)


def test_a_right_to_change_what_is_recorded_is_named_and_keeps_nobody_from_work(
    postgresql_url: str,
) -> None:
    """The guards refuse such a change still; no account but the owner needs the right."""
    create_ledger_store(postgresql_url).close()
    run(postgresql_url, "GRANT UPDATE (state), INSERT ON entries TO PUBLIC")
    open_ledger_store(postgresql_url).close()
    with closing(open_ledger_store(postgresql_url, examining=True)) as examined:
        assert examined.altered == ("the right of everybody to UPDATE entries",)
