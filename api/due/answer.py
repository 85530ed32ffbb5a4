"""When a clock is due as it is told: the date, each day or hour of its count, and the certificate that it rests on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from api.due.asked import Found, days_of, hours_of
from ledger.policy.clocks.certificates import recheck
from ledger.policy.clocks.day_by_day import DayKind, LaidHours
from ledger.policy.clocks.history import ClockState, Generation, Measure, RungAt
from ledger.policy.clocks.requests import DutyDue
from ledger.policy.document.clocks import MarkStatus, Sense
from ledger.policy.values import Unit


@dataclass(frozen=True, slots=True)
class InBoth:
    """What something is called in English and in French."""

    en: str
    fr: str


@dataclass(frozen=True, slots=True)
class DefinedIn:
    """Where a clock is defined: in the policy of this number, in a file, or in a pack that comes with the program."""

    kind: Literal["published", "file", "pack", "pack_file"]
    name: str


@dataclass(frozen=True, slots=True)
class DayLaid:
    """One date: whether it counted, as which day, or why not."""

    on: date
    kind: DayKind
    number: int | None
    holiday: InBoth | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class MarkTold:
    """How far a setting of a clock was checked against its law, and by what."""

    setting: str
    status: MarkStatus
    source: str


@dataclass(frozen=True, slots=True)
class DueReckoned:
    """When a clock is due, and all that it rests on; `days` are those of a clock of days, `hours` of one of hours."""

    clock: str
    name: InBoth
    pack: str
    version: str
    citation: str
    defined_in: DefinedIn
    unit: Unit
    amount: int
    sense: Sense
    zone: str
    start_at: datetime
    assumed: tuple[str, ...]
    state: ClockState
    at: datetime
    generation: int
    due_at: datetime | None
    due_on: date | None
    due_if_resumed_at: datetime | None
    measure: Measure
    elapsed: int
    remaining: int
    overdue: int
    overdue_not_waiting: int
    earlier: tuple[Generation, ...]
    rungs: tuple[RungAt, ...]
    to_be_told: tuple[DutyDue, ...]
    days: tuple[DayLaid, ...]
    hours: tuple[LaidHours, ...]
    certificate: Mapping[str, Any]
    certificate_holds: bool
    marks: tuple[MarkTold, ...]


def due_reckoned(found: Found) -> DueReckoned:
    """Everything that the answer rests on, each day by its date."""
    return DueReckoned(**said_of(found))


def said_of(found: Found) -> dict[str, Any]:
    """The same, field by field."""
    clock, reckoning = found.clock, found.reckoning
    return {
        "clock": clock.code,
        "name": InBoth(clock.en, clock.fr),
        "pack": clock.pack,
        "version": clock.version,
        "citation": clock.citation,
        "defined_in": DefinedIn(found.law.kind, found.law.name),
        "unit": clock.unit,
        "amount": clock.amount,
        "sense": clock.sense,
        "zone": clock.zone,
        "start_at": found.history.start_at,
        "assumed": found.assumed,
        "state": reckoning.state,
        "at": reckoning.at,
        "generation": reckoning.generation,
        "due_at": reckoning.due_at,
        "due_on": reckoning.due_on,
        "due_if_resumed_at": reckoning.due_if_resumed_at,
        "measure": reckoning.measure,
        "elapsed": reckoning.elapsed,
        "remaining": reckoning.remaining,
        "overdue": reckoning.overdue,
        "overdue_not_waiting": reckoning.overdue_not_waiting,
        "earlier": reckoning.earlier,
        "rungs": reckoning.rungs,
        "to_be_told": found.duties,
        "days": tuple(
            DayLaid(
                day.on,
                day.kind,
                day.number,
                InBoth(day.holiday.en, day.holiday.fr) if day.holiday else None,
                day.reason,
            )
            for day in days_of(found)
        ),
        "hours": hours_of(found),
        "certificate": reckoning.certificate,
        "certificate_holds": certificate_holds(found),
        "marks": tuple(MarkTold(each.setting, each.status, each.source) for each in clock.marks),
    }


def certificate_holds(found: Found) -> bool:
    """Whether the certificate holds when every day is walked again."""
    calendars = found.law.calendars
    every = (*calendars.counting.values(), *calendars.hours.values())
    return recheck(found.reckoning.certificate, *every)
