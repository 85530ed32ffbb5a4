"""Routing a case again by the rules in force, as long as nobody has it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from ledger.case.custody.routing import CaseRouted, RouteCase
from ledger.case.intake.information import ReceiveInformation
from ledger.errors import CaseNotFound, InvalidCommand, UnlawfulTransition
from ledger.policy.document.conditions import RoutingFacts
from ledger.policy.load import Load
from ledger.policy.routing.rules import route, routing_from
from tests.case.cases import APPLICATION, POTHOLE, pull, resolve, transfer
from tests.deciding import CASE_ID, MONDAY, ROADS, by, given, given_commands, office, some

ROUTE = RouteCase(case_id=CASE_ID)
FULL = Load(points={"INC": 200})


def test_a_queued_case_goes_where_the_rules_send_it_now() -> None:
    before = given_commands(APPLICATION, load=FULL)
    assert before.state.team == "INT"
    moved = given(load=Load()).following([each.fact for each in before.happened])
    outcome = moved.when(ROUTE)
    outcome.then(some(CaseRouted, team="INC", rule="income", policy=office().versions[0].digest))


def test_a_recorded_route_says_all_that_is_needed_to_take_it_again() -> None:
    routed: Any = given_commands(APPLICATION, load=FULL).happened[-1].fact
    told = routing_from(routed.decided)
    seen = Load(points={each.team: each.points for each in told.load})
    facts = RoutingFacts(
        type=told.facts["type"],
        language=told.facts.get("language"),
        answers={
            name.removeprefix("answers."): value
            for name, value in told.facts.items()
            if name.startswith("answers.")
        },
    )
    again = route(office().cited(routed.policy).compiled, facts, seen)
    assert again.as_json() == routed.decided


def test_a_case_that_the_rules_leave_where_it_is_stays_there_quietly() -> None:
    given_commands(POTHOLE).when(ROUTE).nothing()
    more = ReceiveInformation(case_id=CASE_ID, channel="phone", answers={"account_no": "7"})
    given_commands(POTHOLE, more).when(ROUTE).nothing()


def test_a_case_that_somebody_has_is_transferred_not_routed() -> None:
    owned = given_commands(POTHOLE, by(ROADS, pull("RDW", "R-02")))
    owned.when(ROUTE).refused(UnlawfulTransition, saying="transfer it", rule="routed-before-owned")


def test_a_case_in_transit_is_not_routed() -> None:
    given_commands(POTHOLE, transfer("INT")).when(ROUTE).refused(UnlawfulTransition)


def test_a_resolved_case_is_not_routed() -> None:
    given_commands(POTHOLE, resolve()).when(ROUTE).refused(
        UnlawfulTransition, rule="resolved-is-closed"
    )


def test_a_case_that_is_not_there_is_not_routed() -> None:
    given().when(ROUTE).refused(CaseNotFound)


def test_a_route_is_not_taken_before_the_case_came_to_where_it_is() -> None:
    before = given_commands(APPLICATION, load=FULL)
    moved = given(load=Load()).following([each.fact for each in before.happened])
    moved.when(ROUTE, happened_at=MONDAY - timedelta(seconds=1)).refused(InvalidCommand)
