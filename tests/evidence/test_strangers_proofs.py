"""What a stranger's file must be before anything in it counts: a proof of something, lines and times that can be."""

from __future__ import annotations

import json
from typing import Any

import pytest

from ledger.errors import IntegrityFailure, InvalidCommand
from ledger.evidence.proving.checking import Trusted, check_note, check_proof
from ledger.evidence.proving.proof_files import read_proof_file
from ledger.evidence.proving.receipts import Received
from ledger.evidence.signing.notes import COSIGNATURE, ED25519, Checkpoint, Note, SignerKey
from ledger.sealing.heads import Line, encode_line, first_head
from ledger.sealing.slots import b64u, content_of
from tests.evidence import by_the_book as book

LEDGER, SEED = bytes(16), bytes(16)
STREAM = "case/01a21da0-cf5a-772f-9d6e-4a2f378f108a"
ANCHOR = "anchor/01a21da2-d7b0-767e-be9c-502325e467af"
AT = "2026-11-27T15:30:07.861390Z"
OFFICE = SignerKey.from_secret("office.example/log", ED25519, bytes([1] * 32))


def line(stream: str, topic: str, content: bytes, *, recorded_at: str = AT) -> bytes:
    previous = b64u(first_head(LEDGER, stream))
    return encode_line(
        Line(b64u(content), b64u(LEDGER), previous, recorded_at, 1, stream, topic, 1)
    )


def proof(*, recorded_at: str = AT, leaves: Any = 1, **other: Any) -> bytes:
    """A log of one entry and its anchor, signed, as a file that proves the one stream."""
    entry = line(STREAM, "NoteAdded", bytes(32), recorded_at=recorded_at)
    key = book.h(b"\x07", LEDGER, STREAM.encode())
    head = book.next_head(first_head(LEDGER, STREAM), book.leaf(entry))
    heads = book.h(b"\x03", key, book.u64(1), head)
    values = {"heads": b64u(heads), "leaves": leaves, "sealed": {}, "signed_at": AT}
    anchor = line(ANCHOR, "LogAnchored", content_of(SEED, values, {}))
    digests = [book.leaf(entry), book.leaf(anchor)]
    text = Checkpoint(OFFICE.verifier.name, 2, book.h(b"\x01", *digests)).text()
    end = {"key": b64u(key), "entries": 1, "head": b64u(head)}
    office = {"seed": b64u(SEED), "values": values}
    said = {
        "format": "caseledger.proof/1",
        "note": str(Note(text, (OFFICE.sign(text),))),
        "anchor": {
            "line": anchor.decode(),
            "index": 1,
            "path": [b64u(digests[0])],
            "office": office,
        },
        "entries": [{"line": entry.decode(), "index": 0, "path": [b64u(digests[1])]}],
        "streams": [{"stream": STREAM, "siblings": [], "end": end}],
    }
    return json.dumps(
        {name: each for name, each in (said | other).items() if each is not None}
    ).encode()


def confirmed(given: bytes) -> bool:
    return check_proof(read_proof_file(given), Trusted((OFFICE.verifier,))).confirmed


def test_a_proof_of_nothing_is_none_and_one_says_its_format() -> None:
    assert confirmed(proof())
    with pytest.raises(InvalidCommand, match="no proof of a case ledger"):
        confirmed(proof(streams=[], entries=[]))
    with pytest.raises(InvalidCommand, match="no proof of a case ledger"):
        confirmed(proof(format=None))


@pytest.mark.parametrize("at", ["2026-02-30T15:30:07.861390Z", "2026-11-27T24:00:00.000000Z"])
def test_a_line_of_a_time_that_does_not_exist_proves_nothing(at: str) -> None:
    with pytest.raises(IntegrityFailure, match="what no line says"):
        confirmed(proof(recorded_at=at))


def test_how_many_leaves_an_anchor_covers_is_a_number() -> None:
    with pytest.raises(IntegrityFailure, match="not those of an anchor"):
        confirmed(proof(leaves="1"))


def test_a_witness_of_two_keys_is_one_witness() -> None:
    keys = [SignerKey.from_secret("w.example", COSIGNATURE, bytes([each] * 32)) for each in (2, 3)]
    text = Checkpoint(OFFICE.verifier.name, 2, bytes(32)).text()
    note = Note(text, tuple(key.cosign(text, 1_700_000_000) for key in keys))
    witnesses = tuple(key.verifier for key in keys)
    assert len(check_note(note, Trusted((), witnesses, 1))[2]) == 1
    with pytest.raises(IntegrityFailure, match="1 of the witnesses have cosigned, and 2 must have"):
        check_note(note, Trusted((), witnesses, 2))


def test_a_receipt_of_a_day_that_does_not_exist_is_none() -> None:
    said = ("caseledger.receipt/1", "office.example/log", STREAM, "1", b64u(bytes(32)), AT)
    text = "".join(f"{each}\n" for each in (*said, "2026-02-30T15:30:07.861390Z"))
    with pytest.raises(InvalidCommand, match="no receipt"):
        Received.read(text)
