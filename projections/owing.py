"""Owing: which obligations are overdue and not called yet, and what a member owes, found by index."""

from __future__ import annotations

from collections.abc import Collection, Sequence
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
_HELD = """
    SELECT key, owner, version
    FROM {cases}
    WHERE magnitude = 63
    AND standing <> 'resolved'
    AND owner IN (:members)
"""
_OWED = """
    SELECT DISTINCT o.key, o.member, c.version
    FROM {obligations} AS o
    JOIN {cases} AS c ON c.key = o.key AND c.magnitude = 63
    WHERE o.magnitude = 63
    AND o.ended_at IS NULL
    AND o.member IN (:members)
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


@dataclass(frozen=True, slots=True)
class CaseHeld:
    """A case of which a member has something, at the version that the views know."""

    member: str
    case_id: UUID
    version: int


def cases_of(views: Views, members: Collection[str]) -> Sequence[CaseHeld]:
    """The open cases that these members own, and any on which they still owe something, by member."""
    if not members:
        return []
    names = {f"member{place}": member for place, member in enumerate(sorted(members))}
    listed = ", ".join(f":{name}" for name in names)
    found = set[CaseHeld]()
    with views.reading("cases", "obligations") as reading:
        for asked in (_HELD, _OWED):
            for key, member, version in reading.rows(asked.replace(":members", listed), **names):
                found.add(CaseHeld(member, UUID(key), version))
    return sorted(found, key=lambda each: (each.member, each.case_id))
