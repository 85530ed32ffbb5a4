"""Routing: to which team a case goes, by which rule, on which facts and load, and why not elsewhere. Pure."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from ledger.policy.compiled.policy import CompiledPolicy
from ledger.policy.compiled.rules import CompiledRule
from ledger.policy.document.conditions import RoutingFacts, facts_from, tried
from ledger.policy.load import Load, capacity


class TeamLoad(NamedTuple):
    """A team's load as it was seen: points held, and hundredths of a point of capacity a day."""

    team: str
    points: int
    capacity_hundredths: int


class Alternative(NamedTuple):
    """A rule or a team that was considered and lost: by which fact, or why.

    `lost` is the fact that ruled it out, or `load`, `overflow`, `excluded`, `nobody-present`.
    """

    rule: str
    team: str
    lost: str


class RoutingAlarm(NamedTuple):
    """A rule that could not be evaluated, and the fact or team that was wanting."""

    rule: str
    wanting: str


class Confirmer(NamedTuple):
    """Who must confirm the proposal, by which rule, and within how long."""

    rule: str
    team: str
    within: int
    unit: str


@dataclass(frozen=True, slots=True)
class Routing:
    """A routing decision with all that it was made on: decided again on the same, it is the same."""

    rule: str
    team: str
    by_default: bool
    policy_version: int
    policy_digest: str
    facts: Mapping[str, Any]
    """Only those that were looked at; None where a fact was looked for and is not known."""
    load: tuple[TeamLoad, ...] = ()
    """Only the teams that were compared."""
    alternatives: tuple[Alternative, ...] = ()
    alarms: tuple[RoutingAlarm, ...] = ()
    lane: str | None = None
    compartment: str | None = None
    confirm: Confirmer | None = None

    def as_json(self) -> dict[str, Any]:
        """The decision in plain values; `routing_from` gives it again."""
        return {
            "rule": self.rule,
            "team": self.team,
            "by_default": self.by_default,
            "policy_version": self.policy_version,
            "policy_digest": self.policy_digest,
            "facts": dict(self.facts),
            "load": [list(each) for each in self.load],
            "alternatives": [list(each) for each in self.alternatives],
            "alarms": [list(each) for each in self.alarms],
            "lane": self.lane,
            "compartment": self.compartment,
            "confirm": list(self.confirm) if self.confirm else None,
        }


def routing_from(said: Mapping[str, Any]) -> Routing:
    """The decision that `as_json` wrote down."""
    plain: dict[str, Any] = {
        **said,
        "facts": dict(said["facts"]),
        "load": tuple(TeamLoad(*each) for each in said["load"]),
        "alternatives": tuple(Alternative(*each) for each in said["alternatives"]),
        "alarms": tuple(RoutingAlarm(*each) for each in said["alarms"]),
        "confirm": Confirmer(*said["confirm"]) if said["confirm"] else None,
    }
    return Routing(**plain)


def route(
    policy: CompiledPolicy,
    facts: RoutingFacts,
    load: Load,
    *,
    present: Collection[str] | None = None,
) -> Routing:
    """The first rule that holds decides; the default if none does. `present` is who is there, all if None.

    A rule that cannot be evaluated, because a fact it needs is not known or none of its teams can
    take the case, is reported in `alarms`, and the next is tried.
    """
    if present is None:
        able = policy.capacities
    else:
        able = {team: capacity(policy.policy, team, present=present) for team in policy.capacities}
    return _decided(policy, facts, lambda team: TeamLoad(team, load.of(team), able[team]))


def replay(policy: CompiledPolicy, recorded: Routing) -> Routing:
    """The recorded decision made again, on the facts and loads that it recorded and nothing else."""
    loads = {each.team: each for each in recorded.load}
    facts = facts_from(recorded.facts)
    return _decided(policy, facts, lambda team: loads.get(team) or TeamLoad(team, 0, 0))


def _decided(
    policy: CompiledPolicy, facts: RoutingFacts, load_of: Callable[[str], TeamLoad]
) -> Routing:
    seen: dict[str, Any] = {}
    choice = _Choice(facts, load_of)
    confirm: Confirmer | None = None
    for each in policy.rules:
        rule = each.rule
        holds, fact = tried(each.when, facts, seen)
        if holds is False:
            choice.alternatives.append(Alternative(rule.code, rule.team or "", fact))
            continue
        if holds is None:
            choice.alarms.append(RoutingAlarm(rule.code, fact))
            continue
        if each.confirm is not None:
            confirm = confirm or Confirmer(
                rule.code, each.confirm.team, each.confirm.within, each.confirm.unit
            )
            continue
        team = choice.team_of(each, seen)
        if team is None:
            continue
        return Routing(
            rule=rule.code,
            team=team,
            by_default=rule.default,
            policy_version=policy.version,
            policy_digest=policy.digest,
            facts=seen,
            load=tuple(choice.compared.values()),
            alternatives=tuple(choice.alternatives),
            alarms=tuple(choice.alarms),
            lane=rule.lane,
            compartment=rule.compartment,
            confirm=confirm,
        )
    raise AssertionError("a policy that was read ends with a default, which always holds")


