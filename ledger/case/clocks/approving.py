"""Approving: what crosses a breach is dated back by two, and the second one says so in an entry of their own (row 30).

An act is recorded at once; that it kept a time which is over counts only once it is approved. What
moves a due date (a wait, a start, an extension, a lapse) or rests on a delegation that has lapsed since
is approved before it is recorded.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NoReturn
from uuid import UUID

from ledger.case.alarms import alarm, raise_at_once
from ledger.case.approved import is_of
from ledger.case.clocks.facts import ClockStopped, with_clock
from ledger.case.known.approvals import Approval, Claim, ClockOutcome, Ground, acting, to_the_minute
from ledger.case.known.timed import Clock
from ledger.case.state import Case, Decision, changed, decides, evolves_by_whom
from ledger.case.whom import leader_of, local_date
from ledger.commands import CaseCommand, Circumstances
from ledger.entry import Actor, Entry, Happened
from ledger.errors import InvalidCommand, NotAuthorised, Refusal
from ledger.facts import Fact, fact
from ledger.ids import derived_uuid
from ledger.input.quoting import quoted
from ledger.times import Instant

AWAITS_APPROVAL = "awaits_approval"
_SECOND = "asked"
"""Tells the alarm of whoever is asked from that of the leader."""


@fact
class ApprovalAsked(Fact):
    """An act was entered as done in a time that was over by then: the clock counts as late until somebody approves it.

    `cause` is the act, `outcome` how the clock then ended, `asked_of` whom whoever entered it would have
    approve it.
    """

    clock: str
    generation: int
    kept_at: Instant
    due_at: Instant
    cause: str | None
    evidence: tuple[UUID, ...]
    asked_of: str | None
    outcome: ClockOutcome = "met"


@fact
class DatingBackApproved(Fact):
    """A second person approves that something is entered as of earlier: of a clock, or of a decision if None."""

    clock: str | None
    generation: int | None
    dated_at: Instant


class ApproveDatingBack(CaseCommand):
    """Approve, as a second person, that something is entered as of an earlier instant; see what shows it first.

    With a clock: that its time was kept, where that was entered and awaits it; else what moves it across
    its breach. Without one: a decision under a delegation that has lapsed since.
    """

    clock: str | None = None
    dated_at: Instant | None = None


@decides(ApproveDatingBack)
def approve_dating_back(
    case: Case, asked: ApproveDatingBack, around: Circumstances
) -> Sequence[Happened]:
    """A person approves what somebody else enters, and once; what awaited it takes effect with it."""
    known = case.known()
    clock = clock_that(known, asked.clock) if asked.clock is not None else None
    refuse_nobody(around)
    claim = clock.claimed if clock is not None else None
    decision = Decision(case, around)
    if clock is not None and claim is not None and _same(asked.dated_at, claim.kept_at):
        _approve_claim(decision, clock, claim)
    elif not _approved_before(case, clock, asked.dated_at, around.actor):
        if claim is not None:
            raise InvalidCommand(
                f"What awaits approval is that clock {asked.clock} ended at {around.in_office(claim.kept_at)}: "
                "leave the time out, or give that one."
            )
        _approve_ahead(decision, clock, asked.dated_at)
    return decision.happened


def refuse_nobody(around: Circumstances) -> None:
    """Refuses whoever is no person of the policy in force, or has left."""
    version, actor = around.policies.in_force(around.now), around.actor
    member = version.policy.members.get(actor.id)
    gone = around.directory.gone(actor.id, local_date(version, around.now))
    if actor.kind != "person" or member is None or member.kind != "person" or gone:
        raise NotAuthorised(
            "What is dated back is approved or refused by a person of the policy in force who did not enter it: "
            "let one of them do it."
        )


def clock_that(case: Case, code: str) -> Clock:
    """The clock of a case that is named; refused if it has none, or none that we reckon or that awaits approval."""
    clock = case.clocks.get(code)
    if clock is None or (clock.policy is None and clock.claimed is None):
        raise InvalidCommand(
            f"{quoted(code)} is no clock of this case that we reckon: name one that is."
        )
    return clock


def _same(asked: datetime | None, at: datetime) -> bool:
    return asked is None or to_the_minute(asked) == to_the_minute(at)


def _approved_before(
    case: Case, clock: Clock | None, dated_at: datetime | None, actor: Actor
) -> bool:
    """Whether this member has approved it already; what an act has used up since is approved anew for another."""
    ended = dated_at is None or (clock is not None and not clock.open)
    return any(
        each.member == actor.id
        and is_of(each, clock)
        and _same(dated_at, each.dated_at)
        and (ended or each.used_by is None)
        for each in case.approvals
    )


def _approve_claim(decision: Decision, clock: Clock, claim: Claim) -> None:
    if not claim.by.isdisjoint(acting(decision.around.actor)):
        raise NotAuthorised(
            f"You entered yourself that the time of clock {clock.code} was kept: let somebody else approve it."
        )
    code, generation = clock.code, clock.generation
    approved = DatingBackApproved(clock=code, generation=generation, dated_at=claim.kept_at)
    decision.happens(approved)
    decision.happens(
        ClockStopped(
            clock=code,
            generation=generation,
            outcome=claim.outcome,
            due_at=claim.due_at,
            cause=claim.cause,
            evidence=claim.evidence,
            approved_by=decision.around.actor.id,
        ),
        at=claim.kept_at,
    )


def _approve_ahead(decision: Decision, clock: Clock | None, dated_at: datetime | None) -> None:
    if dated_at is None:
        raise InvalidCommand(
            "Nothing that was entered awaits your approval there: say as of when what you approve is to be entered."
        )
    if dated_at > decision.around.now:
        raise InvalidCommand("What is dated back lies in the past: give a time that has passed.")
    if clock is not None and was_refused(decision.case, clock, dated_at):
        raise Refusal(
            f"A second person refused that clock {clock.code} is entered as ended at "
            f"{decision.around.in_office(dated_at)}: it counts as late, and stays so.",
            rule="refused-stays-refused",
            clock=clock.code,
        )
    code, generation = (clock.code, clock.generation) if clock is not None else (None, None)
    decision.happens(DatingBackApproved(clock=code, generation=generation, dated_at=dated_at))


def was_refused(case: Case, clock: Clock, kept_at: datetime) -> bool:
    """Whether a second person refused that a clock, as it runs in this generation, ended at this minute."""
    return (clock.code, clock.generation, to_the_minute(kept_at)) in case.refusals


def refuse_alone(what: str, clock: Clock, around: Circumstances, *, dated_at: datetime) -> NoReturn:
    """Refuses what takes a second person's approval and has none: `what` is said of it, before what is to be done."""
    raise Refusal(
        f"{what}: let a second person who did not step back approve it first (`ApproveDatingBack`), for clock "
        f"{clock.code} as of {around.in_office(dated_at)}, then record it again.",
        rule="breach-crossed-by-two",
        clock=clock.code,
    )


