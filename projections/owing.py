"""Owing: which obligations are overdue and not called yet, and what a member owes, found by index."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from projections.temporal import instant_at, microseconds
from projections.views import Views

PAGE = 200

_BEFORE_ALL = (-(2**62), "", -1)
_CALLING = """
    SELECT calls_at, key, place, kind, owed_id
    FROM {obligations}
    WHERE magnitude = 63
    AND calls_at IS NOT NULL
    AND calls_at <= :upto
    AND (calls_at, key, place) > (:since, :key, :place)
    ORDER BY calls_at, key, place
    LIMIT :limit
"""


@dataclass(frozen=True, slots=True)
class ObligationCall:
    """An obligation that is overdue, which is not recorded yet."""

    case_id: UUID
    place: int
    kind: str
    owed_id: str
    calls_at: datetime


def obligations_calling(
    views: Views, *, at: datetime, after: ObligationCall | None = None, limit: int = PAGE
) -> Sequence[ObligationCall]:
    """Obligations that were due by now and whose delay is not recorded, those longest overdue first."""
    since = _BEFORE_ALL
    if after is not None:
        since = (microseconds(after.calls_at), str(after.case_id), after.place)
    with views.reading("obligations") as reading:
        found = reading.rows(
            _CALLING,
            upto=microseconds(at),
            since=since[0],
            key=since[1],
            place=since[2],
            limit=limit,
        )
    return [
        ObligationCall(UUID(key), place, kind, owed_id, instant_at(calls_at))
        for calls_at, key, place, kind, owed_id in found
    ]
