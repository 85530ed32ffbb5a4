"""Calendars: counting days against walking them, and business time against the wall clock."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.policy.calendars.counting import BeyondCalendar, digest_of, opening_of
from tests.policy.law import CALENDARS, NS_SAMPLE_DAYS, counting, local

CALENDAR = CALENDARS.counting["NS-UNTIL-2028-03"]
OFFICE = CALENDARS.hours["OFFICE"]
ONE_DAY = timedelta(days=1)
days = st.dates(date(2026, 10, 1), date(2027, 12, 31))


def counts(day: date) -> bool:
    return day.weekday() < 5 and day.isoformat() not in NS_SAMPLE_DAYS


@given(days, st.integers(1, 50))
def test_the_nth_counting_day_is_found_by_walking(day: date, n: int) -> None:
    walked, left = day, n
    while left:
        walked += ONE_DAY
        left -= counts(walked)
    assert CALENDAR.nth_after(day, n) == walked
    assert CALENDAR.nth_before(walked + ONE_DAY, 1) == walked
    assert CALENDAR.between(day + ONE_DAY, walked) == n
    assert CALENDAR.counts(day) == counts(day)
    assert CALENDAR.on_or_after(day) == (day if counts(day) else CALENDAR.nth_after(day, 1))


def test_beyond_its_horizon_a_calendar_says_what_to_publish() -> None:
    with pytest.raises(BeyondCalendar, match=r"NS-UNTIL-2028-03 ends 2028-03-31; publish 2028\."):
        CALENDAR.nth_after(date(2028, 3, 1), 90)
    with pytest.raises(BeyondCalendar, match="begins 2026-09-01"):
        CALENDAR.counts(date(2026, 8, 31))
    with pytest.raises(BeyondCalendar, match="OFFICE ends 2028-03-31"):
        OFFICE.after(local("America/Halifax", "2028-03-30"), timedelta(hours=80))
    with pytest.raises(BeyondCalendar, match="OFFICE begins"):
        OFFICE.open_until(local("America/Halifax", "2025-03-30"))


def test_a_calendar_counts_from_its_first_day_to_its_last_and_not_a_day_further() -> None:
    first, last = date(2026, 9, 1), date(2028, 3, 31)
    assert CALENDAR.counts(first)
    assert CALENDAR.counts(last)
    assert CALENDAR.nth_before(date(2026, 9, 2), 1) == first
    assert CALENDAR.nth_after(date(2028, 3, 30), 1) == last
    assert CALENDAR.between(last, last) == 1
    assert CALENDAR.between(last, first) == 0
    assert CALENDAR.between(date(2029, 1, 2), date(2029, 1, 1)) == 0
    for beyond in (
        lambda: CALENDAR.counts(last + ONE_DAY),
        lambda: CALENDAR.counts(first - ONE_DAY),
        lambda: CALENDAR.nth_after(last, 1),
        lambda: CALENDAR.nth_before(first, 1),
        lambda: CALENDAR.between(first, last + ONE_DAY),
    ):
        with pytest.raises(BeyondCalendar) as said:
            beyond()
        assert said.value.rule == "calendar-horizon"
        assert said.value.ground == {"calendar": "NS-UNTIL-2028-03", "ends_on": "2028-03-31"}


def test_an_office_is_known_from_its_first_opening_to_its_last_closing() -> None:
    halifax = "America/Halifax"
    opens, closes = local(halifax, "2026-09-01T08:30"), local(halifax, "2028-03-31T16:30")
    assert OFFICE.opening_from(opens) == opens
    assert OFFICE.open_until(opens) == timedelta(0)
    assert not OFFICE.is_open(opens - timedelta(seconds=1))
    assert OFFICE.is_open(opens)
    assert not OFFICE.is_open(closes)
    in_all = OFFICE.open_until(closes)
    assert OFFICE.reached(in_all) == closes
    assert OFFICE.closing_from(date(2028, 3, 31)) == closes
    assert OFFICE.open_until(closes + timedelta(hours=3)) == in_all
    assert OFFICE.after(closes, timedelta(0)) == closes
    for beyond in (
        lambda: OFFICE.reached(in_all + timedelta(seconds=1)),
        lambda: OFFICE.opening_from(closes),
        lambda: OFFICE.closing_from(date(2028, 4, 1)),
        lambda: OFFICE.open_until(closes + timedelta(days=3)),
    ):
        with pytest.raises(BeyondCalendar, match="OFFICE ends 2028-03-31; publish 2028"):
            beyond()


def test_a_calendar_is_the_same_however_it_is_written_down() -> None:
    """And an office calendar that observes another's holidays names by digest which those were."""
    plain = counting([], begins_on="2027-01-01", ends_on="2027-12-31")
    said = {name: getattr(plain, name) for name in reversed(type(plain).model_fields)}
    assert digest_of(type(plain)(**said)) == digest_of(plain)
    assert digest_of(plain) != digest_of(
        counting(["2027-12-27"], begins_on="2027-01-01", ends_on="2027-12-31")
    )
    assert OFFICE.observed == CALENDAR.digest


@given(st.integers(0, 400 * 48), st.integers(0, 100 * 4))
def test_business_time_there_and_back_is_the_same(half_hours: int, quarters: int) -> None:
    start = local("America/Halifax", "2026-10-01T00:00") + half_hours * timedelta(minutes=30)
    amount = quarters * timedelta(minutes=15)
    end = OFFICE.after(start, amount)
    assert OFFICE.between(start, end) == amount
    if amount:
        assert OFFICE.between(start, end - timedelta(seconds=1)) < amount


def test_the_office_is_closed_on_holidays_and_half_of_christmas_eve() -> None:
    halifax = "America/Halifax"
    assert OFFICE.is_open(local(halifax, "2026-12-24T11:59"))
    assert not OFFICE.is_open(local(halifax, "2026-12-24T12:00"))
    assert not OFFICE.is_open(local(halifax, "2026-12-25T10:00"))
    assert OFFICE.closing_from(date(2026, 12, 24)) == local(halifax, "2026-12-24T12:00")
    assert OFFICE.closing_from(date(2026, 12, 25)) == local(halifax, "2026-12-29T16:30")
    assert OFFICE.opening_from(local(halifax, "2026-12-24T12:00")) == local(
        halifax, "2026-12-29T08:30"
    )


@pytest.mark.parametrize(
    "text",
    [
        "8:30-16:30",
        "16:30-08:30",
        "08:30-08:30",
        "08:30",
        "08:30-24:30",
        "08:60-16:30",
        "ab:cd-ef:gh",
    ],
)
def test_an_opening_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=text):
        opening_of(text)


def test_an_office_may_be_open_from_midnight_to_midnight() -> None:
    assert opening_of("00:00-24:00") == (timedelta(0), timedelta(hours=24))
    assert opening_of("08:59-09:00") == (timedelta(hours=8, minutes=59), timedelta(hours=9))
