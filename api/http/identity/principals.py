"""Principals: who asks over HTTP, as a member of the office's policy, in which roles and within which scopes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from ledger.entry import Actor
from ledger.errors import LedgerError, NotAuthorised


class Unauthenticated(LedgerError):
    """Say who you are: send a token or a key in the header Authorization, as `Bearer …`."""

    status: ClassVar[int] = 401
    code: ClassVar[str] = "unauthenticated"


class TwoTokens(LedgerError):
    """Two different tokens or keys were sent, and either could be meant: send one alone."""

    status: ClassVar[int] = 400
    code: ClassVar[str] = "malformed-request"


class Barred(NotAuthorised):
    """It is known who asks, and they may not ask so; whoever answers them puts that on record."""

    def __init__(self, sentence: str, *, actor: Actor, ground: str) -> None:
        super().__init__(sentence)
        self.actor = actor
        self.ground = ground


class OutOfScope(NotAuthorised):
    """The key that was shown was not issued for this act, whatever else its member may do."""

    def __init__(self, sentence: str, *, scope: str) -> None:
        super().__init__(sentence)
        self.scope = scope


@dataclass(frozen=True, slots=True)
class Claim:
    """What a token or a key says: which member it stands for, and the scopes of a key."""

    member: str
    scopes: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Principal:
    """Somebody who asks: the actor that entries will name, their roles, their teams, and the inquiry they read in.

    `areas` are the programme areas that a team of theirs serves.
    """

    actor: Actor
    roles: tuple[str, ...]
    teams: frozenset[str]
    scopes: frozenset[str] | None = None
    inquiry: UUID | None = None
    areas: frozenset[str] = frozenset()
    stands_in_for: str | None = None
    """A member who is not there and in whose place they stand, as whoever acts under a delegation does not."""

    @property
    def people(self) -> frozenset[str]:
        """Whoever asks, and the member in whose stead they do."""
        stood_for = self.actor.on_behalf_of
        return frozenset({self.actor.id} if stood_for is None else {self.actor.id, stood_for})

    @property
    def places(self) -> frozenset[str]:
        """Whose cases and tasks are theirs: their own, and those of whom they stand in for."""
        return frozenset({self.actor.id, self.stands_in_for or self.actor.id})

    @property
    def integrates(self) -> bool:
        """Whether another system asks."""
        return "integrator" in self.roles
