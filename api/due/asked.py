"""When a clock is due, from what happened when, without a case: one question, of the command line and over HTTP.

Times are as they were written. What is wrong with one is told by the name that its field has where it was asked.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Final, Literal, TypeAlias, get_args

from api.due.law import Law
from api.moments import instant_of, refuse_unmeant
from ledger.errors import InvalidCommand
from ledger.input.quoting import known_codes, quoted
from ledger.policy.calendars.counting import Calendars
from ledger.policy.clocks.arming import starts_at
from ledger.policy.clocks.day_by_day import LaidDay, LaidHours, days_laid, hours_laid
from ledger.policy.clocks.history import (
    ClockHistory,
    Extended,
    Outcome,
    Reckoning,
    Reopening,
    Waiting,
)
from ledger.policy.clocks.reckoning import reckon
from ledger.policy.clocks.requests import DutyDue, extended, may_reset, may_wait
from ledger.policy.document.clocks import ClockDefinition
from ledger.policy.document.conditions import RoutingFacts
from ledger.policy.reading.packs import edition_on, editions
from ledger.policy.telling.days import day_said
from ledger.policy.values import Language

DAYS_AT_MOST: Final = 20_000
"""How many days are laid out at most: more than fifty years are a slip."""
GoesOn: TypeAlias = Literal["continue", "resume", "restart"]
GOES_ON: Final[tuple[GoesOn, ...]] = get_args(GoesOn)
"""How a clock goes on that had stopped."""
_NOON = time(12)


@dataclass(frozen=True, slots=True)
class Waited:
    """A wait: for what, from when, and until when; without its end it lasts still."""

    reason: str
    begins: str
    ends: str | None = None


@dataclass(frozen=True, slots=True)
class Prolonged:
    """An extension: by how much, in the clock's own unit, by whom, and when its notice was given."""

    amount: int
    authority: str | None = None
    notice: str | None = None


@dataclass(frozen=True, slots=True)
class Reopened:
    """That it had stopped and was opened again, and how it goes on; as the clock says if that is left out."""

    stopped: str
    again: str
    mode: GoesOn | None = None


@dataclass(frozen=True)
class Happenings:
    """What happened to a request, each time as it was written."""

    received: str | None = None
    reached_office: str | None = None
    complete: str | None = None
    event: str | None = None
    waits: Sequence[Waited] = ()
    extensions: Sequence[Prolonged] = ()
    resets: Sequence[str] = ()
    reopened: Sequence[Reopened] = ()
    stopped: str | None = None
    at: str | None = None
    called: Callable[[str], str] = str
    """What each of these is called where it was asked."""


@dataclass(frozen=True)
class Found:
    """One edition of a clock with its history, as it stands at an instant."""

    law: Law
    clock: ClockDefinition
    history: ClockHistory
    reckoning: Reckoning
    duties: tuple[DutyDue, ...]
    extended_by: tuple[str, ...]
    assumed: tuple[str, ...]
    asked_at: datetime
    """The instant asked about, which may lie before the start."""


def found(law: Law, code: str, said: Happenings, *, now: datetime) -> Found:
    """The edition of the clock that is the law for this start, and how it stands."""
    candidates = editions(law.clocks, code)
    starts = [
        (clock, start_at, event_on)
        for clock in candidates
        for start_at, event_on in [_start(clock, law.calendars, said)]
    ]
    fitting = [
        (clock, start_at)
        for clock, start_at, event_on in starts
        if edition_on([clock], start_on=_on(law, clock, start_at), event_on=event_on)
    ]
    if not fitting:
        on = _on(law, starts[0][0], starts[0][1])
        raise InvalidCommand(
            f"No edition of {code} is the law for what starts on {day_said(on)}: "
            f"there are {', '.join(_span(clock) for clock in candidates)}."
        )
    if len(fitting) > 1:
        raise InvalidCommand(
            f"{code} holds several clocks: name one of {', '.join(clock.code for clock, _ in fitting)}."
        )
    clock, start_at = fitting[0]
    reader = _Reader(clock, law.calendars, said.called)
    _refuse_unknown_reasons(law, clock, said)
    history = _history(reader, said, start_at)
    history, duties, authorities = _extended(reader, said, history)
    at = reader.moment(said.at, "at") if said.at else now
    reckoning = reckon(clock, law.calendars, history, at=max(at, start_at))
    _refuse_too_many_days(reader, reckoning, start_at)
    assumed = _assumed(clock, said)
    return Found(law, clock, history, reckoning, duties, authorities, assumed, at)


