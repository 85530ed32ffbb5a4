"""A witness over HTTP answers as C2SP tlog-witness says, whoever asks and whatever they send."""

from __future__ import annotations

import socket
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path

import httpx
import pytest

from ledger.evidence.proving.cosigning import asking
from ledger.evidence.signing.asked import LONGEST_REQUEST, Asked
from ledger.evidence.signing.notes import (
    ED25519,
    Checkpoint,
    Note,
    SignerKey,
    VerifierKey,
    read_note,
    signers_of,
)
from ledger.evidence.signing.signing_state import signing_of
from tests.api.witnesses.conftest import AT, Listening, witnessing
from tests.evidence.signing_office import SigningOffice
from tests.patience import WITHIN_SECONDS


def asked(office: SigningOffice, since: int, *, size: int | None = None) -> Asked:
    with office.proofs(size=size) as proofs:
        return asking(proofs, since=since)


def posted(listening: Listening, what: Asked | str | bytes) -> httpx.Response:
    content = str(what) if isinstance(what, Asked) else what
    return httpx.post(f"{listening.url}/add-checkpoint", content=content, timeout=WITHIN_SECONDS)


def signed(office: SigningOffice, size: int, root: bytes) -> Note:
    """What the office's key would sign, true or not."""
    with office.opened() as (ledger, _):
        key = office.signer.key(signing_of(ledger.store).in_force("checkpoint")[0])
    text = Checkpoint(key.verifier.name, size, root).text()
    return Note(text, (key.sign(text),))


def test_what_goes_on_from_what_was_seen_is_answered_with_the_cosignature_alone(
    office: SigningOffice, listening: Listening
) -> None:
    seen = 0
    for _ in range(2):
        request = asked(office, seen)
        answer = posted(listening, request)
        assert answer.status_code == 200
        found = read_note(f"{request.note.text}\n{answer.text}")
        assert listening.witness.key.cosigned_at(found) == int(AT.timestamp())
        assert len(found.signatures) == 1
        seen = Checkpoint.read(request.note.text).size
        assert listening.witness.logs()[0].size == seen
        office.works()
        office.signs()


def test_whoever_watches_a_log_reads_what_was_cosigned_of_it_last(
    office: SigningOffice, listening: Listening
) -> None:
    """C2SP tlog-witness, monitor retrieval: the checkpoint with the log's signature and the witness's."""

    def read(origin: str) -> httpx.Response:
        name = sha256(origin.encode()).hexdigest()
        return httpx.get(f"{listening.url}/{name}/checkpoint", timeout=WITHIN_SECONDS)

    (log,) = listening.witness.logs()
    assert (read(log.origin).status_code, read("nobody.example").status_code) == (404, 404)
    stranger = SignerKey.from_secret("stranger.example.org", ED25519, bytes(32))
    request = asked(office, 0)
    note = request.note.with_signatures((stranger.sign(request.note.text),))
    assert posted(listening, request._replace(note=note)).status_code == 200
    found = read_note(read(log.origin).text)
    assert found.text == request.note.text
    assert listening.witness.key.cosigned_at(found) == int(AT.timestamp())
    assert signers_of(found, map(VerifierKey.read, log.keys))
    assert len(found.signatures) == 2
    assert httpx.get(f"{listening.url}/x/checkpoint").status_code == 404


def test_asked_again_with_its_own_cosignature_along_it_answers_with_one(
    office: SigningOffice, listening: Listening
) -> None:
    request = asked(office, 0)
    size = Checkpoint.read(request.note.text).size
    first = read_note(f"{request.note.text}\n{posted(listening, request).text}")
    along = Asked(size, (), request.note.with_signatures(first.signatures))
    again = posted(listening, along)
    assert (again.status_code, again.text.count("\n")) == (200, 1)


def test_who_goes_on_from_other_entries_hears_from_how_many_to_go_on(
    office: SigningOffice, listening: Listening
) -> None:
    request = asked(office, 0)
    assert posted(listening, request).status_code == 200
    for each in (request, request._replace(old=1)):
        answer = posted(listening, each)
        assert (answer.status_code, answer.headers["content-type"], answer.text) == (
            409,
            "text/x.tlog.size",
            f"{Checkpoint.read(request.note.text).size}\n",
        )


