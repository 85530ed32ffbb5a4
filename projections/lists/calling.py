"""Calling: what time calls for, found by index and a page at a time, for `watch` to ask the ledger to record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal
from uuid import UUID

from projections.fold.projection import Rows
from projections.fold.temporal import instant_at
from projections.lists.paging import InTime
from projections.rows.case_rows import CaseRow
from projections.rows.escalations import EscalationRow

if TYPE_CHECKING:
    from projections.views import Reading, Views

_CALLING = InTime("clocks", "calls_at", ("clock", "generation"))
_OVERLOOKED = {
    alarm: InTime("cases", since, (team,), where, placed=False)
    for alarm, since, team, where in (
        ("never_opened", "unopened_since", "team", "lane <> 0"),
        ("never_opened_in_danger", "unopened_since", "team", "lane = 0"),
        ("never_routed", "unrouted_since", "team", "TRUE"),
        ("never_accepted", "accept_by", "transit_to", "TRUE"),
        ("never_confirmed", "unconfirmed_since", "team", "TRUE"),
        ("waiting_too_long", "overlong_since", "team", "TRUE"),
        ("closed_without_reply", "unanswered_since", "team", "TRUE"),
        ("no_contact", "silent_since", "team", "standing <> 'resolved'"),
        ("promise_missed", "promised_at", "team", "TRUE"),
        ("return_undecided", "undecided_since", "team", "TRUE"),
    )
}
_OWED = InTime("escalations", "since_at", where="delivered_at IS NULL")
_CLIMBS = "NOT warning AND climbed < 2 AND NOT asleep"
_UNANSWERED = InTime(
    "escalations",
    "delivered_at",
    where=f"acknowledged_at IS NULL AND NOT at_the_top AND {_CLIMBS}",
)
_PROMISED = InTime("escalations", "act_by", where=_CLIMBS)
_QUIET = InTime("cases", "settles_at", placed=False)

Oversight = Literal[
    "never_opened",
    "never_opened_in_danger",
    "never_routed",
    "never_accepted",
    "never_confirmed",
    "waiting_too_long",
    "closed_without_reply",
    "no_contact",
    "promise_missed",
    "return_undecided",
]


@dataclass(frozen=True, slots=True)
class ClockCall:
    """A clock of which a rung, the breach or the end of a pause has come and is not recorded yet."""

    case_id: UUID
    place: int
    clock: str
    generation: int
    calls_at: datetime


@dataclass(frozen=True, slots=True)
class Overlooked:
    """A case of which something should have happened since an instant, and the team that has it or should answer."""

    case_id: UUID
    since: datetime
    team: str | None


@dataclass(frozen=True, slots=True)
class Unanswered:
    """An escalation that nobody has answered, or as was promised, since when, and how far it has climbed."""

    case_id: UUID
    place: int
    escalation_id: UUID
    since_at: datetime
    """When its alert was delivered, or by when somebody was to act."""
    parties: tuple[str, ...]
    climbed: int
    immediate: bool


@dataclass(frozen=True, slots=True)
class QuietCase:
    """A resolved case whose quiet window is over and that is not settled."""

    case_id: UUID
    settles_at: datetime


@dataclass(frozen=True, slots=True)
class OwedAlert:
    """An escalation whose alert is not delivered yet, with what is needed to address it."""

    case_id: UUID
    place: int
    escalation_id: UUID
    reference: str
    reason: str
    parties: tuple[str, ...]
    since_at: datetime
    clock: str | None
    team: str | None
    owner: str | None
    immediate: bool
    """Of immediate danger: it goes out at any hour."""
    climbed: int = 0
    """How many times nobody answered it in time."""
    missing: tuple[str, ...] = ()
    """What a chase is after, by field."""
    by_at: datetime | None = None
    """When the request is to lapse."""


def clocks_calling(views: Views, *, at: datetime) -> Iterator[Sequence[ClockCall]]:
    """Clocks of which time has called for something by now, those first that called first: ask `ReachRung` for each.

    Deadlines that another system stated call for nothing.
    """
    return _CALLING.pages(
        views,
        lambda _, found: [
            ClockCall(UUID(key), place, clock, generation, instant_at(calls_at))
            for calls_at, key, place, clock, generation in found
        ],
        upto=at,
    )


def overlooked(views: Views, oversight: Oversight) -> Iterator[Sequence[Overlooked]]:
    """Cases of which something should have happened by now: taken, routed, accepted, answered, heard of, decided.

    Those come first that wait longest since `since`: when the case was received or resolved, was to be
    accepted, when its requester last heard from us or was to hear, when a return was proposed. Cases for
    which the alarm was raised, and those of another system's history, are not among them.
    """
    return _OVERLOOKED[oversight].pages(
        views,
        lambda _, found: [Overlooked(UUID(key), instant_at(at), team) for at, key, team in found],
    )


def unanswered(views: Views, *, at: datetime) -> Iterator[Sequence[Unanswered]]:
    """Escalations whose alert nobody has answered and which can climb, those told of longest first."""
    return _climbing(views, _UNANSWERED, at)


def broken_promises(views: Views, *, at: datetime) -> Iterator[Sequence[Unanswered]]:
    """Escalations that somebody answered with by when they would act, where that has passed; the oldest first.

    Whether something came of it the ledger knows.
    """
    return _climbing(views, _PROMISED, at)


def _climbing(views: Views, asked: InTime, at: datetime) -> Iterator[Sequence[Unanswered]]:
    def shown(reading: Reading, found: Sequence[Any]) -> Sequence[Unanswered]:
        escalations, cases = _escalated(reading, found)
        return [
            _climber(key, escalations[key], place, cases[key][0], instant_at(since_at))
            for since_at, key, place in found
        ]

    return asked.pages(views, shown, beside=("cases",), upto=at)


def _escalated(
    reading: Reading, found: Sequence[Any]
) -> tuple[Mapping[str, Rows[EscalationRow]], Mapping[str, Rows[CaseRow]]]:
    """The escalations of the cases that were found, and how the cases stand."""
    keys = [*{key for _, key, _ in found}]
    return reading.rows_of(EscalationRow, keys), reading.rows_of(CaseRow, keys)


def _climber(
    key: str, rows: Rows[EscalationRow], place: int, case: CaseRow, since_at: datetime
) -> Unanswered:
    escalation = rows[place]
    return Unanswered(
        case_id=UUID(key),
        place=place,
        escalation_id=UUID(escalation.escalation_id),
        since_at=since_at,
        parties=escalation.parties,
        climbed=escalation.climbed,
        immediate=case.lane == 0,
    )


def quiet_cases(views: Views, *, at: datetime) -> Iterator[Sequence[QuietCase]]:
    """Resolved cases whose quiet window is over by an instant and that are not settled, longest first.

    A case of which a return is proposed is not among them.
    """
    return _QUIET.pages(
        views,
        lambda _, found: [QuietCase(UUID(key), instant_at(ends)) for ends, key in found],
        upto=at,
    )


def alerts_owed(views: Views) -> Iterator[Sequence[OwedAlert]]:
    """Escalations whose alert is to be delivered, those first that are owed longest."""

    def shown(reading: Reading, found: Sequence[Any]) -> Sequence[OwedAlert]:
        escalations, cases = _escalated(reading, found)
        return [_owed(key, escalations[key], place, cases[key][0]) for _, key, place in found]

    return _OWED.pages(views, shown, beside=("cases",))


def _owed(key: str, rows: Rows[EscalationRow], place: int, case: CaseRow) -> OwedAlert:
    escalation = rows[place]
    return OwedAlert(
        case_id=UUID(key),
        place=place,
        escalation_id=UUID(escalation.escalation_id),
        reference=case.reference,
        reason=escalation.reason,
        parties=escalation.parties,
        since_at=escalation.since_at,
        clock=escalation.clock,
        team=case.team,
        owner=case.owner,
        immediate=case.lane == 0,
        climbed=escalation.climbed,
        missing=escalation.missing,
        by_at=escalation.by_at,
    )
