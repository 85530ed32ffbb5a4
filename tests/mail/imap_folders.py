"""A folder of a mailbox on the real IMAP server, as a test fills it and looks into it beside us."""

from __future__ import annotations

import imaplib
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from api.channels.mail.imap import Encryption, Mailbox, Password, from_imap
from api.channels.mail.taking import MailReport, take_all
from tests.mail.imap_server import PASSWORD, USER, ImapServer, imap_server
from tests.mail.office import MailOffice

WHEN = '" 2-Mar-2026 09:15:00 +0000"'


@pytest.fixture(scope="module")
def imap() -> Iterator[ImapServer]:
    with imap_server() as started:
        yield started


@contextmanager
def client(imap: ImapServer) -> Iterator[imaplib.IMAP4]:
    """Another mail program on the same mailbox."""
    with imaplib.IMAP4("127.0.0.1", imap.port) as connection:
        connection.login(USER, PASSWORD)
        yield connection


def new_folder(imap: ImapServer, name: str, *mails: bytes) -> None:
    with client(imap) as connection:
        connection.create(name)
        for raw in mails:
            status, _ = connection.append(name, "", WHEN, raw.replace(b"\n", b"\r\n"))
            assert status == "OK"


def unseen(imap: ImapServer, folder: str) -> int:
    with client(imap) as connection:
        connection.select(folder, readonly=True)
        return len(connection.search(None, "UNSEEN")[1][0].split())


def mailbox(imap: ImapServer, folder: str, *, encryption: Encryption = "none") -> Mailbox:
    port = imap.tls_port if encryption == "tls" else imap.port
    authority = None if encryption == "none" else str(imap.certificate)
    return Mailbox("127.0.0.1", USER, Password(PASSWORD), folder, port, encryption, authority)


def taken(office: MailOffice, box: Mailbox) -> MailReport:
    return take_all(office.intake, from_imap(box), source="test")
