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
    ORDER BY owner, key
"""
_OWED = """
    SELECT DISTINCT key
    FROM {obligations}
    WHERE magnitude = 63
    AND ended_at IS NULL
    AND member = :member
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
    """An open case that a member has, at the version that the views know."""

    case_id: UUID
    member: str
    version: int


def cases_held(views: Views, members: Collection[str]) -> Sequence[CaseHeld]:
    """The open cases that these members own or have sent on without an answer yet, by member."""
    if not members:
        return []
    names = {f"member{place}": member for place, member in enumerate(sorted(members))}
    listed = ", ".join(f":{name}" for name in names)
    with views.reading("cases") as reading:
        found = reading.rows(_HELD.replace(":members", listed), **names)
    return [CaseHeld(UUID(key), owner, version) for key, owner, version in found]


def cases_of(views: Views, member: str) -> Sequence[UUID]:
    """The cases of which a member has anything: open ones, and any on which they still owe something."""
    held = {each.case_id for each in cases_held(views, [member])}
    with views.reading("obligations") as reading:
        found = reading.rows(_OWED, member=member)
    return sorted(held.union(UUID(key) for (key,) in found))
