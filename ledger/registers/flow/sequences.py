"""Sequence: backlogs are cleared queue by queue; when one is cleared, its hours move on to the next.

A queue waits for its turn, is being cleared, was cleared, or is held at its level by its own hours. One
at a time is cleared; whoever dispatches says when it moves on and why.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from ledger.case.whom import known_team
from ledger.commands import Circumstances, Command, Kind, since_then
from ledger.entry import Entry, Happened
from ledger.errors import InvalidCommand, NotAuthorised, Refusal, UnlawfulTransition
from ledger.facts import Fact, PersonalText, fact
from ledger.ids import derived_uuid
from ledger.input.quoting import quoted
from ledger.policy.acting.dispatching import DISPATCHING
from ledger.policy.in_force import PolicyVersion
from ledger.registers.parts import with_changed
from ledger.times import EPOCH

QueueState = Literal["waiting", "clearing", "cleared", "holding"]
_NEXT: Mapping[QueueState, tuple[QueueState, ...]] = {
    "waiting": ("clearing",),
    "clearing": ("cleared", "waiting"),
    "cleared": ("holding", "clearing"),
    "holding": ("clearing",),
}


class QueuePlan(BaseModel):
    """A queue of the sequence: staff hours a week that clear it, those that hold it then, and by when it is planned."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    team: str
    hours: Annotated[int, Field(ge=0, le=100_000)]
    holds: Annotated[int, Field(ge=0, le=100_000)] = 0
    planned_on: date | None = None


@fact
class SequenceSet(Fact):
    """The order was set in which backlogs are cleared, with the hours of each; the first begins."""

    on: date
    queues: tuple[QueuePlan, ...]
    words: PersonalText


@fact
class QueueAdvanced(Fact):
    """A queue of the sequence went from one state to another; so many hours a week moved on, to which team.

    `waiting` is how many waited in a queue that was said to be cleared.
    """

    team: str
    on: date
    from_state: QueueState
    to_state: QueueState
    hours: int
    hours_moved: int
    moved_to: str | None
    words: PersonalText
    waiting: int | None = None


class SequenceCommand(Command):
    """Something asked about the office's sequence; its id derives from the ledger."""

    asked_of = ("sequence", "sequence_id")

    sequence_id: UUID


class SetSequence(SequenceCommand):
    """Set the order in which backlogs are cleared, queue by queue."""

    queues: tuple[QueuePlan, ...] = Field(min_length=1)
    words: str | None = None


class AdvanceSequence(SequenceCommand):
    """Say that a queue of the sequence moves on: clearing, cleared, holding, or waiting again; and why.

    `waiting` is what is counted there now, `target` what the team's rate lets wait, if it has one.
    """

    team: str
    to_state: QueueState
    words: str = Field(min_length=1)
    waiting: int | None = since_then(ge=0)
    target: int | None = since_then(ge=0)


@dataclass(frozen=True, slots=True)
class QueueStands:
    """How a queue of the sequence stands: its plan, its state since which date, and the hours a week it has."""

    plan: QueuePlan
    state: QueueState
    since_on: date
    hours: int
    cleared_on: date | None = None


@dataclass(frozen=True, slots=True)
class QueueSequence:
    """The queues in their order, by team."""

    queues: Mapping[str, QueueStands] = field(default_factory=dict[str, QueueStands])

    @property
    def clearing(self) -> str | None:
        """The queue that is being cleared."""
        return next((code for code, each in self.queues.items() if each.state == "clearing"), None)

    @property
    def next_waiting(self) -> str | None:
        """The first queue that still waits."""
        return next((code for code, each in self.queues.items() if each.state == "waiting"), None)


def set_sequence(
    state: QueueSequence, asked: SetSequence, around: Circumstances
) -> Sequence[Happened]:
    """A sequence names each queue once; set again the same, nothing changes."""
    version = _leading(around)
    for team, times in _counted(asked.queues).items():
        known_team(version.policy, team)
        if times > 1:
            raise InvalidCommand(f"{team} stands twice in the sequence: name each queue once.")
    for each in asked.queues:
        if each.holds > each.hours:
            raise InvalidCommand(
                f"{each.team} cannot be held by more hours than clear it: give fewer hours to hold."
            )
    if tuple(each.plan for each in state.queues.values()) == asked.queues:
        return ()
    said = SequenceSet(on=_today(version, around), queues=asked.queues, words=asked.words)
    return (around.happened(said),)


