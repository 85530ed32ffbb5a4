"""Routing rules ready for use: each with its condition compiled and the teams that it can give a case to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ledger.policy.document.conditions import CompiledWhen, Vocabulary, compile_when
from ledger.policy.document.policy import Confirmation, Policy, RoutingRule


@dataclass(frozen=True, slots=True)
class CompiledRule:
    """A routing rule with its condition compiled and its teams resolved."""

    rule: RoutingRule
    when: CompiledWhen
    teams: tuple[str, ...]
    by_region: Mapping[str, str] | None
    """The team for each region, where the rule names a pattern."""
    confirm: Confirmation | None

    def gives_to(self) -> Iterator[str]:
        """The teams to which the rule may give a case, in its order."""
        yield from dict.fromkeys((self.by_region or {}).values())
        yield from self.teams
        if self.rule.overflow is not None:
            yield from self.rule.overflow.to


def vocabulary(policy: Policy) -> Vocabulary:
    """What conditions need to know of the document."""
    within: dict[str, set[str]] = {code: {code} for code in policy.regions}
    for code, region in policy.regions.items():
        around = region.within
        while around is not None:
            within[around].add(code)
            around = policy.regions[around].within
    return Vocabulary(
        programme_of={code: kind.programme for code, kind in policy.types.items()},
        family_of={code: channel.family for code, channel in policy.channels.items()},
        within={code: frozenset(codes) for code, codes in within.items()},
        kinds={code: field.kind for code, field in policy.fields.items()},
        asks={
            code: frozenset((*policy.office.asks, *kind.required))
            for code, kind in policy.types.items()
        },
    )


def compile_rule(rule: RoutingRule, policy: Policy, words: Vocabulary) -> CompiledRule:
    """The rule with its condition compiled and its teams resolved; a pattern is resolved region by region."""
    when = compile_when(rule.when, words)
    if rule.team is not None and "{region}" in rule.team:
        by_region: dict[str, str] = {}
        for code in policy.regions:
            around: str | None = code
            while around is not None:
                team = rule.team.replace("{region}", around)
                if team in policy.teams:
                    by_region[code] = team
                    break
                around = policy.regions[around].within
        return CompiledRule(rule, when, (), by_region, rule.confirm)
    if rule.team is not None:
        return CompiledRule(rule, when, (rule.team,), None, rule.confirm)
    teams = rule.teams or (tuple(sorted(policy.teams)) if rule.skill else ())
    if rule.skill is not None:
        teams = tuple(team for team in teams if rule.skill in policy.teams[team].skills)
    return CompiledRule(rule, when, teams, None, rule.confirm)
