"""Signed notes (C2SP signed-note), and the two texts that we sign: checkpoints and receipts.

A note is a text that ends with a line feed, an empty line, and a line for each signature. Signatures under
unknown keys are passed over; one under a known key that fails refuses the note.
"""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from ledger.errors import IntegrityFailure, InvalidCommand

ED25519, COSIGNATURE = 0x01, 0x04
"""The kinds of key that C2SP numbers so: one signs the text, one says that a witness saw it at a time."""

_DASH = "\u2014 "
_KEY_ID_BYTES, _PUBLIC_BYTES, _TIME_BYTES = 4, 32, 8
_LONGEST_NOTE, _MOST_SIGNATURES = 131_072, 100
"""Sixteen signatures of nearly 5 kB, as those that no quantum computer forges, are to be taken (C2SP signed-note)."""
_NAME = re.compile(r"[^\s+]+")
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f]")
_CHECKPOINT = re.compile(r"([^\n]+)\n(0|[1-9]\d{0,18})\n([A-Za-z0-9+/]{43}=)\n")


class Signature(NamedTuple):
    """A signature line: the name and id of its key, and its bytes."""

    name: str
    key_id: bytes
    raw: bytes

    def line(self) -> str:
        return f"{_DASH}{self.name} {b64encode(self.key_id + self.raw).decode()}\n"


@dataclass(frozen=True, slots=True)
class Note:
    """A text and its signatures."""

    text: str
    signatures: tuple[Signature, ...] = ()

    def __str__(self) -> str:
        return f"{self.text}\n{''.join(each.line() for each in self.signatures)}"

    def with_signatures(self, more: Iterable[Signature]) -> Note:
        """The note with these signatures, too, the last of each key."""
        signatures = (*self.signatures, *more)
        return Note(
            self.text, tuple({(each.name, each.key_id): each for each in signatures}.values())
        )

    def digest(self) -> bytes:
        """H over the whole note."""
        return sha256(str(self).encode()).digest()


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """A public key as C2SP writes it: NAME+ID+KEY."""

    name: str
    kind: int
    public: bytes

    @classmethod
    def read(cls, written: str) -> VerifierKey:
        """The key that is written so; InvalidCommand if it is none that we know."""
        name, _, rest = written.strip().partition("+")
        said, _, encoded = rest.partition("+")
        raw = _from_base64(encoded)
        if raw is None or len(raw) != 1 + _PUBLIC_BYTES or not _NAME.fullmatch(name):
            raise _no_key()
        found = cls(name, raw[0], raw[1:])
        if found.kind not in (ED25519, COSIGNATURE) or found.key_id.hex() != said:
            raise _no_key()
        return found

    def __str__(self) -> str:
        encoded = b64encode(bytes([self.kind]) + self.public).decode()
        return f"{self.name}+{self.key_id.hex()}+{encoded}"

    @property
    def key_id(self) -> bytes:
        """The four bytes by which a signature says whose it is."""
        named = self.name.encode() + b"\n" + bytes([self.kind]) + self.public
        return sha256(named).digest()[:_KEY_ID_BYTES]

    def signed(self, note: Note) -> bool:
        """Whether this key has signed a note; IntegrityFailure if it is said to have and has not."""
        found = [each for each in note.signatures if (each.name, each.key_id) == self._named]
        return bool(found) and all(self._check(note.text, each.raw) for each in found)

    def cosigned_at(self, note: Note) -> int | None:
        """When a witness's key last cosigned a note, in seconds since 1970; None if it has not."""
        if self.kind != COSIGNATURE or not self.signed(note):
            return None
        return max(
            int.from_bytes(each.raw[:_TIME_BYTES], "big")
            for each in note.signatures
            if (each.name, each.key_id) == self._named
        )

    @property
    def _named(self) -> tuple[str, bytes]:
        return self.name, self.key_id

    def _check(self, text: str, raw: bytes) -> bool:
        if self.kind == COSIGNATURE:
            at, raw = int.from_bytes(raw[:_TIME_BYTES], "big"), raw[_TIME_BYTES:]
            text = cosigned_text(text, at)
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(raw, text.encode())
        except (InvalidSignature, ValueError) as error:
            raise IntegrityFailure(
                f"The note bears a signature under the key of {self.name} which that key did not make: "
                "do not rely on it, and ask the office for the note again."
            ) from error
        return True


