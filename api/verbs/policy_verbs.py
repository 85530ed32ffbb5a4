"""The verb of policies: one is published as it is written, in TOML, and what is decided from then on cites it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from pydantic.fields import FieldInfo

from api.policy_files import fields_of, policy_written
from api.verbs.verb import Around, Beside, Verb
from ledger.entry import Receipt
from ledger.policy.document.policy import Policy
from ledger.policy.in_force import PolicyVersion
from ledger.registers.policies import PublishPolicy
from projections.lists.queues import counts

if TYPE_CHECKING:
    from projections.views import Views


@dataclass(frozen=True, slots=True)
class LeftBehind:
    """A team that a policy has no more, and how many open cases are with it."""

    team: str
    cases: int


@dataclass(frozen=True, slots=True)
class PolicyInForce:
    """A policy that was published: by which digest decisions cite it, from when it holds, and whom it leaves behind.

    `effective_from` is null of one that holds from the beginning. Cases of teams that it has no more are to be routed
    or handed over: only the director answers for them.
    """

    digest: str
    effective_from: datetime | None
    left_behind: tuple[LeftBehind, ...]


def since(version: PolicyVersion) -> datetime | None:
    """From when a version is in force; None for the one that holds from the beginning."""
    return None if version.from_the_beginning else version.effective_from


def left_behind(policy: Policy, views: Views, at: datetime) -> tuple[LeftBehind, ...]:
    """The teams with open cases that a policy has no more."""
    return tuple(
        LeftBehind(each.team, each.open)
        for each in counts(views, at=at).teams
        if each.team is not None and each.team not in policy.teams
    )


def _policy_id(around: Around) -> UUID:
    return around.ledger.policy_id


def _read(around: Around) -> Mapping[str, Any]:
    return fields_of(policy_written(around.given["toml"]))


def _in_force(around: Around, receipt: Receipt) -> PolicyInForce:
    ledger = around.ledger
    version = ledger.policies().versions[receipt.version - 1]
    around.catch_up()
    left = left_behind(version.policy, around.views, ledger.clock())
    return PolicyInForce(version.digest, since(version), left)


POLICY_VERBS = {
    "policy-publish": Verb(
        PublishPolicy,
        told={"policy_id": _policy_id},
        together=(frozenset({"digest", "tz_version", "document", "names"}), _read),
        more={"toml": FieldInfo(annotation=str)},
        beside=Beside("policy", PolicyInForce, _in_force),
    ),
}
"""Each verb of policies with its command."""
