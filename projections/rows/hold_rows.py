"""Holds, a row for each case that one keeps: since when, and until when it did."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from ledger.ids import IdText
from ledger.registers.keeping.holds import HoldPlaced, HoldReleased
from projections.fold.projection import Projection, Rows, changed
from projections.fold.told import Told


class HoldRow(NamedTuple):
    """A hold on one case."""

    case_id: IdText
    ground: str
    placed_at: datetime
    inquiry: IdText | None = None
    released_at: datetime | None = None


def evolve(rows: Rows[HoldRow], entry: Told) -> Rows[HoldRow]:
    """The rows of a hold after one more entry."""
    match entry.fact:
        case HoldPlaced() as fact:
            inquiry = None if fact.inquiry is None else str(fact.inquiry)
            return tuple(
                HoldRow(str(case_id), fact.ground, entry.effective_at, inquiry)
                for case_id in fact.cases
            )
        case HoldReleased():
            return tuple(changed(row, {"released_at": entry.effective_at}) for row in rows)
        case _:
            return rows


HOLDS = Projection(
    name="holds",
    version=1,
    kind="hold",
    topics=frozenset({HoldPlaced.topic, HoldReleased.topic}),
    row=HoldRow,
    evolve=evolve,
)
