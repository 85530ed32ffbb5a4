"""Pulling: a caseworker takes the next case of a queue that they may take, within the limits of work in progress.

A dispatcher may assign one by expertise. What the order stood on is recorded with it, and a case that
somebody skips is not offered to them again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from ledger.case.alarms import alarm
from ledger.case.clocks.standing import deadlines
from ledger.case.state import Case, Decision, changed, decides, evolves
from ledger.case.whom import local_date, member_of, not_recused, sets_work, there
from ledger.commands import CaseCommand, Circumstances, Command
from ledger.entry import Happened
from ledger.errors import InvalidCommand, NotAuthorised, Refusal, UnlawfulTransition
from ledger.facts import Fact, Values, fact, fact_version
from ledger.ids import case_stream
from ledger.input.quoting import known_codes, quoted
from ledger.policy.document.policy import Policy
from ledger.policy.flow.pulling import Waiting, fitting, turn, wanting, who_may
from ledger.policy.in_force import Policies, PolicyVersion
from ledger.policy.load import room
from ledger.times import Instant

NO_PRESENT_SKILL = "no_present_skill"
_WANT = {"skill": "the skill", "region": "the region", "language": "the language"}


def _as_first_recorded(values: dict[str, Any]) -> dict[str, Any]:
    """Before, nothing of the order was recorded: what is new stays at its default."""
    return values


@fact_version(2, from_1=_as_first_recorded)
class CasePulled(Fact):
    """A caseworker took the case from the queue of a team, or a dispatcher assigned it; what it stood on is recorded.

    `lane` is immediate, aged, dated or undated, `latest_start_at` the latest safe start by the policy's
    `working_minutes`; `fits` by what the owner may take it, `lacks` what they lack where it was assigned
    all the same; `passed_over` how many before it they may not take, by reason, in the order as of entry
    `order_upto`. `active`, `immediate` and `paused` are what they had in hand.
    """

    team: str
    owner: str
    offered: int
    place: int
    active: int
    limit: int
    assigned: bool = False
    lane: str | None = None
    latest_start_at: Instant | None = None
    working_minutes: int | None = None
    fits: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    passed_over: Values | None = None
    order_upto: int | None = None
    immediate: int = 0
    paused: int = 0
    paused_limit: int | None = None


@fact
class CaseSkipped(Fact):
    """A caseworker passed the case over in the queue of their team, with a coded reason."""

    team: str
    member: str
    reason: str


class PullCase(Command):
    """Take the next case of a team's queue: the first of these candidates that still waits there."""

    case_ids: tuple[UUID, ...]
    team: str
    owner: str
    passed_over: Mapping[str, int] = {}
    order_upto: int | None = None

    @property
    def stream(self) -> str:
        return self.candidates[0]

    @property
    def candidates(self) -> tuple[str, ...]:
        return tuple(case_stream(case_id) for case_id in self.case_ids)


class AssignCase(CaseCommand):
    """Give a case that waits in a queue to a member of its team, by expertise."""

    owner: str


class SkipCase(CaseCommand):
    """Pass over a case of your team's queue, with a coded reason; it is not offered to you again."""

    reason: str


def can_be_pulled(case: Case, asked: object) -> bool:
    """Whether a case still waits in the queue it is to be pulled from, and was not skipped by who pulls.

    One that bounced waits for its adjudication, unless somebody is in danger: a dispatcher may assign it meanwhile.
    """
    return (
        isinstance(asked, PullCase)
        and _queued(case)
        and not case.to_be_adjudicated
        and case.team == asked.team
        and asked.owner not in case.skipped
        and asked.owner not in case.moves.recused
    )


@decides(PullCase)
def pull_case(case: Case, asked: PullCase, around: Circumstances) -> Sequence[Happened]:
    """A member of the team takes the first candidate that still waits and that they may take, within the limits."""
    if not can_be_pulled(case, asked):
        raise Refusal("This case no longer waits in that queue: pull again.", rule="pull-order")
    version = around.policies.in_force(around.now)
    member_of(version.policy, asked.owner, asked.team)
    there(around, asked.owner, team=asked.team)
    _may_pull(asked, around)
    return _taken(
        case,
        around,
        version,
        team=asked.team,
        owner=asked.owner,
        offer=_Offer(
            offered=len(asked.case_ids),
            place=1 + asked.candidates.index(around.stream),
            passed_over=asked.passed_over,
            order_upto=asked.order_upto,
        ),
    )


