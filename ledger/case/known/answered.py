"""What stands of the answer to a request: notices, promises, readiness, the decision and what follows it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice that was issued: of which kind, to whom, when it was given, and when it proved to have failed."""

    kind: str
    channel: str
    to_requester: bool
    issued_at: datetime
    acts: tuple[str, ...] = ()
    """The acts that were done by giving it."""
    given_at: datetime | None = None
    known_at: datetime | None = None
    """Since when it is on record that it was given; what a system reports is since it was."""
    failed_at: datetime | None = None
    clock: str | None = None
    """The clock that it is about, if that was said."""
    decision_id: UUID | None = None
    """The decision that it tells of, if it tells of one: that which was said, else the latest then on record."""
    lapses_at: datetime | None = None
    """When the request lapses, as it says, if it gives notice of that."""
    extends_by: int | None = None
    """By how much it says that its clock is extended, in the clock's own unit."""
    resolutions: int = 0
    """How often the case had been resolved by then."""

    @property
    def stands(self) -> bool:
        """Whether it was given and nothing shows that it failed."""
        return self.given_at is not None and self.failed_at is None


@dataclass(frozen=True, slots=True)
class Resolution:
    """How a case was resolved, when and by whom, and what came back in the quiet window that follows.

    `settles_at` is None where it names no end of that window: history of another system, or entries of long ago.
    """

    outcome: str
    at: datetime
    known_at: datetime
    """When it was recorded."""
    resolved_by: str | None = None
    resolver: str | None = None
    settles_at: datetime | None = None
    returning: UUID | None = None
    """The contact that is proposed as a return and not decided yet."""
    returning_since: datetime | None = None
    then: tuple[tuple[UUID, str], ...] = ()
    """The contacts that came meanwhile, each with its channel: the next is proposed once that one is decided."""
    decided_at: datetime | None = None
    """When what was proposed as a return was last decided."""
    settled_at: datetime | None = None

    def quiet_at(self, at: datetime) -> bool:
        """Whether its quiet window is not over at an instant."""
        return self.settles_at is not None and at < self.settles_at


@dataclass(frozen=True, slots=True)
class Reviewed:
    """The decision that a case reviews: of which case, made by whom for which team."""

    other_case: UUID
    decision_id: UUID
    decided_by: str | None
    decided_for: str | None


@dataclass(frozen=True, slots=True)
class Appeal:
    """What a decision was taken to, since when that is on record, by whom, and whether it is open still."""

    decision_id: UUID
    taken_to: str
    body: str
    known_at: datetime
    recorded_by: str
    is_open: bool = True

    def is_to(self, decision_id: UUID, taken_to: str, body: str) -> bool:
        """Whether it is of this decision to this regulator or court, however its name is spaced or capitalised."""
        same = (self.decision_id, self.taken_to) == (decision_id, taken_to)
        return same and _folded(self.body) == _folded(body)


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()


@dataclass(frozen=True, slots=True)
class Readiness:
    """What was found of a case before its decision; it holds for this type and this many resolutions."""

    marked: bool = False
    confirmed: frozenset[str] = frozenset()
    overridden: frozenset[str] = frozenset()
    request_type: str | None = None
    resolutions: int = 0


@dataclass(frozen=True, slots=True)
class Promises:
    """Promises that the requester will hear from us: all that were made, and by when the last is to be kept."""

    made: frozenset[UUID] = frozenset()
    by_at: datetime | None = None
    """None once it is kept."""

    def kept(self) -> Promises:
        """The promises, the last one kept."""
        return replace(self, by_at=None)


@dataclass(frozen=True, slots=True)
class Decided:
    """The latest decision of a case: how, on what basis, by whom for which team."""

    decision_id: UUID
    outcome: str
    legal_basis: str
    decided_by: str | None
    decided_for: str | None
    decided_at: datetime
    evidence: tuple[UUID, ...] = ()
    resolutions: int = 0
    """How often the case had been resolved by then."""
