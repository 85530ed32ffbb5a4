"""Escalation: rungs and breaches as time reaches them, acknowledgements that act, alerts delivered once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import Field

from ledger.case.clocks.running import resume_spent_pause
from ledger.case.clocks.standing import definition_of
from ledger.case.in_words import InWords, Words
from ledger.case.known.escalated import Escalation
from ledger.case.known.timed import Clock
from ledger.case.state import Case, Decision, changed, decides, evolves
from ledger.commands import CaseCommand, Circumstances
from ledger.entry import Happened
from ledger.errors import InvalidCommand, NotAuthorised, UnlawfulTransition
from ledger.facts import Fact, PersonalText, fact
from ledger.ids import derived_uuid
from ledger.input.quoting import known_codes, quoted
from ledger.policy.clocks.history import RungAt
from ledger.policy.document.policy import PARTIES
from ledger.times import Instant

AcknowledgementAction = Literal["act", "reassign", "extend", "accept_breach"]


@fact
class RungReached(Fact):
    """A clock reached a rung: once for each generation of the clock. An alert to the parties is owed."""

    escalation_id: UUID
    clock: str
    generation: int
    rung: str
    parties: tuple[str, ...]
    reached_at: Instant
    due_at: Instant | None


@fact
class ClockBreached(Fact):
    """A clock passed its due instant without what stops it: a fact, at that instant."""

    clock: str
    generation: int
    due_at: Instant


@fact
class CaseEscalated(Fact):
    """A person escalated the case, with a coded reason. An alert to the party is owed."""

    escalation_id: UUID
    party: str
    reason: str
    words: PersonalText


@fact
class EscalationAcknowledged(Fact):
    """An escalation was answered with an action: act by when, reassign, extend, or accept the breach with a reason."""

    escalation_id: UUID
    action: AcknowledgementAction
    act_by: Instant | None
    words: PersonalText
    together: int | None = None
    """How many were answered at once, where it was in bulk."""


@fact
class AlertDelivered(Fact):
    """The alert that an escalation owed was delivered."""

    escalation_id: UUID
    method: str


class ReachRung(CaseCommand):
    """Record what time has brought to one clock of a case: its breach, and each rung up to now."""

    clock: str
    generation: int


class EscalateCase(InWords):
    """Escalate a case to a party, with a coded reason."""

    escalation_id: UUID
    party: str
    reason: str
    words: Words | None = None


class AcknowledgeEscalation(InWords):
    """Answer an escalation with what will be done."""

    escalation_id: UUID
    action: AcknowledgementAction
    act_by: Instant | None = None
    words: Words | None = None
    together: int | None = Field(default=None, ge=2)


class RecordAlertDelivered(CaseCommand):
    """Record that the alert of an escalation was delivered."""

    escalation_id: UUID
    method: str


@decides(ReachRung)
def reach_rung(case: Case, asked: ReachRung, around: Circumstances) -> Sequence[Happened]:
    """Nothing happens for a clock that stopped, paused or began anew meanwhile, or for a rung reached before."""
    clock = case.known().clocks.get(asked.clock)
    if clock is None or not clock.open or clock.generation != asked.generation:
        return ()
    decision = Decision(case, around)
    if clock.state == "paused":
        resume_spent_pause(decision, clock)
        clock = decision.case.clocks[clock.code]
    if clock.state == "paused":
        return decision.happened
    for rung in sorted(clock.rungs, key=lambda each: (each.at, each.code)):
        if rung.at <= around.now and rung.code not in clock.reached:
            _breach(decision, clock, upto=rung.at)
            decision.happens(_reached(clock, rung, around.stream), at=rung.at)
    _breach(decision, clock, upto=around.now)
    return decision.happened


def _breach(decision: Decision, clock: Clock, *, upto: datetime) -> None:
    """Records the breach at its instant, once, if it lies before `upto`."""
    if clock.due_at is None or clock.due_at > upto or decision.case.clocks[clock.code].breached:
        return
    if clock.policy is not None and definition_of(decision.around, clock).sense != "deadline":
        return  # a date before which nothing may be done, or a warning, cannot be broken by time
    breach = ClockBreached(clock=clock.code, generation=clock.generation, due_at=clock.due_at)
    decision.happens(breach, at=clock.due_at)


def _reached(clock: Clock, rung: RungAt, stream: str) -> RungReached:
    cause = (stream, clock.code, str(clock.generation), rung.code)
    return RungReached(
        escalation_id=derived_uuid(rung.at, "rung", *cause),
        clock=clock.code,
        generation=clock.generation,
        rung=rung.code,
        parties=rung.parties,
        reached_at=rung.at,
        due_at=clock.due_at,
    )


@decides(EscalateCase)
def escalate_case(case: Case, asked: EscalateCase, around: Circumstances) -> Sequence[Happened]:
    """Anyone on the case may escalate it."""
    if asked.escalation_id in case.unresolved(around).escalations:
        return ()
    policy = around.policies.in_force(around.now).policy
    if asked.party not in PARTIES and asked.party not in policy.members:
        raise InvalidCommand(
            f"{quoted(asked.party)} is nobody to escalate to: name a member, or one of {', '.join(sorted(PARTIES))}."
        )
    reasons = policy.reasons.escalation
    if asked.reason not in reasons:
        raise InvalidCommand(
            f"{quoted(asked.reason)} is not a reason to escalate; "
            f"the policy knows {known_codes(asked.reason, reasons)}."
        )
    return (around.happened(CaseEscalated(**asked.for_fact())),)


@decides(AcknowledgeEscalation)
def acknowledge_escalation(
    case: Case, asked: AcknowledgeEscalation, around: Circumstances
) -> Sequence[Happened]:
    """An acknowledgement carries an action; without one an escalation climbs on."""
    if asked.escalation_id not in case.known().escalations:
        raise UnlawfulTransition(
            "No such escalation is on this case: name one that was raised on it.",
            rule="acknowledges-an-escalation",
        )
    if around.actor.kind != "person":
        raise NotAuthorised("A machine acknowledges nothing: let a person answer the escalation.")
    if asked.escalation_id in case.acknowledged:
        return ()
    if asked.action == "act" and (asked.act_by is None or asked.act_by <= around.effective_at):
        raise InvalidCommand("Say by when you will act: give a time to come (`act_by`).")
    if asked.action == "accept_breach" and not asked.words:
        raise InvalidCommand("Accepting a breach takes a reason: put it in words.")
    return (around.happened(EscalationAcknowledged(**asked.for_fact())),)


@decides(RecordAlertDelivered)
def record_alert_delivered(
    case: Case, asked: RecordAlertDelivered, around: Circumstances
) -> Sequence[Happened]:
    """An alert counts as delivered once."""
    if asked.escalation_id not in case.known().escalations:
        raise UnlawfulTransition(
            "No such escalation is on this case: name one that was raised on it.",
            rule="delivers-an-alert",
        )
    if asked.escalation_id in case.delivered:
        return ()
    return (around.happened(AlertDelivered(**asked.for_fact())),)


@evolves(RungReached)
def _rung_reached(case: Case, reached: RungReached, at: datetime) -> Case:
    clock = case.clocks.get(reached.clock)
    clocks = case.clocks
    if clock is not None:
        clocks = {**clocks, clock.code: clock.at_rung(reached.rung)}
    raised = Escalation(
        reached.parties,
        reached.reached_at,
        clock=reached.clock,
        generation=reached.generation,
        warning=reached.due_at is None or reached.reached_at < reached.due_at,
    )
    escalations = {**case.escalations, reached.escalation_id: raised}
    return changed(case, clocks=clocks, escalations=escalations)


@evolves(ClockBreached)
def _breached(case: Case, breached: ClockBreached, at: datetime) -> Case:
    clock = case.clocks.get(breached.clock)
    if clock is None:
        return case
    return changed(case, clocks={**case.clocks, clock.code: clock.past_due()})


@evolves(CaseEscalated)
def _escalated(case: Case, escalated: CaseEscalated, at: datetime) -> Case:
    raised = Escalation((escalated.party,), at)
    escalations = {**case.escalations, escalated.escalation_id: raised}
    return changed(case, escalations=escalations)


@evolves(EscalationAcknowledged)
def _acknowledged(case: Case, given: EscalationAcknowledged, at: datetime) -> Case:
    acknowledged = case.acknowledged | {given.escalation_id}
    escalation = case.escalations.get(given.escalation_id)
    if escalation is None:
        return changed(case, acknowledged=acknowledged)
    promised = {**case.escalations, given.escalation_id: replace(escalation, act_by=given.act_by)}
    return changed(case, acknowledged=acknowledged, escalations=promised)


@evolves(AlertDelivered)
def _delivered(case: Case, alert: AlertDelivered, at: datetime) -> Case:
    delivered = case.delivered | {alert.escalation_id}
    escalation = case.escalations.get(alert.escalation_id)
    if escalation is None:
        return changed(case, delivered=delivered)
    told = {**case.escalations, alert.escalation_id: replace(escalation, told_at=at)}
    return changed(case, delivered=delivered, escalations=told)
