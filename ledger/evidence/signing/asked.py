"""What a witness is asked, as C2SP tlog-witness writes it: the size it saw last, a consistency proof, the note."""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from typing import NamedTuple

from ledger.errors import InvalidCommand
from ledger.evidence.signing.notes import Note, read_note

LONGEST_REQUEST = 150_000
"""In bytes: a note of 128 KiB, and what leads to it, fit in."""
_MOST_HASHES = 63
_OLD = re.compile(r"old (0|[1-9]\d{0,18})")


class Asked(NamedTuple):
    """What a witness is asked: to cosign a note, given the size it saw last and what leads from there."""

    old: int
    proof: tuple[bytes, ...]
    note: Note

    def __str__(self) -> str:
        hashes = "".join(f"{b64encode(each).decode()}\n" for each in self.proof)
        return f"old {self.old}\n{hashes}\n{self.note}"

    @classmethod
    def read(cls, given: str) -> Asked:
        """The request that a file holds; InvalidCommand if it is none."""
        head, gap, note = given.partition("\n\n")
        first, *hashes = head.split("\n")
        old = _OLD.fullmatch(first)
        if not gap or old is None or len(hashes) > _MOST_HASHES:
            raise no_request()
        try:
            proof = tuple(b64decode(each.encode(), validate=True) for each in hashes)
        except (NotBase64, UnicodeEncodeError) as error:
            raise no_request() from error
        return cls(int(old.group(1)), proof, read_note(note))


def no_request() -> InvalidCommand:
    """What is said of what asks a witness for nothing."""
    return InvalidCommand(
        "This asks a witness for nothing: give what `caseledger checkpoint --for-witness` wrote."
    )
