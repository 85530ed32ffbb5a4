"""Recusals, a row for each member who stepped back from a case."""

from __future__ import annotations

from typing import NamedTuple

from ledger.case.custody.recusal import MemberRecused
from projections.fold.projection import Projection, Rows
from projections.fold.told import Told


class RecusalRow(NamedTuple):
    """A member who stepped back from a case, for good."""

    member: str


def evolve(rows: Rows[RecusalRow], entry: Told) -> Rows[RecusalRow]:
    """The rows of a case after one more entry."""
    match entry.fact:
        case MemberRecused() as fact:
            return (*rows, RecusalRow(fact.member))
        case _:
            return rows


RECUSALS = Projection(
    name="recusals",
    version=1,
    kind="case",
    topics=frozenset({MemberRecused.topic}),
    row=RecusalRow,
    evolve=evolve,
)
