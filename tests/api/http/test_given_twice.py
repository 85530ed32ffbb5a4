"""What is given twice, in a body or a header, is refused wherever it is read: no record depends on a parser."""

from __future__ import annotations

import json
from typing import Any

import pytest

from api.http import create_app
from tests.api.http.identities import key_of
from tests.api.http.served import Served

NOWHERE = "019de001-4c00-7000-8000-000000000001"
_OF_ITS_OWN = ("/scim/", "/open311/")
"""Protocols that are asked by those whom their own tests know."""


def bodies(office: Served) -> list[str]:
    """Each address that takes JSON."""
    return [
        "/".join(NOWHERE if step[:1] == "{" else step for step in path.split("/"))
        for path, methods in create_app(office.service).openapi()["paths"].items()
        if "application/json" in methods.get("post", {}).get("requestBody", {}).get("content", {})
        and not path.startswith(_OF_ITS_OWN)
    ]


def sent(office: Served, path: str, raw: bytes, **headers: str) -> tuple[int, dict[str, Any]]:
    said = {"Idempotency-Key": "twice", "Content-Type": "application/json", **headers}
    answer = office.as_member("D-01").ask("POST", path, headers=said, content=raw)
    return answer.status_code, answer.json()


def test_every_body_that_gives_a_key_twice_is_refused_by_its_name(office: Served) -> None:
    said, tip = b'{"words": "a", "w\\u006frds": "b"}', office.service.ledger.store.tip()
    answers = {path: sent(office, path, said) for path in bodies(office)}
    assert len(answers) > 100
    told = {(status, problem["code"], problem["detail"]) for status, problem in answers.values()}
    assert told == {
        (
            400,
            "malformed-request",
            "The body gives 'words' more than once in one object, and either could be meant: give it once.",
        )
    }
    assert office.service.ledger.store.tip() == tip


@pytest.mark.parametrize(
    ("raw", "named"),
    [
        (b'{"answers": {"danger_now": true, "danger_now": false}}', "« danger_now »"),
        (b'{"flags": [{"a": 1}, {"b": 2, "b": 2}]}', "« b »"),
        (b'{"Ada Quillfeather": 1, "Ada Quillfeather": 2}', "une clé"),
        (b'{"": 1, "": 1}', "une clé"),
    ],
)
def test_it_is_told_in_french_however_deep_and_without_what_may_be_a_name(
    office: Served, raw: bytes, named: str
) -> None:
    status, problem = sent(office, "/v1/forms/RDW-POT/check", raw, **{"Accept-Language": "fr"})
    assert (status, problem["code"]) == (400, "malformed-request")
    assert problem["detail"] == (
        f"Le corps donne {named} plus d'une fois dans un même objet, et l'une ou l'autre valeur pourrait être "
        "voulue : donnez-la une seule fois."
    )


def test_the_same_key_in_two_objects_is_no_matter(office: Served) -> None:
    raw = json.dumps({"answers": {"channel": "a"}, "channel": "web"}).encode()
    assert sent(office, "/v1/forms/RDW-POT/check", raw)[0] in (200, 422)
    assert "more than once" not in str(sent(office, "/v1/forms/RDW-POT/check", raw))


@pytest.mark.parametrize(
    ("name", "one", "other"),
    [
        ("Acting-Role", "intake", "caseworker"),
        ("On-Behalf-Of", "", "R-02"),
        ("Correlation-Id", "crm-1", "crm-2"),
        ("X-API-Key", "clk_1", "clk_2"),
        ("Content-Type", "application/json", "text/plain"),
    ],
)
def test_what_says_who_asks_and_as_whom_stands_in_one_header_alone(
    office: Served, name: str, one: str, other: str
) -> None:
    intake, tip = office.as_member("I-02"), office.service.ledger.store.tip()
    headers = [("Authorization", f"Bearer {intake.token}"), ("Idempotency-Key", f"{name}-twice")]
    headers += [(name, one), (name, other)]
    answer = office.client.post("/v1/cases", content=b'{"channel": "phone"}', headers=headers)
    assert (answer.status_code, answer.json()["detail"]) == (400, f"{name}: send it once.")
    assert office.service.ledger.store.tip() == tip


def test_of_two_tokens_either_could_be_meant_and_neither_is_heard(office: Served) -> None:
    intake = office.as_member("I-02")
    key = key_of(office, "city", "*")
    tip = office.service.ledger.store.tip()
    two = {"X-API-Key": key, "Idempotency-Key": "two-tokens"}
    said = "Two different tokens or keys were sent, and either could be meant: send one alone."
    for answer in (
        intake.post("/v1/cases", {"channel": "phone"}, **two),
        intake.get("/v1/cases", **two),
        intake.get("/scim/v2/Users", **two),
        intake.ask("POST", f"/open311/v2/requests.json?api_key={key}", headers={}),
    ):
        assert (answer.status_code, said in answer.text) == (400, True)
    assert office.service.ledger.store.tip() == tip


def test_the_same_token_said_in_both_ways_is_one_and_what_is_none_of_ours_is_passed_over(
    office: Served,
) -> None:
    intake = office.as_member("I-02")
    assert intake.get("/v1/cases", **{"X-API-Key": intake.token or ""}).status_code == 200
    of_a_proxy = {"Authorization": "Basic cHJveHk6cHJveHk=", "X-API-Key": intake.token or ""}
    assert office.nobody().get("/v1/cases", **of_a_proxy).status_code == 200
