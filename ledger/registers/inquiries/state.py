"""An inquiry as its decisions and the access table need it, and where its chapters register how they decide."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal, NamedTuple, TypeVar
from uuid import UUID

from ledger.commands import Circumstances, Command, Kind
from ledger.entry import Entry, Happened
from ledger.errors import UnlawfulTransition
from ledger.facts import Fact
from ledger.ids import case_stream
from ledger.policy.acting.roles import refuse_without

STREAM = "inquiry"
Called = Literal["reply", "comments", "recommendation", "expiry"]
"""What an inquiry can be late with, or has come to."""


class InquiryCommand(Command):
    """Something asked of an inquiry."""

    asked_of = (STREAM, "inquiry_id")

    inquiry_id: UUID


class Alarm(NamedTuple):
    """What an inquiry is late with, or has come to, about which of its drafts or recommendations, since when."""

    called: Called
    about: UUID | None
    since_at: datetime


@dataclass(frozen=True, slots=True)
class Recommendation:
    """What was recommended, by when it is to be answered or done, and how far it is."""

    due_on: date
    answer: Literal["accepted", "refused"] | None = None
    done: bool = False

    @property
    def open(self) -> bool:
        """Whether somebody still waits for an answer, or for what was accepted to be done."""
        return self.answer is None or (self.answer == "accepted" and not self.done)


@dataclass(frozen=True, slots=True)
class Inquiry:
    """What is known of an inquiry when the next command is decided."""

    opened: bool = False
    office: str | None = None
    cases: frozenset[UUID] = frozenset()
    hold_id: UUID | None = None
    expires_at: datetime | None = None
    due_at: datetime | None = None
    questions: Mapping[UUID, bool] = field(default_factory=dict[UUID, bool])
    """Each question, and whether it was answered."""
    drafts: Mapping[UUID, datetime | None] = field(default_factory=dict[UUID, datetime | None])
    """Each draft report, and by when comments on it are wanted; None once they were sent."""
    recommendations: Mapping[UUID, Recommendation] = field(
        default_factory=dict[UUID, Recommendation]
    )
    privileged: Mapping[tuple[UUID, int], bool] = field(
        default_factory=dict[tuple[UUID, int], bool]
    )
    """Each entry of a case that is in the privilege log, and whether its holder waived that."""
    alarms: Mapping[Alarm, bool] = field(default_factory=dict[Alarm, bool])
    """Each alarm that was raised, and whether somebody was told of it."""
    closed: bool = False

    def names(self, stream: str) -> bool:
        """Whether a stream is within its scope: one of its cases, or the inquiry's own."""
        return stream.startswith(f"{STREAM}/") or stream in map(case_stream, self.cases)

    def readable(self, *, at: datetime) -> bool:
        """Whether what it names may be read within it at an instant."""
        return not self.closed and self.expires_at is not None and at < self.expires_at

    def known(self) -> Inquiry:
        """The inquiry itself; refused if it was never opened, or is closed."""
        if not self.opened:
            raise UnlawfulTransition(
                "No such inquiry was opened: check its id with `caseledger inquiry`.",
                rule="inquiry-opened",
            )
        if self.closed:
            raise UnlawfulTransition(
                "This inquiry is closed: open another, which names it.", rule="inquiry-open"
            )
        return self


def refuse_others(around: Circumstances, *, to: str) -> None:
    """NotAuthorised unless a link officer acts."""
    policy = around.policies.in_force(around.now).policy
    refuse_without("liaison", policy, around.actor, to=to)


Evolve = Callable[[Inquiry, Any], Inquiry]
Decide = Callable[[Inquiry, Any, Circumstances], Sequence[Happened]]
E = TypeVar("E", bound=Evolve)
D = TypeVar("D", bound=Decide)
_EVOLVES: dict[type[Fact], Evolve] = {}
INQUIRY_DECISIONS: dict[type[Command], Decide] = {}


def evolves(fact: type[Fact]) -> Callable[[E], E]:
    """Registers how an inquiry evolves by a fact."""

    def register(by: E) -> E:
        _EVOLVES[fact] = by
        return by

    return register


def decides(command: type[Command]) -> Callable[[D], D]:
    """Registers how a command asked of an inquiry is decided."""

    def register(decide: D) -> D:
        INQUIRY_DECISIONS[command] = decide
        return decide

    return register


def evolve(inquiry: Inquiry, happened: Happened | Entry) -> Inquiry:
    """An inquiry after one more fact."""
    by = _EVOLVES.get(type(happened.fact))
    return inquiry if by is None else by(inquiry, happened.fact)


def kind() -> Kind[Inquiry]:
    """The kind of stream, once every chapter has registered."""
    return Kind(STREAM, Inquiry(), INQUIRY_DECISIONS, evolve)
