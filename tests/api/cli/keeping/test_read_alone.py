"""A database that is read alone, as a standby is: read as far as it is, and all else is refused in one sentence."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from psycopg.conninfo import conninfo_to_dict

from tests.api.command_line import CommandLine
from tests.contracts.recorded import run
from tests.ledgers import OFFICE

REFUSED = "it is a standby, or set to be read alone; name the server that takes writes"
OPENING = ("open", "phone", "--request-type", "GEN-ENQ", "--as", "I-02")


@pytest.fixture
def in_a_database(
    bare: CommandLine, postgresql_url: str, monkeypatch: pytest.MonkeyPatch
) -> CommandLine:
    """An office on PostgreSQL."""
    monkeypatch.setenv("CASELEDGER_DATABASE_URL", postgresql_url)
    bare.done("init")
    bare.done("policy", "publish", str(OFFICE), "--as", "D-01")
    return bare


@contextmanager
def read_alone(url: str) -> Iterator[None]:
    """Whoever comes while the block runs finds a database that takes no writes."""
    name = conninfo_to_dict(url)["dbname"]
    run(url, f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    yield
    run(url, f"BEGIN READ WRITE; ALTER DATABASE {name} RESET default_transaction_read_only; COMMIT")


def test_what_is_read_alone_is_read_as_far_as_its_views_are(
    in_a_database: CommandLine, postgresql_url: str
) -> None:
    """Before, each list was refused once a single entry had come since; one case alone was told."""
    in_a_database.asked(*OPENING)
    board = in_a_database.asked("board")
    reference = in_a_database.asked(*OPENING)["reference"]
    with read_alone(postgresql_url):
        said = in_a_database("board", "--json")
        assert (said.code, said.json["up_to_date"]["position"]) == (
            0,
            board["up_to_date"]["position"],
        )
        assert "they know entry" in said.err
        assert in_a_database("case", reference).code == 0
        verified = in_a_database("verify")
        assert (verified.code, "Clean" in verified.out) == (0, True)
        assert "not held against a rebuild, which takes a database that can be written" in (
            verified.out
        )
    assert in_a_database.asked("board")["up_to_date"]["position"] > board["up_to_date"]["position"]


def test_what_is_read_alone_is_neither_written_nor_served(
    in_a_database: CommandLine, postgresql_url: str
) -> None:
    """Before, a service said that it serves, and ended."""
    with read_alone(postgresql_url):
        for asked in (OPENING, ("serve", "--port", "0"), ("watch",), ("rebuild",)):
            said = in_a_database(*asked)
            assert (said.code, len(said.sentences), REFUSED in said.err) == (2, 1, True), said
    in_a_database.done(*OPENING)
