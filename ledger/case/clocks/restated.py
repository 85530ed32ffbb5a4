"""A due date restated: the old one, the new one and the cause, in an entry of its own; what was told stays told.

Decision table, rows 30, 31 and 33. Rungs and a breach that were recorded stay in the log, as then known;
those that the new reckoning puts into the future are armed again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from ledger.case.alarms import CaseAlarmed
from ledger.case.approved import approver_of
from ledger.case.clocks.approving import refuse_alone
from ledger.case.clocks.facts import certified, with_clock
from ledger.case.clocks.standing import definition_of
from ledger.case.known.approvals import Approval, Ground, relies
from ledger.case.known.timed import Clock
from ledger.case.state import Case, Decision, evolves
from ledger.commands import Circumstances
from ledger.entry import Entry, Happened
from ledger.errors import Refusal
from ledger.facts import Fact, Json, fact
from ledger.ids import derived_uuid
from ledger.policy.clocks.history import Reckoning, RungAt
from ledger.times import Instant, stamp

RestatementCause = Literal["backdated", "start_corrected", "calendar", "time_zones", "law"]
MOVED_EARLIER = "due_moved_earlier"
DATE_MOVED_EARLIER = "date_moved_earlier"
"""The same of a clock by whose end nothing is due: one that only warns, or before which nothing is to be done."""


@fact
class ClockRestated(Fact):
    """A clock was reckoned anew because of what became known: old due, new due, cause, and on what evidence.

    `due_at` is None while the clock stands still. `overtakes` names the rungs that were recorded and lie
    ahead again; `overtakes_breach` says that a breach was recorded of a due date that holds no more.
    `promised_at` is the due date that was told before, where the new one is earlier: the promise stays
    in sight. `policy` is that of the terms, `calendars` that of the days counted. `succeeds` names the
    clock of the earlier law whose history this one takes over; what that law let it be extended is not.
    """

    clock: str
    generation: int
    cause: RestatementCause
    succeeds: str | None
    policy: str
    calendars: str
    started_at: Instant
    was_due_at: Instant | None
    due_at: Instant | None
    promised_at: Instant | None
    overtakes: tuple[str, ...]
    overtakes_breach: bool
    evidence: tuple[UUID, ...]
    approved_by: str | None
    pause_ends_at: Instant | None
    rungs: tuple[RungAt, ...]
    certificate: Mapping[str, Json]


@dataclass(frozen=True, slots=True)
class Anew:
    """By what a clock is reckoned now: its terms' policy, its calendars' policy, and its start."""

    policy: str
    calendars: str
    started_at: datetime

    @classmethod
    def as_held(cls, clock: Clock) -> Anew:
        """By what it was reckoned before."""
        return cls(clock.law, clock.calendars or clock.law, clock.history.start_at)


def restate(
    decision: Decision,
    clock: Clock,
    reckoning: Reckoning,
    *,
    cause: RestatementCause,
    ground: Ground,
    anew: Anew | None = None,
    succeeds: str | None = None,
) -> None:
    """Records the new reckoning of a clock, and alerts at once if it is due earlier than was said."""
    around, due_at = decision.around, reckoning.due_at
    earlier = due_at is not None and clock.due_at is not None and due_at < clock.due_at
    held = anew or Anew.as_held(clock)
    generation = clock.generation + max(0, reckoning.generation - clock.resets - 1)
    decision.happens(
        ClockRestated(
            clock=clock.code,
            generation=generation,
            cause=cause,
            succeeds=succeeds,
            policy=held.policy,
            calendars=held.calendars,
            started_at=held.started_at,
            was_due_at=clock.due_at,
            due_at=due_at,
            promised_at=clock.due_at if earlier else None,
            overtakes=overtaken(clock, reckoning, now=around.now),
            overtakes_breach=clock.breached and not _past(due_at, around.now),
            evidence=ground.evidence,
            approved_by=ground.approved_by,
            pause_ends_at=reckoning.pause_ends_at,
            rungs=reckoning.rungs,
            certificate=certified(reckoning, generation),
        )
    )
    if earlier and due_at is not None:
        decision.happens(
            CaseAlarmed(
                escalation_id=derived_uuid(
                    around.now, "restated", around.stream, clock.code, stamp(due_at)
                ),
                alarm=MOVED_EARLIER if _falls_due(around, clock) else DATE_MOVED_EARLIER,
                party="leader" if decision.case.team else "dispatcher",
                since=around.now,
            ),
            at=around.now,
        )


def overtaken(clock: Clock, reckoning: Reckoning, *, now: datetime) -> tuple[str, ...]:
    """The rungs that were reached and lie ahead by the new reckoning."""
    still = {rung.code for rung in reckoning.rungs if rung.at <= now}
    return tuple(sorted(clock.reached - still))


def approved_crossing(
    decision: Decision, clock: Clock, reckoning: Reckoning, ground: Ground, *, dated_at: datetime
) -> Ground:
    """On what a clock is moved, with who approved that; refused across its breach, either way, on nobody else's word.

    `dated_at` is the instant as of which what moves it is entered. A clock by whose end nothing is asked for, as where
    nothing is to be done before or something is only warned of, has no breach to cross.
    """
    case, around = decision.case, decision.around
    approver = approver_of(case, around, clock, dated_at)
    breached = _past(clock.due_at, around.now) != _past(reckoning.due_at, around.now)
    if not breached or not _falls_due(around, clock):
        return replace(ground, approved_by=approver)
    what = f"This moves clock {clock.code} across its breach"
    if not ground.evidence:
        raise Refusal(
            f"{what}: list the evidence as a record item of the case and name it.",
            rule="breach-crossed-on-evidence",
            clock=clock.code,
        )
    if approver is None:
        refuse_alone(what, clock, around, dated_at=dated_at)
    return replace(ground, approved_by=approver)


def _falls_due(around: Circumstances, clock: Clock) -> bool:
    return definition_of(around, clock).sense == "deadline"


def _past(due_at: datetime | None, now: datetime) -> bool:
    return due_at is not None and due_at <= now


@evolves(ClockRestated)
def _restated(case: Case, restated: ClockRestated, at: datetime) -> Case:
    clock = case.clocks.get(restated.clock)
    if clock is None:
        return case
    clock = clock.armed_again(restated.overtakes)
    before = case.clocks.get(restated.succeeds or clock.code, clock).history
    if restated.cause == "law":
        before = replace(before, extensions=(), stopped_at=None)
    fields: dict[str, Any] = {
        "state": "paused" if restated.due_at is None else "running",
        "reached": clock.reached,
        "breached": clock.breached and not restated.overtakes_breach,
        "policy": restated.policy,
        "calendars": restated.calendars,
        "history": replace(before, start_at=restated.started_at),
        "due_at": restated.due_at,
        "pause_ends_at": restated.pause_ends_at,
        "rungs": restated.rungs,
        "tz_version": restated.certificate.get("tz_version"),
    }
    if restated.generation > clock.generation:
        resets = clock.resets + restated.generation - clock.generation
        fields |= {"generation": restated.generation, "resets": resets}
        fields |= {"reached": frozenset[str](), "breached": False}
    return with_clock(case, clock.code, **fields)


def _relies(approval: Approval, restated: ClockRestated, happened: Happened | Entry) -> bool:
    """What moves several clocks as of a start that is corrected says so itself."""
    moved = restated.approved_by is not None and restated.cause == "backdated"
    as_of = happened.context.effective_at
    return moved and approval.clock == restated.clock and approval.is_as_of(as_of)


relies(ClockRestated, _relies)
