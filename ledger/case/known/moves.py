"""Moves: how a case has come from team to team, whether it may go on, and who may not have it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

RETURNS_AT_MOST = 2
"""The second return stops free movement (offices.md, row 'Third hop')."""
HOPS_AT_MOST = 3


@dataclass(frozen=True, slots=True)
class Moves:
    """What the moves of a case so far allow; returns and hops are counted since it was last adjudicated.

    `routed_at` is when a published rule gave it to the team that has it, None once it moved otherwise.
    While `decide_by` is set it awaits adjudication; until `bound_until` it stays where that put it.
    """

    routed_at: datetime | None = None
    returned_by: frozenset[str] = frozenset()
    returns: int = 0
    hops: int = 0
    decide_by: datetime | None = None
    bound_until: datetime | None = None
    recused: frozenset[str] = frozenset()
    held: frozenset[str] = frozenset()
    """The fields that an accepted handover held."""

    @property
    def bounced(self) -> bool:
        """Whether it was moved so often that somebody else must say where it belongs."""
        return self.returns >= RETURNS_AT_MOST or self.hops >= HOPS_AT_MOST

    def still(self, at: datetime) -> bool:
        """Whether it may not change its team at this instant."""
        return self.decide_by is not None or self.bound(at)

    def bound(self, at: datetime) -> bool:
        """Whether an adjudication holds it where it is at this instant."""
        return self.bound_until is not None and at < self.bound_until

    def routed(self, at: datetime) -> Moves:
        """After a published rule gave it to a team."""
        return replace(self, routed_at=at)

    def placed(self) -> Moves:
        """After a duty person said where it belongs: neither did a rule say so, nor was it handed on."""
        return replace(self, routed_at=None)

    def hopped(self, from_team: str | None, to_team: str | None) -> Moves:
        """After it went from one team to another by hand."""
        if from_team == to_team:
            return self
        return replace(self, routed_at=None, hops=self.hops + 1)

    def returned(self, team: str) -> Moves:
        """After a team returned it as misrouted."""
        return replace(
            self,
            routed_at=None,
            returned_by=self.returned_by | {team},
            returns=self.returns + 1,
            hops=self.hops + 1,
        )

    def holding(self, fields: frozenset[str]) -> Moves:
        """After a handover that held these fields was accepted."""
        return replace(self, held=self.held | fields)

    def awaiting(self, decide_by: datetime) -> Moves:
        """After it was put before the adjudicator."""
        return replace(self, decide_by=decide_by)

    def adjudicated(self, bound_until: datetime) -> Moves:
        """After it was adjudicated: it is bound, and counted anew."""
        return replace(
            self,
            routed_at=None,
            returned_by=frozenset(),
            returns=0,
            hops=0,
            decide_by=None,
            bound_until=bound_until,
        )

    def without(self, member: str) -> Moves:
        """After a member recused themselves."""
        return replace(self, recused=self.recused | {member})
