"""Checkpoints as signed notes, the keys that are trusted for them, and witnesses' cosignatures (C2SP)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from api.verifier.coding import LARGEST_INTEGER, sha256, standard_base64
from api.verifier.failures import NotProven

_WHERE = "the checkpoint"
_LONGEST = 131_072
_MOST_SIGNATURES = 100
_KEY = re.compile(r"([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+=*)")
_SIGNATURE = re.compile("\u2014 ([^\\s+]+) ([A-Za-z0-9+/]+=*)")
_SIZE = re.compile(r"[1-9][0-9]{0,15}")
_SIGNER, _WITNESS = 0x01, 0x04
_LAST_SECOND = 253_402_300_799


@dataclass(frozen=True, slots=True)
class Key:
    """A public key as it is published: a name, four bytes that identify it, what it signs, and the key."""

    name: str
    key_id: bytes
    kind: int
    public: bytes

    @property
    def of_witness(self) -> bool:
        return self.kind == _WITNESS


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A head of the log as a note says it: whose it is, how many leaves, the root; and the note's own text."""

    origin: str
    size: int
    root: bytes
    text: bytes
    signatures: Sequence[tuple[str, bytes, bytes]]
    """Name, key id and the signature's own bytes."""


class Cosigned(NamedTuple):
    """A witness that signed, and when it says that it did."""

    name: str
    at: datetime


def read_key(said: str) -> Key:
    """A key as it is published, `NAME+ID+KEY`; ValueError, with what to do, for anything else."""
    found = _KEY.fullmatch(said)
    if found is None:
        raise ValueError(
            "This is not a published key: it must be one line NAME+ID+KEY, as the office publishes it."
        )
    name, key_id, encoded = found.groups()
    try:
        raw = standard_base64(encoded, step=1, where="the key")
    except NotProven as error:
        raise ValueError("The key is damaged: copy it again, whole.") from error
    kind, public = raw[0], raw[1:]
    if kind not in (_SIGNER, _WITNESS) or len(public) != 32:
        raise ValueError("The key is of a kind that this version does not know.")
    if sha256(name.encode(), b"\n", raw)[:4].hex() != key_id:
        raise ValueError("The key does not fit its own id: copy it again, whole.")
    return Key(name, bytes.fromhex(key_id), kind, public)


def read_checkpoint(note: bytes) -> Checkpoint:
    """The checkpoint that a signed note holds; no signature is checked yet."""
    if len(note) > _LONGEST:
        raise NotProven("It is far too long.", step=1, where=_WHERE)
    try:
        said = note.decode("utf-8")
    except UnicodeDecodeError as error:
        raise NotProven("It is not UTF-8.", step=1, where=_WHERE) from error
    if any(each < " " and each != "\n" for each in said):
        raise NotProven("It holds characters that no note has.", step=1, where=_WHERE)
    text, apart, signed = said.rpartition("\n\n")
    text += "\n"
    lines = text.split("\n")
    if not apart or not signed.endswith("\n") or len(lines) != 4 or not lines[0]:
        raise NotProven("It is not a note of three lines with signatures.", step=1, where=_WHERE)
    origin, size, root = lines[:3]
    if not _SIZE.fullmatch(size) or int(size) > LARGEST_INTEGER:
        raise NotProven("Its size is not a number of entries from 1.", step=1, where=_WHERE)
    raw_root = standard_base64(root, step=1, where=_WHERE)
    if len(raw_root) != 32:
        raise NotProven("Its root is not a digest.", step=1, where=_WHERE)
    return Checkpoint(origin, int(size), raw_root, text.encode(), _signatures(signed))


def _signatures(signed: str) -> list[tuple[str, bytes, bytes]]:
    lines = signed.removesuffix("\n").split("\n")
    if len(lines) > _MOST_SIGNATURES:
        raise NotProven("It has too many signatures.", step=1, where=_WHERE)
    found: list[tuple[str, bytes, bytes]] = []
    for line in lines:
        match = _SIGNATURE.fullmatch(line)
        if match is None:
            raise NotProven("A line of its signatures is not of their form.", step=1, where=_WHERE)
        raw = standard_base64(match[2], step=1, where=_WHERE)
        if len(raw) < 5:
            raise NotProven("A signature of it is cut off.", step=1, where=_WHERE)
        found.append((match[1], raw[:4], raw[4:]))
    return found


def _signatures_under(checkpoint: Checkpoint, keys: Iterable[Key]) -> Iterator[tuple[Key, bytes]]:
    """The signatures under these keys, all others passed over; NotProven if one of them signed twice."""
    known = {(key.name, key.key_id): key for key in keys}
    seen = set[tuple[str, bytes]]()
    for name, key_id, signature in checkpoint.signatures:
        key = known.get((name, key_id))
        if key is None:
            continue
        if (name, key_id) in seen:
            raise NotProven("It is signed twice by one key.", step=1, where=_WHERE)
        seen.add((name, key_id))
        yield key, signature


def signers_of(checkpoint: Checkpoint, keys: Sequence[Key]) -> list[str]:
    """Which of the trusted keys signed; NotProven if one of them is there and fails, or none is there."""
    own = [key for key in keys if not key.of_witness]
    found: list[str] = []
    for key, signature in _signatures_under(checkpoint, own):
        if key.name != checkpoint.origin:
            raise NotProven(
                "The key that you gave signed it, but it is of another origin.",
                step=1,
                where=_WHERE,
            )
        if not _signed(key, signature, checkpoint.text):
            raise NotProven(
                f"The signature by {key.name} is not of this checkpoint.", step=1, where=_WHERE
            )
        found.append(f"{key.name}+{key.key_id.hex()}")
    if own and not found:
        raise NotProven(
            "It is not signed by the key that you gave: if the office has had another key, before or since, "
            "ask it for the one of then.",
            step=1,
            where=_WHERE,
        )
    return found


def cosigned_by(checkpoint: Checkpoint, keys: Sequence[Key], *, quorum: int) -> list[Cosigned]:
    """Which of the trusted witnesses cosigned, and when; NotProven if one fails or there are too few."""
    found: list[Cosigned] = []
    for key, signature in _signatures_under(checkpoint, [key for key in keys if key.of_witness]):
        seconds = int.from_bytes(signature[:8], "big")
        said = b"cosignature/v1\ntime %d\n" % seconds + checkpoint.text
        if not _signed(key, signature[8:], said) or seconds > _LAST_SECOND:
            raise NotProven(
                f"The cosignature by {key.name} is not of this checkpoint.", step=1, where=_WHERE
            )
        found.append(Cosigned(key.name, datetime.fromtimestamp(seconds, UTC)))
    if len({each.name for each in found}) < quorum:
        raise NotProven(
            f"It was cosigned by {len(found)} of the witnesses that you named, and {quorum} are asked "
            "for: leave out the key of one who was named later, or ask for fewer by `--quorum`.",
            step=1,
            where=_WHERE,
        )
    return found


def _signed(key: Key, signature: bytes, text: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(key.public).verify(signature, text)
    except (InvalidSignature, ValueError):
        return False
    return True
