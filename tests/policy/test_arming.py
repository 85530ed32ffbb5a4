"""Arming: a type's clocks start when their moment is known, and what is wanting is asked in order."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from ledger.policy.clocks.arming import armed, starts_at, unfounded, wanting
from ledger.policy.document.conditions import RoutingFacts
from tests.policy.law import CALENDARS, clock, local
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


@pytest.mark.parametrize(
    ("cap", "not_after_on"),
    [
        ('offset = -10, unit = "working_days"', date(2027, 7, 19)),
        ('offset = 1, unit = "working_days"', date(2027, 8, 3)),
        ("offset = 10", date(2027, 8, 12)),
        ("offset = -1", date(2027, 8, 1)),
        ("offset = 0", date(2027, 8, 2)),
    ],
)
def test_a_date_in_the_case_caps_when_a_clock_is_due(cap: str, not_after_on: date) -> None:
    """The second of August is a Monday."""
    changed = compiled(('offset = -10, unit = "working_days"', cap))
    permit = RoutingFacts(type="LIC-EVT", answers={"event_date": "2027-08-02"})
    (clock,) = armed(changed, permit, {"complete": SUMMER})
    assert clock.not_after_on == not_after_on
    (uncapped,) = armed(changed, replace(permit, answers={}), {"complete": SUMMER})
    assert uncapped.not_after_on is None


def test_a_cap_counts_the_working_days_of_its_clock_else_of_the_office() -> None:
    """Ten days before the Monday after New Year, of a calendar without holidays, and of one with Christmas Day."""
    permit = RoutingFacts(type="LIC-EVT", answers={"event_date": "2027-01-04"})
    whole = '[calendars.ALL]\nkind = "counting"\ncitation = "None."\nbegins_on = 2026-01-01\nends_on = 2028-12-31\n'
    own = ('counting_calendar = "WORK"\neffects', 'counting_calendar = "ALL"\neffects')
    days = ('unit = "working_days"\namount = 15', 'unit = "calendar_days"\namount = 15')
    (by_its_own,) = armed(
        compiled(("[regions]", whole + "[regions]"), own), permit, {"complete": WINTER}
    )
    assert by_its_own.not_after_on == date(2026, 12, 21)
    (by_the_office,) = armed(compiled(days, (own[0], "effects")), permit, {"complete": WINTER})
    assert by_the_office.not_after_on == date(2026, 12, 18)


@pytest.mark.parametrize(
    ("amount", "unit", "begins"),
    [
        (10, "working_days", "2027-04-19"),
        (10, "calendar_days", "2027-04-15"),
        (2, "weeks", "2027-04-19"),
        (1, "months", "2027-05-05"),
        (1, "years", "2028-04-05"),
    ],
)
def test_a_clock_starts_no_later_than_so_long_after_another_moment(
    amount: int, unit: str, begins: str
) -> None:
    zone = "America/Halifax"
    capped = clock(
        "CAP", unit="working_days", amount=20, zone=zone, counting_calendar="NS-SAMPLE",
        starts_on="reached_office",
        start_cap={"amount": amount, "unit": unit, "after": "reached_body"},
    )  # fmt: skip
    body, long_after = local(zone, "2027-04-05T10:00"), local(zone, "2028-05-01T10:00")
    on = {"facts": RoutingFacts()}
    at_the_latest = local(zone, f"{begins}T00:00")
    assert starts_at(capped, CALENDARS, moments={"reached_body": body}, **on) == at_the_latest
    late = {"reached_body": body, "reached_office": long_after}
    assert starts_at(capped, CALENDARS, moments=late, **on) == at_the_latest
    assert starts_at(capped, CALENDARS, moments={**late, "reached_office": body}, **on) == body
    assert starts_at(capped, CALENDARS, moments={"reached_office": body}, **on) == body
    assert starts_at(capped, CALENDARS, moments={}, **on) is None


def test_a_clock_of_an_event_starts_with_the_milestone_else_on_the_date_given() -> None:
    """And which edition is the law is asked of that day, not of the day that the case came."""
    law = """starts_on = "event"
start_event = "event_date"
applies_by = "event_date"
effective_from = 2027-08-02
effective_until = 2027-08-02"""
    event = ('starts_on = "complete"', law)
    policy = compiled(event)
    application = RoutingFacts(type="INC-APP", answers={"event_date": "2027-08-02"})
    found = {each.clock.code: each.start_at for each in armed(policy, application, {})}
    assert found == {"DEC": local("America/Halifax", "2027-08-02T00:00")}
    for other in ("2027-08-01", "2027-08-03", "soon", None):
        answers = {} if other is None else {"event_date": other}
        assert armed(policy, replace(application, answers=answers), {}) == ()
    reached = compiled(
        (event[0], law.replace('start_event = "event_date"', 'start_event = "made_safe"'))
    )
    at = local("America/Halifax", "2027-08-02T10:00")
    assert [each.start_at for each in armed(reached, application, {"made_safe": at})] == [at]
    assert armed(reached, application, {"made_safe": SUMMER}) == ()


def test_a_clock_has_lost_its_ground_once_its_condition_is_known_not_to_hold() -> None:
    def lost(facts: RoutingFacts) -> tuple[str, ...]:
        return unfounded(POLICY, facts, armed(POLICY, facts, {"reached_body": SUMMER}))

    assert lost(POTHOLE) == ()
    assert lost(replace(POTHOLE, answers={})) == ()
    assert lost(replace(POTHOLE, answers={"danger_now": False})) == ("SAFE",)
    assert lost(RoutingFacts()) == ()


def test_a_case_without_a_type_arms_nothing() -> None:
    assert codes(RoutingFacts(), reached_body=WINTER) == []


def test_what_every_intake_and_the_type_ask_is_wanting_in_order() -> None:
    application = RoutingFacts(type="INC-APP")
    assert wanting(POLICY, application, frozenset()) == ("name", "people", "unit_no")
    assert wanting(POLICY, application, frozenset({"address", "name"})) == ("people",)
    assert wanting(POLICY, RoutingFacts(), frozenset()) == ("name",)
    assert wanting(POLICY, RoutingFacts(), frozenset({"name"})) == ()


def test_the_language_is_not_wanting_where_it_is_known() -> None:
    asking = compiled(
        ('asks = ["name"]', 'asks = ["form", "name"]'),
        ('en = "Form"', 'sets_language = true\nen = "Form"'),
    )
    assert wanting(asking, RoutingFacts(), frozenset()) == ("form", "name")
    assert wanting(asking, RoutingFacts(language="fr"), frozenset()) == ("name",)
