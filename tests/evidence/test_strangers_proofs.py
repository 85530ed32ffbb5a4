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


def line(stream: str, topic: str, content: bytes, /, **other: Any) -> bytes:
    said = {
        "content": b64u(content),
        "ledger": b64u(LEDGER),
        "previous": b64u(first_head(LEDGER, stream)),
        "recorded_at": AT,
        "schema": 1,
        "stream": stream,
        "topic": topic,
        "version": 1,
    }
    return encode_line(Line(**(said | other)))


def proof(
    *,
    entry: dict[str, Any] | None = None,
    anchor: dict[str, Any] | None = None,
    values: dict[str, Any] | None = None,
    goes_on: bool = False,
    signed_root: bytes | None = None,
    **other: Any,
) -> bytes:
    """A log of one entry and its anchor, signed, as a file that proves the one stream.

    Given are other values of the entry's line, of the anchor's, and of what the anchor says; whether the
    log goes on after its anchor; over which root the office signed; and other parts of the file.
    """
    first = line(STREAM, "NoteAdded", bytes(32), **(entry or {}))
    key = book.h(b"\x07", LEDGER, STREAM.encode())
    head = book.next_head(first_head(LEDGER, STREAM), book.leaf(first))
    heads = book.h(b"\x03", key, book.u64(1), head)
    said_of_all = {"heads": b64u(heads), "leaves": 1, "sealed": {}, "signed_at": AT}
    said_of_all |= values or {}
    content = content_of(SEED, said_of_all, {})
    last = line(ANCHOR, "LogAnchored", content, **(anchor or {}))
    digests = [book.leaf(first), book.leaf(last)]
    root, later = book.h(b"\x01", *digests), [bytes(32)] if goes_on else []
    if goes_on:
        root = book.h(b"\x01", root, *later)
    text = Checkpoint(OFFICE.verifier.name, 2 + len(later), signed_root or root).text()
    end = {"key": b64u(key), "entries": 1, "head": b64u(head)}
    paths = [[b64u(each) for each in (sibling, *later)] for sibling in reversed(digests)]
    said = {
        "format": "caseledger.proof/1",
        "note": str(Note(text, (OFFICE.sign(text),))),
        "anchor": {
            "line": last.decode(),
            "index": 1,
            "path": paths[1],
            "office": {"seed": b64u(SEED), "values": said_of_all},
        },
        "entries": [{"line": first.decode(), "index": 0, "path": paths[0]}],
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
        confirmed(proof(entry={"recorded_at": at}))


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"values": {"leaves": "1"}}, "not those of an anchor"),
        ({"values": {"leaves": 2}}, "covers more than comes before it"),
        ({"values": {"leaves": -1}}, "covers more than comes before it"),
        ({"values": {"leaves": 0}}, "entry 1 is not covered by the anchor"),
        ({"values": {"heads": b64u(bytes(32))}}, "not shown how many entries"),
        ({"anchor": {"content": b64u(bytes(32))}}, "not those that were recorded"),
        ({"anchor": {"topic": "NoteAdded"}}, "is no anchor"),
        ({"anchor": {"stream": STREAM}}, "is no anchor"),
        ({"signed_root": bytes(32)}, "entry 2 is not in the checkpoint"),
        ({"goes_on": True}, "not the last entry of the checkpoint"),
        ({"entry": {"ledger": b64u(b"o" * 16)}}, "entry 1 is of another ledger"),
        ({"entry": {"previous": b64u(bytes(32))}}, "entry 1 of .* is missing or in another place"),
        ({"entry": {"version": 2}}, "entry 1 of .* is missing or in another place"),
        ({"entry": {"content": "A" * 42 + "B"}}, "what no line says"),
        ({"entry": {"version": 1 << 53}}, "what no line says"),
        ({"entry": {"schema": 1 << 53}}, "what no line says"),
    ],
)
def test_a_log_that_its_office_signed_proves_nothing_where_its_anchor_or_an_entry_does_not_fit(
    given: dict[str, Any], why: str
) -> None:
    with pytest.raises(IntegrityFailure, match=why):
        confirmed(proof(**given))


def test_where_entries_are_shown_of_a_stream_it_is_not_shown_that_there_is_none() -> None:
    shown = json.loads(proof())
    there = shown["streams"][0]["end"]
    for end in (None, there | {"key": b64u(bytes(32))}):
        absent = {"stream": STREAM, "siblings": [], "end": end}
        with pytest.raises(IntegrityFailure, match="not shown that there is no"):
            confirmed(proof(streams=[absent]))


def test_beside_the_proof_that_there_is_no_other_stream_no_entries_are_shown_that_nothing_counts() -> (
    None
):
    absent = json.loads(proof())["streams"][0] | {"stream": f"{STREAM[:-1]}b"}
    assert confirmed(proof(streams=[absent], entries=[]))
    with pytest.raises(IntegrityFailure, match="nothing says how many it has"):
        confirmed(proof(streams=[absent]))


def test_a_checkpoint_counts_where_a_key_that_was_given_has_signed_one_of_its_own_log() -> None:
    root = bytes(32)
    other = SignerKey.from_secret("other.example/log", ED25519, bytes([4] * 32))
    since = SignerKey.from_secret(OFFICE.verifier.name, ED25519, bytes([5] * 32))
    signed = {
        key: Note(text := Checkpoint(OFFICE.verifier.name, size, root).text(), (key.sign(text),))
        for key, size in ((OFFICE, 2), (since, 2), (other, 0))
    }
    assert check_note(signed[OFFICE], Trusted((since.verifier, OFFICE.verifier)))[1]
    assert not check_note(signed[OFFICE], Trusted())[1]
    for note, key, why in (
        (signed[OFFICE], since, "none of the keys that were given has signed"),
        (signed[since], other, "and the key of other.example/log"),
        (signed[other], OFFICE, "of an empty log"),
    ):
        with pytest.raises(IntegrityFailure, match=why):
            check_note(note, Trusted((key.verifier,)))


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