def test_a_log_that_is_not_watched_is_not_found_and_a_key_that_is_not_known_forbidden(
    office: SigningOffice, listening: Listening, tmp_path: Path
) -> None:
    request = asked(office, 0)
    with witnessing(tmp_path / "other", "other.example.org", of=None) as stranger:
        assert posted(stranger, request).status_code == 404
    (signature,) = request.note.signatures
    unknown, broken = signature._replace(name="x"), signature._replace(raw=bytes(64))
    answer = posted(listening, request._replace(note=Note(request.note.text, (unknown,))))
    assert (answer.status_code, "None of the keys" in answer.text) == (403, True)
    answer = posted(listening, request._replace(note=Note(request.note.text, (broken,))))
    assert (answer.status_code, "which that key did not make" in answer.text) == (403, True)
    assert listening.witness.logs()[0].size == 0


def test_what_is_not_shown_to_go_on_is_not_cosigned(
    office: SigningOffice, listening: Listening
) -> None:
    first = asked(office, 0)
    assert posted(listening, first._replace(proof=(bytes(32),))).status_code == 422
    assert posted(listening, first).status_code == 200
    size = Checkpoint.read(first.note.text).size
    another = Asked(size, (), signed(office, size, bytes(32)))
    assert posted(listening, another).status_code == 422
    (forged,) = listening.witness.not_shown()
    assert Asked.read(forged.read_text()) == another
    office.works()
    office.signs()
    request = asked(office, size)
    for wrong in (request.proof[:-1], (), (bytes(32), *request.proof)):
        assert posted(listening, request._replace(proof=wrong)).status_code == 422
    assert len(listening.witness.not_shown()) == 2, "as many as the log has signed, whoever asks"
    assert listening.witness.logs()[0].size == size
    assert posted(listening, request).status_code == 200
    assert listening.witness.not_shown() == [forged], "what was shown after all is not kept"


def test_the_empty_log_has_one_root(office: SigningOffice, listening: Listening) -> None:
    assert posted(listening, Asked(0, (), signed(office, 0, bytes(32)))).status_code == 422
    empty = bytes.fromhex("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    assert posted(listening, Asked(0, (), signed(office, 0, empty))).status_code == 200
    assert posted(listening, asked(office, 0)).status_code == 200


@pytest.mark.parametrize(
    "given",
    [
        b"",
        b"old 1",
        b"\xff\xfe",
        b"old 00\n\nx\n1\n=\n\n\xe2\x80\x94 a AAAAAAAA\n",
        b"old 1\n\n\n\n",
    ],
)
def test_what_is_no_request_is_said_to_be_none(listening: Listening, given: bytes) -> None:
    answer = posted(listening, given)
    assert (answer.status_code, answer.headers["content-type"]) == (
        400,
        "text/plain; charset=utf-8",
    )
    assert answer.text.endswith(".\n")


def test_a_size_before_the_one_that_it_claims_to_go_on_from_is_no_request(
    office: SigningOffice, listening: Listening
) -> None:
    request = asked(office, 0)
    assert posted(listening, request._replace(old=10**9)).status_code == 400


def test_what_is_longer_than_any_request_is_not_read_to_its_end(listening: Listening) -> None:
    assert posted(listening, b"x" * (LONGEST_REQUEST + 1)).status_code == 413
    assert httpx.get(f"{listening.url}/add-checkpoint").status_code == 405


def test_whoever_leaves_in_the_middle_of_a_request_keeps_nobody(
    office: SigningOffice, listening: Listening
) -> None:
    url = httpx.URL(listening.url)
    for _ in range(3):
        with socket.create_connection((url.host, url.port or 0), timeout=WITHIN_SECONDS) as half:
            half.sendall(
                b"POST /add-checkpoint HTTP/1.1\r\nHost: x\r\nContent-Length: 99\r\n\r\nold 0"
            )
    assert posted(listening, asked(office, 0)).status_code == 200


def test_of_several_who_ask_at_once_each_hears_what_was_true_and_the_memory_never_goes_back(
    office: SigningOffice, listening: Listening
) -> None:
    sizes = [Checkpoint.read(office.signs().text).size]
    for _ in range(3):
        office.works()
        sizes.append(Checkpoint.read(office.signs().text).size)
    requests = [
        asked(office, old, size=new) for old in (0, *sizes) for new in sizes if old <= new
    ] * 3
    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(lambda request: posted(listening, request), requests))
    assert {answer.status_code for answer in answers} <= {200, 409}
    cosigned = [
        (request.old, Checkpoint.read(request.note.text).size)
        for request, answer in zip(requests, answers, strict=True)
        if answer.status_code == 200
    ]
    assert cosigned.count((0, sizes[0])) <= 1
    assert listening.witness.logs()[0].size == max(size for _, size in cosigned)
