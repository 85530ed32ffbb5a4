"""Overdue: a task, a follow-up or a receipt that nobody gave in time is recorded once, resolved case or not."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Literal
from uuid import UUID

from ledger.case.alarms import alarm
from ledger.case.known.escalated import Escalation
from ledger.case.known.owed import Owed
from ledger.case.state import Case, changed, decides, evolves
from ledger.commands import CaseCommand, Circumstances
from ledger.entry import Happened
from ledger.facts import Fact, fact
from ledger.ids import derived_uuid
from ledger.times import Instant, stamp

Owing = Literal["task", "follow_up", "referral"]


@fact
class ObligationOverdue(Fact):
    """What somebody owed on the case was not done in time. An alert to the parties is owed."""

    escalation_id: UUID
    kind: Owing
    owed_id: UUID
    parties: tuple[str, ...]
    due_at: Instant


class CallObligation(CaseCommand):
    """Record that something owed on a case was not done by the instant at which it was due."""

    owed_id: UUID
    due_at: Instant


@decides(CallObligation)
def call_obligation(case: Case, asked: CallObligation, around: Circumstances) -> Sequence[Happened]:
    """Nothing happens before it is due, once it is done, or when it was recorded before."""
    found = _owing(case.known(), asked.owed_id)
    if found is None or (asked.owed_id, asked.due_at) in case.owed.called:
        return ()
    kind, due_at, parties = found
    if due_at is None or due_at != asked.due_at or due_at > around.now:
        return ()
    overdue = ObligationOverdue(
        escalation_id=overdue_id(around.stream, asked.owed_id, due_at),
        kind=kind,
        owed_id=asked.owed_id,
        parties=parties,
        due_at=due_at,
    )
    return (around.happened(overdue, at=due_at),)


def overdue_id(stream: str, owed_id: UUID, due_at: datetime) -> UUID:
    """Under which id it is escalated that this was not done by then."""
    return derived_uuid(due_at, "overdue", stream, str(owed_id), stamp(due_at))


def _owing(case: Case, owed_id: UUID) -> tuple[Owing, datetime | None, tuple[str, ...]] | None:
    """What is still owed under an id: its kind, when it is due, and who is told of its delay."""
    task = case.owed.tasks.get(owed_id)
    if task is not None and task.state == "open":
        return "task", task.due_at, (task.member or "owner", "leader")
    follow_up = case.owed.follow_ups.get(owed_id)
    if follow_up is not None and not follow_up.done:
        return "follow_up", follow_up.due_at, (follow_up.member, "leader")
    referral = case.owed.referrals.get(owed_id)
    if referral is not None and referral.unconfirmed:
        return "referral", referral.confirm_by, ("owner", "leader")
    return None


def _owes(case: Case, kind: Owing, now: datetime) -> bool:
    """Whether anything of a kind is still owed though the time for it is over."""
    found = (_owing(case, owed_id) for owed_id in _BY_KIND[kind](case.owed))
    return any(each is not None and each[1] is not None and each[1] <= now for each in found)


_BY_KIND: dict[Owing, Callable[[Owed], Iterable[UUID]]] = {
    "task": lambda owed: owed.tasks,
    "follow_up": lambda owed: owed.follow_ups,
    "referral": lambda owed: owed.referrals,
}
alarm("task_overdue", lambda case, around: _owes(case, "task", around.now))
alarm("follow_up_overdue", lambda case, around: _owes(case, "follow_up", around.now), of="any")
alarm("referral_overdue", lambda case, around: _owes(case, "referral", around.now), of="any")


@evolves(ObligationOverdue)
def _overdue(case: Case, overdue: ObligationOverdue, at: datetime) -> Case:
    raised = Escalation(overdue.parties, overdue.due_at, alarm=f"{overdue.kind}_overdue")
    return changed(
        case,
        owed=case.owed.calling(overdue.owed_id, overdue.due_at),
        escalations={**case.escalations, overdue.escalation_id: raised},
    )
