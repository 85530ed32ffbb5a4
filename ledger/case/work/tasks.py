"""Tasks: what others do on a case without being accountable for it, marked as judgement or as preparation.

A judgement is made by a person, one with the skill and the delegated authority that the task asks for. The
resolution cancels preparation that nobody needs any more; a judgement is made or called off before it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from pydantic import Field

from ledger.case.in_words import InWords, Words
from ledger.case.known.owed import Task, TaskKind, TaskState
from ledger.case.state import Case, Decision, changed, decides, evolves
from ledger.case.whom import coded, known_team, member_of, not_recused, there
from ledger.commands import CaseCommand, Circumstances
from ledger.entry import Happened
from ledger.errors import InvalidCommand, NotAuthorised, Refusal, UnlawfulTransition
from ledger.facts import Fact, PersonalText, fact
from ledger.input.quoting import known_codes, quoted
from ledger.policy.compiled.taking import has_skill
from ledger.policy.document.policy import Policy
from ledger.times import Instant


@fact
class TaskAdded(Fact):
    """Something is to be done on the case, by a team or one of its members; who is accountable stays the same."""

    task_id: UUID
    kind: TaskKind
    team: str
    member: str | None
    skill: str | None
    needs_delegation: bool
    due_at: Instant | None
    title: PersonalText


@fact
class TaskTaken(Fact):
    """A member of the team took a task."""

    task_id: UUID
    member: str


@fact
class TaskCompleted(Fact):
    """A task was done; `words` are what came of it."""

    task_id: UUID
    words: PersonalText


@fact
class TaskCancelled(Fact):
    """A task is not to be done any more: it was called off, or the case was resolved without it."""

    task_id: UUID
    because: Literal["called_off", "resolved"]
    words: PersonalText


@fact
class TaskMoved(Fact):
    """A task left somebody who does it no more: to who stands in, else to the team."""

    task_id: UUID
    from_member: str
    to_member: str | None
    because: Literal["absence", "leaver", "recused"]


@fact
class TaskGivenBack(Fact):
    """A task is with its team again, and nobody has it: whoever had it cannot do it."""

    task_id: UUID
    from_member: str
    reason: str
    words: PersonalText


class AddTask(InWords):
    """Say what is to be done on a case, by which team or member, and by when."""

    task_id: UUID
    title: Words = Field(min_length=1)
    kind: TaskKind = "preparatory"
    team: str | None = None
    member: str | None = None
    skill: str | None = None
    needs_delegation: bool = False
    due_at: Instant | None = None


class TakeTask(CaseCommand):
    """Take a task of your team."""

    task_id: UUID
    member: str


class GiveBackTask(InWords):
    """Give a task back to its team, with a coded reason: whoever has it cannot do it."""

    task_id: UUID
    reason: str
    words: Words | None = None


class CompleteTask(InWords):
    """Say that a task is done, and what came of it."""

    task_id: UUID
    words: Words | None = None


class CancelTask(InWords):
    """Call off a task."""

    task_id: UUID
    words: Words | None = None


@decides(AddTask)
def add_task(case: Case, asked: AddTask, around: Circumstances) -> Sequence[Happened]:
    """A task is for a team, the case's own if none is named, and for a member of it who can do it."""
    if asked.task_id in case.unresolved(around).owed.tasks:
        return ()
    policy = around.policies.in_force(around.now).policy
    team = asked.team or case.team
    if team is None:
        raise InvalidCommand("No team has this case yet: say which team does the task (`team`).")
    known_team(policy, team)
    if asked.skill is not None and asked.skill not in policy.skills:
        raise InvalidCommand(
            f"{quoted(asked.skill)} is not a skill; the policy knows {known_codes(asked.skill, policy.skills)}."
        )
    if asked.due_at is not None and asked.due_at <= around.effective_at:
        raise InvalidCommand("The task would be due by a time that has passed: give a later one.")
    if asked.member is not None:
        _able(case, around, asked.member, team=team, skill=asked.skill)
    said: dict[str, Any] = {**asked.for_fact(), "team": team}
    return (around.happened(TaskAdded(**said)),)


@decides(TakeTask)
def take_task(case: Case, asked: TakeTask, around: Circumstances) -> Sequence[Happened]:
    """A member takes a task of their team that nobody has."""
    task = _open(case, asked.task_id, done="open")
    if task is None or task.member == asked.member:
        return ()
    if task.member is not None:
        raise UnlawfulTransition(
            f"{task.member} has this task already: let them do it or give it back (`GiveBackTask`), or call it off and "
            "add another.",
            rule="one-does-a-task",
        )
    _able(case, around, asked.member, team=task.team, skill=task.skill)
    return (around.happened(TaskTaken(task_id=asked.task_id, member=asked.member)),)


