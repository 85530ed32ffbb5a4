"""Lines and slots: what is hashed of an entry, and how what is shown of it follows from its line."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from api.verifier.coding import (
    LARGEST_INTEGER,
    b64u,
    canonical,
    digest_of,
    parsed,
    sha256,
    shaped,
    sixteen_of,
    u64,
)
from api.verifier.failures import NotProven

_LONGEST_LINE = 65_535
_LINE = {
    "content": str, "format": str, "ledger": str, "previous": str, "recorded_at": str,
    "schema": int, "stream": str, "topic": str, "version": int,
}  # fmt: skip
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")
_STREAM = re.compile(r"[a-z][a-z0-9_]*/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_TOPIC = re.compile(r"[A-Z][A-Za-z0-9]*")
_SLOT = re.compile(r"[A-Za-z0-9_.-]{1,200}")
_TEXT = {"pieces": int, "text": str}


def leaf(line: bytes) -> bytes:
    """D, the digest of an entry, which is the leaf of the log."""
    return sha256(b"\x00", line)


def first_head(ledger: bytes, stream: str) -> bytes:
    """H_0, the head of a stream before its first entry."""
    return sha256(b"caseledger/stream/1\x00", ledger, stream.encode())


def next_head(head: bytes, digest: bytes) -> bytes:
    """H_v from H_(v-1) and D_v."""
    return sha256(b"\x02", head, digest)


def read_line(raw: bytes, *, step: int, where: str) -> dict[str, Any]:
    """The line; NotProven unless it is in the one form that a line has."""
    if len(raw) > _LONGEST_LINE or b"\n" in raw:
        raise NotProven("Its line is longer than a line can be.", step=step, where=where)
    line = shaped(parsed(raw, step=step, where=where), _LINE, {}, step=step, where=where)
    if (
        line["format"] != "caseledger.entry/1"
        or not _STREAM.fullmatch(line["stream"])
        or not _TOPIC.fullmatch(line["topic"])
        or not 1 <= line["schema"] <= LARGEST_INTEGER
        or not 1 <= line["version"] <= LARGEST_INTEGER
        or not is_instant(line["recorded_at"])
    ):
        raise NotProven("Its line says what no line says.", step=step, where=where)
    return line


def is_instant(said: Any) -> bool:
    """Whether this is a time in the one form that a time has."""
    if not isinstance(said, str) or not _INSTANT.fullmatch(said):
        return False
    try:
        datetime.fromisoformat(said)
    except ValueError:
        return False
    return True


def slots_shown(
    slots: Mapping[str, Any], content: str, *, where: str
) -> tuple[dict[str, Any], frozenset[str]]:
    """The values shown by name and the names of those withheld; NotProven unless all are those of the line."""
    shown: dict[str, Any] = {}
    parts: list[bytes] = []
    for name in sorted(slots):
        slot = slots[name]
        if not _SLOT.fullmatch(name) or type(slot) is not list or len(slot) not in (1, 2):
            raise NotProven(f"Its slot '{name}' is not of its form.", step=6, where=where)
        if len(slot) == 1:
            digest = digest_of(slot[0], step=6, where=where)
        else:
            salt = sixteen_of(slot[0], step=6, where=where)
            digest = sha256(b"\x0a", salt, name.encode(), b"\x00", canonical(slot[1]))
            shown[name] = slot[1]
        parts += (name.encode(), b"\x00", digest)
    if b64u(sha256(b"\x09", *parts)) != content:
        raise NotProven("What it shows is not what was recorded.", step=6, where=where)
    return shown, frozenset(slots) - shown.keys()


def is_text(value: Any) -> bool:
    """Whether a slot's value stands for a text in pieces."""
    return isinstance(value, dict) and {name: type(each) for name, each in value.items()} == _TEXT


def words_shown(said: Any, value: Any, *, where: str) -> list[str | None]:
    """The words of a text, None for each that is withheld; NotProven unless they are those of its slot."""
    if type(said) is not list or not is_text(value):
        raise NotProven("It has words where no text is.", step=6, where=where)
    digests: list[bytes] = []
    words: list[str | None] = []
    for piece in said:
        match piece:
            case [str() as digest]:
                digests.append(digest_of(digest, step=6, where=where))
                words.append(None)
            case [str() as salted, str() as word]:
                salt = sixteen_of(salted, step=6, where=where)
                digests.append(sha256(b"\x05", salt, word.encode()))
                words.append(word)
            case _:
                raise NotProven("A word in it is not of its form.", step=6, where=where)
    if value != _text_value(digests):
        raise NotProven("Its words are not those that were recorded.", step=6, where=where)
    return words


def _text_value(digests: Sequence[bytes]) -> dict[str, Any]:
    root = sha256(b"\x06", u64(len(digests)), *digests)
    return {"pieces": len(digests), "text": b64u(root)}
