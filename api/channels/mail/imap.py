"""IMAP: the unseen mail of a folder of a mailbox; each is flagged as seen once what became of it is durable."""

from __future__ import annotations

import imaplib
import re
import socket
import ssl
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from ipaddress import ip_address
from typing import Any, Literal, TypeAlias, assert_never

from imap_tools import BaseMailBox, MailBox, MailBoxUnencrypted, MailMessageFlags
from imap_tools.errors import ImapToolsError, MailboxFolderSelectError, MailboxLoginError

from api.channels.mail.intake import Came, TooLarge
from api.channels.mail.sources import KEPT_BYTES, too_large
from api.channels.mail.taking import Waiting
from ledger.errors import InvalidCommand, LedgerUnavailable, NotAuthorised

Encryption = Literal["tls", "starttls", "none"]
_PORTS: dict[Encryption, int] = {"tls": 993, "starttls": 143, "none": 143}
_TIMEOUT_SECONDS = 60
_GREETING_SECONDS = 10
"""A server that says nothing for so long at first is not there, or waits for us to begin: where it speaks TLS."""
_HANDSHAKE_SECONDS = 10
"""How long a server that greets nobody may take to answer a handshake, which is how it is told apart."""
_ARRIVED = re.compile(rb'INTERNALDATE "([^"]+)"')
_BEGINS = re.compile(rb"\d+ \(")
_GONE = b"[EXPUNGEISSUED]"
_SIZE = re.compile(rb"RFC822\.SIZE (\d+)")


@dataclass(frozen=True, slots=True)
class Password:
    """What somebody remembers."""

    said: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class AccessToken:
    """What an issuer gave to whoever may look into the mailbox, for an hour or so (RFC 6749)."""

    said: str = field(repr=False)


Secret: TypeAlias = Password | AccessToken
"""By what a server believes who asks; the large ones take access tokens alone."""


@dataclass(frozen=True, slots=True)
class Mailbox:
    """A folder of a mailbox on an IMAP server, and who looks into it."""

    host: str
    user: str
    secret: Secret
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
    with _spoken_with(mailbox), _opened(mailbox) as box, _going_on_with(mailbox):
        for uid in box.uids("UNSEEN"):
            if waiting := _waiting(box, uid, mailbox):
                yield waiting


def _waiting(box: BaseMailBox, uid: str, mailbox: Mailbox) -> Waiting | None:
    sized = _fetched(box, uid, "(RFC822.SIZE)", _SIZE)
    if sized is not None and int(sized.found) > KEPT_BYTES:
        return Waiting(TooLarge(too_large(f"The mail {uid} on the server")))
    whole = _fetched(box, uid, "(INTERNALDATE BODY.PEEK[])", _ARRIVED)
    if whole is None:
        return None

    def done() -> None:
        with _spoken_with(mailbox), _going_on_with(mailbox):
            _flag_as_seen(box, uid)

    return Waiting(Came(whole.literal, "imap", _instant(whole.found)), done)


def _flag_as_seen(box: BaseMailBox, uid: str) -> None:
    """Flags one message and does nothing else: imap-tools purges with it what others have marked as deleted."""
    status, said = box.client.uid("store", uid, "+FLAGS.SILENT", f"({MailMessageFlags.SEEN})")
    if status != "OK" and not _is_gone(said):
        raise LedgerUnavailable(
            f"The mail {uid} was taken and cannot be flagged as seen on the server: check that its folder is there "
            "still, and that this user may flag mail in it; again adds nothing."
        )


@dataclass(frozen=True, slots=True)
class _Fetched:
    """What was sought in the line that the server answers of a message, and the literal in it as it is."""

    found: bytes
    literal: bytes


def _fetched(box: BaseMailBox, uid: str, what: str, sought: re.Pattern[bytes]) -> _Fetched | None:
    """What the server answers of one message (RFC 3501, section 7.4.2).

    None if somebody has moved it away meanwhile: RFC 3501, section 6.4.8, and the code of RFC 5530. What the server
    tells meanwhile of others, whose flags somebody changed, is not of this one.
    """
    status, answer = box.client.uid("fetch", uid, what)
    if status == "NO" and _is_gone(answer):
        return None
    if status != "OK":
        raise LedgerUnavailable(f"The mail {uid} cannot be fetched from the server: try again.")
    of_it = re.compile(rb"\bUID " + uid.encode() + rb"\b")
    for line, literal in _by_message(answer):
        if of_it.search(line) and (found := sought.search(line)):
            return _Fetched(found[1], literal)
    return None


def _by_message(answer: Sequence[Any]) -> list[tuple[bytes, bytes]]:
    """The line and the literal of each message; what follows a literal goes on with the line that it stands in."""
    told: list[tuple[bytes, bytes]] = []
    for each in answer:
        line, literal = each if isinstance(each, tuple) else (each or b"", b"")
        if _BEGINS.match(line):
            told.append((line, literal))
        elif told:
            told[-1] = (told[-1][0] + line, told[-1][1] or literal)
    return told


