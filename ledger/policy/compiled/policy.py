"""A policy ready for use: calendars laid out, clocks filled in, rules compiled, once for each published version."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from ledger.policy.calendars.counting import Calendars, compile_calendars
from ledger.policy.compiled.rules import CompiledRule, compile_rule, vocabulary
from ledger.policy.compiled.taking import skills_taken
from ledger.policy.document.clocks import ClockDefinition, define
from ledger.policy.document.conditions import CompiledWhen, compile_when
from ledger.policy.document.policy import DueCap, Policy
from ledger.policy.document.stored import digest_policy
from ledger.policy.load import capacity


@dataclass(frozen=True, slots=True)
class CompiledTypeClock:
    """A clock of a request type with its condition compiled."""

    clock: ClockDefinition
    when: CompiledWhen | None
    months: frozenset[int]
    not_after: DueCap | None


@dataclass(frozen=True, slots=True)
class CompiledPolicy:
    """One version of the policy, ready to route, arm and reckon by."""

    policy: Policy
    version: int
    digest: str
    calendars: Calendars
    clocks: Mapping[str, ClockDefinition]
    rules: tuple[CompiledRule, ...]
    type_clocks: Mapping[str, tuple[CompiledTypeClock, ...]]
    field_conditions: Mapping[str, CompiledWhen]
    checks: Mapping[tuple[str, str], CompiledWhen]
    """The conditions of the checks of readiness, by request type and check."""
    capacities: Mapping[str, int]
    """Each team's with everybody present."""
    skills: Mapping[tuple[str, str], tuple[str, ...]]
    """What a case of a type takes in a team, by type and team, for each team that the rules may give it to."""

    def areas_of(self, teams: Collection[str]) -> frozenset[str]:
        """The programme areas that these teams serve: those of which the rules may give them a type."""
        return frozenset(
            self.policy.types[request_type].programme
            for request_type, team in self.skills
            if team in teams
        )

    def teams_within(self, compartment: str) -> frozenset[str]:
        """The teams to which the rules give what lies in this compartment."""
        return frozenset(
            team
            for each in self.rules
            if each.rule.compartment == compartment
            for team in each.gives_to()
        )


def compile_policy(policy: Policy, *, version: int) -> CompiledPolicy:
    """The policy ready for use; some milliseconds, so once for each version."""
    office = policy.office
    clocks = {
        code: define(
            code,
            terms,
            zone=office.zone,
            office_calendar=office.office_calendar,
            calendar=office.counting_calendar,
            rungs=policy.rungs,
        )
        for code, terms in policy.clocks.items()
    }
    words = vocabulary(policy)
    rules = tuple(compile_rule(rule, policy, words) for rule in policy.routing)
    return CompiledPolicy(
        policy=policy,
        version=version,
        digest=digest_policy(policy),
        calendars=compile_calendars(policy.calendars, office.zone),
        clocks=clocks,
        rules=rules,
        type_clocks={
            code: tuple(
                CompiledTypeClock(
                    clocks[armed.clock],
                    compile_when(armed.when, words) if armed.when else None,
                    frozenset(armed.months),
                    armed.not_after,
                )
                for armed in kind.clocks
            )
            for code, kind in policy.types.items()
        },
        field_conditions={
            code: compile_when(field.when, words)
            for code, field in policy.fields.items()
            if field.when is not None
        },
        checks={
            (code, check.code): compile_when(check.when, words)
            for code, kind in policy.types.items()
            for check in kind.checklist
            if check.when is not None
        },
        capacities={team: capacity(policy, team) for team in policy.teams},
        skills=skills_taken(policy, rules),
    )
