"""Lines and running heads: what is hashed of an entry, and how a stream proves its entries 1..n.

Pure. The line of an entry says its structure alone; everything it says stands in slots under `content`.
"""

from __future__ import annotations

import re
from hashlib import sha256
from typing import NamedTuple

from ledger.errors import IntegrityFailure

FORMAT = "caseledger.entry/1"
LONGEST_LINE = 65_535
_LEAF, _HEAD = b"\x00", b"\x02"
_DIGEST = r"([A-Za-z0-9_-]{43})"
LINE = re.compile(
    r'\{"content":"' + _DIGEST + r'","format":"caseledger\.entry/1","ledger":"([A-Za-z0-9_-]{22})"'
    r',"previous":"' + _DIGEST + r'","recorded_at":"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z)"'
    r',"schema":([1-9]\d{0,15}),"stream":"([a-z][a-z0-9_]*/[0-9a-f-]{36})"'
    r',"topic":"([A-Z][A-Za-z0-9]*)","version":([1-9]\d{0,15})\}',
    re.ASCII,
)
"""The one form of a line, its eight values captured in the order of their keys."""


class Line(NamedTuple):
    """The structure of an entry, which nothing can withhold from a shown line."""

    content: str
    ledger: str
    previous: str
    recorded_at: str
    schema: int
    stream: str
    topic: str
    version: int


def encode_line(line: Line) -> bytes:
    """The line's bytes: canonical JSON, so that decoding and encoding gives the same bytes."""
    return (
        f'{{"content":"{line.content}","format":"{FORMAT}","ledger":"{line.ledger}"'
        f',"previous":"{line.previous}","recorded_at":"{line.recorded_at}","schema":{line.schema}'
        f',"stream":"{line.stream}","topic":"{line.topic}","version":{line.version}}}'
    ).encode()


def decode_line(raw: bytes) -> Line:
    """The line that these bytes are; IntegrityFailure unless they are canonical and complete."""
    found = LINE.fullmatch(raw.decode(errors="replace"))
    if found is None or len(raw) > LONGEST_LINE:
        raise IntegrityFailure(f"A line is not a canonical line of the format {FORMAT}.")
    content, ledger, previous, recorded_at, schema, stream, topic, version = found.groups()
    return Line(content, ledger, previous, recorded_at, int(schema), stream, topic, int(version))


def leaf_digest(line: bytes) -> bytes:
    """D, the digest of an entry: the leaf of the log (RFC 6962)."""
    return sha256(_LEAF + line).digest()


def first_head(ledger: bytes, stream: str) -> bytes:
    """H_0, the head of a stream before its first entry."""
    return sha256(b"caseledger/stream/1\x00" + ledger + stream.encode()).digest()


def next_head(head: bytes, digest: bytes) -> bytes:
    """H_v from H_(v-1) and D_v."""
    return sha256(_HEAD + head + digest).digest()
