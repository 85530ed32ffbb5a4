"""Each witness that has an address is asked to cosign the newest checkpoint, and keeps nobody where it does not."""

from __future__ import annotations

from collections.abc import Callable
from ipaddress import ip_network
from pathlib import Path

import pytest
from fastapi import FastAPI, Request, Response

from api.webhooks.settings import WebhookSettings
from api.witnesses.answering import witness_app
from api.witnesses.asking import ADD_CHECKPOINT, Told, ask_witnesses
from ledger.evidence.proving.cosigning import cosigners
from ledger.evidence.signing.asked import Asked
from ledger.evidence.signing.checkpoints import make_checkpoint, newest
from ledger.evidence.signing.notes import COSIGNATURE, SignerKey
from ledger.evidence.signing.signing_state import signing_of
from ledger.evidence.signing.witness import Witness
from tests.api.http.served import answering
from tests.api.webhooks.receiving import Answer, receiving
from tests.api.witnesses.conftest import AT, Listening, introduced, witnessing
from tests.evidence.signing_office import SigningOffice
from tests.ledgers import WATCH

LOOPBACK = WebhookSettings(allowed_networks=(ip_network("127.0.0.0/8"),), allow_http=True)
BRIEFLY = LOOPBACK.model_copy(update={"answer_seconds": 0.3})
Answers = Callable[[Asked], Response]


def told(office: SigningOffice, settings: WebhookSettings = LOOPBACK) -> list[Told]:
    """What comes of one pass: a checkpoint, and who was asked to cosign it."""
    with office.opened() as (ledger, trees):
        make_checkpoint(ledger, trees, office.signer, actor=WATCH)
        return ask_witnesses(ledger, trees, office.signer, settings)


def who_cosigned(office: SigningOffice) -> list[str]:
    """The witnesses that cosigned the newest checkpoint."""
    with office.opened() as (ledger, _):
        note = newest(ledger.store)
        assert note is not None
        return [key.name for key, _ in cosigners(note, signing_of(ledger.store))]


def answered(office: SigningOffice, witness: Witness, answer: Answers) -> str | None:
    """What is said of a witness that answers so."""
    app = FastAPI()

    async def add_checkpoint(request: Request) -> Response:
        return answer(Asked.read((await request.body()).decode()))

    app.add_api_route(f"/{ADD_CHECKPOINT}", add_checkpoint, methods=["POST"])
    with answering(app) as url:
        introduced(office, witness, url)
        (found,) = told(office)
    assert found.witness == witness.key.name
    return found.failed


def test_each_checkpoint_is_cosigned_and_cited_by_the_next_anchor(
    office: SigningOffice, listening: Listening
) -> None:
    introduced(office, listening.witness, f"{listening.url}/")
    office.clock.at = AT
    for _ in range(3):
        office.works()
        assert told(office) == [Told("witness.example.org")]
        assert who_cosigned(office) == ["witness.example.org"]
        assert told(office) == []
    office.works()
    office.signs()
    with office.proofs() as proofs:
        assert proofs.anchor.witnessed is not None
    assert office.found() == []


def test_who_is_asked_by_hand_or_counts_no_more_is_sent_nothing(
    office: SigningOffice, listening: Listening
) -> None:
    introduced(office, listening.witness, listening.url)
    introduced(office, listening.witness, None)
    assert told(office) == []
    assert listening.witness.logs()[0].size == 0


def test_a_witness_is_asked_from_what_it_saw_last_itself(
    office: SigningOffice, listening: Listening, tmp_path: Path
) -> None:
    with witnessing(tmp_path / "late", "late.example.org", of=office) as late:
        introduced(office, listening.witness, listening.url)
        told(office)
        office.works()
        introduced(office, late.witness, late.url)
        assert told(office) == [Told("witness.example.org"), Told("late.example.org")]
        assert who_cosigned(office) == ["witness.example.org", "late.example.org"]


def test_a_witness_that_is_away_keeps_nobody_and_is_asked_again(
    office: SigningOffice, listening: Listening, tmp_path: Path
) -> None:
    with witnessing(tmp_path / "away", "away.example.org", of=office) as away:
        introduced(office, away.witness, away.url)
    introduced(office, listening.witness, listening.url)
    gone, here = told(office)
    assert here == Told("witness.example.org")
    assert gone.failed == "no connection (ConnectError); it is asked again"
    with answering(witness_app(away.witness, clock=lambda: AT)) as url:
        introduced(office, away.witness, url)
        office.works()
        assert {each.failed for each in told(office)} == {None}
    assert len(who_cosigned(office)) == 2


