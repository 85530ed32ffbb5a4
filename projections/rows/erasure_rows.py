"""Erasures and disposals, a row each: on which authority, how much they reach, and how far they are."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from ledger.ids import IdText
from ledger.registers.keeping.erasures import (
    ErasureApproved,
    ErasureBegun,
    ErasureCarriedOut,
    ErasureProposed,
    ErasureRefused,
)
from projections.fold.projection import Projection, Rows, changed
from projections.fold.told import Told


class ErasureRow(NamedTuple):
    """An erasure as it stands; `held` counts the cases for which the last attempt was refused."""

    authority: str | None
    proposed_at: datetime
    proposed_by: str
    party: IdText | None = None
    cases: int = 0
    due: int = 0
    approved_by: str | None = None
    begun_at: datetime | None = None
    carried_out_at: datetime | None = None
    keys: int = 0
    refusals: int = 0
    held: int = 0


def evolve(rows: Rows[ErasureRow], entry: Told) -> Rows[ErasureRow]:
    """The row of an erasure after one more entry."""
    at = entry.effective_at
    match entry.fact:
        case ErasureProposed() as fact:
            refusals = rows[0].refusals if rows else 0
            party = None if fact.party is None else str(fact.party)
            row = ErasureRow(
                fact.authority, at, fact.proposed_by, party, len(fact.cases), len(fact.disposal)
            )
            return (changed(row, {"refusals": refusals}),)
        case ErasureRefused() as fact:
            row = rows[0] if rows else ErasureRow(None, at, fact.asked_by)
            return (changed(row, {"refusals": row.refusals + 1, "held": len(fact.held)}),)
        case ErasureApproved() as fact if rows:
            return (changed(rows[0], {"approved_by": fact.approved_by, "held": 0}),)
        case ErasureBegun() as fact if rows:
            return (changed(rows[0], {"begun_at": at, "keys": len(fact.keys), "held": 0}),)
        case ErasureCarriedOut() if rows:
            return (changed(rows[0], {"carried_out_at": at}),)
        case _:
            return rows


ERASURES = Projection(
    name="erasures",
    version=1,
    kind="erasure",
    topics=frozenset(
        kind.topic
        for kind in (
            ErasureProposed,
            ErasureRefused,
            ErasureApproved,
            ErasureBegun,
            ErasureCarriedOut,
        )
    ),
    row=ErasureRow,
    evolve=evolve,
)
