"""What a sound policy could do better: short horizons, thin teams, types without a clock, missing French."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, TypeAlias, cast

from pydantic import BaseModel

from ledger.policy.authority import delegated_on, holders
from ledger.policy.day_laying import months_after
from ledger.policy.document import Policy
from ledger.policy.locating import KeyPath, dotted, line_of, lines_of
from ledger.policy.problems import Problem
from ledger.policy.templates import doubtful_templates
from ledger.policy.values import Labelled, Words

HORIZON_MONTHS = 24

Finding: TypeAlias = tuple[KeyPath, str]


def check(policy: Policy, today: date, *, text: str = "") -> list[Problem]:
    """Every finding, in the order of the document; with lines if its text is given."""
    lines = lines_of(text) if text else {}
    findings = (
        *_horizons(policy, today),
        *_thin_teams(policy),
        *_types(policy),
        *_delegations(policy, today),
        *doubtful_templates(policy),
        *_fields(policy),
        *_rules(policy),
        *_missing_french(policy),
    )
    problems = [
        Problem(line_of(path, lines), dotted(path), f"{dotted(path)} {said}.")
        for path, said in findings
    ]
    return sorted(problems, key=lambda each: (each.line, each.key))


def _horizons(policy: Policy, today: date) -> Iterator[Finding]:
    needed = months_after(today, HORIZON_MONTHS)
    for code, terms in policy.calendars.items():
        if terms.ends_on < needed:
            yield (
                ("calendars", code, "ends_on"),
                f"is less than {HORIZON_MONTHS} months ahead: publish it to {needed} or later",
            )


def _thin_teams(policy: Policy) -> Iterator[Finding]:
    for code, team in policy.teams.items():
        if team.few_by_design:
            continue
        people = [
            member
            for member in policy.members.values()
            if code in member.teams and member.kind == "person"
        ]
        if len(people) < 2:
            yield ("teams", code), f"has {len(people)} person(s): nobody can stand in"
            continue
        for skill in team.skills:
            able = sum(
                skill in member.skills or (skill == "fr" and "fr" in member.languages)
                for member in people
            )
            if able < 2:
                yield (
                    ("teams", code, "skills"),
                    f"has {able} for the skill '{skill}': add one, or say few_by_design = true",
                )


def _types(policy: Policy) -> Iterator[Finding]:
    for code, kind in policy.types.items():
        path: KeyPath = ("types", code)
        if not any(
            policy.clocks[armed.clock].sense == "deadline" and not policy.clocks[armed.clock].shadow
            for armed in kind.clocks
        ):
            yield path, "arms no clock with a deadline: nobody is promised anything"
        if policy.retention and kind.retention is None:
            yield path, "has no retention class: nobody can say when its records may go"


def _delegations(policy: Policy, today: date) -> Iterator[Finding]:
    for code, kind in policy.types.items():
        if kind.judgement and not delegated_on(policy, code, today):
            yield (
                ("types", code, "judgement"),
                f"needs delegated authority, and nobody holds one for it that is valid on {today}",
            )
    for code, each in policy.delegations.items():
        if not any(holders(policy, each)):
            yield ("delegations", code), "is held by no person of the policy"


def _fields(policy: Policy) -> Iterator[Finding]:
    asked = {*policy.office.asks}
    for kind in policy.types.values():
        asked |= {
            *kind.required,
            *kind.optional,
            *(code for group in kind.one_of for code in group),
        }
    for code, field in policy.fields.items():
        if code not in asked:
            yield ("fields", code), "is asked by no request type"
        if field.help is None:
            yield ("fields", code), "has no help for whoever is asked"
        if field.why is None:
            yield ("fields", code), "does not say why it is asked"


def _rules(policy: Policy) -> Iterator[Finding]:
    default = len(policy.routing) - 1
    if policy.routing[default].alarm_above_percent is None:
        yield (
            ("routing", default),
            "is the default and has no alarm_above_percent: nobody hears when it is used too much",
        )
    routed = {code for rule in policy.routing for code in (rule.team, *rule.teams) if code}
    patterns = [code for code in routed if "{region}" in code]
    routed |= {each.replace("{region}", code) for each in patterns for code in policy.regions}
    routed |= {code for rule in policy.routing if rule.overflow for code in rule.overflow.to}
    routed |= {rule.confirm.team for rule in policy.routing if rule.confirm}
    by_skill = {rule.skill for rule in policy.routing if rule.skill and not rule.teams}
    for code, team in policy.teams.items():
        if code not in routed and not by_skill & {*team.skills}:
            yield ("teams", code), "is reached by no routing rule"


def _missing_french(policy: Policy) -> Iterator[Finding]:
    if "fr" not in policy.office.languages:
        return
    for path, said in _words(policy, ()):
        if not said.fr:
            yield path, "has no French"


def _words(value: Any, path: KeyPath) -> Iterator[tuple[KeyPath, Words | Labelled]]:
    if isinstance(value, Words | Labelled):
        yield path, value
    if isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _words(getattr(value, name), (*path, name))
    elif isinstance(value, Mapping):
        for key, each in cast("Mapping[str, Any]", value).items():
            yield from _words(each, (*path, key))
    elif isinstance(value, tuple):
        for index, each in enumerate(cast("tuple[Any, ...]", value)):
            yield from _words(each, (*path, index))
