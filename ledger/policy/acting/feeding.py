"""The feed: which entries somebody who follows the log is shown, as a plain table that gives its reason.

An entry is shown where whoever follows may look at it under the act named here for its kind of stream.
Kinds that are not named are compartments (inquiries, holds, disclosures, accesses, erasures, keys,
subscriptions): no feed shows them to anybody.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ledger.entry import Actor
from ledger.policy.acting.acts import RELATIONS, Attempt, Relation, may
from ledger.policy.acting.roles import roles_of
from ledger.policy.document.policy import Policy

FOLLOW = "feed.read"
"""The act of following at all."""
_LOOK_AT_ENTRY = "evidence.entry"
SHOWN_UNDER: Mapping[str, str] = {
    "case": "case.entries",
    "party": _LOOK_AT_ENTRY,
    "tray": _LOOK_AT_ENTRY,
    "import": _LOOK_AT_ENTRY,
    "policy": _LOOK_AT_ENTRY,
    "directory": _LOOK_AT_ENTRY,
    "rate": _LOOK_AT_ENTRY,
    "calls": _LOOK_AT_ENTRY,
    "sequence": _LOOK_AT_ENTRY,
    "routing": _LOOK_AT_ENTRY,
    "anchor": _LOOK_AT_ENTRY,
}
"""The act under which entries of a kind of stream are looked at."""


@dataclass(frozen=True, slots=True)
class Follower:
    """Somebody who follows the log: which member, in which roles, with a key of which scopes."""

    member: str
    kind: str
    roles: tuple[str, ...]
    scopes: frozenset[str] | None = None

    @property
    def integrates(self) -> bool:
        """Whether another system follows, which is shown what came from it."""
        return "integrator" in self.roles

    def may_follow(self) -> bool:
        """Whether they may follow at all."""
        return self._may(FOLLOW, "none")

    def kinds(self) -> frozenset[str]:
        """The kinds of stream of which they are shown entries, if only those that came from them."""
        if not self.may_follow():
            return frozenset()
        acts = {*SHOWN_UNDER.values()}
        seen = {act for act in acts if any(self._may(act, each) for each in RELATIONS)}
        return frozenset(kind for kind, act in SHOWN_UNDER.items() if act in seen)

    def is_shown(self, kind: str, relation: Relation) -> bool:
        """Whether an entry of this kind of stream is shown, which stands so to them."""
        act = SHOWN_UNDER.get(kind)
        return act is not None and self._may(act, relation)

    def _may(self, act: str, relation: Relation) -> bool:
        return may(Attempt(act, self.roles, frozenset({relation}), self.scopes)).allowed


def follower_of(policy: Policy, member: str, scopes: frozenset[str] | None) -> Follower | None:
    """A member of the policy as somebody who follows the log; None if they are none."""
    found = policy.members.get(member)
    if found is None:
        return None
    actor = Actor(found.kind, member, version=found.version)
    roles = ("integrator",) if found.kind == "machine" else roles_of(policy, actor)
    return Follower(member, found.kind, roles, scopes)
