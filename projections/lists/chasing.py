"""Chasing: chases of which the next step has come, found by index and a page at a time, for `watch`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from projections.fold.temporal import instant_at, microseconds
from projections.lists.paging import BEFORE_ALL, PAGE, Mark, mark, pages

if TYPE_CHECKING:
    from projections.views import Views

_CALLING = """
    SELECT calls_at, key, plan, reached
    FROM {chases}
    WHERE magnitude = 63
    AND calls_at IS NOT NULL
    AND calls_at <= :upto
    AND (calls_at, key) > (:after_at, :after_key)
    ORDER BY calls_at, key
    LIMIT :limit
"""
_UNPLANNED = """
    SELECT key
    FROM {chases}
    WHERE magnitude = 63
    AND plan = ''
    AND request_type = :request_type
    AND key > :after
    ORDER BY key
    LIMIT :limit
"""


@dataclass(frozen=True, slots=True)
class ChaseCall:
    """A chase of which the step after those `reached` has come and is not recorded yet."""

    case_id: UUID
    plan: str
    reached: int
    calls_at: datetime


def chases_calling(views: Views, *, at: datetime) -> Iterator[Sequence[ChaseCall]]:
    """Chases of which a step has come by now, those first that called first: ask `ReachChaseStep` for each."""

    def after(begin: Mark) -> Sequence[ChaseCall]:
        with views.reading("chases") as reading:
            found = reading.rows(_CALLING, upto=microseconds(at), limit=PAGE, **begin._asdict())
        return [
            ChaseCall(UUID(key), plan, reached, instant_at(calls_at))
            for calls_at, key, plan, reached in found
        ]

    return pages(after, BEFORE_ALL, lambda each: mark(each.calls_at, each.case_id))


def unplanned(views: Views, request_type: str) -> Iterator[Sequence[UUID]]:
    """Open cases of a type of which something is missing that nobody chases, in the order of their ids."""

    def after(key: str) -> Sequence[UUID]:
        with views.reading("chases") as reading:
            found = reading.rows(_UNPLANNED, request_type=request_type, after=key, limit=PAGE)
        return [UUID(each) for (each,) in found]

    return pages(after, "", str)
