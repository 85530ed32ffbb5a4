"""Accounts with no more rights than they need: what the application may, and what is refused before any trigger."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from itertools import count
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from api.webhooks.backlog import Backlog
from api.webhooks.deliveries import Deliveries
from ledger.errors import InvalidCommand, LedgerUnavailable, NotAuthorised
from ledger.store import (
    create_ledger_store,
    create_vault_store,
    open_ledger_store,
    open_vault_store,
)
from ledger.store.postgres.roles import grant_roles
from ledger.store.postgres.schema import LEDGER
from ledger.store.postgres.sessions import Database
from tests.api.command_line import CommandLine, bare, empty
from tests.contracts.recorded import batch, run
from tests.ledgers import OFFICE
from tests.servers.postgresql import SUPERUSER, PostgresqlServer

__all__ = ["bare", "empty"]
NUMBERS = count(1)
FIRST, SECOND = ("--as", "D-01", "--role", "records"), ("--as", "L-01", "--role", "records")

NEVER_BY_THE_APPLICATION = (
    "UPDATE ledger.entries SET topic = 'other'",
    "DELETE FROM ledger.entries",
    "TRUNCATE ledger.entries",
    "ALTER TABLE ledger.entries DISABLE TRIGGER entries_are_never_changed",
    "ALTER TABLE ledger.entries ADD COLUMN more text",
    "DROP TRIGGER entries_are_never_changed ON ledger.entries",
    "DROP TABLE ledger.entries",
    "DROP SCHEMA ledger CASCADE",
    "CREATE TABLE ledger.more (n bigint)",
    "CREATE OR REPLACE FUNCTION ledger.refuse_maintenance() RETURNS void LANGUAGE sql AS ''",
    "UPDATE ledger.sealed SET blob = blob",
    "TRUNCATE ledger.sealed",
    "UPDATE ledger.reservations SET position = 1",
    "DELETE FROM ledger.reservations",
    "DELETE FROM ledger.checkpoints",
    "DELETE FROM ledger.lost",
    "UPDATE ledger.meta SET value = '00' WHERE name = 'ledger_id'",
    "DELETE FROM vault.destroyed",
    "DELETE FROM vault.secrets",
    "CREATE TABLE vault.more (n bigint)",
    "CREATE SCHEMA more",
    "SET session_replication_role = replica",
)
NEVER_BY_THE_READER = (
    *NEVER_BY_THE_APPLICATION,
    "INSERT INTO ledger.lost VALUES (1, 'x')",
    "DELETE FROM ledger.sealed",
    "SELECT blob FROM ledger.sealed",
    "SELECT wrapped FROM vault.keys",
    "CREATE TABLE views.more (n bigint)",
)


class Accounts(NamedTuple):
    """The owner's address, and the names and addresses of two accounts that may do nothing yet."""

    owner: str
    application: str
    reader: str

    def address(self, account: str) -> str:
        return self.owner.replace(f"{SUPERUSER}@", f"{account}@", 1)


@pytest.fixture
def accounts(server: PostgresqlServer, postgresql_url: str) -> Iterator[Accounts]:
    """Two new accounts, taken away with all that they own."""
    number = next(NUMBERS)
    found = Accounts(postgresql_url, f"application_{number}", f"reader_{number}")
    with psycopg.connect(postgresql_url, autocommit=True) as owner:
        for account in found[1:]:
            owner.execute(f"CREATE ROLE {account} LOGIN".encode())
        yield found
        for account in found[1:]:
            owner.execute(f"DROP OWNED BY {account} CASCADE; DROP ROLE {account}".encode())


def refused(address: str, statements: tuple[str, ...]) -> list[str]:
    """Those of the statements that the rights of an account alone refuse, each tried by itself."""
    found: list[str] = []
    with psycopg.connect(address, autocommit=True) as connection:
        for statement in statements:
            try:
                connection.execute(statement.encode())
            except psycopg.errors.InsufficientPrivilege:
                found.append(statement)
    return found


