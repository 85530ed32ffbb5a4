"""Users: the people of an office as SCIM names them, out of the policy in force, who has left, and who is proposed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, TypeAlias

from api.channels.directories.files import LEAVING
from ledger.policy.document.policy import Policy
from ledger.policy.routing.presence import Directory

USER = "urn:ietf:params:scim:schemas:core:2.0:User"
STANDING = LEAVING
"""The extension that says how somebody stands; of whoever leaves, when and who takes over."""
LISTED_AT_MOST = 1_000
_OF_USERS = f"{USER}:".lower()

Stands: TypeAlias = Literal["member", "left", "proposed", "withdrawn"]


@dataclass(frozen=True, slots=True)
class User:
    """Somebody by their code: whether they are there, or would be once a person publishes them."""

    code: str
    standing: Stands
    teams: tuple[str, ...]
    roles: tuple[str, ...]
    left_on: date | None = None
    successor: str | None = None
    named_elsewhere: str | None = None
    """The pseudonym of the id that the identity system has for them."""

    @property
    def active(self) -> bool:
        return self.standing in ("member", "proposed")


def users(policy: Policy, directory: Directory, *, today: date) -> dict[str, User]:
    """Everybody by their code: the people of the policy, and whoever is proposed and not in it yet.

    Of whom the identity system deleted its record it is told no more (RFC 7644, section 3.6).
    """
    found = {
        code: User(
            code,
            "left" if directory.gone(code, today) else "member",
            member.teams,
            member.roles,
            leaver.left_on if (leaver := directory.leavers.get(code)) else None,
            leaver.successor if leaver else None,
            directory.named_elsewhere.get(code),
        )
        for code, member in policy.members.items()
        if member.kind == "person" and code not in directory.unlisted
    }
    for code, each in directory.proposals.items():
        if code not in policy.members and code not in directory.unlisted:
            standing: Literal["proposed", "withdrawn"] = "proposed" if each.active else "withdrawn"
            named = directory.named_elsewhere.get(code)
            found[code] = User(code, standing, each.teams, each.roles, named_elsewhere=named)
    return dict(sorted(found.items()))


def resource(user: User, *, base: str) -> dict[str, Any]:
    """A user as SCIM shows them; neither names nor ids of elsewhere are kept here as they are, so none is shown."""
    stands: dict[str, Any] = {"standing": user.standing}
    if user.left_on is not None:
        stands["leftOn"] = user.left_on.isoformat()
    if user.successor is not None:
        stands["successor"] = user.successor
    return {
        "schemas": [USER, STANDING],
        "id": user.code,
        "userName": user.code,
        "active": user.active,
        "groups": [{"value": each} for each in user.teams],
        "roles": [{"value": each} for each in user.roles],
        STANDING: stands,
        "meta": {"resourceType": "User", "location": f"{base}/Users/{user.code}"},
    }


def chosen(said: Mapping[str, Any], names: str | None, without: str | None) -> dict[str, Any]:
    """A resource with the attributes that are asked for; its id and schemas are always there."""

    def named(text: str | None) -> frozenset[str]:
        parts = (by_its_own_name(each) for each in (text or "").split(","))
        return frozenset(
            (each if each.startswith("urn:") else each.partition(".")[0]).lower() for each in parts
        )

    kept, left = named(names), named(without)
    return {
        name: value
        for name, value in said.items()
        if name in ("id", "schemas")
        or (name.lower() in kept if names else name.lower() not in left)
    }


def attributes(said: Mapping[str, Any]) -> dict[str, Any]:
    """What is said of a user without the schema of users, which may be said before each name or around them all."""
    found = dict[str, Any]()
    for name, value in said.items():
        if isinstance(value, Mapping) and name.strip().lower() == USER.lower():
            found |= attributes(value)
        else:
            found[by_its_own_name(name)] = value
    return found


def by_its_own_name(said: str) -> str:
    """An attribute without the schema of users, which may be said before it (RFC 7644, section 3.10)."""
    said = said.strip()
    return said[len(_OF_USERS) :] if said.lower().startswith(_OF_USERS) else said
