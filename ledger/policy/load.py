"""Load and capacity: how much work each team and person holds, and how much is theirs to hold."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from ledger.policy.document.policy import Policy


@dataclass(frozen=True, slots=True)
class Carried:
    """What one open case weighs: its points for its team, and itself in its owner's hands."""

    team: str | None
    owner: str | None
    points: int
    paused: bool
    immediate: bool = False
    """Of immediate danger, in its own lane."""


@dataclass(frozen=True, slots=True)
class Load:
    """Effort points of active, unpaused, accepted cases by team; cases in hand by member.

    Whatever is zero is left out, so that two loads of the same work are equal.
    """

    points: Mapping[str, int] = field(default_factory=dict[str, int])
    active: Mapping[str, int] = field(default_factory=dict[str, int])
    paused: Mapping[str, int] = field(default_factory=dict[str, int])
    immediate: Mapping[str, int] = field(default_factory=dict[str, int])
    """Of the active ones, those of immediate danger."""

    def of(self, team: str) -> int:
        """The team's points."""
        return self.points.get(team, 0)

    def taking_on(self, carried: Carried | None) -> Load:
        """The load with one more case."""
        return self if carried is None else self._moved_by(carried, 1)

    def laying_down(self, carried: Carried | None) -> Load:
        """The load with one case less."""
        return self if carried is None else self._moved_by(carried, -1)

    def _moved_by(self, carried: Carried, sign: int) -> Load:
        load = self
        if carried.team is not None and not carried.paused:
            load = load.with_points(carried.team, sign * carried.points)
        if carried.owner is None:
            return load
        if carried.paused:
            return load.with_paused(carried.owner, sign)
        if carried.immediate:
            load = load.with_immediate(carried.owner, sign)
        return load.with_active(carried.owner, sign)

    def with_points(self, team: str, delta: int) -> Load:
        """The load after a team took on or laid down so many points."""
        return replace(self, points=_moved(self.points, team, delta))

    def with_active(self, member: str, delta: int) -> Load:
        """The load after a member took on or laid down so many active cases."""
        return replace(self, active=_moved(self.active, member, delta))

    def with_immediate(self, member: str, delta: int) -> Load:
        """The load after a member took on or laid down so many active cases of immediate danger."""
        return replace(self, immediate=_moved(self.immediate, member, delta))

    def with_paused(self, member: str, delta: int) -> Load:
        """The load after so many of a member's cases were paused or resumed."""
        return replace(self, paused=_moved(self.paused, member, delta))


def _moved(counts: Mapping[str, int], code: str, delta: int) -> Mapping[str, int]:
    moved = {**counts, code: counts.get(code, 0) + delta}
    if moved[code] == 0:
        del moved[code]
    return moved


def capacity(policy: Policy, team: str, *, present: Collection[str] | None = None) -> int:
    """Hundredths of a point that the team can do in a day: its present people times their points and share.

    Each person counts where they are at home, in the first team they name. `present` is who is
    there; everybody if it is None. Whole numbers, so that any comparison is exact.
    """
    return sum(
        member.points_a_day * member.fte_percent
        for code, member in policy.members.items()
        if member.teams[0] == team
        and member.kind == "person"
        and (present is None or code in present)
    )


def room(
    policy: Policy, load: Load, member: str, *, team: str, lane: Literal["active", "paused"]
) -> int:
    """How many more cases a member may take in a team's lane; below zero if they hold too many.

    Immediate danger has a lane of its own, and does not count among the active.
    """
    limits = policy.teams[team].wip
    if lane == "active":
        return limits.active - load.active.get(member, 0) + load.immediate.get(member, 0)
    return limits.paused - load.paused.get(member, 0)
