"""The flow of work over HTTP: a rate is set and worked, requesters are drawn and called, backlogs follow each other."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from tests.api.http.served import Served, serving
from tests.ledgers import place_in

FAR = "2029-06-29"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(place_in(tmp_path_factory.mktemp("flow"))) as served:
        yield served


def test_a_team_leader_sets_a_rate_and_the_team_sees_what_it_asks_of_the_day(
    office: Served,
) -> None:
    leader, roads = office.as_member("L-02"), office.as_member("R-02")
    office.as_member("I-02").opened()
    assert leader.get("/v1/teams/RDW/rate").json()["rate"] is None
    said = {"target": 20, "target_on": FAR, "capacity": 5, "attendance": {"2026-03-05": 50}}
    made = leader.post("/v1/teams/RDW/rate", said, key="our rate")
    assert made.status_code == 201, made.text
    again = leader.post("/v1/teams/RDW/rate", said, key="our rate")
    assert (again.status_code, again.headers["Idempotency-Replayed"]) == (200, "true")
    shown = roads.get(f"/v1/teams/RDW/rate?min_position={made.headers['Ledger-Position']}").json()
    assert (shown["rate"]["rate"]["target"], shown["rate"]["rate"]["capacity_from"]) == (
        20,
        "entered",
    )
    assert shown["rate"]["day"]["team"] == "RDW"
    effort = {"contact_minutes": 15, "case_minutes": 90, "staff_minutes_a_day": 2_160}
    assert leader.post("/v1/teams/RDW/rate/effort", effort).status_code == 201
    nothing = leader.post("/v1/teams/RDW/rate/answer", {"cause": "absence", "action": "Wait."})
    assert (nothing.status_code, nothing.json()["code"]) in (
        (409, "unlawful-transition"),
        (422, "invalid-command"),
    )
    assert leader.post("/v1/teams/RDW/rate/drop", {}).status_code == 201
    assert leader.get("/v1/teams/RDW/rate").json()["rate"] is None


@pytest.mark.parametrize(
    ("member", "team", "said", "status"),
    [
        ("R-02", "RDW", {"target": 20, "target_on": FAR}, 403),
        ("L-02", "INC", {"target": 20, "target_on": FAR}, 403),
        ("L-02", "NAVY", {"target": 20, "target_on": FAR}, 422),
        ("L-02", "RDW", {"target": 20, "target_on": "2020-01-01"}, 422),
        ("L-02", "RDW", {"target": -1, "target_on": FAR}, 422),
        ("L-02", "RDW", {"target": 20, "target_on": FAR, "attendance": {"soon": 50}}, 422),
        ("L-02", "RDW", {"target": 20, "target_on": FAR, "counted": {}}, 422),
    ],
)
def test_a_rate_that_cannot_be_or_is_not_theirs_to_set_is_not_set(
    office: Served, member: str, team: str, said: dict[str, object], status: int
) -> None:
    answer = office.as_member(member).post(f"/v1/teams/{team}/rate", said)
    assert answer.status_code == status, answer.text


def test_requesters_are_drawn_by_nobodys_choice_and_each_is_called(office: Served) -> None:
    intake, leader = office.as_member("I-02"), office.as_member("L-02")
    party = intake.post("/v1/parties", {"name": "Ada Lind"}).json()["party_id"]
    opened = intake.opened(requester=party)
    office.clock.pass_by(days=1)
    drawn = leader.post("/v1/teams/RDW/calls", {}, key="today")
    assert drawn.status_code == 201, drawn.text
    assert leader.post("/v1/teams/RDW/calls", {}).status_code == 200, "a day is drawn once"
    assert office.as_member("R-02").post("/v1/teams/RDW/calls", {}).status_code == 403
    shown = leader.get("/v1/teams/RDW/calls").json()
    assert shown["seed"]
    assert opened in [each["reference"] for each in shown["calls"]]
    tried = leader.post(f"/v1/cases/{opened}/call", {"channel": "phone", "reached": False})
    assert tried.status_code == 201, tried.text
    said = {"channel": "phone", "words": "It went well."}
    reached = leader.post(f"/v1/cases/{opened}/call", said, key="the call")
    assert reached.status_code == 201
    assert leader.post(f"/v1/cases/{opened}/call", said, key="the call").status_code == 200
    once = leader.post(f"/v1/cases/{opened}/call", said)
    assert (once.status_code, once.json()["rule"]) == (409, "reached-once-a-draw")
    (line,) = [
        each
        for each in leader.get("/v1/teams/RDW/calls").json()["calls"]
        if each["reference"] == opened
    ]
    assert (line["tries"], line["reached"], line["done"]) == (2, True, True)
    assert line["came_by"] == "phone"
    not_drawn = intake.opened()
    assert leader.post(f"/v1/cases/{not_drawn}/call", said).status_code == 409


def test_backlogs_follow_each_other_and_whoever_saw_an_older_order_is_told(office: Served) -> None:
    leader = office.as_member("L-02")
    before = leader.get("/v1/sequence").headers["ETag"]
    planned = {"team": "RDW", "hours": 40, "holds": 10, "planned_on": "2026-04-30"}
    said = {"queues": [planned, {"team": "INC", "hours": 20}]}
    unseen = leader.post("/v1/sequence", said)
    assert (unseen.status_code, unseen.json()["code"]) == (428, "precondition-required")
    made = leader.post("/v1/sequence", said, If_Match=before)
    assert made.status_code == 201, made.text
    on = {"team": "RDW", "to_state": "cleared", "words": "Nothing old waits."}
    stale = leader.post("/v1/sequence/advance", on, If_Match='"99"')
    assert stale.status_code == 412
    seen = leader.get("/v1/sequence").headers["ETag"]
    assert leader.post("/v1/sequence/advance", on, If_Match=seen).status_code == 201
    queues = {each["team"]: each for each in leader.get("/v1/sequence").json()["queues"]}
    assert [queues[team]["state"] for team in ("RDW", "INC")] == ["cleared", "clearing"]
    assert (queues["RDW"]["hours"], queues["INC"]["hours"]) == (10, 50)
    assert (queues["RDW"]["place"], queues["INC"]["place"]) == (1, 2)
    assert queues["RDW"]["planned_on"] == "2026-04-30" != queues["RDW"]["cleared_on"]
    refused = office.as_member("R-02").post("/v1/sequence/advance", on, If_Match="*")
    assert refused.status_code == 403
    twice = {"queues": [{"team": "RDW", "hours": 4}, {"team": "RDW", "hours": 2}]}
    assert leader.post("/v1/sequence", twice, If_Match="*").status_code == 422


def test_the_flow_is_told_of_two_weeks_up_to_the_last_day_as_the_command_line_tells_it(
    office: Served,
) -> None:
    """Over HTTP it was one day, and none where only the last day was given."""
    ref = office.as_member("I-02").opened()
    leader = office.as_member("L-02")
    opened = leader.get(f"/v1/cases/{ref}").headers["Ledger-Position"]
    today = office.clock().date()
    found = leader.get(f"/v1/flow?team=RDW&min_position={opened}").json()["days"]
    told = [(today - timedelta(days=each)).isoformat() for each in reversed(range(14))]
    assert [each["on"] for each in found] == told
    past = leader.get("/v1/flow?until=2026-02-20")
    assert (past.status_code, past.json()["days"]) == (200, [])
