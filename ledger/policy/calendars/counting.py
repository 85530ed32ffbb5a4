"""Calendars: which days count for a statute, and when the office is open. Two questions, never one list."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import partial
from hashlib import sha256
from typing import Annotated, Literal, TypeAlias, TypeVar

import orjson
from pydantic import AfterValidator, Field

from ledger.errors import Refusal
from ledger.policy.calendars.zones import TZ_VERSION, LocalDays, zone_of
from ledger.policy.dates import ONE_DAY
from ledger.policy.values import Code, Day, Label, Labelled, Section, Text

Weekday: TypeAlias = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEEKDAYS: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MIDNIGHT = timedelta(hours=24)
_NOTHING = timedelta(0)
L = TypeVar("L")


def opening_of(text: str) -> tuple[timedelta, timedelta]:
    """From when until when, after local midnight, an opening such as `08:30-16:30` lasts."""
    try:
        opens, closes = (_clock_time(part) for part in text.split("-"))
    except ValueError:
        raise ValueError(f"'{text}' is not an opening: write it as 08:30-16:30") from None
    if not _NOTHING <= opens < closes <= _MIDNIGHT:
        raise ValueError(f"'{text}' must close later than it opens, on the same day")
    return opens, closes


def _clock_time(text: str) -> timedelta:
    hours, minutes = text.split(":")
    if not (len(hours) == len(minutes) == 2 and int(minutes) < 60):
        raise ValueError(text)
    return timedelta(hours=int(hours), minutes=int(minutes))


def _one_opening(text: str) -> str:
    opening_of(text)
    return text


Opening: TypeAlias = Annotated[str, AfterValidator(_one_opening)]


class Holiday(Labelled):
    """A day that does not count, by name and citation."""

    on: Day
    citation: Text = ""


class HoursException(Labelled):
    """A date on which the office keeps other hours; none at all if it is closed."""

    on: Day
    hours: tuple[Opening, ...] = ()


class CountingTerms(Section):
    """The counting calendar of a statute: every day counts but the closed weekdays and the holidays."""

    kind: Literal["counting"]
    name: Label | None = None
    citation: Text
    begins_on: Day
    ends_on: Day
    closed_weekdays: tuple[Weekday, ...] = ("sat", "sun")
    holidays: tuple[Holiday, ...] = ()


class OfficeTerms(Section):
    """The office calendar: opening hours for each weekday, and the dates on which they differ."""

    kind: Literal["office"]
    name: Label | None = None
    citation: Text = "Set by the office."
    begins_on: Day
    ends_on: Day
    hours: Mapping[Weekday, tuple[Opening, ...]]
    closed_on_holidays_of: Code | None = None
    exceptions: tuple[HoursException, ...] = ()


CalendarTerms: TypeAlias = Annotated[CountingTerms | OfficeTerms, Field(discriminator="kind")]


class BeyondCalendar(Refusal):
    """The calendar does not say what lies there: publish it further."""

    code = "beyond-calendar"


def digest_of(terms: Section) -> str:
    """The SHA-256 of what a part of the document says, in hex; a key left at its default does not count."""
    said = terms.model_dump(mode="json", exclude_defaults=True)
    return sha256(orjson.dumps(said, option=orjson.OPT_SORT_KEYS)).hexdigest()


class CountingCalendar:
    """Which days count, laid out so that any count is two look-ups."""

    __slots__ = ("_before", "_counting", "_first", "begins_on", "code", "digest", "ends_on")

    def __init__(self, code: str, terms: CountingTerms) -> None:
        self.code = code
        self.digest = digest_of(terms)
        self.begins_on, self.ends_on = terms.begins_on, terms.ends_on
        self._first = terms.begins_on.toordinal()
        closed = {WEEKDAYS.index(day) for day in terms.closed_weekdays}
        holidays = {holiday.on for holiday in terms.holidays}
        self._counting: list[date] = []
        self._before: list[int] = [0]
        """For the i-th day of the calendar, how many before it count."""
        for ordinal in range(self._first, terms.ends_on.toordinal() + 1):
            day = date.fromordinal(ordinal)
            if day.weekday() not in closed and day not in holidays:
                self._counting.append(day)
            self._before.append(len(self._counting))

    def counts(self, day: date) -> bool:
        """Whether this day counts."""
        place = self._place(day)
        return self._before[place + 1] > self._before[place]

    def nth_after(self, day: date, n: int) -> date:
        """The n-th counting day after this one (n >= 1); this day itself is never one of them."""
        index = self._before[self._place(day) + 1] + n - 1
        if index >= len(self._counting):
            raise self._beyond(self.ends_on + ONE_DAY)
        return self._counting[index]

    def nth_before(self, day: date, n: int) -> date:
        """The n-th counting day before this one (n >= 1)."""
        index = self._before[self._place(day)] - n
        if index < 0:
            raise self._beyond(self.begins_on - ONE_DAY)
        return self._counting[index]

    def on_or_after(self, day: date) -> date:
        """This day if it counts, else the next that does."""
        return day if self.counts(day) else self.nth_after(day, 1)

    def between(self, first: date, last: date) -> int:
        """How many days count from `first` to `last`, both included; 0 if `last` is before `first`."""
        if last < first:
            return 0
        return self._before[self._place(last) + 1] - self._before[self._place(first)]

    def _place(self, day: date) -> int:
        place = day.toordinal() - self._first
        if not 0 <= place < len(self._before) - 1:
            raise self._beyond(day)
        return place

    def _beyond(self, day: date) -> BeyondCalendar:
        return _beyond(self.code, self.begins_on, self.ends_on, day)


def _beyond(code: str, begins_on: date, ends_on: date, day: date) -> BeyondCalendar:
    if day < begins_on:
        sentence = (
            f"Calendar {code} begins {begins_on}; publish it from {day.year} to count from there."
        )
    else:
        sentence = f"Calendar {code} ends {ends_on}; publish {(ends_on + ONE_DAY).year}."
    return BeyondCalendar(
        sentence, rule="calendar-horizon", calendar=code, ends_on=ends_on.isoformat()
    )


class OfficeHours:
    """When the office is open, laid out in instants so that business time is a difference of two sums."""

    __slots__ = (
        "_closes", "_days", "_opens", "_until_close", "begins_on", "code", "digest", "ends_on",
        "observed",
    )  # fmt: skip

    def __init__(
        self, code: str, terms: OfficeTerms, *, zone: tzinfo, holidays: CountingTerms | None = None
    ) -> None:
        self.code = code
        self.digest = digest_of(terms)
        self.observed = digest_of(holidays) if holidays else ""
        self.begins_on, self.ends_on = terms.begins_on, terms.ends_on
        shut = {holiday.on for holiday in holidays.holidays} if holidays else set[date]()
        exceptions = {each.on: _in_order(each.hours) for each in terms.exceptions}
        weekly = [_in_order(terms.hours.get(day, ())) for day in WEEKDAYS]
        self._days: list[date] = []
        self._opens: list[datetime] = []
        self._closes: list[datetime] = []
        self._until_close: list[timedelta] = []
        total = _NOTHING
        for ordinal in range(terms.begins_on.toordinal(), terms.ends_on.toordinal() + 1):
            day = date.fromordinal(ordinal)
            usual = () if day in shut else weekly[day.weekday()]
            for opens, closes in exceptions.get(day, usual):
                opened = _wall(day, opens, zone)
                closed = _wall(day, closes, zone)
                if closed <= opened:
                    continue  # a skipped hour can swallow an opening whole
                total += closed - opened
                self._days.append(day)
                self._opens.append(opened)
                self._closes.append(closed)
                self._until_close.append(total)

    def open_until(self, instant: datetime) -> timedelta:
        """How long the office had been open, since the calendar began, at this instant."""
        index = bisect_right(self._opens, instant) - 1
        if index < 0 or (index == len(self._opens) - 1 and instant > self._closes[-1]):
            self._within(instant)
        if index < 0:
            return _NOTHING
        closed = self._closes[index]
        return self._until_close[index] - (closed - instant if instant < closed else _NOTHING)

    def between(self, start: datetime, end: datetime) -> timedelta:
        """How long the office was open from `start` to `end`."""
        return self.open_until(end) - self.open_until(start)

    def after(self, instant: datetime, amount: timedelta) -> datetime:
        """The first instant by which the office was open for this long after `instant`."""
        return instant if amount <= _NOTHING else self.reached(self.open_until(instant) + amount)

    def reached(self, total: timedelta) -> datetime:
        """The first instant at which the office had been open for this long in all: a closing, not the next opening."""
        index = bisect_left(self._until_close, total)
        if index == len(self._until_close):
            raise _beyond(self.code, self.begins_on, self.ends_on, self.ends_on + ONE_DAY)
        return self._closes[index] - (self._until_close[index] - total)

    def opening_from(self, instant: datetime) -> datetime:
        """The first opening at or after this instant."""
        index = bisect_left(self._opens, instant)
        if index == len(self._opens):
            raise _beyond(self.code, self.begins_on, self.ends_on, self.ends_on + ONE_DAY)
        return self._opens[index]

    def closing_from(self, day: date) -> datetime:
        """The close of business of this local date, or of the next on which the office opens."""
        index = bisect_left(self._days, day)
        if index == len(self._days):
            raise _beyond(self.code, self.begins_on, self.ends_on, self.ends_on + ONE_DAY)
        return self._closes[bisect_right(self._days, self._days[index]) - 1]

    def openings(self, day: date) -> tuple[tuple[datetime, datetime], ...]:
        """From when until when the office is open on this local date, in order."""
        first, last = bisect_left(self._days, day), bisect_right(self._days, day)
        return tuple(zip(self._opens[first:last], self._closes[first:last], strict=True))

    def open_between(self, start: datetime, end: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Each interval in which the office was open from `start` to `end`, half-open and in order."""
        self._within(start)
        self._within(end)
        index = bisect_right(self._closes, start)
        while index < len(self._opens) and self._opens[index] < end:
            yield max(self._opens[index], start), min(self._closes[index], end)
            index += 1

    def is_open(self, instant: datetime) -> bool:
        """Whether the office is open at this instant."""
        index = bisect_right(self._opens, instant) - 1
        return index >= 0 and instant < self._closes[index]

    def _within(self, instant: datetime) -> None:
        day = instant.date()
        if not self.begins_on - ONE_DAY <= day <= self.ends_on + ONE_DAY:
            raise _beyond(self.code, self.begins_on, self.ends_on, day)


