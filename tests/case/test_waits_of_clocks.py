"""Waits and clocks: what a clock that is breached, told of, or another system's, makes of a wait."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from ledger.case.clocks.facts import ClockPaused
from ledger.case.clocks.waiting import WaitingBegan
from ledger.case.history.imported import ImportCase
from tests.case.cases import APPLICATION, DANGER, reach, wait
from tests.deciding import (
    CASE_ID,
    INTAKE,
    MONDAY,
    by,
    effect,
    given_commands,
    number,
    office,
    some,
)

DAY = timedelta(days=1)


def test_a_wait_that_would_begin_nothing_but_breached_clocks_anew_is_refused() -> None:
    """Row 19: what is breached stays breached; what runs, or is over, does not stand in the way."""
    resets = [effect(clock, "identity", "reset") for clock in ("ACK-2", "DEC-15")]
    before = given_commands(APPLICATION, policies=office(*resets))
    begun = before.when(wait("identity"), at=MONDAY + 7 * DAY)
    begun.then(some(WaitingBegan), some(ClockPaused, clock="DEC-15"))
    before.when(wait("identity"), at=MONDAY + 60 * DAY).refused(rule="reset-after-breach")
    first_alone = given_commands(APPLICATION, policies=office(resets[0]))
    late = by(INTAKE, reach("acknowledged"), at=MONDAY + 7 * DAY)
    first_alone.when(wait("identity"), at=MONDAY + 8 * DAY).refused(rule="reset-after-breach")
    over = first_alone.asked(late).when(wait("identity"), at=MONDAY + 8 * DAY)
    over.then(some(WaitingBegan), some(ClockPaused, clock="DEC-15"))


def test_a_wait_entered_the_same_day_restates_a_clock_of_which_something_was_told_in_between() -> (
    None
):
    """Row 30: half of its time was over at noon."""
    policies = office(effect("MAKE-SAFE", "particulars", "pause"))
    before, hour = given_commands(DANGER, policies=policies), timedelta(hours=1)
    begun = wait(), MONDAY + hour
    entered = before.when(begun[0], at=MONDAY + 3 * hour, happened_at=begun[1])
    assert [each.fact.topic for each in entered.happened if _of_make_safe(each.fact)] == [
        "ClockRestated"
    ]
    at_once = before.when(begun[0], at=MONDAY + 1.5 * hour, happened_at=begun[1])
    assert [each.fact.topic for each in at_once.happened if _of_make_safe(each.fact)] == [
        "ClockPaused"
    ]


def _of_make_safe(fact: Any) -> bool:
    return getattr(fact, "clock", None) == "MAKE-SAFE"


def test_a_wait_does_nothing_to_a_deadline_that_another_system_stated() -> None:
    imported = ImportCase(
        case_id=CASE_ID, batch=number(5), source="old", external_id="1", channel="web",
        channel_family="web", received_at=MONDAY - DAY, deadline_at=MONDAY + 9 * DAY,
    )  # fmt: skip
    given_commands(imported).when(wait(), at=MONDAY + DAY).then(some(WaitingBegan))
