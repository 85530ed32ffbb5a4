"""Every worked example of the practice's formulas 5.1 to 5.6, as a caseworker would say it."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest

from ledger.errors import InvalidCommand
from ledger.policy.exact import shown
from ledger.policy.flow.rates import (
    RequiredRate,
    below_floor,
    day_numbers,
    feasibility,
    needed_by,
    required_rate,
)
from projections.figures.backlog import age_of_active_pending, ages, clearance_rate
from projections.figures.demand import Effort, failure_demand, loop, median_of
from projections.figures.figure import Footing, Window, nearest_rank, share
from projections.figures.resolution import (
    RESOLVED,
    Ending,
    Lifetime,
    calendar_days,
    settled_spells,
    spread,
)
from projections.figures.shares import (
    asked_again,
    bounce_back,
    closed_without_reply,
    first_contact_resolution,
    skill_cover,
)
from projections.figures.survival import Spell, aalen_johansen, kaplan_meier
from projections.flow.by_day import DayFlow

JUNE = Footing(Window(date(2026, 6, 1), date(2026, 7, 1)), {"team": "RDW"}, 4711)
HOUR = timedelta(hours=1)


def rate(*, waiting: int = 320, weight: int = 63) -> RequiredRate:
    return required_rate(arrivals=Fraction(40), waiting=waiting, target=20, weight=Fraction(weight))


# 5.0 Flow identity


def test_320_waiting_41_new_2_transferred_in_1_reopened_less_42_gone_leave_322() -> None:
    day = DayFlow(
        "RDW", date(2026, 6, 1), waiting_start=320, new=41, transferred_in=2, reopened=1,
        resolved=38, transferred_out=3, withdrawn=1, waiting_end=322,
    )  # fmt: skip
    assert day.adds_up
    assert (day.incoming, day.processed) == (44, 42)


# 5.1 Required rate


def test_40_a_day_come_and_300_are_too_many_so_that_63_days_need_44_76_a_day() -> None:
    assert rate().per_day == Fraction(940, 21)
    assert shown(rate().per_day, decimals=2) == "44.76"


def test_the_first_days_must_clear_45_45_45_45_44_and_all_63_days_exactly_2820() -> None:
    numbers = day_numbers(rate().per_day, [Fraction(1)] * 63)
    assert numbers[:5] == (45, 45, 45, 45, 44)
    assert sum(numbers) == 2_820


def test_of_45_in_seven_open_hours_7_13_20_26_33_39_45_are_needed_by_each_hour() -> None:
    by_hour = [needed_by(45, n * HOUR, 7 * HOUR) for n in range(1, 8)]
    assert by_hour == [7, 13, 20, 26, 33, 39, 45]
    assert needed_by(45, 9 * HOUR, 7 * HOUR) == 45, "on a later day no more than all of them"


def test_with_no_working_day_before_the_target_date_there_is_no_rate() -> None:
    with pytest.raises(InvalidCommand, match="No working day lies between"):
        rate(weight=0)


def test_at_or_below_the_target_only_what_comes_in_must_be_cleared() -> None:
    assert rate(waiting=20).per_day == rate(waiting=3).per_day == 40


def test_a_team_that_can_do_45_a_day_can_keep_the_rate() -> None:
    assert feasibility(rate(), Fraction(45)).feasible


def test_a_team_that_can_do_43_a_day_would_need_a_hundred_days() -> None:
    told = feasibility(rate(), Fraction(43))
    assert (told.feasible, told.earliest_days) == (False, 100)


def test_a_team_that_can_do_no_more_than_comes_in_never_reaches_the_target() -> None:
    assert feasibility(rate(), Fraction(40)).earliest_days is None


def test_a_target_of_20_is_below_what_is_always_under_way_when_40_a_day_take_a_day() -> None:
    assert below_floor(20, arrivals=Fraction(40), median_days=Fraction(1))
    assert not below_floor(20, arrivals=Fraction(40), median_days=Fraction(1, 2))


# 5.2 Clearance rate


def test_117_out_of_130_in_is_a_clearance_rate_of_90_per_cent() -> None:
    found = clearance_rate(
        JUNE, {"new": 120, "reopened": 6, "reactivated": 4}, {"resolved": 110, "withdrawn": 7}
    )
    assert found.shown == "90.0 %"
    assert (found.basis.n, found.basis.filters, found.basis.position) == (
        130,
        {"team": "RDW"},
        4711,
    )


def test_when_nothing_came_in_there_is_no_clearance_rate_and_it_says_why() -> None:
    found = clearance_rate(JUNE, {"new": 0}, {"resolved": 5})
    assert (found.exact, found.shown, found.why_not) == (None, "-", "nothing came in")


# 5.3 Age of active pending


def test_of_eight_waiting_cases_the_fourth_is_the_median_and_the_oldest_the_ninetieth() -> None:
    told = age_of_active_pending(JUNE, active=[3, 5, 9, 14, 21, 40, 95, 400], inactive=[7, 8])
    assert (told.active.median, told.active.ninetieth, told.active.oldest) == (14, 400, 400)
    assert told.active.bands == {"0-10": 3, "11-30": 2, "31-90": 1, "91-365": 1, "over 365": 1}
    assert (told.basis.n, told.basis.excluded, told.inactive.n) == (8, {"waits on others": 2}, 2)


def test_both_ends_of_a_band_of_age_are_of_it() -> None:
    found = ages([0, 10, 11, 30, 31, 90, 91, 365, 366])
    assert found.bands == {"0-10": 2, "11-30": 2, "31-90": 2, "91-365": 2, "over 365": 1}


def test_of_a_hundred_ages_the_fiftieth_and_the_ninetieth_are_told() -> None:
    found = ages(range(1, 101))
    assert (found.median, found.ninetieth, found.oldest) == (50, 90, 100)


def test_the_middle_of_three_is_one_of_them_and_of_four_lies_between_two() -> None:
    assert (median_of([9, 1, 2]), median_of([9, 1, 2, 3])) == (2, Fraction(5, 2))


def test_of_no_cases_there_is_no_age() -> None:
    assert age_of_active_pending(JUNE, active=[]).active.median is None
    assert nearest_rank([], 50) is None


# 5.4 Failure demand


def test_380_failure_contacts_of_1000_with_20_unknown_are_38_to_40_per_cent() -> None:
    found = failure_demand(JUNE, value=600, failure=380, unclassified=20)
    assert found.shown == "38.0 % (38.0-40.0)"


def test_when_nobody_got_in_touch_there_is_no_share_of_failure() -> None:
    assert failure_demand(JUNE, value=0, failure=0, unclassified=0).exact is None


# 5.5 Loop

QUARTER_HOUR_EACH = Effort(Fraction(15), Fraction(90), Fraction(36 * 60))


@pytest.mark.parametrize(("days", "displaced"), [(15, "0.20"), (90, "1.20")])
def test_waiting_15_days_displaces_a_fifth_of_a_case_and_90_days_more_than_a_case(
    days: int, displaced: str
) -> None:
    told = loop(
        JUNE, failure_contacts=8, case_days=100, working_case_days=100, days_in_queue=Fraction(days),
        effort=QUARTER_HOUR_EACH, arrivals=Fraction(20), waiting=280,
    )  # fmt: skip
    assert told.reproduction is not None
    assert shown(told.reproduction, decimals=2) == displaced
    assert told.cost_multiplier == (Fraction(5, 4) if days == 15 else None)


@pytest.mark.parametrize(("waiting", "does"), [(320, "grows by itself"), (280, "can fall")])
def test_above_300_waiting_the_queue_grows_by_itself_and_below_it_can_fall(
    waiting: int, does: str
) -> None:
    told = loop(
        JUNE, failure_contacts=8, case_days=100, working_case_days=100, days_in_queue=Fraction(15),
        effort=QUARTER_HOUR_EACH, arrivals=Fraction(20), waiting=waiting,
    )  # fmt: skip
    assert told.critical_backlog == 300
    assert does in told.said


def test_where_nobody_chases_there_is_no_loop() -> None:
    told = loop(
        JUNE, failure_contacts=0, case_days=100, working_case_days=100, days_in_queue=Fraction(15),
        effort=QUARTER_HOUR_EACH, arrivals=Fraction(20), waiting=280,
    )  # fmt: skip
    assert (told.reproduction, told.critical_backlog) == (0, None)
    assert told.said == "nobody chased: no loop"


def test_where_arrivals_take_all_the_hours_there_are_the_critical_backlog_is_not_above_zero() -> (
    None
):
    told = loop(
        JUNE, failure_contacts=8, case_days=100, working_case_days=100, days_in_queue=None,
        effort=QUARTER_HOUR_EACH, arrivals=Fraction(24), waiting=1,
    )  # fmt: skip
    assert told.critical_backlog == 0
    assert told.said == "arrivals alone exceed capacity"


# 5.6 Time to resolution


def closed(*days: int) -> list[Spell]:
    return [Spell(day, "resolved") for day in days]


def still_open(*days: int) -> list[Spell]:
    return [Spell(day, None) for day in days]


def test_with_two_cases_still_open_half_are_resolved_within_5_days_and_not_within_4() -> None:
    curve = kaplan_meier([*closed(2, 3, 5, 10), *still_open(3, 8)], end="resolved")
    assert [(step.day, step.lasting) for step in curve.steps] == [
        (2, Fraction(5, 6)), (3, Fraction(2, 3)), (5, Fraction(4, 9)), (10, Fraction(0)),
    ]  # fmt: skip
    assert curve.median == 5
    assert median_of([2, 3, 5, 10]) == 4, "what leaving out open cases would say"
    assert shown(curve.restricted_mean(10), decimals=3) == "6.389"


def test_exactly_half_resolved_by_day_3_is_a_median_of_3_where_floating_point_finds_none() -> None:
    curve = kaplan_meier([*closed(1, 2, 2, 3), *still_open(400, 400, 400, 400)], end="resolved")
    assert curve.lasting(3) == Fraction(1, 2)
    assert curve.median == 3
    assert median_of([1, 2, 2, 3]) == 2, "what leaving out open cases would say"


def test_when_more_than_half_are_open_the_median_is_not_reached() -> None:
    curve = kaplan_meier([*closed(1), *still_open(9, 9)], end="resolved")
    assert curve.median is None
    assert curve.median_interval[1] is None


def test_where_all_withdrew_the_median_is_not_reached_and_none_is_said_to_be_open() -> None:
    found = spread([Spell(day, "withdrawn") for day in (1, 2, 3)], "calendar days")
    assert (found.median, found.ended) == (None, {"withdrawn": "100.0 %"})
    assert found.said == "not reached: no day was seen by which half are resolved"


def test_where_one_of_ten_is_resolved_each_day_nine_of_ten_are_by_the_ninth() -> None:
    found = spread([Spell(day, RESOLVED) for day in range(1, 11)], "calendar days")
    assert (found.median, found.ninetieth) == (5, 9)
    assert found.said.startswith("half within 5 days")
    assert (found.curve[0].open_still, found.ended) == ("0.900", {RESOLVED: "100.0 %"})


def test_a_case_that_came_back_is_at_risk_again_from_then_and_its_last_resolution_is_the_end() -> (
    None
):
    received, first, last = date(2026, 1, 1), date(2026, 1, 5), date(2026, 2, 10)

    def settled(back_on: date) -> list[Spell]:
        week = timedelta(days=7)
        endings = (
            Ending(first, RESOLVED, first + week, back_on),
            Ending(last, RESOLVED, last + week),
        )
        life = Lifetime(received, endings, cut_on=date(2026, 2, 22))
        return settled_spells([life], calendar_days)

    assert settled(date(2026, 2, 1)) == [Spell(4, None), Spell(40, RESOLVED, 31)]
    assert settled(first) == [Spell(40, RESOLVED)], "within the day it was never gone"


def test_a_withdrawn_case_is_no_resolution_and_is_shown_beside_it() -> None:
    spells = [*closed(1, 3), Spell(2, "withdrawn"), *still_open(4)]
    ways = aalen_johansen(spells)
    assert {way: shares[-1] for way, shares in ways.shares.items()} == {
        "resolved": Fraction(1, 2), "withdrawn": Fraction(1, 4),
    }  # fmt: skip
    assert ways.lasting[-1] == Fraction(1, 4)


def test_a_case_that_a_log_begins_with_is_at_risk_only_from_there_on() -> None:
    late = Spell(10, "resolved", entry=6)
    curve = kaplan_meier([*closed(2, 8), late], end="resolved")
    assert [(step.day, step.at_risk) for step in curve.steps] == [(2, 2), (8, 2), (10, 1)]


# 5.12 Short ones


def test_half_away_from_zero_is_how_a_figure_is_shown() -> None:
    assert [shown(Fraction(n, 20)) for n in (1, 3, -1, -3)] == ["0.1", "0.2", "-0.1", "-0.2"]
    assert shown(Fraction(-1, 100)) == "0.0"
    assert shown(Fraction(5, 2), decimals=0) == "3"


def test_three_of_sixty_resolutions_came_back() -> None:
    found = bounce_back(JUNE, returned=3, at_risk=60, by="person", not_yet=7)
    assert found.shown == "5.0 %"
    assert found.basis.excluded == {"window still open": 7}


def test_shares_say_what_they_leave_out_and_why_there_is_none() -> None:
    said = {"cases of another system": 3}
    at_once = first_contact_resolution(JUNE, at_once=3, received=8, excluded=said)
    unheard = closed_without_reply(JUNE, without=1, resolutions=8, excluded=said)
    again = asked_again(JUNE, repeated=1, requests=8)
    assert [each.shown for each in (at_once, unheard, again)] == ["37.5 %", "12.5 %", "12.5 %"]
    assert at_once.basis.excluded == unheard.basis.excluded == said
    nothing = asked_again(JUNE, repeated=0, requests=0)
    assert (nothing.shown, nothing.why_not) == ("-", "nothing was asked for")


def test_a_type_that_one_person_alone_may_work_on_is_thinly_covered() -> None:
    assert skill_cover(JUNE, {"INC-APP": 2, "RDW-POT": 1, "LIC-CRT": 0}).thin == {
        "LIC-CRT": 0, "RDW-POT": 1,
    }  # fmt: skip


def test_a_share_of_nothing_is_no_figure() -> None:
    found = share(JUNE.basis("x", 0), 0, 0)
    assert (found.exact, found.why_not) == (None, "there are none to count")