def _in_order(openings: Iterable[str]) -> Sequence[tuple[timedelta, timedelta]]:
    return sorted(map(opening_of, openings))


def _wall(day: date, after_midnight: timedelta, zone: tzinfo) -> datetime:
    at = datetime(day.year, day.month, day.day) + after_midnight  # noqa: DTZ001 - a wall-clock reading, zoned next
    return at.replace(tzinfo=zone).astimezone(UTC)


class LaidWhenAsked(Mapping[str, L]):
    """Calendars by their codes, each laid out when it is first asked for and kept from then on."""

    def __init__(self, lay: Mapping[str, Callable[[], L]]) -> None:
        self._lay = lay
        self._laid: dict[str, L] = {}

    def __getitem__(self, code: str) -> L:
        found = self._laid.get(code)
        if found is None:
            found = self._laid[code] = self._lay[code]()
        return found

    def __contains__(self, code: object) -> bool:
        return code in self._lay

    def __iter__(self) -> Iterator[str]:
        return iter(self._lay)

    def __len__(self) -> int:
        return len(self._lay)


@dataclass(frozen=True, slots=True)
class Calendars:
    """Every calendar of a policy with its zone and the edition of the time-zone data it was read under."""

    zone: str
    counting: Mapping[str, CountingCalendar]
    hours: Mapping[str, OfficeHours]
    tz_version: str = TZ_VERSION
    _days: dict[str, LocalDays] = field(default_factory=dict[str, LocalDays])

    def days_of(self, zone: str) -> LocalDays:
        """The local dates of a zone."""
        days = self._days.get(zone)
        if days is None:
            days = self._days[zone] = LocalDays(zone, zone_of(zone))
        return days


def compile_calendars(terms: Mapping[str, CountingTerms | OfficeTerms], zone: str) -> Calendars:
    """The calendars of a document for one zone; laying one out takes some hundred microseconds a year."""
    counting = {
        code: partial(CountingCalendar, code, each)
        for code, each in terms.items()
        if isinstance(each, CountingTerms)
    }
    hours: dict[str, Callable[[], OfficeHours]] = {}
    for code, each in terms.items():
        if isinstance(each, OfficeTerms):
            observed = terms.get(each.closed_on_holidays_of or "")
            holidays = observed if isinstance(observed, CountingTerms) else None
            hours[code] = partial(OfficeHours, code, each, zone=zone_of(zone), holidays=holidays)
    return Calendars(zone, LaidWhenAsked(counting), LaidWhenAsked(hours))
