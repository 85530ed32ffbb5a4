"""What the clocks of a case make of its row: which is due first, whether one is breached, whether one ended late."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from ledger.case.clocks import ClockArmed, ClockPaused, ClockResumed, ClockStopped
from ledger.case.escalation import ClockBreached
from ledger.case.extending import ClockExtended
from ledger.case.restated import ClockRestated
from ledger.facts import Fact
from projections.case_rows import UNDATED_TURN, CaseRow, ClockStands
from projections.projection import Fields


def _armed(row: CaseRow, fact: ClockArmed, at: datetime) -> Fields:
    return _ticking(row, ClockStands(fact.clock, fact.generation, "running", _due(fact), False))


def _paused(row: CaseRow, fact: ClockPaused, at: datetime) -> Fields:
    stands = _stands(row, fact.clock, fact.generation)
    paused = ClockStands(stands.code, stands.generation, "paused", None, stands.breached)
    return _ticking(row, paused)


def _resumed(row: CaseRow, fact: ClockResumed, at: datetime) -> Fields:
    stands = _stands(row, fact.clock, fact.generation)
    breached = stands.breached and fact.generation == stands.generation
    resumed = ClockStands(fact.clock, fact.generation, "running", _due(fact), breached)
    return _ticking(row, resumed)


def _due(fact: ClockArmed | ClockResumed | ClockExtended | ClockRestated) -> datetime | None:
    """By when something is due; nothing is by a date before which it may not be done."""
    return None if fact.certificate.get("sense") == "not_before" else fact.due_at


def _extended(row: CaseRow, fact: ClockExtended, at: datetime) -> Fields:
    stands = _stands(row, fact.clock, fact.generation)
    state = "paused" if fact.due_at is None else "running"
    extended = ClockStands(stands.code, stands.generation, state, _due(fact), stands.breached)
    return _ticking(row, extended)


def _restated(row: CaseRow, fact: ClockRestated, at: datetime) -> Fields:
    stands = _stands(row, fact.clock, fact.generation)
    same = fact.generation == stands.generation
    breached = stands.breached and same and not fact.overtakes_breach
    state = "paused" if fact.due_at is None else "running"
    return _ticking(row, ClockStands(fact.clock, fact.generation, state, _due(fact), breached))


def _breached(row: CaseRow, fact: ClockBreached, at: datetime) -> Fields:
    stands = _stands(row, fact.clock, fact.generation)
    breached = stands.breached or stands.due_at == fact.due_at
    return _ticking(row, stands._replace(breached=breached))


def _stopped(row: CaseRow, fact: ClockStopped, at: datetime) -> Fields:
    stands = _stands(row, fact.clock, fact.generation)
    stopped = ClockStands(
        stands.code, stands.generation, fact.outcome, fact.due_at, stands.breached
    )
    fields = _ticking(row, stopped)
    if fact.outcome == "breached":
        fields["late"] = True
    return fields


def _stands(row: CaseRow, clock: str, generation: int) -> ClockStands:
    """The clock as it stands; one that was never armed, in a history told out of order, begins here."""
    for each in row.clocks:
        if each.code == clock:
            return each
    return ClockStands(clock, generation, "running", None, False)


def _ticking(row: CaseRow, stands: ClockStands) -> Fields:
    clocks = (*(each for each in row.clocks if each.code != stands.code), stands)
    due_at, clock, breached = None, None, False
    for each in clocks:
        if each.state == "running" or each.state == "paused":
            breached = breached or each.breached
            due = each.due_at
            if due is not None and (due_at is None or due < due_at):
                due_at, clock = due, each.code
    return {
        "clocks": clocks,
        "clock": clock,
        "due_at": due_at,
        "turn_at": due_at or row.received_at + UNDATED_TURN,
        "breached": breached,
    }


CLOCK_CHANGES: dict[type[Fact], Callable[[CaseRow, Any, datetime], Fields]] = {
    ClockArmed: _armed,
    ClockPaused: _paused,
    ClockResumed: _resumed,
    ClockExtended: _extended,
    ClockRestated: _restated,
    ClockBreached: _breached,
    ClockStopped: _stopped,
}
"""What changes in the row of a case by each fact about a clock."""
