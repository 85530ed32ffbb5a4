"""A text about several people over HTTP: its passages stand beside it, and whose they are outlives an erasure."""

from __future__ import annotations

from typing import Any

import pytest

from ledger.evidence.verifying.verify import verify
from tests.api.http.served import Caller, Served

CALL = {"direction": "inbound", "channel": "phone", "kinds": ["chase"]}
SAID = "Bartholomew is rude to Ann"


def party(caller: Caller, name: str) -> str:
    answer = caller.post("/v1/parties", {"name": name})
    assert answer.status_code == 201, answer.text
    return answer.json()["party_id"]


@pytest.fixture
def case(office: Served) -> tuple[str, str]:
    """A case of which Bartholomew is a witness, and who he is."""
    intake = office.as_member("I-02")
    bob, ref = party(intake, "Bartholomew"), intake.opened(requester=party(intake, "Ann"))
    added = intake.post(f"/v1/cases/{ref}/concerns", {"party": bob, "role": "witness"})
    assert added.status_code == 201, added.text
    return ref, bob


def words_of(caller: Caller, ref: str) -> Any:
    """What the contact of a case says, opened."""
    answer = caller.get(f"/v1/cases/{ref}/values?purpose=casework", Audit_Reason="To read it")
    assert answer.status_code == 200, answer.text
    (found,) = [each for each in answer.json()["entries"] if each["topic"] == "ContactLogged"]
    return found["fields"]["words"]


def erase(office: Served, party_id: str) -> None:
    """Two records officers erase a person."""
    first = office.as_member("D-01", Acting_Role="records")
    second = office.as_member("L-01", Acting_Role="records")
    asked = {"authority": "order", "party": party_id, "instrument": "Order 2026-7"}
    proposed = first.post("/v1/erasures", asked)
    assert proposed.status_code == 201, proposed.text
    erasure = f"/v1/erasures/{proposed.json()['erasure_id']}"
    for caller, act in ((second, "approve"), (first, "carry-out")):
        answer = caller.post(f"{erasure}/{act}", {})
        assert answer.status_code == 201, answer.text


def test_passages_are_given_beside_the_text_and_asking_again_adds_nothing(
    office: Served, case: tuple[str, str]
) -> None:
    ref, bob = case
    intake = office.as_member("I-02")
    said = {**CALL, "words": SAID, "passages": [{"party": bob, "first": 0, "end": 1}]}
    first = intake.post(f"/v1/cases/{ref}/contact", said, key="rude-1")
    assert first.status_code == 201, first.text
    again = intake.post(f"/v1/cases/{ref}/contact", said, key="rude-1")
    assert (again.status_code, again.headers["Idempotency-Replayed"]) == (200, "true")
    assert again.json()["position"] == first.json()["position"]
    other = {**said, "passages": []}
    assert intake.post(f"/v1/cases/{ref}/contact", other, key="rude-1").status_code == 409


def test_an_erasure_of_one_leaves_what_is_about_the_other(
    office: Served, case: tuple[str, str]
) -> None:
    ref, bob = case
    roads = office.as_member("R-02")
    said = {**CALL, "words": SAID, "passages": [{"party": "witness", "first": 0, "end": 1}]}
    assert roads.post(f"/v1/cases/{ref}/contact", said).status_code == 201
    assert words_of(roads, ref) == SAID
    erase(office, bob)
    assert words_of(roads, ref) == {
        "parts": ["erased", "is rude to Ann"],
        "gaps": [1],
    }
    ledger = office.service.ledger
    assert verify(ledger.store, ledger.vault).findings == []


@pytest.mark.parametrize(
    ("passages", "status", "said"),
    [
        ([{"party": "subject", "first": 0, "end": 1}], 409, "nobody in the role subject"),
        ([{"party": "witness", "first": 0, "end": 9}], 422, "ends after word 5, so 0-9"),
        ([{"party": "witness", "first": 0, "end": 1}] * 2, 422, "Two passages have word 0"),
        ([{"party": "neighbour", "first": 0, "end": 1}], 422, "/passages/0/party"),
        ([{"party": "witness", "from": 0, "end": 1}], 422, "/passages/0/first"),
    ],
)
def test_a_passage_that_cannot_be_is_told_in_a_sentence(
    office: Served, case: tuple[str, str], passages: list[Any], status: int, said: str
) -> None:
    ref, _ = case
    body = {"text": SAID, "passages": passages}
    answer = office.as_member("R-02").post(f"/v1/cases/{ref}/note", body)
    assert (answer.status_code, said in answer.text) == (status, True), answer.text


def test_the_values_of_a_case_tell_about_whom_which_words_are(
    office: Served, case: tuple[str, str]
) -> None:
    ref, bob = case
    intake = office.as_member("I-02")
    answers = {"description": "Ask Bartholomew first"}
    said = {"channel": "phone", "answers": answers}
    passages = [{"party": "witness", "of": "description", "first": 1, "end": 2}]
    received = intake.post(f"/v1/cases/{ref}/receive", {**said, "passages": passages})
    assert received.status_code == 201, received.text
    of_none = [{"party": "witness", "first": 1, "end": 2}]
    refused = intake.post(f"/v1/cases/{ref}/receive", {**said, "passages": of_none})
    assert (refused.status_code, "say under 'of'" in refused.json()["detail"]) == (422, True)
    roads = office.as_member("R-02")
    answer = roads.get(f"/v1/cases/{ref}/values?purpose=casework", Audit_Reason="To read it")
    (found,) = [each for each in answer.json()["entries"] if each["topic"] == "InformationReceived"]
    assert found["passages"] == {
        "answers.description": [
            {"first": 1, "end": 2, "party": bob, "roles": ["witness"], "erased": False}
        ]
    }
    entries = roads.get(f"/v1/cases/{ref}/entries").json()["entries"]
    assert all(each["passages"] == {} for each in entries)
