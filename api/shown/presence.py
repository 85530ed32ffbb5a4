"""Presence: who is a member, who is away from when until when, and who stands in for them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from api.shown.workload import Stands, standing
from ledger.entry import Actor
from ledger.policy.acting.roles import roles_of
from ledger.policy.document.policy import Policy
from ledger.policy.routing.presence import Absence, Directory

Why = Literal["absent", "absent, planned", "left"]


@dataclass(frozen=True, slots=True)
class Away:
    """Somebody who is not there on a date: why, from when until when, and who stands in."""

    member: str
    why: Why
    from_on: date
    until_on: date | None
    stands_in: str | None


@dataclass(frozen=True, slots=True)
class MemberShown:
    """A member as the policy has them, and whether they are there."""

    member: str
    kind: str
    teams: tuple[str, ...]
    roles: tuple[str, ...]
    stands: Stands
    stands_on: date | None


def away(directory: Directory, on: date) -> tuple[Away, ...]:
    """Who is absent on a date, and then who has left by then."""
    absent = [_absent(directory, each, on) for each in directory.absent(on)]
    left = [
        Away(code, "left", directory.leavers[code].left_on, None, directory.stand_in(code, on))
        for code in directory.gone_by(on)
    ]
    return (*absent, *left)


def _absent(directory: Directory, absence: Absence, on: date) -> Away:
    why = "absent, planned" if absence.planned else "absent"
    stands_in = directory.stand_in(absence.member, on)
    return Away(absence.member, why, absence.from_on, absence.until_on, stands_in)


def members(directory: Directory, policy: Policy, on: date) -> Iterator[MemberShown]:
    """Each member of a policy, and whether they are there on a date."""
    for code, member in policy.members.items():
        roles = roles_of(policy, Actor("person", code))
        yield MemberShown(
            code,
            member.kind,
            member.teams,
            ("integrator",) if member.kind == "machine" else tuple(dict.fromkeys(roles)),
            *standing(directory, policy, code, on),
        )
