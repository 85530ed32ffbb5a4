"""Intake of mail: each message is recorded once, or set aside with its reason; nothing that came is lost.

The command that says what a mail was has an id that the mail itself gives, so that the same mail again,
by whatever way, adds nothing, and one whose recording was interrupted is completed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Literal
from uuid import UUID

from api.channels.mail import commands
from api.channels.mail.belonging import case_of_mail, case_of_returned, message_key
from api.channels.mail.commands import MailIds
from api.channels.mail.folders import Arrivals, AsideFolder
from api.channels.mail.kinds import comes_back, machine_kind
from api.channels.mail.message import Message, Unreadable
from api.channels.mail.parsing import read_message
from api.machines import machine
from ledger.case.alarms import RaiseAlarm
from ledger.case.contact.bounces import MAIL_BOUNCED
from ledger.case.contact.contacts import LogContact
from ledger.case.erased import is_disposed
from ledger.case.intake.opening import OpenCase
from ledger.commands import Command, Request
from ledger.entry import Receipt
from ledger.errors import InvalidCommand, LedgerError, NotAuthorised, Refusal
from ledger.ids import case_stream
from ledger.keeping import case_of
from ledger.personal.originals import is_kept, keep_original
from ledger.policy.document.policy import Policy
from ledger.policy.telling.mailing import robot_channel, wanting_for_mail
from ledger.registers.tray import ITEM, MailKind
from ledger.service import Ledger
from ledger.times import EPOCH

Became = Literal["opened", "threaded", "tray", "duplicate", "set_aside", "left_there"]
_EARLIEST_YEAR = 1990
"""What is stamped with an earlier year is stamped wrongly."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a mail: the case or the item of the tray that has it, or why it was set aside."""

    became: Became
    mail_id: UUID | None
    case_id: UUID | None = None
    item_id: UUID | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class TooLarge:
    """A mail so large that it is not even read: it stays where it is, as this sentence says."""

    sentence: str


@dataclass(frozen=True, slots=True)
class Came:
    """A mail as it came: its bytes, from where, and when, if whoever hands it on knows."""

    raw: bytes
    source: str
    at: datetime | None = None


