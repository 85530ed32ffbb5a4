"""Dating back: once the time of a clock is over, that it was kept is nobody's lone word (row 30)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from ledger.case.clocks import ClockStopped
from ledger.case.contact import ContactLogged
from ledger.case.recusal import RecuseFromCase
from ledger.case.waiting import MilestoneReached, ReachMilestone
from ledger.policy.presence import Directory
from tests.case.cases import DANGER, ENQUIRY
from tests.case.test_contact import CALL, ITEM
from tests.case.test_restating import limit
from tests.deciding import (
    CASE_ID,
    INTAKE,
    MONDAY,
    ROADS,
    WATCH,
    by,
    given_commands,
    number,
    office,
    some,
)

DAY = timedelta(days=1)


def test_that_a_time_was_kept_which_is_over_by_now_takes_a_second_person() -> None:
    """Row 30: one officer dated the act back, and a breach that everybody had been told of was met."""
    before = given_commands(DANGER, ITEM)
    an_hour_later: Any = {"at": MONDAY + DAY, "happened_at": MONDAY + timedelta(hours=1)}

    def done(**on: Any) -> ReachMilestone:
        return ReachMilestone(case_id=CASE_ID, milestone="made_safe", **on)

    for alone in (None, INTAKE.id, "form"):
        before.when(done(approved_by=alone), **an_hour_later).refused(
            saying="a second person", rule="breach-crossed-by-two"
        )
    before.when(done(approved_by="R-02"), **an_hour_later).then(
        some(MilestoneReached), some(ClockStopped, outcome="met", approved_by="R-02")
    )
    before.when(done(approved_by="R-02", evidence=(number(99),)), **an_hour_later).refused(
        rule="breach-crossed-on-evidence"
    )
    before.when(done(), at=MONDAY + DAY).then(
        some(MilestoneReached), some(ClockStopped, outcome="breached")
    )


def test_further_back_than_the_policy_lets_things_be_entered_it_is_shown_too() -> None:
    before = given_commands(DANGER, ITEM, policies=office(limit(0)))
    an_hour_later: Any = {"at": MONDAY + DAY, "happened_at": MONDAY + timedelta(hours=1)}
    done = ReachMilestone(case_id=CASE_ID, milestone="made_safe", approved_by="R-02")
    before.when(done, **an_hour_later).refused(rule="breach-crossed-on-evidence")
    shown = done.model_copy(update={"evidence": (ITEM.item_id,)})
    before.when(shown, **an_hour_later).then(
        some(MilestoneReached),
        some(ClockStopped, outcome="met", evidence=(ITEM.item_id,), approved_by="R-02"),
    )


def test_what_another_system_tells_is_believed_when_it_comes_late() -> None:
    done = ReachMilestone(case_id=CASE_ID, milestone="made_safe")
    late: Any = {"at": MONDAY + DAY, "happened_at": MONDAY + timedelta(hours=1)}
    given_commands(DANGER).when(done, actor=WATCH, **late).then(
        some(MilestoneReached), some(ClockStopped, outcome="met", approved_by=None)
    )


def test_a_call_and_a_letter_that_are_dated_back_over_a_breach_take_the_same() -> None:
    dated_back: Any = {"at": MONDAY + 9 * DAY, "happened_at": MONDAY + timedelta(hours=1)}
    before = given_commands(ENQUIRY, ITEM)
    before.when(CALL, **dated_back).refused(rule="breach-crossed-by-two")
    by_two = CALL.model_copy(update={"evidence": (ITEM.item_id,), "approved_by": "R-02"})
    before.when(by_two, **dated_back).then(
        some(ContactLogged), some(ClockStopped, outcome="met", approved_by="R-02")
    )
    before.when(CALL, at=MONDAY + 9 * DAY).then(
        some(ContactLogged), some(ClockStopped, outcome="breached")
    )


def test_the_second_person_is_there_that_day_and_did_not_step_back() -> None:
    """Somebody who had left long ago approved, for all the record showed."""
    by_two: Any = CALL.model_copy(update={"evidence": (ITEM.item_id,), "approved_by": "R-02"})
    dated_back: Any = {"at": MONDAY + 9 * DAY, "happened_at": MONDAY + timedelta(hours=1)}
    before = given_commands(ENQUIRY, ITEM)
    left = replace(before, directory=Directory().without("R-02", date(2026, 3, 9), None))
    left.when(by_two, **dated_back).refused(rule="breach-crossed-by-two")
    stepped = RecuseFromCase(case_id=CASE_ID, member="R-02")
    before.asked(by(ROADS, stepped)).when(by_two, **dated_back).refused(
        rule="breach-crossed-by-two"
    )
