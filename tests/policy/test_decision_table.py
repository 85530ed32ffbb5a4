"""The decision table of the clock engine, row by row: row n is `test_row_nn`, in the words of the table.

From row 23 on it is about the ends of clocks and stands in a module of its own.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from typing import Any

import pytest

from ledger.case.clocks.facts import ClockPaused
from ledger.case.clocks.waiting import WaitingBegan
from ledger.errors import Refusal
from ledger.policy.calendars.zones import TZ_VERSION
from ledger.policy.clocks.arming import starts_at
from ledger.policy.clocks.history import ClockHistory, Waiting
from ledger.policy.clocks.reckoning import reckon
from ledger.policy.clocks.requests import extended, may_reset, may_wait
from ledger.policy.document.clocks import ClockDefinition
from ledger.policy.document.conditions import RoutingFacts
from tests.case.cases import POTHOLE, wait
from tests.deciding import (
    given_commands,
    office,
    some,
)
from tests.policy import test_decision_table_of_ends as of_ends
from tests.policy.law import CALENDARS, atia, local, of_pack, uk_foia, us_foia
from tests.policy.table import DAY, DUE, HALIFAX, LONDON, TORONTO, days, due, hours, stands


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
    assert due(us_foia(), "2027-09-07", ("particulars", "2027-09-13", "2027-09-15")) == "2027-10-07"
    with pytest.raises(Refusal, match="once, and has been, first from 12:00 on 13 September 2027"):
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


def test_every_row_of_the_table_has_its_test() -> None:
    names = [*dir(sys.modules[__name__]), *dir(of_ends)]
    rows = {int(name[9:11]) for name in names if name.startswith("test_row_")}
    assert rows == set(range(1, 41))
