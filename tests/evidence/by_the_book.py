"""The evidence format read from its document alone: what a stranger would write to check a ledger.

Nothing of the ledger is imported here, so that a mistake made there is not made again. JSON is that
of the standard library, hashing is hashlib, the one cipher is AES-256-GCM.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

Shown = tuple[str, Any]
"""A released slot that is shown: its salt (base64url) and its value."""
Withheld = tuple[str]
"""A released slot or piece that is withheld: its digest (base64url)."""

LINE_KEYS = {
    "content", "format", "ledger", "previous", "recorded_at", "schema", "stream", "topic", "version",
}  # fmt: skip
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")


class NotProven(Exception):
    """What was shown does not follow from the digests."""


def h(*parts: bytes) -> bytes:
    """SHA-256 of the parts, one after the other."""
    return hashlib.sha256(b"".join(parts)).digest()


def b64u(raw: bytes) -> str:
    """Unpadded base64url."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def bytes_of(text: str) -> bytes:
    """The bytes of unpadded base64url; strict about its alphabet."""
    if not re.fullmatch(r"[A-Za-z0-9_-]*", text):
        raise NotProven(f"{text!r} is not base64url")
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def u64(number: int) -> bytes:
    """Big-endian, eight bytes."""
    return number.to_bytes(8, "big")


def canonical(value: Any) -> bytes:
    """JSON with sorted keys and nothing between."""
    return json.dumps(
        value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    ).encode()


def parse_line(raw: bytes) -> dict[str, Any]:
    """The line, if it is in the one form a line has."""
    line = json.loads(raw.decode("utf-8", errors="strict"))
    if canonical(line) != raw or len(raw) > 65_535 or b"\n" in raw:
        raise NotProven("the line is not canonical")
    if line.keys() != LINE_KEYS or line["format"] != "caseledger.entry/1":
        raise NotProven("the line has other keys than a line has")
    if not INSTANT.fullmatch(line["recorded_at"]):
        raise NotProven("the line's time is not in the one form of a time")
    return line


def split_state(state: bytes) -> tuple[bytes, dict[str, Any]]:
    """LINE LF OFFICE."""
    line, _, office = state.partition(b"\n")
    return line, json.loads(office)


def leaf(line: bytes) -> bytes:
    """D, the digest of an entry."""
    return h(b"\x00", line)


def first_head(ledger: bytes, stream: str) -> bytes:
    """H_0."""
    return h(b"caseledger/stream/1", b"\x00", ledger, stream.encode())


def next_head(head: bytes, digest: bytes) -> bytes:
    """H_v of H_(v-1) and D_v."""
    return h(b"\x02", head, digest)


def salt(seed: bytes, name: str) -> bytes:
    """The salt of a slot."""
    return h(b"\x08", seed, name.encode())[:16]


def piece_salt(seed: bytes, name: str, number: int) -> bytes:
    """The salt of a piece of a text."""
    return h(b"\x08", seed, name.encode(), u64(number))[:16]


def slot_digest(salted: bytes, name: str, value: Any) -> bytes:
    """d, the digest of a slot."""
    return h(b"\x0a", salted, name.encode(), b"\x00", canonical(value))


def piece_digest(salted: bytes, piece: str) -> bytes:
    """h_i, the digest of a piece."""
    return h(b"\x05", salted, piece.encode())


def text_slot(digests: Sequence[bytes]) -> dict[str, Any]:
    """The value that stands in a slot for a text of these pieces."""
    return {"pieces": len(digests), "text": b64u(h(b"\x06", u64(len(digests)), *digests))}


def content(digests: Mapping[str, bytes]) -> str:
    """LINE.content, from the digest of every slot by its name."""
    parts = [part for name in sorted(digests) for part in (name.encode(), b"\x00", digests[name])]
    return b64u(h(b"\x09", *parts))


