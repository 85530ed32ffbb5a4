"""Webhooks: what is asked of a subscription by which another system is told of entries, and what follows from it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID

from pydantic import Field

from ledger.commands import Circumstances, Command, Kind
from ledger.entry import Happened
from ledger.errors import InvalidCommand, NotAuthorised, Refusal, UnlawfulTransition
from ledger.input.quoting import quoted
from ledger.policy.acting.feeding import Follower, follower_of
from ledger.policy.telling.days import minute_in_words
from ledger.registers.integrations.followed import followed_topics
from ledger.registers.integrations.subscriptions import (
    DeliveriesReached,
    DeliveryGivenUp,
    DeliveryMadeGood,
    DeliveryOwedAgain,
    SecretRenewed,
    Subscription,
    SubscriptionEnded,
    SubscriptionMade,
    SubscriptionMoved,
    SubscriptionPaused,
    SubscriptionResumed,
    Why,
    evolve,
)

BOTH_SIGN_HOURS_AT_MOST = 24 * 14
URL_PATTERN = "^https?://[!-~]+$"
URL_AT_MOST = 2_000
STANDING_AT_MOST = 50
"""Subscriptions of one member that have not ended."""


class WebhookCommand(Command):
    """Something asked of a subscription."""

    asked_of = ("webhook", "webhook_id")

    webhook_id: UUID


class MakeSubscription(WebhookCommand):
    """Tell another system of entries as they are recorded.

    `standing` are the member's subscriptions that had not ended at `seen_position`: what was made since is looked up.
    """

    member: str
    url: str = Field(pattern=URL_PATTERN, max_length=URL_AT_MOST)
    topics: tuple[str, ...] = ()
    after: int = Field(ge=0)
    scopes: tuple[str, ...] | None = None
    standing: tuple[UUID, ...] = Field(default=(), exclude=True)
    seen_position: int | None = Field(default=None, exclude=True)


class MoveSubscription(WebhookCommand):
    """Tell it at another address."""

    url: str = Field(pattern=URL_PATTERN, max_length=URL_AT_MOST)


class RenewSecret(WebhookCommand):
    """Sign with a new secret; for so many hours with the former one as well."""

    both_hours: int = Field(default=24, ge=0, le=BOTH_SIGN_HOURS_AT_MOST)


class PauseSubscription(WebhookCommand):
    """Hold back what is to be told, for the time being."""

    why: Why = "asked"


class ResumeSubscription(WebhookCommand):
    """Go on where it stopped."""


class EndSubscription(WebhookCommand):
    """Tell it nothing any more."""


class RecordDeliveriesReached(WebhookCommand):
    """Record how far deliveries have come."""

    upto: int


class GiveUpDelivery(WebhookCommand):
    """Go on without an entry that is refused again and again."""

    entry: int
    about: str
    attempts: int
    refused_since: datetime
    status: int


class OweAgain(WebhookCommand):
    """Deliver entries that were given up; all of them if none is named."""

    entries: tuple[int, ...] = ()


class RecordMadeGood(WebhookCommand):
    """Record that an entry which had been given up was delivered."""

    entry: int


def make(found: Subscription, asked: MakeSubscription, around: Circumstances) -> Sequence[Happened]:
    """A subscription is for a member of the policy who may follow the log, and is shown what it is to tell of."""
    if found.member is not None:
        raise UnlawfulTransition(
            "This subscription was made already: make a new one.", rule="made-once"
        )
    policy = around.policies.in_force(around.now).policy
    scopes = None if asked.scopes is None else frozenset(asked.scopes)
    follower = follower_of(policy, asked.member, scopes)
    if follower is None:
        raise InvalidCommand(
            f"{quoted(asked.member)} is not a member of the policy in force: add the system under `members`."
        )
    if not follower.may_follow():
        raise NotAuthorised(
            f"{asked.member} may not follow the log: it is for auditors and for other systems, "
            "within the scopes of their keys."
        )
    if untold := sorted(set(asked.topics) - {*followed_topics()}):
        raise InvalidCommand(
            f"No feed shows entries of the topic {', '.join(untold)}: name others, as "
            "`caseledger webhook topics` lists them."
        )
    _refuse_unseen(follower, asked.topics)
    _refuse_too_many(asked, around)
    return (around.happened(SubscriptionMade(**asked.for_fact())),)


def _refuse_unseen(follower: Follower, topics: Sequence[str]) -> None:
    """Whoever waits for what they are never shown would wait for ever, and take the silence for nothing to tell."""
    seen = {*followed_topics(follower.kinds())}
    if not seen:
        raise NotAuthorised(
            f"{follower.member} would be told nothing, since within these scopes no entry is shown: add "
            "case.entries to them."
        )
    if unseen := sorted({*topics} - seen):
        raise InvalidCommand(
            f"{follower.member} is shown no entries of the topic {', '.join(unseen)}, by its roles and within these "
            "scopes: leave it out."
        )


def _refuse_too_many(asked: MakeSubscription, around: Circumstances) -> None:
    if asked.seen_position is None:
        return
    known = {each: around.look(each) for each in (f"webhook/{one}" for one in asked.standing)}
    known.update(around.begun_since("webhook", asked.seen_position))
    theirs = [each for each in known.values() if each is not None and each.member == asked.member]
    if sum(not each.ended for each in theirs) >= STANDING_AT_MOST:
        raise Refusal(
            f"{asked.member} has {STANDING_AT_MOST} subscriptions already: end one that is needed no longer.",
            rule="so-many-subscriptions",
        )


def move(found: Subscription, asked: MoveSubscription, around: Circumstances) -> Sequence[Happened]:
    """What is owed goes to the new address; the same address again adds nothing."""
    if _standing(found).url == asked.url:
        return ()
    return (around.happened(SubscriptionMoved(url=asked.url)),)


def renew(found: Subscription, asked: RenewSecret, around: Circumstances) -> Sequence[Happened]:
    """Of two secrets at once both sign; a third has to wait until the oldest signs no more."""
    _standing(found)
    if found.former_until is not None and around.now < found.former_until:
        until = minute_in_words(found.former_until.astimezone(UTC), "UTC")
        raise Refusal(
            f"Two secrets sign already, until {until}: renew it again then.",
            rule="two-secrets-at-most",
        )
    until = around.now + timedelta(hours=asked.both_hours)
    return (around.happened(SecretRenewed(generation=found.generation + 1, former_until=until)),)


def pause(
    found: Subscription, asked: PauseSubscription, around: Circumstances
) -> Sequence[Happened]:
    """It is paused once; again adds nothing."""
    if _standing(found).paused is not None:
        return ()
    return (around.happened(SubscriptionPaused(why=asked.why)),)


def resume(
    found: Subscription, _asked: ResumeSubscription, around: Circumstances
) -> Sequence[Happened]:
    """What is not paused goes on as it is."""
    return () if _standing(found).paused is None else (around.happened(SubscriptionResumed()),)


def end(found: Subscription, _asked: EndSubscription, around: Circumstances) -> Sequence[Happened]:
    """It ends once, for good; again adds nothing."""
    if found.member is None:
        raise _unknown()
    return () if found.ended else (around.happened(SubscriptionEnded()),)


def reach(
    found: Subscription, asked: RecordDeliveriesReached, around: Circumstances
) -> Sequence[Happened]:
    """Deliveries go forwards alone."""
    if found.ended or asked.upto <= max(found.reached, found.after):
        return ()
    return (around.happened(DeliveriesReached(upto=asked.upto)),)


def give_up(
    found: Subscription, asked: GiveUpDelivery, around: Circumstances
) -> Sequence[Happened]:
    """An entry is given up once, and once more each time after it was owed again."""
    known = _standing(found).given_up.get(asked.entry)
    if known is not None and not known.owed_again:
        return ()
    return (around.happened(DeliveryGivenUp(**asked.for_fact())),)


def owe_again(found: Subscription, asked: OweAgain, around: Circumstances) -> Sequence[Happened]:
    """Only what was given up is owed again; what is so already adds nothing."""
    _standing(found)
    if unknown := sorted(set(asked.entries) - found.given_up.keys()):
        raise InvalidCommand(
            f"No delivery of entry {', '.join(map(str, unknown))} was given up here: look at what was, "
            "or read the feed from there."
        )
    wanted = asked.entries or tuple(found.given_up)
    again = sorted(entry for entry in set(wanted) if not found.given_up[entry].owed_again)
    return (around.happened(DeliveryOwedAgain(entries=tuple(again))),) if again else ()


def make_good(
    found: Subscription, asked: RecordMadeGood, around: Circumstances
) -> Sequence[Happened]:
    """What was delivered is given up no longer."""
    known = asked.entry in found.given_up and not found.ended
    return (around.happened(DeliveryMadeGood(entry=asked.entry)),) if known else ()


def _standing(found: Subscription) -> Subscription:
    if found.member is None:
        raise _unknown()
    if found.ended:
        raise UnlawfulTransition(
            "This subscription has ended: make a new one.", rule="ended-for-good"
        )
    return found


def _unknown() -> UnlawfulTransition:
    return UnlawfulTransition(
        "No such subscription was made: `caseledger webhook` lists them.", rule="made-first"
    )


WEBHOOK = Kind(
    "webhook",
    Subscription(),
    {
        MakeSubscription: make,
        MoveSubscription: move,
        RenewSecret: renew,
        PauseSubscription: pause,
        ResumeSubscription: resume,
        EndSubscription: end,
        RecordDeliveriesReached: reach,
        GiveUpDelivery: give_up,
        OweAgain: owe_again,
        RecordMadeGood: make_good,
    },
    evolve,
)
