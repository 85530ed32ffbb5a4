"""API keys: with which key another system acts as which member of the policy, for what and until when.

A key is shown once, when it is issued; the ledger keeps its digest, which suffices since a key is 256
random bits that nobody can guess from it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from pydantic import Field

from ledger.commands import Circumstances, Command, Kind
from ledger.entry import Entry, Happened
from ledger.errors import InvalidCommand, UnlawfulTransition
from ledger.facts import Fact, PersonalText, fact
from ledger.input.quoting import quoted
from ledger.policy.acting.acts import EVERY_ACT
from ledger.policy.acting.roles import refuse_without
from ledger.times import Instant


@fact
class ApiKeyIssued(Fact):
    """From now on whoever shows this key acts as this member, within these scopes, until it expires.

    `digest` is the SHA-256 of the secret, in hex; `scopes` are acts, kinds of acts as `case.*`, or `*`.
    """

    member: str
    scopes: tuple[str, ...]
    expires_at: Instant
    digest: str
    label: PersonalText


@fact
class ApiKeyRevoked(Fact):
    """From now on this key opens nothing."""

    reason: PersonalText


class ApiKeyCommand(Command):
    """Something asked of a key."""

    asked_of = ("apikey", "key_id")

    key_id: UUID


class IssueApiKey(ApiKeyCommand):
    """Let another system act as a member, within scopes, for a time."""

    member: str
    scopes: tuple[str, ...] = Field(min_length=1)
    expires_at: datetime
    digest: str = Field(pattern="^[0-9a-f]{64}$")
    label: str | None = None


class RevokeApiKey(ApiKeyCommand):
    """Take a key back."""

    reason: str | None = None


@dataclass(frozen=True, slots=True)
class ApiKey:
    """A key as it stands; `member` None: it was never issued."""

    member: str | None = None
    scopes: frozenset[str] = frozenset()
    expires_at: datetime | None = None
    digest: str = ""
    revoked: bool = False

    def opens(self, *, at: datetime) -> bool:
        """Whether it may be used at an instant."""
        return self.expires_at is not None and not self.revoked and at < self.expires_at


def issue(key: ApiKey, asked: IssueApiKey, around: Circumstances) -> Sequence[Happened]:
    """The director lets another system act as a member of the policy, for acts that exist, until a time to come."""
    if key.member is not None:
        raise UnlawfulTransition(
            "This key was issued already: issue a new one.", rule="key-issued-once"
        )
    policy = around.policies.in_force(around.now).policy
    refuse_without("director", policy, around.actor, to="let another system act")
    if asked.member not in policy.members:
        raise InvalidCommand(
            f"{quoted(asked.member)} is not a member of the policy in force: add the system under `members`."
        )
    if asked.expires_at <= around.now:
        raise InvalidCommand("A key must expire at a time that is to come: give a later one.")
    for scope in asked.scopes:
        if scope != "*" and not _stands_for_something(scope):
            raise InvalidCommand(
                f"{quoted(scope)} is not a scope: give an act such as case.open, a kind of acts such as case.*, or *."
            )
    given = asked.for_fact()
    return (around.happened(ApiKeyIssued(**given)),)


def _stands_for_something(scope: str) -> bool:
    kind, _, name = scope.partition(".")
    return scope in EVERY_ACT or (
        name == "*" and any(act.startswith(f"{kind}.") for act in EVERY_ACT)
    )


def revoke(key: ApiKey, asked: RevokeApiKey, around: Circumstances) -> Sequence[Happened]:
    """A key is taken back once; again adds nothing."""
    if key.member is None:
        raise UnlawfulTransition(
            "No such key was issued: `caseledger api-key show` lists them.", rule="of-an-issued-key"
        )
    return () if key.revoked else (around.happened(ApiKeyRevoked(reason=asked.reason)),)


def evolve(key: ApiKey, happened: Happened | Entry) -> ApiKey:
    """A key after one more fact."""
    match happened.fact:
        case ApiKeyIssued() as fact:
            return ApiKey(fact.member, frozenset(fact.scopes), fact.expires_at, fact.digest)
        case ApiKeyRevoked():
            return replace(key, revoked=True)
        case _:
            return key


API_KEY = Kind("apikey", ApiKey(), {IssueApiKey: issue, RevokeApiKey: revoke}, evolve)
