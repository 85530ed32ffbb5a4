"""Who asks: leavers open nothing, nobody acts for whom they may not, and refusals are on record."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.api.http.identities import (
    absent,
    back,
    issuer,
    key_of,
    last_refusal,
    leaves,
    office,
    today,
)
from tests.api.http.issuer import Issuer
from tests.api.http.served import Served

__all__ = ["issuer", "office"]


def test_whoever_has_left_is_refused_whatever_they_show(office: Served, issuer: Issuer) -> None:
    shown = {
        "demo": office.as_member("N-04"),
        "token": office.with_token(issuer.token("N-04")),
        "key": office.with_token(key_of(office, "N-04", "*")),
    }
    assert {each.get("/v1/board").status_code for each in shown.values()} == {200}
    leaves(office, "N-04", today(office))
    for caller in shown.values():
        answers = (caller.get("/v1/board"), caller.post("/v1/cases", {"channel": "phone"}))
        for answer, act in zip(answers, ("figures.board", "case.open"), strict=True):
            assert (answer.status_code, answer.json()["code"]) == (403, "not-authorised")
            assert "has left" in answer.json()["detail"]
            assert last_refusal(office)[0] == "N-04" or act == "figures.board"
        assert last_refusal(office) == ("N-04", "case.open", "left", None)


def test_whoever_leaves_later_works_until_then(office: Served) -> None:
    leaves(office, "I-03", today(office) + timedelta(days=1))
    caller = office.as_member("I-03")
    assert caller.get("/v1/board").status_code == 200
    office.clock.pass_by(days=1)
    assert caller.get("/v1/board").status_code == 403


def test_a_substitute_acts_for_whoever_is_absent_and_the_entry_says_so(office: Served) -> None:
    absence = absent(office, "N-02", "N-03")
    reference = office.as_member("I-02").opened(request_type="INC-APP")
    substitute = office.as_member("N-03", On_Behalf_Of="N-02")
    noted = substitute.post(f"/v1/cases/{reference}/note", {"text": "Looked at."})
    assert noted.status_code == 201
    (entry,) = office.service.ledger.entries(
        after=noted.json()["position"] - 1, upto=noted.json()["position"]
    )
    assert (entry.actor.id, entry.actor.on_behalf_of) == ("N-03", "N-02")
    back(office, "N-02", absence)
    refused = substitute.post(f"/v1/cases/{reference}/note", {"text": "Once more."})
    assert refused.status_code == 403
    assert last_refusal(office)[:3] == ("N-03", "case.note", "not-in-their-stead")


@pytest.mark.parametrize("whom", ["N-02", "L-03", "R-02", "D-01", "N-03"])
def test_nobody_acts_for_somebody_who_is_there_or_for_themselves(office: Served, whom: str) -> None:
    refused = office.as_member("N-03", On_Behalf_Of=whom).get("/v1/board")
    assert refused.status_code == 403
    assert last_refusal(office)[:3] == ("N-03", "figures.board", "not-in-their-stead")


def test_whoever_is_absent_without_a_substitute_is_stood_in_for_by_nobody(office: Served) -> None:
    absence = absent(office, "R-03", None)
    assert office.as_member("R-02", On_Behalf_Of="R-03").get("/v1/board").status_code == 403
    back(office, "R-03", absence)


def test_whoever_stands_in_for_a_leader_leads_meanwhile(office: Served) -> None:
    acknowledging = "/v1/cases/{}/acknowledge"
    reference = office.as_member("I-02").opened(request_type="INC-APP")
    path, said = acknowledging.format(reference), {"action": "act"}
    assert office.as_member("N-02").post(path, said).status_code == 403
    absence = absent(office, "L-03", "N-02")
    standing_in = office.as_member("N-02", On_Behalf_Of="L-03")
    assert standing_in.post(path, said).status_code not in (401, 403)
    back(office, "L-03", absence)
    assert standing_in.post(path, said).status_code == 403


def test_the_director_is_acted_for_under_a_delegation_that_one_holds(office: Served) -> None:
    held = office.as_member("N-02", On_Behalf_Of="D-01", Acting_Delegation="DEL-INC-2026")
    assert held.get("/v1/board").status_code == 200
    not_held = office.as_member("R-02", On_Behalf_Of="D-01", Acting_Delegation="DEL-INC-2026")
    assert not_held.get("/v1/board").status_code == 403
    for_another = office.as_member("N-02", On_Behalf_Of="L-03", Acting_Delegation="DEL-INC-2026")
    assert for_another.get("/v1/board").status_code == 403


def test_a_delegation_lends_whoever_holds_it_neither_the_sight_nor_the_roles_of_the_director(
    office: Served,
) -> None:
    """By one for benefits they read every case of the house, and answered escalations as the director."""
    elsewhere = office.as_member("I-02").opened()
    held = office.as_member("N-02", On_Behalf_Of="D-01", Acting_Delegation="DEL-INC-2026")
    assert held.get(f"/v1/cases/{elsewhere}").status_code == 403
    assert last_refusal(office)[:3] == ("N-02", "case.read", "not-theirs")
    assert held.get("/v1/queues/RDW").status_code == 403
    assert held.get("/v1/disclosures").status_code == 403
    directs = office.as_member(
        "N-02",
        On_Behalf_Of="D-01",
        Acting_Delegation="DEL-INC-2026",
        Acting_Role="director",
    )
    assert directs.get("/v1/board").status_code == 403
    assert last_refusal(office)[:3] == ("N-02", "figures.board", "role-not-held")


@pytest.mark.parametrize(
    ("headers", "status", "ground"),
    [
        ({"Acting-Team": "INC"}, 403, "not-of-that-team"),
        ({"Acting-Role": "director"}, 403, "role-not-held"),
        ({"Acting-Role": "anything at all"}, 403, "role-not-held"),
        ({"Acting-Team": "NOWHERE"}, 422, None),
        ({"Acting-Delegation": "DEL-NOWHERE"}, 422, None),
        ({"On-Behalf-Of": "nobody we know"}, 422, None),
        ({"Inquiry": "no uuid"}, 422, None),
        ({"Acting-Team": "RDW", "Acting-Role": "caseworker"}, 200, None),
    ],
)
def test_nobody_takes_a_team_a_role_or_a_delegation_by_saying_so(
    office: Served, headers: dict[str, str], status: int, ground: str | None
) -> None:
    answer = office.as_member("R-02", **headers).get("/v1/board")
    assert answer.status_code == status, answer.text
    if ground is not None:
        assert last_refusal(office)[:3] == ("R-02", "figures.board", ground)


def test_a_decision_that_its_rules_refuse_to_somebody_is_on_record_too(office: Served) -> None:
    reference = office.as_member("I-02").opened(request_type="INC-APP")
    caller = office.as_member("N-02")
    answer = caller.post(f"/v1/cases/{reference}/recuse", {"member": "N-03"}, If_Match="*")
    assert answer.status_code == 403
    asker, act, ground, about = last_refusal(office)
    assert (asker, act, ground) == ("N-02", "case.recuse", "not-by-its-rules")
    assert about is not None
    assert about.startswith("case/")


def test_whoever_stepped_back_from_a_case_names_it_in_nothing_else_either(office: Served) -> None:
    intake, director = office.as_member("I-02"), office.as_member("D-01")
    left, other = intake.opened(), intake.opened()
    for caller in (office.as_member("R-02"), director):
        stepped_back = caller.post(f"/v1/cases/{left}/recuse", {}, If_Match="*")
        assert stepped_back.status_code == 201, stepped_back.text
    linked = {"other_case": left, "relation": "same_matter", "reason": "The same hole."}
    refused = office.as_member("R-02").post(f"/v1/cases/{other}/link", linked)
    assert (refused.status_code, refused.json()["code"]) == (403, "not-authorised")
    assert last_refusal(office)[:3] == ("R-02", "case.link", "recused")
    held = {"cases": [other, left], "ground": "litigation", "reason": "A claim came."}
    assert director.post("/v1/holds", held).status_code == 403
    assert last_refusal(office)[:3] == ("D-01", "hold.place", "recused")
    assert office.as_member("L-01").post("/v1/holds", held).status_code == 201
    assert office.as_member("R-03").post(f"/v1/cases/{other}/link", linked).status_code == 201