def entered_by(case: Case, act: str | None, actor: Actor) -> frozenset[str]:
    """Who entered that an act was done: whoever acts, and whoever told it before the clock ran that asks for it."""
    told = case.told_late.get(act or "")
    return acting(actor) | (told.by if told is not None else frozenset[str]())


def ask_approval(
    decision: Decision,
    clock: Clock,
    *,
    kept_at: datetime,
    due_at: datetime,
    outcome: ClockOutcome,
    cause: str | None,
    ground: Ground,
) -> None:
    """Records that it awaits a second person that a clock ended in its time; tells the leader, and whoever is asked.

    Where the leader entered it, or stepped back, the director is told instead.
    """
    case, around = decision.case, decision.around
    nobody = case.moves.recused | entered_by(case, cause, around.actor)
    if ground.approved_by in nobody:
        raise InvalidCommand(
            f"{ground.approved_by} enters this or stepped back from the case: name somebody else who approves it."
        )
    leader = leader_of(around.policies.in_force(around.now).policy, case.team)
    asked = ApprovalAsked(
        clock=clock.code,
        generation=clock.generation,
        kept_at=kept_at,
        due_at=due_at,
        cause=cause,
        evidence=ground.evidence,
        asked_of=ground.approved_by,
        outcome=outcome,
    )
    decision.happens(asked, at=around.now)
    causes = (AWAITS_APPROVAL, clock.code, str(clock.generation))
    told = "director" if case.team and leader in nobody else None
    raise_at_once(decision, *causes, since=around.now, party=told)
    if ground.approved_by not in (None, leader):
        raise_at_once(decision, *causes, _SECOND, since=around.now, party=ground.approved_by)


def alarms_of_claim(
    stream: str, clock: str, generation: int, *, since: datetime
) -> tuple[UUID, UUID]:
    """The escalations by which it was told that an approval is awaited of a clock since an instant."""
    causes = ("alarm", stream, AWAITS_APPROVAL, clock, str(generation))
    return derived_uuid(since, *causes), derived_uuid(since, *causes, _SECOND)


@evolves_by_whom(ApprovalAsked)
def _asked(case: Case, asked: ApprovalAsked, happened: Happened | Entry) -> Case:
    """Told in the order in which it happened, what was approved since ended the clock before this was asked."""
    clock = case.clocks.get(asked.clock)
    if clock is None or clock.state != "breached":
        return case
    by = entered_by(case, asked.cause, happened.actor)
    told = case.told_late.get(asked.cause or "")
    claim = Claim(
        asked.kept_at,
        asked.due_at,
        asked.outcome,
        asked.cause,
        asked.evidence,
        by,
        told.member if told is not None else happened.actor.id,
        happened.context.effective_at,
    )
    return with_clock(case, asked.clock, claimed=claim)


@evolves_by_whom(DatingBackApproved)
def _approved(case: Case, approved: DatingBackApproved, happened: Happened | Entry) -> Case:
    approval = Approval(
        approved.clock,
        approved.generation,
        to_the_minute(approved.dated_at),
        acting(happened.actor),
        happened.actor.id,
    )
    return changed(case, approvals=(*case.approvals, approval))


alarm(
    AWAITS_APPROVAL,
    lambda case, _around: any(each.claimed is not None for each in case.clocks.values()),
    of="any",
)
