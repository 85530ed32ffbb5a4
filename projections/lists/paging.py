"""Paging: each page of rows begins after the last row of the page before.

Whatever was recorded meanwhile is not found again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar
from uuid import UUID

from projections.fold.temporal import microseconds

if TYPE_CHECKING:
    from projections.views import Reading, Views

T = TypeVar("T")
Place = TypeVar("Place")

PAGE = 200
_IN_TIME = """
    SELECT {found}
    FROM {{{view}}}
    WHERE magnitude = 63
    AND {where}
    AND {instant} IS NOT NULL
    AND {instant} <= :upto_at
    AND ({order}) > ({after})
    ORDER BY {order}
    LIMIT :limit
"""


class Mark(NamedTuple):
    """Where a row stands in the order in which rows are found: an instant, a case and a place in it.

    Its fields are the parameters by which a statement asks for what comes after it.
    """

    after_at: int
    after_key: str
    after_place: int = -1


_NEVER = 2**62
BEFORE_ALL = Mark(-(2**62), "")


def mark(at: datetime, case_id: UUID, place: int = -1) -> Mark:
    """The mark of a row, after which the next page begins."""
    return Mark(microseconds(at), str(case_id), place)


def pages(
    found_after: Callable[[Place], Sequence[T]], begin: Place, place_of: Callable[[T], Place]
) -> Iterator[Sequence[T]]:
    """Pages until nothing more is found, each of what comes after the place of the last before it."""
    while page := found_after(begin):
        yield page
        begin = place_of(page[-1])


@dataclass(frozen=True, slots=True)
class InTime:
    """Rows of a view as they stand now that have an instant, in its order, the earliest first.

    Of each is found that instant, its key, its place (where a case may have several), and `columns`.
    """

    view: str
    instant: str
    columns: tuple[str, ...] = ()
    where: str = "TRUE"
    placed: bool = True

    def pages(
        self,
        views: Views,
        shown: Callable[[Reading, Sequence[Any]], Sequence[T]],
        *,
        beside: tuple[str, ...] = (),
        upto: datetime | None = None,
    ) -> Iterator[Sequence[T]]:
        """What is `shown` of each page of the rows whose instant has come; it may look into views `beside`."""
        marked = (self.instant, "key", "place")[: 3 if self.placed else 2]
        statement = _IN_TIME.format(
            found=", ".join((*marked, *self.columns)),
            view=self.view,
            where=self.where,
            instant=self.instant,
            order=", ".join(marked),
            after=", ".join(f":{name}" for name in Mark._fields[: len(marked)]),
        )
        upto_at = _NEVER if upto is None else microseconds(upto)
        begin = BEFORE_ALL
        while True:
            with views.reading(self.view, *beside) as reading:
                found = reading.rows(statement, limit=PAGE, upto_at=upto_at, **begin._asdict())
                page = shown(reading, found)
            if not found:
                return
            yield page
            begin = Mark(*found[-1][: len(marked)])
