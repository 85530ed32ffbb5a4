"""Escalations: each rung reached, alarm and escalation of a case, whose alert was owed and what was answered."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import chain
from typing import Any, NamedTuple
from uuid import UUID

from ledger.case.alarms import ALARMS, AlarmOf, CaseAlarmed
from ledger.case.clocks.approving import AWAITS_APPROVAL, alarms_of_claim
from ledger.case.clocks.facts import ClockArmed, ClockResumed, ClockStopped
from ledger.case.custody.adjudication import AdjudicationRequired
from ledger.case.custody.unanswered import TransferUnanswered
from ledger.case.escalation.climbing import EscalationClimbed
from ledger.case.escalation.reaching import (
    AlertDelivered,
    CaseEscalated,
    EscalationAcknowledged,
    RungReached,
)
from ledger.case.intake.chasing import ChaseStepReached
from ledger.case.outcome.deciding import CaseResolved
from ledger.case.outcome.reopening import CaseReopened
from ledger.case.outcome.settling import CaseSettled
from ledger.case.work.overdue import ObligationOverdue
from ledger.policy.values import Language
from projections.fold.projection import Projection, Rows, changed
from projections.fold.told import Told
from projections.sentences.by_topic import CODES


class EscalationRow(NamedTuple):
    """One escalation: why, to whom, since when, whether the alert was delivered, and the answer."""

    escalation_id: str
    reason: str
    parties: tuple[str, ...]
    since_at: datetime
    clock: str | None = None
    generation: int | None = None
    delivered_at: datetime | None = None
    acknowledged_at: datetime | None = None
    action: str | None = None
    act_by: datetime | None = None
    warning: bool = False
    climbed: int = 0
    asleep: bool = False
    """What it is about is over: its case is resolved or open again, or the clock ended that it warned of. It waits for
    no answer and does not climb."""
    missing: tuple[str, ...] = ()
    """What a chase is after, by field."""
    by_at: datetime | None = None
    """When the request is to lapse."""
    together: int | None = None
    """How many were answered at once, where it was in bulk."""


def why(row: EscalationRow, language: Language = "en") -> str:
    """Why it was escalated, in words: the step of its clock, else the alarm or the reason."""
    if row.clock is not None:
        return f"{row.clock}: {row.reason}"
    alarm = CODES.get(f"alarm.{row.reason}")
    if alarm is None:
        return row.reason
    return alarm.fr if language == "fr" else alarm.en


def evolve(rows: Rows[EscalationRow], entry: Told) -> Rows[EscalationRow]:
    """The escalations of a case after one more entry."""
    at = entry.effective_at
    match entry.fact:
        case RungReached() as fact:
            row = EscalationRow(
                escalation_id=str(fact.escalation_id),
                reason=fact.rung,
                parties=fact.parties,
                since_at=fact.reached_at,
                clock=fact.clock,
                generation=fact.generation,
                warning=fact.due_at is None or fact.reached_at < fact.due_at,
            )
        case CaseAlarmed() as fact:
            row = EscalationRow(str(fact.escalation_id), fact.alarm, (fact.party,), fact.since)
        case ChaseStepReached() as fact:
            if fact.party is None:
                return rows
            row = EscalationRow(
                str(fact.escalation_id),
                f"chase_{fact.act}",
                (fact.party,),
                fact.reached_at,
                missing=fact.missing,
                by_at=fact.by_at,
            )
        case CaseEscalated() as fact:
            row = EscalationRow(str(fact.escalation_id), fact.reason, (fact.party,), at)
        case TransferUnanswered() as fact:
            why = "transfer_unanswered"
            row = EscalationRow(str(fact.escalation_id), why, fact.parties, fact.accept_by)
        case AdjudicationRequired() as fact:
            row = EscalationRow(str(fact.escalation_id), fact.because, fact.parties, at)
        case ObligationOverdue() as fact:
            why = f"{fact.kind}_overdue"
            row = EscalationRow(str(fact.escalation_id), why, fact.parties, fact.due_at)
        case AlertDelivered() as fact:
            return _with(rows, str(fact.escalation_id), {"delivered_at": at})
        case EscalationClimbed() as fact:
            higher = {
                "parties": (fact.party,),
                "climbed": fact.step,
                "delivered_at": None,
                "acknowledged_at": None,
                "action": None,
                "act_by": None,
                "together": None,
            }
            return _with(rows, str(fact.escalation_id), higher)
        case EscalationAcknowledged() as fact:
            answer = {
                "acknowledged_at": at,
                "action": fact.action,
                "act_by": fact.act_by,
                "together": fact.together,
            }
            return _answered(rows, str(fact.escalation_id), answer)
        case ClockStopped() as fact:
            return _over(_approved(rows, entry.stream, fact), fact.clock)
        case ClockArmed() | ClockResumed() as fact:
            return _approved(rows, entry.stream, fact)
        case CaseResolved():
            return _awake(rows, "resolved", "any")
        case CaseReopened():
            return _awake(rows, "open", "any")
        case CaseSettled():
            return _awake(rows)
        case _:
            return rows
    return (*rows, row)


def _approved(
    rows: Rows[EscalationRow], stream: str, fact: ClockStopped | ClockArmed | ClockResumed
) -> Rows[EscalationRow]:
    """Nobody waits any more for an approval of a clock that ended by it, or that runs again."""

    def of_it(row: EscalationRow) -> bool:
        if row.reason != AWAITS_APPROVAL:
            return False
        told = (
            alarms_of_claim(stream, fact.clock, generation, since=row.since_at)
            for generation in range(1, fact.generation + 1)
        )
        return UUID(row.escalation_id) in chain.from_iterable(told)

    return tuple(changed(row, {"asleep": True}) if of_it(row) else row for row in rows)


def _over(rows: Rows[EscalationRow], clock: str) -> Rows[EscalationRow]:
    """Nobody is warned any more of a clock that ended; that it ran out is answered all the same."""
    return tuple(
        changed(row, {"asleep": True}) if row.clock == clock and _warns_or_promises(row) else row
        for row in rows
    )


def _warns_or_promises(row: EscalationRow) -> bool:
    """Whether an escalation only warns of the end of its clock, unanswered, or somebody promised to act by it."""
    return row.act_by is not None or (row.warning and row.acknowledged_at is None)


def _awake(rows: Rows[EscalationRow], *of: AlarmOf) -> Rows[EscalationRow]:
    """The escalations of a case of which only alarms about such cases can climb; any other sleeps."""
    return tuple(
        changed(row, {"asleep": not row.asleep}) if _changes(row, of) else row for row in rows
    )


def _changes(row: EscalationRow, of: Sequence[AlarmOf]) -> bool:
    """Whether an escalation falls asleep or wakes; one that is answered or only warned stays as it is.

    So does one of what awaits approval, whatever becomes of the case meanwhile.
    """
    if row.reason == AWAITS_APPROVAL:
        return False
    terms = ALARMS.get(row.reason)
    asleep = (terms.of if terms is not None else "open") not in of
    promises = row.acknowledged_at is None or row.act_by is not None
    return row.asleep != asleep and promises and not row.warning


def _answered(
    rows: Rows[EscalationRow], escalation_id: str, answer: dict[str, Any]
) -> Rows[EscalationRow]:
    """An answer ends what a person raised, of which nobody can tell whether it still holds."""

    def answered(row: EscalationRow) -> EscalationRow:
        by_a_person = row.clock is None and row.reason not in ALARMS
        return changed(row, {**answer, "asleep": row.asleep or by_a_person})

    return tuple(answered(row) if row.escalation_id == escalation_id else row for row in rows)


def _with(
    rows: Rows[EscalationRow], escalation_id: str, fields: dict[str, Any]
) -> Rows[EscalationRow]:
    return tuple(
        changed(row, fields) if row.escalation_id == escalation_id else row for row in rows
    )


ESCALATIONS = Projection(
    name="escalations",
    version=5,
    kind="case",
    topics=frozenset(
        kind.topic
        for kind in (
            RungReached,
            CaseAlarmed,
            ChaseStepReached,
            CaseEscalated,
            TransferUnanswered,
            AdjudicationRequired,
            ObligationOverdue,
            AlertDelivered,
            EscalationAcknowledged,
            EscalationClimbed,
            ClockArmed,
            ClockResumed,
            ClockStopped,
            CaseResolved,
            CaseReopened,
            CaseSettled,
        )
    ),
    row=EscalationRow,
    evolve=evolve,
)
