"""Whoever leads a team over HTTP: who is away and who stands in is said there, and escalations are answered at once."""

from __future__ import annotations

from tests.api.http.served import Served


def test_an_absence_is_said_by_whoever_it_is_or_leads_them_and_is_read_by_the_house(
    office: Served,
) -> None:
    roads, leader, intake = (office.as_member(each) for each in ("R-02", "L-02", "I-02"))
    assert intake.post("/v1/members/R-02/absent", {}).status_code == 403
    said = {"until_on": "2099-12-31", "substitute": "R-03", "planned": True}
    made = roads.post("/v1/members/R-02/absent", said, key="away")
    assert made.status_code == 201, made.text
    again = roads.post("/v1/members/R-02/absent", said, key="away")
    assert (again.status_code, again.json()["absence_id"]) == (200, made.json()["absence_id"])
    (away,) = intake.get("/v1/absences").json()["away"]
    assert (away["member"], away["until_on"], away["stands_in"]) == ("R-02", "2099-12-31", "R-03")
    assert away["why"] == "absent, planned"
    assert "R-02" in intake.get("/v1/absences.csv?on=2098-01-05").text
    known = {each["member"]: each for each in intake.get("/v1/members").json()["members"]}
    assert (known["R-02"]["stands"], known["R-03"]["stands"]) == ("absent", "there")
    assert "R-02" not in str(intake.get("/v1/cover").json()["cover"][0]["present"])
    assert leader.post("/v1/members/R-02/back", {}).status_code == 201
    assert intake.get("/v1/absences").json()["away"] == []
    none = leader.post("/v1/members/R-03/back", {}, Accept_Language="fr")
    assert (none.status_code, none.json()["rule"]) == (409, "ends-an-absence")
    assert leader.post("/v1/members/R-03/leaver", {"left_on": "2099-12-31"}).status_code == 201
    assert roads.get("/v1/absences?on=2100-01-01").json()["away"][0]["why"] == "left"


def test_all_that_waits_for_a_leader_is_answered_at_once_and_once_for_one_key(
    office: Served,
) -> None:
    intake, leader = office.as_member("I-02"), office.as_member("L-01")
    stated, case = {"party": "leader", "reason": "act"}, ""
    for _ in range(3):
        case = f"/v1/cases/{intake.opened(request_type='GEN-ENQ')}"
        assert intake.post(f"{case}/escalate", stated).status_code == 201
    at, said = "/v1/teams/INT/escalations/acknowledge", {"action": "accept_breach", "words": "Yes."}
    assert intake.post(at, said).status_code == 403
    assert leader.post(at, {"action": "act"}).status_code == 422
    done = leader.post(at, said, key="all of it")
    assert (done.status_code, done.json()["answered"], done.json()["more"]) == (201, 3, False)
    tip = done.headers["Ledger-Position"]
    assert leader.get(f"/v1/escalations?team=INT&min_position={tip}").json()["escalations"] == []
    assert intake.post(f"{case}/escalate", stated).status_code == 201
    again = leader.post(at, said, key="all of it")
    assert (again.status_code, again.headers["Idempotency-Replayed"]) == (200, "true")
    assert again.json() == {**done.json(), "fresh": False}
    assert office.service.ledger.store.tip() == int(tip) + 1
    other = leader.post(at, {**said, "words": "No."}, key="all of it")
    assert (other.status_code, other.json()["rule"]) == (409, "one-command-an-id")
