"""Alarms about who is there: which stand still, and since when the last one of a case is over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from ledger.case.alarms import ALARMS
from projections.fold.temporal import instant_at
from projections.lists.paging import InTime

if TYPE_CHECKING:
    from projections.views import Views

_OF_STAFF = ", ".join(f"'{code}'" for code, each in ALARMS.items() if each.of_staff)
_STANDING = InTime(
    "escalations", "since_at", ("escalation_id",), f"reason IN ({_OF_STAFF}) AND NOT asleep"
)
_ENDED = """
    SELECT e.key, max(e.over_at)
    FROM {escalations} AS e
    WHERE e.magnitude = 63
    AND e.over_at IS NOT NULL
    AND e.reason = :reason
    GROUP BY e.key
"""


@dataclass(frozen=True, slots=True)
class StandingAlarm:
    """An alarm of a case that nobody has answered, or that somebody promised to act on."""

    case_id: UUID
    escalation_id: UUID
    since_at: datetime


def standing_alarms(views: Views) -> Iterator[Sequence[StandingAlarm]]:
    """Those that hang on who is there and stand, longest first."""
    return _STANDING.pages(
        views,
        lambda _, found: [
            StandingAlarm(UUID(key), UUID(escalation_id), instant_at(since_at))
            for since_at, key, _place, escalation_id in found
        ],
    )


def over_since(views: Views, reason: str) -> Mapping[UUID, datetime]:
    """By case, when the last alarm of a reason was recorded to be over."""
    with views.reading("escalations") as reading:
        found = reading.rows(_ENDED, reason=reason)
        return {UUID(key): instant_at(over_at) for key, over_at in found}
