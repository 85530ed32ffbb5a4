"""Waiting and milestones: intervals in which a case waits, and acts that start or stop its clocks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from ledger.case.authority import kind_of
from ledger.case.clocks.backdating import days_back, refuse_backdating
from ledger.case.clocks.running import arm_clocks, restate_clocks, start_clocks_later
from ledger.case.clocks.standing import refuse_vain_waits, stopped_by
from ledger.case.clocks.stopping import stop_clocks
from ledger.case.in_words import InWords, Words
from ledger.case.known.approvals import Ground
from ledger.case.known.timed import Wait
from ledger.case.state import Case, Decision, changed, decides, evolves, reached
from ledger.commands import CaseCommand, Circumstances, since_then
from ledger.entry import Happened
from ledger.errors import InvalidCommand, Refusal, UnlawfulTransition
from ledger.facts import Fact, PersonalText, fact
from ledger.input.quoting import known_codes, quoted
from ledger.policy.document.policy import KNOWN_MILESTONES
from ledger.policy.telling.templates import gives_notice

_BY_COMMAND = {
    "decided": "RecordDecision",
    "decision_given": "RecordDecision",
    "resolved": "ResolveCase",
}
"""Acts that only a command of their own can do."""
ACCESS_GIVEN = "access_given"
"""The act by which the requester has what they asked to see: they heard from us, whatever notice went before it."""
SENT = "sent_to_applicant"
"""The act that a clock of publication runs from: where it is done again, as after a delivery that failed, from then."""
_BY_DECISION = frozenset({"order_given", ACCESS_GIVEN})
"""Acts that carry out a decision, and so come after it where the type is decided by judgement.

What access carries out may be decided in a disclosure instead, which is then named.
"""
_NEEDS = frozenset({"identity", "fee"})
"""Reasons to wait that a need of the request answers, not a field of its form."""
_MEETS = {"fee_paid": "fee"}
"""Acts by which such a need is met, where the law has a clock of its own for it."""


@fact
class WaitingBegan(Fact):
    """The case began to wait, with a coded reason."""

    wait_id: UUID
    reason: str
    words: PersonalText


@fact
class WaitingEnded(Fact):
    """What the case waited for came, or is no longer waited for."""

    wait_id: UUID


@fact
class MilestoneReached(Fact):
    """An act was done that clocks start or stop on, such as 'made_safe' or 'hearing_held'."""

    milestone: str


class BeginWaiting(InWords):
    """Say that the case waits from now on (or from the time given), and for what."""

    wait_id: UUID
    reason: str
    words: Words | None = None
    evidence: tuple[UUID, ...] = ()
    approved_by: str | None = None


class EndWaiting(CaseCommand):
    """Say that a waiting interval is over."""

    wait_id: UUID
    evidence: tuple[UUID, ...] = ()
    approved_by: str | None = None


class ReachMilestone(CaseCommand):
    """Say that an act was done which clocks start or stop on."""

    milestone: str
    evidence: tuple[UUID, ...] = since_then(())
    approved_by: str | None = since_then()
    by_disclosure: UUID | None = since_then()


@decides(BeginWaiting)
def begin_waiting(case: Case, asked: BeginWaiting, around: Circumstances) -> Sequence[Happened]:
    """A wait takes a coded reason; what it does to each clock is in the clock's own table."""
    case.unresolved(around)
    if any(wait.wait_id == asked.wait_id for wait in case.waits):
        return ()
    reasons = around.policies.in_force(around.now).policy.reasons.wait
    if asked.reason not in reasons:
        raise InvalidCommand(
            f"{quoted(asked.reason)} is not a reason to wait; the policy knows {known_codes(asked.reason, reasons)}."
        )
    ground = Ground(asked.evidence, asked.approved_by)
    refuse_backdating(case, around, ground, days=days_back(around))
    refuse_vain_waits(case, around, asked.reason)
    decision = Decision(case, around)
    decision.happens(WaitingBegan(wait_id=asked.wait_id, reason=asked.reason, words=asked.words))
    restate_clocks(decision, asked.wait_id, ground)
    return decision.happened


@decides(EndWaiting)
def end_waiting(case: Case, asked: EndWaiting, around: Circumstances) -> Sequence[Happened]:
    """A wait ends once, and not before it began."""
    found = [wait for wait in case.known().waits if wait.wait_id == asked.wait_id]
    if not found:
        raise UnlawfulTransition(
            "The case does not wait for this: name a wait that was begun.", rule="ends-a-wait"
        )
    if found[0].to_at is not None:
        return ()
    if around.effective_at < found[0].from_at:
        raise InvalidCommand("A wait cannot end before it began: give a later time.")
    ground = Ground(asked.evidence, asked.approved_by)
    refuse_backdating(case, around, ground, days=days_back(around))
    decision = Decision(case, around)
    decision.happens(WaitingEnded(wait_id=asked.wait_id))
    restate_clocks(decision, asked.wait_id, ground)
    return decision.happened


def end_answered_waits(decision: Decision, *needs: str, told_all: bool) -> None:
    """Ends what the case waited for the requester for and has now: row 13, a pause ends on receipt of the answer.

    A wait for a need, such as the fee, ends once it is met; any other on the requester once they have
    told all that was asked.
    """
    around, case = decision.around, decision.case
    if case.status != "open":
        return
    reasons = around.policies.in_force(around.now).policy.reasons.wait
    for wait in case.waits:
        known = reasons.get(wait.reason)
        if wait.to_at is not None or known is None or known.on != "requester":
            continue
        has = wait.reason in needs if wait.reason in _NEEDS else told_all
        if has and around.effective_at >= wait.from_at:
            decision.happens(WaitingEnded(wait_id=wait.wait_id))
            restate_clocks(decision, wait.wait_id, None)