@pytest.fixture
def office(
    accounts: Accounts,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> CommandLine:
    """The command line of the application's account, on a ledger that its owner has made and looked at before."""
    for name in ("ACTOR", "LOG"):
        monkeypatch.delenv(f"CASELEDGER_{name}", raising=False)
    monkeypatch.setenv("CASELEDGER_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("CASELEDGER_MASTER_KEY", str(tmp_path / "keys" / "master.key"))
    monkeypatch.setenv("CASELEDGER_DATABASE_URL", accounts.owner)
    monkeypatch.chdir(tmp_path)
    found = CommandLine(tmp_path / "home", capsys)
    found.done("init")
    found.done("board")
    found.done("checkpoint")
    found.done("webhook")
    said = found.done("roles", "--application", accounts.application, "--reader", accounts.reader)
    assert accounts.application in said.out
    monkeypatch.setenv("CASELEDGER_DATABASE_URL", accounts.address(accounts.application))
    found.done("policy", "publish", str(OFFICE), "--as", "D-01")
    return found


def test_the_application_s_account_does_all_that_the_application_does(
    office: CommandLine, accounts: Accounts
) -> None:
    party = office.asked("party", "--name", "Ada Example", "--as", "I-02")["stream"][6:]
    opened = office.asked(
        "open", "phone", "--request-type", "RDW-POT", "--region", "HAL", "--requester", party,
        "--answer", "danger_now=no", "--answer", "description=A hole", "--as", "I-02",
    )  # fmt: skip
    ref = opened["reference"]
    office.done("pull", "RDW", "--as", "R-02")
    office.done("note", ref, "Called back.", "--as", "R-02")
    office.done("case", ref, "--open", "--purpose", "To look", "--as", "I-02")
    office.done("watch")
    office.done("checkpoint")
    office.done("prove", ref)
    office.done("export", "--out", "all.jsonl")
    office.done("rebuild")
    run(accounts.owner, "UPDATE views.meta SET value = '0' WHERE name = 'schema'")
    run(accounts.owner, "UPDATE trees.marks SET value = '0' WHERE name = 'format'")
    office.done("board")
    office.done("checkpoint")
    office.done("erasure", "propose", "--party", party, "--authority", "order", *FIRST)
    erasure = office.asked("erasure")["erasures"][0]["erasure_id"]
    office.done("erasure", "approve", erasure, *SECOND)
    told = " ".join(office.done("erasure", "carry-out", erasure, *FIRST).out.split())
    assert " keys are destroyed" in told
    office.done("rekey")
    assert "Clean" in office.done("verify").out


def test_the_application_s_account_keeps_deliveries_that_the_owner_may_have_begun(
    office: CommandLine, accounts: Accounts
) -> None:
    assert office.asked("webhook") == []
    with Deliveries.open(accounts.address(accounts.application)) as deliveries:
        assert deliveries.load(UUID(int=1)) is None
        deliveries.save(UUID(int=1), Backlog(looked=7))
        deliveries.save(UUID(int=1), Backlog(looked=8))
        deliveries.forget(UUID(int=1))
        assert deliveries.load(UUID(int=1)) is None


def test_an_owner_who_administers_nothing_gives_the_rights_again_once_the_application_has_delivered(
    accounts: Accounts,
) -> None:
    """Before, `roles` was refused after an upgrade, and the owner was told to let the owner say `roles`."""
    owner, application = map(accounts.address, (accounts.reader, accounts.application))
    name = conninfo_to_dict(owner)["dbname"]
    run(accounts.owner, f"GRANT CREATE ON DATABASE {name} TO {accounts.reader}")
    create_ledger_store(owner).close()
    create_vault_store(owner).close()
    grant_roles(owner, application=accounts.application, reader=None)
    Deliveries.open(application).close()
    assert grant_roles(owner, application=accounts.application, reader=None).reader is None
    successor = f"successor_{next(NUMBERS)}"
    run(accounts.owner, f"CREATE ROLE {successor}")
    with pytest.raises(NotAuthorised, match="REASSIGN OWNED BY"):
        grant_roles(owner, application=successor, reader=None)
    run(accounts.owner, f"DROP ROLE {successor}")


def test_what_nobody_may_is_refused_by_the_rights_of_both_accounts_given_once_or_again(
    office: CommandLine, accounts: Accounts
) -> None:
    office.done("open", "phone", "--request-type", "GEN-ENQ", "--as", "I-02")
    office.done("board")
    application, reader = map(accounts.address, accounts[1:])
    assert refused(application, NEVER_BY_THE_APPLICATION) == list(NEVER_BY_THE_APPLICATION)
    assert refused(reader, NEVER_BY_THE_READER) == list(NEVER_BY_THE_READER)
    with psycopg.connect(reader) as reads:
        assert reads.execute("SELECT count(*) FROM ledger.entries").fetchone() != (0,)
        tables = reads.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'views'")
        for (table,) in tables.fetchall():
            reads.execute(f"SELECT * FROM views.{table}".encode())
    run(accounts.owner, f"GRANT UPDATE ON ledger.entries TO {accounts.application}")
    grant_roles(accounts.owner, application=accounts.application, reader=accounts.reader)
    assert refused(application, NEVER_BY_THE_APPLICATION) == list(NEVER_BY_THE_APPLICATION)
    with psycopg.connect(application) as works:
        kept = works.execute("SELECT count(*) FROM views.checkpoints").fetchone()
    assert kept != (0,), "its views are not made again"


def test_whose_views_were_taken_away_is_told_who_makes_room_for_them_again(
    office: CommandLine, accounts: Accounts, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(accounts.owner, "DROP SCHEMA views CASCADE")
    refused = office("rebuild")
    assert (refused.code, len(refused.sentences)) == (2, 1)
    assert "the account that owns the ledger say `caseledger roles`" in refused.err
    with monkeypatch.context() as as_owner:
        as_owner.setenv("CASELEDGER_DATABASE_URL", accounts.owner)
        office.done("roles", "--application", accounts.application, "--reader", accounts.reader)
    office.done("rebuild")
    assert "Clean" in office.done("verify").out


def test_where_nobody_may_call_a_function_by_default_the_accounts_may_call_what_they_need(
    office: CommandLine, accounts: Accounts, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As in a database that was hardened: what everybody may do was reckoned with, and `roles` did not give it."""
    run(accounts.owner, "REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA ledger, vault FROM PUBLIC")
    with monkeypatch.context() as as_owner:
        as_owner.setenv("CASELEDGER_DATABASE_URL", accounts.owner)
        office.done("roles", "--application", accounts.application, "--reader", accounts.reader)
    office.done("party", "--name", "Ada Example", "--as", "I-02")
    open_ledger_store(accounts.address(accounts.reader)).close()


def test_only_the_owner_gives_rights_and_only_to_others(accounts: Accounts) -> None:
    create_ledger_store(accounts.owner).close()
    create_vault_store(accounts.owner).close()
    with pytest.raises(InvalidCommand, match="There is no account nobody_here"):
        grant_roles(accounts.owner, application="nobody_here", reader=None)
    with pytest.raises(InvalidCommand, match="may do anything"):
        grant_roles(accounts.owner, application=SUPERUSER, reader=None)
    grant_roles(accounts.owner, application=accounts.application, reader=None)
    with pytest.raises(NotAuthorised, match="Only the account that owns the ledger"):
        grant_roles(
            accounts.address(accounts.application), application=accounts.reader, reader=None
        )


def test_an_account_that_may_not_sweep_says_so_instead_of_leaving_traces(
    accounts: Accounts,
) -> None:
    create_ledger_store(accounts.owner).close()
    create_vault_store(accounts.owner).close()
    assert grant_roles(accounts.owner, application=accounts.application, reader=None).sweeps
    with closing(open_vault_store(accounts.address(accounts.application))) as vault:
        vault.sweep()
        run(accounts.owner, f"REVOKE MAINTAIN ON vault.keys FROM {accounts.application}")
        with pytest.raises(LedgerUnavailable, match="not swept away yet"):
            vault.sweep()


def test_an_older_schema_is_brought_up_to_date_by_its_owner_alone(accounts: Accounts) -> None:
    Database(accounts.owner).create("ledger", LEDGER[:1], meta={"ledger_id": "00" * 16})
    create_vault_store(accounts.owner).close()
    application = accounts.address(accounts.application)
    run(
        accounts.owner,
        f"GRANT USAGE ON SCHEMA ledger TO {accounts.application}; "
        f"GRANT SELECT ON ALL TABLES IN SCHEMA ledger TO {accounts.application}",
    )
    with pytest.raises(
        LedgerUnavailable, match="let the account that owns it say `caseledger roles`"
    ):
        open_ledger_store(application)
    grant_roles(accounts.owner, application=accounts.application, reader=None)
    with closing(open_ledger_store(application)) as store:
        assert store.append(batch(1), expected_tip=0)


def test_a_home_folder_has_no_accounts(empty: CommandLine) -> None:
    said = empty("roles", "--application", "clerk")
    assert (said.code, len(said.sentences)) == (2, 1)
    assert "PostgreSQL" in said.err
