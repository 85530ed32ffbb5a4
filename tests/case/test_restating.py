"""Restating: what is entered afterwards, a revised calendar, other zones, another law; what was told stays told."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from ledger.case.alarms import CaseAlarmed
from ledger.case.approving import ApproveDatingBack
from ledger.case.clocks import ClockArmed, ClockResumed, ClockStopped
from ledger.case.escalation import ReachRung
from ledger.case.filing import AddRecordItem
from ledger.case.restated import ClockRestated
from ledger.case.restating import CorrectStart, RestateClocks, StartCorrected
from ledger.case.waiting import BeginWaiting, EndWaiting, WaitingBegan, WaitingEnded
from ledger.errors import CaseNotFound, InvalidCommand, NotAuthorised
from ledger.policy.in_force import Policies, PolicyVersion
from tests.case.cases import APPLICATION, POTHOLE, resolve, wait
from tests.deciding import (
    CASE_ID,
    INTAKE,
    MONDAY,
    WATCH,
    Change,
    History,
    by,
    edition,
    given,
    given_commands,
    number,
    office,
    some,
)

DAY = timedelta(days=1)
TUESDAY = MONDAY + DAY
THURSDAY = MONDAY + 3 * DAY
DUE = datetime(2026, 3, 17, 3, 0, tzinfo=UTC)
"""The end of the tenth working day after that Monday."""
ITEM = AddRecordItem(
    case_id=CASE_ID, item_id=number(8), digest="ab" * 32, media_type="message/rfc822",
    size_bytes=9, custodian="Intake", place_kept="Archive",
)  # fmt: skip
REACH = ReachRung(case_id=CASE_ID, clock="FIX-10", generation=1)


def limit(days: int) -> Change:
    def change(document: dict[str, Any]) -> None:
        document["office"]["backdating_days"] = days

    return change


def late_wait(**said: Any) -> BeginWaiting:
    return wait().model_copy(update=said)


def end(**said: Any) -> EndWaiting:
    return EndWaiting(case_id=CASE_ID, wait_id=number(1), **said)


ON_EVIDENCE: dict[str, Any] = {"evidence": (number(8),)}
SECOND = replace(INTAKE, id="L-02")


def breached() -> History[Any]:
    """A pothole whose clock ran out and was told so."""
    return given_commands(POTHOLE, ITEM, by(WATCH, REACH, at=DUE + DAY))


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
        saying="3 days back, and the policy lets 2", rule="backdating-limit"
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
    before.when(asked(moment="complete", started_at=MONDAY - DAY)).refused(InvalidCommand)
    before.when(asked(started_at=MONDAY - 9 * DAY)).refused(rule="backdating-limit")
    before.when(asked(evidence=(number(9),))).refused(InvalidCommand)
    given().when(asked()).refused(CaseNotFound)


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


# Rows 31 and 33: calendars, zones and laws


def revised(*changes: Change) -> Policies:
    """The office's policy, and an edition of it with these changes in force from Tuesday."""
    return Policies((edition(), replace(edition(*changes, of=2), effective_from=TUESDAY)))


def holiday(on: str) -> Change:
    def change(document: dict[str, Any]) -> None:
        document["calendars"]["NS-SAMPLE"]["holidays"].append({"on": on, "en": "A new holiday"})

    return change


RESTATE = RestateClocks(case_id=CASE_ID)


def under(policies: Policies, *asked: Any) -> History[Any]:
    return replace(given_commands(*asked), policies=policies)


def test_a_holiday_proclaimed_later_restates_the_open_clocks() -> None:
    before = under(revised(holiday("2026-03-10")), POTHOLE)
    after = before.when(RESTATE, actor=WATCH, at=TUESDAY).then(
        some(
            ClockRestated, clock="FIX-10", cause="calendar", was_due_at=DUE, due_at=DUE + DAY,
            promised_at=None, policy=edition().digest,
            calendars=edition(holiday("2026-03-10"), of=2).digest,
        )
    )  # fmt: skip
    after.when(RESTATE, actor=WATCH, at=TUESDAY).nothing()


def test_what_the_clock_does_next_is_counted_by_the_revised_calendar() -> None:
    policies = revised(holiday("2026-03-10"))
    before = under(policies, POTHOLE).asked(by(WATCH, RESTATE, at=TUESDAY))
    paused = before.asked(by(INTAKE, wait(), at=TUESDAY))
    paused.when(end(), at=THURSDAY).then(
        some(WaitingEnded), some(ClockResumed, due_at=datetime(2026, 3, 21, 3, 0, tzinfo=UTC))
    )


