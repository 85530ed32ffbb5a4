"""Approvals of what is dated back: what it rests on, what a second person has approved, and what awaits one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from ledger.entry import Actor, Entry, Happened

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


@dataclass(frozen=True, slots=True)
class Approval:
    """Who approved that something is entered as of an earlier minute: of a clock, or of a decision."""

    clock: str | None
    generation: int | None
    dated_at: datetime
    by: frozenset[str]
    """The member who approved it, and in whose stead."""
    member: str


@dataclass(frozen=True, slots=True)
class ToldLate:
    """Of an act that a person entered after it was done: when, and who."""

    known_at: datetime
    by: frozenset[str]


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
    late = ToldLate(context.known_at, acting(actor))
    return kept | {act: late for act, at in after.items() if before.get(act) != at}


def to_the_minute(at: datetime) -> datetime:
    """The minute of an instant, as people say it to each other."""
    return at.replace(second=0, microsecond=0)
