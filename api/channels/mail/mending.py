"""Mending: the head of a message put into an order in which it can be read; what is kept stays as it came."""

from __future__ import annotations

import re

_HEADER = re.compile(rb"[!-9;-~]+[ \t]*:")
_OURS = re.compile(
    rb"(?:from|to|subject|date|message-id|content-type|mime-version|received|return-path)[ \t]*:",
    re.IGNORECASE,
)
_FOLDED = (b" ", b"\t")
_BLANK_LINE = re.compile(rb"\n[ \t\r]*\n")
_ENVELOPE = re.compile(rb">?From ")


def mended(raw: bytes) -> bytes:
    """The message with a head that can be read.

    Lines before the first header go; one that is no header, and has one that every mail has after it,
    goes on the line before. A message that begins with no header at all is left as it is.
    """
    ends_at = head_length(raw)
    head = raw[:ends_at].splitlines(keepends=True)
    first = next((place for place, line in enumerate(head) if _HEADER.match(line)), None)
    last = max((place for place, line in enumerate(head) if _OURS.match(line)), default=None)
    if first is None or last is None:
        return raw
    kept: list[bytes] = []
    for place, line in enumerate(head[first:], first):
        broken = not line.startswith(_FOLDED) and not _HEADER.match(line)
        if broken and _ENVELOPE.match(line):
            continue
        kept.append(b" " + line if broken and place < last else line)
    return b"".join([*kept, raw[ends_at:]])


def head_length(raw: bytes) -> int:
    """How many bytes come before the first blank line, the end of the line before it among them."""
    found = _BLANK_LINE.search(raw)
    if raw[:1] in (b"\n", b"\r"):
        return 0
    return found.start() + 1 if found else len(raw)
