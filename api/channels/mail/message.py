"""A message as the office reads it: who wrote what about which case, and what tells a machine from a person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


class Unreadable(Exception):
    """What came is no message that may be taken in; the sentence says why, and it is set aside."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A part of a message that is no text of it: its name, type, size, and SHA-256 in hexadecimal."""

    name: str | None
    media_type: str
    size_bytes: int
    digest: str


@dataclass(frozen=True, slots=True)
class DeliveryReport:
    """What a mail server says became of a message of ours (RFC 3464).

    `actions` are failed, delayed, delivered, relayed or expanded, a recipient each; `returned` is what
    it sent back of the message, its headers first.
    """

    actions: tuple[str, ...]
    returned: str


@dataclass(frozen=True, slots=True)
class Message:
    """One message; texts can be recorded as they are: no NUL, no half characters, nothing that reverses them.

    `headers` are the first of each name, in small letters. `sent_at` is what the sender claims,
    `stamped_at` when the server that handed it to us says that it came.
    """

    digest: str
    size_bytes: int
    message_id: str | None
    answers_to: tuple[str, ...]
    """The ids of the messages that this one follows, the nearest first."""
    sender: str
    """The address alone."""
    sender_name: str
    subject: str
    body: str
    sent_at: datetime | None
    stamped_at: datetime | None
    attachments: tuple[Attachment, ...] = ()
    report: DeliveryReport | None = None
    headers: Mapping[str, str] = field(default_factory=dict[str, str])

    def header(self, name: str) -> str:
        """A header's text without comments of case: small letters, no white space around; empty for none."""
        return self.headers.get(name, "").strip().lower()
