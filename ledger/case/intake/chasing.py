"""Chasing: what is missing is asked for step by step, by a plan that begins when a case turns out incomplete.

The steps tell the office what to do: nothing goes to the requester by itself, and service clocks run on.
Practice table, row Intake.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field

from ledger.case.in_words import InWords, Words
from ledger.case.known.chases import Chase, Step
from ledger.case.state import Case, Decision, changed, decides, evolves
from ledger.commands import CaseCommand, Circumstances
from ledger.entry import Happened
from ledger.errors import NotAuthorised, UnlawfulTransition
from ledger.facts import Fact, PersonalText, fact
from ledger.policy.calendars.counting import BeyondCalendar
from ledger.policy.document.chases import ChaseAct
from ledger.policy.telling.chasing import step_at
from ledger.times import Instant


class ChaseStepAt(BaseModel):
    """A step of a chase: what it calls for, when, and how many working days after the beginning that is."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    act: ChaseAct
    at: Instant
    working_days: int


@fact
class ChaseBegun(Fact):
    """Something is missing that the request type needs: it will be chased by this plan."""

    chase: str
    policy: str
    request_type: str
    steps: tuple[ChaseStepAt, ...]


@fact
class ChaseStopped(Fact):
    """A person stopped a chase: what is missing is not chased any more, and nothing lapses."""

    chase: str
    reason: PersonalText


class BeginChase(CaseCommand):
    """Begin to chase what is missing by a plan that the policy has since the case was opened."""


class StopChase(InWords):
    """Stop chasing what is missing, and say why."""

    reason: Words = Field(min_length=1)


def begin_chase(decision: Decision) -> None:
    """Begins a chase where something is missing that the type needs, unless one was begun for this type.

    The plan is laid out as far as the calendar reaches.
    """
    case, around = decision.case, decision.around
    if not case.missing or case.chase is not None or case.request_type is None:
        return
    version = around.policies.in_force(around.now)
    kind = version.policy.types.get(case.request_type)
    code = kind.chase if kind else None
    if code is None:
        return
    steps: list[ChaseStepAt] = []
    for each in version.policy.chases[code].steps:
        try:
            at = step_at(version.compiled, each, around.now)
        except BeyondCalendar:
            break
        steps.append(ChaseStepAt(act=each.act, at=at, working_days=each.after_working_days))
    if steps:
        decision.happens(
            ChaseBegun(
                chase=code,
                policy=version.digest,
                request_type=case.request_type,
                steps=tuple(steps),
            ),
            at=around.now,
        )


@decides(BeginChase)
def begin_chasing(case: Case, asked: BeginChase, around: Circumstances) -> Sequence[Happened]:
    """A chase begins now, once for a type; nothing happens where nothing is missing, or the policy has no plan."""
    decision = Decision(case.known(), around)
    if case.status == "open":
        begin_chase(decision)
    return decision.happened


@decides(StopChase)
def stop_chase(case: Case, asked: StopChase, around: Circumstances) -> Sequence[Happened]:
    """A person stops a chase, once, while it goes on."""
    chase = case.unresolved(around).chase
    if chase is None:
        raise UnlawfulTransition(
            "Nothing is chased on this case: there is nothing to stop.", rule="stops-a-chase"
        )
    if around.actor.kind != "person":
        raise NotAuthorised("A machine stops no chase: let a person say why it is not needed.")
    if chase.stopped:
        return ()
    return (around.happened(ChaseStopped(chase=chase.plan, reason=asked.reason)),)


@evolves(ChaseBegun)
def _begun(case: Case, begun: ChaseBegun, at: datetime) -> Case:
    steps = tuple(Step(each.act, each.at, each.working_days) for each in begun.steps)
    return changed(case, chase=Chase(begun.chase, begun.policy, steps))


@evolves(ChaseStopped)
def _stopped(case: Case, stopped: ChaseStopped, at: datetime) -> Case:
    return changed(case, chase=case.chase and case.chase.now_stopped())
