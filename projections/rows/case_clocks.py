"""What the clocks of a case make of its row: which tick, and which of them is due first."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from ledger.case.clocks.extending import ClockExtended
from ledger.case.clocks.facts import ClockArmed, ClockPaused, ClockResumed, ClockStopped
from ledger.case.clocks.restated import ClockRestated
from ledger.facts import Fact
from projections.fold.projection import Fields
from projections.rows.case_rows import UNDATED_TURN, CaseRow, Ticks


def _due(
    row: CaseRow, fact: ClockArmed | ClockResumed | ClockExtended | ClockRestated, at: datetime
) -> Fields:
    """By when something is due: nothing is by a date before which it may not be done, or that is only warned of."""
    due_at = fact.due_at if fact.certificate.get("sense", "deadline") == "deadline" else None
    return _ticking(row, (*_others(row, fact.clock), Ticks(fact.clock, due_at)))


def _paused(row: CaseRow, fact: ClockPaused, at: datetime) -> Fields:
    return _ticking(row, (*_others(row, fact.clock), Ticks(fact.clock, None)))


def _stopped(row: CaseRow, fact: ClockStopped, at: datetime) -> Fields:
    return _ticking(row, _others(row, fact.clock))


def _others(row: CaseRow, clock: str) -> tuple[Ticks, ...]:
    return tuple([each for each in row.clocks if each.code != clock])


def _ticking(row: CaseRow, clocks: tuple[Ticks, ...]) -> Fields:
    due_at = min([each.due_at for each in clocks if each.due_at is not None], default=None)
    turn_at = due_at or row.received_at + UNDATED_TURN
    return {"clocks": clocks, "due_at": due_at, "turn_at": turn_at}


CLOCK_CHANGES: dict[type[Fact], Callable[[CaseRow, Any, datetime], Fields]] = {
    ClockArmed: _due,
    ClockPaused: _paused,
    ClockResumed: _due,
    ClockExtended: _due,
    ClockRestated: _due,
    ClockStopped: _stopped,
}
"""What changes in the row of a case by each fact about a clock."""
