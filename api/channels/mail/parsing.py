"""Parsing: the bytes of a message become what the office reads of it, however malformed they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import Message as Part
from email.utils import parsedate_to_datetime
from hashlib import sha256

from api.channels.mail.addresses import sender_of
from api.channels.mail.decoding import (
    charset_of_words,
    decoded,
    header_text,
    is_blank,
    one_line,
    recordable,
)
from api.channels.mail.html_text import charset_said, html_text
from api.channels.mail.mending import head_length, mended
from api.channels.mail.message import Attachment, DeliveryReport, Message, Unreadable

LARGEST_BYTES = 32 * 1024 * 1024
MOST_PARTS = 500
DEEPEST_PART = 30
MOST_HEADER_BYTES = 512 * 1024
LONGEST_BODY = 200_000
_TOO_MANY = f"It has more than {MOST_PARTS} parts."
_TOO_DEEP = f"Its parts lie in one another more than {DEEPEST_PART} deep."
_LONGEST_HEADER = 2_000
_MOST_IDS = 100
_MOST_DECODED = 4 * LONGEST_BODY
_CONTENT_HEADER = re.compile(
    rb"^content-[a-z-]+[ \t]*:[^\n]*(?:\n[ \t][^\n]*)*", re.IGNORECASE | re.MULTILINE
)
_LONGEST_CONTENT_HEADER = 4 * 1024
_ID = re.compile(r"<([^<>\s]{1,900})>")
_SENDERS = ("from", "sender", "reply-to", "return-path")
_TEXTS = frozenset({"text/plain", "text/html"})
_CUT = "[The rest stands in the original.]"


def read_message(raw: bytes) -> Message:
    """The message that these bytes are; Unreadable, in a sentence, if they are too much or nothing to take in."""
    _refuse_excess(raw)
    if not raw.strip():
        raise Unreadable("It is empty: there is nothing to take in.")
    try:
        return _read(raw)
    except RecursionError:
        # Messages in messages, whether they are taken apart or written out again.
        raise Unreadable(_TOO_DEEP) from None


def enclosed_in(raw: bytes, number: int) -> bytes | None:
    """The bytes of an attachment of a message that was taken in, counted from 0 as listed of it; None for no such."""
    found = _enclosed(list(_leaves(_parsed(raw))))
    return _payload(found[number]) if number < len(found) else None


def _parsed(raw: bytes) -> Part:
    return message_from_bytes(mended(raw), policy=policy.compat32)


def _read(raw: bytes) -> Message:
    whole = _parsed(raw)
    parts = list(_leaves(whole))
    headers = _headers(whole)
    address, name = sender_of(
        str(value) for wanted in _SENDERS for value in whole.get_all(wanted, [])
    )
    written_in = next(filter(None, map(charset_of_words, headers.values())), None)
    subject = _shown(headers.get("subject", ""), charset=written_in)
    body = _body(parts)
    if not address and not subject and is_blank(body):
        raise Unreadable("It names no sender and says nothing: it is no message.")
    return Message(
        digest=sha256(raw).hexdigest(),
        size_bytes=len(raw),
        message_id=next(iter(_ids(headers.get("message-id", ""))), None),
        answers_to=_followed(headers),
        sender=address[:_LONGEST_HEADER],
        sender_name=name[:_LONGEST_HEADER],
        subject=subject,
        body=body,
        sent_at=_instant(headers.get("date", "")),
        stamped_at=_instant(headers.get("received", "").rpartition(";")[2]),
        attachments=tuple(_attachment(part) for part in _enclosed(parts)),
        report=_report(whole, parts),
        headers={key: _shown(value) for key, value in headers.items()},
    )


def _refuse_excess(raw: bytes) -> None:
    if len(raw) > LARGEST_BYTES:
        raise Unreadable(
            f"It is {len(raw):,} bytes long, and at most {LARGEST_BYTES:,} are taken in: ask for it in parts."
        )
    length = head_length(raw)
    if length > MOST_HEADER_BYTES and b":" in raw[:1000]:
        raise Unreadable(
            f"Its headers are {length:,} bytes long, and at most {MOST_HEADER_BYTES:,} are read."
        )
    longest = max((len(each[0]) for each in _CONTENT_HEADER.finditer(raw)), default=0)
    if longest > _LONGEST_CONTENT_HEADER:
        raise Unreadable(
            f"It says in {longest:,} bytes what one of its parts is, and at most "
            f"{_LONGEST_CONTENT_HEADER:,} are read."
        )
    if raw.count(b"\n--") + raw[:2].count(b"--") > 50 * MOST_PARTS:
        raise Unreadable(f"It has thousands of parts, and at most {MOST_PARTS} are read.")


def _leaves(whole: Part) -> Iterator[Part]:
    """The parts that hold something, in order; a message within the message is one part."""
    count = 0
    waiting: list[tuple[Part, int]] = [(whole, 0)]
    while waiting:
        part, depth = waiting.pop()
        count += 1
        if count > MOST_PARTS:
            raise Unreadable(_TOO_MANY)
        if depth > DEEPEST_PART:
            raise Unreadable(_TOO_DEEP)
        inner = part.get_payload()
        if part.get_content_maintype() == "multipart" and isinstance(inner, list):
            waiting += [(each, depth + 1) for each in reversed(inner) if isinstance(each, Part)]
        elif isinstance(inner, list) and len(inner) > MOST_PARTS:
            raise Unreadable(_TOO_MANY)
        else:
            yield part


def _headers(whole: Part) -> dict[str, str]:
    """The first header of each name, as it stands there."""
    found: dict[str, str] = {}
    for name, value in whole.raw_items():
        found.setdefault(name.strip().lower(), str(value))
    return found


def _shown(value: str, *, charset: str | None = None) -> str:
    return one_line(header_text(value, charset=charset))[:_LONGEST_HEADER]


def _texts(parts: list[Part]) -> list[Part]:
    """The parts that are the body: of each kind those that are no attachments."""
    return [
        part
        for part in parts
        if part.get_content_type() in _TEXTS
        and part.get_content_disposition() != "attachment"
        and not _file_name(part)
    ]


def _enclosed(parts: list[Part]) -> list[Part]:
    """The parts that are no text of it."""
    texts = {id(part) for part in _texts(parts)}
    return [part for part in parts if id(part) not in texts]


def _body(parts: list[Part]) -> str:
    """What was written: what HTML shows if it shows anything, since other mailers leave little in the plain text."""
    texts = _texts(parts)
    for wanted in ("text/html", "text/plain"):
        said = [_text(part) for part in texts if part.get_content_type() == wanted]
        body = "\n\n".join(each for each in said if not is_blank(each))
        if not is_blank(body):
            body = recordable(body)
            return body if len(body) <= LONGEST_BODY else f"{body[:LONGEST_BODY]}\n{_CUT}"
    return ""


def _text(part: Part) -> str:
    raw, charset = _payload(part), part.get_content_charset()
    if part.get_content_type() == "text/html":
        page = decoded(raw, charset or charset_said(raw))
        return html_text(page, longest=LONGEST_BODY)
    return decoded(raw, charset)[:_MOST_DECODED]


def _payload(part: Part) -> bytes:
    """A part's bytes; of a message within the message the whole of it."""
    inner = part.get_payload()
    if isinstance(inner, list):
        return b"\n\n".join(bytes(each) for each in inner if isinstance(each, Part))
    found = part.get_payload(decode=True)
    return found if isinstance(found, bytes) else str(inner).encode("utf-8", "surrogateescape")


