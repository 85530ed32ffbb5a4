"""Clocks: each generation of each clock of a case, when it is due, and when time will call for an act of ours."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple

from ledger.case.clocks import ClockArmed, ClockPaused, ClockResumed, ClockStopped, RungAt
from ledger.case.escalation import ClockBreached, RungReached
from ledger.facts import Fact
from projections.projection import Fields, Projection, Rows, changed
from projections.told import Told


class Rung(NamedTuple):
    """A step of escalation, and when it is reached."""

    code: str
    at: datetime


class ClockRow(NamedTuple):
    """One generation of a clock. `state` is running, paused, met, breached, superseded, lapsed or reset.

    `breached` says that the breach of a clock was recorded while it ran. `calls_at` is when the next
    rung, the breach or the end of what a pause may last is to be recorded; None while nothing is,
    and for a deadline that another system stated, which calls for nothing here.
    """

    clock: str
    generation: int
    state: str
    stated: bool
    started_at: datetime
    due_at: datetime | None
    rungs: tuple[Rung, ...] = ()
    reached: tuple[str, ...] = ()
    breached: bool = False
    stopped_at: datetime | None = None
    pause_ends_at: datetime | None = None
    calls_at: datetime | None = None

    @property
    def ticking(self) -> bool:
        return self.state in _TICKING


_TICKING = frozenset({"running", "paused"})


def evolve(rows: Rows[ClockRow], entry: Told) -> Rows[ClockRow]:
    """The clocks of a case after one more entry; what is said of a clock never armed means nothing."""
    fact: Any = entry.fact
    if type(fact) is ClockArmed:
        return (*rows, _armed(fact))
    place = _latest(rows, fact.clock)
    if place is None:
        return rows
    row = rows[place]
    at = entry.effective_at
    if type(fact) is ClockResumed and fact.generation > row.generation:
        ended = _other(row, {"state": "reset", "stopped_at": at})
        anew = {**_resumed(row, fact, at), "generation": fact.generation, "started_at": at}
        begun = _other(row, {**anew, "reached": (), "breached": False})
        return (*rows[:place], ended, *rows[place + 1 :], begun)
    after = _other(row, _EVOLVES[type(fact)](row, fact, at))
    return (*rows[:place], after, *rows[place + 1 :])


def _armed(fact: ClockArmed) -> ClockRow:
    stated = fact.policy is None
    rungs = _rungs(fact.rungs)
    return ClockRow(
        clock=fact.clock,
        generation=fact.generation,
        state="running",
        stated=stated,
        started_at=fact.started_at,
        due_at=fact.due_at,
        rungs=rungs,
        calls_at=None if stated else min([fact.due_at, *(rung.at for rung in rungs)]),
    )


def _other(row: ClockRow, fields: Fields) -> ClockRow:
    """The row with these fields changed, and the instant at which time will next call for something."""
    if row.stated:
        return changed(row, fields)
    after = changed(row, fields)
    calls_at = _next_call(after)
    return after if calls_at == after.calls_at else changed(after, {"calls_at": calls_at})


def _latest(rows: Rows[ClockRow], clock: str) -> int | None:
    for place in range(len(rows) - 1, -1, -1):
        if rows[place].clock == clock:
            return place
    return None


def _rungs(rungs: tuple[RungAt, ...]) -> tuple[Rung, ...]:
    return tuple(Rung(rung.code, rung.at) for rung in rungs)


def _paused(row: ClockRow, fact: ClockPaused, at: datetime) -> Fields:
    return {"state": "paused", "due_at": None, "pause_ends_at": fact.pause_ends_at}


def _resumed(row: ClockRow, fact: ClockResumed, at: datetime) -> Fields:
    rungs = _rungs(fact.rungs)
    return {
        "state": "running",
        "due_at": fact.due_at,
        "rungs": rungs,
        "stopped_at": None,
        "pause_ends_at": None,
    }


def _reached(row: ClockRow, fact: RungReached, at: datetime) -> Fields:
    return {"reached": (*row.reached, fact.rung)}


def _breached(row: ClockRow, fact: ClockBreached, at: datetime) -> Fields:
    return {"breached": True}


def _stopped(row: ClockRow, fact: ClockStopped, at: datetime) -> Fields:
    return {"state": fact.outcome, "due_at": fact.due_at, "stopped_at": at}


_EVOLVES: dict[type[Fact], Callable[[ClockRow, Any, datetime], Fields]] = {
    ClockPaused: _paused,
    ClockResumed: _resumed,
    RungReached: _reached,
    ClockBreached: _breached,
    ClockStopped: _stopped,
}


def _next_call(row: ClockRow) -> datetime | None:
    if row.state == "paused":
        return row.pause_ends_at
    if row.state != "running":
        return None
    instants = [rung.at for rung in row.rungs if rung.code not in row.reached]
    if row.due_at is not None and not row.breached:
        instants.append(row.due_at)
    return min(instants, default=None)


def _resting(rows: Rows[ClockRow]) -> bool:
    return not any(row.ticking for row in rows)


CLOCKS = Projection(
    name="clocks",
    version=1,
    kind="case",
    topics=frozenset(kind.topic for kind in (ClockArmed, *_EVOLVES)),
    row=ClockRow,
    evolve=evolve,
    resting=_resting,
)
