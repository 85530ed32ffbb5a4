"""Dispatching: who may set the work of a team, besides each for themselves."""

from __future__ import annotations

from ledger.policy.document.policy import Policy

_DISPATCHING = frozenset({"dispatcher", "team_leader", "supervisor", "director"})


def dispatches(policy: Policy, team: str, *, member: str, role: str | None) -> bool:
    """Whether somebody may: in one of the roles, as the leader of the team, or as the director."""
    found = policy.teams.get(team)
    leads = found is not None and member in (found.leader, policy.office.director)
    return leads or role in _DISPATCHING
