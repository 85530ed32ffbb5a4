"""Climbing: an escalation that nobody answers is brought before the next party up, then before the director."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from pydantic import Field

from ledger.case.alarms import ALARMS, alarm
from ledger.case.known.escalated import Escalation
from ledger.case.state import Case, changed, decides, evolves
from ledger.commands import CaseCommand, Circumstances
from ledger.entry import Happened
from ledger.errors import UnlawfulTransition
from ledger.facts import Fact, fact
from ledger.policy.telling.alerting import (
    LAST_STEP,
    before_the_director,
    climbs_at,
    next_up,
    waits_too_long_at,
)
from ledger.times import Instant


@fact
class EscalationClimbed(Fact):
    """Nobody answered an escalation in time: the next party up is told. An alert to it is owed."""

    escalation_id: UUID
    step: int
    party: str
    climbed_at: Instant


class ClimbEscalation(CaseCommand):
    """Record that an escalation was not answered in time, and whom it is brought before."""

    escalation_id: UUID
    step: int = Field(ge=1, le=LAST_STEP)


@decides(ClimbEscalation)
def climb_escalation(
    case: Case, asked: ClimbEscalation, around: Circumstances
) -> Sequence[Happened]:
    """A step is climbed once, so long after its alert was delivered, while what the escalation is about holds.

    Whoever answered that they would act has until then; where that has passed and nothing came of it, it climbs. What
    the director was told is not told them again for want of an answer.
    """
    escalation = case.known().escalations.get(asked.escalation_id)
    if escalation is None:
        raise UnlawfulTransition(
            "No such escalation is on this case: name one that was raised on it.",
            rule="climbs-an-escalation",
        )
    if asked.step != escalation.climbed + 1 or not holds(case, escalation, around):
        return ()
    at = _climbs_at(case, asked.escalation_id, escalation, around)
    if at is None or at > around.now:
        return ()
    climbed = EscalationClimbed(
        escalation_id=asked.escalation_id,
        step=asked.step,
        party=next_up(escalation.parties),
        climbed_at=at,
    )
    return (around.happened(climbed, at=at),)


def _climbs_at(
    case: Case, escalation_id: UUID, escalation: Escalation, around: Circumstances
) -> datetime | None:
    """When an escalation climbs by the answer that it had or had not; None if it has one that holds.

    Of a clock or an alarm it can be told whether anything came of a promise; what a person raised is
    answered by its answer.
    """
    if escalation_id in case.acknowledged:
        by_itself = escalation.clock is None and escalation.alarm is None
        return None if by_itself else escalation.act_by
    if escalation.told_at is None:
        return None
    compiled = around.policies.in_force(around.now).compiled
    if before_the_director(escalation.parties, compiled.policy.office.director):
        return None
    return climbs_at(compiled, escalation.told_at, immediate=case.immediate)


def holds(case: Case, escalation: Escalation, around: Circumstances) -> bool:
    """Whether what an escalation is about still holds; a warning before the time is up does not climb.

    It need not: the next rung of its clock tells the next party.
    """
    if escalation.over:
        return False
    if escalation.alarm is not None:
        terms = ALARMS.get(escalation.alarm)
        if terms is None or not terms.about(case):
            return False
        if terms.of_owner and _no_longer_so(case, escalation):
            return False
        return terms.holds(case, around)
    if case.status != "open" or escalation.warning:
        return False
    if escalation.clock is not None:
        clock = case.clocks.get(escalation.clock)
        return clock is not None and clock.open and clock.generation == escalation.generation
    return True


def _no_longer_so(case: Case, escalation: Escalation) -> bool:
    """Whether the case has moved since, or whoever has it has made an entry on it."""
    return any(
        each is not None and each > escalation.since_at
        for each in (case.since, case.owner_acted_at)
    )


@evolves(EscalationClimbed)
def _climbed(case: Case, climbed: EscalationClimbed, at: datetime) -> Case:
    escalation = case.escalations.get(climbed.escalation_id)
    if escalation is None:
        return case
    higher = replace(
        escalation, parties=(climbed.party,), climbed=climbed.step, told_at=None, act_by=None
    )
    return changed(
        case,
        escalations={**case.escalations, climbed.escalation_id: higher},
        delivered=case.delivered - {climbed.escalation_id},
        acknowledged=case.acknowledged - {climbed.escalation_id},
    )


def _waits_too_long(case: Case, around: Circumstances) -> bool:
    wait = case.waiting
    compiled = around.policies.in_force(around.now).compiled
    return wait is not None and waits_too_long_at(compiled, wait.from_at) <= around.now


alarm("waiting_too_long", _waits_too_long)
