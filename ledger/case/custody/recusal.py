"""Recusal: whoever knows the people of a case steps back from it, without having to say why.

It ends their access and counts as no skipping; nobody hands them the case again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from ledger.case.custody.transfers import AccessEnded
from ledger.case.state import Case, Decision, changed, decides, evolves
from ledger.case.whom import leader_there
from ledger.case.work.followups import hand_on_follow_ups
from ledger.case.work.tasks import TaskMoved
from ledger.commands import CaseCommand, Circumstances
from ledger.entry import Happened
from ledger.errors import InvalidCommand, NotAuthorised
from ledger.facts import Fact, fact
from ledger.input.quoting import quoted


@fact
class MemberRecused(Fact):
    """A member stepped back from the case; if they owned it, their team has it again."""

    member: str
    team: str | None
    owned: bool


class RecuseFromCase(CaseCommand):
    """Step back from a case; no reason is asked for."""

    member: str


@decides(RecuseFromCase)
def recuse_from_case(
    case: Case, asked: RecuseFromCase, around: Circumstances
) -> Sequence[Happened]:
    """Everybody recuses themselves and nobody else; once is for good."""
    if asked.member in case.known().moves.recused:
        return ()
    if asked.member not in around.policies.in_force(around.now).policy.members:
        raise InvalidCommand(
            f"{quoted(asked.member)} is not a member of the policy in force: recuse yourself by your code."
        )
    if around.actor.kind != "person" or around.actor.id != asked.member:
        raise NotAuthorised(
            f"Nobody recuses another from a case: let {asked.member} do it, or transfer the case."
        )
    at, since = around.effective_at, case.since
    decision = Decision(case, around)
    decision.happens(
        MemberRecused(member=asked.member, team=case.team, owned=case.owner == asked.member),
        at=max(at, since or at),
    )
    for task in case.owed.open_tasks:
        if task.member == asked.member:
            decision.happens(
                TaskMoved(
                    task_id=task.task_id,
                    from_member=asked.member,
                    to_member=None,
                    because="recused",
                )
            )
    leader = leader_there(decision.case, around, case.team)
    hand_on_follow_ups(decision, asked.member, leader, because="recused")
    decision.happens(AccessEnded(team=None, member=asked.member, because="recused"))
    return decision.happened


@evolves(MemberRecused)
def _recused(case: Case, recused: MemberRecused, at: datetime) -> Case:
    member, handover = recused.member, case.handover
    if handover is not None and member in (handover.from_owner, handover.to_owner):
        handover = replace(
            handover,
            from_owner=None if handover.from_owner == member else handover.from_owner,
            to_owner=None if handover.to_owner == member else handover.to_owner,
        )
    case = changed(case, moves=case.moves.without(member), handover=handover)
    return changed(case, owner=None, since=at) if case.owner == member else case
