"""Authority: who may decide what, by which published delegation, from when until when, and up to what amount. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from ledger.input.quoting import known_codes, quoted
from ledger.policy.document.decisions import Delegation
from ledger.policy.document.policy import Policy
from ledger.policy.telling.days import day_said
from ledger.policy.telling.money import amount

DECIDED_OUTCOMES = frozenset({"granted", "part", "refused"})
"""The outcomes that answer a request, which a decision comes before where the policy does not say otherwise."""


@dataclass(frozen=True, slots=True)
class Exercise:
    """What somebody is about to decide: which type, how, worth how much, when, for which team, in whose stead."""

    request_type: str
    outcome: str | None
    """None where the outcome is not one of a request, such as that of a review."""
    on: date
    member: str
    team: str | None
    on_behalf_of: str | None
    amount_cents: int | None = None


def why_not(policy: Policy, code: str, asked: Exercise) -> str | None:
    """The sentence that says why a delegation does not carry this decision and what to do; None if it does.

    Whoever stands in for a holder exercises the holder's delegation, and shares a team with them.
    """
    found = policy.delegations.get(code)
    if found is None:
        known = ", ".join(sorted(policy.delegations)) or "none"
        return f"{quoted(code)} is not a delegation of the policy in force: cite one that is, it has {known}."
    if not found.valid_on(asked.on):
        return f"The delegation {code} {_lapsed(found, asked.on)}: cite one that is valid on {day_said(asked.on)}."
    if not found.is_for(asked.request_type):
        return (
            f"The delegation {code} is for {', '.join(found.types)} and not for {asked.request_type}: "
            "cite one for this type."
        )
    if found.outcomes and asked.outcome is not None and asked.outcome not in found.outcomes:
        return (
            f"Under the delegation {code} a case is decided as {', '.join(found.outcomes)} and not as "
            f"{quoted(asked.outcome, otherwise='that')}: let somebody decide who may."
        )
    return _not_held(policy, code, found, asked) or _over(
        code, found, asked, currency=policy.office.currency
    )


def holders(policy: Policy, found: Delegation) -> Iterator[str]:
    """The people who hold a delegation in their own right, by code."""
    leaders = {team.leader for team in policy.teams.values()}
    for code, member in policy.members.items():
        by_role = ("leader" in found.roles and code in leaders) or (
            "director" in found.roles and code == policy.office.director
        )
        by_skill = not {*found.skills}.isdisjoint(member.skills)
        if member.kind == "person" and (code in found.members or by_role or by_skill):
            yield code


def delegated_on(policy: Policy, request_type: str, day: date) -> tuple[str, ...]:
    """The delegations under which somebody can decide cases of a type on a local date."""
    return tuple(
        code
        for code, each in policy.delegations.items()
        if each.valid_on(day) and each.is_for(request_type) and any(holders(policy, each))
    )


def only_one(policy: Policy, asked: Exercise) -> str | None:
    """The delegation for this that is meant where none is cited: the only one that is theirs, or the absent one's."""
    held = _held(policy, asked)
    return held[0] if len(held) == 1 else None


def _held(policy: Policy, asked: Exercise) -> list[str]:
    """The delegations for a type on that day which whoever decides holds, or whoever they stand in for."""
    who = asked.on_behalf_of or asked.member
    valid = delegated_on(policy, asked.request_type, asked.on)
    return [code for code in valid if _holds(policy, policy.delegations[code], who, asked.team)]


def undelegated(policy: Policy, asked: Exercise) -> str:
    """The sentence for whoever cites no delegation where one is needed: which they hold, or else who holds one."""
    who = asked.on_behalf_of or asked.member
    needs = f"A decision of type {asked.request_type} needs delegated authority"
    if held := _held(policy, asked):
        return f"{needs}: name the delegation you act under; {who} holds {', '.join(held)}."
    valid = delegated_on(policy, asked.request_type, asked.on)
    others = {each for code in valid for each in holders(policy, policy.delegations[code])}
    if not others:
        return f"{needs}, and nobody holds any on {day_said(asked.on)}: let the director delegate it first."
    return (
        f"{needs}, and {who} holds none for it: let a holder decide, or say for which holder you stand in "
        f"({known_codes(who, others)})."
    )


def is_decided(policy: Policy, outcome: str) -> bool:
    """Whether an outcome answers the request, so that a decision comes before it."""
    found = policy.reasons.close.get(outcome)
    if found is None or found.decides is None:
        return outcome in DECIDED_OUTCOMES
    return found.decides


def _lapsed(found: Delegation, day: date) -> str:
    if day < found.begins_on:
        return f"begins on {day_said(found.begins_on)}"
    assert found.ends_on is not None
    return f"lapsed on {day_said(found.ends_on)}"


def _not_held(policy: Policy, code: str, found: Delegation, asked: Exercise) -> str | None:
    if _holds(policy, found, asked.member, asked.team):
        return None
    absent = asked.on_behalf_of
    if absent is None:
        return (
            f"{asked.member} does not hold the delegation {code}: let a holder decide, or say for "
            "which holder you stand in."
        )
    if not _holds(policy, found, absent, asked.team):
        return f"{absent}, for whom {asked.member} stands in, does not hold the delegation {code}: let a holder decide."
    theirs, own = policy.members.get(absent), policy.members.get(asked.member)
    if theirs is None or own is None or {*theirs.teams}.isdisjoint(own.teams):
        return (
            f"{asked.member} is in no team of {absent} and cannot stand in under the delegation {code}: "
            "let a holder decide."
        )
    return None


def _holds(policy: Policy, found: Delegation, member: str, team: str | None) -> bool:
    if member not in holders(policy, found):
        return False
    if member in found.members or not {*found.skills}.isdisjoint(policy.members[member].skills):
        return True
    if "director" in found.roles and member == policy.office.director:
        return True
    acted_for = policy.teams.get(team or "")
    return acted_for is not None and acted_for.leader == member


def _over(code: str, found: Delegation, asked: Exercise, *, currency: str | None) -> str | None:
    limit = found.limit_cents
    if limit is None:
        return None
    if asked.amount_cents is None:
        return (
            f"The delegation {code} has a limit of {amount(limit, currency)}: say what the decision is worth, "
            "0 if nothing."
        )
    if asked.amount_cents > limit:
        return (
            f"The decision is worth {amount(asked.amount_cents, currency)} and the delegation {code} ends at "
            f"{amount(limit, currency)}: let somebody decide who may."
        )
    return None
