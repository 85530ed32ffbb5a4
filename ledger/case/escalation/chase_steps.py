"""Chase steps: time reaches a step of a chase; who does not answer is warned before the request lapses.

A step tells the office what to do next. Practice table, row Intake.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import Field

from ledger.case.alarms import Holds, alarm
from ledger.case.authority import kind_of
from ledger.case.clocks.lapsing import can_lapse_at, compiled_for, lapses_by_law
from ledger.case.known.chases import Chase, Step
from ledger.case.known.escalated import Escalation
from ledger.case.outcome.resolving import ResolveCase, resolve_case
from ledger.case.people.represented import has_died
from ledger.case.state import Case, Decision, changed, decides, evolves
from ledger.commands import CaseCommand, Circumstances
from ledger.entry import Happened
from ledger.facts import Fact, fact
from ledger.ids import derived_uuid, subject_id_of
from ledger.policy.acting.authority import is_decided
from ledger.policy.document.chases import LAPSED, ChaseAct
from ledger.policy.document.policy import Policy
from ledger.policy.telling.chasing import answered_by
from ledger.times import Instant, stamp

Undecided = Literal[
    "care",
    "not_told",
    "heard",
    "in_transit",
    "judgement_open",
    "person_confirms",
    "clock_lapses",
    "died",
]
"""Why a request does not lapse by itself: somebody needs care, was not told after the notice of it,
has turned to us since or has died, the case is in transit, a judgement on it is still to be made, only a
person closes it, or a clock of it lapses by a law of its own first."""


@fact
class ChaseStepReached(Fact):
    """The time of a step has come. An alert to the party is owed, or to nobody where it was done already.

    `by_at` is when the request is to lapse. Where that time has come and a person must decide,
    `undecided` says why.
    """

    escalation_id: UUID
    step: int
    act: ChaseAct
    party: str | None
    missing: tuple[str, ...]
    reached_at: Instant
    by_at: Instant | None
    undecided: Undecided | None


@fact
class ChaseLapsed(Fact):
    """Who was warned has not answered in time: the request lapses, and the case is resolved by that."""

    step: int
    missing: tuple[str, ...]
    told_at: Instant
    by_at: Instant


class ReachChaseStep(CaseCommand):
    """Record that the time of the next step of a chase has come, and of those after it up to now."""

    step: int = Field(ge=1)


@decides(ReachChaseStep)
def reach_chase_step(
    case: Case, asked: ReachChaseStep, around: Circumstances
) -> Sequence[Happened]:
    """Each step is recorded once when its time has come; nothing happens once the case is complete or resolved."""
    chase = case.known().chase
    if not _goes_on(case) or chase is None or asked.step != chase.reached + 1:
        return ()
    decision = Decision(case, around)
    while (step := _next(decision.case)) is not None and step.at <= around.now:
        if step.act == "lapse":
            return _lapse(decision, step)
        _tell(decision, step)
    return decision.happened


def _goes_on(case: Case) -> bool:
    """Whether a chase goes on: it ends, without a word, when the case is complete or resolved."""
    return case.status == "open" and bool(case.missing) and case.chase is not None


def _next(case: Case) -> Step | None:
    return case.chase.next_step if case.chase is not None else None


def _tell(decision: Decision, step: Step) -> None:
    """Records a step that tells the office what to do next; asking at once may be done already."""
    case = decision.case
    chase = case.chase
    assert chase is not None
    lapse, compiled = chase.lapse, compiled_for(chase, decision.around)
    by_at = lapse.at if lapse else None
    if lapse is not None and step.act == "warn":
        notice = answered_by(compiled, decision.around.now, chase.days_of_notice)
        by_at = max(lapse.at, notice)
    done = step.act == "ask" and chase.told_at is not None
    decision.happens(
        _reached(decision, step, party=None if done else _whoever_has_it(case), by_at=by_at),
        at=step.at,
    )


def _lapse(decision: Decision, step: Step) -> Sequence[Happened]:
    """What comes of a lapse whose time has come: it waits, a person must decide it, or the case is resolved."""
    case, around = decision.case, decision.around
    chase = case.chase
    assert chase is not None
    by_at = can_lapse_at(chase, step, around)
    if around.now < by_at:
        return decision.happened
    why = _undecided(case, chase, around)
    if why is not None or chase.told_at is None:
        party = "leader" if case.team else "dispatcher"
        undecided = _reached(decision, step, party=party, by_at=by_at, why=why or "not_told")
        decision.happens(undecided, at=by_at)
        return decision.happened
    lapsed = ChaseLapsed(
        step=chase.reached + 1,
        missing=tuple(sorted(case.missing)),
        told_at=chase.told_at,
        by_at=by_at,
    )
    decision.happens(lapsed)
    resolving = ResolveCase(case_id=subject_id_of(around.stream), outcome=LAPSED)
    return [*decision.happened, *resolve_case(decision.case, resolving, around)]


def _undecided(case: Case, chase: Chase, around: Circumstances) -> Undecided | None:
    """Why a person must decide; whatever would refuse the resolution is a reason, so that none stops the watch."""
    kind = kind_of(case, around)
    if case.flags:
        return "care"
    if is_decided(_in_force(around), LAPSED) or (kind is not None and kind.person_confirms):
        return "person_confirms"
    if has_died(case.requester, around):
        return "died"
    if chase.heard:
        return "heard"
    if chase.told_at is None:
        return "not_told"
    if case.handover is not None:
        return "in_transit"
    if any(task.kind == "judgement" for task in case.owed.open_tasks):
        return "judgement_open"
    return "clock_lapses" if lapses_by_law(case, around) else None


def _reached(
    decision: Decision,
    step: Step,
    *,
    party: str | None,
    by_at: datetime | None,
    why: Undecided | None = None,
) -> ChaseStepReached:
    case = decision.case
    assert case.chase is not None
    number = case.chase.reached + 1
    cause = (decision.around.stream, case.chase.plan, str(number), stamp(step.at))
    return ChaseStepReached(
        escalation_id=derived_uuid(step.at, "chase", *cause),
        step=number,
        act=step.act,
        party=party,
        missing=tuple(sorted(case.missing)),
        reached_at=step.at,
        by_at=by_at,
        undecided=why,
    )


def _whoever_has_it(case: Case) -> str:
    if case.owner is not None:
        return "owner"
    return "team" if case.team is not None else "dispatcher"


def _in_force(around: Circumstances) -> Policy:
    return around.policies.in_force(around.now).policy


@evolves(ChaseStepReached)
def _step_reached(case: Case, reached: ChaseStepReached, at: datetime) -> Case:
    if case.chase is None:
        return case
    lapses_at = reached.by_at if reached.act == "warn" else None
    chase = case.chase.after_step(reached.step, lapses_at=lapses_at)
    if reached.party is None:
        return changed(case, chase=chase)
    code = f"chase_{reached.act}"
    raised = Escalation((reached.party,), reached.reached_at, alarm=code)
    return changed(
        case, chase=chase, escalations={**case.escalations, reached.escalation_id: raised}
    )


@evolves(ChaseLapsed)
def _lapsed(case: Case, lapsed: ChaseLapsed, at: datetime) -> Case:
    return changed(case, chase=case.chase and case.chase.after_step(lapsed.step))


def _still_to_do(act: ChaseAct) -> Holds:
    def holds(case: Case, _around: Circumstances) -> bool:
        return _goes_on(case) and case.chase is not None and case.chase.last_act == act

    return holds


alarm("chase_ask", _still_to_do("ask"), party=_whoever_has_it)
alarm("chase_remind", _still_to_do("remind"), party=_whoever_has_it)
alarm("chase_warn", _still_to_do("warn"), party=_whoever_has_it)
alarm("chase_lapse", _still_to_do("lapse"))
