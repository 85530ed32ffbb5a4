"""Owing: which obligations are overdue and not called yet, and what a member owes, found by index."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from projections.temporal import instant_at, microseconds
from projections.views import Reading, Views

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
_SITTING = """
    SELECT owner, key, last_act_at
    FROM {cases}
    WHERE magnitude = 63
    AND standing = 'in_hand'
    AND NOT imported
    AND last_act_at < :before
    ORDER BY owner, last_act_at, key
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


@dataclass(frozen=True, slots=True)
class CaseSitting:
    """A case that sits with a member, since an instant."""

    member: str
    case_id: UUID
    since: datetime


def cases_held(views: Views, members: Collection[str]) -> Sequence[CaseHeld]:
    """The open cases that these members own or have sent on without an answer yet, by member."""
    with views.reading("cases") as reading:
        return _in_order(_asked(reading, _HELD, members))


def cases_of(views: Views, members: Collection[str]) -> Sequence[CaseHeld]:
    """The same, with any case on which these members still owe something."""
    with views.reading("cases", "obligations") as reading:
        held, owed = (_asked(reading, asked, members) for asked in (_HELD, _OWED))
        return _in_order(held | owed)


def cases_sitting(views: Views, *, before: datetime) -> Sequence[CaseSitting]:
    """For each owner the case that has lain longest with them: no person made an entry on it since an instant."""
    with views.reading("cases") as reading:
        found = reading.rows(_SITTING, before=microseconds(before))
    longest: dict[str, CaseSitting] = {}
    for owner, key, acted in found:
        longest.setdefault(owner, CaseSitting(owner, UUID(key), instant_at(acted)))
    return list(longest.values())


def _asked(reading: Reading, asked: str, members: Collection[str]) -> set[CaseHeld]:
    if not members:
        return set()
    names = {f"member{place}": member for place, member in enumerate(sorted(members))}
    listed = ", ".join(f":{name}" for name in names)
    found = reading.rows(asked.replace(":members", listed), **names)
    return {CaseHeld(member, UUID(key), version) for key, member, version in found}


def _in_order(found: set[CaseHeld]) -> Sequence[CaseHeld]:
    return sorted(found, key=lambda each: (each.member, each.case_id))
