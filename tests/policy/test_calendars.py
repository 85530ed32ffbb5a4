"""Calendars: counting days against walking them, and business time against the wall clock."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.policy.calendars.counting import BeyondCalendar, opening_of
from tests.policy.law import CALENDARS, NS_SAMPLE_DAYS, local

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
    "text", ["8:30-16:30", "16:30-08:30", "08:30", "08:30-24:30", "ab:cd-ef:gh"]
)
def test_an_opening_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=text):
        opening_of(text)
