"""Custody: who is accountable. A case moves by a transfer with its reason and handover; `pulling` takes one up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from ledger.case.custody.adjudication import call_for_adjudication
from ledger.case.custody.confirming import refuse_unconfirmed
from ledger.case.in_words import InWords, Words
from ledger.case.known.handed import Handover
from ledger.case.state import Case, Decision, changed, decides, evolves
from ledger.case.whom import (
    coded,
    end_of_working_day,
    for_team,
    free_to_move,
    known_team,
    member_of,
    not_recused,
    stays_apart,
    there,
)
from ledger.commands import CaseCommand, Circumstances
from ledger.entry import Happened
from ledger.errors import Refusal, UnlawfulTransition
from ledger.facts import Fact, PersonalText, fact
from ledger.policy.in_force import PolicyVersion
from ledger.times import Instant


@fact
class CaseTransferred(Fact):
    """A case was handed to another team or person, with the reason; until it is accepted it is in transit."""

    transfer_id: UUID
    from_team: str | None
    from_owner: str | None
    to_team: str
    to_owner: str | None
    reason: str
    accept_by: Instant | None
    handover: PersonalText
    handover_digest: PersonalText


@fact
class TransferAccepted(Fact):
    """The receiver took the case over: from here on it is accountable."""

    transfer_id: UUID
    team: str
    owner: str | None


@fact
class TransferDeclined(Fact):
    """The receiver declined the case with a coded reason; it goes back to where it came from."""

    transfer_id: UUID
    team: str | None
    owner: str | None
    reason: str


@fact
class AccessEnded(Fact):
    """A team, or one member, has no more business with the case: what they read of it stays on record."""

    team: str | None
    member: str | None
    because: Literal["declined", "recused"]


class TransferCase(InWords):
    """Hand a case over to a team, or to a person of it, with a reason code and what the receiver needs to know."""

    transfer_id: UUID
    to_team: str
    reason: str
    to_owner: str | None = None
    handover: Words | None = None
    handover_digest: str | None = None


class AcceptTransfer(CaseCommand):
    """Take over a case that was handed to your team."""

    transfer_id: UUID
    owner: str | None = None


class DeclineTransfer(CaseCommand):
    """Decline a case that was handed to your team, with a coded reason."""

    transfer_id: UUID
    reason: str


@decides(TransferCase)
def transfer_case(case: Case, asked: TransferCase, around: Circumstances) -> Sequence[Happened]:
    """A transfer states a coded reason and what is handed over; the receiver has a window in which to accept."""
    if asked.transfer_id in case.unresolved(around).transfers:
        return ()
    if case.handover is not None:
        raise UnlawfulTransition(
            "The case is in transit already: it is to be accepted or declined first.",
            rule="one-transfer-at-a-time",
        )
    refuse_unconfirmed(case)
    version = around.policies.in_force(around.now)
    policy = version.policy
    known_team(policy, asked.to_team)
    coded(policy.reasons.transfer, asked.reason, "transfer")
    if asked.to_owner is not None:
        member_of(policy, asked.to_owner, asked.to_team)
        not_recused(case, asked.to_owner)
        there(around, asked.to_owner, team=asked.to_team)
    if (asked.to_team, asked.to_owner) == (case.team, case.owner):
        raise Refusal(
            "The case is there already: name another team or person.", rule="transfer-moves"
        )
    free_to_move(case, around, to_team=asked.to_team)
    stays_apart(case, around, to_team=asked.to_team)
    decision = Decision(case.in_place(around), around)
    decision.happens(
        CaseTransferred(
            transfer_id=asked.transfer_id,
            from_team=case.team,
            from_owner=case.owner,
            to_team=asked.to_team,
            to_owner=asked.to_owner,
            reason=asked.reason,
            accept_by=_accept_by(version, around.effective_at, immediate=case.immediate),
            handover=asked.handover,
            handover_digest=asked.handover_digest,
        )
    )
    return decision.happened


@decides(AcceptTransfer)
def accept_transfer(case: Case, asked: AcceptTransfer, around: Circumstances) -> Sequence[Happened]:
    """Only the team that a case was handed to accepts it."""
    handover = _in_transit(case, asked.transfer_id, around)
    if handover is None:
        _answered_so(case, asked.transfer_id, declined=False)
        return ()
    for_team(around, handover.to_team)
    owner = asked.owner or handover.to_owner
    if owner is not None:
        member_of(around.policies.in_force(around.now).policy, owner, handover.to_team)
        not_recused(case, owner)
        there(around, owner, team=handover.to_team)
    decision = Decision(case, around)
    decision.happens(
        TransferAccepted(transfer_id=asked.transfer_id, team=handover.to_team, owner=owner)
    )
    call_for_adjudication(decision)
    return decision.happened


@decides(DeclineTransfer)
def decline_transfer(
    case: Case, asked: DeclineTransfer, around: Circumstances
) -> Sequence[Happened]:
    """Declining takes a coded reason; the case is with its sender again, and its receiver has no more access."""
    handover = _in_transit(case, asked.transfer_id, around)
    if handover is None:
        _answered_so(case, asked.transfer_id, declined=True)
        return ()
    for_team(around, handover.to_team)
    coded(around.policies.in_force(around.now).policy.reasons.decline, asked.reason, "decline")
    decision = Decision(case, around)
    decision.happens(
        TransferDeclined(
            transfer_id=asked.transfer_id,
            team=handover.from_team,
            owner=handover.from_owner,
            reason=asked.reason,
        )
    )
    ended = AccessEnded(team=handover.to_team, member=handover.to_owner, because="declined")
    decision.happens(ended)
    return decision.happened


def _accept_by(version: PolicyVersion, at: datetime, *, immediate: bool) -> datetime:
    """By when a transfer is to be answered: an hour in immediate danger, else the end of the next working day."""
    if immediate:
        return at + timedelta(hours=1)
    return end_of_working_day(version, at, 1)


def _in_transit(case: Case, transfer_id: UUID, around: Circumstances) -> Handover | None:
    """The open transfer of this id; None if it was answered before."""
    case.unresolved(around)
    if case.handover is not None and case.handover.transfer_id == transfer_id:
        case.in_place(around)
        return case.handover
    if transfer_id in case.transfers:
        return None
    raise UnlawfulTransition(
        "No such transfer is open on this case: name the one by which it was handed over.",
        rule="answers-a-transfer",
    )


def _answered_so(case: Case, transfer_id: UUID, *, declined: bool) -> None:
    """Refuses another answer to a transfer than the one that it was given."""
    if (transfer_id in case.declined) != declined:
        said = "accepted" if declined else "declined"
        raise UnlawfulTransition(
            f"This transfer was {said} before: transfer the case anew if it is to move.",
            rule="answers-a-transfer",
        )


@evolves(CaseTransferred)
def _transferred(case: Case, moved: CaseTransferred, at: datetime) -> Case:
    handover = Handover(
        moved.transfer_id,
        moved.from_team,
        moved.from_owner,
        moved.to_team,
        moved.to_owner,
        moved.accept_by,
        case.answered,
    )
    transfers = case.transfers | {moved.transfer_id}
    return changed(case, handover=handover, transfers=transfers, since=at)


@evolves(TransferAccepted)
def _accepted(case: Case, accepted: TransferAccepted, at: datetime) -> Case:
    held = case.handover.held if case.handover else frozenset[str]()
    moves = case.moves.hopped(case.team, accepted.team).holding(held)
    return changed(
        case, team=accepted.team, owner=accepted.owner, handover=None, moves=moves, since=at
    )


@evolves(TransferDeclined)
def _declined(case: Case, declined: TransferDeclined, at: datetime) -> Case:
    return changed(
        case,
        team=declined.team,
        owner=declined.owner,
        handover=None,
        declined=case.declined | {declined.transfer_id},
        since=at,
    )
