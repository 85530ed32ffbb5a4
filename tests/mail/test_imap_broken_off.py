"""IMAP where something breaks off in the middle: nothing is lost, nothing taken twice, and one sentence says so."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain

import pytest

from api.channels.mail.imap import Encryption, from_imap
from api.channels.mail.taking import take_all
from ledger.case.intake.opening import CaseOpened
from ledger.errors import LedgerUnavailable
from tests.mail.broken_off import Break, broken_off
from tests.mail.imap_folders import client, imap, mailbox, new_folder, taken, unseen
from tests.mail.imap_server import ImapServer
from tests.mail.mails import mail
from tests.mail.office import MailOffice

__all__ = ["imap"]
THREE = tuple(mail(message_id=f"<m{each}@x>") for each in range(3))


@pytest.mark.parametrize(
    ("at", "encryption"),
    [
        (Break(b"LOGIN"), "none"),
        (Break(b"SEARCH"), "none"),
        (Break(b"RFC822.SIZE", times=2), "none"),
        (Break(b"BODY.PEEK", times=2, silent=True), "none"),
        (Break(b"STORE"), "none"),
        (Break(b"STORE", times=2, silent=True), "none"),
        (Break(b"", times=12), "tls"),
    ],
)
def test_a_connection_that_breaks_off_loses_nothing_and_takes_nothing_twice(
    office: MailOffice,
    imap: ImapServer,
    monkeypatch: pytest.MonkeyPatch,
    at: Break,
    encryption: Encryption,
) -> None:
    folder = f"cut-{office.ledger.store.ledger_id.hex()}"
    new_folder(imap, folder, *THREE)
    box = mailbox(imap, folder, encryption=encryption)
    with monkeypatch.context() as impatient, broken_off(box.at_port, at) as port:
        impatient.setattr("api.channels.mail.imap._TIMEOUT_SECONDS", 1)
        with pytest.raises(LedgerUnavailable) as broken:
            taken(office, replace(box, port=port))
    assert "broke off (" in str(broken.value)
    assert str(broken.value).endswith("); what was taken is recorded: try again.")
    taken(office, box)
    assert len(office.of(CaseOpened)) == 3
    assert unseen(imap, folder) == 0


@pytest.mark.parametrize("encryption", ["none", "starttls"])
def test_a_port_that_speaks_tls_is_told_as_that_where_it_is_asked_in_clear(
    office: MailOffice,
    imap: ImapServer,
    monkeypatch: pytest.MonkeyPatch,
    encryption: Encryption,
) -> None:
    """Each waited for the other for a minute, and then it was said that the server timed out."""
    monkeypatch.setattr("api.channels.mail.imap._GREETING_SECONDS", 0.5)
    box = replace(mailbox(imap, "INBOX", encryption="tls"), encryption=encryption)
    with pytest.raises(LedgerUnavailable, match="speaks TLS from the first byte on: give --enc"):
        taken(office, box)


def test_a_server_that_hangs_up_once_all_was_taken_hides_no_report(
    office: MailOffice, imap: ImapServer
) -> None:
    folder = f"bye-{office.ledger.store.ledger_id.hex()}"
    new_folder(imap, folder, *THREE)
    with broken_off(imap.port, Break(b"LOGOUT")) as port:
        report = taken(office, replace(mailbox(imap, folder), port=port))
    assert report.counts["opened"] == 3


def test_what_others_marked_as_deleted_is_taken_and_not_purged(
    office: MailOffice, imap: ImapServer
) -> None:
    """Flagging one mail purged the folder: another that nobody had read was gone before it was taken."""
    folder = f"marked-{office.ledger.store.ledger_id.hex()}"
    new_folder(imap, folder, *THREE)
    with client(imap) as connection:
        connection.select(folder)
        connection.store("2,3", "+FLAGS", "\\Deleted")
    assert taken(office, mailbox(imap, folder)).counts["opened"] == 3
    with client(imap) as connection:
        connection.select(folder, readonly=True)
        assert connection.search(None, "DELETED")[1] == [b"2 3"]


def test_what_the_server_tells_of_other_mails_meanwhile_is_no_mail(
    office: MailOffice, imap: ImapServer
) -> None:
    """Where one was gone and another was flagged meanwhile, the line about its flags was taken as a mail."""
    folder = f"flagged-{office.ledger.store.ledger_id.hex()}"
    new_folder(imap, folder, *THREE)
    waiting = from_imap(mailbox(imap, folder))
    first = next(waiting)
    with client(imap) as connection:
        connection.select(folder)
        connection.store("2", "+FLAGS", "\\Deleted")
        connection.expunge()
        connection.store("1:*", "+FLAGS", "(\\Flagged $Forwarded)")
    rest = take_all(office.intake, chain([first], waiting), source="test")
    assert [each.became for each in rest.taken] == ["opened", "opened"]


@pytest.mark.parametrize("away", ["renamed", "deleted"])
def test_a_folder_that_is_gone_in_the_middle_is_said_so_and_loses_nothing(
    office: MailOffice, imap: ImapServer, away: str
) -> None:
    folder = f"{away}-{office.ledger.store.ledger_id.hex()}"
    new_folder(imap, folder, *THREE)
    waiting = from_imap(mailbox(imap, folder))
    first = next(waiting)
    with client(imap) as connection:
        if away == "renamed":
            connection.rename(folder, f"{folder}-else")
        else:
            connection.delete(folder)
    with pytest.raises(LedgerUnavailable) as broken:
        take_all(office.intake, chain([first], waiting), source="test")
    assert "check that its folder is there still" in str(broken.value)
    assert len(office.of(CaseOpened)) == 1
    if away == "renamed":
        again = taken(office, mailbox(imap, f"{folder}-else"))
        assert [each.became for each in again.taken] == ["duplicate", "opened", "opened"]
