"""Approvals of what is dated back: what it rests on, what a second person has approved, and what awaits one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from ledger.entry import Actor, Entry, Happened
from ledger.facts import Fact

ClockOutcome = Literal["met", "breached", "superseded", "lapsed", "transferred", "withdrawn"]


@dataclass(frozen=True, slots=True)
class Ground:
    """What a change of the past rests on: items of record, and who besides the actor approved it, or is asked to."""

    evidence: tuple[UUID, ...] = ()
    approved_by: str | None = None


NOTHING_SHOWN = Ground()


@dataclass(frozen=True, slots=True)
class Claim:
    """That the time of a clock was kept, entered once it was over: on what it rests, and who entered it.

    The clock ended as late, and stays so until somebody else approves it.
    """

    kept_at: datetime
    due_at: datetime
    outcome: ClockOutcome
    cause: str | None
    evidence: tuple[UUID, ...]
    by: frozenset[str]
    told_by: str
    """Who said that it was kept."""
    entered_at: datetime


@dataclass(frozen=True, slots=True)
class Approval:
    """Who approved that something is entered as of an earlier minute: of a clock, or of a decision."""

    clock: str | None
    generation: int | None
    dated_at: datetime
    by: frozenset[str]
    """The member who approved it, and in whose stead."""
    member: str
    used_by: UUID | None = None
    """The command that relied on it: it is used up by that."""

    def is_as_of(self, at: datetime) -> bool:
        """Whether it is of the minute of an instant."""
        return self.dated_at == to_the_minute(at)


@dataclass(frozen=True, slots=True)
class ToldLate:
    """Of an act that a person entered after it was done: when, and who, and in whose stead."""

    known_at: datetime
    by: frozenset[str]
    member: str


Relies = Callable[[Approval, Any, Happened | Entry], bool]
_RELIES: dict[type[Fact], Relies] = {}


def relies(kind: type[Fact], on: Relies) -> None:
    """Registers on which approvals a fact relies: `(approval, fact, happened) -> whether it does`."""
    _RELIES[kind] = on


def after_use(approvals: tuple[Approval, ...], happened: Happened | Entry) -> tuple[Approval, ...]:
    """The approvals, those used up on which something that happened relies: each is of one act."""
    on = _RELIES.get(type(happened.fact))
    if on is None:
        return approvals
    by = happened.context.command_id
    return tuple(
        replace(each, used_by=by)
        if each.used_by is None and on(each, happened.fact, happened)
        else each
        for each in approvals
    )


def word_since(happened: Happened | Entry) -> datetime:
    """Since when something is on record: a person's word as of its entry, what a system tells as of when it was."""
    context = happened.context
    return context.effective_at if happened.actor.kind == "machine" else context.known_at


def acting(actor: Actor) -> frozenset[str]:
    """Whoever acts, and in whose stead."""
    return frozenset({actor.id, actor.on_behalf_of or actor.id})


def told_late(
    told: Mapping[str, ToldLate],
    happened: Happened | Entry,
    *,
    before: Mapping[str, datetime],
    after: Mapping[str, datetime],
) -> Mapping[str, ToldLate]:
    """Of the acts that are done after something happened those that a person entered afterwards."""
    context, actor = happened.context, happened.actor
    kept = {act: each for act, each in told.items() if before.get(act) == after.get(act)}
    if actor.kind != "person" or context.known_at <= context.effective_at:
        return kept
    late = ToldLate(context.known_at, acting(actor), actor.id)
    return kept | {act: late for act, at in after.items() if before.get(act) != at}


def to_the_minute(at: datetime) -> datetime:
    """The minute of an instant, as people say it to each other."""
    return at.replace(second=0, microsecond=0)
