"""Signed intake receipts: by which a requester shows that something was received, also if the log does not.

A receipt is a signed note under a key of its own: the log, the stream, the entry's version and digest, when it
was recorded, and by when it is to be in a checkpoint.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from ledger.errors import IntegrityFailure, InvalidCommand
from ledger.evidence.signing.notes import Note, SignerKey, VerifierKey, signers_of
from ledger.sealing.heads import decode_line, leaf_digest
from ledger.sealing.slots import b64u, from_b64u
from ledger.store import StoredRow
from ledger.times import instant, stamp

FORMAT = "caseledger.receipt/1"
NAMED = "/receipts"
"""What the name of a key for receipts has after the log's own."""
MERGED_WITHIN = timedelta(days=1)
"""What the office promises: by then the entry is in a checkpoint."""

_STAMP = r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z)"
_TEXT = re.compile(
    re.escape(FORMAT)
    + r"\n([^\s+]+)\n([a-z][a-z0-9_]*/[0-9a-f-]{36})\n([1-9]\d{0,15})\n([A-Za-z0-9_-]{43})\n"
    + rf"{_STAMP}\n{_STAMP}\n"
)


class Received(NamedTuple):
    """What a receipt says was received."""

    origin: str
    stream: str
    version: int
    digest: bytes
    recorded_at: datetime
    merged_by: datetime

    def text(self) -> str:
        """The text that is signed, a line each."""
        said = (FORMAT, self.origin, self.stream, str(self.version), b64u(self.digest))
        times = (stamp(self.recorded_at), stamp(self.merged_by))
        return "".join(f"{line}\n" for line in (*said, *times))

    @classmethod
    def read(cls, text: str) -> Received:
        """The receipt that a note's text is; InvalidCommand if it is none."""
        found = _TEXT.fullmatch(text)
        if found is None:
            raise _no_receipt()
        origin, stream, version, digest, recorded_at, merged_by = found.groups()
        try:
            times = instant(recorded_at), instant(merged_by)
            return cls(origin, stream, int(version), from_b64u(digest), *times)
        except ValueError as error:
            raise _no_receipt() from error


def receipt_of(row: StoredRow, keys: Sequence[SignerKey]) -> Note:
    """The signed receipt of an entry."""
    raw = row.state.partition(b"\n")[0]
    recorded_at = instant(decode_line(raw).recorded_at)
    text = Received(
        keys[0].verifier.name.removesuffix(NAMED),
        row.stream,
        row.version,
        leaf_digest(raw),
        recorded_at,
        recorded_at + MERGED_WITHIN,
    ).text()
    return Note(text, tuple(key.sign(text) for key in keys))


def check_receipt(note: Note, keys: Sequence[VerifierKey]) -> tuple[Received, bool]:
    """What a receipt says, and whether one of these keys signed it; IntegrityFailure if it is another log's."""
    received = Received.read(note.text)
    for key in keys:
        if key.name != received.origin + NAMED:
            raise IntegrityFailure(
                f"The receipt is of {received.origin}, and the key of {key.name}: do not rely on it."
            )
    signed = signers_of(note, keys)
    if keys and not signed:
        raise IntegrityFailure(
            "None of the keys that were given has signed the receipt: do not rely on it. If the office has had another "
            "key for receipts, before or since, ask it for the one of then."
        )
    return received, bool(signed)


def _no_receipt() -> InvalidCommand:
    return InvalidCommand("This note is no receipt: give the file that the office gave you.")
