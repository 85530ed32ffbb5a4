"""The chase of a case, in one row: its plan, how far it came, and when time will call for its next step."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple

from ledger.case.contact.notices import NoticeIssued
from ledger.case.escalation.chase_steps import ChaseLapsed, ChaseStepReached
from ledger.case.intake.chasing import ChaseBegun, ChaseStopped
from ledger.case.intake.incomplete import FoundIncomplete
from ledger.case.intake.information import InformationReceived
from ledger.case.intake.opening import CaseClassified, CaseOpened
from ledger.case.outcome.reopening import CaseReopened
from ledger.case.outcome.resolving import CaseResolved
from ledger.facts import Fact
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

    `lapses_at` is when the request is to lapse, as the plan says or the notice of it, whichever is later. A chase
    that ended because the case was complete leaves no row. Where something is missing that nobody chases, the row has
    no plan: the policy had none, or the case is resolved, or was opened again while none began by that.
    """

    plan: str
    request_type: str
    steps: tuple[ChaseStepDue, ...]
    reached: int = 0
    calls_at: datetime | None = None
    lapses_at: datetime | None = None
    undecided: str | None = None
    stopped: bool = False
    resolved: bool = False
    reopened_at: datetime | None = None


def evolve(rows: Rows[ChaseRow], entry: Told) -> Rows[ChaseRow]:
    """The chase of a case after one more entry."""
    fact = entry.fact
    begins = _BEGINS.get(type(fact))
    if begins is not None:
        return begins(fact)
    if not rows:
        return _unplanned(fact) if isinstance(fact, CaseClassified) else rows
    if isinstance(fact, CaseReopened):
        return (changed(rows[0], {"resolved": False, "reopened_at": entry.effective_at}),)
    return _GOES_ON[type(fact)](rows, fact)


def _begun(fact: ChaseBegun) -> Rows[ChaseRow]:
    steps = tuple(ChaseStepDue(each.act, each.at) for each in fact.steps)
    lapses_at = steps[-1].at if steps[-1].act == "lapse" else None
    return (ChaseRow(fact.chase, fact.request_type, steps, 0, steps[0].at, lapses_at),)


def _unplanned(fact: CaseOpened | CaseClassified | FoundIncomplete) -> Rows[ChaseRow]:
    """The row of a case of which something is missing, until its chase begins."""
    if not fact.missing or fact.request_type is None:
        return ()
    return (ChaseRow(UNPLANNED, fact.request_type, ()),)


def _reached(rows: Rows[ChaseRow], fact: ChaseStepReached) -> Rows[ChaseRow]:
    told = {"undecided": fact.undecided, "lapses_at": fact.by_at}
    return (changed(rows[0], {**told, **_from(rows[0], fact.step)}),)


def _noticed(rows: Rows[ChaseRow], fact: NoticeIssued) -> Rows[ChaseRow]:
    named = [each for each in (fact.lapses_at, rows[0].lapses_at) if each is not None]
    if fact.lapses_at is None:
        return rows
    return (changed(rows[0], {"lapses_at": max(named)}),)


def _lapsed(rows: Rows[ChaseRow], fact: ChaseLapsed) -> Rows[ChaseRow]:
    return (changed(rows[0], _from(rows[0], fact.step)),)


def _stopped(rows: Rows[ChaseRow], fact: ChaseStopped) -> Rows[ChaseRow]:
    return (changed(rows[0], {"stopped": True, "calls_at": None}),)


def _informed(rows: Rows[ChaseRow], fact: InformationReceived) -> Rows[ChaseRow]:
    return rows if fact.missing else ()


def _classified(rows: Rows[ChaseRow], fact: CaseClassified) -> Rows[ChaseRow]:
    same = fact.missing and fact.request_type == rows[0].request_type
    return rows if same else _unplanned(fact)


def _resolved(rows: Rows[ChaseRow], fact: CaseResolved) -> Rows[ChaseRow]:
    """Nothing is chased of what is over; what was missing still is, should it be opened again."""
    return (ChaseRow(UNPLANNED, rows[0].request_type, (), resolved=True),)


def _from(row: ChaseRow, step: int) -> dict[str, object]:
    """How a chase goes on once this many steps are recorded."""
    later = row.steps[step:]
    calls_at = later[0].at if later else None
    return {"reached": step, "calls_at": None if row.stopped else calls_at}


_BEGINS: dict[type[Fact], Callable[[Any], Rows[ChaseRow]]] = {
    CaseOpened: _unplanned,
    FoundIncomplete: _unplanned,
    ChaseBegun: _begun,
}
"""What each fact begins, whatever was there."""
_GOES_ON: dict[type[Fact], Callable[[Rows[ChaseRow], Any], Rows[ChaseRow]]] = {
    ChaseStepReached: _reached,
    ChaseLapsed: _lapsed,
    ChaseStopped: _stopped,
    NoticeIssued: _noticed,
    InformationReceived: _informed,
    CaseClassified: _classified,
    CaseResolved: _resolved,
}
"""What each fact makes of the chase that is there."""


CHASES = Projection(
    name="chases",
    version=5,
    kind="case",
    topics=frozenset(kind.topic for kind in (*_BEGINS, *_GOES_ON, CaseReopened)),
    row=ChaseRow,
    evolve=evolve,
)
