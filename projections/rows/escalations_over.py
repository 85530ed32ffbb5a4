"""Over: which facts bring to its end what an escalation is about, so that nobody has to answer it any more.

That a clock ran out, that a letter did not arrive, and what a person raised is answered all the same.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from ledger.case.alarms import CaseAlarmed
from ledger.case.clocks.waiting import ACCESS_GIVEN, MilestoneReached, WaitingEnded
from ledger.case.contact.contacts import ContactLogged
from ledger.case.contact.notices import OF_WHAT_IS_MISSING, NoticeIssued
from ledger.case.custody.adjudication import CaseAdjudicated
from ledger.case.custody.confirming import RoutingConfirmed
from ledger.case.custody.pulling import CasePulled
from ledger.case.custody.recusal import MemberRecused
from ledger.case.custody.rehoming import CaseRehomed
from ledger.case.custody.returning import CaseReturned
from ledger.case.custody.routing import CaseRouted
from ledger.case.custody.transfers import TransferAccepted, TransferDeclined
from ledger.case.custody.unanswered import TransferUnanswered
from ledger.case.escalation.chase_steps import ChaseStepReached
from ledger.case.intake.chasing import ChaseStopped
from ledger.case.intake.information import InformationReceived, InformationRequested
from ledger.case.intake.opening import CaseClassified
from ledger.case.links import CAME_LATE, CaseLinked
from ledger.case.outcome.reopening import CaseReopened
from ledger.case.outcome.resolving import CaseResolved
from ledger.case.outcome.returns import ReturnDecided
from ledger.case.outcome.reviewed import DecisionContested
from ledger.case.outcome.settling import CaseSettled
from ledger.case.work.followups import FollowUpCompleted
from ledger.case.work.referral import ReferralConfirmed, ReferralEnded
from ledger.case.work.tasks import TaskCancelled, TaskCompleted
from ledger.facts import Fact

_TO_BE_TOLD = frozenset({"chase_ask", "chase_remind", "chase_warn"})
_CHASE = _TO_BE_TOLD | {"chase_lapse"}
_HEARD = frozenset({"no_contact", "promise_missed", "closed_without_reply"})
_OWNER = frozenset({"owner_absent", "owner_silent"})
_TAKEN = _OWNER | {"never_opened", "no_present_skill"}
_MOVED = frozenset({"transfer_unanswered"})
_ADJUDICATED = frozenset({"second_return", "third_hop", "adjudication_overdue", "never_confirmed"})
_AGAIN = _OWNER | {"no_contact", "waiting_too_long"}
"""Alarms of which a case has one at a time: the next one is about the same, since when it is so now."""
_LATE = frozenset({CAME_LATE})
_NONE = frozenset[str]()
_TURNING = (InformationRequested, ContactLogged, NoticeIssued)
"""What turns to a requester who is chased."""


def ended_by(fact: Fact) -> frozenset[str]:
    """The reasons of the escalations whose matter a fact brings to its end; most facts end none."""
    found = _ENDS.get(type(fact))
    return _NONE if found is None else found(fact)


def too_early(fact: Fact, at: datetime, reason: str, *, since: datetime) -> bool:
    """Whether the requester was turned to before the step of a chase came that asks for it: it still does."""
    return reason in _TO_BE_TOLD and isinstance(fact, _TURNING) and at < since


def owed_no_more(fact: Fact) -> UUID | None:
    """The id of what was owed and is no more."""
    match fact:
        case TaskCompleted(task_id=owed) | TaskCancelled(task_id=owed):
            return owed
        case FollowUpCompleted(follow_up_id=owed):
            return owed
        case ReferralConfirmed(referral_id=owed) | ReferralEnded(referral_id=owed):
            return owed
        case _:
            return None


def _always(*reasons: frozenset[str]) -> Callable[[Any], frozenset[str]]:
    ended = frozenset[str]().union(*reasons)
    return lambda _fact: ended


def _alarmed_again(fact: CaseAlarmed) -> frozenset[str]:
    return _AGAIN & {fact.alarm}


def _accepted(fact: TransferAccepted) -> frozenset[str]:
    return _MOVED | (_TAKEN if fact.owner is not None else _OWNER)


def _adjudicated(fact: CaseAdjudicated) -> frozenset[str]:
    return _ADJUDICATED | _MOVED | (_TAKEN if fact.to_owner is not None else _OWNER)


def _contacted(fact: ContactLogged) -> frozenset[str]:
    return _HEARD | _TO_BE_TOLD if fact.acts else _NONE


def _notified(fact: NoticeIssued) -> frozenset[str]:
    if not fact.to_requester:
        return _NONE
    return _HEARD | _TO_BE_TOLD if fact.kind in OF_WHAT_IS_MISSING else _HEARD


def _reached(fact: MilestoneReached) -> frozenset[str]:
    return _HEARD if fact.milestone == ACCESS_GIVEN else _NONE


def _linked(fact: CaseLinked) -> frozenset[str]:
    return _NONE if fact.relation == "not_the_same" else _LATE


def _complete(fact: InformationReceived | CaseClassified) -> frozenset[str]:
    return _NONE if fact.missing else _CHASE


_ENDS: dict[type[Fact], Callable[[Any], frozenset[str]]] = {
    CaseAlarmed: _alarmed_again,
    CaseRouted: _always(frozenset({"never_routed"})),
    RoutingConfirmed: _always(frozenset({"never_confirmed"})),
    CasePulled: _always(_TAKEN),
    TransferAccepted: _accepted,
    TransferDeclined: _always(_MOVED),
    TransferUnanswered: _always(_TAKEN),
    CaseAdjudicated: _adjudicated,
    CaseRehomed: _always(_OWNER),
    CaseReturned: _always(_OWNER),
    MemberRecused: _always(_OWNER),
    WaitingEnded: _always(frozenset({"waiting_too_long"})),
    ContactLogged: _contacted,
    NoticeIssued: _notified,
    MilestoneReached: _reached,
    ChaseStepReached: _always(_CHASE),
    ChaseStopped: _always(_CHASE),
    CaseResolved: _always(_CHASE),
    InformationRequested: _always(_TO_BE_TOLD),
    InformationReceived: _complete,
    CaseClassified: _complete,
    ReturnDecided: _always(frozenset({"return_undecided"})),
    CaseSettled: _always(frozenset({"settling_proposed"})),
    CaseReopened: _always(_LATE),
    CaseLinked: _linked,
    DecisionContested: _always(_LATE),
}
ENDING = frozenset(
    {*_ENDS, TaskCompleted, TaskCancelled, FollowUpCompleted, ReferralConfirmed, ReferralEnded}
)
"""The facts that end what some escalation is about."""
