"""Re-homing: work does not sit with somebody who is not there; it goes to who stands in, else to the team.

Below the policy's threshold an absence moves nothing, unless a clock reaches a rung meanwhile. Nothing
moves back by itself (offices.md, row 'Absence').
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Literal

from ledger.case.known.owed import Task
from ledger.case.state import Case, Decision, changed, decides, evolves
from ledger.case.whom import leader_there, local_date
from ledger.case.work.followups import hand_on_follow_ups
from ledger.case.work.tasks import TaskMoved
from ledger.commands import CaseCommand, Circumstances
from ledger.entry import Happened
from ledger.facts import Fact, fact
from ledger.policy.in_force import PolicyVersion
from ledger.policy.routing.cover import eligible
from ledger.policy.routing.presence import Absence

Cause = Literal["absence", "leaver"]


@fact
class CaseRehomed(Fact):
    """The case left somebody who is not there: to who stands in, else to the team, for which its leader answers."""

    because: Cause
    team: str | None
    from_owner: str
    to_owner: str | None
    leader: str | None


class MoveForAbsence(CaseCommand):
    """Move a case away from an owner whose absence lasts."""

    member: str


class RehomeCase(CaseCommand):
    """Move what a member who has left still has of a case."""

    member: str


@decides(MoveForAbsence)
def move_for_absence(
    case: Case, asked: MoveForAbsence, around: Circumstances
) -> Sequence[Happened]:
    """Nothing happens while the owner is there, or below the threshold before any clock reaches a rung."""
    version = around.policies.in_force(around.now)
    absence = around.directory.absence_of(asked.member, local_date(version, around.now))
    if absence is None or case.known().status != "open":
        return ()
    if not (_lasts(absence, version, around.now) or _rung_reached(case, absence, version, around)):
        return ()
    decision = Decision(case, around)
    if _has(case, asked.member):
        _rehome(decision, version, asked.member, because="absence")
    _move_tasks(decision, version, asked.member, because="absence")
    return decision.happened


@decides(RehomeCase)
def rehome_case(case: Case, asked: RehomeCase, around: Circumstances) -> Sequence[Happened]:
    """Nothing happens before the member has left, nor for a case of which they have nothing."""
    version = around.policies.in_force(around.now)
    if not around.directory.gone(asked.member, local_date(version, around.now)):
        return ()
    decision = Decision(case.known(), around)
    if _has(case, asked.member):
        _rehome(decision, version, asked.member, because="leaver")
    _move_tasks(decision, version, asked.member, because="leaver")
    successor = around.directory.stand_in(asked.member, local_date(version, around.now))
    leader = leader_there(case, around, case.team)
    hand_on_follow_ups(decision, asked.member, successor, leader, because="leaver")
    return decision.happened


def _heir(case: Case, around: Circumstances, version: PolicyVersion, member: str) -> str | None:
    """Who stands in for a member on this case: of its team, with the skills its type takes, and not recused."""
    if case.team is None:
        return None
    skills = version.compiled.skills.get((case.request_type or "", case.team), ())
    return _fit(case, around, version, member, team=case.team, skills=skills)


def _fit(
    case: Case,
    around: Circumstances,
    version: PolicyVersion,
    member: str,
    *,
    team: str,
    skills: Collection[str],
) -> str | None:
    """Who stands in for a member, if they are of the team, have the skills and are not recused."""
    stand_in = around.directory.stand_in(member, local_date(version, around.now))
    fits = stand_in in eligible(version.policy, team, skills=skills)
    return stand_in if fits and stand_in not in case.moves.recused else None


def _has(case: Case, member: str) -> bool:
    """Whether a member owns the case, or sent it to a team that has not answered yet."""
    return case.status == "open" and member in (
        case.owner,
        case.handover.from_owner if case.handover else None,
    )


def _rehome(decision: Decision, version: PolicyVersion, member: str, *, because: Cause) -> None:
    case, around = decision.case, decision.around
    at = around.effective_at
    decision.happens(
        CaseRehomed(
            because=because,
            team=case.team,
            from_owner=member,
            to_owner=_heir(case, around, version, member),
            leader=leader_there(case, around, case.team),
        ),
        at=max(at, case.since or at),
    )


def _move_tasks(decision: Decision, version: PolicyVersion, member: str, *, because: Cause) -> None:
    """Gives the open tasks of a member to who stands in, else back to their teams."""
    case, around = decision.case, decision.around

    def to_whom(task: Task) -> str | None:
        skills = (task.skill,) if task.skill else ()
        return _fit(case, around, version, member, team=task.team, skills=skills)

    for task in case.owed.open_tasks:
        if task.member == member:
            moved = TaskMoved(
                task_id=task.task_id,
                from_member=member,
                to_member=to_whom(task),
                because=because,
            )
            decision.happens(moved)


def _lasts(absence: Absence, version: PolicyVersion, now: datetime) -> bool:
    """Whether an absence is longer than the threshold; one of unknown end, once it has lasted longer."""
    office = version.policy.office
    counting = version.compiled.calendars.counting[office.counting_calendar]
    until_on = min(absence.until_on or local_date(version, now), counting.ends_on)
    days = counting.between(max(absence.from_on, counting.begins_on), until_on)
    return days > version.policy.custody.absence_working_days


def _rung_reached(
    case: Case, absence: Absence, version: PolicyVersion, around: Circumstances
) -> bool:
    """Whether a clock of the case has reached a rung since the absence began and the owner had the case."""
    days = version.compiled.calendars.days_of(version.policy.office.zone)
    began_at = days.begin(absence.from_on)
    return any(
        began_at <= rung.at <= around.now and (case.since is None or case.since < rung.at)
        for clock in case.clocks.values()
        if clock.open
        for rung in clock.rungs
    )


@evolves(CaseRehomed)
def _rehomed(case: Case, rehomed: CaseRehomed, at: datetime) -> Case:
    handover = case.handover
    if handover is not None and handover.from_owner == rehomed.from_owner:
        handover = replace(handover, from_owner=rehomed.to_owner)
    owner = rehomed.to_owner if case.owner == rehomed.from_owner else case.owner
    return changed(case, owner=owner, handover=handover, since=at)
