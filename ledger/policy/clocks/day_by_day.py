"""Day by day: every date from the start of a clock to the day it is due, whether it counted, and if not, why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal, TypeAlias

from ledger.policy.calendars.counting import WEEKDAYS, Calendars, CalendarTerms, CountingTerms
from ledger.policy.clocks.history import ClockHistory, Reckoning
from ledger.policy.clocks.pauses import stopping
from ledger.policy.dates import ONE_DAY
from ledger.policy.document.clocks import ClockDefinition
from ledger.policy.values import Labelled
from ledger.times import instant

DayKind: TypeAlias = Literal[
    "before", "start", "counted", "weekend", "holiday", "waiting", "rolled"
]


@dataclass(frozen=True, slots=True)
class LaidDay:
    """One local date of a clock: what it was to the count, and which day of the count it is if it counted.

    `before` lies between receipt and the first counting day, where the law moves receipt. `rolled` is a
    day past the last of the count that the due date may not fall on. `holiday` and `weekend` name what a
    counting day was not; `reason` is that of the wait that took the day.
    """

    on: date
    kind: DayKind
    number: int | None = None
    holiday: Labelled | None = None
    weekend: bool = False
    reason: str | None = None

    @property
    def counts(self) -> bool:
        return self.kind == "counted" or (self.kind == "start" and self.number is not None)


@dataclass(frozen=True, slots=True)
class LaidHours:
    """What of one local date an hour clock used: from when until when, and how much in all by then.

    In seconds that are whole from its start on, so that days add up.
    """

    on: date
    spans: tuple[tuple[datetime, datetime], ...]
    used: int
    total: int


def days_laid(
    clock: ClockDefinition,
    calendars: Calendars,
    terms: Mapping[str, CalendarTerms],
    history: ClockHistory,
    reckoning: Reckoning,
) -> tuple[LaidDay, ...]:
    """The dates of the running generation of a day clock, in order; until the pause began while it is paused."""
    said = reckoning.certificate
    received_on = calendars.days_of(clock.zone).date_of(instant(said["start_at"]))
    start_on = _day(said["start_on"])
    rolls_over = _counting(terms, clock.roll_over)
    counts_by = _counting(terms, clock.counting_calendar if _works(clock) else None)
    named = counts_by or rolls_over
    paused_on = said.get("paused_from_on")
    end_on = _day(paused_on) - ONE_DAY if paused_on else _day(said["due_on"])
    raw_on = end_on if paused_on else _day(said["raw_on"])
    taken = [(_day(first), _day(last)) for first, last in said["disregarded"]]

    def kind_of(day: date, *, holiday: bool, weekend: bool) -> DayKind:
        if day < start_on:
            return "before"
        if day == start_on and clock.first_day == "excluded":
            return "start"
        if any(first <= day <= last for first, last in taken):
            return "waiting"
        if counts_by is not None and (holiday or weekend):
            return "holiday" if holiday else "weekend"
        return "rolled" if day > raw_on else "counted"

    found: list[LaidDay] = []
    number, day = 0, min(received_on, start_on)
    while day <= max(end_on, start_on):
        holiday, weekend = _closed(named, day)
        kind = kind_of(day, holiday=holiday is not None, weekend=weekend)
        number += kind == "counted"
        found.append(
            LaidDay(
                day,
                "start" if kind == "counted" and day == start_on else kind,
                number if kind == "counted" else None,
                holiday,
                weekend,
                _reason(clock, calendars, history, day) if kind == "waiting" else None,
            )
        )
        day += ONE_DAY
    return tuple(found)


def hours_laid(
    clock: ClockDefinition, calendars: Calendars, reckoning: Reckoning
) -> tuple[LaidHours, ...]:
    """The dates of an hour clock with the spans that it used, in order; until the pause began while it is paused."""
    said = reckoning.certificate
    days = calendars.days_of(clock.zone)
    hours = calendars.hours.get(clock.office_calendar or "")
    start_at = instant(said["start_at"])
    end_at = instant(said.get("due_at") or said["paused_from_at"])
    taken = [(instant(first), instant(last)) for first, last in said["disregarded"]]
    found: list[LaidHours] = []
    day, total, passed = days.date_of(start_at), 0, timedelta()
    while days.begin(day) < end_at or day == days.date_of(start_at):
        inside = (max(start_at, days.begin(day)), min(end_at, days.end(day)))
        open_spans = (
            (inside,)
            if clock.unit == "elapsed_hours" or hours is None
            else tuple(_meet(inside, span) for span in hours.openings(day))
        )
        spans = tuple(_without(open_spans, taken))
        passed += sum((last - first for first, last in spans), timedelta())
        used = passed // timedelta(seconds=1) - total
        total += used
        found.append(LaidHours(day, spans, used, total))
        day += ONE_DAY
    return tuple(found)


def _meet(
    inside: tuple[datetime, datetime], span: tuple[datetime, datetime]
) -> tuple[datetime, datetime]:
    return max(inside[0], span[0]), min(inside[1], span[1])


def _without(
    spans: tuple[tuple[datetime, datetime], ...], taken: list[tuple[datetime, datetime]]
) -> list[tuple[datetime, datetime]]:
    left = [span for span in spans if span[0] < span[1]]
    for gone_from, gone_to in taken:
        pieces = [
            piece
            for first, last in left
            for piece in ((first, min(last, gone_from)), (max(first, gone_to), last))
        ]
        left = [(first, last) for first, last in pieces if first < last]
    return left


def _works(clock: ClockDefinition) -> bool:
    return clock.unit == "working_days"


def _counting(terms: Mapping[str, Any], code: str | None) -> CountingTerms | None:
    found = terms.get(code or "")
    return found if isinstance(found, CountingTerms) else None


def _closed(terms: CountingTerms | None, day: date) -> tuple[Labelled | None, bool]:
    """The holiday of this name on a day, and whether it is a weekday that is always closed."""
    if terms is None:
        return None, False
    holiday = next((each for each in terms.holidays if each.on == day), None)
    return holiday, WEEKDAYS[day.weekday()] in terms.closed_weekdays


def _reason(
    clock: ClockDefinition, calendars: Calendars, history: ClockHistory, day: date
) -> str | None:
    """Why the case waited that day: of the waits that stop the clock, the one that began first."""
    date_of = calendars.days_of(clock.zone).date_of
    for wait in stopping(clock, history.waits):
        if date_of(wait.from_at) <= day and (wait.to_at is None or day <= date_of(wait.to_at)):
            return wait.reason
    return None


def _day(text: str) -> date:
    return date.fromisoformat(text)
