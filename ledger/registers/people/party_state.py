"""A party as its decisions need it, and what is asked of one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from ledger.commands import Command
from ledger.errors import PartyNotFound
from ledger.policy.telling.safe_contact import SafeContact

PartyKind = Literal["person", "organisation"]
Assurance = Literal["claimed", "matched", "verified"]
Verdict = Literal["same", "not_same", "cannot_say"]


class PartyCommand(Command):
    """Something asked of a party that is recorded."""

    asked_of = ("party", "party_id")

    party_id: UUID


@dataclass(frozen=True, slots=True)
class Representation:
    """On which authority somebody acts for a person, since when, and up to which day if there is one."""

    authority: str
    since_at: datetime
    until_on: date | None


@dataclass(frozen=True)
class Party:
    """What decisions need to know of a party; personal values are not among it."""

    recorded: bool = False
    kind: PartyKind = "person"
    assurance: Assurance = "claimed"
    verdicts: Mapping[UUID, Verdict] = field(default_factory=dict[UUID, Verdict])
    representatives: Mapping[UUID, Representation] = field(
        default_factory=dict[UUID, Representation]
    )
    acted: frozenset[UUID] = frozenset()
    """Who acted for them and does so no more."""
    deceased: bool = False
    ended_by_death: Mapping[UUID, Representation] = field(
        default_factory=dict[UUID, Representation]
    )
    """Who acted for them until their death was recorded: again, if that was a mistake."""
    since_death: frozenset[UUID] = frozenset()
    """Who came to act since then, as for an estate."""
    safe_contact: SafeContact | None = None
    given: frozenset[str] = frozenset()
    """Which of name and ways to be reached the record holds."""

    @property
    def same_as(self) -> tuple[UUID, ...]:
        """The other records that were decided to be of the same person."""
        return tuple(other for other, verdict in self.verdicts.items() if verdict == "same")

    def is_represented_by(self, who: UUID, *, on: date) -> bool | None:
        """Whether somebody acts for this person on a day; None if they never did."""
        standing = self.representatives.get(who)
        if standing is None:
            return False if who in self.acted else None
        return standing.until_on is None or on <= standing.until_on

    def known(self) -> Party:
        """The party itself; PartyNotFound if it was never recorded."""
        if not self.recorded:
            raise PartyNotFound(
                "No such party is in this ledger: check its id, or record it first."
            )
        return self
