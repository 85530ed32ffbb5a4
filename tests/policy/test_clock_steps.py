"""When a clock reaches each step of escalation: waits, their limit, and the distance from the due instant."""

from __future__ import annotations

import pytest

from tests.policy.law import clock
from tests.policy.ten_days import ZONE, at, stands, ten_days, wait


def test_rungs_open_with_the_office_and_the_breach_is_at_its_instant() -> None:
    reached = [(rung.code, rung.at, rung.parties) for rung in stands().rungs]
    assert reached == [
        ("three-quarters", at("2027-04-15T08:30"), ("owner",)),
        ("two-left", at("2027-04-15T08:30"), ("owner", "leader")),
        ("breach", at("2027-04-20T00:00"), ("leader",)),
        ("five-over", at("2027-04-26T08:30"), ("director",)),
    ]


def test_a_rung_that_falls_into_a_wait_is_reached_when_it_ends() -> None:
    answer = stands(waits=(wait("2027-04-16T07:00", "2027-04-16T15:00"),))
    assert {rung.code: rung.at for rung in answer.rungs}["two-left"] == at("2027-04-16T15:00")


def test_while_a_wait_lasts_only_earlier_rungs_have_been_reached() -> None:
    answer = stands(waits=(wait("2027-04-15T12:00", None),))
    assert [rung.code for rung in answer.rungs] == ["three-quarters", "two-left"]


def test_a_wait_past_its_limit_holds_no_step_back_and_is_shown_apart_from_what_is_overdue() -> None:
    """Three days may be waited, and somebody waited for five weeks: breached on 23 April all the same."""
    for ended in ("2027-05-14", None):
        late = stands(
            ten_days(pause_limit=3), waits=(wait("2027-04-08", ended),), when="2027-05-14T09:00"
        )
        assert {each.code: each.at for each in late.rungs}["breach"] == at("2027-04-23T00:00")
        assert (late.overdue, late.overdue_not_waiting) == (16, 0)


def test_a_step_that_falls_into_two_waits_is_not_reached_while_one_of_them_lasts() -> None:
    hours = clock(
        "H", unit="elapsed_hours", amount=8, zone=ZONE, effects={"particulars": "pause"},
        rungs=[{"code": "half", "percent": 50, "party": "owner"}],
    )  # fmt: skip
    first, lasting = wait("2027-04-05T14:00", "2027-04-05T18:00"), wait("2027-04-05T16:00", None)
    assert stands(hours, waits=(first, lasting), when="2027-04-05T20:00").rungs == ()
    ended = wait("2027-04-05T16:00", "2027-04-05T21:00")
    (half,) = stands(hours, waits=(first, ended)).rungs
    assert half.at == at("2027-04-05T21:00")


@pytest.mark.parametrize(
    ("offset", "unit", "reached"),
    [
        (-2, "business_hours", "2027-04-19T14:30"),
        (2, "business_hours", "2027-04-20T10:30"),
        (-10, "business_hours", "2027-04-16T14:30"),
        (-2, "elapsed_hours", "2027-04-19T22:00"),
        (2, "elapsed_hours", "2027-04-20T02:00"),
        (-1, "calendar_days", "2027-04-19T08:30"),
        (5, "calendar_days", "2027-04-26T08:30"),
        (-1, "working_days", "2027-04-16T08:30"),
        (1, "working_days", "2027-04-20T08:30"),
        (0, "working_days", "2027-04-20T00:00"),
    ],
)
def test_a_step_stands_at_its_distance_from_the_due_instant(
    offset: int, unit: str, reached: str
) -> None:
    """Due at the end of Monday 19 April; steps in days are reached as the office opens, on Sunday's next day too."""
    step = {"code": "x", "offset": offset, "unit": unit, "calendar": "NS-SAMPLE", "party": "owner"}
    (found,) = stands(ten_days(rungs=[step])).rungs
    assert found.at == at(reached)


def test_a_clock_of_one_day_does_not_warn_two_days_ahead() -> None:
    assert [rung.code for rung in stands(ten_days(amount=1)).rungs] == [
        "three-quarters",
        "breach",
        "five-over",
    ]


def test_percent_rungs_of_hours_are_exact_and_move_with_a_pause() -> None:
    hours = clock(
        "H", unit="elapsed_hours", amount=8, zone=ZONE, effects={"particulars": "pause"},
        rungs=[{"code": "three-quarters", "percent": 75, "party": "owner"},
               {"code": "hour-before", "offset": -1, "unit": "elapsed_hours", "party": "owner"}],
    )  # fmt: skip
    paused = (wait("2027-04-05T12:00", "2027-04-05T14:00"),)
    assert [rung.at for rung in stands(hours, waits=paused).rungs] == [
        at("2027-04-05T18:00"),
        at("2027-04-05T19:00"),
    ]
