"""Roles: what each member of the policy may act as."""

from __future__ import annotations

from typing import get_args

from ledger.entry import Actor
from ledger.errors import NotAuthorised
from ledger.policy.access import Role
from ledger.policy.document.policy import Policy


def roles_of(policy: Policy, actor: Actor) -> tuple[str, ...]:
    """The roles that somebody may act in, the one they say first; none if it is not theirs, or they are nobody here.

    Leading a team makes dispatcher and supervisor, the office's director director.
    """
    if actor.kind == "machine":
        return ("machine",)
    member = policy.members.get(actor.id)
    if member is None or member.kind == "machine":
        return ()
    leads = any(team.leader == actor.id for team in policy.teams.values())
    held = (
        *member.roles,
        *(("dispatcher", "supervisor") if leads else ()),
        *(("director",) if policy.office.director == actor.id else ()),
    )
    said = actor.role
    if said in held:
        return (said, *(role for role in held if role != said))
    return () if said in _SPECIAL else held


def refuse_without(role: Role, policy: Policy, actor: Actor, *, to: str) -> None:
    """NotAuthorised unless somebody acts who holds a role, as no machine does; `to` says what for."""
    if role not in roles_of(policy, actor):
        raise NotAuthorised(
            f"Only somebody with the role '{role}' may {to}: let such a member act, or name them under "
            "`roles` in the policy."
        )


_OF_CASEWORK = frozenset({"intake", "caseworker", "dispatcher", "supervisor"})
_SPECIAL = frozenset(get_args(Role)) - _OF_CASEWORK
"""Roles that nobody takes by saying so."""
