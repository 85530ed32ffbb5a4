"""Slots: every value of an entry committed to by a salted digest, so that each can be shown or withheld alone.

The bytes are those of the evidence format: `H` is SHA-256, the first byte of each hash says what it is of.
Pure: seeds are arguments.
"""

from __future__ import annotations

import re
from binascii import a2b_base64, b2a_base64
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from itertools import accumulate
from typing import Any

import orjson

_SALT, _CONTENT, _SLOT = b"\x08", b"\x09", b"\x0a"
_PIECE, _TEXT = b"\x05", b"\x06"
_CANONICAL = orjson.OPT_SORT_KEYS | orjson.OPT_STRICT_INTEGER
_URL_SAFE = bytes.maketrans(b"+/", b"-_")
_FROM_URL_SAFE = bytes.maketrans(b"-_+/=", b"+/!!!")
_PADS = (b"", b"", b"==", b"=")
_LAST = (None, None, frozenset("AQgw"), frozenset("AEIMQUYcgkosw048"))
"""With which characters a text of so many beyond fours may end: its last bits stand for nothing and are 0."""
_PIECES = re.compile(r"[^ \t\r\n]+[ \t\r\n]*|[ \t\r\n]+")

OFFICE_KEYS = frozenset({"seed", "values", "sealed"})
"""What the office part of an entry consists of, no more and no less: only what these say is committed to."""
SEED_BYTES = 16


def b64u(raw: bytes) -> str:
    """Base64url without padding (RFC 4648, section 5)."""
    return b2a_base64(raw, newline=False).translate(_URL_SAFE, b"=").decode()


def from_b64u(text: str) -> bytes:
    """The bytes that unpadded base64url text stands for; ValueError for any other text that means the same."""
    beyond = len(text) % 4
    raw = a2b_base64(text.encode().translate(_FROM_URL_SAFE) + _PADS[beyond], strict_mode=True)
    last = _LAST[beyond]
    if last is not None and text[-1] not in last:
        raise ValueError("this is not unpadded base64url in its one form")
    return raw


def canonical(value: Any) -> bytes:
    """Canonical JSON: sorted keys, no spaces, UTF-8; TypeError for a float, a surrogate or an integer past 2^53."""
    return orjson.dumps(value, option=_CANONICAL)


def salt(seed: bytes, name: str) -> bytes:
    """The 16-byte salt of a slot."""
    return sha256(_SALT + seed + name.encode()).digest()[:16]


def slot_digest(seed: bytes, name: str, value: Any) -> bytes:
    """The digest that commits to this value under this name."""
    return shown_digest(salt(seed, name), name, value)


def shown_digest(salted: bytes, name: str, value: Any) -> bytes:
    """The same, from the salt itself: what a verifier of a released slot computes."""
    return sha256(_SLOT + salted + name.encode() + b"\x00" + canonical(value)).digest()


def slot_digests(seed: bytes, values: Mapping[str, Any]) -> dict[str, bytes]:
    """`slot_digest` of every value by its name, in one sweep: an entry's sealing spends its time here."""
    found: dict[str, bytes] = {}
    salting = _SALT + seed
    for name, value in values.items():
        named = name.encode()
        salted = sha256(salting + named).digest()[:16]
        found[name] = sha256(
            b"%b%b%b\x00%b" % (_SLOT, salted, named, orjson.dumps(value, option=_CANONICAL))
        ).digest()
    return found


def content_of(seed: bytes, values: Mapping[str, Any], sealed: Mapping[str, str]) -> bytes:
    """The `content_root` over values and over the digests (base64url) of sealed ones, in one sweep for verification."""
    salting, parts = _SALT + seed, list[bytes]()
    for name, value in values.items():
        named = name.encode()
        ended = named + b"\x00"
        salted = sha256(salting + named).digest()[:16]
        message = _SLOT + salted + ended + orjson.dumps(value, None, _CANONICAL)
        parts.append(ended + sha256(message).digest())
    for name, digest in sealed.items():
        parts.append(name.encode() + b"\x00" + from_b64u(digest))
    parts.sort()  # by name, for the byte that ends each comes before all others
    return sha256(_CONTENT + b"".join(parts)).digest()


def content_root(digests: Mapping[str, bytes]) -> bytes:
    """The root over all slots of an entry, by name: what the line's `content` says."""
    parts = [_CONTENT]
    for name in sorted(digests):
        parts += (name.encode(), b"\x00", digests[name])
    return sha256(b"".join(parts)).digest()


def pieces(text: str) -> list[str]:
    """A text as its pieces: each a word and the white space (space, tab, CR, LF) that follows it."""
    return _PIECES.findall(text)


def touched(words: Sequence[str], begin: int, end: int) -> range:
    """The numbers of the pieces that characters from `begin` to before `end` lie in, of which there is one at least."""
    ends = list(accumulate(map(len, words)))
    return range(bisect_right(ends, begin), bisect_left(ends, end) + 1)


def piece_salt(seed: bytes, name: str, number: int) -> bytes:
    """The 16-byte salt of a piece of the text in a slot."""
    return sha256(_SALT + seed + name.encode() + number.to_bytes(8, "big")).digest()[:16]


def piece_digest(salted: bytes, word: str) -> bytes:
    """The digest that commits to a piece of a text, from its salt."""
    return sha256(_PIECE + salted + word.encode()).digest()


def piece_digests(seed: bytes, name: str, words: Iterable[str], *, start: int = 0) -> list[bytes]:
    """The digest of each piece of the text in a slot, the first being piece number `start`."""
    salting = _SALT + seed + name.encode()
    return [
        sha256(
            _PIECE + sha256(salting + number.to_bytes(8, "big")).digest()[:16] + word.encode()
        ).digest()
        for number, word in enumerate(words, start)
    ]


def text_value(digests: list[bytes]) -> dict[str, Any]:
    """The slot value that stands for a text: how many pieces, and the root over their digests."""
    root = sha256(_TEXT + len(digests).to_bytes(8, "big") + b"".join(digests)).digest()
    return {"pieces": len(digests), "text": b64u(root)}
