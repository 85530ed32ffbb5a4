"""How the rules decided where one case goes: what they looked at, what they saw, and why not elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ledger.case.custody.routing import CaseRouted
from ledger.entry import Entry
from ledger.policy.in_force import Policies, PolicyVersion
from ledger.policy.routing.explaining import explain, looked_at, why_not
from ledger.policy.routing.rules import Routing, routing_from
from ledger.policy.values import Language


@dataclass(frozen=True, slots=True)
class LookedAt:
    """A fact that a rule looked at: its name and value as they were recorded, and both in words."""

    fact: str
    value: Any
    said: str


@dataclass(frozen=True, slots=True)
class LoadSeen:
    """The load of a team that was compared: points held, and hundredths of a point that it can do a day."""

    team: str
    points: int
    capacity_hundredths: int


@dataclass(frozen=True, slots=True)
class NotTaken:
    """A rule, or a team by a rule, that was considered, and why it lost, as a code and in words."""

    rule: str
    team: str | None
    lost: str
    said: str


@dataclass(frozen=True, slots=True)
class RoutingTold:
    """One routing decision with all that it was made on, by the policy that it cites."""

    position: int
    version: int
    at: datetime
    policy_version: int
    policy_digest: str
    rule: str
    team: str
    said: str
    facts: tuple[LookedAt, ...]
    load: tuple[LoadSeen, ...]
    not_taken: tuple[NotTaken, ...]


def routings_told(
    entries: Iterable[Entry], policies: Policies, language: Language
) -> Iterator[RoutingTold]:
    """Every time that the rules decided about a case, in order."""
    cited: Mapping[str, PolicyVersion] = {each.digest: each for each in policies.versions}
    for entry in entries:
        if isinstance(entry.fact, CaseRouted) and entry.fact.policy in cited:
            routing = routing_from(entry.fact.decided)
            yield _told(entry, routing, cited[entry.fact.policy], language)


def _told(
    entry: Entry, routing: Routing, version: PolicyVersion, language: Language
) -> RoutingTold:
    policy = version.compiled
    return RoutingTold(
        position=entry.position,
        version=entry.version,
        at=entry.context.effective_at,
        policy_version=routing.policy_version,
        policy_digest=routing.policy_digest,
        rule=routing.rule,
        team=routing.team,
        said=explain(routing, policy, language),
        facts=tuple(
            LookedAt(fact, value, looked_at(fact, routing, policy, language))
            for fact, value in routing.facts.items()
        ),
        load=tuple(LoadSeen(*each) for each in routing.load),
        not_taken=tuple(
            NotTaken(
                each.rule, each.team or None, each.lost, why_not(each, routing, policy, language)
            )
            for each in routing.alternatives
        ),
    )
