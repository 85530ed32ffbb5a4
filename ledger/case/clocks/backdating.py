"""Backdating: what happened before it is recorded is allowed on evidence and within the policy's limit (row 30)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from ledger.case.approved import approver_of
from ledger.case.known.approvals import NOTHING_SHOWN, Ground
from ledger.case.known.timed import Clock
from ledger.case.state import Case, Decision
from ledger.commands import Circumstances
from ledger.errors import InvalidCommand, Refusal
from ledger.input.quoting import quoted


def days_back(around: Circumstances, said_at: datetime | None = None) -> int:
    """How many local dates lie between what is said, or another instant, and its recording; 0 for today."""
    version = around.policies.in_force(around.now)
    days = version.compiled.calendars.days_of(version.policy.office.zone)
    return max(0, (days.date_of(around.now) - days.date_of(said_at or around.effective_at)).days)


def refuse_backdating(case: Case, around: Circumstances, ground: Ground, *, days: int) -> None:
    """Refuses what lies further back than the policy lets it, or rests on nothing; a policy may set no limit."""
    refuse_unfounded(case, around, ground)
    limit = around.policies.in_force(around.now).policy.office.backdating_days
    if limit is None or days == 0:
        return
    if days > limit:
        raise Refusal(
            f"This lies further back than the policy lets things be entered afterwards (days: {days} of at most "
            f"{limit}): record it from today and say in a note what happened before.",
            rule="backdating-limit",
            days=days,
            limit=limit,
        )
    if not ground.evidence:
        raise Refusal(
            f"What happened at {around.in_office(around.effective_at)}, before today, is entered on evidence: "
            "list it as a record item of the case and name it.",
            rule="backdating-evidence",
        )


def kept_on(
    decision: Decision, clock: Clock, *, due_at: datetime, at: datetime, ground: Ground
) -> Ground | None:
    """On what it rests that a time was kept which is over as this is recorded; None while it is one person's word.

    A second person approves what is entered within the policy's limit; beyond it, it is shown too. Nothing is
    asked of a machine, whose system has a record of its own.
    """
    around = decision.around
    if around.actor.kind == "machine" or not at < due_at <= around.now:
        return NOTHING_SHOWN
    refuse_unfounded(decision.case, around, Ground(approved_by=ground.approved_by))
    listed = decision.case.items.keys() >= {*ground.evidence}
    if not listed or (entered_beyond_limit(around, around.effective_at) and not ground.evidence):
        raise Refusal(
            f"The time of clock {clock.code} is over, and this says that it was kept: list the evidence as a "
            "record item of the case and name it.",
            rule="breach-crossed-on-evidence",
            clock=clock.code,
        )
    approver = approver_of(decision.case, around, clock, at)
    return None if approver is None else replace(ground, approved_by=approver)


def entered_beyond_limit(around: Circumstances, said_at: datetime) -> bool:
    """Whether an instant lies further back than the policy lets things be entered afterwards."""
    version = around.policies.in_force(around.now)
    limit = version.policy.office.backdating_days
    days = version.compiled.calendars.days_of(version.policy.office.zone)
    return limit is not None and (days.date_of(around.now) - days.date_of(said_at)).days > limit


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
