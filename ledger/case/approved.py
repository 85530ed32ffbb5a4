"""Approved: who besides whoever acts has approved that something is entered as of an earlier instant (row 30)."""

from __future__ import annotations

from datetime import datetime

from ledger.case.known.approvals import Approval, acting
from ledger.case.known.timed import Clock
from ledger.case.state import Case
from ledger.commands import Circumstances


def approver_of(
    case: Case, around: Circumstances, clock: Clock | None, dated_at: datetime
) -> str | None:
    """Who besides whoever acts has approved that this is entered as of then, is still a person of the policy, and did
    not step back. An approval on which another act relied is used up."""
    members = around.policies.in_force(around.now).policy.members
    for each in case.approvals:
        member = members.get(each.member)
        if (
            is_of(each, clock)
            and each.is_as_of(dated_at)
            and each.used_by in (None, around.context.command_id)
            and each.by.isdisjoint(acting(around.actor))
            and member is not None
            and member.kind == "person"
            and each.member not in case.moves.recused
        ):
            return each.member
    return None


def is_of(approval: Approval, clock: Clock | None) -> bool:
    """Whether an approval is about this generation of a clock, or about none."""
    if clock is None:
        return approval.clock is None
    return (approval.clock, approval.generation) == (clock.code, clock.generation)
