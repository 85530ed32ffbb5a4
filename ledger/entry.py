"""An entry: a recorded fact in its envelope of who, when, on what ground and called for by what."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from datetime import datetime
from functools import lru_cache
from typing import Any, Literal, Self
from uuid import UUID

from ledger.facts import Fact
from ledger.ids import subject_id_of
from ledger.times import instant, stamp


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acted: a person under a pseudonym or a machine with its version, for which team, on whose behalf."""

    kind: Literal["person", "machine"]
    id: str
    role: str | None = None
    team: str | None = None
    on_behalf_of: str | None = None
    delegation: str | None = None
    version: str | None = None

    def slot(self) -> dict[str, Any]:
        """The value of the slot `actor`; what is absent is left out."""
        return _actor_slot(self)


@lru_cache(maxsize=4096)
def _actor_slot(actor: Actor) -> dict[str, Any]:
    values = ((each.name, getattr(actor, each.name)) for each in fields(actor))
    return {name: value for name, value in values if value is not None}


@dataclass(frozen=True, slots=True)
class Context:
    """On what ground, when it happened and when the system of record knew it, and by which command."""

    effective_at: datetime
    known_at: datetime
    command_id: UUID
    body: str = ""
    basis: str | None = None
    correlation: str | None = None
    causation: str | None = None
    batch: str | None = None
    source: str | None = None

    def slot(self) -> dict[str, Any]:
        """The value of the slot `context`; what is absent is left out."""
        found = {
            "effective_at": stamp(self.effective_at),
            "known_at": stamp(self.known_at),
            "command": str(self.command_id),
            "body": self.body,
        }
        if self.basis is not None:
            found["basis"] = self.basis
        if self.correlation is not None:
            found["correlation"] = self.correlation
        if self.causation is not None:
            found["causation"] = self.causation
        if self.batch is not None:
            found["batch"] = self.batch
        if self.source is not None:
            found["source"] = self.source
        return found

    @classmethod
    def from_slot(cls, slot: dict[str, Any]) -> Self:
        """The context that a stored slot says."""
        return cls(
            instant(slot["effective_at"]),
            instant(slot["known_at"]),
            UUID(slot["command"]),
            slot["body"],
            slot.get("basis"),
            slot.get("correlation"),
            slot.get("causation"),
            slot.get("batch"),
            slot.get("source"),
        )


@dataclass(frozen=True, slots=True)
class Entry:
    """A recorded fact at its place in its stream (`version`, from 1) and in the log (`position`, from 1)."""

    position: int
    stream: str
    version: int
    fact: Fact
    actor: Actor
    context: Context

    @property
    def topic(self) -> str:
        return self.fact.topic

    @property
    def kind(self) -> str:
        """The kind of stream it stands in: case, party, policy, ..."""
        return self.stream.partition("/")[0]

    @property
    def subject_id(self) -> UUID:
        """The id of the case, party or other thing that the entry is about."""
        return subject_id_of(self.stream)

    def subject_of(self, slot: str) -> str:
        """The stream of the party that a personal slot is about, or the entry's own stream where it names none."""
        plan = type(self.fact).plan
        about = plan.answers_about if slot.startswith("answers.") else dict(plan.personal)[slot]
        party = getattr(self.fact, about) if about else None
        return f"party/{party}" if party else self.stream


@dataclass(frozen=True, slots=True)
class Happened:
    """A fact as it was decided, before it has a place in a stream."""

    fact: Fact
    actor: Actor
    context: Context
    after: Any = field(default=None, compare=False, repr=False)
    """The state of its stream once this has happened, where the decision has evolved it so far already."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the ledger answers to a command: where the last entry that it made stands, and that entry's digest.

    A command that changed nothing is answered with the last entry of its stream. `fresh` is true only
    for the call that recorded something.
    """

    stream: str
    version: int
    position: int
    digest: str
    fresh: bool = field(default=True, compare=False)

    @property
    def subject_id(self) -> UUID:
        return subject_id_of(self.stream)
