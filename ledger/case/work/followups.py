"""Follow-ups: what a member brings forward on a date, and what was promised; they outlive the resolution."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Literal
from uuid import UUID

from ledger.case.in_words import InWords, Words
from ledger.case.known.owed import FollowUp, FollowUpKind
from ledger.case.state import Case, Decision, changed, decides, evolves
from ledger.case.whom import local_date, not_recused
from ledger.commands import CaseCommand, Circumstances
from ledger.entry import Happened
from ledger.errors import InvalidCommand, NotAuthorised, Refusal, UnlawfulTransition
from ledger.facts import Fact, PersonalText, fact
from ledger.times import Instant


@fact
class FollowUpSet(Fact):
    """A member will come back to the case by an instant, or do what was promised in a decision."""

    follow_up_id: UUID
    kind: FollowUpKind
    member: str
    due_at: Instant
    decision_id: UUID | None
    words: PersonalText


@fact
class FollowUpCompleted(Fact):
    """What was to be followed up was done."""

    follow_up_id: UUID
    words: PersonalText


@fact
class FollowUpReassigned(Fact):
    """Another member answers for a follow-up from here on."""

    follow_up_id: UUID
    from_member: str
    to_member: str
    because: Literal["asked", "leaver", "recused"]


class SetFollowUp(InWords):
    """Bring a case forward on a date, or record what was promised and by when."""

    follow_up_id: UUID
    member: str
    due_at: Instant
    kind: FollowUpKind = "bring_forward"
    decision_id: UUID | None = None
    words: Words | None = None


class CompleteFollowUp(InWords):
    """Say that what was to be followed up is done."""

    follow_up_id: UUID
    words: Words | None = None


class ReassignFollowUp(CaseCommand):
    """Give a follow-up to another member."""

    follow_up_id: UUID
    member: str


@decides(SetFollowUp)
def set_follow_up(case: Case, asked: SetFollowUp, around: Circumstances) -> Sequence[Happened]:
    """A person answers for it by a time to come; a promise made in a decision names it."""
    if asked.follow_up_id in case.known().owed.follow_ups:
        return ()
    if asked.due_at <= around.effective_at:
        raise InvalidCommand("A follow-up is due at a time to come: give a later one (`due_at`).")
    if asked.decision_id is not None and asked.decision_id not in case.decisions:
        raise Refusal(
            "No such decision is on this case: name the one in which this was promised.",
            rule="promised-in-a-decision",
        )
    _answers(case, around, asked.member)
    return (around.happened(FollowUpSet(**asked.for_fact())),)


@decides(CompleteFollowUp)
def complete_follow_up(
    case: Case, asked: CompleteFollowUp, around: Circumstances
) -> Sequence[Happened]:
    """A follow-up is completed once, whether the case is resolved or not."""
    if _known(case, asked.follow_up_id).done:
        return ()
    done = FollowUpCompleted(follow_up_id=asked.follow_up_id, words=asked.words)
    return (around.happened(done),)


@decides(ReassignFollowUp)
def reassign_follow_up(
    case: Case, asked: ReassignFollowUp, around: Circumstances
) -> Sequence[Happened]:
    """A person gives it to somebody who is still of the office."""
    follow_up = _known(case, asked.follow_up_id)
    if follow_up.member == asked.member:
        return ()
    if follow_up.done:
        raise UnlawfulTransition(
            "This follow-up is done: set another if more is to be done.", rule="follow-up-is-open"
        )
    if around.actor.kind != "person":
        raise NotAuthorised("A machine gives nobody a follow-up: let a person do it.")
    _answers(case, around, asked.member)
    reassigned = FollowUpReassigned(
        follow_up_id=asked.follow_up_id,
        from_member=follow_up.member,
        to_member=asked.member,
        because="asked",
    )
    return (around.happened(reassigned),)


def _known(case: Case, follow_up_id: UUID) -> FollowUp:
    follow_up = case.known().owed.follow_ups.get(follow_up_id)
    if follow_up is None:
        raise UnlawfulTransition(
            "No such follow-up is on this case: name one that was set.",
            rule="follow-up-of-the-case",
        )
    return follow_up


def hand_on_follow_ups(
    decision: Decision, member: str, *others: str | None, because: Literal["leaver", "recused"]
) -> None:
    """Gives what a member would have followed up to the first of these others who did not step back, if any."""
    case = decision.case
    kept = (each for each in others if each not in (None, member))
    heir = next((each for each in kept if each not in case.moves.recused), None)
    if heir is None:
        return
    for follow_up in case.owed.follow_ups.values():
        if follow_up.member == member and not follow_up.done:
            decision.happens(
                FollowUpReassigned(
                    follow_up_id=follow_up.follow_up_id,
                    from_member=member,
                    to_member=heir,
                    because=because,
                )
            )


def _answers(case: Case, around: Circumstances, member: str) -> None:
    """Refuses whoever is no person of the office, has left, or stepped back from the case."""
    version = around.policies.in_force(around.now)
    found = version.policy.members.get(member)
    if found is None or found.kind != "person":
        raise Refusal(
            f"{member} is no person of the policy in force: name one who answers for it.",
            rule="owner-is-a-person",
        )
    if around.directory.gone(member, local_date(version, around.now)):
        raise Refusal(f"{member} has left: name somebody else.", rule="receiver-is-there")
    not_recused(case, member)


@evolves(FollowUpSet)
def _set(case: Case, told: FollowUpSet, at: datetime) -> Case:
    follow_up = FollowUp(told.follow_up_id, told.kind, told.member, told.due_at)
    return changed(case, owed=case.owed.with_follow_up(follow_up))


@evolves(FollowUpCompleted)
def _completed(case: Case, completed: FollowUpCompleted, at: datetime) -> Case:
    found = case.owed.follow_ups.get(completed.follow_up_id)
    if found is None:
        return case
    return changed(case, owed=case.owed.with_follow_up(replace(found, done=True)))


@evolves(FollowUpReassigned)
def _reassigned(case: Case, reassigned: FollowUpReassigned, at: datetime) -> Case:
    found = case.owed.follow_ups.get(reassigned.follow_up_id)
    if found is None:
        return case
    moved = replace(found, member=reassigned.to_member)
    return changed(case, owed=case.owed.with_follow_up(moved))