def signers_of(note: Note, keys: Iterable[VerifierKey]) -> list[VerifierKey]:
    """Those of the keys that have signed a note; IntegrityFailure if any of them is said to have and has not."""
    return [key for key in keys if key.signed(note)]


@dataclass(frozen=True, slots=True)
class SignerKey:
    """A key that signs: the office's own, or a witness's."""

    verifier: VerifierKey
    secret: bytes

    @classmethod
    def from_secret(cls, name: str, kind: int, secret: bytes) -> SignerKey:
        """The key whose secret half is these 32 bytes."""
        if not _NAME.fullmatch(name):
            raise InvalidCommand(
                f"'{name}' cannot name a key: leave out white space and plus signs."
            )
        public = Ed25519PrivateKey.from_private_bytes(secret).public_key().public_bytes_raw()
        return cls(VerifierKey(name, kind, public), secret)

    def sign(self, text: str) -> Signature:
        """The signature under a text."""
        return self._signature(self._sign(text))

    def cosign(self, text: str, at: int) -> Signature:
        """The cosignature under a checkpoint, seen at a time in seconds since 1970 (C2SP cosignature/v1)."""
        return self._signature(
            at.to_bytes(_TIME_BYTES, "big") + self._sign(cosigned_text(text, at))
        )

    def _sign(self, text: str) -> bytes:
        return Ed25519PrivateKey.from_private_bytes(self.secret).sign(text.encode())

    def _signature(self, raw: bytes) -> Signature:
        return Signature(self.verifier.name, self.verifier.key_id, raw)


class Checkpoint(NamedTuple):
    """A head of a log: which log, how many leaves, and its root."""

    origin: str
    size: int
    root: bytes

    def text(self) -> str:
        return f"{self.origin}\n{self.size}\n{b64encode(self.root).decode()}\n"

    @classmethod
    def read(cls, text: str) -> Checkpoint:
        """The checkpoint that a note's text is; InvalidCommand if it is none, or says more than one of ours."""
        found = _CHECKPOINT.fullmatch(text)
        root = _from_base64(found.group(3)) if found else None
        if found is None or root is None:
            raise InvalidCommand(
                "This note is no checkpoint: it has three lines, an origin, a size and a root."
            )
        return cls(found.group(1), int(found.group(2)), root)


def read_note(given: str) -> Note:
    """The note that a file holds; InvalidCommand if it is not in the form of C2SP signed-note."""
    text, gap, lines = given.rpartition("\n\n")
    if (
        not gap
        or len(given) > _LONGEST_NOTE
        or _CONTROL.search(given)
        or not given.endswith("\n")
        or lines.count("\n") > _MOST_SIGNATURES
    ):
        raise _no_note()
    signatures = [_signature(line) for line in lines.removesuffix("\n").split("\n")]
    return Note(f"{text}\n", tuple(signatures))


def cosigned_text(text: str, at: int) -> str:
    """What a witness signs to say that it saw a checkpoint at a time."""
    return f"cosignature/v1\ntime {at}\n{text}"


def _signature(line: str) -> Signature:
    name, _, encoded = line.removeprefix(_DASH).partition(" ")
    raw = _from_base64(encoded)
    if not line.startswith(_DASH) or not _NAME.fullmatch(name) or raw is None:
        raise _no_note()
    if len(raw) <= _KEY_ID_BYTES:
        raise _no_note()
    return Signature(name, raw[:_KEY_ID_BYTES], raw[_KEY_ID_BYTES:])


def _from_base64(text: str) -> bytes | None:
    try:
        raw = b64decode(text.encode(), validate=True)
    except (NotBase64, UnicodeEncodeError):
        return None
    return raw if b64encode(raw).decode() == text else None


def _no_note() -> InvalidCommand:
    return InvalidCommand(
        "This is no signed note: give the file as it was received, signature lines included."
    )


def _no_key() -> InvalidCommand:
    return InvalidCommand(
        "This is no public key as the ledger exports them: it looks like NAME+12345678+BASE64."
    )
