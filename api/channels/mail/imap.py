"""IMAP: the unseen mail of a folder of a mailbox; each is flagged as seen once what became of it is durable."""

from __future__ import annotations

import imaplib
import re
import ssl
from collections.abc import Generator, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from ipaddress import ip_address
from typing import Literal

from imap_tools import BaseMailBox, MailBox, MailBoxUnencrypted, MailMessageFlags
from imap_tools.errors import ImapToolsError, MailboxFolderSelectError, MailboxLoginError

from api.channels.mail.intake import Came, TooLarge
from api.channels.mail.sources import KEPT_BYTES, too_large
from api.channels.mail.taking import Waiting
from ledger.errors import InvalidCommand, LedgerUnavailable, NotAuthorised

Encryption = Literal["tls", "starttls", "none"]
_PORTS: dict[Encryption, int] = {"tls": 993, "starttls": 143, "none": 143}
_TIMEOUT_SECONDS = 60
_ARRIVED = re.compile(rb'INTERNALDATE "([^"]+)"')
_GONE = b"[EXPUNGEISSUED]"
_SIZE = re.compile(rb"RFC822\.SIZE (\d+)")


@dataclass(frozen=True, slots=True)
class Mailbox:
    """A folder of a mailbox on an IMAP server, and who looks into it."""

    host: str
    user: str
    password: str = field(repr=False)
    folder: str = "INBOX"
    port: int | None = None
    encryption: Encryption = "tls"
    authority: str | None = None
    """The file of the certificates that are trusted besides the system's own."""

    @property
    def at_port(self) -> int:
        """The port of the server: the usual one of the encryption if none is named."""
        return self.port or _PORTS[self.encryption]


def from_imap(mailbox: Mailbox) -> Iterator[Waiting]:
    """The unseen messages, as the server has them; reading them flags none. One that is gone by then is passed over."""
    with _spoken_with(mailbox), _opened(mailbox) as box:
        for uid in box.uids("UNSEEN"):
            if waiting := _waiting(box, uid, mailbox):
                yield waiting


def _waiting(box: BaseMailBox, uid: str, mailbox: Mailbox) -> Waiting | None:
    size = _SIZE.search(b" ".join(_fetched(box, uid, "(RFC822.SIZE)")))
    if size is not None and int(size[1]) > KEPT_BYTES:
        return Waiting(TooLarge(too_large(f"The mail {uid} on the server")))
    parts = _fetched(box, uid, "(INTERNALDATE BODY.PEEK[])")
    if not parts:
        return None
    raw = max(parts, key=len)
    arrived = _ARRIVED.search(b" ".join(each for each in parts if each is not raw))

    def done() -> None:
        with _spoken_with(mailbox):
            box.flag(uid, MailMessageFlags.SEEN, True)

    return Waiting(Came(raw, "imap", arrived and _instant(arrived[1])), done)


def _fetched(box: BaseMailBox, uid: str, what: str) -> list[bytes]:
    """What the server answers of one message: its lines, and the literal as it is (RFC 3501).

    Nothing if somebody has moved it away meanwhile: RFC 3501, section 6.4.8, and the code of RFC 5530.
    """
    status, found = box.client.uid("fetch", uid, what)
    parts = [
        part
        for each in found
        for part in (each if isinstance(each, tuple) else (each,))
        if isinstance(part, bytes)
    ]
    if status == "NO" and any(part.startswith(_GONE) for part in parts):
        return []
    if status != "OK":
        raise LedgerUnavailable(f"The mail {uid} cannot be fetched from the server: try again.")
    return parts


def _instant(said: bytes) -> datetime | None:
    try:
        return datetime.strptime(said.decode().strip(), "%d-%b-%Y %H:%M:%S %z").astimezone(UTC)
    except ValueError:
        return None


@contextmanager
def _opened(mailbox: Mailbox) -> Generator[BaseMailBox]:
    """The folder, and the connection closed after the block, whatever happened."""
    box = _connected(mailbox)
    try:
        if mailbox.encryption == "starttls":
            box.client.starttls(_trust(mailbox))
        box.login(mailbox.user, mailbox.password, initial_folder=None)
        box.folder.set(mailbox.folder)
        yield box
    except BaseException:
        with suppress(OSError):  # where the server or a failed handshake has closed it before us
            box.client.shutdown()
        raise
    box.client.logout()


@contextmanager
def _spoken_with(mailbox: Mailbox) -> Generator[None]:
    """Says in a sentence what goes wrong between us and the server."""
    place = f"{mailbox.host}:{mailbox.at_port}"
    try:
        yield
    except MailboxLoginError as error:
        raise NotAuthorised(
            f"The mail server {place} does not let {mailbox.user} in: check the name and the password."
        ) from error
    except MailboxFolderSelectError as error:
        raise InvalidCommand(
            f"The mail server {place} has no folder '{mailbox.folder}': name one that it has."
        ) from error
    except (ImapToolsError, imaplib.IMAP4.error) as error:
        said = " ".join(str(error).split())
        raise LedgerUnavailable(
            f"The mail server {place} broke off ({said}); what was taken is recorded: try again."
        ) from error
    except ssl.SSLCertVerificationError as error:
        raise LedgerUnavailable(
            f"The mail server {place} cannot be trusted ({error.reason or error}): name the file of "
            "its authority's certificate with --imap-authority, or check the address."
        ) from error
    except ssl.SSLError as error:
        raise LedgerUnavailable(
            f"The mail server {place} does not agree on TLS ({error.reason or error}): check the port, or give "
            "--encryption starttls where it begins in clear."
        ) from error
    except OSError as error:
        raise LedgerUnavailable(
            f"The mail server {place} cannot be reached ({error.strerror or error}): try again."
        ) from error


def _connected(mailbox: Mailbox) -> BaseMailBox:
    host, port = mailbox.host, mailbox.at_port
    if mailbox.encryption == "none" and not _is_here(host):
        raise InvalidCommand(
            "Without encryption anybody on the way reads the password: use tls or starttls, or a "
            "server on this machine."
        )
    if mailbox.encryption == "tls":
        return MailBox(host, port, _TIMEOUT_SECONDS, ssl_context=_trust(mailbox))
    return MailBoxUnencrypted(host, port, _TIMEOUT_SECONDS)


def _trust(mailbox: Mailbox) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=mailbox.authority)


def _is_here(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
