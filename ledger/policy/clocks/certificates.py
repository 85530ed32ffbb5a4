"""Certificates: how a due date was laid out, and a day-by-day recheck that needs nothing but the calendars it names."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any, cast

from ledger.policy.calendars.counting import Calendars, CountingCalendar, OfficeHours
from ledger.policy.calendars.zones import LocalDays, zone_of
from ledger.policy.clocks.day_laying import DayLayout
from ledger.policy.clocks.history import ClockHistory
from ledger.policy.clocks.hour_laying import HourLayout
from ledger.policy.dates import ONE_DAY, period_after
from ledger.policy.document.clocks import HOURS, ClockDefinition
from ledger.times import instant, stamp

_HOUR = timedelta(hours=1)
_INSTANT = timedelta(microseconds=1)
CALENDARS_CITED = ("counting_calendar", "roll_over", "office_calendar")
"""Where a certificate names the calendars by which it is laid out."""


def certificate_of(
    clock: ClockDefinition,
    calendars: Calendars,
    history: ClockHistory,
    *,
    layout: DayLayout | HourLayout,
    begins_at: datetime,
    generation: int,
    extension: int,
    extensions_from_due: tuple[int, ...],
    paused: bool,
) -> dict[str, Any]:
    """The laying-out in plain values: no more than is needed to lay it out again, and what came of it."""
    said: dict[str, Any] = {
        "clock": clock.code,
        "pack": clock.pack,
        "version": clock.version,
        "generation": generation,
        "unit": clock.unit,
        "amount": clock.amount,
        "extension": extension,
        "zone": clock.zone,
        "tz_version": calendars.tz_version,
        "start_at": stamp(begins_at),
    }
    if clock.sense != "deadline":
        said["sense"] = clock.sense
    if isinstance(layout, DayLayout):
        said |= _days_said(clock, calendars, layout=layout, paused=paused)
        if sum(extensions_from_due):
            said["extension_from_due"] = sum(extensions_from_due)
        if len(extensions_from_due) > 1:  # each is counted from the day that the one before it ends
            said["extended_from_due_by"] = list(extensions_from_due)
        if history.not_after_on is not None:
            said["not_after_on"] = history.not_after_on.isoformat()
    else:
        said |= _hours_said(clock, calendars, layout=layout, paused=paused)
    return said


def _days_said(
    clock: ClockDefinition, calendars: Calendars, *, layout: DayLayout, paused: bool
) -> dict[str, Any]:
    counted = calendars.counting.get(clock.counting_calendar or "")
    rolled = calendars.counting.get(clock.roll_over or "")
    office = calendars.hours.get(clock.office_calendar or "")
    said: dict[str, Any] = {
        "start_on": layout.start_on.isoformat(),
        "first_day": clock.first_day,
        "disregarded": [[first.isoformat(), last.isoformat()] for first, last in layout.taken],
        "due": clock.due_at or "end_of_local_day",
    }
    if counted is not None and clock.unit == "working_days":
        said["counting_calendar"] = _cited(counted)
    if rolled is not None:
        said["roll_over"] = _cited(rolled)
    if office is not None and clock.due_at == "close_of_business":
        said["office_calendar"] = _cited(office)
    if paused and layout.paused_on is not None:
        said["paused_from_on"] = layout.paused_on.isoformat()
        said["remaining"] = layout.left(layout.paused_at or layout.due_at)
    else:
        said["raw_on"] = layout.raw_on.isoformat()
        said["due_on"] = layout.due_on.isoformat()
        said["due_at"] = stamp(layout.due_at)
    return said


def _hours_said(
    clock: ClockDefinition, calendars: Calendars, *, layout: HourLayout, paused: bool
) -> dict[str, Any]:
    said: dict[str, Any] = {
        "disregarded": [[stamp(first), stamp(last)] for first, last in layout.taken]
    }
    if clock.unit == "business_hours":
        said["office_calendar"] = _cited(calendars.hours[clock.office_calendar or ""])
    if paused and layout.paused_at is not None:
        said["paused_from_at"] = stamp(layout.paused_at)
        said["remaining"] = layout.left(layout.paused_at)
    else:
        said["due_at"] = stamp(layout.due_at)
    return said


def _cited(calendar: CountingCalendar | OfficeHours) -> dict[str, str]:
    cited = {"code": calendar.code, "digest": calendar.digest}
    if isinstance(calendar, OfficeHours) and calendar.observed:
        cited["observes"] = calendar.observed
    return cited


def recheck(certificate: Mapping[str, Any], *calendars: CountingCalendar | OfficeHours) -> bool:
    """Whether the certificate says what these calendars say: every day walked again, one by one.

    False too if a calendar that it cites is not among them, or not of the cited digest.
    """
    by_code = {calendar.code: calendar for calendar in calendars}
    for name in CALENDARS_CITED:
        cited = certificate.get(name)
        if cited and (
            cited["code"] not in by_code or _cited(by_code[cited["code"]]) != dict(cited)
        ):
            return False
    if certificate["unit"] in HOURS:
        return _hours_hold(certificate, by_code)
    zone = certificate["zone"]
    return _days_hold(certificate, by_code, LocalDays(zone, zone_of(zone)))


def _days_hold(
    certificate: Mapping[str, Any],
    by_code: Mapping[str, CountingCalendar | OfficeHours],
    days: LocalDays,
) -> bool:
    counting = _calendar(certificate, "counting_calendar", by_code)
    rolls = _calendar(certificate, "roll_over", by_code)
    gone = [(_day(first), _day(last)) for first, last in certificate["disregarded"]]
    not_after_on = _day(certificate["not_after_on"]) if "not_after_on" in certificate else None

    def counts(day: date) -> bool:
        disregarded = any(first <= day <= last for first, last in gone)
        return not disregarded and (counting is None or counting.counts(day))

    def walked(day: date, amount: int) -> date:
        while amount:
            day += ONE_DAY
            amount -= counts(day)
        return day

    def due(raw_on: date) -> date:
        day = raw_on
        while rolls is not None and not rolls.counts(day):
            day += ONE_DAY
        return day if not_after_on is None else min(day, not_after_on)

    def past_late_pauses(raw_on: date) -> date:
        """A wait that begins between the last day and the one it rolls to keeps what was left of it."""
        while late := [first for first, _ in gone if raw_on < first <= due(raw_on)]:
            begun = min(late)
            raw_on = walked(begun - ONE_DAY, (due(raw_on) - begun).days + 1)
        return raw_on

    start_on = _day(certificate["start_on"])
    before_first = start_on - ONE_DAY if certificate["first_day"] == "included" else start_on
    total = _days_in(certificate, start_on, certificate["amount"] + certificate["extension"])
    raw_on = past_late_pauses(walked(before_first, total))
    beyond = certificate.get("extension_from_due")
    for amount in certificate.get("extended_from_due_by", [beyond] if beyond else []):
        if (extended_on := due(raw_on)) != not_after_on:
            more = _days_in(certificate, extended_on, amount)
            raw_on = past_late_pauses(walked(extended_on, more))
    if "paused_from_on" in certificate:
        day, left = max(_day(certificate["paused_from_on"]) - ONE_DAY, before_first), 0
        while day < min(raw_on, due(raw_on)):
            day += ONE_DAY
            left += counts(day)
        return left == certificate["remaining"]
    return (
        raw_on == _day(certificate["raw_on"])
        and due(raw_on) == _day(certificate["due_on"])
        and stamp(_due_instant(certificate, by_code, days, due(raw_on))) == certificate["due_at"]
    )


def _days_in(certificate: Mapping[str, Any], day: date, amount: int) -> int:
    """How many days there are in so much of the clock's unit after this day, pauses apart."""
    return (period_after(day, amount, certificate["unit"]) - day).days