def _refuse_too_many_days(reader: _Reader, reckoning: Reckoning, start_at: datetime) -> None:
    """Refuses what would be laid out for longer than anybody reads."""
    last_at = reckoning.due_at or reckoning.at
    days = (last_at - start_at).days
    if days > DAYS_AT_MOST:
        raise InvalidCommand(
            f"{reader.clock.code} would be laid out over {days} days, more than {DAYS_AT_MOST}: read the times again."
        )


def _span(clock: ClockDefinition) -> str:
    since = f"from {clock.effective_from}" if clock.effective_from else ""
    until = f"until {clock.effective_until}" if clock.effective_until else ""
    return f"{clock.code} ({' '.join(each for each in (since, until) if each) or 'always'})"


def _on(law: Law, clock: ClockDefinition, start_at: datetime) -> date:
    return law.calendars.days_of(clock.zone).date_of(start_at)


def _assumed(clock: ClockDefinition, said: Happenings) -> tuple[str, ...]:
    if clock.starts_on == "complete" and said.complete is None:
        return ("assumed_complete",)
    if clock.starts_on == "reached_office" and said.reached_office is None:
        return ("assumed_office",)
    return ()


def _start(
    clock: ClockDefinition, calendars: Calendars, said: Happenings
) -> tuple[datetime, date | None]:
    """When the clock starts, and the date of its event if one starts it."""
    reader = _Reader(clock, calendars, said.called)
    if clock.starts_on == "event":
        if said.event is None:
            raise InvalidCommand(
                f"{clock.code} starts with '{clock.start_event}': say when that was with {said.called('event')}."
            )
        event_at = reader.moment(said.event, "event")
        return event_at, reader.days.date_of(event_at)
    if said.received is None:
        raise InvalidCommand(
            f"{clock.code} needs a start: say with {said.called('received')} when it was received."
        )
    received = reader.moment(said.received, "received")
    at_office = (
        reader.moment(said.reached_office, "reached_office") if said.reached_office else received
    )
    complete = reader.moment(said.complete, "complete") if said.complete else at_office
    for field, at in (("reached_office", at_office), ("complete", complete)):
        if at < received:
            option, receipt = said.called(field), said.called("received")
            raise InvalidCommand(
                f"{option} lies before {receipt}: give it at or after the receipt."
            )
    moments = {"reached_body": received, "reached_office": at_office, "complete": complete}
    start_at = starts_at(clock, calendars, facts=RoutingFacts(), moments=moments)
    return start_at or received, None


class _Reader:
    """Reads the times of one clock: an instant with its offset, or a date where the clock counts days."""

    def __init__(
        self, clock: ClockDefinition, calendars: Calendars, called: Callable[[str], str]
    ) -> None:
        self.clock = clock
        self.calendars = calendars
        self.days = calendars.days_of(clock.zone)
        self.called = called

    def moment(self, text: str, field: str) -> datetime:
        """The instant that a text names; a date stands for its noon."""
        option = self.called(field)
        try:
            on = date.fromisoformat(text)
        except ValueError:
            return instant_of(text, option=option)
        if len(text) != 10:
            raise InvalidCommand(f"{option} is not a date such as 2026-03-02.")
        if self.clock.in_hours:
            raise self._too_little(text, option, "counts hours")
        if self.clock.cut_off is not None and field in ("received", "reached_office"):
            raise self._too_little(text, option, f"has a cut-off at {self.clock.cut_off:%H:%M}")
        if self.clock.due_at == "close_of_business" and field == "stopped":
            raise self._too_little(text, option, "is due at the close of business")
        refuse_unmeant(on, option=option)
        return self.days.at(on, _NOON)

    def _too_little(self, text: str, option: str, why: str) -> InvalidCommand:
        return InvalidCommand(
            f"{self.clock.code} {why}, so a date is not enough: "
            f"write {option} with its time and offset from UTC, such as {text}T09:30-04:00."
        )

    def span(self, first: str, last: str, field: str) -> tuple[datetime, datetime]:
        """From when until when."""
        from_at, to_at = self.moment(first, field), self.moment(last, field)
        if to_at < from_at:
            raise InvalidCommand(
                f"{self.called(field)} ends before it begins: turn the two around."
            )
        return from_at, to_at


