"""Comparing a directory of staff with the policy and with who has left: what is to be recorded, and what proposed.

The directory register holds who is absent and who has left. Who is a member, of which teams and in which
roles stands in the policy, which a person publishes: so joiners and changes are proposals for it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, get_args

from api.channels.directories.files import Listed, Person
from ledger.policy.access import Role
from ledger.policy.document.policy import Member, Policy
from ledger.policy.routing.presence import Directory

_ROLES: frozenset[str] = frozenset(get_args(Role))


@dataclass(frozen=True, slots=True)
class Leaving:
    """A member who is to be recorded as having left."""

    member: str
    left_on: date
    successor: str | None


@dataclass(frozen=True, slots=True)
class Change:
    """What is proposed for the policy: of a new member everything, of another what differs."""

    member: str
    joins: bool
    fields: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Unsettled:
    """Somebody of whom nothing can be recorded or proposed, and why."""

    member: str
    why: str


@dataclass(frozen=True, slots=True)
class Compared:
    """What follows from a file."""

    leaving: tuple[Leaving, ...]
    changes: tuple[Change, ...]
    unsettled: tuple[Unsettled, ...]
    unchanged: int


def compared(listed: Listed, policy: Policy, directory: Directory, *, today: date) -> Compared:
    """Holds each person of a file against the policy and the directory; twice the same gives nothing twice."""
    found = [
        each
        for person in listed.people
        if (each := _difference(person, policy, directory, today=today)) is not None
    ]
    return Compared(
        tuple(each for each in found if isinstance(each, Leaving)),
        tuple(each for each in found if isinstance(each, Change)),
        tuple(each for each in found if isinstance(each, Unsettled)),
        len(listed.people) - len(found),
    )


def _difference(
    person: Person, policy: Policy, directory: Directory, *, today: date
) -> Leaving | Change | Unsettled | None:
    member = policy.members.get(person.code)
    if member is not None and member.kind == "machine":
        return Unsettled(person.code, "is a system in the policy, not a person")
    if not person.active:
        return None if member is None else _leaving(person, directory, today)
    if person.code in directory.leavers:
        return Unsettled(
            person.code,
            "has left: give whoever returns a code of their own",
        )
    return _joining(person, policy) if member is None else _changed(person, member, policy)


def _leaving(person: Person, directory: Directory, today: date) -> Leaving | None:
    known = directory.leavers.get(person.code)
    if known is None:
        return Leaving(person.code, person.left_on or today, person.successor)
    left_on, successor = person.left_on or known.left_on, person.successor or known.successor
    if (left_on, successor) == (known.left_on, known.successor):
        return None
    return Leaving(person.code, left_on, successor)


def _joining(person: Person, policy: Policy) -> Change | Unsettled:
    teams = _known(person.groups, policy.teams)
    if not teams:
        return Unsettled(person.code, "joins, and no group of theirs is a team of the policy")
    fields: dict[str, Any] = {"name": person.name} if person.name else {}
    fields["teams"] = teams
    if roles := _known(person.roles, _ROLES):
        fields["roles"] = roles
    if person.language in policy.office.languages:
        fields["languages"] = (person.language,)
    return Change(person.code, joins=True, fields=fields)


def _changed(person: Person, member: Member, policy: Policy) -> Change | None:
    fields: dict[str, Any] = {}
    for name, said, stands in (
        ("teams", _known(person.groups, policy.teams), member.teams),
        ("roles", _known(person.roles, _ROLES), member.roles),
    ):
        if said and {*said} != {*stands}:
            # The first team is where their capacity counts: it stays first while it is theirs.
            fields[name] = (*(each for each in stands if each in said), *_but(said, stands))
    return Change(person.code, joins=False, fields=fields) if fields else None


def _known(said: Iterable[str] | None, codes: Collection[str]) -> tuple[str, ...]:
    return tuple(each for each in said or () if each in codes)


def _but(said: Iterable[str], stands: Collection[str]) -> tuple[str, ...]:
    return tuple(each for each in said if each not in stands)
