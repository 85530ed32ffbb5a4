"""Records of another system over HTTP: one of them opens one case, under whatever keys it is sent."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest

from ledger.evidence.verifying.verify import verify
from tests.api.http.identities import key_of
from tests.api.http.served import Caller, Served

RECORD = {"channel": "web", "request_type": "RDW-POT", "region": "HAL", "source": "crm"}


@pytest.fixture
def city(office: Served) -> Caller:
    return office.with_token(key_of(office, "city", "*"))


def sent(city: Caller, external_id: str, **said: Any) -> httpx.Response:
    """The answer to a record that a system sends under a new key, as one does that keeps none of its own."""
    return city.post("/v1/cases", {**RECORD, "external_id": external_id, **said})


def test_a_record_that_is_sent_again_under_another_key_is_answered_with_the_case_that_it_opened(
    office: Served, city: Caller
) -> None:
    first = sent(city, "L-7")
    tip = office.service.ledger.store.tip()
    again = sent(city, "L-7")
    assert (first.status_code, again.status_code) == (201, 200), again.text
    assert again.json() == {**first.json(), "fresh": False}
    assert again.headers["Location"] == first.headers["Location"]
    assert office.service.ledger.store.tip() == tip
    assert sent(city, "L-8").json()["reference"] != first.json()["reference"]
    assert sent(city, "L-7", source="erp").json()["reference"] != first.json()["reference"]


def test_a_record_that_says_something_else_than_before_is_refused_and_its_case_named(
    office: Served, city: Caller
) -> None:
    reference = sent(city, "L-9").json()["reference"]
    tip = office.service.ledger.store.tip()
    other = sent(city, "L-9", answers={"description": "It is larger now."})
    assert (other.status_code, other.json()["rule"]) == (409, "one-case-a-record")
    assert other.json()["ground"] == {"reference": reference}
    assert reference in other.json()["detail"]
    assert office.service.ledger.store.tip() == tip
    said = {**RECORD, "external_id": "L-9", "language": "fr"}
    french = city.post("/v1/cases", said, Accept_Language="fr").json()["detail"]
    assert french.startswith(f"Cet enregistrement a déjà ouvert le dossier {reference}")


def test_of_one_record_that_is_sent_at_once_under_many_keys_one_case_comes(
    office: Served, city: Caller
) -> None:
    tip = office.service.ledger.store.tip()
    with ThreadPoolExecutor(8) as pool:
        answers = [*pool.map(lambda _: sent(city, "L-10"), range(8))]
    assert sorted(each.status_code for each in answers) == [200] * 7 + [201]
    assert len({each.json()["reference"] for each in answers}) == 1
    ledger = office.service.ledger
    assert [each.topic for each in ledger.entries(after=tip)].count("CaseOpened") == 1
    assert verify(ledger.store, ledger.vault).findings == []


def test_what_people_write_down_of_what_others_call_it_opens_a_case_each_time(
    office: Served,
) -> None:
    intake = office.as_member("I-02")
    assert intake.opened(external_id="PO-17") != intake.opened(external_id="PO-17")


def test_a_record_carries_several_ids_by_each_of_which_its_system_finds_the_one_case(
    office: Served, city: Caller
) -> None:
    reference, other = (sent(city, each).json()["reference"] for each in ("L-20", "L-21"))

    def called(case: str, external_id: str) -> httpx.Response:
        said = {"external_id": external_id, "source": "crm"}
        return city.post(f"/v1/cases/{case}/external-id", said)

    first, again = called(reference, "P-1"), called(reference, "P-1")
    assert (first.status_code, again.status_code) == (201, 200), again.text
    assert again.json()["position"] == first.json()["position"]
    assert called(reference, "L-20").status_code == 200, "it is called so already"
    for refused in (sent(city, "P-1"), called(other, "P-1"), called(other, "L-20")):
        assert (refused.status_code, refused.json()["rule"]) == (409, "one-case-a-record")
        assert refused.json()["ground"] == {"reference": reference}
    intake, found = office.as_member("I-02"), "/v1/cases/called"
    for caller in (city, intake):
        for external_id in ("L-20", "P-1"):
            said = {"external_id": external_id, "source": "crm"}
            (case,) = caller.post(found, said).json()["cases"]
            assert case["reference"] == reference
    elsewhere = {"external_id": "L-20", "source": "erp"}
    assert intake.post(found, elsewhere).json()["cases"] == []
    ledger = office.service.ledger
    assert verify(ledger.store, ledger.vault).findings == []


def test_cases_that_have_an_id_of_elsewhere_in_common_are_proposed_as_of_one_matter(
    office: Served,
) -> None:
    intake = office.as_member("I-02")
    one, other = intake.opened(external_id="PO-20", source="police"), intake.opened()
    said = {"external_id": "PO-20", "source": "police"}
    given = [intake.post(f"/v1/cases/{other}/external-id", said) for _ in range(2)]
    assert [each.status_code for each in given] == [201, 200], given[1].text
    position = given[0].headers["Ledger-Position"]
    asked = f"/v1/cases/{one}/duplicates?min_position={position}"
    found = intake.get(asked, Audit_Reason="Has it come before?").json()
    assert other in str(found)
