"""Obligations: what somebody owes on a case by a time, until it is done: rulings, tasks, promises, receipts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, Literal, NamedTuple

from ledger.case.alarms import CaseAlarmed
from ledger.case.clocks.waiting import ACCESS_GIVEN, MilestoneReached
from ledger.case.contact.contacts import ContactLogged
from ledger.case.contact.notices import NoticeIssued
from ledger.case.contact.promises import ContactPromised
from ledger.case.custody.adjudication import AdjudicationRequired, CaseAdjudicated
from ledger.case.outcome.resolving import CaseResolved
from ledger.case.work.followups import FollowUpCompleted, FollowUpReassigned, FollowUpSet
from ledger.case.work.overdue import ObligationOverdue
from ledger.case.work.referral import CaseReferred, ReferralConfirmed, ReferralEnded
from ledger.case.work.tasks import (
    TaskAdded,
    TaskCancelled,
    TaskCompleted,
    TaskGivenBack,
    TaskMoved,
    TaskTaken,
)
from ledger.facts import Fact
from projections.fold.projection import Fields, Projection, Rows, changed
from projections.fold.told import Told

Owing = Literal["adjudication", "task", "follow_up", "referral", "promise"]


class ObligationRow(NamedTuple):
    """One obligation; `member` or else `team`, or else whoever has the case, owes it.

    `what` is the kind of task, follow-up or referral. `calls_at` is when it is overdue, until that was
    recorded; that a promised contact was missed is an alarm of the case, and no call of these.
    """

    kind: Owing
    owed_id: str
    team: str | None
    member: str | None
    since_at: datetime
    due_at: datetime | None
    calls_at: datetime | None
    what: str | None = None
    ended_at: datetime | None = None


def evolve(rows: Rows[ObligationRow], entry: Told) -> Rows[ObligationRow]:
    """The obligations of a case after one more entry."""
    by = _CHANGES.get(type(entry.fact))
    return rows if by is None else by(rows, entry.fact, entry.effective_at)


def _required(
    rows: Rows[ObligationRow], fact: AdjudicationRequired, at: datetime
) -> Rows[ObligationRow]:
    due_at, (party, *_) = fact.decide_by, fact.parties
    return (*rows, ObligationRow("adjudication", "", None, party, at, due_at, due_at))


def _adjudicated(
    rows: Rows[ObligationRow], fact: CaseAdjudicated, at: datetime
) -> Rows[ObligationRow]:
    return _with(rows, "adjudication", "", {"ended_at": at, "calls_at": None})


def _alarmed(rows: Rows[ObligationRow], fact: CaseAlarmed, at: datetime) -> Rows[ObligationRow]:
    if fact.alarm != "adjudication_overdue":
        return rows
    return _with(rows, "adjudication", "", {"calls_at": None})


def _task_added(rows: Rows[ObligationRow], fact: TaskAdded, at: datetime) -> Rows[ObligationRow]:
    due_at = fact.due_at
    return (
        *rows,
        ObligationRow(
            "task", str(fact.task_id), fact.team, fact.member, at, due_at, due_at, fact.kind
        ),
    )


def _task_taken(rows: Rows[ObligationRow], fact: TaskTaken, at: datetime) -> Rows[ObligationRow]:
    return _with(rows, "task", str(fact.task_id), {"member": fact.member})


def _task_moved(rows: Rows[ObligationRow], fact: TaskMoved, at: datetime) -> Rows[ObligationRow]:
    return _with(rows, "task", str(fact.task_id), {"member": fact.to_member})


def _task_given_back(
    rows: Rows[ObligationRow], fact: TaskGivenBack, at: datetime
) -> Rows[ObligationRow]:
    return _with(rows, "task", str(fact.task_id), {"member": None})


def _task_ended(
    rows: Rows[ObligationRow], fact: TaskCompleted | TaskCancelled, at: datetime
) -> Rows[ObligationRow]:
    return _with(rows, "task", str(fact.task_id), {"ended_at": at, "calls_at": None})


def _follow_up_set(
    rows: Rows[ObligationRow], fact: FollowUpSet, at: datetime
) -> Rows[ObligationRow]:
    due_at, owed_id = fact.due_at, str(fact.follow_up_id)
    return (
        *rows,
        ObligationRow("follow_up", owed_id, None, fact.member, at, due_at, due_at, fact.kind),
    )


def _follow_up_reassigned(
    rows: Rows[ObligationRow], fact: FollowUpReassigned, at: datetime
) -> Rows[ObligationRow]:
    return _with(rows, "follow_up", str(fact.follow_up_id), {"member": fact.to_member})


def _follow_up_completed(
    rows: Rows[ObligationRow], fact: FollowUpCompleted, at: datetime
) -> Rows[ObligationRow]:
    return _with(rows, "follow_up", str(fact.follow_up_id), {"ended_at": at, "calls_at": None})


def _referred(rows: Rows[ObligationRow], fact: CaseReferred, at: datetime) -> Rows[ObligationRow]:
    due_at, owed_id = fact.confirm_by, str(fact.referral_id)
    return (*rows, ObligationRow("referral", owed_id, None, None, at, due_at, due_at, fact.kind))


def _referral_confirmed(
    rows: Rows[ObligationRow], fact: ReferralConfirmed, at: datetime
) -> Rows[ObligationRow]:
    ended: Fields = {"ended_at": fact.received_at, "calls_at": None}
    return _with(rows, "referral", str(fact.referral_id), ended)


def _referral_ended(
    rows: Rows[ObligationRow], fact: ReferralEnded, at: datetime
) -> Rows[ObligationRow]:
    return _with(rows, "referral", str(fact.referral_id), {"ended_at": at, "calls_at": None})


def _promised(
    rows: Rows[ObligationRow], fact: ContactPromised, at: datetime
) -> Rows[ObligationRow]:
    owed_id = str(fact.promise_id)
    promise = ObligationRow("promise", owed_id, None, None, at, fact.by_at, None)
    return (*_heard(rows, at), promise)


def _contacted(rows: Rows[ObligationRow], fact: ContactLogged, at: datetime) -> Rows[ObligationRow]:
    return _heard(rows, at) if fact.acts else rows


def _notified(rows: Rows[ObligationRow], fact: NoticeIssued, at: datetime) -> Rows[ObligationRow]:
    return _heard(rows, at) if fact.to_requester else rows


def _reached(
    rows: Rows[ObligationRow], fact: MilestoneReached, at: datetime
) -> Rows[ObligationRow]:
    return _heard(rows, at) if fact.milestone == ACCESS_GIVEN else rows


def _resolved(rows: Rows[ObligationRow], fact: CaseResolved, at: datetime) -> Rows[ObligationRow]:
    return _heard(rows, at)


def _heard(rows: Rows[ObligationRow], at: datetime) -> Rows[ObligationRow]:
    """The obligations once the requester heard from us: what was promised them is kept, or taken over by another."""
    for row in rows:
        if row.kind == "promise":
            rows = _with(rows, "promise", row.owed_id, {"ended_at": at})
    return rows


def _overdue(
    rows: Rows[ObligationRow], fact: ObligationOverdue, at: datetime
) -> Rows[ObligationRow]:
    return _with(rows, fact.kind, str(fact.owed_id), {"calls_at": None})


def _with(
    rows: Rows[ObligationRow], kind: Owing, owed_id: str, fields: Fields
) -> Rows[ObligationRow]:
    """The obligations with one of them changed that has not ended; the same objects if there is none."""
    found = [row.kind == kind and row.owed_id == owed_id and row.ended_at is None for row in rows]
    if not any(found):
        return rows
    return tuple(changed(row, fields) if it else row for row, it in zip(rows, found, strict=True))


_CHANGES: dict[type[Fact], Callable[[Rows[ObligationRow], Any, datetime], Rows[ObligationRow]]] = {
    AdjudicationRequired: _required,
    CaseAdjudicated: _adjudicated,
    CaseAlarmed: _alarmed,
    TaskAdded: _task_added,
    TaskTaken: _task_taken,
    TaskMoved: _task_moved,
    TaskGivenBack: _task_given_back,
    TaskCompleted: _task_ended,
    TaskCancelled: _task_ended,
    FollowUpSet: _follow_up_set,
    FollowUpReassigned: _follow_up_reassigned,
    FollowUpCompleted: _follow_up_completed,
    CaseReferred: _referred,
    ReferralConfirmed: _referral_confirmed,
    ReferralEnded: _referral_ended,
    ObligationOverdue: _overdue,
    ContactPromised: _promised,
    ContactLogged: _contacted,
    NoticeIssued: _notified,
    MilestoneReached: _reached,
    CaseResolved: _resolved,
}


OBLIGATIONS = Projection(
    name="obligations",
    version=4,
    kind="case",
    topics=frozenset(kind.topic for kind in _CHANGES),
    row=ObligationRow,
    evolve=evolve,
)