def _history(reader: _Reader, said: Happenings, start_at: datetime) -> ClockHistory:
    """Waits, resets, reopenings and the stop, each held against what the clock allows."""
    history = ClockHistory(start_at)
    waits = [_wait(reader, each) for each in said.waits]
    for wait in sorted(waits, key=lambda each: each.from_at):
        may_wait(reader.clock, history, wait.reason)
        if reader.clock.effect_of(wait.reason).effect == "reset":
            standing = reckon(
                reader.clock, reader.calendars, history, at=max(wait.from_at, start_at)
            )
            may_reset(reader.clock, standing, wait.reason)
        history = replace(history, waits=(*history.waits, wait))
    for text in said.resets:
        history = _reset(reader, history, reader.moment(text, "resets"))
    reopenings = tuple(_reopening(reader, each) for each in said.reopened)
    stopped_at = reader.moment(said.stopped, "stopped") if said.stopped else None
    if stopped_at is not None and stopped_at < start_at:
        option = said.called("stopped")
        raise InvalidCommand(f"{option} lies before the clock starts: give a later time.")
    outcome: Outcome = "answered"
    return replace(history, reopenings=reopenings, stopped_at=stopped_at, outcome=outcome)


def _refuse_unknown_reasons(law: Law, clock: ClockDefinition, said: Happenings) -> None:
    """Refuses a reason that nobody knows: what is misspelt would stop no clock, and the date would look right."""
    known = {*law.reasons, *clock.effects}
    for each in said.waits:
        if each.reason not in known:
            option, reason = said.called("waits"), quoted(each.reason)
            raise InvalidCommand(
                f"{option}: {reason} is no reason to wait that is known here; there are: "
                f"{known_codes(each.reason, known)}."
            )


def _wait(reader: _Reader, said: Waited) -> Waiting:
    if said.ends is None:
        return Waiting(said.reason, reader.moment(said.begins, "waits"), None)
    return Waiting(said.reason, *reader.span(said.begins, said.ends, "waits"))


def _reset(reader: _Reader, history: ClockHistory, at: datetime) -> ClockHistory:
    reasons = [code for code, each in reader.clock.effects.items() if each.effect == "reset"]
    standing = reckon(reader.clock, reader.calendars, history, at=max(at, history.start_at))
    may_reset(reader.clock, standing, reasons[0] if reasons else reader.called("resets"))
    return replace(history, resets=(*history.resets, at))


def _reopening(reader: _Reader, said: Reopened) -> Reopening:
    """A reopening, as it is said or, where that is left out, as the clock has it."""
    stopped_at, reopened_at = reader.span(said.stopped, said.again, "reopened")
    own = reader.clock.reopen
    mode: GoesOn | None = said.mode or next((each for each in GOES_ON if each == own), None)
    if mode is None:
        raise InvalidCommand(
            f"{reader.clock.code} is not reopened ({own}): start a new clock for the new case instead."
        )
    return Reopening(stopped_at, reopened_at, mode)


def _extended(
    reader: _Reader, said: Happenings, history: ClockHistory
) -> tuple[ClockHistory, tuple[DutyDue, ...], tuple[str, ...]]:
    """The history with its extensions; each is refused where the law does."""
    duties: list[DutyDue] = []
    authorities: list[str] = []
    terms = reader.clock.extensions
    for each in said.extensions:
        authority = each.authority
        if authority is None:
            authority = terms[0].authority if terms else ""
        needs = any(of.notice == "requester" for of in terms if of.authority == authority)
        if each.notice is None and needs:
            raise InvalidCommand(
                f"An extension of {reader.clock.code} needs its notice: say with {said.called('notice')} when it was "
                "given."
            )
        given_at = reader.moment(each.notice, "notice") if each.notice else history.start_at
        extension, owed = extended(
            reader.clock, reader.calendars, history,
            amount=each.amount, authority=authority, given_at=given_at,
        )  # fmt: skip
        history = replace(history, extensions=(*history.extensions, extension))
        duties += owed
        authorities.append(authority)
    return history, tuple(duties), tuple(authorities)


def extensions_of(found: Found) -> tuple[tuple[Extended, str], ...]:
    """Each extension with the authority that gave it."""
    return tuple(zip(found.history.extensions, found.extended_by, strict=True))


def days_of(found: Found) -> tuple[LaidDay, ...]:
    """The dates of a clock that counts days; none for one of hours."""
    if found.clock.in_hours:
        return ()
    law = found.law
    return days_laid(found.clock, law.calendars, law.terms, found.history, found.reckoning)


def hours_of(found: Found) -> tuple[LaidHours, ...]:
    """The dates of a clock that counts hours; none for one of days."""
    if not found.clock.in_hours:
        return ()
    return hours_laid(found.clock, found.law.calendars, found.reckoning)


def reason_called(found: Found, code: str, language: Language) -> str:
    """What a reason to wait is called."""
    label = found.law.reasons.get(code)
    return label.say(language) if label is not None else code
