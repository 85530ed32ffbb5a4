"""Owing: which obligations are overdue and not called yet, and what a member owes, found by index."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from projections.fold.temporal import instant_at
from projections.lists.paging import InTime

if TYPE_CHECKING:
    from projections.views import Reading, Views

_CALLING = InTime("obligations", "calls_at", ("kind", "owed_id"))
_HELD = """
    SELECT key, owner, position
    FROM {cases}
    WHERE magnitude = 63
    AND standing <> 'resolved'
    AND owner IN (:members)
"""
_OWED = """
    SELECT key, member, position
    FROM {obligations}
    WHERE magnitude = 63
    AND ended_at IS NULL
    AND member IN (:members)
"""
_IN_HAND = """
    SELECT owner, key
    FROM {cases}
    WHERE magnitude = 63
    AND standing = 'in_hand'
    AND NOT imported
    ORDER BY owner, key
"""


@dataclass(frozen=True, slots=True)
class ObligationCall:
    """An obligation that is overdue, which is not recorded yet."""

    case_id: UUID
    place: int
    kind: str
    owed_id: str
    calls_at: datetime


def obligations_calling(views: Views, *, at: datetime) -> Iterator[Sequence[ObligationCall]]:
    """Obligations that were due by now and whose delay is not recorded, those longest overdue first."""
    return _CALLING.pages(
        views,
        lambda _, found: [
            ObligationCall(UUID(key), place, kind, owed_id, instant_at(calls_at))
            for calls_at, key, place, kind, owed_id in found
        ],
        upto=at,
    )


@dataclass(frozen=True, slots=True)
class CaseHeld:
    """A case of which a member has something, and the last entry that changed what they have of it."""

    member: str
    case_id: UUID
    position: int


def cases_held(views: Views, members: Collection[str]) -> Sequence[CaseHeld]:
    """The open cases that these members own or have sent on without an answer yet, by member."""
    with views.reading("cases") as reading:
        return _in_order(_asked(reading, _HELD, members))


def cases_of(views: Views, members: Collection[str]) -> Sequence[CaseHeld]:
    """The same, with any case on which these members still owe something."""
    with views.reading("cases", "obligations") as reading:
        held, owed = (_asked(reading, asked, members) for asked in (_HELD, _OWED))
        return _in_order([*held, *owed])


def cases_in_hand(views: Views) -> Mapping[str, Sequence[UUID]]:
    """The open cases of this ledger's own that are with an owner and wait for nobody, by owner."""
    with views.reading("cases") as reading:
        found = reading.rows(_IN_HAND)
    cases: dict[str, list[UUID]] = {}
    for owner, key in found:
        cases.setdefault(owner, []).append(UUID(key))
    return cases


def _asked(reading: Reading, asked: str, members: Collection[str]) -> list[CaseHeld]:
    if not members:
        return []
    names = {f"member{place}": member for place, member in enumerate(sorted(members))}
    listed = ", ".join(f":{name}" for name in names)
    found = reading.rows(asked.replace(":members", listed), **names)
    return [CaseHeld(member, UUID(key), position) for key, member, position in found]


def _in_order(found: Sequence[CaseHeld]) -> Sequence[CaseHeld]:
    """Each case once for a member, by the last of the entries that made it theirs."""
    ordered = sorted(found, key=lambda each: (each.member, each.case_id, each.position))
    return list({(each.member, each.case_id): each for each in ordered}.values())