def done_with(decision: Decision, *needs: str) -> None:
    """Records the acts by which needs are met, once those are, where a clock asks for them: it ends as by the act."""
    around = decision.around
    for act in (each for each, met in _MEETS.items() if met in needs):
        clocks = decision.case.clocks.values()
        if any(clock.open and stopped_by(around, clock, act) for clock in clocks):
            decision.happens(MilestoneReached(milestone=act))
            stop_clocks(decision, act)


@decides(ReachMilestone)
def reach_milestone(case: Case, asked: ReachMilestone, around: Circumstances) -> Sequence[Happened]:
    """An act is recorded once, and again if a clock or the case waits for it; clocks that it stops or starts do so.

    A wait for what is there with it ends (row 13: on receipt of what was waited for).
    """
    waited_for = any(
        clock.open and stopped_by(around, clock, asked.milestone)
        for clock in case.known().clocks.values()
    )
    need = _MEETS.get(asked.milestone)
    if case.status == "open":
        waited_for |= any(each.to_at is None and each.reason == need for each in case.waits)
    sent_again = _sent_again(case, asked, around)
    if not (waited_for or sent_again):  # a clock that outlives the resolution is answered after it
        case.unresolved(around)
    case.not_before_receipt(around)
    policy = around.policies.in_force(around.now).policy
    by_notice = gives_notice(policy, case.request_type, asked.milestone)
    if asked.milestone in _BY_COMMAND and not by_notice:
        raise InvalidCommand(
            f"{quoted(asked.milestone)} is not reported: it follows from `{_BY_COMMAND[asked.milestone]}`, so ask that."
        )
    if asked.milestone in case.milestones and not (waited_for or sent_again):
        return ()
    _refuse_undecided(case, asked, around)
    if by_notice:
        raise InvalidCommand(
            f"{quoted(asked.milestone)} is done by giving notice of it: issue the notice (`IssueNotice`) and record "
            "that it was given (`RecordNoticeGiven`); a clock that asks for it runs on until then."
        )
    allowed = KNOWN_MILESTONES.union(policy.milestones)
    if asked.milestone not in allowed:
        raise InvalidCommand(
            f"{quoted(asked.milestone)} is not a milestone; the ledger and its policy know "
            f"{', '.join(sorted(allowed))}."
        )
    decision = Decision(case, around)
    decision.happens(MilestoneReached(milestone=asked.milestone))
    if need is not None:
        end_answered_waits(decision, need, told_all=False)
    stop_clocks(decision, asked.milestone, ground=Ground(asked.evidence, asked.approved_by))
    if sent_again:
        start_clocks_later(decision, asked.milestone)
    arm_clocks(decision)
    return decision.happened


def _refuse_undecided(case: Case, asked: ReachMilestone, around: Circumstances) -> None:
    """Refuses that an act is done by what was decided while nothing is."""
    kind = kind_of(case, around)
    by_decision = asked.milestone in _BY_DECISION and kind is not None and kind.judgement
    if by_decision and not case.decisions and not _disclosed(asked, around):
        if asked.milestone == ACCESS_GIVEN:
            raise Refusal(
                "Access is given by what was decided, and nothing is: record the decision first, or name the "
                "disclosure of this case whose release was delivered to whoever asked.",
                rule="decided-before-it-is-done",
            )
        raise Refusal(
            f"{quoted(asked.milestone)} is done by what was decided, and nothing is: record the decision first.",
            rule="decided-before-it-is-done",
        )


def _disclosed(asked: ReachMilestone, around: Circumstances) -> bool:
    """Whether a disclosure of this case decided what access carries out, and was delivered to whoever asked."""
    return asked.milestone == ACCESS_GIVEN and _delivered(asked, around)


def _sent_again(case: Case, asked: ReachMilestone, around: Circumstances) -> bool:
    """Whether a disclosure of this case was delivered to whoever asked after it had been sent once."""
    before = case.milestones.get(SENT)
    later = asked.milestone == SENT and before is not None and before < around.effective_at
    return later and _delivered(asked, around)


def _delivered(asked: ReachMilestone, around: Circumstances) -> bool:
    if asked.by_disclosure is None:
        return False
    disclosure = around.look(f"disclosure/{asked.by_disclosure}")
    return disclosure is not None and disclosure.gave_access_on(asked.case_id)


@evolves(WaitingBegan)
def _began(case: Case, began: WaitingBegan, at: datetime) -> Case:
    return changed(case, waits=(*case.waits, Wait(began.wait_id, began.reason, at)))


@evolves(WaitingEnded)
def _ended(case: Case, ended: WaitingEnded, at: datetime) -> Case:
    waits = tuple(wait.ended(at) if wait.wait_id == ended.wait_id else wait for wait in case.waits)
    return changed(case, waits=waits)


@evolves(MilestoneReached)
def _milestone(case: Case, milestone: MilestoneReached, at: datetime) -> Case:
    if milestone.milestone == ACCESS_GIVEN:
        spoken_at = max(at, case.spoken_at or at)
        case = changed(case, spoken_at=spoken_at, promises=case.promises.kept())
    if milestone.milestone == SENT:
        return changed(case, milestones={**case.milestones, SENT: at})
    return reached(case, milestone.milestone, at=at)
