"""What somebody decides or oversees a case by, read over HTTP as on the command line."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ledger.policy.document.policy import Policy
from ledger.policy.reading.toml import read_policy
from tests.api.http.served import Served, serving
from tests.ledgers import OFFICE, place_in


def _with_a_check() -> Policy:
    """The office's policy, by which an application is ready once somebody is known."""
    needs = 'complete_needs = ["particulars"]\n'
    check = '{ code = "identity", en = "They are known", fr = "On les connaît", confirmed = true }'
    text = OFFICE.read_text(encoding="utf-8").replace(needs, f"{needs}checklist = [{check}]\n")
    return read_policy(text, file=OFFICE.name)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(place_in(tmp_path_factory.mktemp("briefs")), policy=_with_a_check()) as served:
        yield served


def test_whoever_decides_reads_what_is_ready_and_who_may_decide_and_nothing_personal(
    office: Served,
) -> None:
    answers = {"name": "Ada Lind", "description": "The rent is due."}
    ref = office.as_member("I-02").opened(request_type="INC-APP", answers=answers)
    decides = office.as_member("N-02")
    shown = decides.get(f"/v1/cases/{ref}/brief")
    assert shown.json()["about"]["reference"] == ref
    assert not shown.json()["brief"]["ready"]
    checks = next(each for each in shown.json()["brief"]["sections"] if each["code"] == "checklist")
    assert {each["said"] for each in checks["lines"]} == {"not met"}
    assert "Ada Lind" not in shown.text
    french = decides.get(f"/v1/cases/{ref}/brief?language=fr").json()
    assert "non satisfait" in str(french["brief"])


def test_whoever_asks_why_a_case_is_where_it_is_reads_what_was_looked_at_and_why_not_elsewhere(
    office: Served,
) -> None:
    ref = office.as_member("I-02").opened(request_type="RDW-POT")
    (routed,) = office.as_member("A-01").get(f"/v1/cases/{ref}/routings").json()["routings"]
    assert (routed["team"], routed["rule"], routed["policy_version"]) == ("RDW", "roads", 1)
    assert {"programme is Roads and winter", "'Is anyone in danger now?' is not known"} <= {
        each["said"] for each in routed["facts"]
    }
    assert routed["not_taken"][0]["said"] == (
        "Not by rule 'A person confirms where an adjustment is needed': not noted that an adjustment is needed."
    )
    listed = office.as_member("A-01").get(f"/v1/cases/{ref}/routings.csv?language=fr").text
    assert "Confié à Dépôt routier par la règle « Les routes vont au dépôt »" in listed


def test_an_auditor_reads_for_how_long_nobody_heard_from_the_office(office: Served) -> None:
    ref, audits = office.as_member("I-02").opened(), office.as_member("A-01")
    office.clock.pass_by(days=41)
    told = {"direction": "outbound", "channel": "phone", "kinds": ["reassurance"]}
    assert office.as_member("R-02").post(f"/v1/cases/{ref}/contact", told).status_code == 201
    office.clock.pass_by(days=2)
    found = audits.get(f"/v1/cases/{ref}/silence").json()["no_contact"]
    assert [each["days"] for each in found] == [41, 2]
    listed = audits.get(f"/v1/cases/{ref}/silence.csv").text.splitlines()
    assert [line.split(",")[2] for line in listed] == ["days", "41", "2"]
    before = audits.get(f"/v1/cases/{ref}/silence?until=2020-01-01")
    assert before.json()["detail"].startswith("from must lie before until")


def test_a_team_reads_what_it_owes_on_cases_of_its_own_and_of_others(office: Served) -> None:
    ref = office.as_member("I-02").opened()
    owes = {"title": "Measure it.", "kind": "preparatory", "team": "RDW"}
    added = office.as_member("I-02").post(f"/v1/cases/{ref}/task", owes)
    assert added.status_code == 201, added.text
    seen = f"min_position={added.headers['Ledger-Position']}"
    listed = office.as_member("R-02").get(f"/v1/teams/RDW/to-do?{seen}").json()["to_do"]
    assert [(each["kind"], each["member"]) for each in listed if each["reference"] == ref] == [
        ("task", None)
    ]
    lines = office.as_member("R-02").get("/v1/teams/RDW/to-do.csv").text.splitlines()
    assert lines[0].startswith("reference,case_id,kind,what,team,member,since_at,due_at,overdue")


def test_a_leader_reads_who_has_what_and_is_there_now_and_as_it_was_known(office: Served) -> None:
    ref, leads = office.as_member("I-02").opened(), office.as_member("L-02")
    before = office.clock().isoformat().replace("+00:00", "Z")
    office.clock.pass_by(minutes=1)
    taken = office.as_member("R-03").post("/v1/queues/RDW/pull", {})
    assert taken.status_code == 201, taken.text
    seen = taken.headers["Ledger-Position"]
    now = leads.get(f"/v1/teams/RDW/workload?min_position={seen}").json()
    found = {each["member"]: each for each in now["members"]}
    assert (found["R-03"]["stands"], found["R-03"]["work"]["active"]) == ("there", 1), ref
    known = leads.get(f"/v1/teams/RDW/workload?known_at={before}").json()
    assert {each["work"]["active"] for each in known["members"]} == {0}
    lines = leads.get("/v1/teams/RDW/workload.csv").text.splitlines()
    assert lines[0].startswith("member,stands,stands_on,room,active,immediate,paused,overdue")
    assert office.as_member("R-02").get("/v1/teams/RDW/workload").status_code == 403


def test_figures_are_read_of_all_by_whoever_answers_for_all_and_by_others_of_their_team(
    office: Served,
) -> None:
    office.as_member("I-02").opened()
    directs, works = office.as_member("D-01"), office.as_member("R-02")
    found = directs.get("/v1/figures").json()["figures"]
    came = found["arrivals"]["basis"]
    assert (came["definition"], came["n"] > 0) == ("5.1 arrivals a working day", True)
    assert found["loop"]["critical_backlog"] is None, "no staff time was recorded"
    theirs = works.get("/v1/figures?request_type=RDW-POT").json()
    assert theirs["figures"]["arrivals"]["basis"]["filters"]["team"] == "RDW"
    assert works.get("/v1/figures?team=INC").status_code == 403
    for wrong in (
        "team=NAVY",
        "programme=NAVY",
        "until=2090-01-01",
        "from=2026-03-03&until=2026-03-02",
    ):
        refused = directs.get(f"/v1/figures?{wrong}", Accept_Language="fr")
        assert (refused.status_code, refused.headers["Content-Language"]) == (422, "fr"), wrong
