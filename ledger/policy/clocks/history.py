"""What happened to one clock, and what that makes of it: the question and the answer of `reckon`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal, TypeAlias

from pydantic import ConfigDict

from ledger.errors import InvalidCommand
from ledger.policy.document.clocks import ReopenMode
from ledger.times import Instant

Outcome: TypeAlias = Literal["answered", "lapsed", "transferred", "superseded", "withdrawn"]
ClockState: TypeAlias = Literal[
    "running", "paused", "met", "breached", "lapsed", "transferred", "superseded", "withdrawn"
]
Measure: TypeAlias = Literal["days", "seconds"]


@dataclass(frozen=True, slots=True)
class Waiting:
    """The case waited for a reason, half-open [from_at, to_at); still does if `to_at` is None."""

    reason: str
    from_at: datetime
    to_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Extended:
    """The clock was extended by an amount of its own unit, counted from the start or from the due date."""

    amount: int
    given_at: datetime
    base: Literal["start", "due"] = "start"
    authority: str = ""


@dataclass(frozen=True, slots=True)
class Reopening:
    """The clock had stopped, and the case was reopened: what became of the closed time."""

    stopped_at: datetime
    reopened_at: datetime
    mode: ReopenMode


@dataclass(frozen=True, slots=True)
class ClockHistory:
    """All that a clock's due date depends on, besides its definition and calendars; a naive instant is refused."""

    start_at: datetime
    waits: tuple[Waiting, ...] = ()
    extensions: tuple[Extended, ...] = ()
    resets: tuple[datetime, ...] = ()
    reopenings: tuple[Reopening, ...] = ()
    stopped_at: datetime | None = None
    outcome: Outcome = "answered"
    not_after_on: date | None = None
    """No later than this date, whatever the count says."""

    def __post_init__(self) -> None:
        for each in self.instants():
            if each.tzinfo is None:
                raise InvalidCommand(
                    f"The time {each.isoformat()} names no zone: give it with its offset, "
                    "or in UTC with Z."
                )

    def instants(self) -> list[datetime]:
        """Every instant that is known of the clock."""
        known = [self.start_at, *self.resets]
        if self.stopped_at is not None:
            known.append(self.stopped_at)
        for wait in self.waits:
            known.append(wait.from_at)
            if wait.to_at is not None:
                known.append(wait.to_at)
        known.extend(each.given_at for each in self.extensions)
        for each in self.reopenings:
            known += (each.stopped_at, each.reopened_at)
        return known


@dataclass(frozen=True, slots=True)
class RungAt:
    """A step of escalation: at which instant a clock reaches it, once in a generation, and who is then told.

    It stands so in facts too.
    """

    code: str
    at: Instant
    parties: tuple[str, ...]
    __pydantic_config__ = ConfigDict(extra="forbid")


@dataclass(frozen=True, slots=True)
class Generation:
    """A generation of the clock that a reset or restart ended, kept with what had elapsed."""

    number: int
    start_at: datetime
    ended_at: datetime
    elapsed: int


@dataclass(frozen=True, slots=True)
class Standing:
    """How a clock stands at an instant and when it is due, no more; `due_at` is None while paused."""

    state: ClockState
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class Reckoning:
    """How a clock stands at an instant. Amounts are in `measure`: days of its own count, or seconds."""

    state: ClockState
    generation: int
    at: datetime
    due_at: datetime | None
    """None while paused."""
    due_on: date | None
    measure: Measure
    elapsed: int
    remaining: int
    overdue: int = 0
    overdue_not_waiting: int = 0
    """Overdue less the waiting since: waiting after a breach stops nothing, and is shown apart."""
    due_if_resumed_at: datetime | None = None
    """While paused: when it would be due if the wait ended at `at`."""
    pause_ends_at: datetime | None = None
    """While paused under a limit: when the limit is used up and the clock runs again."""
    rungs: tuple[RungAt, ...] = ()
    earlier: tuple[Generation, ...] = ()
    certificate: Mapping[str, Any] = field(default_factory=dict[str, Any])
