"""A backlog step by step: who goes first, when a receiver rests and rests no more, what is given up and when."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from api.webhooks.backlog import (
    FIRST_WAIT,
    WAITS_AT_MOST,
    Backlog,
    Failure,
    Owed,
    delivered,
    failed,
    is_given_up,
    may_go,
    owed_again,
    rests,
    wait_after,
)

BEGAN = datetime(2026, 3, 2, 12, 30, tzinfo=UTC)
DAYS = timedelta(days=3)
AWAY, REFUSED = Failure("away", "503", 503), Failure("refused", "422", 422)
THREE = Backlog(looked=9, owed=(Owed(3, "case/a"), Owed(5, "case/b"), Owed(7, "case/c")))


def refused(backlog: Backlog, *positions: int) -> Backlog:
    for position in positions:
        backlog = failed(backlog, position, REFUSED, now=BEGAN, chance=0.5)
    return backlog


def test_all_before_the_first_that_is_owed_is_settled() -> None:
    assert THREE.settled_upto == 2
    assert replace(THREE, owed=()).settled_upto == 9


def test_whoever_was_tried_least_goes_first_and_then_whoever_is_there_longest() -> None:
    tried = replace(THREE.owed[0], attempts=2)
    backlog = replace(THREE, owed=(tried, *THREE.owed[1:]))
    assert [each.position for each in may_go(backlog, BEGAN)] == [5, 7, 3]


def test_a_receiver_that_refuses_three_in_a_row_rests_whichever_entries_they_were() -> None:
    two = refused(THREE, 3, 5)
    assert (two.failures, rests(two, BEGAN)) == (2, False)
    assert [each.position for each in may_go(two, BEGAN)] == [7]
    three = refused(two, 7)
    assert (three.failures, three.said) == (3, "422")
    assert rests(three, BEGAN)
    assert may_go(three, BEGAN + 3 * FIRST_WAIT) == []


def test_a_delivery_in_between_begins_the_row_anew() -> None:
    backlog = refused(delivered(refused(THREE, 3, 5), 7, "204"), 3)
    assert (backlog.failures, rests(backlog, BEGAN)) == (1, False)


def test_a_receiver_that_takes_something_rests_no_more() -> None:
    backlog = delivered(refused(THREE, 3, 5, 7), 5, "204")
    assert (backlog.failures, backlog.told, backlog.said) == (0, 5, "204")
    assert not rests(backlog, BEGAN)


def test_whoever_asks_for_a_delivery_after_all_does_not_wait_for_a_receiver_that_rests() -> None:
    backlog = owed_again(refused(THREE, 3, 5, 7), [(4, "case/d")])
    assert (backlog.failures, rests(backlog, BEGAN)) == (0, False)
    assert [each.position for each in may_go(backlog, BEGAN)] == [4]


def test_each_attempt_counts_once_and_is_refused_since_the_first_that_was() -> None:
    backlog = failed(THREE, 3, AWAY, now=BEGAN, chance=0.5)
    assert backlog.owed[0] == Owed(3, "case/a", 1, None, BEGAN + FIRST_WAIT)
    later = BEGAN + timedelta(hours=1)
    for at in (later, later + timedelta(hours=1)):
        backlog = failed(backlog, 3, REFUSED, now=at, chance=0.5)
    found = backlog.owed[0]
    assert (found.attempts, found.refused_since) == (3, later)
    assert backlog.owed[1:] == THREE.owed[1:]


def test_each_wait_is_twice_as_long_as_the_one_before_it_up_to_four_hours() -> None:
    waits = [wait_after(times, most=WAITS_AT_MOST, chance=0.5) for times in range(1, 16)]
    assert waits[:4] == [timedelta(seconds=each) for each in (5, 10, 20, 40)]
    assert waits[-1] == timedelta(hours=4)


def test_an_entry_is_given_up_at_the_tenth_refusal_once_it_was_refused_for_days() -> None:
    ninth = Owed(3, "case/a", 9, refused_since=BEGAN)
    at = BEGAN + DAYS
    assert is_given_up(ninth, REFUSED, now=at, after=DAYS)
    assert not is_given_up(ninth, REFUSED, now=at - timedelta(seconds=1), after=DAYS)
    few = replace(ninth, attempts=8)
    assert not is_given_up(few, REFUSED, now=at, after=DAYS)


def test_while_nobody_is_there_nothing_is_given_up_though_it_was_refused_before() -> None:
    refused_long = Owed(3, "case/a", 50, refused_since=BEGAN)
    assert not is_given_up(refused_long, AWAY, now=BEGAN + 9 * DAYS, after=DAYS)
    only_away = Owed(3, "case/a", 50)
    assert not is_given_up(only_away, REFUSED, now=BEGAN + 9 * DAYS, after=DAYS)
