"""Looking people up over HTTP: names never stand in an address, and why somebody is sought is said."""

from __future__ import annotations

from tests.api.http.served import Served

WHY = {"Audit_Reason": "A caller without a number"}


def test_a_caller_is_found_by_name_and_number_and_that_they_were_sought_is_recorded(
    office: Served,
) -> None:
    answers = {"name": "Zoë Amirault", "contact": "902-555-0123", "danger_now": False}
    desk = office.as_member("I-02")
    reference, upto = desk.opened(answers=answers), office.service.ledger.store.tip()
    asked = {"said": ["amirault zoe", "9025550123"]}
    answer = desk.post(f"/v1/people/search?min_position={upto}", asked, **WHY)
    assert answer.status_code == 200, answer.text
    (case,) = answer.json()["cases"]
    assert (case["reference"], case["alike"]) == (reference, 1000)
    assert case["said"] == {"answers.name": "Zoë Amirault", "answers.contact": "902-555-0123"}
    topics = [each.topic for each in office.service.ledger.entries()][-2:]
    assert topics == ["PeopleSought", "PersonalValuesRead"]


def test_without_a_reason_or_by_too_little_nobody_is_sought(office: Served) -> None:
    desk, tip = office.as_member("I-02"), office.service.ledger.store.tip()
    silent = desk.post("/v1/people/search", {"said": ["Ada"]})
    assert (silent.status_code, silent.json()["code"]) == (400, "malformed-request")
    little = desk.post("/v1/people/search", {"said": ["?"]}, **WHY)
    assert (little.status_code, little.json()["code"]) == (422, "invalid-command")
    vague = desk.post("/v1/people/search", {"said": ["Ada"]}, Audit_Reason="x")
    assert (vague.status_code, vague.json()["code"]) == (422, "invalid-command")
    assert "3 characters or more" in vague.json()["detail"]
    french = desk.post("/v1/people/search", {"said": ["?"]}, Accept_Language="fr", **WHY)
    assert "trop peu" in french.json()["detail"]
    assert office.service.ledger.store.tip() == tip
