"""Reckonings: each clock of a case with every date that was recorded for it, and what its certificates rest on.

A certificate is taken as it was recorded, and walked again day by day by the calendars that it cites.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Literal

from ledger.case import CASE
from ledger.case.clocks.extending import ClockExtended
from ledger.case.clocks.facts import ClockArmed, ClockPaused, ClockResumed
from ledger.case.clocks.restated import ClockRestated
from ledger.case.clocks.standing import calendars_of, waits_of
from ledger.case.known.timed import Clock
from ledger.case.state import Case
from ledger.entry import Entry
from ledger.policy.calendars.counting import Calendars
from ledger.policy.clocks.certificates import recheck
from ledger.policy.clocks.history import ClockHistory, Reckoning
from ledger.policy.clocks.reckoning import reckon
from ledger.policy.clocks.requests import DutyDue
from ledger.policy.document.clocks import ClockDefinition
from ledger.policy.in_force import Policies, PolicyVersion

DateBecause = Literal["armed", "paused", "resumed", "anew", "extended", "restated"]
_BECAUSE: Mapping[type[Any], DateBecause] = {
    ClockArmed: "armed",
    ClockPaused: "paused",
    ClockResumed: "resumed",
    ClockExtended: "extended",
    ClockRestated: "restated",
}


@dataclass(frozen=True, slots=True)
class RecordedDate:
    """A date as an entry of the case recorded it, None where the clock stood still from then on."""

    position: int
    version: int
    at: datetime
    because: DateBecause
    due_at: datetime | None
    certificate: Mapping[str, Any]
    holds: bool
    """Walked again day by day, the certificate comes out the same."""


@dataclass(frozen=True, slots=True)
class ClockReckoned:
    """One clock of a case: its law, what happened to it, how it stands, and each date recorded for it.

    `reckoning` bears the last recorded certificate, but where the clock stopped while it stood still.
    """

    clock: Clock
    law: PolicyVersion
    definition: ClockDefinition
    calendars: Calendars
    counted_by: PolicyVersion
    """Whose calendars these are: those of its law, or as they were revised since."""
    history: ClockHistory
    reckoning: Reckoning
    dates: tuple[RecordedDate, ...]
    duties: tuple[DutyDue, ...]


def reckonings(
    entries: Iterable[Entry], policies: Policies, *, at: datetime
) -> Iterator[ClockReckoned]:
    """Each clock that we reckon, in the order in which they were armed; one that was armed anew comes twice."""
    case: Case = CASE.initial
    recorded: dict[str, list[Entry]] = {}
    for entry in entries:
        fact: Any = entry.fact
        if type(fact) is ClockArmed and fact.clock in recorded:
            yield from _reckonings_of(
                case, case.clocks[fact.clock], recorded.pop(fact.clock), policies, at
            )
        case = CASE.evolve(case, entry)
        if type(fact) in _BECAUSE:
            took_over = getattr(fact, "succeeds", None)
            before = recorded.pop(took_over, []) if took_over else []
            recorded.setdefault(fact.clock, before).append(entry)
    for code, clock in case.clocks.items():
        if code in recorded:
            yield from _reckonings_of(case, clock, recorded[code], policies, at)


def _reckonings_of(
    case: Case, clock: Clock, entries: list[Entry], policies: Policies, at: datetime
) -> Iterator[ClockReckoned]:
    if clock.policy is None:
        return
    law = policies.cited(clock.policy)
    calendars = calendars_of(policies, clock.policy, clock.calendars)
    definition = law.compiled.clocks[clock.code]
    history = replace(clock.history, waits=waits_of(case, since=clock.history.start_at))
    standing = reckon(definition, calendars, history, at=max(at, history.start_at))
    dates = tuple(_date(each, clock, policies) for each in entries)
    yield ClockReckoned(
        clock,
        law,
        definition,
        calendars,
        policies.cited(clock.calendars or clock.policy),
        history,
        _by_the_record(standing, dates[-1], stopped=not clock.open),
        dates,
        tuple(_duties(entries)),
    )


def _date(entry: Entry, clock: Clock, policies: Policies) -> RecordedDate:
    """The certificate is held against the calendars that counted when it was recorded."""
    fact: Any = entry.fact
    cited = getattr(fact, "calendars", None) or getattr(fact, "policy", None) or clock.policy
    calendars = policies.cited(cited or "").compiled.calendars
    every = (*calendars.counting.values(), *calendars.hours.values())
    certificate = fact.certificate
    holds = recheck(certificate, *every)
    if not holds and clock.calendars is not None:
        revised = policies.cited(clock.calendars).compiled.calendars
        holds = recheck(certificate, *revised.counting.values(), *revised.hours.values())
    return RecordedDate(
        entry.position,
        entry.version,
        entry.context.effective_at,
        _because(entry),
        getattr(fact, "due_at", None),
        certificate,
        holds,
    )


def _because(entry: Entry) -> DateBecause:
    fact = entry.fact
    if isinstance(fact, ClockResumed) and fact.begins_anew(entry.context.effective_at):
        return "anew"
    return _BECAUSE[type(fact)]


def _by_the_record(standing: Reckoning, last: RecordedDate, *, stopped: bool) -> Reckoning:
    """How the clock stands, laid out as it was last recorded."""
    if stopped and last.due_at is None:
        return standing
    due_on = last.certificate.get("due_on")
    return replace(
        standing,
        due_at=last.due_at,
        due_on=date.fromisoformat(due_on) if due_on else standing.due_on,
        certificate=last.certificate,
    )


def _duties(entries: Iterable[Entry]) -> Iterator[DutyDue]:
    for entry in entries:
        if isinstance(entry.fact, ClockExtended):
            for each in entry.fact.duties:
                yield DutyDue(each.party, each.by_on)
