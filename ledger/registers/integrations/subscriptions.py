"""Subscriptions as they stand: to which address of another system entries are told, from when on, what was given up.

How far deliveries are is kept beside the ledger; what matters about them is recorded here: whom they are
for, from which position on, what could not be delivered, and now and then how far they have come. The
secret that signs them is made by the vault from the number of its generation, and stored nowhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal

from ledger.entry import Entry, Happened
from ledger.facts import Fact, fact
from ledger.times import Instant

Why = Literal["asked", "gone"]
"""Why nothing is delivered for now: it was asked for, or the receiver answered that it is gone (410)."""


@fact
class SubscriptionMade(Fact):
    """Entries after a position are told to an address, as far as this member may see them within these scopes.

    `scopes` is None where no key limits the member; `topics` empty: entries of every topic.
    """

    member: str
    scopes: tuple[str, ...] | None
    url: str
    topics: tuple[str, ...]
    after: int


@fact
class SubscriptionMoved(Fact):
    """What is still to be told goes to another address from now on."""

    url: str


@fact
class SecretRenewed(Fact):
    """Deliveries are signed with a secret of another generation; until an instant with the former one as well."""

    generation: int
    former_until: Instant


@fact
class SubscriptionPaused(Fact):
    """Nothing is told for the time being, and nothing is lost meanwhile."""

    why: Why


@fact
class SubscriptionResumed(Fact):
    """It goes on where it stopped."""


@fact
class SubscriptionEnded(Fact):
    """Nothing is told there any more, for good."""


@fact
class DeliveriesReached(Fact):
    """Every entry up to here was delivered, is not for this subscription, or was given up."""

    upto: int


@fact
class DeliveryGivenUp(Fact):
    """An entry was refused again and again where it was to be delivered; those after it go on without it.

    `status` is what the receiver answered last.
    """

    entry: int
    about: str
    attempts: int
    refused_since: Instant
    status: int


@fact
class DeliveryOwedAgain(Fact):
    """Entries that were given up are to be delivered after all."""

    entries: tuple[int, ...]


@fact
class DeliveryMadeGood(Fact):
    """An entry that had been given up was delivered."""

    entry: int


@dataclass(frozen=True, slots=True)
class GivenUp:
    """An entry that was given up: of which stream it is, why, and whether it is to be delivered after all."""

    about: str
    attempts: int
    status: int
    owed_again: bool = False


@dataclass(frozen=True, slots=True)
class Subscription:
    """A subscription as it stands; `member` None: it was never made."""

    member: str | None = None
    scopes: frozenset[str] | None = None
    url: str = ""
    topics: frozenset[str] = frozenset()
    after: int = 0
    generation: int = 1
    former_until: datetime | None = None
    paused: Why | None = None
    ended: bool = False
    reached: int = 0
    reached_at: datetime | None = None
    given_up: Mapping[int, GivenUp] = field(default_factory=dict[int, GivenUp])

    @property
    def delivers(self) -> bool:
        """Whether anything is delivered at present."""
        return self.member is not None and self.paused is None and not self.ended

    @property
    def owed_again(self) -> tuple[int, ...]:
        """The entries that are to be delivered after all, in order."""
        return tuple(sorted(entry for entry, each in self.given_up.items() if each.owed_again))

    def generations(self, *, at: datetime) -> tuple[int, ...]:
        """The generations of the secrets that sign at an instant, the newest first."""
        both = self.former_until is not None and at < self.former_until
        return (self.generation, self.generation - 1) if both else (self.generation,)


def evolve(found: Subscription, happened: Happened | Entry) -> Subscription:
    """A subscription after one more fact."""
    match happened.fact:
        case SubscriptionMade() as fact:
            scopes = None if fact.scopes is None else frozenset(fact.scopes)
            made_at = happened.context.known_at
            return Subscription(
                fact.member,
                scopes,
                fact.url,
                frozenset(fact.topics),
                fact.after,
                reached_at=made_at,
            )
        case SubscriptionMoved() as fact:
            return replace(found, url=fact.url)
        case SecretRenewed() as fact:
            return replace(found, generation=fact.generation, former_until=fact.former_until)
        case SubscriptionPaused() as fact:
            return replace(found, paused=fact.why)
        case SubscriptionResumed():
            return replace(found, paused=None)
        case SubscriptionEnded():
            return replace(found, ended=True)
        case DeliveriesReached() as fact:
            return replace(found, reached=fact.upto, reached_at=happened.context.known_at)
        case DeliveryGivenUp() as fact:
            lost = GivenUp(fact.about, fact.attempts, fact.status)
            return replace(found, given_up={**found.given_up, fact.entry: lost})
        case DeliveryOwedAgain() as fact:
            again = {
                entry: replace(each, owed_again=True)
                for entry, each in found.given_up.items()
                if entry in fact.entries
            }
            return replace(found, given_up={**found.given_up, **again})
        case DeliveryMadeGood() as fact:
            left = {entry: each for entry, each in found.given_up.items() if entry != fact.entry}
            return replace(found, given_up=left)
        case _:
            return found
