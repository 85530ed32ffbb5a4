"""Policies: each published document is an entry, so that every decision can cite the one it was made under."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from pydantic import ValidationError

from ledger.commands import Circumstances, Command, Kind
from ledger.entry import Entry, Happened
from ledger.errors import InvalidCommand, Refusal
from ledger.facts import Fact, PersonalValues, Values, fact
from ledger.ids import derived_uuid
from ledger.policy.document.policy import Policy
from ledger.policy.document.stored import digest_policy, split_names
from ledger.policy.in_force import Policies, PolicyVersion
from ledger.policy.reading.references import wrong_references
from ledger.times import EPOCH, Instant

_UNSOUND = "This document is not a policy: see what is wrong with it by `caseledger policy check`."


@fact
class PolicyPublished(Fact):
    """A policy was published: the whole document, its digest, from when it is in force, and its zone data."""

    number: int
    digest: str
    effective_from: Instant
    tz_version: str
    document: Values
    names: PersonalValues


class PublishPolicy(Command):
    """Publish a policy document; `names` are the members' names, kept apart from it.

    Without `effective_from` it is in force from the instant at which it is recorded, and the first one
    from the beginning, since nothing else holds for what happened before it.
    """

    asked_of = ("policy", "policy_id")

    policy_id: UUID
    digest: str
    effective_from: Instant | None = None
    tz_version: str
    document: Values
    names: Mapping[str, str]


def publish_policy(
    policies: Policies, asked: PublishPolicy, around: Circumstances
) -> Sequence[Happened]:
    """A policy takes effect when it is published or later; the first one may look back."""
    _refuse_unsound(asked)
    latest = policies.latest
    if latest and latest.digest == asked.digest:
        return ()
    since = asked.effective_from or (around.now if latest else EPOCH)
    if latest and since < around.now:
        raise Refusal(
            "A policy cannot take effect before it is published, since decisions already made cite "
            "the one then in force: give a time from now on.",
            rule="policy-not-backdated",
            effective_from=since,
        )
    published = PolicyPublished(
        number=len(policies.versions) + 1,
        digest=asked.digest,
        effective_from=since,
        tz_version=asked.tz_version,
        document=asked.document,
        names=dict(asked.names),
    )
    return (around.happened(published),)


def _refuse_unsound(asked: PublishPolicy) -> None:
    """Refuses a document by which nothing could be decided, another one than the digest says, and names in clear."""
    try:
        policy = Policy.model_validate(asked.document)
        wrong = [said for _path, said in wrong_references(policy)]
    except ValidationError as error:
        raise InvalidCommand(_UNSOUND) from error
    if wrong:
        raise InvalidCommand(_UNSOUND)
    if digest_policy(policy) != asked.digest:
        raise InvalidCommand("The digest is not this document's: give the one that it has.")
    if split_names(policy)[1]:
        raise InvalidCommand("The document holds members' names: give them apart, in `names`.")


def evolve(policies: Policies, happened: Happened | Entry) -> Policies:
    """The policies after one more fact."""
    match happened.fact:
        case PolicyPublished() as published:
            return policies.with_version(
                PolicyVersion(
                    published.number,
                    published.digest,
                    published.effective_from,
                    published.tz_version,
                    published.document,
                )
            )
        case _:
            return policies


def policy_id(ledger_id: bytes) -> UUID:
    """The id of the one stream in which a ledger's policies are published."""
    return derived_uuid(EPOCH, "policy", ledger_id.hex())


POLICY = Kind("policy", Policies(), {PublishPolicy: publish_policy}, evolve)
