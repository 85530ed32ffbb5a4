"""What is asked of the ledger for a mail: a case opened, a contact logged, a machine's mail put into the tray."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID

import orjson

from api.channels.mail.message import Attachment, Message
from ledger.case.contact.contacts import LogContact
from ledger.case.contact.filing import AddRecordItem
from ledger.case.intake.opening import OpenCase
from ledger.personal.originals import CUSTODIAN, place_kept
from ledger.policy.document.policy import TRIAGE, Channel, Policy
from ledger.policy.telling.mailing import (
    contact_kind,
    mail_channel,
    robot_channel,
    takes_personal_text,
)
from ledger.registers.people.parties import RecordParty
from ledger.registers.tray import MailKind, ReceiveMachineMail
from ledger.service import Ledger
from ledger.times import EPOCH

MEDIA_TYPE = "message/rfc822"
SOURCE = "mail"
"""Who sent it stands in what they said, under their own key."""


@dataclass(frozen=True, slots=True)
class MailIds:
    """The ids that a mail always gives: it is the same mail if it says the same, by whatever way it comes again."""

    ledger: Ledger
    essence: str

    @classmethod
    def of(cls, ledger: Ledger, message: Message) -> MailIds:
        said = [
            message.message_id, message.sender, message.headers.get("date"), message.subject,
            message.body, [each.digest for each in message.attachments],
        ]  # fmt: skip
        if message.message_id is None and message.sent_at is None:
            said = [message.digest]
        return cls(ledger, sha256(orjson.dumps(said)).hexdigest())

    def __call__(self, what: str, *, at: datetime = EPOCH) -> UUID:
        """The id of something that follows from the mail."""
        return self.ledger.derived_id(at, f"mail-{what}", self.essence)

    @property
    def mail(self) -> UUID:
        """The id of the command that says what the mail was: recorded, the mail is."""
        return self("itself")


def opening(message: Message, ids: MailIds, policy: Policy, *, reached_at: datetime) -> OpenCase:
    """The case that a person's mail, or one of a robot that the office knows, opens."""
    known = robot_channel(policy, message.sender)
    terms = policy.mail
    answers = {
        terms.name: message.sender_name,
        terms.contact: message.sender,
        terms.words: words_of(message),
    }
    return OpenCase(
        case_id=ids("case", at=reached_at),
        channel=known[0] if known else mail_channel(policy) or "",
        request_type=category_of(message, known[1]) if known else None,
        reached_body_at=reached_at,
        requester=ids("party"),
        answers={
            field: said
            for field, said in answers.items()
            if said and takes_personal_text(policy, field)
        },
    )


def category_of(message: Message, channel: Channel) -> str | None:
    """The request type of the category that a robot names, the longest name first; none where a person finds out."""
    for text in (message.subject, message.body):
        for category in sorted(channel.categories, key=lambda each: (-len(each), each)):
            if re.search(rf"(?<![\w-]){re.escape(category)}(?![\w-])", text, re.IGNORECASE):
                kind = channel.categories[category]
                return None if kind == TRIAGE else kind
    return None


def requester(message: Message, party_id: UUID) -> RecordParty:
    """Whoever wrote, as they say of themselves."""
    return RecordParty(
        party_id=party_id,
        name=message.sender_name or None,
        contact={"email": message.sender} if message.sender else None,
    )


def contact(message: Message, ids: MailIds, policy: Policy, *, case_id: UUID) -> LogContact:
    """What a mail says on a case that is there; whoever wrote it stands above it, who need not be the requester."""
    known = robot_channel(policy, message.sender)
    sender = f"{message.sender_name} <{message.sender}>".strip()
    return LogContact(
        case_id=case_id,
        contact_id=ids("contact"),
        direction="inbound",
        channel=known[0] if known else mail_channel(policy) or "",
        kinds=(contact_kind(policy) or "",),
        words=f"{sender}\n\n{words_of(message)}",
    )


def words_of(message: Message) -> str:
    """Subject and body as one text."""
    return "\n\n".join(each for each in (message.subject, message.body.strip("\n")) if each)


def original(message: Message, ids: MailIds, *, case_id: UUID) -> AddRecordItem:
    """The mail itself as a record item."""
    item_id = ids("original")
    return AddRecordItem(
        case_id=case_id,
        item_id=item_id,
        digest=message.digest,
        media_type=MEDIA_TYPE,
        size_bytes=message.size_bytes,
        custodian=CUSTODIAN,
        place_kept=place_kept(item_id),
        source=SOURCE,
    )


def enclosed(attachment: Attachment, ids: MailIds, *, case_id: UUID, number: int) -> AddRecordItem:
    """A part of the mail as a record item; it lies in the original."""
    return AddRecordItem(
        case_id=case_id,
        item_id=ids(f"attachment-{number}"),
        digest=attachment.digest,
        media_type=attachment.media_type,
        size_bytes=attachment.size_bytes,
        custodian=CUSTODIAN,
        place_kept=place_kept(ids("original"), number=number),
        title=attachment.name,
        source=SOURCE,
    )


def tray_item(
    message: Message, ids: MailIds, kind: MailKind, *, about_case: UUID | None, reached_at: datetime
) -> ReceiveMachineMail:
    """A machine's mail for the tray."""
    return ReceiveMachineMail(
        item_id=ids("tray", at=reached_at),
        mail_kind=kind,
        about_case=about_case,
        sender=message.sender or None,
        subject=message.subject or None,
        digest=message.digest,
    )
