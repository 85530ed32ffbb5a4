"""Settling: what is asked of the directory where the identity system says how somebody stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, get_args
from uuid import UUID

import orjson
from pydantic import ValidationError

from api.channels.directories import Leaving, Listed, Person, compared, read_directory
from api.channels.directories.files import WORK
from api.http.scim.errors import ScimProblem
from api.http.scim.users import STANDING, User, attributes
from ledger.policy.access import Role
from ledger.policy.document.policy import Policy
from ledger.policy.routing.presence import Directory
from ledger.registers.directory import RecordLeaver
from ledger.registers.integrations.provisioned import DirectoryCommand, NameElsewhere, ProposeMember

_RETURNS = "Whoever has left does not return: give them a new userName, since history goes on naming the old one."
_CODE = (
    "userName is the code of a member: at most 64 letters, digits, '-', '_' and '.', the first a letter or a digit; "
    "have the identity system send that, and no address."
)

_NO_TEAM = "A group that was sent is no team of the policy: send the codes of teams alone, or leave groups out."
_NO_ROLE = "A role that was sent is none of this service: send the codes of roles alone, or leave roles out."
_KEPT = frozenset({"username", "active", "groups", "roles", STANDING.lower(), WORK.lower()})
EXTERNAL_ID_AT_MOST = 200
_EXTERNAL = re.compile(rf'[^"\\]{{1,{EXTERNAL_ID_AT_MOST}}}')


@dataclass(frozen=True, slots=True)
class Office:
    """What somebody is held against."""

    directory_id: UUID
    policy: Policy
    directory: Directory
    today: date


def person_of(said: Mapping[str, Any], office: Office, *, user: User | None = None) -> Person:
    """The person that a user's attributes tell of; of one who is known what is not said stays as it is.

    What is not kept here is not looked at: nobody stays for the sake of it. Nor is a department that is no team's code.
    """
    known = {name: value for name, value in _by_name(said).items() if name in _KEPT}
    if _department(known) not in office.policy.teams:
        known.pop(WORK.lower(), None)
    code = known.get("username") if user is None else known.get("username", user.code)
    if not isinstance(code, str) or not code:
        raise ScimProblem(
            "malformed-request", "Give userName: the code of a member.", "invalidValue"
        )
    if user is not None:
        if code != user.code:
            raise ScimProblem(
                "malformed-request",
                "A userName never changes: create somebody new under another.",
                "mutability",
            )
        known = {"active": user.active, **known, "username": code}
    listed = read_directory(orjson.dumps([known]), file="The body", code_in="userName")
    if listed.set_aside:
        ((_, why),) = listed.set_aside
        raise ScimProblem("malformed-request", f"This user {why}.", "invalidValue")
    return listed.people[0]


def _department(known: Mapping[str, Any]) -> str | None:
    """What is said of their work in the words of the office where they are, if it is a text."""
    work = known.get(WORK.lower())
    said = (
        {str(name).lower(): each for name, each in work.items()}
        if isinstance(work, Mapping)
        else {}
    )
    department = said.get("department")
    return department if isinstance(department, str) else None


def asked_of(person: Person, office: Office, *, user: User | None) -> DirectoryCommand | None:
    """What is recorded; None where it is so already.

    Groups and roles that are not known here are refused of whoever joins or stays. Whoever leaves leaves all the same.
    """
    if user is not None and user.standing == "left" and person.active:
        raise ScimProblem("malformed-request", _RETURNS, "mutability")
    if person.active:
        _refuse_unknown(person, office, user)
    member = office.policy.members.get(person.code)
    if member is None:
        return _proposing(person, office)
    found = compared(Listed((person,), ()), office.policy, office.directory, today=office.today)
    match [*found.leaving, *found.changes, *found.unsettled]:
        case [Leaving() as leaving]:
            return RecordLeaver(
                directory_id=office.directory_id,
                member=leaving.member,
                left_on=leaving.left_on,
                successor=leaving.successor,
            )
        case [_]:
            return _proposing(person, office)
        case _:
            return None


def naming_of(
    said: Mapping[str, Any], member: str, office: Office, *, pseudonym: Callable[[str], str]
) -> NameElsewhere | None:
    """What is recorded of the id that the identity system has for somebody; None where it says nothing of it."""
    known = _by_name(said)
    if "externalid" not in known:
        return None
    given = known["externalid"]
    if given is not None and not (isinstance(given, str) and _EXTERNAL.fullmatch(given)):
        raise ScimProblem(
            "malformed-request",
            f"externalId is a text of 1 to {EXTERNAL_ID_AT_MOST} characters, without quotes and backslashes.",
            "invalidValue",
        )
    named = None if given is None else pseudonym(given)
    return NameElsewhere(directory_id=office.directory_id, member=member, pseudonym=named)


def _by_name(said: Mapping[str, Any]) -> dict[str, Any]:
    return {name.lower(): value for name, value in attributes(said).items()}


def _refuse_unknown(person: Person, office: Office, user: User | None) -> None:
    teams, roles = (user.teams, user.roles) if user is not None else ((), ())
    if {*(person.groups or ())} - office.policy.teams.keys() - {*teams}:
        raise ScimProblem("malformed-request", _NO_TEAM, "invalidValue")
    if {*(person.roles or ())} - {*get_args(Role), *roles}:
        raise ScimProblem("malformed-request", _NO_ROLE, "invalidValue")


def _proposing(person: Person, office: Office) -> ProposeMember:
    teams, roles = person.groups or (), person.roles or ()
    try:
        return ProposeMember(
            directory_id=office.directory_id,
            member=person.code,
            active=person.active,
            teams=tuple(each for each in teams if each in office.policy.teams),
            roles=tuple(each for each in get_args(Role) if each in roles),
        )
    except ValidationError as error:
        raise ScimProblem("malformed-request", _CODE, "invalidValue") from error
