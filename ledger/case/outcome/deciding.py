"""Deciding: a person decides, by authority, on what is ready, and says on what basis."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field, InstanceOf

from ledger.case.authority import (
    classified,
    refuse_machine,
    refuse_unauthorised,
    relies_as_decided,
)
from ledger.case.clocks.backdating import refuse_unfounded
from ledger.case.clocks.running import arm_clocks
from ledger.case.clocks.stopping import stop_clocks
from ledger.case.in_words import InWords, Words
from ledger.case.known.answered import Decided
from ledger.case.known.approvals import Ground, relies
from ledger.case.known.items import LanguageTag
from ledger.case.outcome.readiness import refuse_unready
from ledger.case.state import Case, Decision, changed, decides, evolves, reached
from ledger.commands import Circumstances, since_then
from ledger.entry import Happened
from ledger.errors import InvalidCommand, Refusal, UnlawfulTransition
from ledger.facts import (
    Concealed,
    Fact,
    Personal,
    PersonalText,
    fact,
    fact_version,
)
from ledger.input.fitting import TOO_BIG
from ledger.input.in_clear import FewWords
from ledger.input.quoting import known_codes, quoted
from ledger.policy.telling.templates import gives_notice

GIVEN = "decision_given"


@fact_version(2, from_1=lambda said: said)
class DecisionRecorded(Fact):
    """A person decided the case: outcome, legal basis, reasons and the evidence relied on.

    `acts` are the acts that are done with it: where the office gives notice of its decisions, the
    decision is given only with that notice.
    """

    decision_id: UUID
    outcome: str
    legal_basis: str
    delegation: str | None
    evidence: tuple[UUID, ...]
    reasons: PersonalText
    acts: tuple[str, ...] = (GIVEN,)
    decided_by: str | None = None
    decided_for: str | None = None
    """The team that the decider acted for."""
    language: str | None = None
    approved_by: str | None = None
    """Who approved besides that it was decided before it is recorded, where somebody had to."""
    replaces: UUID | None = None
    """The decision in whose place this one comes, where it was said; that one was not given, or does not stand."""


@fact
class AmountDecided(Fact):
    """What a decision is worth to the requester, in cents."""

    decision_id: UUID
    amount_cents: Annotated[int | InstanceOf[Concealed] | None, Personal()]


class RecordDecision(InWords):
    """Record the decision of a case, as a person with the authority to."""

    decision_id: UUID
    outcome: str
    legal_basis: FewWords
    reasons: Words = Field(min_length=1)
    evidence: tuple[UUID, ...] = ()
    amount_cents: int | None = Field(default=None, ge=0, lt=TOO_BIG)
    language: LanguageTag | None = since_then()
    approved_by: str | None = since_then()
    replaces: UUID | None = since_then()


@decides(RecordDecision)
def record_decision(case: Case, asked: RecordDecision, around: Circumstances) -> Sequence[Happened]:
    """Only a person decides a case, and where the type asks for it, one with a delegation.

    With it the decision is given, unless the office gives notice of its decisions. A second one names the first.
    """
    if asked.decision_id in case.unresolved(around).decisions:
        return ()
    refuse_machine(
        around, said="A machine never decides a case: let a person with the authority decide it."
    )
    if case.review is not None:
        raise UnlawfulTransition(
            "This case reviews a decision: record what the review found (`RecordReview`).",
            rule="review-case",
        )
    classified(case, around)
    refuse_unknown_outcome(around.policies.in_force(around.now).policy.reasons.close, asked.outcome)
    ground = Ground(asked.evidence, asked.approved_by)
    refuse_unfounded(case, around, Ground(approved_by=asked.approved_by))
    authority = refuse_unauthorised(
        case, around, outcome=asked.outcome, amount_cents=asked.amount_cents, ground=ground
    )
    refuse_unready(case, around)
    refuse_second(case, asked.replaces)
    decision, actor, acts = Decision(case, around), around.actor, deciding_acts(case, around)
    said: dict[str, Any] = {**asked.for_fact(), "approved_by": authority.approved_by}
    del said["amount_cents"]  # a fact of its own
    decision.happens(
        DecisionRecorded(
            **said,
            delegation=authority.delegation,
            acts=acts,
            decided_by=actor.id,
            decided_for=actor.team,
        )
    )
    if asked.amount_cents is not None:
        worth = AmountDecided(decision_id=asked.decision_id, amount_cents=asked.amount_cents)
        decision.happens(worth)
    stop_clocks(decision, *acts, ground=ground)
    arm_clocks(decision)
    return decision.happened


def refuse_second(case: Case, replaces: UUID | None) -> None:
    """Refuses a decision beside one that stands: once that was given it binds, and before that it is named.

    A case that was resolved and opened again since is decided anew, and so is what was found not to stand.
    """
    last = case.decided
    if replaces is not None and (last is None or replaces != last.decision_id):
        raise Refusal(
            "That is not the latest decision of this case: name the one that stands (`replaces`), or none where the "
            "case has none.",
            rule="replaces-what-stands",
        )
    if last is None or last.resolutions < case.resolutions or last.decision_id in case.overturned:
        return
    told = {"rule": "decided-once", "decision_id": str(last.decision_id)}
    if GIVEN not in case.milestones:
        if replaces is None:
            raise UnlawfulTransition(
                f"The case was decided as '{last.outcome}' and that was not given yet: correct its reasons "
                f"(`CorrectEntry`), or name decision {last.decision_id} as the one that this takes the place of "
                "(`replaces`).",
                **told,
            )
        return
    if case.review is not None:
        raise UnlawfulTransition(
            f"The review found '{last.outcome}' and that was given: correct its reasons (`CorrectEntry`), or resolve "
            "the case and open it again (`ReopenCase`) to find otherwise.",
            **told,
        )
    raise UnlawfulTransition(
        f"The case was decided as '{last.outcome}' and that was given: correct its reasons (`CorrectEntry`), have it "
        "reviewed (`OpenReview`), or resolve the case so and open it again (`ReopenCase`) to decide it anew.",
        **told,
    )


def deciding_acts(case: Case, around: Circumstances) -> tuple[str, ...]:
    """What is done with a decision: it is given, unless the office gives it by a notice."""
    policy = around.policies.in_force(around.now).policy
    by_notice = gives_notice(policy, case.request_type, GIVEN)
    return ("decided",) if by_notice else (GIVEN,)


def refuse_unknown_outcome(allowed: Mapping[str, object], outcome: str) -> None:
    if outcome not in allowed:
        raise InvalidCommand(
            f"{quoted(outcome)} is not an outcome; the policy knows {known_codes(outcome, allowed)}."
        )


@evolves(DecisionRecorded)
def _decided(case: Case, decided: DecisionRecorded, at: datetime) -> Case:
    latest = Decided(
        decided.decision_id,
        decided.outcome,
        decided.legal_basis,
        decided.decided_by,
        decided.decided_for,
        at,
        decided.evidence,
        case.resolutions,
    )
    return now_decided(case, latest, decided.acts)


def now_decided(case: Case, latest: Decided, acts: tuple[str, ...]) -> Case:
    """The case after a decision: it is given by its own notice, whatever was given of an earlier one."""
    given = {act: at for act, at in case.milestones.items() if act != GIVEN}
    decisions = case.decisions | {latest.decision_id}
    case = changed(case, decisions=decisions, decided=latest, milestones=given)
    return reached(case, *acts, at=latest.decided_at)


relies(DecisionRecorded, relies_as_decided)
