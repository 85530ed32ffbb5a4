"""Lines and heads: a stream proves its entries 1..n; a line has one form."""

from __future__ import annotations

from contextlib import suppress
from hashlib import sha256

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.errors import IntegrityFailure
from ledger.sealing.heads import (
    Line,
    decode_line,
    encode_line,
    first_head,
    leaf_digest,
    next_head,
)
from ledger.sealing.slots import b64u, canonical

LINE = Line(
    content=b64u(b"c" * 32),
    ledger=b64u(b"l" * 16),
    previous=b64u(b"p" * 32),
    recorded_at="2026-03-08T06:59:59.000001Z",
    schema=1,
    stream="case/01a200a5-93df-7617-8fa1-1cf9bbb881f1",
    topic="CaseOpened",
    version=12,
)


def test_a_line_is_canonical_json() -> None:
    raw = encode_line(LINE)
    assert canonical(orjson.loads(raw)) == raw
    assert orjson.loads(raw)["format"] == "caseledger.entry/1"


def test_a_line_is_read_back() -> None:
    assert decode_line(encode_line(LINE)) == LINE


@given(st.integers(0, len(encode_line(LINE)) - 1), st.integers(1, 255))
def test_a_line_with_any_byte_changed_is_another_line_or_none(place: int, change: int) -> None:
    raw = bytearray(encode_line(LINE))
    raw[place] ^= change
    assert leaf_digest(bytes(raw)) != leaf_digest(encode_line(LINE))
    with suppress(IntegrityFailure):
        assert decode_line(bytes(raw)) != LINE


@pytest.mark.parametrize(
    "raw",
    [
        encode_line(LINE) + b" ",
        encode_line(LINE).replace(b'"version":12', b'"version":12.0'),
        encode_line(LINE).replace(b'"version":12', b'"version":012'),
        encode_line(LINE).replace(b'"schema":1,', b'"schema": 1,'),
        b'{"version":12}',
        b"[]",
        b"",
    ],
)
def test_what_is_not_a_canonical_line_is_refused(raw: bytes) -> None:
    with pytest.raises(IntegrityFailure):
        decode_line(raw)


def test_heads_are_made_as_the_evidence_format_says() -> None:
    ledger, stream = b"l" * 16, "case/x"
    start = sha256(b"caseledger/stream/1\x00" + ledger + b"case/x").digest()
    assert first_head(ledger, stream) == start
    digest = sha256(b"\x00" + b"line").digest()
    assert leaf_digest(b"line") == digest
    assert next_head(start, digest) == sha256(b"\x02" + start + digest).digest()
