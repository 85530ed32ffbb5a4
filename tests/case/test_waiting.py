"""Waiting and milestones: what a case waits for, which clocks stand still meanwhile, which acts stop them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from ledger.case.clocks.facts import ClockArmed, ClockPaused, ClockResumed, ClockStopped
from ledger.case.clocks.restated import ClockRestated
from ledger.case.clocks.waiting import (
    BeginWaiting,
    EndWaiting,
    MilestoneReached,
    WaitingBegan,
    WaitingEnded,
)
from ledger.case.escalation.reaching import ReachRung
from ledger.case.intake.information import InformationReceived, ReceiveInformation
from ledger.case.outcome.reopening import ReopenCase
from ledger.errors import CaseNotFound, InvalidCommand, Refusal, UnlawfulTransition
from ledger.policy.calendars.counting import BeyondCalendar
from tests.case.cases import APPLICATION, DANGER, ENQUIRY, POTHOLE, decide, reach, resolve, wait
from tests.case.days import DAY, DUE, THURSDAY, TUESDAY
from tests.deciding import (
    CASE_ID,
    DECIDER,
    INTAKE,
    MONDAY,
    WATCH,
    by,
    effect,
    given,
    given_commands,
    number,
    office,
    some,
)


def end(place: int = 1) -> EndWaiting:
    return EndWaiting(case_id=CASE_ID, wait_id=number(place))


# Waiting


def test_a_wait_pauses_the_clocks_that_say_so() -> None:
    asked = BeginWaiting(
        case_id=CASE_ID, wait_id=number(1), reason="particulars", words="Which pothole?"
    )
    after = (
        given_commands(POTHOLE)
        .when(asked, at=TUESDAY)
        .then(
            WaitingBegan(wait_id=number(1), reason="particulars", words="Which pothole?"),
            some(ClockPaused, clock="FIX-10", generation=1, wait_id=number(1)),
        )
    )
    assert after.state.paused
    assert after.state.clocks["FIX-10"].due_at is None


def test_a_wait_that_a_clock_does_not_know_leaves_it_running() -> None:
    given_commands(POTHOLE).when(wait("court")).then(
        WaitingBegan(wait_id=number(1), reason="court", words=None)
    )


def test_a_wait_is_begun_once() -> None:
    given_commands(POTHOLE, wait()).when(wait(), at=TUESDAY).nothing()
    given_commands(POTHOLE, wait(), by(INTAKE, end(), at=TUESDAY)).when(
        wait(), at=THURSDAY
    ).nothing()


def test_a_wait_takes_a_coded_reason_and_an_open_case() -> None:
    given_commands(POTHOLE).when(wait("boredom")).refused(
        InvalidCommand, saying="'boredom' is not a reason to wait"
    )
    given_commands(POTHOLE, resolve()).when(wait()).refused(UnlawfulTransition)
    given().when(wait()).refused(CaseNotFound)


def test_a_wait_may_be_entered_afterwards_but_not_before_the_case_was_received() -> None:
    before = given_commands(POTHOLE)
    before.when(wait(), at=THURSDAY, happened_at=TUESDAY).then(
        some(WaitingBegan), some(ClockRestated, clock="FIX-10", cause="backdated")
    )
    before.when(wait(), at=THURSDAY, happened_at=MONDAY - DAY).refused(
        InvalidCommand, saying="The case was received at"
    )


def test_after_a_wait_the_days_of_it_are_added_to_what_is_due() -> None:
    """Rows 13 and 15: Tuesday, Wednesday and Thursday are disregarded."""
    before = given_commands(POTHOLE, by(INTAKE, wait(), at=TUESDAY))
    after = before.when(end(), at=THURSDAY).then(
        WaitingEnded(wait_id=number(1)),
        some(
            ClockResumed,
            clock="FIX-10",
            generation=1,
            due_at=datetime(2026, 3, 20, 3, 0, tzinfo=UTC),
            reopened=None,
        ),
    )
    assert not after.state.paused
    assert after.state.clocks["FIX-10"].state == "running"


def test_of_two_waits_the_union_counts_and_the_clock_runs_on_after_the_last() -> None:
    """Row 14: Tuesday to Thursday and Wednesday to Friday are four days, not six."""
    before = given_commands(
        POTHOLE,
        by(INTAKE, wait(), at=TUESDAY),
        by(INTAKE, wait("weather", place=2), at=TUESDAY + DAY),
    )
    assert before.state.waiting is not None
    assert before.state.waiting.wait_id == number(1)
    one_left = before.when(end(), at=THURSDAY).then(WaitingEnded(wait_id=number(1)))
    one_left.when(end(2), at=THURSDAY + DAY).then(
        WaitingEnded(wait_id=number(2)),
        some(ClockResumed, due_at=datetime(2026, 3, 21, 3, 0, tzinfo=UTC)),
    )


def test_a_wait_ends_once() -> None:
    before = given_commands(POTHOLE, by(INTAKE, wait()), by(INTAKE, end(), at=TUESDAY))
    before.when(end(), at=THURSDAY).nothing()


def test_a_wait_that_the_resolution_ended_is_over() -> None:
    given_commands(POTHOLE, wait(), by(INTAKE, resolve(), at=TUESDAY)).when(end()).nothing()


def test_a_wait_that_was_not_begun_cannot_end_nor_one_before_it_began() -> None:
    given_commands(POTHOLE).when(end()).refused(
        UnlawfulTransition, saying="name a wait that was begun", rule="ends-a-wait"
    )
    before = given_commands(POTHOLE, by(INTAKE, wait(), at=THURSDAY))
    before.when(end(), at=THURSDAY, happened_at=TUESDAY).refused(
        InvalidCommand, saying="cannot end before it began"
    )
    given().when(end()).refused(CaseNotFound)


def test_a_wait_after_the_breach_is_recorded_and_stops_nothing() -> None:
    """Row 18."""
    given_commands(POTHOLE).when(wait(), at=DUE + DAY).then(some(WaitingBegan))


def test_a_wait_on_the_last_day_leaves_that_day_after_it() -> None:
    """Row 17."""
    last_day = DUE - timedelta(hours=12)
    before = given_commands(POTHOLE, by(INTAKE, wait(), at=last_day))
    before.when(end(), at=last_day + DAY).then(
        some(WaitingEnded), some(ClockResumed, due_at=DUE + 2 * DAY)
    )


def test_a_pause_that_is_used_up_lets_the_clock_run_on_while_the_case_waits() -> None:
    before = given_commands(POTHOLE, by(INTAKE, wait(), at=TUESDAY))
    ends_at = before.state.clocks["FIX-10"].pause_ends_at
    assert ends_at is not None
    reach_rung = ReachRung(case_id=CASE_ID, clock="FIX-10", generation=1)
    before.when(reach_rung, actor=WATCH, at=ends_at - DAY).nothing()
    after = before.when(reach_rung, actor=WATCH, at=ends_at).then(
        some(ClockResumed, clock="FIX-10", generation=1)
    )
    assert after.state.paused
    after.when(reach_rung, actor=WATCH, at=ends_at).nothing()


def test_a_reset_begins_the_clock_anew_and_arms_its_rungs_again() -> None:
    """Row 19."""
    policies = office(effect("FIX-10", "identity", "reset"))
    before = given_commands(POTHOLE, by(INTAKE, wait("identity"), at=TUESDAY), policies=policies)
    after = before.when(end(), at=THURSDAY).then(
        some(WaitingEnded),
        some(
            ClockResumed,
            clock="FIX-10",
            generation=2,
            due_at=datetime(2026, 3, 20, 3, 0, tzinfo=UTC),
        ),
    )
    clock = after.state.clocks["FIX-10"]
    assert (clock.generation, clock.reached, clock.breached) == (2, frozenset(), False)
    waited = after.asked(by(INTAKE, wait(place=2), at=THURSDAY + DAY))
    waited.when(end(2), at=THURSDAY + 2 * DAY).then(
        some(WaitingEnded), some(ClockResumed, clock="FIX-10", generation=2)
    )


def test_a_second_toll_for_the_same_reason_is_refused_with_the_first_cited() -> None:
    """Row 20."""
    policies = office(effect("FIX-10", "identity", {"effect": "toll", "limit": 1}))
    before = given_commands(
        POTHOLE,
        by(INTAKE, wait("identity"), at=TUESDAY),
        by(INTAKE, end(), at=THURSDAY),
        policies=policies,
    )
    refused = before.when(wait("identity", place=2), at=THURSDAY + DAY).refused_by
    assert isinstance(refused, Refusal)
    assert refused.rule == "toll-once"
    assert refused.ground["first_from"] == TUESDAY.isoformat()


def test_what_must_be_done_before_a_date_is_due_by_it_however_long_the_case_waits() -> None:
    """As a permit before its event: the wait moves the due date, but not past the day that the answer names."""

    def before_the_event(document: dict[str, Any]) -> None:
        cap = {"field": "since_when", "offset": 0}
        document["types"]["RDW-POT"]["clocks"] = [{"clock": "FIX-10", "not_after": cap}]

    event = POTHOLE.model_copy(update={"answers": {**POTHOLE.answers, "since_when": "2026-03-17"}})
    waited = given_commands(
        event, by(INTAKE, wait(), at=TUESDAY), policies=office(before_the_event)
    )
    waited.when(end(), at=THURSDAY + DAY).then(
        some(WaitingEnded), some(ClockResumed, clock="FIX-10", due_at=DUE + DAY)
    )


def test_a_wait_that_was_over_before_a_clock_began_does_nothing_to_it() -> None:
    """An old reset reaches neither a clock armed by completeness nor one armed anew."""
    policies = office(
        effect("DEC-15", "identity", "reset"),
        effect("DEC-15", "fee", {"effect": "toll", "limit": 1}),
    )
    incomplete = APPLICATION.model_copy(update={"answers": {"name": "Ada Doucet"}})
    before = given_commands(
        incomplete,
        by(INTAKE, wait("identity"), at=TUESDAY),
        by(INTAKE, end(), at=THURSDAY),
        policies=policies,
    )
    complete_at = THURSDAY + DAY
    rest = {name: value for name, value in APPLICATION.answers.items() if name != "name"}
    after = before.asked(by(INTAKE, _receive(rest), at=complete_at))
    clock = after.state.clocks["DEC-15"]
    assert (clock.generation, clock.history.start_at) == (1, complete_at)
    assert clock.due_at == datetime(2026, 3, 28, 3, 0, tzinfo=UTC)


def _receive(answers: Any) -> ReceiveInformation:
    return ReceiveInformation(case_id=CASE_ID, channel="phone", answers=answers)


def test_a_clock_armed_while_the_case_waits_stands_still_from_the_start() -> None:
    incomplete = APPLICATION.model_copy(update={"answers": {"name": "Ada Doucet"}})
    rest = {name: value for name, value in APPLICATION.answers.items() if name != "name"}
    before = given_commands(incomplete, by(INTAKE, wait("identity"), at=TUESDAY))
    after = before.asked(by(INTAKE, _receive(rest), at=THURSDAY))
    assert after.state.clocks["DEC-15"].state == "paused"
    resumed = after.asked(by(INTAKE, end(), at=THURSDAY + DAY))
    assert resumed.state.clocks["DEC-15"].state == "running"


def test_beyond_the_horizon_of_the_calendar_a_due_date_is_refused() -> None:
    """Row 32."""
    before = given_commands(POTHOLE, by(INTAKE, wait(), at=TUESDAY))
    far = datetime(2029, 12, 30, tzinfo=UTC)
    outcome = given().when(POTHOLE.model_copy(update={"reached_body_at": far}), at=far)
    assert isinstance(outcome.refused_by, BeyondCalendar)
    assert before.state.paused


# Milestones


def test_an_act_stops_the_clocks_that_ask_for_it() -> None:
    at = MONDAY + timedelta(hours=2)
    after = (
        given_commands(DANGER)
        .when(reach("made_safe"), at=at)
        .then(
            MilestoneReached(milestone="made_safe"),
            ClockStopped(
                clock="MAKE-SAFE",
                generation=1,
                outcome="met",
                due_at=MONDAY + timedelta(hours=4),
                cause="made_safe",
            ),
        )
    )
    assert after.state.milestones == {"made_safe": at}
    assert after.state.clocks["FIX-10"].open


def test_a_clock_armed_while_nobody_could_tell_ends_once_its_condition_does_not_hold() -> None:
    """Danger was not asked about, so MAKE-SAFE ran; then the answer was that there is none."""
    unasked = {name: said for name, said in POTHOLE.answers.items() if name != "danger_now"}
    before = given_commands(POTHOLE.model_copy(update={"answers": unasked}))
    assert before.state.clocks["MAKE-SAFE"].open
    at = MONDAY + timedelta(hours=1)
    after = before.when(_receive({"danger_now": False}), at=at).then(
        some(InformationReceived),
        some(ClockStopped, clock="MAKE-SAFE", outcome="withdrawn", cause="condition_not_met"),
    )
    after.when(_receive({"danger_now": True}), at=at).then(
        some(InformationReceived), some(ClockArmed, clock="MAKE-SAFE", generation=2)
    )


def test_an_act_that_comes_too_late_leaves_its_clock_breached() -> None:
    at = MONDAY + timedelta(hours=5)
    given_commands(DANGER).when(reach("made_safe"), at=at).then(
        some(MilestoneReached), some(ClockStopped, clock="MAKE-SAFE", outcome="breached")
    )


def test_an_act_counts_when_it_was_done_not_when_it_was_entered() -> None:
    given_commands(DANGER).when(
        reach("made_safe"), at=MONDAY + timedelta(hours=3), happened_at=MONDAY + timedelta(hours=1)
    ).then(some(MilestoneReached), some(ClockStopped, outcome="met", evidence=(), approved_by=None))


def test_an_act_on_a_paused_clock_stops_it() -> None:
    given_commands(POTHOLE, wait()).when(reach("done"), at=TUESDAY).then(
        some(MilestoneReached), some(ClockStopped, clock="FIX-10", outcome="met")
    )


def test_an_act_arms_the_clocks_that_begin_with_it() -> None:
    def hearing(document: dict[str, Any]) -> None:
        document["clocks"]["ORDER-5"] = {
            **document["clocks"]["FIX-10"], "starts_on": "event", "start_event": "hearing_held",
            "stops_on": ["order_given"], "amount": 5,
        }  # fmt: skip
        document["types"]["GEN-ENQ"]["clocks"].append("ORDER-5")

    given_commands(ENQUIRY, policies=office(hearing)).when(reach("hearing_held"), at=TUESDAY).then(
        MilestoneReached(milestone="hearing_held"),
        some(ClockArmed, clock="ORDER-5", started_at=TUESDAY),
    )


def test_an_act_is_recorded_once() -> None:
    before = given_commands(DANGER, by(INTAKE, reach("made_safe"), at=TUESDAY))
    before.when(reach("made_safe"), at=THURSDAY).nothing()


def test_an_act_that_a_reopened_clock_waits_for_is_recorded_again() -> None:
    again = ReopenCase(case_id=CASE_ID, reason="new-facts", clock_policy="restart")
    before = given_commands(
        POTHOLE,
        by(INTAKE, reach("done"), at=TUESDAY),
        by(INTAKE, resolve(), at=TUESDAY),
        by(INTAKE, again, at=THURSDAY),
    )
    assert before.state.clocks["FIX-10"].open
    before.when(reach("done"), at=THURSDAY + DAY).then(
        some(MilestoneReached), some(ClockStopped, clock="FIX-10", generation=2, outcome="met")
    )


@pytest.mark.parametrize("milestone", ["resolved", "decision_given"])
def test_what_a_command_of_its_own_does_is_not_merely_reported(milestone: str) -> None:
    given_commands(APPLICATION).when(reach(milestone)).refused(InvalidCommand, saying="so ask that")


def test_an_act_that_nobody_knows_is_refused() -> None:
    given_commands(POTHOLE).when(reach("waved")).refused(
        InvalidCommand, saying="'waved' is not a milestone"
    )
    given_commands(POTHOLE, resolve()).when(reach("done")).refused(UnlawfulTransition)
    given_commands(POTHOLE).when(reach("done"), happened_at=MONDAY - DAY).refused(InvalidCommand)
    given().when(reach("done")).refused(CaseNotFound)


def test_a_decision_is_an_act_that_stops_its_clocks() -> None:
    after = given_commands(APPLICATION, by(DECIDER, decide(), at=TUESDAY))
    stopped = {code: clock.state for code, clock in after.state.clocks.items()}
    assert stopped == {"ACK-2": "met", "DEC-15": "met", "DEC-15-WAITED": "met"}
