"""Cover: to which teams the rules may give a request type, who of them can do it, and who of those is there.

Skill cover is figure 5.12 of the formulas: the types with fewer than two eligible present people.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from ledger.policy.compiled.policy import CompiledPolicy
from ledger.policy.compiled.taking import has_skill, taken_by
from ledger.policy.document.policy import Policy
from ledger.policy.routing.presence import Directory

ENOUGH = 2
"""Fewer than two present people for a type are too few: one absence more, and nobody can do it."""


@dataclass(frozen=True, slots=True)
class Cover:
    """Who can do a type in a team to which the rules may give it: those eligible, and those of them who are there."""

    request_type: str
    team: str
    skills: tuple[str, ...]
    eligible: tuple[str, ...]
    present: tuple[str, ...]

    @property
    def thin(self) -> bool:
        return len(self.present) < ENOUGH


def eligible(policy: Policy, team: str, *, skills: Collection[str] = ()) -> tuple[str, ...]:
    """The people of a team who have these skills, by code; all of its people if none is asked for."""
    return tuple(
        code
        for code, member in sorted(policy.members.items())
        if team in member.teams
        and member.kind == "person"
        and all(has_skill(member, skill) for skill in skills)
    )


def eligible_present(
    policy: Policy, directory: Directory, team: str, *, on: date, skills: Collection[str] = ()
) -> tuple[str, ...]:
    """The people of a team who have these skills and are there on a date, by code."""
    return tuple(
        code for code in eligible(policy, team, skills=skills) if directory.present(code, on)
    )


def cover(compiled: CompiledPolicy, directory: Directory, *, on: date) -> tuple[Cover, ...]:
    """For each type and team that may get it, who can do it and is there on a date, in the order of the policy."""
    return tuple(
        Cover(
            request_type,
            team,
            skills,
            eligible(compiled.policy, team, skills=skills),
            eligible_present(compiled.policy, directory, team, on=on, skills=skills),
        )
        for request_type in compiled.policy.types
        for team, skills in taken_by(compiled.policy, compiled.rules, request_type)
    )
