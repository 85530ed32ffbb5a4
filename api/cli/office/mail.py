"""Mail from the command line: taken from standard input, a Maildir, an mbox or IMAP, and what of it was set aside."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated
from uuid import UUID

from cyclopts import Group, Parameter

from api.channels.mail.folders import AsideFolder
from api.channels.mail.imap import (
    AccessToken,
    Encryption,
    Mailbox,
    Password,
    Secret,
    from_imap,
)
from api.channels.mail.intake import MailIntake
from api.channels.mail.parsing import enclosed_in
from api.channels.mail.sources import from_maildir, from_mbox, from_stream
from api.channels.mail.taking import MailReport, Waiting, take_all
from api.cli.edge import DONE, FOUND
from api.cli.ledgers import office_days, opened
from api.cli.showing import Column, local, number, say, show_json, show_table, words
from api.cli.wording.as_refused import as_spoken
from api.cli.wording.in_french import numbered, told
from api.cli.wording.spoken import spoken
from api.cli.writing.acting import reader_of
from api.cli.writing.given_words import GivenWords
from api.new_files import new_file, refuse_taken
from ledger.errors import InvalidCommand
from ledger.ids import case_stream, reference_of
from ledger.personal.originals import open_original
from ledger.service import Ledger
from ledger.settings import Settings

AsJson = Annotated[bool, Parameter(name="--json", negative="", help="Answer as JSON.")]
_IMAP = Group("A mailbox on a server", sort_key=7)
_LISTED = 20


@Parameter(name="*", group=_IMAP)
@dataclass(frozen=True, kw_only=True)
class OnServer:
    """A mailbox on an IMAP server."""

    host: Annotated[str | None, Parameter(name="--imap")] = None
    "The server's name."
    user: Annotated[str | None, Parameter(name="--user")] = None
    "Who looks into the mailbox."
    password: Annotated[
        str | None, Parameter(name="--password", env_var="CASELEDGER_IMAP_PASSWORD")
    ] = None
    "The password: '@FILE' reads it from a file, '-' from standard input."
    access_token: Annotated[
        str | None, Parameter(name="--access-token", env_var="CASELEDGER_IMAP_ACCESS_TOKEN")
    ] = None
    "Instead of a password, where the server takes none: an access token (OAuth 2.0), from '@FILE' or '-'."
    folder: Annotated[str, Parameter(name="--folder")] = "INBOX"
    "The folder of the mailbox."
    port: Annotated[int | None, Parameter(name="--port")] = None
    "The port, if it is not the usual one."
    encryption: Annotated[Encryption, Parameter(name="--encryption")] = "tls"
    "How the way there is protected; 'none' is for a server on this machine alone."
    authority: Annotated[Path | None, Parameter(name="--imap-authority")] = None
    "A file of certificates that are trusted besides the system's own."

    def mailbox(self) -> Mailbox | None:
        """The mailbox, if a server is named; InvalidCommand if not all is said."""
        if self.host is None:
            return None
        if not self.user:
            raise InvalidCommand("Say who looks into the mailbox: give --user.")
        return Mailbox(
            self.host,
            self.user,
            self._secret(),
            self.folder,
            self.port,
            self.encryption,
            self.authority and str(self.authority),
        )

    def _secret(self) -> Secret:
        match self.password, self.access_token:
            case str() as said, None if said:
                return Password(GivenWords().text(said, option="--password"))
            case None, str() as said if said:
                return AccessToken(GivenWords().text(said, option="--access-token").strip())
            case _:
                raise InvalidCommand(
                    "Give one of --password and --access-token, as @FILE, or as CASELEDGER_IMAP_PASSWORD or "
                    "CASELEDGER_IMAP_ACCESS_TOKEN."
                )


def mail(
    *,
    maildir: Annotated[Path | None, Parameter(name="--maildir")] = None,
    mbox: Annotated[Path | None, Parameter(name="--mbox")] = None,
    set_aside: Annotated[UUID | None, Parameter(name="--set-aside")] = None,
    however_many: Annotated[bool, Parameter(name="--however-many", negative="")] = False,
    on_server: OnServer = OnServer(),
    as_json: AsJson = False,
) -> int:
    """Takes mail in: as new cases, as contacts on those it is about, or into the tray if a machine wrote it.

    It reads one message from standard input unless a source is named. What cannot be taken in is set
    aside with its reason (`caseledger set-aside`); the same mail again adds nothing.

    Parameters
    ----------
    maildir
        A Maildir: what is new in it; each is moved to `cur` once it is recorded.
    mbox
        An mbox: what is new in it since it was read last.
    set_aside
        The id of a mail that was set aside, to try again.
    however_many
        Take in also more than the policy lets one sender send in an hour.
    """
    settings = Settings()
    mailbox = on_server.mailbox()
    named = [each for each in (maildir, mbox, mailbox, set_aside) if each is not None]
    if len(named) > 1:
        raise InvalidCommand("Name one source: --maildir, --mbox, --imap or --set-aside.")
    with opened() as ledger:
        if maildir is not None:
            source, waiting = str(maildir), from_maildir(maildir)
        elif mbox is not None:
            source, waiting = str(mbox), from_mbox(mbox, settings.home / "mail-marks")
        elif mailbox is not None:
            source, waiting = f"{mailbox.host} {mailbox.folder}", from_imap(mailbox)
        elif set_aside is not None:
            source, waiting = f"set aside {set_aside}", _once_more(settings.home, set_aside)
        else:
            source, waiting = "standard input", from_stream(sys.stdin.buffer)
        intake = MailIntake(ledger, settings.home)
        report = take_all(intake, waiting, source=source, however_many=however_many)
    if as_json:
        show_json(report.as_json())
    else:
        set_aside_said = set_aside and told("set aside {id}", id=set_aside)
        _show(report, set_aside_said or told(report.source))
    return DONE


def _once_more(home: Path, item_id: UUID) -> Iterator[Waiting]:
    raw = AsideFolder(home).read(item_id)
    return from_stream(io.BytesIO(raw))


def _show(report: MailReport, source: str) -> None:
    labels = {
        "opened": "opened a case",
        "threaded": "went to the case that it is about",
        "tray": "from machines, into the tray",
        "duplicate": "recorded before",
        "set_aside": "set aside, with the reason",
        "left_there": "too large, left where it is",
    }
    show_table(
        numbered(
            len(report.taken),
            "{count} mail from {source}",
            "{count} mails from {source}",
            source=source,
        ),
        [words("what became of them"), number("mails")],
        [(told(labels[outcome]), count) for outcome, count in report.counts.items() if count],
        empty="Nothing new is there.",
    )
    kept_out = [each for each in report.taken if each.reason is not None]
    if kept_out:
        show_table(
            told("Not taken in (the first {count}; all with --json)", count=_LISTED),
            [Column("mail"), words("why")],
            [
                (each.mail_id or told("left there"), as_spoken(each.reason or ""))
                for each in kept_out[:_LISTED]
            ],
            empty="",
        )
    on_cases = [each for each in report.taken if each.became in ("opened", "threaded")]
    if on_cases:
        show_table(
            told("On cases (the first {count}; all with --json)", count=_LISTED),
            [Column("case"), words("by a mail that")],
            [
                (each.case_id and reference_of(each.case_id), told(labels[each.became]))
                for each in on_cases[:_LISTED]
            ],
            empty="",
        )


def set_aside(*, as_json: AsJson = False) -> int:
    """Shows which mail was set aside, and why; exit code 1 while any is."""
    settings = Settings()
    found = list(AsideFolder(settings.home))
    with opened() as ledger:
        zone = office_days(ledger.policies()).zone
    if as_json:
        show_json({"set_aside": found})
    else:
        show_table(
            "Mail that was set aside",
            [Column("mail"), Column("since"), words("why"), Column("file")],
            [
                (
                    each.item_id,
                    local(each.since_at, zone),
                    as_spoken(each.reason),
                    told("gone: {file}", file=each.file) if each.gone else each.file,
                )
                for each in found
            ],
            empty="No mail is set aside.",
        )
        if found:
            say(
                told(
                    "Deal with each: `caseledger mail --set-aside MAIL` tries again; delete the file of what is to be "
                    "refused for good, with the .json beside it."
                )
            )
        if any(each.gone for each in found):
            say(
                told(
                    "What is gone was taken in when somebody was interrupted, or is lost: put it back from a backup if "
                    "no case has it, then delete the .json."
                )
            )
    return FOUND if found else DONE


def original(
    of: Annotated[
        str, Parameter(name="REF", help="A case's reference, or the id of a mail in the tray.")
    ],
    /,
    *,
    out: Annotated[Path, Parameter(name="--out")],
    item: Annotated[UUID | None, Parameter(name="--item-id")] = None,
    member: Annotated[str | None, Parameter(name="--as", env_var="CASELEDGER_ACTOR")] = None,
    purpose: Annotated[str | None, Parameter(name="--purpose")] = None,
) -> int:
    """Writes out an original that is kept here, such as a mail or an attachment, after recording who reads it and why.

    Parameters
    ----------
    out
        The new file that it is written to.
    item
        The record item: an attachment of a mail, or one of several originals that are kept.
    member
        Who reads it: the code of a member of the policy.
    purpose
        What it is read for.
    """
    refuse_taken(out)
    settings = Settings()
    with opened() as ledger:
        actor, said = reader_of(member, purpose, ledger)
        stream = _stream_of(ledger, of)
        raw = open_original(
            ledger,
            settings.home,
            stream,
            item_id=item,
            actor=actor,
            purpose=said,
            enclosed=enclosed_in,
        )
    with new_file(out) as file:
        file.write(raw)
    said = "{count} bytes are in {out}, unaltered since they came."
    say(told(said, count=_grouped(len(raw)), out=out))
    return DONE


def _grouped(count: int) -> str:
    """A large number in groups of three digits, as the language that is spoken parts them."""
    said = f"{count:,}"
    return said if spoken() == "en" else said.replace(",", "\N{NO-BREAK SPACE}")


def _stream_of(ledger: Ledger, of: str) -> str:
    """The stream of a mail in the tray that has this id, else of the case of this reference."""
    try:
        tray = f"tray/{UUID(of)}"
    except ValueError:
        tray = ""
    if tray and ledger.store.stream(tray, upto_version=1):
        return tray
    return case_stream(ledger.find_case(of))
