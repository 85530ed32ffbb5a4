"""Whom a list is shown to: it holds the cases of teams that they may see, and none from which they stepped back.

Both are judged by how a case stands now, whatever instant is asked about: whoever stepped back from one today, or
whose team has given it away, does not see today how it stood before.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from projections.rows.case_rows import CaseRow

if TYPE_CHECKING:
    from projections.views import Reading, Views

RECUSALS = "recusals"
"""What `Views.reading` has to be given as well."""
_LEFT = """
    SELECT DISTINCT r.key
    FROM {{recusals}} AS r
    WHERE r.magnitude = 63
    AND r.member IN ({members})
"""
_WITH = """
    SELECT n.key
    FROM {{cases}} AS n
    WHERE n.magnitude = 63
    AND (n.team IS NULL OR n.team IN ({teams}))
"""


@dataclass(frozen=True, slots=True)
class ShownTo:
    """Members, one in their own right and one in whose stead they ask, and the teams they see (None: all)."""

    members: frozenset[str] = frozenset()
    teams: frozenset[str] | None = None

    def condition(
        self, given: dict[str, Any], *, case: str = "c.key", team: str = "c.team", is_now: bool
    ) -> str:
        """What a statement adds, where a case is a column, so that it finds no more; its values go into `given`.

        `is_now`: the team that the statement finds is the one that has the case now.
        """
        said = ""
        if self.members:
            given.update(_named("left", self.members))
            said += f"AND {case} NOT IN ({self._left()}) "
        if self.teams is not None:
            given.update(theirs := _named("of", self.teams))
            said += (
                f"AND ({team} IS NULL OR {team} IN ({_bound(theirs)})) "
                if is_now
                else f"AND {case} IN ({_WITH.format(teams=_bound(theirs))}) "
            )
        return said

    def of(self, reading: Reading, keys: Iterable[str]) -> frozenset[str]:
        """Those of these cases, by their keys, that may be shown by how they stand in the views that are read: now."""
        left = self.left(reading)
        found = [key for key in keys if key not in left]
        if self.teams is None or not found:
            return frozenset(found)
        shown = {None, *self.teams}
        rows = reading.rows_of(CaseRow, found)
        return frozenset(
            key for key in found if any(row.team in shown for row in rows.get(key, ()))
        )

    def left(self, reading: Reading) -> frozenset[str]:
        """The keys of the cases from which they stepped back."""
        if not self.members:
            return frozenset()
        rows = reading.rows(self._left(), **_named("left", self.members))
        return frozenset(key for (key,) in rows)

    def _left(self) -> str:
        return _LEFT.format(members=_bound(_named("left", self.members)))


ANYBODY = ShownTo()
"""A list that is shown whole."""


def cases_left_by(views: Views, members: frozenset[str]) -> frozenset[UUID]:
    """The cases from which one of these members stepped back.

    Ask after what a list is made of, so that a recusal recorded meanwhile counts.
    """
    with views.reading(RECUSALS) as reading:
        return frozenset(UUID(key) for key in ShownTo(members).left(reading))


def _named(kind: str, codes: frozenset[str]) -> dict[str, str]:
    return {f"{kind}_{place}": code for place, code in enumerate(sorted(codes))}


def _bound(named: Mapping[str, str]) -> str:
    return ", ".join(f":{name}" for name in named) or "NULL"
