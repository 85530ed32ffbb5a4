"""Delivering: a release reaches whom it is for or fails to, and what is published of it waits for its day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal, TypeAlias
from uuid import UUID

from pydantic import Field

from ledger.commands import Circumstances
from ledger.entry import Entry, Happened
from ledger.errors import Refusal, UnlawfulTransition
from ledger.facts import Fact, PersonalText, fact
from ledger.registers.disclosures.releasing import (
    authorised_release,
    changed_release,
    publication_from,
)
from ledger.registers.disclosures.state import (
    Disclosure,
    DisclosureCommand,
    Release,
    decides,
    evolves,
    member_of_office,
    officer,
)
from ledger.times import Instant

DeliveryMethod: TypeAlias = Literal["download", "email", "mail", "in_person", "to_publication"]
DeliveryFailure: TypeAlias = Literal[
    "bounced", "returned", "unreachable", "wrong_recipient", "not_accessible"
]


@fact
class ReleaseDelivered(Fact):
    """A release reached whom it was for."""

    release_id: UUID
    method: DeliveryMethod


@fact
class ReleaseDeliveryFailed(Fact):
    """A release did not reach whom it was for, or reached somebody else."""

    release_id: UUID
    failure: DeliveryFailure
    words: PersonalText


@fact
class PublicationDecided(Fact):
    """It was decided whether the answer is published, and not before which instant."""

    publish: bool
    not_before_at: Instant | None
    reason: PersonalText


class DeliverRelease(DisclosureCommand):
    """Record that a release reached whom it was for."""

    release_id: UUID
    method: DeliveryMethod


class FailDelivery(DisclosureCommand):
    """Record that a release did not reach whom it was for."""

    release_id: UUID
    failure: DeliveryFailure
    words: str | None = None


class DecidePublication(DisclosureCommand):
    """Decide whether the answer is published."""

    publish: bool
    reason: str = Field(min_length=1)


@decides(DeliverRelease)
def deliver_release(
    state: Disclosure, asked: DeliverRelease, around: Circumstances
) -> Sequence[Happened]:
    """What was made is delivered; after a failure it may be delivered again."""
    officer(around, does="delivers nothing")
    found = _made_release(state, asked.release_id)
    if found.delivered_at is not None and not found.failed:
        return ()
    delivered = ReleaseDelivered(release_id=asked.release_id, method=asked.method)
    return (around.happened(delivered),)


@decides(FailDelivery)
def fail_delivery(
    state: Disclosure, asked: FailDelivery, around: Circumstances
) -> Sequence[Happened]:
    """A delivery that fails is an alarm until it is made good; a machine that hears of it may say so."""
    member_of_office(around)
    found = _made_release(state, asked.release_id)
    if found.failed:
        return ()
    failed = ReleaseDeliveryFailed(**asked.for_fact())
    return (around.happened(failed),)


@decides(DecidePublication)
def decide_publication(
    state: Disclosure, asked: DecidePublication, around: Circumstances
) -> Sequence[Happened]:
    """What somebody asked about themselves is not published; what is published waits for its day."""
    officer(around, does="publishes nothing")
    if state.known().last_release is None:
        raise UnlawfulTransition(
            "Nothing was released yet, so there is nothing to publish: release it first.",
            rule="publishes-an-answer",
        )
    if asked.publish and state.audience == "subject":
        raise Refusal(
            "What somebody was given about themselves is published nowhere: decide not to publish it.",
            rule="personal-is-not-published",
        )
    decided = PublicationDecided(
        publish=asked.publish,
        not_before_at=publication_from(state, around) if asked.publish else None,
        reason=asked.reason,
    )
    return (around.happened(decided),)


def _made_release(state: Disclosure, release_id: UUID) -> Release:
    found = authorised_release(state, release_id)
    if found.bundle is None:
        raise UnlawfulTransition(
            "This release was not made yet, so it reached nobody: make it first.",
            rule="made-before-delivered",
        )
    return found


@evolves(ReleaseDelivered)
def _delivered(state: Disclosure, fact: ReleaseDelivered, happened: Happened | Entry) -> Disclosure:
    at = happened.context.effective_at
    return changed_release(state, fact.release_id, delivered_at=at, failed=False)


@evolves(ReleaseDeliveryFailed)
def _failed(
    state: Disclosure, fact: ReleaseDeliveryFailed, _happened: Happened | Entry
) -> Disclosure:
    thought_at = (
        state.releases[fact.release_id].delivered_at if fact.release_id in state.releases else None
    )
    return changed_release(
        state, fact.release_id, failed=True, delivered_at=None, thought_at=thought_at
    )


@evolves(PublicationDecided)
def _published_or_not(
    state: Disclosure, fact: PublicationDecided, _happened: Happened | Entry
) -> Disclosure:
    return replace(
        state,
        unpublished=not fact.publish,
        published=fact.publish,
        publish_from_at=fact.not_before_at,
    )
