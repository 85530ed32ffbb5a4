"""When each step of escalation is reached: by share of the time used, or by distance from the due instant."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from ledger.policy.calendars.counting import Calendars
from ledger.policy.clocks.day_laying import DayLayout
from ledger.policy.clocks.history import RungAt
from ledger.policy.clocks.hour_laying import HourLayout
from ledger.policy.document.clocks import ClockDefinition, RungTerms

_HOUR = timedelta(hours=1)


def rungs_of(
    clock: ClockDefinition,
    calendars: Calendars,
    *,
    layout: DayLayout | HourLayout,
    start_at: datetime,
) -> tuple[RungAt, ...]:
    """Every rung with its instant, in order of time.

    Days are reached at the opening of the office. A rung that would be reached during a wait is
    reached when the wait ends; while one still lasts, only those before it are given. A rung
    whose distance lies before the start is not armed: a clock of one day does not warn two days
    ahead.
    """
    reached: list[RungAt] = []
    for rung in clock.rungs:
        due_at = _instant_of(rung, clock, calendars, layout)
        at = _after_waits(due_at, layout) if due_at >= start_at else None
        if at is not None:
            reached.append(RungAt(rung.code, at, rung.party))
    reached.sort(key=lambda each: each.at)
    return tuple(reached)


def _after_waits(at: datetime, layout: DayLayout | HourLayout) -> datetime | None:
    """This instant, or the end of the waits in which it lies; None while one of them lasts."""
    for from_at, to_at in layout.held:
        if from_at <= at and (to_at is None or at < to_at):
            if to_at is None:
                return None
            at = to_at
    return at


def _instant_of(
    rung: RungTerms,
    clock: ClockDefinition,
    calendars: Calendars,
    layout: DayLayout | HourLayout,
) -> datetime:
    if rung.percent is not None:
        if isinstance(layout, HourLayout):
            return layout.instant_reached(rung.percent)
        return _opening(clock, calendars, layout.day_reached(rung.percent))
    if not rung.offset:
        return layout.due_at
    match rung.unit:
        case "elapsed_hours":
            return layout.due_at + rung.offset * _HOUR
        case "business_hours":
            hours = calendars.hours[clock.office_calendar or ""]
            total = hours.open_until(layout.due_at) + rung.offset * _HOUR
            return hours.reached(total)
        case "calendar_days":
            day = _due_on(clock, calendars, layout) + timedelta(days=rung.offset)
        case "working_days":
            days = calendars.counting[rung.calendar or ""]
            due_on = _due_on(clock, calendars, layout)
            day = (
                days.nth_after(due_on, rung.offset)
                if rung.offset > 0
                else days.nth_before(due_on, -rung.offset)
            )
    return _opening(clock, calendars, day)


def _due_on(clock: ClockDefinition, calendars: Calendars, layout: DayLayout | HourLayout) -> date:
    if isinstance(layout, DayLayout):
        return layout.due_on
    return calendars.days_of(clock.zone).date_of(layout.due_at)


def _opening(clock: ClockDefinition, calendars: Calendars, day: date) -> datetime:
    begin = calendars.days_of(clock.zone).begin(day)
    hours = calendars.hours.get(clock.office_calendar or "")
    return begin if hours is None else hours.opening_from(begin)
