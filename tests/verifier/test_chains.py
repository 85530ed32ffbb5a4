"""Step 4: a line shown follows on what its stream was before, also where no more than single lines are claimed."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from api.verifier.failures import NotProven
from api.verifier.package import Part
from api.verifier.streams import Signed, StreamCheck
from api.verifier.verdict import Counted
from tests.evidence import by_the_book as book

LEDGER = bytes(16)
STREAM = "case/01a21da0-cf5a-772f-9d6e-4a2f378f108a"
ANCHOR = bytes(32)


def line(version: int, previous: bytes) -> bytes:
    return book.canonical(
        {
            "content": book.content({}),
            "format": "caseledger.entry/1",
            "ledger": book.b64u(LEDGER),
            "previous": book.b64u(previous),
            "recorded_at": "2026-11-27T15:30:07.861390Z",
            "schema": 1,
            "stream": STREAM,
            "topic": "NoteAdded",
            "version": version,
        }
    )


def checked(*lines: tuple[int, bytes]) -> Sequence[int]:
    """The versions found in a log of one or two lines and an anchor, of which no more is claimed."""
    leaves = [book.leaf(raw) for _, raw in lines]
    if len(leaves) == 1:
        root, paths = book.h(b"\x01", leaves[0], ANCHOR), [[ANCHOR]]
    else:
        both = book.h(b"\x01", *leaves)
        root, paths = book.h(b"\x01", both, ANCHOR), [[leaves[1], ANCHOR], [leaves[0], ANCHOR]]
    signed = Signed(LEDGER, len(lines) + 1, root, len(lines), bytes(32))
    check = StreamCheck(
        Part("000001", STREAM, cited=False),
        claim="none",
        signed=signed,
        exemptions={},
        counted=Counted(),
    )
    shown = [
        {"line": raw.decode(), "slots": {}, "texts": {}, "version": version}
        for version, raw in lines
    ]
    proofs = [
        [version, index, [book.b64u(each) for each in path]]
        for index, ((version, _), path) in enumerate(zip(lines, paths, strict=True))
    ]
    return check.check({"entries": shown, "stream": STREAM}, {"entries": proofs})


def test_the_first_entry_of_a_stream_follows_on_none() -> None:
    first = book.first_head(LEDGER, STREAM)
    assert checked((1, line(1, first))) == [1]
    with pytest.raises(NotProven, match="does not follow"):
        checked((1, line(1, bytes(32))))


def test_of_two_neighbours_the_later_follows_on_the_earlier() -> None:
    fourth = line(4, bytes(32))
    head = book.next_head(bytes(32), book.leaf(fourth))
    assert checked((4, fourth), (5, line(5, head))) == [4, 5]
    assert checked((4, fourth), (6, line(6, bytes(32)))) == [4, 6]
    with pytest.raises(NotProven, match="does not follow"):
        checked((4, fourth), (5, line(5, bytes(32))))
