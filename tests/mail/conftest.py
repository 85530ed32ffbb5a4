"""An office that takes mail, on each store."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from api.channels.mail import imap
from tests.api.command_line import CommandLine, bare, empty
from tests.ledgers import OFFICE
from tests.mail.office import MailOffice, mail_office
from tests.patience import LIMIT_SECONDS

__all__ = ["bare", "empty"]
MAIL = "[mail]\n"
imap._GREETING_SECONDS = imap._HANDSHAKE_SECONDS = imap._TIMEOUT_SECONDS = LIMIT_SECONDS


@pytest.fixture(params=["sqlite", "postgresql"])
def office(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[MailOffice]:
    """An office whose policy is published and that has no mail yet."""
    database = request.getfixturevalue("postgresql_url") if request.param == "postgresql" else None
    with mail_office(tmp_path, database=database) as found:
        yield found


@pytest.fixture
def command_office(empty: CommandLine, tmp_path: Path) -> CommandLine:
    """The command line of such an office."""
    file = tmp_path / "policy.toml"
    text = OFFICE.read_text(encoding="utf-8")
    assert MAIL in text
    limited = text.replace(MAIL, f"{MAIL}an_hour_from_a_sender = 3\n")
    file.write_text(limited, encoding="utf-8")
    empty.done("policy", "publish", str(file), "--as", "D-01")
    return empty
