"""Time to resolution held against other ways to reckon it, on any cohort: laws."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from ledger.policy.flow.rates import day_numbers, needed_by
from projections.figures.resolution import (
    Ending,
    Lifetime,
    calendar_days,
    first_spells,
    settled_spells,
)
from projections.figures.survival import Spell, aalen_johansen, kaplan_meier

ENDS = ("resolved", "withdrawn", None)
MONDAY = date(2026, 3, 2)


def spells(*, late: bool) -> st.SearchStrategy[list[Spell]]:
    def spell(entry: int, length: int, end: str | None) -> Spell:
        return Spell((entry if late else 0) + length, end, entry if late else 0)

    one = st.builds(spell, st.integers(0, 12), st.integers(0, 12), st.sampled_from(ENDS))
    return st.lists(one, min_size=1, max_size=25)


def redistributed(cohort: Sequence[Spell]) -> dict[int, Fraction]:
    """The share that lasts beyond each day, by Efron's redistribution to the right: no product, no risk set.

    Each case carries the same mass; one that is censored hands its own on to those still seen after it.
    """
    order = sorted(cohort, key=lambda each: (each.exit, each.end != "resolved"))
    mass = [Fraction(1, len(order))] * len(order)
    lasting, shares = Fraction(1), dict[int, Fraction]()
    for place, each in enumerate(order):
        later = range(place + 1, len(order))
        if each.end == "resolved":
            lasting -= mass[place]
            shares[each.exit] = lasting
        elif later:
            for other in later:
                mass[other] += mass[place] / len(later)
    return shares


@given(spells(late=False))
def test_the_curve_is_that_of_mass_handed_on_to_the_right(cohort: list[Spell]) -> None:
    curve = kaplan_meier(cohort, end="resolved")
    assert {step.day: step.lasting for step in curve.steps} == redistributed(cohort)


@given(spells(late=True))
def test_the_curve_with_late_entries_is_what_counting_day_by_day_gives(cohort: list[Spell]) -> None:
    curve, lasting = kaplan_meier(cohort, end="resolved"), Fraction(1)
    for day in range(26):
        at_risk = [each for each in cohort if each.entry <= day <= each.exit]
        ended = [each for each in at_risk if (each.exit, each.end) == (day, "resolved")]
        if at_risk:
            lasting *= 1 - Fraction(len(ended), len(at_risk))
        assert curve.lasting(day) == lasting


@given(spells(late=True))
def test_what_ended_in_each_way_and_what_lasts_make_the_whole(cohort: list[Spell]) -> None:
    ways = aalen_johansen(cohort)
    for place, lasting in enumerate(ways.lasting):
        assert sum(shares[place] for shares in ways.shares.values()) + lasting == 1


@given(spells(late=False))
def test_the_restricted_mean_is_the_sum_of_what_lasts_beyond_each_day(cohort: list[Spell]) -> None:
    curve = kaplan_meier(cohort, end="resolved")
    daily = sum((curve.lasting(day) for day in range(20)), Fraction(0))
    assert curve.restricted_mean(20) == daily


@given(spells(late=False))
def test_the_median_is_the_first_day_by_which_no_more_than_half_lasts(cohort: list[Spell]) -> None:
    curve = kaplan_meier(cohort, end="resolved")
    by_hand = [day for day in range(26) if curve.lasting(day) <= Fraction(1, 2)]
    assert curve.median == (by_hand[0] if by_hand else None)


@given(spells(late=False))
def test_the_interval_holds_the_curve_between_its_ends(cohort: list[Spell]) -> None:
    curve = kaplan_meier(cohort, end="resolved")
    for step in curve.steps:
        bounds = curve.interval(step.day)
        if bounds is not None:
            assert 0 <= bounds[0] <= step.lasting <= bounds[1] <= 1
    low, high = curve.median_interval
    if low is not None and curve.median is not None:
        assert low <= curve.median
        assert high is None or high >= curve.median


@given(
    st.fractions(0, 60, max_denominator=50),
    st.lists(st.fractions(0, 1, max_denominator=16), max_size=40),
)
def test_the_days_numbers_add_up_to_the_rate_over_them_all(
    per_day: Fraction, weights: list[Fraction]
) -> None:
    numbers = day_numbers(per_day, weights)
    total = per_day * sum(weights, Fraction(0))
    assert sum(numbers) == -(-total.numerator // total.denominator)
    assert all(number >= 0 for number in numbers)


@given(st.integers(0, 500), st.integers(1, 480))
def test_what_is_needed_by_the_hour_never_falls_and_ends_at_the_day_s_number(
    number: int, minutes: int
) -> None:
    whole = timedelta(minutes=minutes)
    by = [needed_by(number, timedelta(minutes=n), whole) for n in range(minutes + 1)]
    assert by[0] == 0
    assert by[-1] == number
    assert all(before <= after for before, after in pairwise(by))


def life(*endings: Ending, received: int = 0, cut: int = 46) -> Lifetime:
    return Lifetime(day(received), endings, day(cut))


def resolved(on: int, back: int | None = None) -> Ending:
    """A resolution with a quiet window of a fortnight."""
    return Ending(day(on), "resolved", day(on + 14), None if back is None else day(back))


def day(number: int) -> date:
    return MONDAY + timedelta(days=number)


def test_a_resolution_whose_window_is_still_open_is_counted_as_open_up_to_the_cut_off() -> None:
    told = settled_spells([life(resolved(20), cut=16)], calendar_days)
    assert told == [Spell(16, None)]
    later = settled_spells([life(resolved(20), cut=20)], calendar_days)
    assert later == [Spell(20, "resolved")]


def test_a_case_that_came_back_within_the_window_is_not_at_risk_until_it_is_back() -> None:
    back = life(resolved(5, back=9), resolved(12))
    assert settled_spells([back], calendar_days) == [
        Spell(5, None), Spell(12, "resolved", entry=9),
    ]  # fmt: skip
    assert first_spells([back], day(60), calendar_days) == [Spell(5, "resolved")]


def test_a_return_after_the_window_leaves_the_resolution_that_had_settled() -> None:
    late = life(resolved(5, back=40))
    assert settled_spells([late], calendar_days) == [Spell(5, "resolved")]


def test_a_case_received_after_the_cut_off_tells_nothing_yet() -> None:
    assert settled_spells([life(received=20, cut=16)], calendar_days) == []


def test_a_case_that_the_log_begins_with_enters_late() -> None:
    found = Lifetime(MONDAY, (resolved(9),), day(30), seen_from=day(4))
    assert first_spells([found], day(30), calendar_days) == [Spell(9, "resolved", entry=4)]
    unseen = Lifetime(MONDAY, (resolved(2),), day(30), seen_from=day(4))
    assert first_spells([unseen], day(30), calendar_days) == []
