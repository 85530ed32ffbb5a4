"""Whose mail it is: a person's, or a machine's, and then of which kind."""

from __future__ import annotations

import re
from typing import TypeAlias

from api.channels.mail.message import Message
from ledger.registers.tray import MailKind

MailOf: TypeAlias = MailKind | None
"""A machine's kind of mail; None for a person's."""

LOOP_HEADER = "x-loop"
"""Mail that the office's own programs send carries it, with the ledger's id: it is known again when it comes back."""

_SERVERS = frozenset({"mailer-daemon", "postmaster", "mail-daemon", "maildaemon"})
_NOBODY_READS = re.compile(
    r"^(?:no|non|not|do-?not|dont|ne-?pas)[-_.]?(?:reply|respond|repondre)\b"
)
_BOUNCES = re.compile(r"^(?:bounces?|prvs|srs\d)[-+=.]|^bounces?$")
_AUTO_REPLIES = (
    "x-autoreply",
    "x-autorespond",
    "x-autoresponder",
    "x-auto-reply-from",
    "x-vacation",
)
_LISTS = ("list-id", "list-post", "list-unsubscribe", "x-mailing-list")
_SUPPRESSED = frozenset({"all", "oof", "autoreply"})
_AUTO_PRECEDENCE: dict[str, MailKind] = {
    "auto_reply": "auto_reply",
    "bulk": "robot",
    "junk": "robot",
    "list": "robot",
}


def machine_kind(message: Message) -> MailOf:
    """What kind of machine wrote it (RFC 3834, RFC 3464 and what programs did before them)."""
    if message.report is not None:
        return "bounce" if _failed(message) else "other"
    local = message.sender.partition("@")[0].casefold()
    if local in _SERVERS or _BOUNCES.match(local):
        return "bounce"
    said = re.split(r"[;\s]", message.header("auto-submitted"), maxsplit=1)[0]
    if said == "auto-replied" or any(message.header(name) for name in _AUTO_REPLIES):
        return "auto_reply"
    if message.header("content-type").startswith("multipart/report"):
        return "auto_reply"  # a receipt of reading (RFC 8098), which no person wrote
    if said not in ("", "no"):
        return "robot"
    precedence = _AUTO_PRECEDENCE.get(message.header("precedence"))
    if precedence is not None:
        return precedence
    suppressed = re.split(r"[,\s]+", message.header("x-auto-response-suppress"))
    if _SUPPRESSED.intersection(suppressed) or any(message.header(name) for name in _LISTS):
        return "robot"
    if message.header("return-path") == "<>":
        return "other"
    return "robot" if _NOBODY_READS.match(local) else None


def comes_back(message: Message, *, ledger_id: str, own: frozenset[str]) -> bool:
    """Whether it is the office's own mail that went round in a circle."""
    return ledger_id in message.header(LOOP_HEADER) or message.sender.casefold() in own


def _failed(message: Message) -> bool:
    """A report that says nothing of its actions is taken for one of failure."""
    actions = message.report.actions if message.report else ()
    return not actions or "failed" in actions
