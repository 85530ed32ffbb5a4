"""Resolving: a case is closed as it was decided, or says why nothing was decided, and its clocks end."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Literal
from uuid import UUID

from ledger.case.authority import refuse_machine
from ledger.case.clocks.lapsing import LAPSED, refuse_unlapsed
from ledger.case.clocks.stopping import RESOLVED, ended_by, stop_clocks
from ledger.case.clocks.waiting import WaitingEnded
from ledger.case.in_words import InWords, Words
from ledger.case.known.answered import Resolution
from ledger.case.known.approvals import Ground
from ledger.case.known.items import LanguageTag
from ledger.case.links import LinkCase, link_case
from ledger.case.outcome.deciding import GIVEN, refuse_unknown_outcome
from ledger.case.people.represented import has_died
from ledger.case.state import Case, Decision, changed, decides, evolves_by_whom
from ledger.case.work.referral import refuse_unreceived
from ledger.case.work.tasks import cancel_preparation, refuse_open_judgements
from ledger.commands import Circumstances, since_then
from ledger.entry import Entry, Happened
from ledger.errors import Refusal, UnlawfulTransition
from ledger.facts import Fact, PersonalText, fact_version
from ledger.policy.acting.authority import DECIDED_OUTCOMES, is_decided
from ledger.policy.document.policy import Policy, RequestType
from ledger.times import Instant

DONE = "done"
_WORK = (DONE, "answered")
"""What whoever resolves a case says of its work, where it is resolved as done or as decided."""
_SETTLE_DAYS = 10
"""Working days of the quiet window of a case that has no type."""
_GRANTING = DECIDED_OUTCOMES - {"refused"}


@fact_version(2, from_1=lambda said: said)
class CaseResolved(Fact):
    """The case was resolved: the answer was given, or there was none to give. Its clocks stop.

    Until `settles_at` a contact is proposed as a return. `resolver` is the kind of actor that resolved it.
    """

    outcome: str
    replied: bool
    words: PersonalText
    settles_at: Instant | None = None
    resolved_by: str | None = None
    resolver: Literal["person", "machine"] | None = None
    language: str | None = None


class ResolveCase(InWords):
    """Resolve a case with a coded outcome."""

    outcome: str
    words: Words | None = None
    language: LanguageTag | None = since_then()
    evidence: tuple[UUID, ...] = since_then(())
    approved_by: str | None = since_then()
    other_case: UUID | None = since_then()


@decides(ResolveCase)
def resolve_case(case: Case, asked: ResolveCase, around: Circumstances) -> Sequence[Happened]:
    """A case whose type is decided by judgement is resolved after its decision; resolving stops every clock."""
    if case.known().status == "resolved":
        if case.outcome == asked.outcome:
            return ()
        raise UnlawfulTransition(
            f"The case is resolved as '{case.outcome}' already: correct that entry, or reopen the case.",
            rule="resolved-once",
        )
    policy = around.policies.in_force(around.now).policy
    kind = policy.types.get(case.request_type) if case.request_type else None
    _refuse_to_resolve(case, asked, around, policy, kind)
    decision = Decision(case.in_place(around), around)
    _link_other(decision, asked)
    for wait in case.waits:
        if wait.to_at is None:
            decision.happens(WaitingEnded(wait_id=wait.wait_id))
    decision.happens(
        CaseResolved(
            outcome=asked.outcome,
            replied=case.replied,
            words=asked.words,
            settles_at=_quiet_until(kind, around),
            resolved_by=around.actor.id,
            resolver=around.actor.kind,
            language=asked.language,
        )
    )
    cancel_preparation(decision)
    ground = Ground(asked.evidence, asked.approved_by)
    stop_clocks(
        decision,
        RESOLVED,
        outcome=ended_by(asked.outcome),
        ground=ground,
        with_it=_WORK if is_decided(policy, asked.outcome) or asked.outcome == DONE else (),
    )
    return decision.happened


def _refuse_to_resolve(
    case: Case, asked: ResolveCase, around: Circumstances, policy: Policy, kind: RequestType | None
) -> None:
    """Refuses what is in transit, judged still, undecided or decided otherwise, and what only a person may close."""
    refuse_unknown_outcome(policy.reasons.close, asked.outcome)
    if case.handover is not None:
        raise UnlawfulTransition(
            "The case is in transit: it is to be accepted or declined before it is resolved.",
            rule="resolved-by-its-owner",
        )
    refuse_open_judgements(case)
    decided, judged = is_decided(policy, asked.outcome), kind is not None and kind.judgement
    takes_decision = judged or bool(case.decisions)
    answers = decided or (takes_decision and ended_by(asked.outcome) == "answered")
    if answers or case.flags or (kind is not None and kind.person_confirms):
        refuse_machine(
            around,
            said="A machine does not answer a request, nor close one that needs care: let a person do it.",
        )
    if judged and answers and not case.decisions:
        _refuse_undecided(case, asked, policy)
    if answers and case.decided is not None:
        _refuse_otherwise(case.decided.outcome, asked, policy)
    if decided and case.decisions and GIVEN not in case.milestones:
        raise Refusal(
            "The decision was not given yet: issue its notice, and record that it was given.",
            rule="notice-before-resolution",
        )
    if ended_by(asked.outcome) == "transferred":
        refuse_unreceived(case)
    if asked.outcome == LAPSED:
        refuse_unlapsed(case, around, can_be_told=not has_died(case.requester, around))


def _refuse_undecided(case: Case, asked: ResolveCase, policy: Policy) -> None:
    """Refuses that what takes a decision is answered or done without one, or is nothing to decide without a reason.

    An outcome of which the policy says that it decides nothing is the policy's own word.
    """
    if is_decided(policy, asked.outcome) or asked.outcome == DONE:
        raise Refusal(
            f"A case of type {case.request_type} is resolved as '{asked.outcome}' by its decision: "
            "record the decision first.",
            rule="decision-before-resolution",
        )
    if asked.words is None and policy.reasons.close[asked.outcome].decides is None:
        raise Refusal(
            f"A case of type {case.request_type} takes a decision and has none: say in the words why it is "
            f"closed as '{asked.outcome}', or record the decision.",
            rule="undecided-says-why",
        )


def _refuse_otherwise(stands: str, asked: ResolveCase, policy: Policy) -> None:
    """Refuses that what was decided is closed as decided or done otherwise, or without a reason as nothing decided."""
    if stands == "upheld" and asked.outcome in _GRANTING:
        raise Refusal(
            f"The review upheld the decision, which grants nothing: resolve it as 'refused', not as '{asked.outcome}'.",
            rule="resolved-as-decided",
            decided=stands,
        )
    if asked.outcome == stands or stands not in policy.reasons.close:  # or gone since
        return
    if is_decided(policy, asked.outcome) or asked.outcome == DONE:
        raise Refusal(
            f"The case was decided as '{stands}': resolve it so, or, where that was not given yet, record another "
            "decision in its place first.",
            rule="resolved-as-decided",
            decided=stands,
        )
    if asked.words is None and policy.reasons.close[asked.outcome].decides is None:
        raise Refusal(
            f"The case was decided as '{stands}': resolve it so, or say in the words why it is closed as "
            f"'{asked.outcome}'.",
            rule="resolved-as-decided",
            decided=stands,
        )


def _link_other(decision: Decision, asked: ResolveCase) -> None:
    """Links the case with the one that it is closed for, where the outcome is of two; refused where nobody names it."""
    case, around = decision.case, decision.around
    reason = around.policies.in_force(around.now).policy.reasons.close[asked.outcome]
    if asked.other_case is not None:
        same = LinkCase(case_id=asked.case_id, other_case=asked.other_case, relation="same_matter")
        for linked in link_case(case, same, around):
            decision.happens(linked.fact)
    elif reason.names_other and not any(relation == "same_matter" for _, relation in case.links):
        raise Refusal(
            f"A case is closed as '{asked.outcome}' of another one: name that case (`other_case`), or link the two "
            "as the same matter first (`LinkCase`).",
            rule="duplicate-names-the-other",
        )


def _quiet_until(kind: RequestType | None, around: Circumstances) -> datetime:
    """The end of the last working day of the quiet window that begins now."""
    version = around.policies.in_force(around.now)
    calendars, office = version.compiled.calendars, version.policy.office
    days, counting = calendars.days_of(office.zone), calendars.counting[office.counting_calendar]
    resolved_on = days.date_of(around.effective_at)
    working_days = kind.settle_days if kind is not None else _SETTLE_DAYS
    if working_days == 0:
        return days.end(resolved_on)
    return days.end(counting.nth_after(resolved_on, working_days))


@evolves_by_whom(CaseResolved)
def _resolved(case: Case, resolved: CaseResolved, happened: Happened | Entry) -> Case:
    at = happened.context.effective_at
    resolution = Resolution(
        resolved.outcome,
        at,
        happened.context.known_at,
        resolved.resolved_by,
        resolved.resolver,
        resolved.settles_at,
    )
    return changed(
        case,
        status="resolved",
        chase=None,
        resolution=resolution,
        resolutions=case.resolutions + 1,
        since=at,
    )
