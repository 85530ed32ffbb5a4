"""Local dates of a zone: which date an instant falls on, and the instant at which a date begins.

Zones are read from the packaged time-zone data and nowhere else, so that the edition which a certificate
cites (`TZ_VERSION`) is the one it was counted by; what the operating system has may be older or newer.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache
from importlib.resources import files
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import tzdata

TZ_VERSION = tzdata.IANA_VERSION
"""The edition of the time-zone data at hand, such as `2026f`."""

_SECOND = timedelta(seconds=1)
_TICK = timedelta(microseconds=1)
_AROUND = timedelta(days=2)


def day_ended_by(at: datetime, zone: tzinfo) -> date | None:
    """The day that an instant ends there, as its last moment or the midnight after it; None for any other instant."""
    there = at.astimezone(zone)
    if there.time() == time.max:
        return there.date()
    return (at - _TICK).astimezone(zone).date() if there.time() == time.min else None


@lru_cache(maxsize=1024)
def zone_of(name: str) -> tzinfo:
    """The zone of this name in the packaged data; ZoneInfoNotFoundError if there is none."""
    *folders, last = name.split("/")
    place = files(tzdata).joinpath("zoneinfo", *folders, last)
    if name.startswith("/") or ".." in folders or not place.is_file():
        raise ZoneInfoNotFoundError(f"no time zone {name}")
    with place.open("rb") as data:
        return ZoneInfo.from_file(data, key=name)


class LocalDays:
    """The dates of one zone laid on the line of instants, without gap or overlap.

    A date begins at the first instant from which no earlier date is read any more: where midnight
    is skipped that is the moment of the jump, where it comes twice the later one if the clock fell
    back into the day before. A date that a zone skipped whole is empty: it begins where the next does.
    """

    __slots__ = ("_begins", "name", "zone")

    def __init__(self, name: str, zone: tzinfo) -> None:
        self.name = name
        self.zone = zone
        self._begins: dict[int, datetime] = {}

    def date_of(self, instant: datetime) -> date:
        """The local date of an aware instant."""
        local = instant.astimezone(self.zone)
        day = local.date()
        if local.hour == 0 and instant < self.begin(day):
            return day - timedelta(days=1)
        return day

    def begin(self, day: date) -> datetime:
        """The first instant of a local date, in UTC: the half-open end of the date before."""
        ordinal = day.toordinal()
        known = self._begins.get(ordinal)
        if known is None:
            known = self._begins[ordinal] = self._beginning(day)
        return known

    def at(self, day: date, at: time) -> datetime:
        """The instant of a time of day on a local date, in UTC; a skipped time is read by the old offset."""
        return datetime.combine(day, at, tzinfo=self.zone).astimezone(UTC)

    def end(self, day: date) -> datetime:
        """The half-open end of a local date: the first instant of the next."""
        return self.begin(day + timedelta(days=1))

    def _beginning(self, day: date) -> datetime:
        midnight = datetime(day.year, day.month, day.day, tzinfo=self.zone)
        first = midnight.astimezone(UTC)
        second = midnight.replace(fold=1).astimezone(UTC)
        if first == second:
            return first
        if first < second:
            fell_back = (second - timedelta(microseconds=1)).astimezone(self.zone).date() < day
            return second if fell_back else first
        early, late = second - _AROUND, first + _AROUND
        while late - early > _SECOND:
            middle = early + (late - early) // _SECOND // 2 * _SECOND
            if middle.astimezone(self.zone).date() < day:
                early = middle
            else:
                late = middle
        return late
