"""What is given out cites a checkpoint that witnesses have cosigned; those that have an address are asked just then."""

from __future__ import annotations

import pytest

from api.witnesses.giving_out import proofs_to_give_out
from ledger.errors import Refusal
from ledger.evidence.proving.cosigning import cosigners
from ledger.evidence.signing.signing_state import signing_of
from tests.api.webhooks.receiving import receiving
from tests.api.witnesses.conftest import Listening, introduced
from tests.evidence.signing_office import SigningOffice


@pytest.fixture(autouse=True)
def reachable(monkeypatch: pytest.MonkeyPatch) -> None:
    """A witness on this machine may be asked, and is not waited for as long as elsewhere."""
    monkeypatch.setenv("CASELEDGER_WEBHOOK_ALLOWED_NETWORKS", "127.0.0.0/8")
    monkeypatch.setenv("CASELEDGER_WEBHOOK_ALLOW_HTTP", "1")
    monkeypatch.setenv("CASELEDGER_WEBHOOK_ANSWER_SECONDS", "0.5")


def given_out(office: SigningOffice, stream: str) -> tuple[int, list[str]]:
    """How many entries of a stream are proved, and who cosigned that."""
    with (
        office.opened() as (ledger, trees),
        proofs_to_give_out(ledger, trees, office.signer) as proofs,
    ):
        who = cosigners(proofs.note, signing_of(ledger.store))
        return proofs.count(stream), [key.name for key, _ in who]


def test_what_was_recorded_just_now_is_proved_by_a_checkpoint_that_is_cosigned(
    office: SigningOffice, listening: Listening
) -> None:
    introduced(office, listening.witness, listening.url)
    for _ in range(2):
        (stream,) = office.works()
        assert given_out(office, stream) == (5, ["witness.example.org"])


def test_while_a_witness_is_away_the_newest_that_it_cosigned_is_cited(
    office: SigningOffice, listening: Listening
) -> None:
    introduced(office, listening.witness, listening.url)
    (before,) = office.works()
    given_out(office, before)
    with receiving() as nobody:
        introduced(office, listening.witness, nobody.url)
    (since,) = office.works()
    assert given_out(office, since) == (0, ["witness.example.org"])
    assert given_out(office, before) == (5, ["witness.example.org"])


def test_where_none_has_ever_cosigned_nothing_is_given_out(
    office: SigningOffice, listening: Listening
) -> None:
    with receiving() as nobody:
        introduced(office, listening.witness, nobody.url)
    (stream,) = office.works()
    with pytest.raises(Refusal, match="cosigned by as many witnesses as must yet"):
        given_out(office, stream)
