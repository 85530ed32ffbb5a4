"""Subscriptions as they are shown: how each stands, what it is owed, and what was given up; never its secret."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from api.webhooks.backlog import rests
from api.webhooks.deliveries import Deliveries
from api.webhooks.subscribed import Subscribed, follower_then
from ledger.policy.acting.feeding import Follower
from ledger.registers.integrations.followed import followed_topics
from ledger.registers.integrations.subscriptions import Subscription, Why
from ledger.service import Ledger
from ledger.then import NOW, Then

Stands = Literal["delivers", "rests", "sees_nothing", "paused", "ended"]
"""`rests`: its receiver is not there, and is tried again from time to time. `sees_nothing`: whoever it follows as has
left, or may see no entry of these topics in their roles and with the scopes of the key: nothing is told until they
may."""


@dataclass(frozen=True, slots=True)
class SubscriptionShown:
    """A subscription: everything up to `settled_upto` was told, is not for it, or was given up.

    `owed` counts the entries after it that were found so far and are not told yet, `failures` the
    attempts in a row that failed, and `said` is what came of the last one. `both_sign_until` is when a
    secret that was replaced signs no more. While it is paused nobody looks what has come since, and
    `owed` is None: all of it is told once it is resumed. How far deliveries are is kept of now alone: at
    another instant `owed` and `failures` are None, and `settled_upto` is what had been recorded.
    """

    webhook_id: UUID
    member: str
    url: str
    topics: tuple[str, ...]
    scopes: tuple[str, ...] | None
    after: int
    stands: Stands
    paused: Why | None
    settled_upto: int
    owed: int | None
    failures: int | None
    rests_until: datetime | None
    said: str
    given_up: int
    secret_generation: int
    both_sign_until: datetime | None


@dataclass(frozen=True, slots=True)
class GivenUpShown:
    """An entry that a receiver refused until it was given up; `owed_again`: it is to be delivered after all."""

    entry: int
    about: str
    attempts: int
    status: int
    owed_again: bool


def all_shown(
    ledger: Ledger,
    deliveries: Deliveries,
    *,
    member: str | None = None,
    at: datetime,
    then: Then = NOW,
) -> Iterator[SubscriptionShown]:
    """Every subscription, or those of a member, in the order in which they were made."""
    subscribed = Subscribed(ledger, then)
    for webhook_id, found in subscribed.all():
        if found.member is not None and member in (None, found.member):
            follower = subscribed.follower(found, at)
            yield _shown(deliveries, webhook_id, found, follower, at=at, then=then)


def shown(
    ledger: Ledger,
    deliveries: Deliveries,
    webhook_id: UUID,
    found: Subscription,
    *,
    at: datetime,
    then: Then,
) -> SubscriptionShown:
    """One subscription as it stands at an instant."""
    follower = follower_then(found, at, ledger.policies(), ledger.directory(then))
    return _shown(deliveries, webhook_id, found, follower, at=at, then=then)


def _shown(
    deliveries: Deliveries,
    webhook_id: UUID,
    found: Subscription,
    follower: Follower | None,
    *,
    at: datetime,
    then: Then,
) -> SubscriptionShown:
    backlog = deliveries.load(webhook_id) if then.is_now else None
    unknown = 0 if then.is_now else None
    stands: Stands = "delivers"
    if found.ended:
        stands = "ended"
    elif found.paused is not None:
        stands = "paused"
    elif follower is None or not _is_shown(follower, found.topics):
        stands = "sees_nothing"
    elif backlog is not None and rests(backlog, at):
        stands = "rests"
    owed = unknown if backlog is None else len(backlog.owed)
    both = found.former_until if len(found.generations(at=at)) > 1 else None
    return SubscriptionShown(
        webhook_id,
        found.member or "",
        found.url,
        tuple(sorted(found.topics)),
        None if found.scopes is None else tuple(sorted(found.scopes)),
        found.after,
        stands,
        found.paused,
        max(found.after, found.reached) if backlog is None else backlog.settled_upto,
        None if stands == "paused" else owed,
        unknown if backlog is None else backlog.failures,
        backlog.rests_until if backlog is not None and stands == "rests" else None,
        "" if backlog is None else backlog.said,
        len(found.given_up),
        found.generation,
        both,
    )


def _is_shown(follower: Follower, topics: Collection[str]) -> bool:
    """Whether there are entries of these topics, or of any where none is named, that they are shown."""
    seen = followed_topics(follower.kinds())
    return not {*seen}.isdisjoint(topics or seen)


def given_up_shown(found: Subscription) -> tuple[GivenUpShown, ...]:
    """What was given up, in order."""
    return tuple(
        GivenUpShown(entry, each.about, each.attempts, each.status, each.owed_again)
        for entry, each in sorted(found.given_up.items())
    )
