"""Restating: what is entered afterwards, and a start that was recorded wrongly; what was told stays told."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from ledger.case.alarms import CaseAlarmed
from ledger.case.clocks.approving import ApproveDatingBack
from ledger.case.clocks.facts import ClockArmed, ClockStopped
from ledger.case.clocks.restated import ClockRestated
from ledger.case.clocks.restating import CorrectStart, StartCorrected
from ledger.case.clocks.waiting import (
    ReachMilestone,
    WaitingBegan,
    WaitingEnded,
)
from ledger.errors import CaseNotFound, InvalidCommand, NotAuthorised
from tests.case.cases import APPLICATION, DANGER, POTHOLE, wait
from tests.case.days import DAY, DUE, THURSDAY, TUESDAY
from tests.case.editions import limit, new_law
from tests.case.late import ITEM, ON_EVIDENCE, REACH, breached, end, late_wait
from tests.case.told import told_as_it_is
from tests.deciding import (
    CASE_ID,
    INTAKE,
    MONDAY,
    WATCH,
    by,
    given,
    given_commands,
    number,
    office,
    some,
)

SECOND = replace(INTAKE, id="L-02")


# Row 30: entered afterwards


def test_a_wait_entered_afterwards_restates_the_due_date_with_its_cause() -> None:
    given_commands(POTHOLE).when(wait(), at=THURSDAY, happened_at=TUESDAY).then(
        some(WaitingBegan),
        some(
            ClockRestated,
            clock="FIX-10",
            cause="backdated",
            was_due_at=DUE,
            due_at=None,
            overtakes=(),
            overtakes_breach=False,
        ),
    )


def test_the_end_of_a_wait_entered_afterwards_restates_the_due_date_too() -> None:
    before = given_commands(POTHOLE, by(INTAKE, wait(), at=TUESDAY))
    before.when(end(), at=THURSDAY + DAY, happened_at=THURSDAY).then(
        WaitingEnded(wait_id=number(1)),
        some(ClockRestated, was_due_at=None, due_at=DUE + 3 * DAY),
    )


def test_further_back_than_the_policy_lets_it_nothing_is_entered() -> None:
    before = given_commands(POTHOLE, ITEM, policies=office(limit(2)))
    asked = late_wait(evidence=(number(8),))
    before.when(asked, at=MONDAY + 4 * DAY, happened_at=TUESDAY).refused(
        saying="(days: 3 of at most 2)", rule="backdating-limit"
    )
    before.when(asked, at=THURSDAY, happened_at=TUESDAY).then(
        some(WaitingBegan), some(ClockRestated, evidence=(number(8),))
    )


def test_within_the_limit_it_takes_evidence_that_the_case_lists() -> None:
    before = given_commands(POTHOLE, ITEM, policies=office(limit(5)))
    before.when(wait(), at=THURSDAY, happened_at=TUESDAY).refused(rule="backdating-evidence")
    before.when(late_wait(evidence=(number(9),)), at=THURSDAY, happened_at=TUESDAY).refused(
        InvalidCommand, saying="lists no record item"
    )


def test_across_a_breach_it_takes_a_second_person_who_is_not_the_first() -> None:
    """B1: the breach was told, then it turns out that the case had waited."""
    at = DUE + 2 * DAY
    for said, rule in (
        ({}, "breach-crossed-on-evidence"),
        ({"evidence": (number(8),)}, "breach-crossed-by-two"),
        (ON_EVIDENCE, "breach-crossed-by-two"),
    ):
        breached().when(late_wait(**said), at=at, happened_at=TUESDAY).refused(rule=rule)
    for nobody in ("watch", "nobody"):
        asked = late_wait(**{**ON_EVIDENCE, "approved_by": nobody})
        breached().when(asked, at=at, happened_at=TUESDAY).refused(
            InvalidCommand, saying="is no person of the policy"
        )


def test_a_breach_that_was_told_stays_told_and_a_real_one_is_told_again() -> None:
    at = DUE + 2 * DAY
    approval = ApproveDatingBack(case_id=CASE_ID, clock="FIX-10", dated_at=TUESDAY)
    before = breached().asked(by(SECOND, approval, at=at))
    assert before.state.clocks["FIX-10"].breached
    after = before.when(late_wait(**ON_EVIDENCE), at=at, happened_at=TUESDAY).then(
        some(WaitingBegan),
        some(
            ClockRestated,
            was_due_at=DUE,
            due_at=None,
            overtakes_breach=True,
            overtakes=("breach", "three-quarters", "two-days-left"),
            approved_by="L-02",
        ),
    )
    assert not after.state.clocks["FIX-10"].breached
    resumed = after.asked(by(INTAKE, end(), at=at))
    due_at = resumed.state.clocks["FIX-10"].due_at
    assert due_at is not None
    again = resumed.asked(by(WATCH, REACH, at=due_at + DAY))
    assert again.state.clocks["FIX-10"].breached
    assert "breach" in again.state.clocks["FIX-10"].reached


def test_a_start_that_was_recorded_wrongly_is_corrected_on_evidence() -> None:
    asked = CorrectStart(
        case_id=CASE_ID, moment="reached_body", started_at=MONDAY - 3 * DAY,
        evidence=(number(8),), reason="The stamp on the letter says Friday.",
    )  # fmt: skip
    before = given_commands(POTHOLE, ITEM)
    after = before.when(asked, at=TUESDAY).then(
        StartCorrected(
            moment="reached_body", was_at=MONDAY, at=MONDAY - 3 * DAY, evidence=(number(8),),
            approved_by=None, reason="The stamp on the letter says Friday.",
        ),
        some(
            ClockRestated, cause="start_corrected", started_at=MONDAY - 3 * DAY, was_due_at=DUE,
            due_at=DUE - 3 * DAY, promised_at=DUE,
        ),
        (some(CaseAlarmed, alarm="due_moved_earlier", party="leader"), TUESDAY),
    )  # fmt: skip
    assert after.state.received_at == MONDAY - 3 * DAY
    after.when(asked, at=TUESDAY).nothing()


def test_a_start_is_corrected_in_order_by_a_person_and_within_the_limit() -> None:
    def asked(**said: Any) -> CorrectStart:
        plain: dict[str, Any] = {
            "moment": "reached_body", "started_at": MONDAY - DAY, "evidence": (number(8),),
            "reason": "The stamp.", **said,
        }  # fmt: skip
        return CorrectStart(case_id=CASE_ID, **plain)

    before = given_commands(POTHOLE, ITEM, policies=office(limit(5)))
    before.when(asked(), actor=WATCH).refused(NotAuthorised, saying="corrects no start")
    before.when(asked(started_at=MONDAY + DAY)).refused(InvalidCommand, saying="in the future")
    for day in (MONDAY - DAY, MONDAY + DAY):
        before.when(asked(moment="complete", started_at=day)).refused(InvalidCommand)
    complete = given_commands(APPLICATION, ITEM, policies=office(limit(5)))
    after_it = asked(moment="reached_office", started_at=MONDAY + DAY)
    complete.when(after_it, at=MONDAY + 2 * DAY).refused(
        InvalidCommand,
        saying="reached_body at 10:00 on 2 March 2026 (",
    )
    before.when(asked(started_at=MONDAY - 9 * DAY)).refused(rule="backdating-limit")
    before.when(asked(evidence=(number(9),))).refused(InvalidCommand)
    given().when(asked()).refused(CaseNotFound)


def test_a_start_that_is_corrected_into_the_time_of_another_law_is_counted_by_that_law_alone() -> (
    None
):
    """Row 33: an access request of the last day of the old Act, recorded as of the new one, has one clock."""
    policies = office(new_law())
    wednesday = MONDAY + 2 * DAY
    before = given_commands(
        by(INTAKE, POTHOLE, at=wednesday), by(INTAKE, ITEM, at=wednesday), policies=policies
    )
    asked = CorrectStart(
        case_id=CASE_ID, moment="reached_body", started_at=MONDAY, evidence=(number(8),),
        reason="The stamp says Monday.",
    )  # fmt: skip
    after = before.when(asked, at=THURSDAY).then(
        some(StartCorrected),
        some(ClockStopped, clock="FIX-15", outcome="superseded", cause="correction"),
        some(ClockArmed, clock="FIX-10", started_at=MONDAY, due_at=DUE),
    )
    assert [each.code for each in after.state.clocks.values() if each.open] == ["FIX-10"]
    told_as_it_is(after)


def test_a_start_that_is_corrected_leaves_what_stopped_and_a_breach_that_holds_all_the_same() -> (
    None
):
    """The place was made safe: that clock keeps its certificate. The other ran out by either start."""
    made_safe = ReachMilestone(case_id=CASE_ID, milestone="made_safe")
    reach = [by(WATCH, REACH, at=DUE + DAY)]
    before = given_commands(DANGER, ITEM, by(INTAKE, made_safe), *reach)
    asked = CorrectStart(
        case_id=CASE_ID, moment="reached_body", started_at=MONDAY - 3 * DAY,
        evidence=(number(8),), reason="The stamp.",
    )  # fmt: skip
    after = before.when(asked, at=DUE + 2 * DAY).then(
        some(StartCorrected),
        some(ClockRestated, clock="FIX-10", due_at=DUE - 3 * DAY, overtakes_breach=False),
        (some(CaseAlarmed), DUE + 2 * DAY),
    )
    assert after.state.clocks["FIX-10"].breached


def test_a_start_that_undoes_a_breach_takes_a_second_person() -> None:
    asked = CorrectStart(
        case_id=CASE_ID, moment="complete", started_at=THURSDAY, evidence=(number(8),),
        reason="The last page came on Thursday.",
    )  # fmt: skip
    due = datetime(2026, 3, 24, 3, 0, tzinfo=UTC)
    before = given_commands(APPLICATION, ITEM)
    before.when(asked, at=due + DAY).refused(rule="breach-crossed-by-two")
    named = asked.model_copy(update={"approved_by": "L-03"})
    before.when(named, at=due + DAY).refused(rule="breach-crossed-by-two")
    approval = ApproveDatingBack(case_id=CASE_ID, clock="DEC-15", dated_at=THURSDAY)
    before.asked(by(replace(SECOND, id="L-03"), approval, at=due + DAY)).when(
        asked, at=due + DAY
    ).then(
        some(StartCorrected, approved_by="L-03"),
        some(ClockRestated, clock="DEC-15", due_at=due + 3 * DAY),
    )
