"""Commands: what is asked of the ledger, in which circumstances it is decided, and by which kind of stream."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar, Generic, TypeVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from ledger.entry import Actor, Context, Entry, Happened
from ledger.errors import InvalidCommand
from ledger.facts import Fact
from ledger.policy.in_force import Policies
from ledger.policy.load import Load
from ledger.policy.routing.presence import Directory
from ledger.policy.telling.days import day_in_words, minute_in_words

_GROUND = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:()/§-]{0,63}")
_CORRELATION = re.compile(r"[A-Za-z0-9._:/=+|;~-]{1,128}")
"""UUIDs, trace ids and the `traceparent` of W3C, and whatever else systems follow a matter by."""


ONE_REFERENCE_A_CASE = "unique-reference"
"""The rule by which a key that another command took is refused."""


class Command(BaseModel):
    """Something asked, in the imperative."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        allow_inf_nan=False,
        defer_build=True,  # most processes meet few of them, and building all takes half a second
    )

    asked_of: ClassVar[tuple[str, str]]
    """The kind of the stream that it is asked of, and the field with the id of the one that is meant."""

    @property
    def stream(self) -> str:
        """The stream that it is asked of, `kind/uuid`."""
        kind, name = self.asked_of
        return f"{kind}/{getattr(self, name)}"

    def for_fact(self, *besides: str) -> dict[str, Any]:
        """What its fact has of it: all but the id of what it is asked of, and the fields that are named `besides`."""
        return self.model_dump(exclude={self.asked_of[1], *besides})

    @property
    def candidates(self) -> tuple[str, ...]:
        """The streams of which the first that can still take it does; for most commands, one."""
        return (self.stream,)

    @property
    def also(self) -> tuple[Command, ...]:
        """The same asked of other streams: all of it is recorded together, or nothing."""
        return ()

    @property
    def reserves(self) -> tuple[bytes, ...]:
        """Keys that no other command may take."""
        return ()


def since_then(default: Any = None, **limits: Any) -> Any:
    """A field that a command has gained: not given, it is no part of what the command's id stands for, as before."""
    return Field(default=default, exclude_if=lambda given: not given, **limits)


class CaseCommand(Command):
    """Something asked of a case that is there."""

    asked_of = ("case", "case_id")

    case_id: UUID


@dataclass(frozen=True, slots=True)
class Request:
    """A command with who asks it, when it happened, on what ground, and which version of the stream was seen.

    `asked` is what was said from outside, where fields that were left out were filled in: the command
    id stands for that, so that asking again tells the same although something else would be filled in now.
    """

    command: Command
    actor: Actor
    command_id: UUID | None = None
    effective_at: datetime | None = None
    expected_version: int | None = None
    basis: str | None = None
    correlation: str | None = None
    causation: str | None = None
    asked: bytes | None = None

    def context(self, *, known_at: datetime, command_id: UUID, body: str = "") -> Context:
        """In which context what it brings about is recorded; InvalidCommand where none could be."""
        self._refuse_words()
        effective_at = self.effective_at or known_at
        if effective_at > known_at:
            raise InvalidCommand(
                "A fact cannot be recorded before it happens: give a time that has passed."
            )
        return Context(
            effective_at,
            known_at,
            command_id,
            body,
            self.basis,
            self.correlation,
            self.causation,
        )

    def _refuse_words(self) -> None:
        """InvalidCommand where ground or correlation could hold words about somebody: neither is ever erased."""
        if self.basis is not None and _GROUND.fullmatch(self.basis) is None:
            raise InvalidCommand(
                "The ground of a command (Audit-Reason, --basis) is a code such as s.8(2) or complaint-17, since it is "
                "never erased: letters, digits and any of ._:()/§-, 64 at most; say the rest in words of the command."
            )
        if self.correlation is not None and _CORRELATION.fullmatch(self.correlation) is None:
            raise InvalidCommand(
                "The correlation of a command (Correlation-Id) is an id such as a UUID or a trace id, since it is "
                "never erased: letters, digits and any of ._:/=+|;~-, 128 at most."
            )


def _nothing_there(_stream: str) -> Any:
    return None


def _none_begun(_kind: str, _position: int) -> Iterable[tuple[str, Any]]:
    return ()


def _no_entry(version: int) -> str:
    raise AssertionError(f"nobody can say what entry {version} is of")


@dataclass(frozen=True, slots=True)
class Circumstances:
    """All that a decision may look at besides the state of its stream; `context.known_at` is its now.

    `look` gives the state of another stream as it stands under the writer's lock; None if it has no entry.
    `topic` gives the topic of an entry of its own stream, by version. `begun_since` gives the streams of a kind that
    were begun after a position of the log, each with its state: what whoever asks could not have seen there.
    """

    stream: str
    actor: Actor
    context: Context
    policies: Policies
    load: Callable[[], Load]
    directory: Directory = field(default_factory=Directory)
    look: Callable[[str], Any] = _nothing_there
    topic: Callable[[int], str] = _no_entry
    begun_since: Callable[[str, int], Iterable[tuple[str, Any]]] = _none_begun

    @property
    def now(self) -> datetime:
        return self.context.known_at

    @property
    def effective_at(self) -> datetime:
        return self.context.effective_at

    def in_office(self, at: datetime) -> str:
        """An instant as people at the office say it: its local time to the minute, its day, and whose clock that is."""
        local = self._local(at)
        if local is None:
            return minute_in_words(at.astimezone(UTC), "UTC")
        return minute_in_words(local, str(local.tzinfo))

    def last_day(self, until: datetime) -> str:
        """The last local date of what lasts until an instant: until midnight, the day before."""
        last = until - timedelta(microseconds=1)
        return day_in_words((self._local(last) or last).date(), "en")

    def _local(self, at: datetime) -> datetime | None:
        """An instant by the office's clock; None while no policy says where that is, and at the ends of time."""
        if not any(version.effective_from <= self.now for version in self.policies.versions):
            return None
        version = self.policies.in_force(self.now)
        zone = version.compiled.calendars.days_of(version.policy.office.zone).zone
        try:
            return at.astimezone(zone)
        except OverflowError:  # the first and the last day that can be written
            return None

    def happened(self, fact: Fact, *, at: datetime | None = None, after: Any = None) -> Happened:
        """The fact, by this actor in this context; `at` if it happened at another instant.

        `after` is the state that the stream has then, if it is known.
        """
        moved = at is not None and at != self.context.effective_at
        context = replace(self.context, effective_at=at) if moved else self.context
        return Happened(fact, self.actor, context, after)


State = TypeVar("State")
Decide = Callable[[State, Any, Circumstances], Sequence[Happened]]
Evolve = Callable[[State, Happened | Entry], State]


@dataclass(frozen=True, slots=True)
class Kind(Generic[State]):
    """A kind of stream: its first state, how it decides each command and how it evolves by each fact. Pure."""

    name: str
    initial: State
    decisions: Mapping[type[Command], Decide[State]]
    evolve: Evolve[State]
    can_take: Callable[[State, Any], bool] = lambda _state, _command: True

    def decide(self, state: State, command: Command, around: Circumstances) -> Sequence[Happened]:
        """What happens because this is asked; raises a Refusal if a rule forbids it."""
        decision = self.decisions.get(type(command))
        if decision is None:
            raise InvalidCommand(f"{type(command).__name__} cannot be asked of a {self.name}.")
        return decision(state, command, around)
