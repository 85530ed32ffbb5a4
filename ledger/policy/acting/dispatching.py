"""Dispatching: who may set the work of a team, besides each for themselves."""

from __future__ import annotations

from collections.abc import Collection

from ledger.policy.document.policy import Policy

DISPATCHING = frozenset({"dispatcher", "team_leader", "supervisor", "director"})
"""Who gives out work, by the role that they act in."""


def dispatches(policy: Policy, team: str, *, places: Collection[str], role: str | None) -> bool:
    """Whether somebody may who has the places of these members: in one of the roles, as its leader, or the director."""
    found = policy.teams.get(team)
    leads = found is not None and not {found.leader, policy.office.director}.isdisjoint(places)
    return leads or role in DISPATCHING
