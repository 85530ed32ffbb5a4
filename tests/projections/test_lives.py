"""Lives: when a case was open, waited, and came back, at any instant of it."""

from __future__ import annotations

from datetime import datetime, timedelta

from projections.one_case.life import Closing, Life
from tests.deciding import MONDAY

DAY = timedelta(days=1)


def day(number: int) -> datetime:
    return MONDAY + number * DAY


def closed(number: int) -> Closing:
    return Closing(day(number), "resolved", replied=True, by_person=True)


LIFE = Life(
    received_at=MONDAY,
    known_from=MONDAY,
    imported=False,
    channel="phone",
    request_type="RDW-POT",
    waits={"first": (day(1), day(2)), "second": (day(6), None)},
    closings=[closed(3), closed(7)],
    returns=[day(5), day(9)],
)
"""Waited for a day, closed on the third, came back on the fifth, waits since the sixth, closed, and came back again."""


def test_a_case_is_open_from_its_receipt_but_between_a_closing_and_the_return_after_it() -> None:
    at = {number: LIFE.open_at(day(number)) for number in range(11)}
    assert [number for number, is_open in at.items() if not is_open] == [3, 4, 7, 8]
    assert not LIFE.open_at(MONDAY - DAY)


def test_it_waits_from_when_a_wait_began_until_it_ended() -> None:
    assert [number for number in range(9) if LIFE.waits_at(day(number))] == [1, 6, 7, 8]


def test_each_closing_is_undone_by_the_first_return_after_it() -> None:
    assert [LIFE.returned(each) for each in LIFE.closings] == [day(5), day(9)]


def test_its_open_time_ends_where_it_is_asked_about() -> None:
    stretches = [(0, 3), (5, 7), (9, 10)]
    assert [*LIFE.open_spans(day(10))] == [(day(first), day(last)) for first, last in stretches]
    assert [*LIFE.open_spans(day(6))] == [(day(0), day(3)), (day(5), day(6))]
