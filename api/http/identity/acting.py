"""Acting: as whom a member asks, for which team, in whose stead and under which delegation, if they may."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from api.http.identity.principals import Barred, Claim, Principal
from ledger.entry import Actor
from ledger.errors import InvalidCommand
from ledger.policy.acting.on_behalf import bar
from ledger.policy.acting.roles import roles_of
from ledger.policy.document.policy import Policy
from ledger.policy.in_force import PolicyVersion
from ledger.policy.routing.presence import Directory

_BY_PLACE = frozenset({"dispatcher", "supervisor", "director"})
"""Roles that come with a place in the office, and so to whoever stands in there.

Whoever acts for the director under a delegation has what that delegates, which is to decide, and not the place: by a
delegation for licences they would see every case of the house.
"""


@dataclass(frozen=True, slots=True)
class Today:
    """The office on a local date: the policy in force and who is there."""

    version: PolicyVersion
    directory: Directory
    on: date

    @property
    def policy(self) -> Policy:
        return self.version.policy


def principal_of(claim: Claim, headers: Mapping[str, str], today: Today) -> Principal:
    """Whoever a token stands for, acting as the headers say; Barred if they may not ask so."""
    actor = _under(_member(claim, today), headers.get("acting-delegation"), today)
    actor = _in_stead_of(headers.get("on-behalf-of"), actor, today)
    teams = _teams(actor, today)
    actor = _for_team(headers.get("acting-team"), actor, today, teams)
    held = _held(actor, today)
    if role := headers.get("acting-role"):
        if role not in held:
            raise Barred(
                f"{actor.id} does not hold that role: leave Acting-Role out.",
                actor=actor,
                ground="role-not-held",
            )
        actor = replace(actor, role=role)
        held = (role, *(each for each in held if each != role))
    areas = today.version.compiled.areas_of(teams)
    inquiry = _inquiry(headers.get("inquiry"))
    place = _whose_place(actor, today)
    return Principal(actor, held, teams, claim.scopes, inquiry, areas, place)


def _member(claim: Claim, today: Today) -> Actor:
    member = today.policy.members[claim.member]
    actor = Actor(member.kind, claim.member, team=member.teams[0], version=member.version)
    return _unbarred(actor, today)


def _unbarred(actor: Actor, today: Today) -> Actor:
    found = bar(today.policy, today.directory, actor, on=today.on)
    if found is not None:
        raise Barred(found.sentence, actor=actor, ground=found.ground)
    return actor


def _under(actor: Actor, delegation: str | None, today: Today) -> Actor:
    if not delegation:
        return actor
    if delegation not in today.policy.delegations:
        known = ", ".join(sorted(today.policy.delegations)) or "none"
        raise InvalidCommand(
            f"Acting-Delegation: not a delegation of the policy in force; it has {known}."
        )
    return replace(actor, delegation=delegation)


def _in_stead_of(whom: str | None, actor: Actor, today: Today) -> Actor:
    if not whom:
        return actor
    if whom not in today.policy.members:
        raise InvalidCommand("On-Behalf-Of: not a member of the policy in force.")
    return _unbarred(replace(actor, on_behalf_of=whom), today)


def _whose_place(actor: Actor, today: Today) -> str | None:
    """The member who is not there and in whose place this one stands."""
    whom = actor.on_behalf_of
    if whom is None or today.directory.stand_in(whom, today.on) != actor.id:
        return None
    return whom


def _teams(actor: Actor, today: Today) -> frozenset[str]:
    members = today.policy.members
    stood_for = members.get(_whose_place(actor, today) or "")
    return frozenset((*members[actor.id].teams, *(stood_for.teams if stood_for else ())))


def _for_team(team: str | None, actor: Actor, today: Today, teams: frozenset[str]) -> Actor:
    if not team:
        return actor
    if team not in today.policy.teams:
        raise InvalidCommand("Acting-Team: not a team of the policy in force.")
    if team not in teams:
        raise Barred(
            f"{actor.id} is not of the team {team}: act for one of {', '.join(sorted(teams))}.",
            actor=actor,
            ground="not-of-that-team",
        )
    return replace(actor, team=team)


def _held(actor: Actor, today: Today) -> tuple[str, ...]:
    """The roles of a member, and those that come with the place of whom they stand in for."""
    if actor.kind == "machine":
        return ("integrator",)
    held = roles_of(today.policy, actor)
    if (whom := _whose_place(actor, today)) is not None:
        theirs = roles_of(today.policy, Actor("person", whom))
        held = (*held, *(each for each in theirs if each in _BY_PLACE))
    return tuple(dict.fromkeys(held))


def _inquiry(said: str | None) -> UUID | None:
    try:
        return UUID(said) if said else None
    except ValueError as error:
        raise InvalidCommand("Inquiry: not a UUID.") from error