def office_digests(office: Mapping[str, Any]) -> dict[str, bytes]:
    """The digests of all slots: of the values in clear, and those stored for what is sealed."""
    seed = bytes_of(office["seed"])
    digests = {
        name: slot_digest(salt(seed, name), name, value) for name, value in office["values"].items()
    }
    return digests | {name: bytes_of(digest) for name, digest in office["sealed"].items()}


def pieces_of(text: str) -> list[str]:
    """Words, each with the white space that follows it; white space in front is a piece of its own."""
    pieces: list[str] = []
    for character in text:
        after_space = bool(pieces) and pieces[-1][-1] in " \t\r\n"
        if not pieces or (after_space and character not in " \t\r\n"):
            pieces.append(character)
        else:
            pieces[-1] += character
    return pieces


def unwrap(kek: bytes, wrapped: bytes, *, ledger: bytes, key_id: bytes, epoch: int) -> bytes:
    """K, from its wrapping under the key-encryption key of an epoch."""
    bound = b"caseledger/wrap/1\x00" + ledger + key_id + u64(epoch)
    return AESGCM(kek).decrypt(wrapped[:12], wrapped[12:], bound)


def unseal(blob: bytes, key: bytes, *, ledger: bytes, stream: str, version: int) -> dict[str, Any]:
    """What a blob holds."""
    if blob[:1] != b"\x01":
        raise NotProven("the blob is of another format")
    bound = b"caseledger/seal/1\x00" + ledger + stream.encode() + b"\x00" + u64(version)
    plain = AESGCM(key).decrypt(blob[17:29], blob[29:], bound + blob[1:17])
    if len(plain) % 256:
        raise NotProven("the blob is not padded")
    return json.loads(plain)


def personal_values(
    plain: Mapping[str, Any], stored: Mapping[str, str]
) -> tuple[dict[str, Any], dict[str, list[bytes]]]:
    """The values of a blob, checked against their stored digests; and the digests of each text's pieces."""
    seed = bytes_of(plain["seed"])
    values: dict[str, Any] = {}
    words: dict[str, list[bytes]] = {}
    for name, value in plain["values"].items():
        _same(slot_digest(salt(seed, name), name, value), stored[name], name)
        values[name] = value
    for name, runs in plain["texts"].items():
        text = "".join(run for _, run in runs)
        words[name] = [
            piece_digest(piece_salt(seed, name, number), piece)
            for number, piece in enumerate(pieces_of(text))
        ]
        digest = slot_digest(salt(seed, name), name, text_slot(words[name]))
        _same(digest, stored[name], name)
        values[name] = text
    return values, words


def _same(found: bytes, stored: str, name: str) -> None:
    if b64u(found) != stored:
        raise NotProven(f"the sealed value of {name} is another one")


@dataclass(frozen=True)
class Release:
    """A released entry: its line, each slot shown or withheld, and of each text its pieces, shown or withheld."""

    line: bytes
    slots: Mapping[str, Shown | Withheld]
    texts: Mapping[str, Sequence[tuple[str, str] | Withheld]]


def verify_release(release: Release) -> dict[str, Any]:
    """What the release shows, each withheld word as None; NotProven unless all of it follows from the line."""
    line = parse_line(release.line)
    digests: dict[str, bytes] = {}
    shown: dict[str, Any] = {}
    for name, slot in release.slots.items():
        match slot:
            case (digest,):
                digests[name] = bytes_of(digest)
            case (salted, value):
                digests[name] = slot_digest(bytes_of(salted), name, value)
                shown[name] = value
    if content(digests) != line["content"]:
        raise NotProven("the slots are not those of the line")
    for name, pieces in release.texts.items():
        found = [
            bytes_of(piece[0]) if len(piece) == 1 else piece_digest(bytes_of(piece[0]), piece[1])
            for piece in pieces
        ]
        if text_slot(found) != shown.get(name):
            raise NotProven(f"the words of {name} are not those that were recorded")
        shown[name] = [None if len(piece) == 1 else piece[1] for piece in pieces]
    return shown