def _attachment(part: Part) -> Attachment:
    raw = _payload(part)
    name = _file_name(part)
    return Attachment(
        name=name[:255] if name else None,
        media_type=one_line(part.get_content_type())[:127],
        size_bytes=len(raw),
        digest=sha256(raw).hexdigest(),
    )


def _file_name(part: Part) -> str | None:
    found = part.get_filename()
    return one_line(header_text(str(found))).replace("/", "_").replace("\\", "_") if found else None


def _followed(headers: dict[str, str]) -> tuple[str, ...]:
    answered = _ids(headers.get("in-reply-to", ""))
    references = _ids(headers.get("references", ""))
    return tuple(dict.fromkeys([*answered, *reversed(references)]))[:_MOST_IDS]


def _ids(value: str) -> list[str]:
    return [recordable(each) for each in _ID.findall(header_text(value))]


def _instant(said: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(header_text(said).strip())
        return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _report(whole: Part, parts: list[Part]) -> DeliveryReport | None:
    statuses = [part for part in parts if part.get_content_type() == "message/delivery-status"]
    if not statuses and (
        whole.get_content_type() != "multipart/report"
        or str(whole.get_param("report-type", "")).lower() != "delivery-status"
    ):
        return None
    said = "\n".join(decoded(_payload(part), None) for part in statuses)
    actions = re.findall(r"^action:[ \t]*([a-z]+)", said, re.MULTILINE | re.IGNORECASE)
    returned = [
        recordable(decoded(_payload(part), None))
        for part in parts
        if part.get_content_type() in ("message/rfc822", "text/rfc822-headers", "message/global")
    ]
    return DeliveryReport(
        tuple(each.lower() for each in actions), "\n".join(returned)[:LONGEST_BODY]
    )
