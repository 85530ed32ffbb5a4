"""Chasing: chases of which the next step has come, found by index and a page at a time, for `watch`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from projections.fold.temporal import instant_at
from projections.lists.paging import PAGE, InTime, pages

if TYPE_CHECKING:
    from projections.views import Views

_CALLING = InTime("chases", "calls_at", ("plan", "reached"), placed=False)
_UNPLANNED = """
    SELECT key, reopened_at
    FROM {chases}
    WHERE magnitude = 63
    AND plan = ''
    AND NOT resolved
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


@dataclass(frozen=True, slots=True)
class Unplanned:
    """A case of which something is missing that nobody chases, and when it was opened again, if it was."""

    case_id: UUID
    reopened_at: datetime | None


def chases_calling(views: Views, *, at: datetime) -> Iterator[Sequence[ChaseCall]]:
    """Chases of which a step has come by now, those first that called first: ask `ReachChaseStep` for each."""
    return _CALLING.pages(
        views,
        lambda _, found: [
            ChaseCall(UUID(key), plan, reached, instant_at(calls_at))
            for calls_at, key, plan, reached in found
        ],
        upto=at,
    )


def unplanned(views: Views, request_type: str) -> Iterator[Sequence[Unplanned]]:
    """Open cases of a type of which something is missing that nobody chases, in the order of their ids."""

    def after(key: str) -> Sequence[Unplanned]:
        with views.reading("chases") as reading:
            found = reading.rows(_UNPLANNED, request_type=request_type, after=key, limit=PAGE)
        return [Unplanned(UUID(each), at and instant_at(at)) for each, at in found]

    return pages(after, "", lambda last: str(last.case_id))
