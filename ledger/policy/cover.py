"""Cover: to which teams the rules may give a request type, who of them can do it, and who of those is there.

Skill cover is figure 5.12 of the formulas: the types with fewer than two eligible present people.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from ledger.policy.compiled import CompiledPolicy, CompiledRule
from ledger.policy.conditions import When, judged
from ledger.policy.document import Member, Policy
from ledger.policy.presence import Directory

ENOUGH = 2
"""Fewer than two present people for a type are too few: one absence more, and nobody can do it."""


@dataclass(frozen=True, slots=True)
class Cover:
    """Who can do a type in a team to which the rules may give it: those eligible, and those of them who are there."""

    request_type: str
    team: str
    skill: str | None
    eligible: tuple[str, ...]
    present: tuple[str, ...]

    @property
    def thin(self) -> bool:
        return len(self.present) < ENOUGH


def has_skill(member: Member, skill: str) -> bool:
    """Whether a member has a skill; that of a language is had by whoever speaks it."""
    return skill in member.skills or skill in member.languages


def eligible(policy: Policy, team: str, *, skill: str | None = None) -> tuple[str, ...]:
    """The people of a team who have a skill, by code; all of its people if none is asked for."""
    return tuple(
        code
        for code, member in sorted(policy.members.items())
        if team in member.teams
        and member.kind == "person"
        and (skill is None or has_skill(member, skill))
    )


def eligible_present(
    policy: Policy, directory: Directory, team: str, *, on: date, skill: str | None = None
) -> tuple[str, ...]:
    """The people of a team who have a skill and are there on a date, by code."""
    return tuple(
        code for code in eligible(policy, team, skill=skill) if directory.present(code, on)
    )


def skill_asked(compiled: CompiledPolicy, request_type: str | None, team: str) -> str | None:
    """The skill that the rules ask of a team for a request type; None if they ask for none."""
    if request_type is None:
        return None
    found = {skill for where, skill in taken_by(compiled, request_type) if where == team}
    return None if None in found or not found else min(each for each in found if each)


def taken_by(compiled: CompiledPolicy, request_type: str) -> list[tuple[str, str | None]]:
    """The teams to which the rules may give a type, each with the skill that the rule asks for, in their order.

    A rule counts whatever the region, language or answers of a case; those after one that holds for
    every case of the type do not.
    """
    policy, found = compiled.policy, dict[tuple[str, str | None], None]()
    for rule in compiled.rules:
        verdict = _of_type(rule.rule.when, policy, request_type)
        if verdict is False:
            continue
        found |= {(team, rule.rule.skill): None for team in _teams(rule)}
        if verdict and rule.confirm is None:
            break
    return list(found)


def cover(compiled: CompiledPolicy, directory: Directory, *, on: date) -> tuple[Cover, ...]:
    """For each type and team that may get it, who can do it and is there on a date, in the order of the policy."""
    return tuple(
        Cover(
            request_type,
            team,
            skill,
            eligible(compiled.policy, team, skill=skill),
            eligible_present(compiled.policy, directory, team, on=on, skill=skill),
        )
        for request_type in compiled.policy.types
        for team, skill in taken_by(compiled, request_type)
    )


def _teams(rule: CompiledRule) -> Iterator[str]:
    if rule.by_region is not None:
        yield from dict.fromkeys(rule.by_region.values())
    yield from rule.teams
    if rule.rule.overflow is not None:
        yield from rule.rule.overflow.to


def _asked_of(policy: Policy, request_type: str) -> frozenset[str]:
    """The fields that a type asks for, needed or not."""
    kind = policy.types[request_type]
    groups = (policy.office.asks, kind.required, kind.optional, *kind.one_of)
    return frozenset(field for group in groups for field in group)


def _of_type(when: When, policy: Policy, request_type: str) -> bool | None:
    """Whether a condition holds for every case of a type (True), for none (False), or for some."""
    programme = policy.types[request_type].programme
    if any(
        condition.present is None and field not in _asked_of(policy, request_type)
        for field, condition in when.answers.items()
    ):
        return False
    surely = not (when.flags or when.answers or when.region or when.channel or when.family)
    surely = surely and not (when.language or when.severity)
    for condition, value in ((when.type, request_type), (when.programme, programme)):
        if condition is not None and judged(condition, "text")(value) is not True:
            return False
    if when.any:
        branches = [_of_type(each, policy, request_type) for each in when.any]
        if all(branch is False for branch in branches):
            return False
        surely = surely and True in branches
    return True if surely else None
