"""Paging: each page of rows begins after the last row of the page before.

Whatever was recorded meanwhile is not found again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import NamedTuple, TypeVar
from uuid import UUID

from projections.fold.temporal import microseconds

T = TypeVar("T")
Place = TypeVar("Place")

PAGE = 200


class Mark(NamedTuple):
    """Where a row stands in the order in which rows are found: an instant, a case and a place in it.

    Its fields are the parameters by which a statement asks for what comes after it.
    """

    after_at: int
    after_key: str
    after_place: int


BEFORE_ALL = Mark(-(2**62), "", -1)


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
