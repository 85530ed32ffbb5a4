"""Arming: a type's clocks start when their moment is known, and what is wanting is asked in order."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from ledger.policy import RoutingFacts, armed, wanting
from tests.policy.law import local
from tests.policy.office import compiled

POLICY = compiled()
WINTER = local("America/Halifax", "2027-01-12T10:00")
SUMMER = local("America/Halifax", "2027-07-12T10:00")
POTHOLE = RoutingFacts(type="RDW-POT", answers={"danger_now": True})


def codes(facts: RoutingFacts, **moments: datetime) -> list[str]:
    return [each.clock.code for each in armed(POLICY, facts, moments)]


def test_a_clock_is_armed_if_its_condition_holds_or_cannot_be_told() -> None:
    assert codes(POTHOLE, reached_body=SUMMER) == ["SAFE"]
    assert codes(replace(POTHOLE, answers={}), reached_body=SUMMER) == ["SAFE"]
    assert codes(replace(POTHOLE, answers={"danger_now": False}), reached_body=SUMMER) == []


def test_a_clock_of_the_winter_months_is_armed_in_winter() -> None:
    assert codes(POTHOLE, reached_body=WINTER) == ["SAFE", "ACK"]


def test_a_clock_waits_for_its_starting_moment() -> None:
    application = RoutingFacts(type="INC-APP")
    assert codes(application, reached_body=WINTER) == ["ACK"]
    assert codes(application, reached_body=WINTER, complete=SUMMER) == ["ACK", "DEC"]


def test_a_date_in_the_case_caps_when_a_clock_is_due() -> None:
    permit = RoutingFacts(type="LIC-EVT", answers={"event_date": "2027-08-02"})
    (clock,) = armed(POLICY, permit, {"complete": SUMMER})
    assert clock.not_after_on == date(2027, 7, 19)


def test_a_case_without_a_type_arms_nothing() -> None:
    assert codes(RoutingFacts(), reached_body=WINTER) == []


def test_what_every_intake_and_the_type_ask_is_wanting_in_order() -> None:
    application = RoutingFacts(type="INC-APP")
    assert wanting(POLICY, application, frozenset()) == ("name", "people", "unit_no")
    assert wanting(POLICY, application, frozenset({"address", "name"})) == ("people",)
    assert wanting(POLICY, RoutingFacts(), frozenset()) == ("name",)
