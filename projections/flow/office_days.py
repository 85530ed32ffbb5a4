"""Office days: which dates the office works on, by its counting calendar where that reaches, else Monday to Friday."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from ledger.policy.calendars.counting import CountingCalendar
from ledger.policy.dates import ONE_DAY
from ledger.policy.in_force import Policies

_FRIDAY = 4


@dataclass(frozen=True, slots=True)
class OfficeDays:
    """The working days of an office; `calendar` is None where no policy says them."""

    calendar: CountingCalendar | None

    def counts(self, day: date) -> bool:
        """Whether the office works on a date: what the calendar says, Monday to Friday where it does not reach."""
        found = self.calendar
        if found is None or not found.begins_on <= day <= found.ends_on:
            return day.weekday() <= _FRIDAY
        return found.counts(day)

    def reaches(self, first_on: date, last_on: date) -> bool:
        """Whether a calendar says all dates from the first to the last."""
        found = self.calendar
        return found is not None and found.begins_on <= first_on and last_on <= found.ends_on

    def between(self, first_on: date, until_on: date) -> list[date]:
        """The working days from the first date up to, not including, the last."""
        days = (first_on + timedelta(days=n) for n in range((until_on - first_on).days))
        return [day for day in days if self.counts(day)]

    def before(self, day: date, count: int) -> list[date]:
        """So many working days before a date, the earliest first."""
        found: list[date] = []
        while len(found) < count:
            day -= ONE_DAY
            if self.counts(day):
                found.append(day)
        return found[::-1]

    def after(self, day: date, count: int = 1) -> date:
        """The next working day after a date, or the one so many of them after it."""
        for _ in range(count):
            day += ONE_DAY
            while not self.counts(day):
                day += ONE_DAY
        return day


class Apart:
    """How many working days lie between two dates, the first not counted: laid out once for a span of dates."""

    __slots__ = ("_working",)

    def __init__(self, working: Sequence[date]) -> None:
        self._working = working

    def __call__(self, first: date, last: date) -> int:
        return bisect_right(self._working, last) - bisect_right(self._working, first)


def office_days_of(policies: Policies) -> OfficeDays:
    """The working days by the latest policy; Monday to Friday while there is none."""
    latest = policies.latest
    if latest is None:
        return OfficeDays(None)
    return OfficeDays(latest.compiled.calendars.counting[latest.policy.office.counting_calendar])
