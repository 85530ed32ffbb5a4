"""Mail from a real IMAP server: what is unseen is taken in once, and flagged as seen only after it is recorded."""

from __future__ import annotations

from itertools import chain
from pathlib import Path

import pytest

from api.channels.mail.imap import Encryption, Mailbox, Password, from_imap
from api.channels.mail.taking import take_all
from ledger.case.intake.opening import CaseOpened
from ledger.errors import InvalidCommand, LedgerError, LedgerUnavailable, NotAuthorised
from tests.api.command_line import CommandLine, refuses
from tests.mail.imap_folders import client, imap, mailbox, new_folder, taken, unseen
from tests.mail.imap_server import PASSWORD, USER, ImapServer, access_token
from tests.mail.mails import mail
from tests.mail.office import MailOffice, mail_office

__all__ = ["imap"]


@pytest.mark.parametrize("encryption", ["none", "starttls", "tls"])
def test_unseen_mail_is_taken_in_and_flagged(
    office: MailOffice, imap: ImapServer, encryption: Encryption
) -> None:
    folder = f"new-{encryption}-{office.ledger.store.ledger_id.hex()}"
    away = mail(message_id="<m3@x>", Auto_Submitted="auto-replied")
    new_folder(imap, folder, mail(), mail("é" * 3000, message_id="<m2@x>"), away)
    box = mailbox(imap, folder, encryption=encryption)
    report = taken(office, box)
    assert [each.became for each in report.taken] == ["opened", "opened", "tray"]
    assert unseen(imap, folder) == 0
    assert taken(office, box).taken == []
    opened = office.of(CaseOpened)[0]
    assert opened.reached_body_at.isoformat() == "2026-03-02T09:15:00+00:00"


def test_what_was_not_recorded_stays_unseen_and_is_taken_the_next_time(
    office: MailOffice, imap: ImapServer
) -> None:
    folder = f"broken-{office.ledger.store.ledger_id.hex()}"
    new_folder(imap, folder, mail(), mail("Two", message_id="<m2@x>"))
    box = mailbox(imap, folder)
    office.home.mkdir(exist_ok=True)
    (office.home / "originals").write_bytes(b"in the way")
    with pytest.raises(OSError, match="originals"):
        taken(office, box)
    assert unseen(imap, folder) == 2
    (office.home / "originals").unlink()
    report = taken(office, box)
    assert [each.became for each in report.taken] == ["duplicate", "opened"]
    assert unseen(imap, folder) == 0


def test_what_is_too_large_to_be_read_stays_unseen_on_the_server_and_is_told(
    office: MailOffice, imap: ImapServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = f"large-{office.ledger.store.ledger_id.hex()}"
    new_folder(imap, folder, mail("x" * 3000), mail("Two", message_id="<m2@x>"))
    monkeypatch.setattr("api.channels.mail.imap.KEPT_BYTES", 2000)
    large, small = taken(office, mailbox(imap, folder)).taken
    assert (large.became, small.became) == ("left_there", "opened")
    assert "on the server" in str(large.reason)
    assert unseen(imap, folder) == 1


def test_a_mail_that_somebody_moves_meanwhile_keeps_no_other_from_being_taken(
    office: MailOffice, imap: ImapServer
) -> None:
    """Before, the mails behind it waited until they were asked for again, and whoever asked heard of a failure."""
    folder = f"moved-{office.ledger.store.ledger_id.hex()}"
    new_folder(imap, folder, *(mail(message_id=f"<m{each}@x>") for each in range(3)))
    waiting = from_imap(mailbox(imap, folder))
    first = next(waiting)
    with client(imap) as connection:
        connection.select(folder)
        connection.store("2", "+FLAGS", "\\Deleted")
        connection.expunge()
    rest = take_all(office.intake, chain([first], waiting), source="test")
    assert [each.became for each in rest.taken] == ["opened", "opened"]
    assert unseen(imap, folder) == 0


def test_a_mail_whose_flag_was_lost_adds_nothing(office: MailOffice, imap: ImapServer) -> None:
    folder = f"again-{office.ledger.store.ledger_id.hex()}"
    new_folder(imap, folder, mail())
    taken(office, mailbox(imap, folder))
    with client(imap) as connection:
        connection.select(folder)
        connection.store("1", "-FLAGS", "\\Seen")
    before = office.entries()
    assert [each.became for each in taken(office, mailbox(imap, folder)).taken] == ["duplicate"]
    assert office.entries() == before


@pytest.mark.parametrize(
    ("wrong", "refused", "said"),
    [
        ({"secret": Password("no")}, NotAuthorised, "does not let office in"),
        ({"folder": "nowhere"}, InvalidCommand, "has no folder 'nowhere'"),
        ({"host": "mail.example.org"}, InvalidCommand, "Without encryption"),
        ({"port": 1}, LedgerUnavailable, "cannot be reached"),
        ({"encryption": "starttls", "authority": None}, LedgerUnavailable, "cannot be trusted"),
        ({"encryption": "tls"}, LedgerUnavailable, "does not agree on TLS"),
        (
            {"encryption": "starttls", "authority": "/nowhere.pem"},
            InvalidCommand,
            "--imap-authority /nowhere.pem cannot be read",
        ),
        ({"encryption": "starttls", "authority": __file__}, InvalidCommand, "holds no certificate"),
    ],
)
def test_what_goes_wrong_with_the_server_is_said_in_one_sentence(
    tmp_path: Path,
    imap: ImapServer,
    wrong: dict[str, object],
    refused: type[LedgerError],
    said: str,
) -> None:
    right = mailbox(imap, "INBOX")
    given = {name: getattr(right, name) for name in Mailbox.__dataclass_fields__} | wrong
    with mail_office(tmp_path) as office, pytest.raises(refused, match=said) as caught:
        taken(office, Mailbox(**given))  # type: ignore[arg-type]  # names and values of a table
    assert "\n" not in str(caught.value)
    assert PASSWORD not in str(caught.value)


def test_the_command_takes_a_mailbox_and_its_password_from_a_file(
    command_office: CommandLine, imap: ImapServer, tmp_path: Path
) -> None:
    folder = f"cli-{tmp_path.name}"
    new_folder(imap, folder, mail())
    secret = tmp_path / "password"
    secret.write_text(f"{PASSWORD}\n")
    words = (
        "mail", "--imap", "127.0.0.1", "--port", str(imap.port), "--encryption", "none",
        "--user", USER, "--password", f"@{secret}", "--folder", folder,
    )  # fmt: skip
    assert command_office.asked(*words)["opened"] == 1
    assert command_office.asked(*words)["read"] == 0


def test_a_mailbox_that_takes_no_password_is_read_by_an_access_token(
    command_office: CommandLine,
    imap: ImapServer,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The large providers, where most offices have their mail, believe nothing else any more."""
    folder = f"token-{tmp_path.name}"
    new_folder(imap, folder, mail())
    words = (
        "mail", "--imap", "127.0.0.1", "--port", str(imap.port), "--encryption", "none", "--user", USER,
        "--folder", folder,
    )  # fmt: skip
    token = tmp_path / "token"
    token.write_text(f"{access_token(lasts_seconds=-60)}\n")
    refuses(
        command_office(*words, "--access-token", f"@{token}"), "does not believe the access token"
    )
    monkeypatch.setenv("CASELEDGER_IMAP_ACCESS_TOKEN", access_token())
    assert command_office.asked(*words)["opened"] == 1
    refuses(command_office(*words, "--password", PASSWORD), "Give one of --password and")
