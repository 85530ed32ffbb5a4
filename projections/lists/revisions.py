"""By which editions of law, zones and calendars the open clocks stand, and on which cases."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from projections.lists.paging import PAGE, pages

if TYPE_CHECKING:
    from projections.views import Views

_NIL = UUID(int=0)

_EDITIONS = """
    SELECT DISTINCT clock, reckoned_by
    FROM {clocks}
    WHERE magnitude = 63
    AND state IN ('running', 'paused')
    AND reckoned_by <> ''
    ORDER BY clock, reckoned_by
"""
_CASES = """
    SELECT DISTINCT key
    FROM {clocks}
    WHERE magnitude = 63
    AND state IN ('running', 'paused')
    AND clock = :clock
    AND reckoned_by = :by
    AND key > :after
    ORDER BY key
    LIMIT :limit
"""


@dataclass(frozen=True, slots=True)
class Reckoned:
    """A clock and the editions that its due dates cite; of one case where that is named."""

    clock: str
    by: str
    case_id: UUID = _NIL


def open_reckonings(views: Views) -> tuple[Reckoned, ...]:
    """Every clock code that runs on some case, with the editions that its dates cite: a few, however many cases."""
    with views.reading("clocks") as reading:
        return tuple(Reckoned(clock, by) for clock, by in reading.rows(_EDITIONS))


def reckoned_so(views: Views, reckoned: Reckoned) -> Iterator[Sequence[Reckoned]]:
    """The cases on which this clock runs by these editions, in the order of their keys."""
    clock, by = reckoned.clock, reckoned.by

    def after(key: str) -> Sequence[Reckoned]:
        with views.reading("clocks") as reading:
            rows = reading.rows(_CASES, clock=clock, by=by, after=key, limit=PAGE)
        return [Reckoned(clock, by, UUID(key)) for (key,) in rows]

    return pages(after, "", lambda each: str(each.case_id))