def test_a_witness_that_saw_more_than_is_here_says_that_this_ledger_is_behind(
    office: SigningOffice, listening: Listening, tmp_path: Path
) -> None:
    behind = office.copied_to(tmp_path / "copy")
    for _ in range(2):
        office.works(2)
        introduced(office, listening.witness, listening.url)
        told(office)
    introduced(behind, listening.witness, listening.url)
    (found,) = told(behind)
    assert "this ledger is behind what was signed" in str(found.failed)


def test_of_two_histories_one_is_cosigned_and_the_other_hears_so(
    office: SigningOffice, listening: Listening, tmp_path: Path
) -> None:
    other = office.copied_to(tmp_path / "copy")
    introduced(office, listening.witness, listening.url)
    told(office)
    introduced(other, listening.witness, listening.url)
    other.works(9)
    (found,) = told(other)
    assert "does not go on from what it cosigned" in str(found.failed)
    assert who_cosigned(other) == []


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (400, "does not understand"),
        (403, "none of the keys"),
        (404, "does not watch this log"),
        (301, "it answered 301; it is asked again"),
        (429, "it answered 429; it is asked again"),
        (503, "it answered 503; it is asked again"),
    ],
)
def test_why_a_witness_did_not_cosign_is_said(
    office: SigningOffice, witness: Witness, status: int, said: str
) -> None:
    assert said in str(answered(office, witness, lambda _asked: Response(status_code=status)))


@pytest.mark.parametrize(
    "content",
    [
        "",
        "\u2014 witness.example.org AAAA\n",
        "no note\n",
        "\u2014 x AAAAAAAAAAAA\n" * 200,
        "\x00\n",
    ],
)
def test_what_is_no_cosignature_of_the_witness_is_not_taken_for_one(
    office: SigningOffice, witness: Witness, content: str
) -> None:
    failed = answered(office, witness, lambda _asked: Response(content.encode()))
    assert failed == "it sent no cosignature under its key"


def test_a_signature_that_its_key_did_not_make_is_not_kept(
    office: SigningOffice, witness: Witness
) -> None:
    key = witness.key

    def forged(asked: Asked) -> Response:
        other = SignerKey.from_secret(key.name, COSIGNATURE, bytes(32))
        signature = other.cosign(asked.note.text, int(AT.timestamp()))
        return Response(signature._replace(key_id=key.key_id).line())

    assert answered(office, witness, forged) == "what it sent is no cosignature of this checkpoint"
    with office.opened() as (ledger, _):
        assert len(str(newest(ledger.store)).splitlines()) == 5


def test_a_witness_that_never_ends_its_answer_is_given_up(
    office: SigningOffice, listening: Listening
) -> None:
    introduced(office, listening.witness, listening.url)
    with receiving() as receiver:
        receiver.answers = lambda _delivery: Answer(200, lasts=True)
        introduced(office, listening.witness, receiver.url)
        (found,) = told(office, BRIEFLY)
    assert found.failed == "no answer in time; it is asked again"


def test_what_a_witness_sends_beside_its_cosignature_is_not_kept(
    office: SigningOffice, witness: Witness
) -> None:
    stranger = SignerKey.from_secret("stranger.example.org", COSIGNATURE, bytes(range(32)))

    def more(asked: Asked) -> Response:
        ours = witness.cosign(asked, at=AT).signatures[-1]
        theirs = stranger.cosign(asked.note.text, int(AT.timestamp()))
        return Response(f"{theirs.line()}{ours.line()}{theirs.line()}")

    assert answered(office, witness, more) is None
    with office.opened() as (ledger, _):
        kept = newest(ledger.store)
    assert kept is not None
    assert [each.name for each in kept.signatures[1:]] == ["witness.example.org"]


@pytest.mark.parametrize("content", ["", "7", "07\n", "-1\n", "7\n8\n", "9" * 30 + "\n"])
def test_a_conflict_that_does_not_say_what_was_seen_is_said_to_be_one(
    office: SigningOffice, witness: Witness, content: str
) -> None:
    headers = {"content-type": "text/x.tlog.size"}
    failed = answered(office, witness, lambda _asked: Response(content, 409, headers))
    assert failed == "it saw another checkpoint last, and does not say which"
