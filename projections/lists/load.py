"""Load: what every team and member carries, as routing and work-in-progress limits are decided by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.policy.load import Load

if TYPE_CHECKING:
    from projections.views import Views

_BY_TEAM = """
    SELECT c.team, sum(c.effort_points)
    FROM {cases} AS c
    WHERE c.magnitude = 63
    AND c.standing <> 'resolved'
    AND c.team IS NOT NULL
    AND c.waiting IS NULL
    GROUP BY c.team
"""
_BY_MEMBER = """
    SELECT c.owner, c.waiting IS NOT NULL, count(*), sum(CASE WHEN c.lane = 0 THEN 1 ELSE 0 END)
    FROM {cases} AS c
    WHERE c.magnitude = 63
    AND c.standing <> 'resolved'
    AND c.owner IS NOT NULL
    GROUP BY c.owner, c.waiting IS NOT NULL
"""


def standing(views: Views) -> tuple[int, Load]:
    """The load that all open cases make together, and the position up to which it is known.

    It is what folding `ledger.case.carried` over every case gives, which whoever asks does where the views are
    damaged or still to be made: then nothing is known, and as of no entry.
    """
    from projections.store.databases import ViewsDamaged, ViewsUnmade  # noqa: PLC0415 - whoever has views has it

    try:
        return _standing(views)
    except (ViewsDamaged, ViewsUnmade):
        return 0, Load()


def _standing(views: Views) -> tuple[int, Load]:
    with views.reading("cases") as reading:
        points = {team: int(total) for team, total in reading.rows(_BY_TEAM)}
        hands = [tuple(row) for row in reading.rows(_BY_MEMBER)]
        return reading.position, Load(
            points={team: total for team, total in points.items() if total},
            active={owner: count for owner, paused, count, _ in hands if not paused},
            paused={owner: count for owner, paused, count, _ in hands if paused},
            immediate={
                owner: int(danger) for owner, paused, _, danger in hands if danger and not paused
            },
        )
