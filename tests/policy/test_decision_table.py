"""The decision table of the clock engine, row by row: row n is `test_row_nn`, in the words of the table."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from ledger.case.clocks import ClockArmed, ClockPaused, ClockStopped
from ledger.case.contact import AddRecordItem
from ledger.case.escalation import ReachRung
from ledger.case.intake import ClassifyCase
from ledger.case.links import LinkCase
from ledger.case.outcome import ReopenCase
from ledger.case.restated import ClockRestated
from ledger.case.restating import RestateClocks
from ledger.case.waiting import EndWaiting, MilestoneReached, ReachMilestone, WaitingBegan
from ledger.errors import Refusal
from ledger.policy import (
    BeyondCalendar,
    ClockDefinition,
    ClockHistory,
    Reckoning,
    Reopening,
    RoutingFacts,
    Waiting,
    applies,
    extended,
    may_reset,
    may_wait,
    recheck,
    reckon,
    starts_at,
)
from ledger.policy.in_force import Policies
from ledger.policy.zones import TZ_VERSION
from tests.case.cases import APPLICATION, ENQUIRY, POTHOLE, decide, resolve, wait
from tests.deciding import (
    CASE_ID,
    DECIDER,
    INTAKE,
    MONDAY,
    WATCH,
    Change,
    by,
    edition,
    given_commands,
    number,
    office,
    some,
)
from tests.policy.law import CALENDARS, atia, clock, day, local, of_pack, uk_foia, us_foia

HALIFAX, LONDON, TORONTO = "America/Halifax", "Europe/London", "America/Toronto"
DAY = timedelta(days=1)
TUESDAY = MONDAY + DAY
DUE = datetime(2026, 3, 17, 3, 0, tzinfo=UTC)
"""The end of the tenth working day after that Monday."""


def days(amount: int, unit: str = "working_days", **said: Any) -> ClockDefinition:
    """A promise of so many days in Halifax; waiting for particulars pauses it."""
    counted = {"counting_calendar": "NS-SAMPLE"} if unit == "working_days" else {}
    plain = {"effects": {"particulars": "pause", "clarification": "reset"}, **counted}
    return clock("D", unit=unit, amount=amount, zone=HALIFAX, **{**plain, **said})


def hours(amount: int, unit: str = "business_hours") -> ClockDefinition:
    """A promise of so many hours in Halifax; waiting for particulars pauses it."""
    return clock(
        "H", unit=unit, amount=amount, zone=HALIFAX, office_calendar="OFFICE",
        effects={"particulars": "pause"},
    )  # fmt: skip


def stands(
    definition: ClockDefinition,
    received: str,
    *waits: tuple[str, str, str | None],
    at: str | None = None,
    **more: Any,
) -> Reckoning:
    """How a clock stands, its certificate rechecked day by day."""
    zone = definition.zone
    history = ClockHistory(
        local(zone, received),
        tuple(
            Waiting(reason, local(zone, begin), None if end is None else local(zone, end))
            for reason, begin, end in waits
        ),
        **more,
    )
    answer = reckon(definition, CALENDARS, history, at=None if at is None else local(zone, at))
    assert recheck(answer.certificate, *CALENDARS.counting.values(), *CALENDARS.hours.values())
    return answer


def due(definition: ClockDefinition, received: str, *waits: Any, **more: Any) -> str:
    """The date on which a clock is due."""
    return str(stands(definition, received, *waits, **more).due_on)


def test_row_01_units_are_never_converted_and_each_clock_shows_its_own() -> None:
    asked = "2027-03-25T15:00"
    assert stands(hours(24, "elapsed_hours"), asked).due_at == local(HALIFAX, "2027-03-26T15:00")
    assert stands(days(1), asked).due_at == local(HALIFAX, "2027-03-31T00:00")
    assert stands(hours(24), asked).due_at == local(HALIFAX, "2027-04-01T15:00")


def test_row_02_the_zone_of_the_body_says_the_date_and_the_edition_of_its_data_is_cited() -> None:
    just_before = datetime(2027, 4, 1, 2, 30, tzinfo=UTC)
    answer = reckon(days(1), CALENDARS, ClockHistory(just_before))
    assert answer.certificate["start_on"] == "2027-03-31"
    assert answer.certificate["tz_version"] == TZ_VERSION


def test_row_03_the_start_is_the_local_date_or_in_the_us_a_capped_one() -> None:
    zone = "America/New_York"
    moments = {
        "reached_body": local(zone, "2027-06-01"),
        "reached_office": local(zone, "2027-06-28"),
    }
    start_at = starts_at(us_foia(), CALENDARS, facts=RoutingFacts(), moments=moments)
    assert start_at == local(zone, "2027-06-15T00:00")


def test_row_04_what_arrives_after_hours_arrives_that_day_unless_there_is_a_cut_off() -> None:
    assert due(days(1), "2027-04-05T23:59") == "2027-04-06"
    assert due(days(1, cut_off="17:00:00"), "2027-04-05T17:00") == "2027-04-07"
    at_opening = local(HALIFAX, "2027-04-06T16:30")
    assert stands(hours(8), "2027-04-05T18:00").due_at == at_opening


def test_row_05_receipt_may_be_on_a_closed_day_unless_the_office_says_otherwise() -> None:
    assert due(uk_foia(), "2014-12-01") == "2014-12-31"
    assert due(uk_foia(closed_day_receipt="next_open_day"), "2014-12-01") == "2015-01-05"


def test_row_06_the_first_day_is_excluded_unless_the_law_includes_it() -> None:
    assert due(atia(), "2027-01-04") == "2027-02-03"
    assert due(days(10, first_day="included"), "2027-04-05") == "2027-04-16"


def test_row_07_day_n_is_the_nth_counting_day_that_is_not_disregarded() -> None:
    assert due(days(3), "2027-03-24") == "2027-03-31"
    assert due(days(3), "2027-03-24", ("particulars", "2027-03-25", "2027-03-25")) == "2027-04-01"


def test_row_08_a_day_clock_is_due_at_the_midnight_that_ends_its_day() -> None:
    assert stands(days(1), "2027-04-05").due_at == local(HALIFAX, "2027-04-07T00:00")
    closing = days(1, due_at="close_of_business", office_calendar="OFFICE")
    assert stands(closing, "2027-04-05").due_at == local(HALIFAX, "2027-04-06T16:30")


def test_row_09_on_time_is_before_the_end_of_the_day_or_at_the_very_instant_of_hours() -> None:
    def stopped(at: str, definition: ClockDefinition) -> str:
        return stands(definition, "2027-04-05T10:00", stopped_at=local(HALIFAX, at)).state

    assert stopped("2027-04-06T23:59:59", days(1)) == "met"
    assert stopped("2027-04-07T00:00", days(1)) == "breached"
    assert stopped("2027-04-05T14:00", hours(4, "elapsed_hours")) == "met"
    assert stopped("2027-04-05T14:00:01", hours(4, "elapsed_hours")) == "breached"


def test_row_10_a_due_date_on_a_closed_day_rolls_forward_once() -> None:
    assert due(atia(), "2027-02-25") == "2027-03-30"


def test_row_11_months_end_on_the_same_day_number_or_on_the_last_then_roll() -> None:
    assert due(of_pack("uk", "UK-SAR"), "2028-01-31") == "2028-02-29"
    assert due(of_pack("uk", "UK-SAR"), "2027-01-31") == "2027-03-01"


def test_row_12_n_months_beginning_with_a_day_end_the_day_before() -> None:
    assert due(of_pack("uk", "UK-FOIA-FEE"), "2027-02-08") == "2027-05-07"


def test_row_13_a_pause_freezes_what_has_elapsed_and_both_its_days_are_disregarded() -> None:
    assert due(uk_foia(), "2027-02-01", ("fee", "2027-02-08", "2027-02-24")) == "2027-03-19"
    open_still = stands(uk_foia(), "2027-02-01", ("fee", "2027-02-08", None), at="2027-02-20")
    assert (open_still.state, open_still.due_at, open_still.remaining) == ("paused", None, 16)
    assert open_still.due_if_resumed_at == local(LONDON, "2027-03-16T00:00")


def test_row_14_of_several_pauses_the_union_counts_never_the_sum() -> None:
    two = uk_foia(effects={"fee": "pause", "particulars": "pause"})
    waits = ("fee", "2027-02-08", "2027-02-24"), ("particulars", "2027-02-15", "2027-02-26")
    assert due(two, "2027-02-01", *waits) == "2027-03-23"


def test_row_15_a_pause_of_calendar_days_adds_its_dates_and_then_rolls() -> None:
    act = of_pack("ns", "FOI-NS-1993")
    assert due(act, "2027-02-01") == "2027-03-03"
    assert due(act, "2027-02-01", ("fee", "2027-02-08", "2027-02-10")) == "2027-03-08"


def test_row_16_a_pause_of_business_hours_takes_only_the_hours_the_office_was_open() -> None:
    weekend = ("particulars", "2027-03-12T16:00", "2027-03-15T10:00")
    answer = stands(hours(8), "2027-03-12T09:00", weekend)
    assert answer.due_at == datetime(2027, 3, 15, 14, tzinfo=UTC)


def test_row_17_a_pause_on_the_last_day_leaves_one_day_after_it() -> None:
    last = ("particulars", "2027-04-19", "2027-04-21")
    assert due(days(10), "2027-04-05") == "2027-04-19"
    assert due(days(10), "2027-04-05", last) == "2027-04-22"


def test_row_18_a_pause_after_the_breach_stops_nothing_and_overdue_is_shown_with_and_without() -> (
    None
):
    answer = stands(uk_foia(), "2027-02-01", ("fee", "2027-03-02", "2027-03-10"))
    assert (answer.state, str(answer.due_on)) == ("breached", "2027-03-01")
    assert (answer.overdue, answer.overdue_not_waiting) == (7, 0)


def test_row_19_a_reset_gives_the_whole_time_anew_and_is_refused_after_the_breach() -> None:
    asked = ("clarification", "2027-04-08", "2027-04-14")
    answer = stands(days(10), "2027-04-05", asked)
    assert (answer.generation, str(answer.due_on)) == (2, "2027-04-28")
    assert [(each.number, each.elapsed) for each in answer.earlier] == [(1, 2)]
    with pytest.raises(Refusal, match="stays breached"):
        may_reset(days(10), stands(days(10), "2027-04-05", at="2027-05-05"), "clarification")
    with pytest.raises(Refusal, match="not reset by"):
        may_reset(atia(), stands(atia(), "2027-04-05"), "particulars")


def test_row_19_on_a_case_a_wait_that_could_only_reset_a_breached_clock_is_refused() -> None:
    def resets(document: dict[str, Any]) -> None:
        document["clocks"]["FIX-10"]["effects"]["identity"] = "reset"

    before = given_commands(POTHOLE, policies=office(resets))
    before.when(wait("identity"), at=DUE + DAY).refused(rule="reset-after-breach")
    before.when(wait("identity"), at=DUE - DAY).then(
        some(WaitingBegan), some(ClockPaused, clock="FIX-10")
    )


def test_row_20_a_toll_is_used_once_and_the_second_is_refused_with_the_first_cited() -> None:
    zone = "America/New_York"
    first = Waiting("particulars", local(zone, "2027-09-13"), local(zone, "2027-09-15"))
    assert due(us_foia(), "2027-09-07", ("particulars", "2027-09-13", "2027-09-15")) == "2027-10-06"
    with pytest.raises(Refusal, match="once, and has been, first from 2027-09-13"):
        may_wait(us_foia(), ClockHistory(local(zone, "2027-09-07"), (first,)), "particulars")


def test_row_21_an_extension_is_counted_from_the_start_rolled_once_and_given_inside_the_time() -> (
    None
):
    history = ClockHistory(local(TORONTO, "2027-01-04"))
    given = local(TORONTO, "2027-02-01")
    longer, duties = extended(
        atia(), CALENDARS, history, amount=60, authority="head", given_at=given
    )
    assert due(atia(), "2027-01-04", extensions=(longer,)) == "2027-04-05"
    assert [(each.party, str(each.by_on)) for each in duties] == [("commissioner", "2027-02-01")]
    with pytest.raises(Refusal, match="inside the time"):
        extended(
            atia(), CALENDARS, history, amount=30, authority="head",
            given_at=local(TORONTO, "2027-02-04"),
        )  # fmt: skip


def test_row_22_a_suspension_for_the_regulator_is_a_pause_with_both_its_days() -> None:
    assert due(atia(), "2027-01-04", ("regulator", "2027-01-11", "2027-01-20")) == "2027-02-15"


def test_row_23_a_lapse_is_neither_met_nor_breached() -> None:
    late = local(HALIFAX, "2027-08-01")
    assert stands(days(10), "2027-04-05", stopped_at=late, outcome="lapsed").state == "lapsed"


def test_row_24_a_case_transferred_to_another_body_ends_our_clock_as_transferred() -> None:
    after = given_commands(POTHOLE).asked(by(INTAKE, resolve("referred-out"), at=TUESDAY))
    assert after.state.clocks["FIX-10"].state == "transferred"


def test_row_24_there_it_counts_as_received_when_the_first_body_received_it() -> None:
    assert due(atia(), "2027-03-01") == "2027-03-31"
    assert due(of_pack("canada", "ATIA-8"), "2027-03-01") == "2027-03-16"


def test_row_25_a_clock_stops_at_the_act_it_asks_for_not_when_the_case_is_closed() -> None:
    before = given_commands(APPLICATION, by(DECIDER, decide(), at=TUESDAY))
    assert before.state.clocks["DEC-15"].history.stopped_at == TUESDAY
    after = before.asked(by(DECIDER, resolve("granted"), at=TUESDAY + 40 * DAY))
    assert after.state.clocks["DEC-15"].state == "met"


def test_row_26_elapsed_are_the_counting_days_complete_before_today() -> None:
    assert stands(days(10), "2027-04-05", at="2027-04-08").elapsed == 2
    assert stands(days(10), "2027-04-05", at="2027-04-12").elapsed == 4


def test_row_27_remaining_are_the_whole_days_after_today() -> None:
    assert stands(days(10), "2027-04-05", at="2027-04-08").remaining == 7
    assert stands(days(10), "2027-04-05", at="2027-04-19").remaining == 0


def test_row_28_a_percent_rung_is_the_first_day_that_uses_the_share_at_opening() -> None:
    share = [{"code": "share", "percent": 75, "party": "owner"}]
    thirty = days(30, "calendar_days", rungs=share, office_calendar="OFFICE", effects={})
    assert stands(thirty, "2027-05-31").rungs[0].at == local(HALIFAX, "2027-06-23T08:30")


def test_row_29_a_rung_that_falls_into_a_pause_waits_for_its_end() -> None:
    rung = [{"code": "two-left", "offset": -2, "calendar": "NS-SAMPLE", "party": "owner"}]
    warned = days(10, rungs=rung, office_calendar="OFFICE")
    paused = ("particulars", "2027-04-16T07:00", "2027-04-16T15:00")
    assert stands(warned, "2027-04-05T10:00", paused).rungs[0].at == local(
        HALIFAX, "2027-04-16T15:00"
    )


def test_row_30_what_is_entered_afterwards_is_restated_and_what_was_told_stays() -> None:
    item = AddRecordItem(
        case_id=CASE_ID, item_id=number(8), digest="ab" * 32, media_type="text/plain",
        size_bytes=1, custodian="Intake", place_kept="Archive",
    )  # fmt: skip
    reach = ReachRung(case_id=CASE_ID, clock="FIX-10", generation=1)
    before = given_commands(POTHOLE, item, by(WATCH, reach, at=DUE + DAY))
    alone = wait().model_copy(update={"evidence": (number(8),)})
    before.when(alone, at=DUE + DAY, happened_at=TUESDAY).refused(rule="breach-crossed-by-two")
    both = alone.model_copy(update={"approved_by": "L-02"})
    told = [each.fact.topic for each in before.happened]
    after = before.when(both, at=DUE + DAY, happened_at=TUESDAY).then(
        some(WaitingBegan),
        some(ClockRestated, was_due_at=DUE, due_at=None, overtakes_breach=True),
    )
    assert [each.fact.topic for each in after.happened][: len(told)] == told


def test_row_31_a_revised_calendar_restates_every_open_due_date() -> None:
    def proclaimed(document: dict[str, Any]) -> None:
        document["calendars"]["NS-SAMPLE"]["holidays"].append({"on": "2026-03-10", "en": "New"})

    later = replace(edition(proclaimed, of=2), effective_from=TUESDAY)
    before = replace(given_commands(POTHOLE), policies=Policies((edition(), later)))
    before.when(RestateClocks(case_id=CASE_ID), actor=WATCH, at=TUESDAY).then(
        some(ClockRestated, cause="calendar", was_due_at=DUE, due_at=DUE + DAY)
    )


def test_row_32_beyond_the_horizon_of_its_calendar_nothing_is_reckoned() -> None:
    with pytest.raises(BeyondCalendar, match=r"ends 2026-12-31; publish 2027\."):
        stands(uk_foia(counting_calendar="UK-FOIA-2026"), "2026-12-11")


def test_row_33_the_start_date_says_which_law_applies() -> None:
    acts = [of_pack("ns", "FOI-NS-1993"), of_pack("ns", "FOI-NS-2025")]

    def law(on: str) -> list[str]:
        return [each.version for each in acts if applies(each, start_on=day(on))]

    assert (law("2027-03-31"), law("2027-04-01")) == (["1993"], ["2025"])


REOPENED = {"34": "continue", "35": "resume", "36": "restart"}


def reopened(row: str) -> str:
    """When ten days are due that stopped on the 8th and were opened again on the 15th."""
    mode: Any = REOPENED[row]
    again = Reopening(local(HALIFAX, "2027-04-08"), local(HALIFAX, "2027-04-15"), mode)
    return due(days(10), "2027-04-05", reopenings=(again,))


def reopen_fixed(row: str) -> Any:
    """A pothole reported as done and resolved, opened again two days later."""
    mode: Any = REOPENED[row]
    done = ReachMilestone(case_id=CASE_ID, milestone="done")
    before = given_commands(
        POTHOLE, by(INTAKE, done, at=TUESDAY), by(INTAKE, resolve(), at=TUESDAY)
    )
    asked = ReopenCase(case_id=CASE_ID, reason="returned", clock_policy=mode)
    return before.asked(by(INTAKE, asked, at=TUESDAY + 2 * DAY)).state.clocks["FIX-10"]


def test_row_34_reopened_by_our_fault_the_clock_never_stopped() -> None:
    assert reopened("34") == "2027-04-19"
    assert reopen_fixed("34").due_at == DUE


def test_row_35_reopened_on_new_facts_the_closed_time_does_not_count() -> None:
    assert reopened("35") == "2027-04-27"
    assert reopen_fixed("35").due_at == DUE + 3 * DAY


def test_row_36_reopened_after_the_window_the_clock_begins_anew() -> None:
    assert reopened("36") == "2027-04-29"
    assert (reopen_fixed("36").generation, reopen_fixed("36").due_at) == (2, DUE + 3 * DAY)


def test_row_37_a_review_is_a_case_of_its_own_and_the_first_clock_s_outcome_stands() -> None:
    decided = given_commands(
        APPLICATION, by(DECIDER, decide("refused"), at=TUESDAY),
        by(DECIDER, resolve("refused"), at=TUESDAY),
    )  # fmt: skip
    linked = LinkCase(case_id=CASE_ID, other_case=number(9), relation="related")
    there = replace(decided, others={f"case/{number(9)}": decided.state})
    after = there.asked(by(INTAKE, linked, at=TUESDAY + 30 * DAY))
    assert after.state.clocks["DEC-15"].state == "met"
    assert due(of_pack("uk", "UK-FOI-REVIEW"), "2027-02-01") == "2027-03-01"


def test_row_38_each_clock_names_its_own_pack_and_the_earliest_is_shown() -> None:
    received = local(LONDON, "2027-02-01")
    both = [reckon(each, CALENDARS, ClockHistory(received)) for each in (uk_foia(), atia())]
    assert [each.certificate["pack"] for each in both] == ["UK-FOIA", "ATIA"]
    case = given_commands(ENQUIRY).state
    dues = {each.due_at: code for code, each in case.clocks.items() if each.due_at}
    assert dues[min(dues)] == "CALL-8"


def test_row_39_a_change_of_type_supersedes_and_waits_apply_by_the_new_table() -> None:
    """CALL-8 knows no such wait; ANSWER-30 stands still for it: Tuesday to Thursday are three days more."""
    ended = EndWaiting(case_id=CASE_ID, wait_id=number(1))
    before = given_commands(
        POTHOLE, by(INTAKE, wait(), at=TUESDAY), by(INTAKE, ended, at=TUESDAY + 2 * DAY)
    )
    asked = ClassifyCase(case_id=CASE_ID, request_type="GEN-ENQ")
    after = before.asked(by(INTAKE, asked, at=TUESDAY + 3 * DAY))
    clocks = after.state.clocks
    assert clocks["FIX-10"].state == "superseded"
    assert clocks["CALL-8"].history.start_at == MONDAY
    assert clocks["CALL-8"].due_at == MONDAY + DAY
    assert clocks["ANSWER-30"].due_at == datetime(2026, 4, 8, 3, 0, tzinfo=UTC)
    untouched = given_commands(ENQUIRY).state.clocks["ANSWER-30"]
    assert untouched.due_at == datetime(2026, 4, 2, 3, 0, tzinfo=UTC)


def publishing() -> Change:
    """Enquiries are published, not before the fourteenth day after they were answered."""
    terms = of_pack("ns", "FOI-NS-PUBLISH").model_dump(mode="json", exclude_defaults=True)

    def change(document: dict[str, Any]) -> None:
        del terms["code"]
        document["clocks"]["PUBLISH-14"] = {**terms, "office_calendar": "OFFICE"}
        document["types"]["GEN-ENQ"]["clocks"].append("PUBLISH-14")

    return change


def test_row_40_publication_has_a_clock_of_its_own_that_outlives_the_resolution() -> None:
    def reach(act: str) -> ReachMilestone:
        return ReachMilestone(case_id=CASE_ID, milestone=act)

    sent = given_commands(ENQUIRY, policies=office(publishing())).when(reach("sent_to_applicant"))
    from_day = datetime(2026, 3, 16, 3, 0, tzinfo=UTC)
    running = sent.then(
        some(MilestoneReached), some(ClockArmed, clock="PUBLISH-14", due_at=from_day, rungs=())
    )
    closed = running.asked(by(INTAKE, resolve(), at=TUESDAY))
    assert closed.state.clocks["PUBLISH-14"].open
    early = closed.when(reach("published"), at=TUESDAY)
    early.then(some(MilestoneReached), some(ClockStopped, clock="PUBLISH-14", outcome="breached"))
    closed.when(reach("published"), at=from_day).then(
        some(MilestoneReached), some(ClockStopped, clock="PUBLISH-14", outcome="met")
    )
    time_passes = ReachRung(case_id=CASE_ID, clock="PUBLISH-14", generation=1)
    closed.when(time_passes, actor=WATCH, at=from_day + 30 * DAY).nothing()


def test_every_row_of_the_table_has_its_test() -> None:
    names = [name for name in dir(sys.modules[__name__]) if name.startswith("test_row_")]
    rows = {int(name.removeprefix("test_row_")[:2]) for name in names}
    assert rows == set(range(1, 41))
