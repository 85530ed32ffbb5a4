"""Taking: to which teams the rules may give a request type, and which skills it takes there.

The one place that says so: pulling, standing in, cover and the alarm of a queue that nobody may take from
all ask it. A type takes the skills of its pull terms in a team that is there for them, and in a team to
which a rule gives it for a skill that one too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ledger.policy.compiled.rules import CompiledRule
from ledger.policy.document.conditions import When, judged
from ledger.policy.document.policy import Member, Policy


def has_skill(member: Member, skill: str) -> bool:
    """Whether a member has a skill; that of a language is had by whoever speaks it."""
    return skill in member.skills or skill in member.languages


def taken_by(
    policy: Policy, rules: Sequence[CompiledRule], request_type: str
) -> list[tuple[str, tuple[str, ...]]]:
    """The teams to which the rules may give a type, each with the skills that it then takes, in their order.

    A rule counts whatever the region, language or answers of a case; those after one that holds for
    every case of the type do not.
    """
    terms = policy.pull.types.get(request_type) if policy.pull is not None else None
    own = terms.skills if terms is not None else ()
    found = dict[tuple[str, tuple[str, ...]], None]()
    for rule in rules:
        verdict = _of_type(rule.rule.when, policy, request_type)
        if verdict is False:
            continue
        by_rule = (rule.rule.skill,) if rule.rule.skill else ()
        for team in rule.gives_to():
            asked = own if _is_for(policy, team, own) else ()
            found[team, tuple(dict.fromkeys((*asked, *by_rule)))] = None
        if verdict and rule.confirm is None:
            break
    return list(found)


def _is_for(policy: Policy, team: str, skills: Sequence[str]) -> bool:
    """Whether a team is there for these skills; one that is not, such as the default's, sorts what it is given."""
    there_for = policy.teams[team].skills
    return not there_for or not {*there_for}.isdisjoint(skills)


def skills_taken(
    policy: Policy, rules: Sequence[CompiledRule]
) -> Mapping[tuple[str, str], tuple[str, ...]]:
    """By type and team the skills that every case of the type takes there, whatever rule gave it."""
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for request_type in policy.types:
        for team, skills in taken_by(policy, rules, request_type):
            before = found.get((request_type, team), skills)
            found[request_type, team] = tuple(each for each in before if each in skills)
    return found


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
    surely = surely and not (when.language or when.interview_language or when.severity)
    for condition, value in ((when.type, request_type), (when.programme, programme)):
        if condition is not None and judged(condition, "text")(value) is not True:
            return False
    if when.any:
        branches = [_of_type(each, policy, request_type) for each in when.any]
        if all(branch is False for branch in branches):
            return False
        surely = surely and True in branches
    return True if surely else None
