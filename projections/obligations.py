"""Obligations: what somebody owes on a case by a time, until it is done: a ruling, so far."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from ledger.case.adjudication import AdjudicationRequired, CaseAdjudicated
from ledger.case.alarms import CaseAlarmed
from ledger.facts import Fact
from projections.projection import Fields, Projection, Row, Rows, changed
from projections.told import Told

Owing = Literal["adjudication"]


@dataclass(frozen=True)
class ObligationRow(Row):
    """One obligation; `member` or else `team` owes it. `calls_at` is when it is overdue, until that was recorded."""

    kind: Owing
    owed_id: str
    team: str | None
    member: str | None
    since_at: datetime
    due_at: datetime | None
    calls_at: datetime | None
    ended_at: datetime | None = None


def evolve(rows: Rows[ObligationRow], entry: Told) -> Rows[ObligationRow]:
    """The obligations of a case after one more entry."""
    by = _CHANGES.get(type(entry.fact))
    return rows if by is None else by(rows, entry.fact, entry.effective_at)


def _required(
    rows: Rows[ObligationRow], fact: AdjudicationRequired, at: datetime
) -> Rows[ObligationRow]:
    due_at, (party, *_) = fact.decide_by, fact.parties
    return (*rows, ObligationRow("adjudication", "", None, party, at, due_at, due_at))


def _adjudicated(
    rows: Rows[ObligationRow], fact: CaseAdjudicated, at: datetime
) -> Rows[ObligationRow]:
    return _with(rows, "adjudication", "", {"ended_at": at, "calls_at": None})


def _alarmed(rows: Rows[ObligationRow], fact: CaseAlarmed, at: datetime) -> Rows[ObligationRow]:
    if fact.alarm != "adjudication_overdue":
        return rows
    return _with(rows, "adjudication", "", {"calls_at": None})


def _with(
    rows: Rows[ObligationRow], kind: Owing, owed_id: str, fields: Fields
) -> Rows[ObligationRow]:
    """The obligations with one of them changed that has not ended; the same objects if there is none."""
    found = [row.kind == kind and row.owed_id == owed_id and row.ended_at is None for row in rows]
    if not any(found):
        return rows
    return tuple(changed(row, fields) if it else row for row, it in zip(rows, found, strict=True))


_CHANGES: dict[type[Fact], Callable[[Rows[ObligationRow], Any, datetime], Rows[ObligationRow]]] = {
    AdjudicationRequired: _required,
    CaseAdjudicated: _adjudicated,
    CaseAlarmed: _alarmed,
}


def _resting(rows: Rows[ObligationRow]) -> bool:
    return all(row.ended_at is not None for row in rows)


OBLIGATIONS = Projection(
    name="obligations",
    version=1,
    kind="case",
    topics=frozenset(kind.topic for kind in _CHANGES),
    row=ObligationRow,
    evolve=evolve,
    resting=_resting,
)
