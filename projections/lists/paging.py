"""Paging: where a page of rows begins, after the last row of the page before."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from projections.fold.temporal import microseconds

PAGE = 200

Mark = tuple[int, str, int]
"""An instant, a case and a place in it, in the order in which rows are found."""
BEFORE_ALL: Mark = (-(2**62), "", -1)


def mark(at: datetime, case_id: UUID, place: int = -1) -> Mark:
    """The mark of a row, after which the next page begins."""
    return microseconds(at), str(case_id), place
