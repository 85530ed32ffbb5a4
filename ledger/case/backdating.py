"""Backdating: what happened before it is recorded is allowed on evidence and within the policy's limit (row 30)."""

from __future__ import annotations

from ledger.case.restated import Ground
from ledger.case.state import Case
from ledger.commands import Circumstances
from ledger.errors import InvalidCommand, Refusal
from ledger.quoting import quoted
from ledger.times import stamp


def days_back(around: Circumstances) -> int:
    """How many local dates lie between what is said and its recording; 0 for what happened today."""
    version = around.policies.in_force(around.now)
    days = version.compiled.calendars.days_of(version.policy.office.zone)
    return max(0, (days.date_of(around.now) - days.date_of(around.effective_at)).days)


def refuse_backdating(case: Case, around: Circumstances, ground: Ground, *, days: int) -> None:
    """Refuses what lies further back than the policy lets it, or rests on nothing; a policy may set no limit."""
    refuse_unfounded(case, around, ground)
    limit = around.policies.in_force(around.now).policy.office.backdating_days
    if limit is None or days == 0:
        return
    if days > limit:
        raise Refusal(
            f"This lies {days} days back, and the policy lets {limit} be entered afterwards: "
            "record it from today and say in a note what happened before.",
            rule="backdating-limit",
            days=days,
            limit=limit,
        )
    if not ground.evidence:
        raise Refusal(
            f"What happened before today ({stamp(around.effective_at)}) is entered on evidence: "
            "list it as a record item of the case and name it.",
            rule="backdating-evidence",
        )


def refuse_unfounded(case: Case, around: Circumstances, ground: Ground) -> None:
    """Refuses evidence that is not listed on the case, and an approver whom the policy does not know as a person."""
    for item in ground.evidence:
        if item not in case.items:
            raise InvalidCommand(
                f"The case lists no record item {item}: add it first, or name another."
            )
    approver = ground.approved_by
    if approver is None:
        return
    member = around.policies.in_force(around.now).policy.members.get(approver)
    if member is None or member.kind != "person":
        raise InvalidCommand(
            f"{quoted(approver)} is no person of the policy in force: name a member who approves this."
        )