class _Choice:
    """Finds the team of a rule that holds, and keeps what was compared on the way."""

    __slots__ = ("_facts", "_load_of", "alarms", "alternatives", "compared")

    def __init__(self, facts: RoutingFacts, load_of: Callable[[str], TeamLoad]) -> None:
        self._facts, self._load_of = facts, load_of
        self.compared: dict[str, TeamLoad] = {}
        self.alternatives: list[Alternative] = []
        self.alarms: list[RoutingAlarm] = []

    def team_of(self, each: CompiledRule, seen: dict[str, Any]) -> str | None:
        """The team that the rule sends the case to; None, with an alarm, if none can take it."""
        code = each.rule.code
        if each.by_region is not None:
            region = seen["region"] = self._facts.region
            team = each.by_region.get(region or "")
            if team is None:
                self.alarms.append(RoutingAlarm(code, "region"))
                return None
            teams: tuple[str, ...] = (team,)
        else:
            teams = each.teams
        if each.rule.exclude:
            teams = self._without_excluded(each, teams, seen)
            if not teams:
                self.alarms.append(RoutingAlarm(code, "excluded"))
                return None
        if each.rule.by == "load":
            return self._least_loaded(code, teams)
        if each.rule.overflow is not None:
            return self._with_overflow(each, teams[0])
        self.alternatives.extend(Alternative(code, other, "order") for other in teams[1:])
        return teams[0]

    def _without_excluded(
        self, each: CompiledRule, teams: tuple[str, ...], seen: dict[str, Any]
    ) -> tuple[str, ...]:
        excluded = set[str]()
        for relation in each.rule.exclude:
            team = seen[f"related_teams.{relation}"] = self._facts.related_teams.get(relation)
            if team is not None:
                excluded.add(team)
        self.alternatives.extend(
            Alternative(each.rule.code, team, "excluded") for team in teams if team in excluded
        )
        return tuple(team for team in teams if team not in excluded)

    def _least_loaded(self, code: str, teams: tuple[str, ...]) -> str | None:
        able = [loaded for loaded in map(self._see, teams) if loaded.capacity_hundredths]
        self.alternatives.extend(
            Alternative(code, team, "nobody-present")
            for team in teams
            if not self.compared[team].capacity_hundredths
        )
        if not able:
            self.alarms.append(RoutingAlarm(code, "nobody-present"))
            return None
        least = able[0]
        for other in able[1:]:
            if _is_less_loaded(other, least):
                least = other
        self.alternatives.extend(
            Alternative(code, other.team, "load") for other in able if other is not least
        )
        return least.team

    def _with_overflow(self, each: CompiledRule, team: str) -> str:
        overflow = each.rule.overflow
        assert overflow is not None
        if not _is_above(self._see(team), overflow.above_percent):
            return team
        open_teams = [
            loaded
            for loaded in map(self._see, overflow.to)
            if not _is_above(loaded, overflow.above_percent)
        ]
        if not open_teams:
            self.alternatives.extend(
                Alternative(each.rule.code, other, "load") for other in overflow.to
            )
            return team
        least = open_teams[0]
        for other in open_teams[1:]:
            if _is_less_loaded(other, least):
                least = other
        self.alternatives.append(Alternative(each.rule.code, team, "overflow"))
        self.alternatives.extend(
            Alternative(each.rule.code, other, "load")
            for other in overflow.to
            if other != least.team
        )
        return least.team

    def _see(self, team: str) -> TeamLoad:
        seen = self.compared.get(team)
        if seen is None:
            seen = self.compared[team] = self._load_of(team)
        return seen


def _is_less_loaded(one: TeamLoad, other: TeamLoad) -> bool:
    """Whether one team's share of its capacity is smaller, exactly; equal is not."""
    return one.points * other.capacity_hundredths < other.points * one.capacity_hundredths


def _is_above(loaded: TeamLoad, percent: int) -> bool:
    """Whether the load is above this share of the capacity; a team with nobody present always is."""
    able = loaded.capacity_hundredths
    return able == 0 or loaded.points * 10_000 > percent * able
