"""Laying out a clock of hours, all of them or those of business: from its start to the instant it is due."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeAlias

from ledger.policy.calendars.counting import Calendars, OfficeHours
from ledger.policy.clocks.history import Extended, Measure
from ledger.policy.clocks.pauses import Pause
from ledger.policy.document.clocks import ClockDefinition

_HOUR = timedelta(hours=1)
_SECOND = timedelta(seconds=1)
_NOTHING = timedelta(0)
Instants: TypeAlias = tuple[datetime, datetime]


@dataclass(slots=True)
class HourLayout:
    """An hour clock laid out, likewise."""

    ruler: HourRuler
    start_at: datetime
    due_at: datetime
    total: timedelta
    taken: list[Instants]
    held: list[tuple[datetime, datetime | None]]
    paused_at: datetime | None = None
    pause_ends_at: datetime | None = None
    measure: Measure = "seconds"

    def elapsed(self, at: datetime) -> int:
        """Seconds of the clock's time from its start to `at`, less those disregarded."""
        if self.paused_at is not None and self.pause_ends_at is None:
            at = min(at, self.paused_at)
        return self._used(at) // _SECOND

    def left(self, at: datetime) -> int:
        """Seconds of the clock's time left at `at`."""
        if self.paused_at is not None and self.pause_ends_at is None:
            at = min(at, self.paused_at)
        return max(_NOTHING, self.total - self._used(at)) // _SECOND

    def _used(self, at: datetime) -> timedelta:
        if at <= self.start_at:
            return _NOTHING
        taken = sum(
            (self.ruler.between(first, min(last, at)) for first, last in self.taken if first < at),
            _NOTHING,
        )
        return self.ruler.between(self.start_at, at) - taken

    def overdue(self, at: datetime, pauses: Sequence[Pause]) -> tuple[int, int]:
        """Seconds of the clock's time since it was due, with and without those spent waiting."""
        whole = self.ruler.between(self.due_at, at)
        covered, waited = self.due_at, _NOTHING
        for pause in pauses:
            first, last = max(pause.from_at, covered), min(pause.to_at or at, at)
            if last > first:
                waited += self.ruler.between(first, last)
                covered = last
        return whole // _SECOND, (whole - waited) // _SECOND

    def instant_reached(self, percent: int) -> datetime:
        """The instant at which this share of the time is used."""
        used = self.total * percent / 100
        at = self.ruler.after(self.start_at, used)
        for first, last in self.taken:
            if first > at:
                break
            used += self.ruler.between(first, last)
            at = self.ruler.after(self.start_at, used)
        return at


class HourRuler:
    """Measures the hours of one clock: all of them, or those in which the office is open."""

    def __init__(self, clock: ClockDefinition, calendars: Calendars) -> None:
        self._clock = clock
        self._hours: OfficeHours | None = (
            calendars.hours[clock.office_calendar or ""] if clock.unit == "business_hours" else None
        )

    def between(self, start: datetime, end: datetime) -> timedelta:
        """The clock's time from `start` to `end`."""
        return end - start if self._hours is None else self._hours.between(start, end)

    def after(self, start: datetime, amount: timedelta) -> datetime:
        """The first instant by which this much of the clock's time has passed after `start`."""
        return start + amount if self._hours is None else self._hours.after(start, amount)

    def place(self, pause: Pause) -> tuple[date, datetime]:
        """Where a pause stands among others: by its beginning."""
        return pause.from_at.date(), pause.from_at

    def lay(
        self,
        start_at: datetime,
        *,
        extensions: Sequence[Extended],
        pauses: Sequence[Pause],
        not_after_on: date | None,
    ) -> HourLayout:
        """The clock from this start, past its pauses (in order of `place`)."""
        total = _HOUR * (self._clock.amount + sum(each.amount for each in extensions))
        layout = HourLayout(self, start_at, self.after(start_at, total), total, [], [])
        limit = None if self._clock.pause_limit is None else self._clock.pause_limit * _HOUR
        used, covered = _NOTHING, start_at
        for pause in pauses:
            first, last = max(pause.from_at, covered), pause.to_at
            if first >= layout.due_at or used == limit:
                break  # nothing was left to stop
            if last is not None and last <= first:
                layout.held.append((pause.from_at, last))
                continue
            if limit is not None:
                runs_out_at = self.after(first, limit - used)
                if last is None:
                    layout.pause_ends_at = runs_out_at
                last = runs_out_at if last is None else min(last, runs_out_at)
            layout.held.append((pause.from_at, last))
            if last is None:
                layout.paused_at = first
                break
            used += self.between(first, last)
            covered = last
            layout.taken.append((first, last))
            layout.due_at = self.after(start_at, total + used)
            if layout.pause_ends_at is not None:
                layout.paused_at = first
                break
        return layout