class MailIntake:
    """Takes mail into one ledger; originals and what is set aside lie in its home."""

    def __init__(self, ledger: Ledger, home: Path) -> None:
        self._ledger = ledger
        self._home = home
        self._aside = AsideFolder(home)
        self._arrivals = Arrivals(home)

    def take(self, came: Came | TooLarge, *, however_many: bool = False) -> Taken:
        """Records a mail, or sets it aside; what it answers is durable.

        `however_many` takes in also what is more than the policy lets one sender send.
        """
        if isinstance(came, TooLarge):
            return Taken("left_there", None, reason=came.sentence)
        policy = self._policy()
        aside_id = self._ledger.derived_id(EPOCH, "mail-aside", sha256(came.raw).hexdigest())
        try:
            taken = self._taken(came, policy, however_many=however_many)
        except (Unreadable, Refusal, InvalidCommand, NotAuthorised) as refused:
            now = self._ledger.clock()
            self._aside.put(aside_id, came.raw, reason=str(refused), source=came.source, at=now)
            return Taken("set_aside", aside_id, reason=str(refused))
        self._aside.take_away(aside_id)
        return taken

    def _policy(self) -> Policy:
        """The policy in force; Refusal, before any mail is touched, if it cannot take any in."""
        policy = self._ledger.policies().in_force(self._ledger.clock()).policy
        if (wanting := wanting_for_mail(policy)) is not None:
            raise Refusal(wanting, rule="policy-takes-mail")
        return policy

    def _taken(self, came: Came, policy: Policy, *, however_many: bool) -> Taken:
        message = read_message(came.raw)
        ids = MailIds.of(self._ledger, message)
        if (stream := self._ledger.stream_of_command(ids.mail)) is not None:
            return self._completed(stream, message, ids, came)
        reached_at = self._reached_at(message, came)
        kind = self._machine(message, policy)
        about = self._kept(
            case_of_mail(self._ledger, message) or case_of_returned(self._ledger, message)
        )
        counted = self._counted(policy, message, kind, about=about)
        if not however_many:
            self._refuse_flood(counted, reached_at)
        if kind is not None:
            taken = self._into_tray(message, ids, kind, about=about, at=reached_at, raw=came.raw)
        elif about is not None:
            asked = commands.contact(message, ids, policy, case_id=about)
            taken = self._on_case("threaded", asked, message, ids, came, at=reached_at)
        else:
            asked = commands.opening(message, ids, policy, reached_at=reached_at)
            taken = self._on_case("opened", asked, message, ids, came)
        self._arrivals.note(ids.mail, frozenset(counted), reached_at)
        return taken

    def _kept(self, about: UUID | None) -> UUID | None:
        """The case that a mail is about; None where it was disposed of, so that the mail opens one of its own."""
        return None if about is None or is_disposed(case_of(self._ledger, about)) else about

    def _machine(self, message: Message, policy: Policy) -> MailKind | None:
        own = frozenset(each.casefold() for each in policy.mail.own_addresses)
        if comes_back(message, ledger_id=self._ledger.store.ledger_id.hex(), own=own):
            return "other"
        kind = machine_kind(message)
        return None if kind == "robot" and robot_channel(policy, message.sender) else kind

    def _reached_at(self, message: Message, came: Came) -> datetime:
        """When it reached us: as whoever hands it on says, else as the last server stamped it; not in the future."""
        now = self._ledger.clock()
        for at in (came.at, message.stamped_at):
            if at is not None and at <= now and at.year >= _EARLIEST_YEAR:
                return at
        return now

    def _counted(
        self, policy: Policy, message: Message, kind: MailKind | None, *, about: UUID | None
    ) -> dict[bytes, tuple[int, str]]:
        """For whom a mail is counted, by keyed digest, with how many an hour are taken in and what they have in common.

        What a mail server sends back on a case counts for that case alone: it writes for everybody.
        """
        terms = policy.mail
        found: dict[str, tuple[int, str]] = {}
        if kind is None or about is None:
            sender = f"sender\0{message.sender.casefold()}"
            found[sender] = (terms.an_hour_from_a_sender, "from one sender")
        if about is not None:
            found[f"case\0{about}"] = (terms.an_hour_on_a_case, "on one case")
        digest = self._ledger.vault.command_digest
        return {digest(b"mail\0" + whom.encode()): limit for whom, limit in found.items()}

    def _refuse_flood(self, counted: Mapping[bytes, tuple[int, str]], at: datetime) -> None:
        for whom, (limit, common) in counted.items():
            if self._arrivals.count(whom, at) >= limit:
                raise Refusal(
                    f"More than {limit} mails came {common} within an hour: see whether it is a loop, and "
                    "take it in with --however-many if it is not.",
                    rule="mail-flood",
                )

    def _into_tray(
        self,
        message: Message,
        ids: MailIds,
        kind: MailKind,
        *,
        about: UUID | None,
        at: datetime,
        raw: bytes,
    ) -> Taken:
        if kind == "bounce" and about is not None:
            alarm = RaiseAlarm(case_id=about, alarm=MAIL_BOUNCED, since=at)
            self._asked(alarm, ids("alarm"))
        item = commands.tray_item(message, ids, kind, about_case=about, reached_at=at)
        receipt = self._recorded(item, ids.mail, at=at)
        if receipt is None:
            return self._again(message, ids, raw)
        self._keep(item.item_id, receipt.position, raw)
        return Taken("tray", ids.mail, case_id=about, item_id=item.item_id)

    def _on_case(
        self,
        became: Became,
        asked: OpenCase | LogContact,
        message: Message,
        ids: MailIds,
        came: Came,
        *,
        at: datetime | None = None,
    ) -> Taken:
        if isinstance(asked, OpenCase):
            receipt = self._opened(asked, message, ids)
        else:
            receipt = self._recorded(asked, ids.mail, at=at)
        if receipt is None:
            return self._again(message, ids, came.raw)
        self._with_items(message, ids, came.raw, case_id=asked.case_id)
        return Taken(became, ids.mail, case_id=asked.case_id)

    def _opened(self, asked: OpenCase, message: Message, ids: MailIds) -> Receipt | None:
        """The receipt of a case that is opened now, its sender recorded in the same write; None if it was before."""
        assert asked.requester is not None
        sender = commands.requester(message, asked.requester)
        outcomes = self._ledger.handle_all(
            [
                Request(sender, machine("mail"), ids("requester")),
                Request(asked, machine("mail"), ids.mail),
            ]
        )
        for each in outcomes:
            if isinstance(each, LedgerError) and not _was_asked(each):
                raise each
        opened = outcomes[-1]
        return opened if isinstance(opened, Receipt) and opened.fresh else None

    def _again(self, message: Message, ids: MailIds, raw: bytes) -> Taken:
        """Somebody else recorded the same mail just now."""
        stream = self._ledger.stream_of_command(ids.mail)
        assert stream is not None
        return self._completed(stream, message, ids, Came(raw, ""))

    def _completed(self, stream: str, message: Message, ids: MailIds, came: Came) -> Taken:
        """A mail that was recorded before; what an interruption has kept from being recorded with it is added."""
        kind, _, key = stream.partition("/")
        subject = UUID(key)
        if kind == ITEM:
            if not is_kept(self._home, subject):
                self._keep(subject, self._ledger.read(stream)[0].entry.position, came.raw)
            return Taken("duplicate", ids.mail, item_id=subject)
        self._with_items(message, ids, came.raw, case_id=subject)
        return Taken("duplicate", ids.mail, case_id=subject)

    def _with_items(self, message: Message, ids: MailIds, raw: bytes, *, case_id: UUID) -> None:
        """Each attachment, and the original; of what is there already nothing is added."""
        said = next(
            each.entry
            for each in self._ledger.read(case_stream(case_id))
            if each.entry.context.command_id == ids.mail
        )
        listed = [
            Request(
                commands.enclosed(each, ids, case_id=case_id, number=number),
                machine("mail"),
                ids(f"enclosed-{number}"),
            )
            for number, each in enumerate(message.attachments)
        ]
        for outcome in self._ledger.handle_all(listed) if listed else ():
            if isinstance(outcome, LedgerError) and not _was_asked(outcome):
                raise outcome
        item = commands.original(message, ids, case_id=case_id)
        if self._is_listed(item, message, ids) and not is_kept(self._home, item.item_id):
            self._keep(item.item_id, said.position, raw)

    def _is_listed(self, item: Command, message: Message, ids: MailIds) -> bool:
        """Whether these bytes are listed as the record item, by now at the latest; not if others of the same mail are.

        The first mail of a Message-ID has that for its command id, by which those that follow it find the case.
        """
        command_ids = [ids("kept")]
        if message.message_id is not None:
            command_ids.insert(0, message_key(self._ledger, message.message_id))
        return any(self._asked(item, each) and self._was_recorded(each) for each in command_ids)

    def _was_recorded(self, command_id: UUID) -> bool:
        """What added nothing was not."""
        return self._ledger.stream_of_command(command_id) is not None

    def _recorded(
        self, command: Command, command_id: UUID, *, at: datetime | None
    ) -> Receipt | None:
        """The receipt of a command that is recorded now; None if one was recorded under its id before."""
        receipt = self._asked(command, command_id, at=at)
        return receipt if receipt is not None and receipt.fresh else None

    def _asked(
        self, command: Command, command_id: UUID, *, at: datetime | None = None
    ) -> Receipt | None:
        """The receipt of a command; None if another one was asked under its id."""
        try:
            return self._ledger.handle(
                command, actor=machine("mail"), command_id=command_id, effective_at=at
            )
        except Refusal as refused:
            if _was_asked(refused):
                return None
            raise

    def _keep(self, item_id: UUID, position: int, raw: bytes) -> None:
        keep_original(self._ledger, self._home, item_id, said_at=position, raw=raw)


def _was_asked(refused: LedgerError) -> bool:
    return isinstance(refused, Refusal) and refused.rule == "one-command-an-id"