@decides(AssignCase)
def assign_case(case: Case, asked: AssignCase, around: Circumstances) -> Sequence[Happened]:
    """Whoever dispatches for the team gives a queued case to one of its people; what they lack is recorded."""
    case = case.unresolved(around)
    if case.owner == asked.owner:
        return ()
    if not _queued(case) or case.team is None:
        raise UnlawfulTransition(
            "The case waits in no queue: transfer it, with the reason.", rule="assigned-from-queue"
        )
    version = around.policies.in_force(around.now)
    if not sets_work(around, case.team):
        raise NotAuthorised(
            f"{around.actor.id} neither dispatches for {case.team} nor leads it: let somebody assign who does."
        )
    member_of(version.policy, asked.owner, case.team)
    not_recused(case, asked.owner)
    there(around, asked.owner, team=case.team)
    return _taken(
        case,
        around,
        version,
        team=case.team,
        owner=asked.owner,
        offer=_ALONE,
        assigned=True,
    )


@decides(SkipCase)
def skip_case(case: Case, asked: SkipCase, around: Circumstances) -> Sequence[Happened]:
    """Skipping takes a reason from the policy's list, by a person of the team in whose queue the case waits."""
    case, actor = case.unresolved(around), around.actor
    if actor.id in case.skipped:
        return ()
    if not _queued(case) or case.team is None:
        raise UnlawfulTransition(
            "The case waits in no queue, so there is nothing to skip: transfer it if it is not yours.",
            rule="skips-a-queued-case",
        )
    policy = around.policies.in_force(around.now).policy
    member_of(policy, actor.id, case.team)
    if asked.reason not in policy.reasons.skip:
        raise InvalidCommand(
            f"{quoted(asked.reason)} is not a reason to skip; "
            f"the policy knows {known_codes(asked.reason, policy.reasons.skip)}."
        )
    return (around.happened(CaseSkipped(team=case.team, member=actor.id, reason=asked.reason)),)


def waiting(case: Case, policies: Policies, *, at: datetime) -> Waiting:
    """What of a case its turn depends on; the deadline that comes first dates it."""
    compiled = policies.in_force(at).compiled
    due = [each for each, _ in deadlines(case, policies)]
    assert case.received_at is not None, "a case that waits was received"
    return Waiting(
        case.request_type,
        case.region,
        case.language,
        case.immediate,
        min(due, default=None),
        case.received_at,
        compiled.skills.get((case.request_type or "", case.team or ""), ()),
        case.spoken.interview_language,
    )


def _queued(case: Case) -> bool:
    return (
        case.opened
        and case.status == "open"
        and case.team is not None
        and case.owner is None
        and case.handover is None
        and not (case.proposal and case.proposal.kept)
    )


@dataclass(frozen=True, slots=True)
class _Offer:
    """How many cases were offered, the place of this one, and whom the order as of an entry passed over before it."""

    offered: int
    place: int
    passed_over: Mapping[str, int]
    order_upto: int | None


_ALONE = _Offer(offered=1, place=1, passed_over={}, order_upto=None)


