"""Laying out a clock of days: from its start, past every date disregarded, to the date on which it is due."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeAlias

from ledger.policy.calendars.counting import Calendars, CountingCalendar
from ledger.policy.clocks.history import Extended, Measure
from ledger.policy.clocks.pauses import Pause
from ledger.policy.dates import ONE_DAY, period_after
from ledger.policy.document.clocks import ClockDefinition

Days: TypeAlias = tuple[date, date]


@dataclass(slots=True)
class DayLayout:
    """A day clock laid out. While an open pause holds it, `due_on` is where it would be due had it not begun."""

    ruler: DayRuler
    start_on: date
    first_on: date
    """The first date that can count."""
    raw_on: date
    due_on: date
    due_at: datetime
    total: int
    """How many days of its own count it has in all, pauses apart."""
    taken: list[Days]
    """The dates disregarded, without overlap, in order."""
    held: list[tuple[datetime, datetime | None]]
    """The waits that held it, each until it ended or used up the limit."""
    paused_on: date | None = None
    paused_at: datetime | None = None
    pause_ends_at: datetime | None = None
    measure: Measure = "days"

    def elapsed(self, at: datetime) -> int:
        """Days complete before the local date of `at`, less those disregarded."""
        last = self.ruler.days.date_of(at) - ONE_DAY
        if self.paused_on is not None and self.pause_ends_at is None:
            last = min(last, self.paused_on - ONE_DAY)
        return self._counted(self.first_on, last)

    def left(self, at: datetime) -> int:
        """Whole days left after the local date of `at`, which counts as used if it counts at all."""
        today = max(self.ruler.days.date_of(at), self.first_on - ONE_DAY)
        if self.paused_on is not None and self.pause_ends_at is None:
            today = min(today, self.paused_on - ONE_DAY)
        return self._counted(today + ONE_DAY, min(self.raw_on, self.due_on))

    def _counted(self, start: date, last: date) -> int:
        taken = sum(
            self.ruler.counted(max(first, start), min(end, last)) for first, end in self.taken
        )
        return self.ruler.counted(start, last) - taken

    def overdue(self, at: datetime, pauses: Sequence[Pause]) -> tuple[int, int]:
        """Days of the count after the due date until `at`, with and without those spent waiting."""
        today = self.ruler.days.date_of(at)
        after = self.due_on + ONE_DAY
        whole = self.ruler.counted(after, today)
        covered, waited = self.due_on, 0
        for pause in pauses:
            first, last = self.ruler.dates(pause)
            first, last = max(first, covered + ONE_DAY), min(last or today, today)
            if last >= first:
                waited += self.ruler.counted(first, last)
                covered = last
        return whole, whole - waited

    def day_reached(self, percent: int) -> date:
        """The first day by which this share of the days, rounded up, is used; today counts as used."""
        share = max(1, -(-percent * self.total // 100))
        day = self.ruler.days_after(self.first_on - ONE_DAY, share)
        for first, last in self.taken:
            if first > day:
                break
            if days := self.ruler.counted(first, last):
                day = self.ruler.days_after(day, days)
        return day


class DayRuler:
    """Counts the days of one clock: those of its calendar, or every day."""

    def __init__(self, clock: ClockDefinition, calendars: Calendars) -> None:
        self._clock = clock
        self.days = calendars.days_of(clock.zone)
        self._working = (
            calendars.counting[clock.counting_calendar or ""]
            if clock.unit == "working_days"
            else None
        )
        self._receipt: CountingCalendar | None = (
            calendars.counting[clock.counting_calendar] if clock.counting_calendar else None
        )
        self._roll = calendars.counting[clock.roll_over] if clock.roll_over else None
        self._hours = calendars.hours.get(clock.office_calendar or "")

    def received_on(self, start_at: datetime) -> date:
        """The date on which the clock starts: the local date, unless the pack says otherwise."""
        day = self.days.date_of(start_at)
        receipt = self._receipt
        if receipt is None:
            return day
        cut_off = self._clock.cut_off
        if cut_off is not None and start_at >= self.days.at(day, cut_off):
            return receipt.nth_after(day, 1)
        if self._clock.closed_day_receipt == "next_open_day":
            return receipt.on_or_after(day)
        return day

    def counted(self, first: date, last: date) -> int:
        """How many days of the clock's count lie from `first` to `last`, both included."""
        if last < first:
            return 0
        if self._working is not None:
            return self._working.between(first, last)
        return (last - first).days + 1

    def days_after(self, day: date, n: int) -> date:
        """The n-th day of the count after this one."""
        if self._working is not None:
            return self._working.nth_after(day, n)
        return day + timedelta(days=n)

    def lay(
        self,
        start_at: datetime,
        *,
        extensions: Sequence[Extended],
        pauses: Sequence[Pause],
        not_after_on: date | None,
    ) -> DayLayout:
        """The clock from this start, past its pauses (in order of `place`)."""
        start_on = self.received_on(start_at)
        included = self._clock.first_day == "included"
        first_on = start_on if included else start_on + ONE_DAY
        whole = self._clock.amount + sum(e.amount for e in extensions if e.base == "start")
        raw_on = self._period_after(start_on, whole, included=included)
        due_on = self._due(raw_on, not_after_on)
        layout = DayLayout(
            self, start_on, first_on, raw_on, due_on, self.due_instant(due_on),
            self.counted(first_on, min(raw_on, due_on)), [], [],
        )  # fmt: skip
        self._disregard(layout, pauses, not_after_on)
        for each in extensions:
            if each.base == "due" and each.amount and layout.due_on != not_after_on:
                before = layout.due_on
                layout.raw_on = self._period_after(before, each.amount, included=False)
                self._settle(layout, not_after_on)
                layout.total += self.counted(before + ONE_DAY, min(layout.raw_on, layout.due_on))
                if layout.paused_on is None:
                    self._disregard(layout, pauses[len(layout.held) :], not_after_on)
        return layout

    def _period_after(self, day: date, amount: int, *, included: bool) -> date:
        if self._clock.unit == "working_days":
            return self.days_after(day - ONE_DAY if included else day, amount)
        end = period_after(day, amount, self._clock.unit)
        return end - ONE_DAY if included else end

    def _disregard(
        self, layout: DayLayout, pauses: Sequence[Pause], not_after_on: date | None
    ) -> None:
        limit = self._clock.pause_limit
        used = sum(self.counted(*days) for days in layout.taken)
        for pause in pauses:
            first, last = self.dates(pause)
            covered = layout.taken[-1][1] if layout.taken else layout.first_on - ONE_DAY
            first = max(first, covered + ONE_DAY, layout.first_on)
            if first > layout.due_on or pause.from_at >= layout.due_at or used == limit:
                return  # what begins after the breach, or past the limit, stops nothing
            if last is not None and last < first:
                layout.held.append((pause.from_at, pause.to_at))
                continue
            ends_at = pause.to_at
            if limit is not None:
                runs_out_on = self.days_after(first - ONE_DAY, limit - used)
                if last is None or runs_out_on < last:
                    ends_at = self.days.end(runs_out_on)
                if last is None:
                    layout.pause_ends_at = ends_at
                last = runs_out_on if last is None else min(last, runs_out_on)
            layout.held.append((pause.from_at, ends_at))
            if last is None:
                layout.paused_on, layout.paused_at = first, pause.from_at
                return
            days = self.counted(first, last)
            used += days
            if layout.taken and covered + ONE_DAY == first:
                layout.taken[-1] = (layout.taken[-1][0], last)
            else:
                layout.taken.append((first, last))
            if days:
                within = first <= layout.raw_on
                layout.raw_on = self.days_after(layout.raw_on if within else layout.due_on, days)
                self._settle(layout, not_after_on)
            if layout.pause_ends_at is not None:
                layout.paused_on, layout.paused_at = first, pause.from_at
                return

    def place(self, pause: Pause) -> tuple[date, datetime]:
        """Where a pause stands among others: by the first date that it takes, not always that of its beginning."""
        return self.dates(pause)[0], pause.from_at

    def dates(self, pause: Pause) -> tuple[date, date | None]:
        """The first and the last date that a pause takes from the clock, by which of its own days count."""
        first = self.days.date_of(pause.from_at)
        last = None if pause.to_at is None else self.days.date_of(pause.to_at)
        if pause.start_day_counts:
            first += ONE_DAY
        if pause.end_day_counts and last is not None:
            last -= ONE_DAY
        return first, last

    def _settle(self, layout: DayLayout, not_after_on: date | None) -> None:
        layout.due_on = self._due(layout.raw_on, not_after_on)
        layout.due_at = self.due_instant(layout.due_on)

    def _due(self, raw_on: date, not_after_on: date | None) -> date:
        rolled = raw_on if self._roll is None else self._roll.on_or_after(raw_on)
        return rolled if not_after_on is None else min(rolled, not_after_on)

    def due_instant(self, due_on: date) -> datetime:
        """The instant at which a clock due on this date is due."""
        match self._clock.due_at:
            case "start_of_local_day":
                return self.days.begin(due_on)
            case "close_of_business" if self._hours is not None:
                return self._hours.closing_from(due_on)
            case _:
                return self.days.end(due_on)
