"""Codes in a question: a slip is told as one, since nothing found under it would be taken for nothing there."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ledger.policy.reading.toml import read_policy
from tests.api.http.served import Served, serving
from tests.ledgers import OFFICE, office_policy, place_in, publish

_TEAMS = "[teams.INT]\n"
_LEADER = 'L-02 = { name = "Walter Comeau", teams = ["RDW"]'
_GONE = (
    '[teams.OLD]\nen = "Old depot"\nfr = "Ancien dépôt"\nleader = "L-02"\n'
    'regions = ["HAL"]\nskills = ["road"]\nwip = { active = 1, paused = 1 }\n'
)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    text = OFFICE.read_text(encoding="utf-8").replace(_TEAMS, f"{_GONE}\n{_TEAMS}")
    text = text.replace(_LEADER, _LEADER.replace('["RDW"]', '["RDW", "OLD"]'))
    place = place_in(tmp_path_factory.mktemp("codes"))
    with serving(place, policy=read_policy(text, file=OFFICE.name)) as served:
        rate = {"target": 1, "target_on": "2026-06-30"}
        answer = served.as_member("L-02").post("/v1/teams/OLD/rate", rate)
        assert answer.status_code == 201, answer.text
        publish(served.service.ledger, office_policy(), effective_from=served.clock())
        yield served


@pytest.mark.parametrize(
    ("member", "path", "why"),
    [
        ("D-01", "cases?team=RDX", "team: no policy published here has such a code; there are INC, INT, OLD, RDW."),
        ("D-01", "cases.csv?request_type=RDW-PIT", "request_type: no policy published here has such a code; "),
        ("D-01", "cases?owner=QZ-1", "owner: no policy published here has such a code; read it again."),
        ("D-01", "exceptions?team=RDX", "team: no policy published here has such a code; "),
        ("D-01", "escalations?team=RDX", "team: no policy published here has such a code; "),
        ("D-01", "escalations?reason=never-opened", "reason: no policy published here has such a code; there are "),
        ("D-01", "flow?team=RDX", "team: no policy published here has such a code; "),
        ("A-01", "accesses?member=QZ-1", "member: no policy published here has such a code; read it again."),
    ],
)  # fmt: skip
def test_a_code_that_no_policy_ever_had_is_a_slip_and_no_answer(
    office: Served, member: str, path: str, why: str
) -> None:
    asked = office.as_member(member)
    answer = asked.get(f"/v1/{path}")
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid-command")
    assert answer.json()["detail"].startswith(why)
    assert answer.headers["Content-Language"] == "en"
    assert asked.get(f"/v1/{path}", Accept_Language="fr").headers["Content-Language"] == "fr"


@pytest.mark.parametrize(
    ("member", "path"),
    [
        ("D-01", "cases?team=OLD"),
        ("D-01", "cases?owner=me&request_type=RDW-POT"),
        ("D-01", "cases?owner=nobody&team=RDW"),
        ("D-01", "exceptions?team=OLD"),
        ("D-01", "escalations?team=OLD"),
        ("D-01", "escalations?reason=never_opened"),
        ("D-01", "escalations?reason=breach"),
        ("D-01", "escalations?reason=accept-breach"),
        ("D-01", "flow?team=OLD"),
        ("D-01", "queues/OLD"),
        ("D-01", "teams/OLD/rate"),
        ("D-01", "teams/OLD/calls"),
        ("A-01", "accesses?member=R-02"),
    ],
)
def test_what_a_team_did_is_answered_also_once_no_policy_has_it_any_more(
    office: Served, member: str, path: str
) -> None:
    answer = office.as_member(member).get(f"/v1/{path}")
    assert answer.status_code == 200, answer.text