def _is_gone(said: Sequence[Any]) -> bool:
    return any(isinstance(each, bytes) and each.startswith(_GONE) for each in said)


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
        _log_in(box, mailbox)
        box.folder.set(mailbox.folder)
        yield box
    except BaseException:
        _hang_up(box)
        raise
    try:
        box.client.logout()
    except (OSError, imaplib.IMAP4.error):  # all was done: who hangs up first is all the same
        _hang_up(box)


def _log_in(box: BaseMailBox, mailbox: Mailbox) -> None:
    match mailbox.secret:
        case Password(said=password):
            box.login(mailbox.user, password, initial_folder=None)
        case AccessToken(said=token):
            _show_token(box, mailbox, token)
        case unknown:
            assert_never(unknown)


def _show_token(box: BaseMailBox, mailbox: Mailbox, token: str) -> None:
    """Logs in by SASL XOAUTH2; what a server says of a token it does not believe is answered with nothing."""
    said = f"user={mailbox.user}\1auth=Bearer {token}\1\1".encode()
    try:
        box.client.authenticate("XOAUTH2", lambda challenge: b"" if challenge else said)
    except imaplib.IMAP4.abort:
        raise
    except imaplib.IMAP4.error as error:
        raise NotAuthorised(
            f"The mail server {mailbox.host}:{mailbox.at_port} does not believe the access token for {mailbox.user}: "
            "get a new one, by which this mailbox may be read by IMAP."
        ) from error


def _hang_up(box: BaseMailBox) -> None:
    with suppress(OSError):  # where the server or a failed handshake has closed it before us
        box.client.shutdown()


@contextmanager
def _spoken_with(mailbox: Mailbox) -> Generator[None]:
    """Says in a sentence what goes wrong between us and the server."""
    place = f"{mailbox.host}:{mailbox.at_port}"
    try:
        yield
    except MailboxLoginError as error:
        raise NotAuthorised(
            f"The mail server {place} does not let {mailbox.user} in: check the name and the password, or give "
            "--access-token where it takes no passwords."
        ) from error
    except MailboxFolderSelectError as error:
        raise InvalidCommand(
            f"The mail server {place} has no folder '{mailbox.folder}': name one that it has."
        ) from error
    except (ImapToolsError, imaplib.IMAP4.error) as error:
        raise _broken_off(mailbox, " ".join(str(error).split())) from error
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


@contextmanager
def _going_on_with(mailbox: Mailbox) -> Generator[None]:
    """Says so where a connection that stood is lost, or nothing comes by it any more."""
    try:
        yield
    except OSError as error:
        raise _broken_off(mailbox, error.strerror or str(error)) from error


def _broken_off(mailbox: Mailbox, said: str) -> LedgerUnavailable:
    return LedgerUnavailable(
        f"The mail server {mailbox.host}:{mailbox.at_port} broke off ({said}); what was taken is recorded: try again."
    )


def _connected(mailbox: Mailbox) -> BaseMailBox:
    if mailbox.encryption == "none" and not _is_here(mailbox.host):
        raise InvalidCommand(
            "Without encryption anybody on the way reads the password: use tls or starttls, or a "
            "server on this machine."
        )
    box = _greeted(mailbox)
    box.client.sock.settimeout(_TIMEOUT_SECONDS)
    return box


def _greeted(mailbox: Mailbox) -> BaseMailBox:
    host, port = mailbox.host, mailbox.at_port
    if mailbox.encryption == "tls":
        return MailBox(host, port, _GREETING_SECONDS, ssl_context=_trust(mailbox))
    try:
        return MailBoxUnencrypted(host, port, _GREETING_SECONDS)
    except TimeoutError as error:
        if not _speaks_tls(host, port):
            raise
        raise LedgerUnavailable(
            f"The mail server {host}:{port} speaks TLS from the first byte on: give --encryption tls, or the port "
            "where it begins in clear."
        ) from error


def _speaks_tls(host: str, port: int) -> bool:
    """Whether a handshake is answered there; whoever answers is believed nothing, and told nothing."""
    asking = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    asking.check_hostname, asking.verify_mode = False, ssl.CERT_NONE
    try:
        with (
            socket.create_connection((host, port), _HANDSHAKE_SECONDS) as way,
            asking.wrap_socket(way, server_hostname=host),
        ):
            return True
    except OSError:
        return False


def _trust(mailbox: Mailbox) -> ssl.SSLContext:
    try:
        return ssl.create_default_context(cafile=mailbox.authority)
    except OSError as error:
        why = "it holds no certificate" if isinstance(error, ssl.SSLError) else error.strerror
        raise InvalidCommand(
            f"--imap-authority {mailbox.authority} cannot be read ({why}): give a file of certificates in PEM."
        ) from error


def _is_here(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
