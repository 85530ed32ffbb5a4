"""Guided intake over HTTP: the questions, the check of what was answered, and nothing recorded by either."""

from __future__ import annotations

import pytest

from tests.api.http.served import Served


def test_a_form_is_read_and_answered_question_by_question_until_nothing_is_missing(
    office: Served,
) -> None:
    intake = office.as_member("I-02")
    listed = intake.get("/v1/forms").json()["forms"]
    assert "RDW-POT" in [each["request_type"] for each in listed]
    form = intake.get("/v1/forms/RDW-POT").json()
    given: dict[str, object] = {}
    says = {"yes_no": False, "choice": "en", "text": "said"}
    kinds = {each["field"]: each["kind"] for each in form["prompts"]}
    before = office.service.ledger.store.tip()
    while True:
        said = intake.ask(
            "POST", "/v1/forms/RDW-POT/check", headers={}, json={"answers": given}
        ).json()
        if said["complete"]:
            break
        assert said["next"] not in given
        given[said["next"]] = says[kinds[said["next"]]]
    assert office.service.ledger.store.tip() == before
    opened = intake.post(
        "/v1/cases", {"channel": "phone", "request_type": "RDW-POT", "answers": given}
    )
    assert opened.status_code == 201
    position = opened.headers["Ledger-Position"]
    case = intake.get(f"/v1/cases/{opened.json()['reference']}?min_position={position}").json()
    assert case["details"]["missing"] == 0


def test_money_is_sent_and_told_as_whole_cents_of_the_currency_that_the_form_names(
    office: Served,
) -> None:
    intake = office.as_member("I-02")
    prompts = {each["field"]: each for each in intake.get("/v1/forms/INC-APP").json()["prompts"]}
    assert (prompts["income"]["kind"], prompts["income"]["currency"]) == ("money", "CAD")
    new = {"channel": "phone", "request_type": "INC-APP", "answers": {"income": 125_000}}
    opened = intake.post("/v1/cases", new)
    assert opened.status_code == 201
    values = f"/v1/cases/{opened.json()['reference']}/values?purpose=intake"
    assert '"income":125000' in intake.get(values, Audit_Reason="To look").text
    for said in (1250.0, 1250.5, "1250.00"):
        refused = intake.post("/v1/cases", {**new, "answers": {"income": said}})
        assert refused.status_code == 422
        assert "whole cents, such as 500 for 5.00" in refused.json()["detail"]


def test_it_speaks_the_language_of_whoever_asks(office: Served) -> None:
    french = {"Accept_Language": "fr-CA"}
    intake = office.as_member("I-02")
    form = intake.get("/v1/forms/RDW-POT", **french).json()
    assert form["name"] == "Nid-de-poule ou défaut de la route"
    checked = intake.ask(
        "POST",
        "/v1/forms/RDW-POT/check",
        headers=french,
        json={"answers": {"danger_now": "maybe"}},
    ).json()
    assert checked["wrong"] == [
        {"field": "danger_now", "detail": "Répondez oui ou non (true ou false)."}
    ]


def test_whoever_has_any_task_may_read_forms_and_nobody_else(office: Served) -> None:
    assert office.as_member("A-01").get("/v1/forms").status_code == 200
    assert office.nobody().get("/v1/forms").status_code == 401


@pytest.mark.parametrize(
    ("path", "body", "status", "code"),
    [
        ("RDW-POT", b"{", 400, "malformed-request"),
        ("RDW-POT", b"[]", 422, "invalid-command"),
        ("RDW-POT", b'{"answers": {"name": 1.5}}', 422, "invalid-command"),
        ("RDW-POT", b'{"answers": {}, "colour": "red"}', 422, "invalid-command"),
        ("RDW-POT", b'{"answers": {"name": "a\\u0000"}}', 422, "invalid-command"),
        ("RDW-POT", b'{"channel": "pigeon"}', 422, "invalid-command"),
        ("NOPE", b"{}", 404, "not-found"),
    ],
)
def test_what_cannot_be_checked_is_refused_with_what_to_do(
    office: Served, path: str, body: bytes, status: int, code: str
) -> None:
    headers = {"Content-Type": "application/json"}
    answer = office.as_member("I-02").ask(
        "POST", f"/v1/forms/{path}/check", headers=headers, content=body
    )
    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_whoever_may_ask_at_all_is_told_the_codes_that_commands_name(office: Served) -> None:
    desk = office.as_member("watch")
    found = desk.get("/v1/codes").json()
    listed = {(each["list"], each["code"]): each["name"] for each in found["codes"]}
    assert listed["channels", "web"] == "Web form"
    assert listed["reasons.transfer", "wrong-team"] == "Wrong team"
    assert {("regions", "HAL"), ("teams", "RDW"), ("clocks", "FIX-10")} <= listed.keys()
    assert ("milestones", "made_safe") in listed
    french = desk.get("/v1/codes", Accept_Language="fr").json()["codes"]
    assert {"list": "channels", "code": "web", "name": "Formulaire Web"} in french
    assert "R-02" not in desk.get("/v1/codes.csv").text
    kind = {code for of, code in listed if of == "reasons.contact"}
    reference = office.as_member("I-02").opened()
    said = {"direction": "inbound", "channel": "web", "kinds": [min(kind)]}
    assert office.as_member("I-02").post(f"/v1/cases/{reference}/contact", said).status_code == 201


def test_a_web_form_opens_a_case_by_what_it_offers_as_the_policy_maps_it(office: Served) -> None:
    """Which category is which type was checked in every policy, and only mail was read by it."""
    intake = office.as_member("I-02")
    offered = [
        each
        for each in intake.get("/v1/codes").json()["codes"]
        if each["list"] == "categories.web" and each["code"] == "Road problem"
    ]
    assert [each["name"] for each in offered] == ["Pothole or road defect"]
    sent: dict[str, object] = {"channel": "web", "category": "Road problem"}
    reference = intake.post("/v1/cases", sent).json()["reference"]
    assert intake.get(f"/v1/cases/{reference}").json()["case"]["request_type"] == "RDW-POT"
    unknown = intake.post("/v1/cases", {**sent, "category": "Road trouble"}, Accept_Language="fr")
    assert unknown.status_code == 422
    assert "n'est pas une catégorie de ce canal" in unknown.json()["detail"]
    assert "Road problem" in unknown.json()["detail"]
    both = intake.post("/v1/cases", {**sent, "request_type": "GEN-ENQ"})
    assert "give one of the two" in both.json()["detail"]