@decides(GiveBackTask)
def give_back_task(case: Case, asked: GiveBackTask, around: Circumstances) -> Sequence[Happened]:
    """A person gives it back, for a reason by which work is handed on; its team finds it among what nobody has."""
    task = _open(case, asked.task_id, done="open")
    if task is None or task.member is None:
        return ()
    if around.actor.kind != "person":
        raise NotAuthorised(
            "A machine gives no task back: let a person say that it cannot be done so."
        )
    reasons = around.policies.in_force(around.now).policy.reasons.transfer
    coded(reasons, asked.reason, "give a task back")
    given_back: dict[str, Any] = {**asked.for_fact(), "from_member": task.member}
    return (around.happened(TaskGivenBack(**given_back)),)


@decides(CompleteTask)
def complete_task(case: Case, asked: CompleteTask, around: Circumstances) -> Sequence[Happened]:
    """A judgement refuses a machine, and whoever lacks the skill or the authority that it asks for."""
    task = _open(case, asked.task_id, done="completed")
    if task is None:
        return ()
    if task.kind == "judgement":
        _may_judge(task, around)
    return (around.happened(TaskCompleted(task_id=asked.task_id, words=asked.words)),)


@decides(CancelTask)
def cancel_task(case: Case, asked: CancelTask, around: Circumstances) -> Sequence[Happened]:
    """A person calls a task off."""
    task = _open(case, asked.task_id, done="cancelled")
    if task is None:
        return ()
    if around.actor.kind != "person":
        raise NotAuthorised("A machine calls no task off: let a person say it is not needed.")
    called_off = TaskCancelled(task_id=asked.task_id, because="called_off", words=asked.words)
    return (around.happened(called_off),)


def refuse_open_judgements(case: Case) -> None:
    """Refuses to resolve a case on which a judgement is still to be made."""
    waiting = sum(task.kind == "judgement" for task in case.owed.open_tasks)
    if waiting:
        raise UnlawfulTransition(
            f"Judgement tasks of this case are open ({waiting}): complete or cancel them first.",
            rule="judged-before-resolution",
            open_tasks=waiting,
        )


def cancel_preparation(decision: Decision) -> None:
    """Cancels what was to be prepared for a case that is resolved now."""
    for task in decision.case.owed.open_tasks:
        decision.happens(TaskCancelled(task_id=task.task_id, because="resolved", words=None))


def _open(case: Case, task_id: UUID, *, done: TaskState) -> Task | None:
    """The open task of this id; None if it is done so already."""
    task = case.known().owed.tasks.get(task_id)
    if task is None:
        raise UnlawfulTransition(
            "No such task is on this case: name one that was added.", rule="task-of-the-case"
        )
    if task.state == done and done != "open":
        return None
    if task.state != "open":
        raise UnlawfulTransition(
            f"This task was {task.state} before: add another if more is to be done.",
            rule="task-is-open",
        )
    return task


def _able(case: Case, around: Circumstances, member: str, *, team: str, skill: str | None) -> None:
    policy = around.policies.in_force(around.now).policy
    member_of(policy, member, team)
    not_recused(case, member)
    there(around, member, team=team)
    _skilled(policy, member, skill)


def _skilled(policy: Policy, member: str, skill: str | None) -> None:
    found = policy.members.get(member)
    if skill is not None and (found is None or not has_skill(found, skill)):
        raise Refusal(
            f"{member} lacks the skill {skill} that this task asks for: let somebody do it who has it.",
            rule="task-takes-the-skill",
        )


def _may_judge(task: Task, around: Circumstances) -> None:
    actor = around.actor
    if actor.kind != "person":
        raise NotAuthorised("A machine makes no judgement: let a person do this task.")
    _skilled(around.policies.in_force(around.now).policy, actor.id, task.skill)
    if task.needs_delegation and actor.delegation is None:
        raise NotAuthorised(
            "This task needs delegated authority: name the delegation you act under."
        )


@evolves(TaskAdded)
def _added(case: Case, added: TaskAdded, at: datetime) -> Case:
    task = Task(
        added.task_id,
        added.kind,
        added.team,
        added.member,
        added.skill,
        added.needs_delegation,
        added.due_at,
    )
    return changed(case, owed=case.owed.with_task(task))


@evolves(TaskTaken)
def _taken(case: Case, taken: TaskTaken, at: datetime) -> Case:
    return _with(case, taken.task_id, member=taken.member)


@evolves(TaskGivenBack)
def _given_back(case: Case, given_back: TaskGivenBack, at: datetime) -> Case:
    return _with(case, given_back.task_id, member=None)


@evolves(TaskMoved)
def _moved(case: Case, moved: TaskMoved, at: datetime) -> Case:
    return _with(case, moved.task_id, member=moved.to_member)


@evolves(TaskCompleted)
def _completed(case: Case, completed: TaskCompleted, at: datetime) -> Case:
    return _with(case, completed.task_id, state="completed")


@evolves(TaskCancelled)
def _cancelled(case: Case, cancelled: TaskCancelled, at: datetime) -> Case:
    return _with(case, cancelled.task_id, state="cancelled")


def _with(case: Case, task_id: UUID, **fields: Any) -> Case:
    task = case.owed.tasks.get(task_id)
    if task is None:
        return case
    return changed(case, owed=case.owed.with_task(replace(task, **fields)))
