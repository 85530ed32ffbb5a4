"""Revised: calendars, zones and laws that change while a clock is open (rows 31 and 33); what was told stays told."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from ledger.case.alarms import CaseAlarmed
from ledger.case.clocks.extending import ExtendClock
from ledger.case.clocks.facts import ClockArmed, ClockResumed, ClockStopped
from ledger.case.clocks.restated import ClockRestated
from ledger.case.clocks.restating import RestateClocks
from ledger.case.clocks.waiting import (
    EndWaiting,
    WaitingEnded,
)
from ledger.case.outcome.reopening import CaseReopened, ReopenCase
from ledger.errors import CaseNotFound
from ledger.policy.in_force import Policies, PolicyVersion
from tests.case.cases import ENQUIRY, POTHOLE, resolve, wait
from tests.case.days import DAY, DUE, TUESDAY
from tests.case.editions import new_law
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
    some,
)

LEADER = replace(INTAKE, id="L-02", role="leader", team="RDW")


def revised(*changes: Change) -> Policies:
    """The office's policy, and an edition of it with these changes in force from Tuesday."""
    return Policies((edition(), replace(edition(*changes, of=2), effective_from=TUESDAY)))


def holiday(on: str) -> Change:
    def change(document: dict[str, Any]) -> None:
        document["calendars"]["NS-SAMPLE"]["holidays"].append({"on": on, "en": "A new holiday"})

    return change


RESTATE = RestateClocks(case_id=CASE_ID)
END = EndWaiting(case_id=CASE_ID, wait_id=number(1))


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


def test_so_does_a_day_on_which_the_office_is_closed_and_one_that_a_date_can_no_more_fall_on() -> (
    None
):
    """Hours of business by the office's calendar; a date that rolls by the calendar over which it rolls."""

    def closed(document: dict[str, Any]) -> None:
        storm = {"on": "2026-03-03", "hours": [], "en": "A storm"}
        document["calendars"]["OFFICE"]["exceptions"].append(storm)

    for change, clocks in ((closed, ["CALL-8"]), (holiday("2026-04-01"), ["CALL-8", "ANSWER-30"])):
        under(revised(change), ENQUIRY).when(RESTATE, actor=WATCH, at=TUESDAY).then(
            *(some(ClockRestated, clock=clock, cause="calendar") for clock in clocks)
        )


def test_what_the_clock_does_next_is_counted_by_the_revised_calendar() -> None:
    policies = revised(holiday("2026-03-10"))
    before = under(policies, POTHOLE).asked(by(WATCH, RESTATE, at=TUESDAY))
    paused = before.asked(by(INTAKE, wait(), at=TUESDAY))
    paused.when(END, at=MONDAY + 3 * DAY).then(
        some(WaitingEnded), some(ClockResumed, due_at=datetime(2026, 3, 21, 3, 0, tzinfo=UTC))
    )


def test_what_is_opened_again_is_counted_by_the_revised_calendar_too() -> None:
    before = under(revised(holiday("2026-03-10")), POTHOLE).asked(by(WATCH, RESTATE, at=TUESDAY))
    closed = before.asked(by(INTAKE, resolve(), at=TUESDAY))
    reopen = ReopenCase(case_id=CASE_ID, reason="our-error", clock_policy="continue")
    closed.when(reopen, at=TUESDAY + DAY).then(
        some(CaseReopened), some(ClockResumed, clock="FIX-10", due_at=DUE + DAY)
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


def test_what_the_earlier_law_let_be_added_is_not_added_under_the_law_that_takes_over() -> None:
    def longer(document: dict[str, Any]) -> None:
        terms = {"authority": "leader", "unit": "working_days", "notice": "none"}
        document["clocks"]["FIX-10"]["extensions"] = [terms]

    extend = ExtendClock(
        case_id=CASE_ID, extension_id=number(5), clock="FIX-10", amount=5, authority="leader",
        reason="volume",
    )  # fmt: skip
    first, then = edition(longer), edition(longer, new_law(transition="open_clocks"), of=2)
    opened = given_commands(POTHOLE, by(LEADER, extend), policies=Policies((first,)))
    assert opened.state.clocks["FIX-10"].due_at == DUE + 7 * DAY
    both = Policies((first, replace(then, effective_from=TUESDAY)))
    after = replace(opened, policies=both).asked(by(WATCH, RESTATE, at=TUESDAY + DAY))
    assert after.state.clocks["FIX-15"].due_at == DUE + 7 * DAY


def test_the_history_goes_on_under_the_law_that_takes_over() -> None:
    """Tuesday was waited: the new law counts it out as the old one did."""
    waited = under(
        revised(new_law(transition="open_clocks")),
        POTHOLE,
        by(INTAKE, wait(), at=TUESDAY),
        by(INTAKE, END, at=TUESDAY),
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