def advance_sequence(
    state: QueueSequence, asked: AdvanceSequence, around: Circumstances
) -> Sequence[Happened]:
    """One queue at a time is cleared; when no more wait than may, all hours but those that hold it move on."""
    version = _leading(around)
    queue = state.queues.get(asked.team)
    if queue is None:
        listed = ", ".join(state.queues) or "none"
        raise InvalidCommand(f"{quoted(asked.team)} is not in the sequence, which has {listed}.")
    if queue.state == asked.to_state:
        return ()
    _refuse_to_advance(state, queue, asked)
    on = _today(version, around)
    following = state.next_waiting if asked.to_state == "cleared" else None
    moved = max(0, queue.hours - queue.plan.holds) if following is not None else 0
    advanced = QueueAdvanced(
        team=asked.team,
        on=on,
        from_state=queue.state,
        to_state=asked.to_state,
        hours=queue.hours - moved,
        hours_moved=moved,
        moved_to=following,
        words=asked.words,
        waiting=asked.waiting if asked.to_state == "cleared" else None,
    )
    if following is None:
        return (around.happened(advanced),)
    begun = QueueAdvanced(
        team=following,
        on=on,
        from_state="waiting",
        to_state="clearing",
        hours=state.queues[following].hours + moved,
        hours_moved=0,
        moved_to=None,
        words=asked.words,
    )
    return (around.happened(advanced), around.happened(begun))


def _refuse_to_advance(state: QueueSequence, queue: QueueStands, asked: AdvanceSequence) -> None:
    """Refuses a step that is not the next one, a second backlog at a time, and one that is not cleared."""
    if asked.to_state not in _NEXT[queue.state]:
        raise UnlawfulTransition(
            f"The queue of {asked.team} is {queue.state}, from where it goes to "
            f"{' or '.join(_NEXT[queue.state])}: say which.",
            rule="sequence-order",
        )
    clearing = state.clearing
    if asked.to_state == "clearing" and clearing is not None:
        raise Refusal(
            f"The queue of {clearing} is being cleared, and one at a time is: bring that to its end first.",
            rule="one-backlog-at-a-time",
        )
    if asked.to_state == "cleared":
        _refuse_uncleared(asked)


def _refuse_uncleared(asked: AdvanceSequence) -> None:
    """Refuses that a backlog is cleared while more wait than the rate of its team is to leave."""
    if asked.waiting is not None and asked.target is not None and asked.waiting > asked.target:
        raise Refusal(
            f"Cases that wait in the queue of {asked.team}: {asked.waiting}; by its rate it is cleared once no "
            f"more than {asked.target} do, so go on clearing it, or set its rate anew with what may wait.",
            rule="cleared-to-its-target",
            waiting=asked.waiting,
            target=asked.target,
        )


def evolve(state: QueueSequence, happened: Happened | Entry) -> QueueSequence:
    """The sequence after one more fact; set anew, a queue that was in it keeps its state.

    One that was not cleared yet gains or loses the hours by which its plan changed.
    """
    match happened.fact:
        case SequenceSet() as said:
            return QueueSequence(_laid_out(state, said))
        case QueueAdvanced() as moved:
            fields: dict[str, Any] = {"cleared_on": moved.on} if moved.to_state == "cleared" else {}
            fields |= {"state": moved.to_state, "since_on": moved.on, "hours": moved.hours}
            return QueueSequence(with_changed(state.queues, moved.team, **fields))
        case _:
            return state


def _laid_out(state: QueueSequence, said: SequenceSet) -> dict[str, QueueStands]:
    found: dict[str, QueueStands] = {}
    for plan in said.queues:
        known = state.queues.get(plan.team)
        fresh = QueueStands(plan, "waiting", said.on, plan.hours)
        found[plan.team] = fresh if known is None else _planned_anew(known, plan)
    if not any(each.state == "clearing" for each in found.values()):
        first = next((code for code, each in found.items() if each.state == "waiting"), None)
        if first is not None:
            found[first] = replace(found[first], state="clearing", since_on=said.on)
    return found


def _planned_anew(known: QueueStands, plan: QueuePlan) -> QueueStands:
    more = plan.hours - known.plan.hours if known.cleared_on is None else 0
    return replace(known, plan=plan, hours=known.hours + more)


def _counted(queues: Sequence[QueuePlan]) -> dict[str, int]:
    teams = [each.team for each in queues]
    return {team: teams.count(team) for team in teams}


def _leading(around: Circumstances) -> PolicyVersion:
    version, actor = around.policies.in_force(around.now), around.actor
    policy = version.policy
    leaders = {policy.office.director, *(team.leader for team in policy.teams.values())}
    if actor.kind != "person" or not (actor.role in DISPATCHING or actor.id in leaders):
        raise NotAuthorised(
            f"{actor.id} neither leads nor dispatches: let a person who does say in which order backlogs "
            "are cleared."
        )
    return version


def _today(version: PolicyVersion, around: Circumstances) -> date:
    return version.compiled.calendars.days_of(version.policy.office.zone).date_of(
        around.effective_at
    )


def sequence_id(ledger_id: bytes) -> UUID:
    """The id of the one stream in which a ledger's sequence is kept."""
    return derived_uuid(EPOCH, "sequence", ledger_id.hex())


SEQUENCE = Kind(
    "sequence",
    QueueSequence(),
    {SetSequence: set_sequence, AdvanceSequence: advance_sequence},
    evolve,
)
