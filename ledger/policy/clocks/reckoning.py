"""Reckoning a clock: from its definition, the calendars and its history, how it stands and when it is due. Pure.

The rules are those of the decision table in the specification; a row's number stands where it is kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from ledger.policy.calendars.counting import Calendars
from ledger.policy.clocks.certificates import certificate_of
from ledger.policy.clocks.day_laying import DayLayout, DayRuler
from ledger.policy.clocks.history import (
    ClockHistory,
    ClockState,
    Extended,
    Generation,
    Reckoning,
    Standing,
)
from ledger.policy.clocks.hour_laying import HourLayout, HourRuler
from ledger.policy.clocks.pauses import Pause, stopping
from ledger.policy.clocks.rungs import rungs_of
from ledger.policy.document.clocks import ClockDefinition, ClockRules


@dataclass(frozen=True, slots=True)
class _Restart:
    """A point at which a new generation begins, and when the old one stopped counting."""

    ended_at: datetime
    begins_at: datetime
    after_breach: bool


def reckon(
    clock: ClockDefinition,
    calendars: Calendars,
    history: ClockHistory,
    *,
    at: datetime | None = None,
) -> Reckoning:
    """How the clock stands at `at`, by default the last instant of its history.

    Raises BeyondCalendar where a calendar does not reach far enough to say.
    """
    at = at or max(history.instants())
    return _reckoned(clock, calendars, history, at=at, course=_laid_out(clock, calendars, history))


def standing(
    clock: ClockDefinition, calendars: Calendars, history: ClockHistory, *, at: datetime
) -> Standing:
    """What `reckon` says of its state and its due instant, for whoever asks for neither rungs nor certificate."""
    layout = _laid_out(clock, calendars, history).layout
    paused = _is_paused(layout, at)
    state = _state(clock, history, at=at, due_at=layout.due_at, paused=paused)
    return Standing(state, None if paused else layout.due_at)


def began_at(clock: ClockDefinition, calendars: Calendars, history: ClockHistory) -> datetime:
    """When the generation of a clock began that counts now."""
    return _laid_out(clock, calendars, history).begins_at


@dataclass(frozen=True, slots=True)
class _Course:
    """A history laid out: the generation that counts, from its beginning, and those before it."""

    ruler: DayRuler | HourRuler
    layout: DayLayout | HourLayout
    part: _Part
    begins_at: datetime
    earlier: tuple[Generation, ...]


def _laid_out(clock: ClockDefinition, calendars: Calendars, history: ClockHistory) -> _Course:
    ruler = HourRuler(clock, calendars) if clock.in_hours else DayRuler(clock, calendars)
    begins_at, earlier = history.start_at, list[Generation]()
    for restart in _restarts(clock, history):
        part = _part(ruler, clock, history, begins_at=begins_at, ends_at=restart.ended_at)
        layout = _laid(ruler, part, begins_at, history.not_after_on)
        if restart.ended_at >= layout.due_at and not restart.after_breach:
            continue  # row 19: a reset is refused after the breach
        elapsed = layout.elapsed(restart.ended_at)
        earlier.append(Generation(len(earlier) + 1, begins_at, restart.ended_at, elapsed))
        begins_at = restart.begins_at
    part = _part(ruler, clock, history, begins_at=begins_at, ends_at=history.stopped_at)
    layout = _laid(ruler, part, begins_at, history.not_after_on)
    return _Course(ruler, layout, part, begins_at, tuple(earlier))


def applies(clock: ClockRules, *, start_on: date, event_on: date | None = None) -> bool:
    """Whether this edition of the clock is the law for a case by the date it starts on, or by that of its event."""
    day = event_on if clock.applies_by == "event_date" else start_on
    if day is None:
        return False
    after = clock.effective_from is None or day >= clock.effective_from
    return after and (clock.effective_until is None or day <= clock.effective_until)


@dataclass(frozen=True, slots=True)
class _Part:
    """What of the history belongs to one generation."""

    pauses: tuple[Pause, ...]
    extensions: tuple[Extended, ...]


def _restarts(clock: ClockDefinition, history: ClockHistory) -> list[_Restart]:
    restarts = [_Restart(reset, reset, after_breach=False) for reset in history.resets]
    restarts += [
        _Restart(wait.from_at, wait.to_at, after_breach=False)
        for wait in history.waits
        if wait.to_at is not None and clock.effect_of(wait.reason).effect == "reset"
    ]
    restarts += [
        _Restart(each.stopped_at, each.reopened_at, after_breach=True)
        for each in history.reopenings
        if each.mode == "restart"
    ]
    return sorted(restarts, key=lambda each: (each.begins_at, each.ended_at))


def _part(
    ruler: DayRuler | HourRuler,
    clock: ClockDefinition,
    history: ClockHistory,
    *,
    begins_at: datetime,
    ends_at: datetime | None,
) -> _Part:
    """The waits and extensions of the generation that began at one instant; an end closes what is open."""
    if not (history.waits or history.reopenings or history.extensions):
        return _NOTHING_HAPPENED
    pauses: list[Pause] = []
    for wait in stopping(clock, history.waits):
        terms = clock.effect_of(wait.reason)
        pauses.append(Pause(wait.from_at, wait.to_at, terms.start_day_counts, terms.end_day_counts))
    pauses += [
        Pause(each.stopped_at, each.reopened_at)  # row 35: closed time is disregarded
        for each in history.reopenings
        if each.mode == "resume"
    ]
    pauses = [each for each in pauses if each.to_at is None or each.to_at > begins_at]
    if ends_at is not None:
        pauses = [_closed(each, ends_at) for each in pauses if each.from_at < ends_at]
    pauses.sort(key=ruler.place)
    extensions = tuple(
        each
        for each in history.extensions
        if each.given_at >= begins_at and (ends_at is None or each.given_at <= ends_at)
    )
    return _Part(tuple(pauses), extensions)


_NOTHING_HAPPENED = _Part((), ())


def _closed(pause: Pause, at: datetime) -> Pause:
    if pause.to_at is not None:
        return pause
    return Pause(pause.from_at, at, pause.start_day_counts, pause.end_day_counts)


def _laid(
    ruler: DayRuler | HourRuler, part: _Part, begins_at: datetime, not_after_on: date | None
) -> DayLayout | HourLayout:
    return ruler.lay(
        begins_at, extensions=part.extensions, pauses=part.pauses, not_after_on=not_after_on
    )


def _is_paused(layout: DayLayout | HourLayout, at: datetime) -> bool:
    return layout.paused_at is not None and (
        layout.pause_ends_at is None or at < layout.pause_ends_at
    )


def _reckoned(
    clock: ClockDefinition,
    calendars: Calendars,
    history: ClockHistory,
    *,
    at: datetime,
    course: _Course,
) -> Reckoning:
    layout, part, begins_at, earlier = course.layout, course.part, course.begins_at, course.earlier
    shown_at = history.stopped_at or at
    paused = _is_paused(layout, at)
    due_on = (
        layout.due_on
        if isinstance(layout, DayLayout)
        else calendars.days_of(clock.zone).date_of(layout.due_at)
    )
    state = _state(clock, history, at=at, due_at=layout.due_at, paused=paused)
    resumed_at = None
    if paused:
        closed = _Part(
            tuple(_closed(each, at) for each in part.pauses if each.from_at <= at),
            part.extensions,
        )
        resumed_at = _laid(course.ruler, closed, begins_at, history.not_after_on).due_at
    from_due = tuple(
        each.amount for each in part.extensions if each.base == "due" and not clock.in_hours
    )
    overdue = overdue_not_waiting = 0
    if state == "breached" and shown_at >= layout.due_at:
        overdue, overdue_not_waiting = layout.overdue(shown_at, part.pauses)
    return Reckoning(
        state=state,
        generation=len(earlier) + 1,
        at=at,
        due_at=None if paused else layout.due_at,
        due_on=None if paused else due_on,
        measure=layout.measure,
        elapsed=layout.elapsed(shown_at),
        remaining=layout.left(shown_at),
        overdue=overdue,
        overdue_not_waiting=overdue_not_waiting,
        due_if_resumed_at=resumed_at,
        pause_ends_at=layout.pause_ends_at if paused else None,
        rungs=rungs_of(clock, calendars, layout=layout, start_at=begins_at),
        earlier=earlier,
        certificate=certificate_of(
            clock, calendars, history, layout=layout, begins_at=begins_at,
            extension=sum(each.amount for each in part.extensions) - sum(from_due),
            extensions_from_due=from_due,
            generation=len(earlier) + 1, paused=paused,
        ),
    )  # fmt: skip


def _state(
    clock: ClockDefinition,
    history: ClockHistory,
    *,
    at: datetime,
    due_at: datetime,
    paused: bool,
) -> ClockState:
    stopped_at = history.stopped_at
    if stopped_at is not None and history.outcome != "answered":
        return history.outcome
    if clock.sense == "not_before":
        if stopped_at is None:
            return "running" if at < due_at else "met"
        return "met" if stopped_at >= due_at else "breached"
    over: ClockState = "breached"
    if clock.sense == "warning":  # nobody in the office is late by what ends with it
        over = "running" if stopped_at is None else "withdrawn"
    if stopped_at is not None:
        return "met" if _in_time(clock, stopped_at, due_at) else over
    if paused:
        return "paused"
    return "running" if _in_time(clock, at, due_at) else over


def _in_time(clock: ClockDefinition, at: datetime, due_at: datetime) -> bool:
    """Row 9: before the end of the day it is due; an hour clock at the very instant too."""
    return at <= due_at if clock.in_hours else at < due_at