def test_a_due_date_that_moves_earlier_alerts_at_once_and_keeps_the_promise_in_sight() -> None:
    def struck(document: dict[str, Any]) -> None:
        holidays = document["calendars"]["NS-SAMPLE"]["holidays"]
        document["calendars"]["NS-SAMPLE"]["holidays"] = [
            each for each in holidays if each["on"] not in ("2026-04-03", "2026-04-06")
        ]

    late = POTHOLE.model_copy(update={"reached_body_at": datetime(2026, 3, 30, 14, tzinfo=UTC)})
    at = datetime(2026, 3, 31, 14, tzinfo=UTC)
    opened = given_commands(by(INTAKE, late, at=at))
    before = replace(opened, policies=revised(struck))
    due = datetime(2026, 4, 16, 3, 0, tzinfo=UTC)
    before.when(RESTATE, actor=WATCH, at=at).then(
        some(ClockRestated, was_due_at=due, due_at=due - 2 * DAY, promised_at=due),
        some(CaseAlarmed, alarm="due_moved_earlier", since=at),
    )


def test_a_stopped_clock_keeps_its_certificate() -> None:
    before = under(revised(holiday("2026-03-10")), POTHOLE, by(INTAKE, resolve()))
    before.when(RESTATE, actor=WATCH, at=TUESDAY).nothing()
    given().when(RESTATE).refused(CaseNotFound)


def test_a_policy_with_the_same_calendars_restates_nothing() -> None:
    def renamed(document: dict[str, Any]) -> None:
        document["types"]["RDW-POT"]["effort_points"] = 9

    under(revised(renamed), POTHOLE).when(RESTATE, actor=WATCH, at=TUESDAY).nothing()


def test_another_edition_of_the_time_zone_data_restates_every_open_clock() -> None:
    before = given_commands(POTHOLE)
    clock = replace(before.state.clocks["FIX-10"], tz_version="1999a")
    case = replace(before.state, clocks={"FIX-10": clock})
    replace(before, state=case).when(RESTATE, actor=WATCH, at=TUESDAY).then(
        some(ClockRestated, cause="time_zones", was_due_at=DUE, due_at=DUE)
    )


def new_law(**said: Any) -> Change:
    """An Act in force from that Tuesday, of fifteen days instead of ten."""

    def change(document: dict[str, Any]) -> None:
        document["clocks"]["FIX-10"]["effective_until"] = "2026-03-02"
        document["clocks"]["FIX-15"] = {
            **document["clocks"]["FIX-10"], "amount": 15, "version": "2",
            "effective_from": "2026-03-03", **said,
        }  # fmt: skip
        del document["clocks"]["FIX-15"]["effective_until"]
        document["types"]["RDW-POT"]["clocks"].append("FIX-15")

    return change


def test_an_open_clock_keeps_its_law_unless_the_transition_says_otherwise() -> None:
    """Row 33."""
    at = TUESDAY + DAY
    under(revised(new_law()), POTHOLE).when(RESTATE, actor=WATCH, at=at).nothing()


def test_a_law_that_takes_over_what_is_open_ends_the_old_clock_and_goes_on_with_the_new() -> None:
    at = TUESDAY + DAY
    policies: Policies = revised(new_law(transition="open_clocks"))
    before = under(policies, POTHOLE)
    after = before.when(RESTATE, actor=WATCH, at=at).then(
        some(ClockStopped, clock="FIX-10", outcome="superseded", cause="law"),
        some(ClockArmed, clock="FIX-15", started_at=MONDAY),
        some(
            ClockRestated, clock="FIX-15", cause="law", succeeds="FIX-10", was_due_at=DUE,
            due_at=datetime(2026, 3, 24, 3, 0, tzinfo=UTC),
        ),
    )  # fmt: skip
    after.when(RESTATE, actor=WATCH, at=at).nothing()


def test_the_history_goes_on_under_the_law_that_takes_over() -> None:
    """Tuesday was waited: the new law counts it out as the old one did."""
    waited = under(
        revised(new_law(transition="open_clocks")),
        POTHOLE,
        by(INTAKE, wait(), at=TUESDAY),
        by(INTAKE, end(), at=TUESDAY),
    )
    after = waited.asked(by(WATCH, RESTATE, at=TUESDAY + DAY))
    clock = after.state.clocks["FIX-15"]
    assert clock.due_at == datetime(2026, 3, 25, 3, 0, tzinfo=UTC)
    version: PolicyVersion = after.policies.in_force(TUESDAY + DAY)
    assert (clock.policy, date(2026, 3, 3)) == (version.digest, version.effective_from.date())


@pytest.mark.parametrize("actor", [INTAKE, WATCH])
def test_a_person_may_ask_for_it_as_the_watch_does(actor: Any) -> None:
    before = under(revised(holiday("2026-03-10")), POTHOLE)
    before.when(RESTATE, actor=actor, at=TUESDAY).then(some(ClockRestated))
