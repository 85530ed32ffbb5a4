"""What was asked of `caseledger due`: the clock, where it is defined, and what happened to it when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from api.cli.due.law import Law
from api.moments import instant_of, refuse_unmeant
from ledger.errors import InvalidCommand
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
from ledger.policy.document.clocks import ClockDefinition, ReopenMode
from ledger.policy.document.conditions import RoutingFacts
from ledger.policy.reading.packs import edition_on, editions
from ledger.policy.telling.days import day_said
from ledger.policy.values import Language

_NOON = time(12)
_MODES: tuple[ReopenMode, ...] = ("continue", "resume", "restart")


@dataclass(frozen=True)
class Happenings:
    """What happened to a request, each as it was written on the command line."""

    received: str | None = None
    reached_office: str | None = None
    complete: str | None = None
    event: str | None = None
    waits: Sequence[str] = ()
    notices: Sequence[str] = ()
    extensions: Sequence[str] = ()
    resets: Sequence[str] = ()
    reopened: Sequence[str] = ()
    stopped: str | None = None
    at: str | None = None


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
    reader = _Reader(clock, law.calendars)
    _refuse_unknown_reasons(law, clock, said.waits)
    history = _history(reader, said, start_at)
    history, duties, authorities = _extended(reader, said, history)
    at = reader.moment(said.at, "--at") if said.at else now
    reckoning = reckon(clock, law.calendars, history, at=max(at, start_at))
    assumed = _assumed(clock, said)
    return Found(law, clock, history, reckoning, duties, authorities, assumed, at)


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
    reader = _Reader(clock, calendars)
    if clock.starts_on == "event":
        if said.event is None:
            raise InvalidCommand(
                f"{clock.code} starts with '{clock.start_event}': say when that was with --event."
            )
        event_at = reader.moment(said.event, "--event")
        return event_at, reader.days.date_of(event_at)
    if said.received is None:
        raise InvalidCommand(
            f"{clock.code} needs a start: say with --received when it was received."
        )
    received = reader.moment(said.received, "--received")
    at_office = (
        reader.moment(said.reached_office, "--reached-office") if said.reached_office else received
    )
    complete = reader.moment(said.complete, "--complete") if said.complete else at_office
    for option, at in (("--reached-office", at_office), ("--complete", complete)):
        if at < received:
            raise InvalidCommand(
                f"{option} lies before --received: give it at or after the receipt."
            )
    moments = {"reached_body": received, "reached_office": at_office, "complete": complete}
    start_at = starts_at(clock, calendars, facts=RoutingFacts(), moments=moments)
    return start_at or received, None


class _Reader:
    """Reads the times of one clock: an instant with its offset, or a date where the clock counts days."""

    def __init__(self, clock: ClockDefinition, calendars: Calendars) -> None:
        self.clock = clock
        self.calendars = calendars
        self.days = calendars.days_of(clock.zone)

    def moment(self, text: str, option: str) -> datetime:
        """The instant that a text names; a date stands for its noon."""
        try:
            on = date.fromisoformat(text)
        except ValueError:
            return instant_of(text, option=option)
        if len(text) != 10:
            raise InvalidCommand(f"{option} '{text}' is not a date such as 2026-03-02.")
        if self.clock.in_hours:
            raise self._too_little(text, option, "counts hours")
        if self.clock.cut_off is not None and option in ("--received", "--reached-office"):
            raise self._too_little(text, option, f"has a cut-off at {self.clock.cut_off:%H:%M}")
        if self.clock.due_at == "close_of_business" and option == "--stopped":
            raise self._too_little(text, option, "is due at the close of business")
        refuse_unmeant(on, option=option)
        return self.days.at(on, _NOON)

    def _too_little(self, text: str, option: str, why: str) -> InvalidCommand:
        return InvalidCommand(
            f"{self.clock.code} {why}, so a date is not enough: "
            f"write {option} with its time and offset from UTC, such as {text}T09:30-04:00."
        )

    def span(self, text: str, option: str) -> tuple[datetime, datetime | None]:
        """From when until when, written `FROM..TO`; without the second it lasts still."""
        first, dots, last = text.partition("..")
        if not first or not dots:
            raise InvalidCommand(
                f"{option} '{text}' says no span: write it as 2027-02-08..2027-02-24, "
                "and leave out the second date while it lasts."
            )
        from_at = self.moment(first, option)
        to_at = self.moment(last, option) if last else None
        if to_at is not None and to_at < from_at:
            raise InvalidCommand(f"{option} '{text}' ends before it begins: turn the two around.")
        return from_at, to_at


def _history(reader: _Reader, said: Happenings, start_at: datetime) -> ClockHistory:
    """Waits, resets, reopenings and the stop, each held against what the clock allows."""
    history = ClockHistory(start_at)
    waits = [_wait(reader, text) for text in said.waits]
    for wait in sorted(waits, key=lambda each: each.from_at):
        may_wait(reader.clock, history, wait.reason)
        if reader.clock.effect_of(wait.reason).effect == "reset":
            standing = reckon(
                reader.clock, reader.calendars, history, at=max(wait.from_at, start_at)
            )
            may_reset(reader.clock, standing, wait.reason)
        history = replace(history, waits=(*history.waits, wait))
    for text in said.resets:
        history = _reset(reader, history, reader.moment(text, "--reset"))
    reopenings = tuple(_reopening(reader, text) for text in said.reopened)
    stopped_at = reader.moment(said.stopped, "--stopped") if said.stopped else None
    if stopped_at is not None and stopped_at < start_at:
        raise InvalidCommand("--stopped lies before the clock starts: give a later time.")
    outcome: Outcome = "answered"
    return replace(history, reopenings=reopenings, stopped_at=stopped_at, outcome=outcome)


def _refuse_unknown_reasons(law: Law, clock: ClockDefinition, waits: Sequence[str]) -> None:
    """Refuses a reason that nobody knows: what is misspelt would stop no clock, and the date would look right."""
    known = {*law.reasons, *clock.effects}
    for text in waits:
        reason = text.partition(":")[0]
        if ":" in text and reason and reason not in known:
            listed = ", ".join(sorted(known)) or "none"
            raise InvalidCommand(
                f"--wait '{text}': '{reason}' is no reason to wait that is known here; there are: {listed}."
            )


def _wait(reader: _Reader, text: str) -> Waiting:
    reason, colon, span = text.partition(":")
    if not (reason and colon):
        raise InvalidCommand(
            f"--wait '{text}' names no reason: write it as fee:2027-02-08..2027-02-24."
        )
    from_at, to_at = reader.span(span, "--wait")
    return Waiting(reason, from_at, to_at)


def _reset(reader: _Reader, history: ClockHistory, at: datetime) -> ClockHistory:
    reasons = [code for code, each in reader.clock.effects.items() if each.effect == "reset"]
    standing = reckon(reader.clock, reader.calendars, history, at=max(at, history.start_at))
    may_reset(reader.clock, standing, reasons[0] if reasons else "--reset")
    return replace(history, resets=(*history.resets, at))


def _reopening(reader: _Reader, text: str) -> Reopening:
    """`STOPPED..REOPENED`, and after `=` how: continue, resume or restart, else as the clock says."""
    span, equals, mode = text.partition("=")
    stopped_at, reopened_at = reader.span(span, "--reopened")
    if reopened_at is None:
        raise InvalidCommand(
            f"--reopened '{text}' needs both times: write 2027-02-08..2027-03-01=resume."
        )
    own = reader.clock.reopen
    wanted = mode if equals else own
    chosen: ReopenMode | None = next((each for each in _MODES if each == wanted), None)
    if equals and chosen is None:
        raise InvalidCommand(f"--reopened '{text}': after = write {', '.join(_MODES)}.")
    if chosen is None:
        raise InvalidCommand(
            f"{reader.clock.code} is not reopened ({own}): start a new clock for the new case instead."
        )
    return Reopening(stopped_at, reopened_at, chosen)


def _extended(
    reader: _Reader, said: Happenings, history: ClockHistory
) -> tuple[ClockHistory, tuple[DutyDue, ...], tuple[str, ...]]:
    """The history with its extensions; each `[AUTHORITY:]AMOUNT[@NOTICE]` is refused where the law does."""
    duties: list[DutyDue] = []
    authorities: list[str] = []
    notices = list(said.notices)
    for text in said.extensions:
        rest, _, notice = text.partition("@")
        named, colon, amount = rest.rpartition(":")
        terms = reader.clock.extensions
        authority = named if colon else terms[0].authority if terms else ""
        if not amount.isdecimal() or not 0 < int(amount) <= 100_000:
            raise InvalidCommand(
                f"--extend '{text}' names no amount: write 30, or head:30@2027-03-10 with its notice."
            )
        if not notice and notices:
            notice = notices.pop(0)
        needs = any(each.notice == "requester" for each in terms if each.authority == authority)
        if not notice and needs:
            raise InvalidCommand(
                f"An extension of {reader.clock.code} needs its notice: say with --notice when it was given."
            )
        given_at = reader.moment(notice, "--notice") if notice else history.start_at + timedelta()
        extension, owed = extended(
            reader.clock, reader.calendars, history,
            amount=int(amount), authority=authority, given_at=given_at,
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
