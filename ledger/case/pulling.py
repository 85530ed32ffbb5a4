"""Pulling: a caseworker takes the next case of a queue, within the limit of work in progress."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from ledger.case.custody import member_of
from ledger.case.state import Case, Decision, changed, decides, evolves
from ledger.commands import Circumstances, Command
from ledger.entry import Actor, Happened
from ledger.errors import NotAuthorised, Refusal
from ledger.facts import Fact, fact
from ledger.ids import case_stream
from ledger.policy.dispatching import dispatches
from ledger.policy.document import Policy
from ledger.policy.load import room


@fact
class CasePulled(Fact):
    """A caseworker took the case from the queue of a team; what was seen and skipped is recorded."""

    team: str
    owner: str
    offered: int
    place: int
    active: int
    limit: int


class PullCase(Command):
    """Take the next case of a team's queue: the first of these candidates that still waits there."""

    case_ids: tuple[UUID, ...]
    team: str
    owner: str

    @property
    def stream(self) -> str:
        return self.candidates[0]

    @property
    def candidates(self) -> tuple[str, ...]:
        return tuple(case_stream(case_id) for case_id in self.case_ids)


def can_be_pulled(case: Case, asked: object) -> bool:
    """Whether a case still waits in the queue it is to be pulled from."""
    return (
        isinstance(asked, PullCase)
        and case.opened
        and case.status == "open"
        and case.team == asked.team
        and case.owner is None
        and case.handover is None
    )


@decides(PullCase)
def pull_case(case: Case, asked: PullCase, around: Circumstances) -> Sequence[Happened]:
    """A member of the team takes the first candidate that still waits, within the work-in-progress limit."""
    if not can_be_pulled(case, asked):
        raise Refusal("This case no longer waits in that queue: pull again.", rule="pull-order")
    policy = around.policies.in_force(around.now).policy
    member_of(policy, asked.owner, asked.team)
    _may_pull(policy, asked, around.actor)
    load, limit = around.load(), policy.teams[asked.team].wip.active
    active = load.active.get(asked.owner, 0)
    if room(policy, load, asked.owner, team=asked.team, lane="active") <= 0:
        raise Refusal(
            f"{asked.owner} has {active} active cases and the limit is {limit}: finish, pause or hand over one first.",
            rule="work-in-progress-limit",
            active=active,
            limit=limit,
        )
    decision = Decision(case.in_place(at=around.effective_at), around)
    decision.happens(
        CasePulled(
            team=asked.team,
            owner=asked.owner,
            offered=len(asked.case_ids),
            place=1 + asked.candidates.index(around.stream),
            active=active,
            limit=limit,
        )
    )
    return decision.happened


def _may_pull(policy: Policy, asked: PullCase, actor: Actor) -> None:
    """People pull for themselves; whoever dispatches or leads may assign to another."""
    leads = dispatches(policy, asked.team, member=actor.id, role=actor.role)
    if actor.kind != "person":
        raise NotAuthorised("A machine takes no case from a queue: let a person pull it.")
    if actor.id != asked.owner and not leads:
        raise NotAuthorised(
            f"{actor.id} may not pull a case for {asked.owner}: pull it yourself, or ask a dispatcher."
        )


@evolves(CasePulled)
def _pulled(case: Case, pulled: CasePulled, at: datetime) -> Case:
    return changed(case, team=pulled.team, owner=pulled.owner, since=at)
