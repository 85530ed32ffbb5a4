"""Threading: which case a mail is about, told by our reference or by the mails that it follows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from uuid import UUID

from api.channels.mail.message import Message
from ledger.errors import CaseNotFound, InvalidCommand
from ledger.ids import subject_id_of
from ledger.service import Ledger
from ledger.times import EPOCH

_REFERENCE = re.compile(
    r"(?<![0-9A-Za-z])[0-9A-Za-z]{5}-[0-9A-Za-z]{5}-[0-9A-Za-z*~$=](?![0-9A-Za-z])"
)
_RETURNED_HEADS = re.compile(
    r"^(?:in-reply-to|references|message-id):((?:.*\n(?:[ \t].*\n)*))", re.IGNORECASE | re.MULTILINE
)
_ID = re.compile(r"<([^<>\s]{1,900})>")
_MOST = 50


def message_key(ledger: Ledger, message_id: str) -> UUID:
    """The command id under which the mail of a Message-ID was recorded first."""
    return ledger.derived_id(EPOCH, "mail-message-id", message_id)


def case_of_mail(ledger: Ledger, message: Message) -> UUID | None:
    """The case that a mail names in its subject, that it follows, or that its body names, in this order."""
    followed = message.answers_to
    if message.message_id is not None:
        followed = (message.message_id, *followed)
    return (
        _referred(ledger, message.subject)
        or _followed(ledger, followed)
        or _referred(ledger, message.body)
    )


def case_of_returned(ledger: Ledger, message: Message) -> UUID | None:
    """The case that a mail of ours was about which a server sent back; None for every other mail."""
    if message.report is None:
        return None
    returned = message.report.returned
    heads = "".join(match[1] for match in _RETURNED_HEADS.finditer(returned))
    return _referred(ledger, returned) or _followed(ledger, _ID.findall(heads))


def _referred(ledger: Ledger, text: str) -> UUID | None:
    for reference in _first(dict.fromkeys(_REFERENCE.findall(text))):
        try:
            return ledger.find_case(reference)
        except (CaseNotFound, InvalidCommand):
            continue
    return None


def _followed(ledger: Ledger, message_ids: Iterable[str]) -> UUID | None:
    for message_id in _first(message_ids):
        stream = ledger.stream_of_command(message_key(ledger, message_id))
        if stream is not None and stream.startswith("case/"):
            return subject_id_of(stream)
    return None


def _first(found: Iterable[str]) -> Iterator[str]:
    for count, each in enumerate(found):
        if count == _MOST:
            return
        yield each
