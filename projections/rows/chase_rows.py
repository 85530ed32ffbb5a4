"""The chase of a case, in one row: its plan, how far it came, and when time will call for its next step."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from ledger.case.intake.chasing import ChaseBegun, ChaseLapsed, ChaseStepReached, ChaseStopped
from ledger.case.intake.incomplete import FoundIncomplete
from ledger.case.intake.information import InformationReceived
from ledger.case.intake.opening import CaseClassified, CaseOpened
from ledger.case.outcome.deciding import CaseResolved
from projections.fold.projection import Projection, Rows, changed
from projections.fold.told import Told

UNPLANNED = ""
"""In the place of a plan where there is none."""


class ChaseStepDue(NamedTuple):
    """A step of a chase: what it calls for, and when."""

    act: str
    at: datetime


class ChaseRow(NamedTuple):
    """A chase that goes on, lapsed, or was stopped; `calls_at` is when its next step is to be recorded.

    A chase that ended because the case was complete or resolved leaves no row. Where something is missing
    that nobody chases, for want of a plan, the row has no plan.
    """

    plan: str
    request_type: str
    steps: tuple[ChaseStepDue, ...]
    reached: int = 0
    calls_at: datetime | None = None
    lapses_at: datetime | None = None
    undecided: str | None = None
    stopped: bool = False


def evolve(rows: Rows[ChaseRow], entry: Told) -> Rows[ChaseRow]:
    """The chase of a case after one more entry."""
    fact = entry.fact
    if isinstance(fact, CaseOpened):
        return _unplanned(fact)
    if isinstance(fact, ChaseBegun):
        steps = tuple(ChaseStepDue(each.act, each.at) for each in fact.steps)
        lapses_at = steps[-1].at if steps[-1].act == "lapse" else None
        return (ChaseRow(fact.chase, fact.request_type, steps, 0, steps[0].at, lapses_at),)
    if isinstance(fact, FoundIncomplete):
        return _unplanned(fact)
    if not rows:
        return _unplanned(fact) if isinstance(fact, CaseClassified) else rows
    (row,) = rows
    match fact:
        case ChaseStepReached():
            told = {"undecided": fact.undecided, "lapses_at": fact.by_at}
            return (changed(row, {**told, **_from(row, fact.step)}),)
        case ChaseLapsed():
            return (changed(row, _from(row, fact.step)),)
        case ChaseStopped():
            return (changed(row, {"stopped": True, "calls_at": None}),)
        case InformationReceived():
            return rows if fact.missing else ()
        case CaseClassified():
            same = fact.missing and fact.request_type == row.request_type
            return rows if same else _unplanned(fact)
        case CaseResolved():
            return ()
        case _:
            return rows


def _unplanned(fact: CaseOpened | CaseClassified | FoundIncomplete) -> Rows[ChaseRow]:
    """The row of a case of which something is missing, until its chase begins."""
    if not fact.missing or fact.request_type is None:
        return ()
    return (ChaseRow(UNPLANNED, fact.request_type, ()),)


def _from(row: ChaseRow, step: int) -> dict[str, object]:
    """How a chase goes on once this many steps are recorded."""
    later = row.steps[step:]
    calls_at = later[0].at if later else None
    return {"reached": step, "calls_at": None if row.stopped else calls_at}


CHASES = Projection(
    name="chases",
    version=3,
    kind="case",
    topics=frozenset(
        kind.topic
        for kind in (
            CaseOpened,
            ChaseBegun,
            ChaseStepReached,
            ChaseLapsed,
            ChaseStopped,
            InformationReceived,
            FoundIncomplete,
            CaseClassified,
            CaseResolved,
        )
    ),
    row=ChaseRow,
    evolve=evolve,
)