def _due_instant(
    certificate: Mapping[str, Any],
    by_code: Mapping[str, CountingCalendar | OfficeHours],
    days: LocalDays,
    due_on: date,
) -> datetime:
    if certificate["due"] == "start_of_local_day":
        return days.begin(due_on)
    if certificate["due"] == "close_of_business" and "office_calendar" in certificate:
        office = cast("OfficeHours", by_code[certificate["office_calendar"]["code"]])
        return office.closing_from(due_on)
    return days.end(due_on)


def _hours_hold(
    certificate: Mapping[str, Any], by_code: Mapping[str, CountingCalendar | OfficeHours]
) -> bool:
    office = by_code.get(certificate.get("office_calendar", {}).get("code", ""))

    def between(start: datetime, end: datetime) -> timedelta:
        return office.between(start, end) if isinstance(office, OfficeHours) else end - start

    start_at = instant(certificate["start_at"])
    total = _HOUR * (certificate["amount"] + certificate["extension"])
    gone = [
        (max(instant(first), start_at), instant(last)) for first, last in certificate["disregarded"]
    ]

    def used_at(at: datetime) -> timedelta:
        waited = (between(first, min(last, at)) for first, last in gone if first < at)
        return between(start_at, at) - sum(waited, timedelta(0))

    if "paused_from_at" in certificate:
        left = total - used_at(instant(certificate["paused_from_at"]))
        return max(left, timedelta(0)) // timedelta(seconds=1) == certificate["remaining"]
    due_at = instant(certificate["due_at"])
    return used_at(due_at) == total and used_at(due_at - _INSTANT) < total


def _calendar(
    certificate: Mapping[str, Any],
    name: str,
    by_code: Mapping[str, CountingCalendar | OfficeHours],
) -> CountingCalendar | None:
    cited = certificate.get(name)
    calendar = by_code[cited["code"]] if cited else None
    return calendar if isinstance(calendar, CountingCalendar) else None


def _day(text: str) -> date:
    return date.fromisoformat(text)
