"""A case as another system recorded it: its steps in time order and what is odd about them.

Nothing here judges by today's policy and nothing is mended: history is taken as it was.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from api.channels.mapping import Family, Meaning

OTHER_CHANNEL = "other"
UNKNOWN_CHANNEL = "unknown"


@dataclass(frozen=True, slots=True)
class Channel:
    """The door a case came in by: what the source wrote, our code, and its family if known."""

    raw: str | None
    code: str
    family: Family | None


@dataclass(frozen=True, slots=True)
class Step:
    """One event of a case. A repeat of an earlier row names that row and is no step of its own."""

    at: datetime
    row: int
    activity: str
    actor: str | None = None
    team: str | None = None
    meaning: Meaning | None = None
    takes_over: bool = False
    """Whether the case is with this step's actor (or team, as the mapping says) from here on."""
    transferred_from: str | None = None
    """Who held the case until this step took it over; None for the first to hold it."""
    duplicate_of: int | None = None


@dataclass(frozen=True, slots=True)
class CalledSo:
    """What a source calls a case."""

    source: str
    external_id: str


@dataclass(frozen=True, slots=True)
class Finding:
    """Something odd that was recorded all the same: its code, a sentence, and the rows it is in."""

    code: str
    sentence: str
    rows: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class CaseHistory:
    """A case as its source tells it: times in UTC, steps in time order, ties in file order."""

    external_id: str
    place: str
    channel: Channel
    type: str | None
    received_at: datetime
    deadline_at: datetime | None
    ended_at: datetime | None
    responsible: str | None
    team: str | None
    steps: tuple[Step, ...]
    findings: tuple[Finding, ...]
    digest: str
    """SHA-256 over the case's rows as they were read."""
    also: tuple[CalledSo, ...] = ()
    """What other systems call it."""

    @property
    def recorded(self) -> tuple[Step, ...]:
        """The steps that are not repeats."""
        return tuple(step for step in self.steps if step.duplicate_of is None)

    @property
    def people(self) -> frozenset[str]:
        """Everybody whom the case names."""
        named = (self.responsible, *(step.actor for step in self.steps))
        return frozenset(each for each in named if each)

    @property
    def ended_late(self) -> bool:
        """Whether the case ended after its deadline."""
        return bool(self.deadline_at and self.ended_at and self.ended_at > self.deadline_at)