def _taken(
    case: Case,
    around: Circumstances,
    version: PolicyVersion,
    *,
    team: str,
    owner: str,
    offer: _Offer,
    assigned: bool = False,
) -> Sequence[Happened]:
    """The case in somebody's hands; refused above a limit, and to who may not take it unless it is assigned."""
    policy, told = version.policy, waiting(case, around.policies, at=around.now)
    calendars, office = version.compiled.calendars, version.policy.office
    load, limits = around.load(), policy.teams[team].wip
    lacks = wanting(told, policy, owner)
    assigned = assigned or around.actor.id != owner
    if lacks and not assigned:
        kind, _, code = lacks[0].partition(":")
        raise Refusal(
            f"{owner} may not take this case, which needs {_WANT[kind]} {code}: pull again, or ask a "
            "dispatcher to assign it.",
            rule="eligible-to-pull",
            lacks=lacks,
        )
    _within_limits(case, policy, around, team=team, owner=owner)
    stands = turn(
        told,
        policy,
        hours=calendars.hours[office.office_calendar],
        days=calendars.days_of(office.zone),
        now=around.now,
    )
    decision = Decision(case.in_place(around), around)
    decision.happens(
        CasePulled(
            team=team,
            owner=owner,
            offered=offer.offered,
            place=offer.place,
            active=load.active.get(owner, 0),
            limit=limits.active,
            assigned=assigned,
            lane=stands.lane,
            latest_start_at=stands.at if stands.lane == "dated" else None,
            working_minutes=stands.working_minutes,
            fits=fitting(told, policy, owner),
            lacks=lacks,
            passed_over=dict(offer.passed_over) or None,
            order_upto=offer.order_upto,
            immediate=load.immediate.get(owner, 0),
            paused=load.paused.get(owner, 0),
            paused_limit=limits.paused,
        )
    )
    return decision.happened


def _within_limits(
    case: Case, policy: Policy, around: Circumstances, *, team: str, owner: str
) -> None:
    """Refuses a case above a limit: that of active ones, of paused ones, or the lane of immediate danger."""
    load, limits = around.load(), policy.teams[team].wip
    immediate = load.immediate.get(owner, 0)
    if case.immediate:
        limit = policy.pull.immediate_limit if policy.pull is not None else 1
        if immediate >= limit:
            raise Refusal(
                f"{owner} has {immediate} case of immediate danger in hand and the limit is {limit}: let "
                "somebody else take this one.",
                rule="immediate-danger-limit",
            )
        return
    active = load.active.get(owner, 0) - immediate
    if room(policy, load, owner, team=team, lane="active") <= 0:
        raise Refusal(
            f"{owner} has {active} active cases and the limit is {limits.active}: finish, pause or hand "
            "over one first.",
            rule="work-in-progress-limit",
            active=active,
            limit=limits.active,
        )
    paused = load.paused.get(owner, 0)
    if paused > limits.paused:
        raise Refusal(
            f"{owner} has {paused} paused cases and the limit is {limits.paused}: bring one to its end, "
            "or hand it over, first.",
            rule="paused-limit",
            paused=paused,
            limit=limits.paused,
        )


def _may_pull(asked: PullCase, around: Circumstances) -> None:
    """People pull for themselves; whoever dispatches or leads may assign to another."""
    actor = around.actor
    if actor.kind != "person":
        raise NotAuthorised("A machine takes no case from a queue: let a person pull it.")
    if actor.id != asked.owner and not sets_work(around, asked.team):
        raise NotAuthorised(
            f"{actor.id} may not pull a case for {quoted(asked.owner, otherwise='them')}: pull it yourself, or ask "
            "a dispatcher."
        )


def _no_present_skill(case: Case, around: Circumstances) -> bool:
    """Whether nobody who is there of the team in whose queue the case waits may take it."""
    if not _queued(case) or case.team is None or case.imported:
        return False
    version = around.policies.in_force(around.now)
    if case.team not in version.policy.teams:
        return False
    able = who_may(
        waiting(case, around.policies, at=around.now),
        version.policy,
        case.team,
        directory=around.directory,
        on=local_date(version, around.now),
    )
    return not {*able} - case.skipped


@evolves(CasePulled)
def _pulled(case: Case, pulled: CasePulled, at: datetime) -> Case:
    return changed(case, team=pulled.team, owner=pulled.owner, since=at)


@evolves(CaseSkipped)
def _skipped(case: Case, skipped: CaseSkipped, at: datetime) -> Case:
    return changed(case, skipped=case.skipped | {skipped.member})


alarm(NO_PRESENT_SKILL, _no_present_skill, party=lambda _case: "dispatcher", of_staff=True)
