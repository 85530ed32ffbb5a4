"""The two secrets of a vault: by one nobody else can tell whose a key is, by the other what a command's body was."""

from __future__ import annotations

import hmac
from hashlib import sha256

PERSON_SECRET, COMMAND_SECRET = "person", "command"
_ID_BYTES = 16


class Secrets:
    """Both, each with its keyed digest set up once: that costs twice the rest."""

    def __init__(self, *, person: bytes, command: bytes) -> None:
        self.by_name = {PERSON_SECRET: person, COMMAND_SECRET: command}
        self._by_person = hmac.new(person, digestmod="sha256")
        self._by_command = hmac.new(command, digestmod="sha256")

    def person(self, subject: str) -> bytes:
        """The id by which the vault knows a subject, 16 bytes."""
        return _keyed_digest(self._by_person, subject.encode())

    def command_digest(self, body: bytes) -> bytes:
        """The keyed digest of a command's body or of a caller's key, 16 bytes: nobody can guess a body from it."""
        return _keyed_digest(self._by_command, body)

    def derived(self, *of: str) -> bytes:
        """The 32 bytes that these words always give here; nobody who sees them, or other ones, can tell these words'.

        No text begins with the byte that sets these words apart from the body of a command.
        """
        digest = self._by_command.copy()
        digest.update(b"\xffcaseledger/derived/1\x00" + "\0".join(of).encode())
        return digest.digest()


def secret_id(name: str) -> bytes:
    """The id to which a secret is bound where it is wrapped, as a key is to its own."""
    return sha256(b"caseledger/secret/1\x00" + name.encode()).digest()[:_ID_BYTES]


def _keyed_digest(keyed: hmac.HMAC, said: bytes) -> bytes:
    """The first 16 bytes of HMAC-SHA-256, from a copy of the keyed state."""
    digest = keyed.copy()
    digest.update(said)
    return digest.digest()[:_ID_BYTES]
