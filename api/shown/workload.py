"""Workload of a team: what each of its members has, whether they are there, and how many more cases they may take."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Literal

from ledger.policy.document.policy import Policy
from ledger.policy.load import Load, room
from ledger.policy.routing.presence import Directory
from ledger.store import LedgerStore
from ledger.then import Then
from projections.answers import UpToDate
from projections.office.workload import Work, workload

if TYPE_CHECKING:
    from projections.views import Views

Stands = Literal["there", "absent", "left", "no_member"]


@dataclass(frozen=True, slots=True)
class MemberWork:
    """A member, whether they are there, what they have, and how many more they may take.

    `stands_on` is the last day of their absence, if one was named, or the day on which they left.
    """

    member: str
    stands: Stands
    stands_on: date | None
    room: int | None
    work: Work


@dataclass(frozen=True, slots=True)
class TeamWorkload:
    """What each has who belongs to a team, or has something of it; those with most in hand first."""

    up_to_date: UpToDate
    at: datetime
    team: str | None
    members: tuple[MemberWork, ...]


def team_workload(
    views: Views,
    store: LedgerStore,
    directory: Directory,
    policy: Policy | None,
    team: str | None,
    *,
    at: datetime,
    on: date,
    then: Then,
) -> TeamWorkload:
    """The workload of a team at an instant, of everybody without one; `on` is the instant's day at the office."""
    found = workload(views, store, at=at, then=then)
    gone = frozenset(directory.gone_by(on))
    lines = [
        MemberWork(code, *standing(directory, policy, code, on), _room(policy, work, code), work)
        for code in _members(policy, found.members, team, gone=gone)
        for work in (found.members.get(code, Work()),)
    ]
    lines.sort(key=lambda each: (-each.work.active, -each.work.paused, each.member))
    return TeamWorkload(found.up_to_date, at, team, tuple(lines))


def standing(
    directory: Directory, policy: Policy | None, code: str, on: date
) -> tuple[Stands, date | None]:
    """Whether somebody is there on a day, and until when they are not, or since when."""
    if directory.gone(code, on):
        return "left", directory.leavers[code].left_on
    if (absence := directory.absence_of(code, on)) is not None:
        return "absent", absence.until_on
    return "there" if policy is None or code in policy.members else "no_member", None


def _members(
    policy: Policy | None, having: Mapping[str, Work], team: str | None, *, gone: frozenset[str]
) -> list[str]:
    """Who belongs to a team and works, and who has something of it all the same."""
    belong = {
        code
        for code, member in (policy.members if policy else {}).items()
        if member.kind == "person" and team in (None, *member.teams) and code not in gone
    }
    return sorted(
        belong | {code for code, work in having.items() if team is None or team in work.teams}
    )


def _room(policy: Policy | None, work: Work, code: str) -> int | None:
    """How many more cases they may pull, by the limit of the team where they are at home."""
    if policy is None or code not in policy.members:
        return None
    load = Load(active={code: work.active}, immediate={code: work.immediate})
    return room(policy, load, code, team=policy.members[code].teams[0], lane="active")
