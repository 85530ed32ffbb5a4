"""Clocks: each generation of each clock of a case, when it is due, and when time will call for an act of ours."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from ledger.case.clocks.approving import ApprovalAsked
from ledger.case.clocks.extending import ClockExtended
from ledger.case.clocks.facts import ClockArmed, ClockPaused, ClockResumed, ClockStopped
from ledger.case.clocks.refusing import DatingBackRefused
from ledger.case.clocks.restated import ClockRestated
from ledger.case.escalation.reaching import ClockBreached, RungReached
from ledger.facts import Fact
from ledger.policy.clocks.certificates import CALENDARS_CITED
from ledger.policy.clocks.history import RungAt
from projections.fold.projection import Fields, Projection, Rows, changed
from projections.fold.told import Told


class Rung(NamedTuple):
    """A step of escalation, and when it is reached."""

    code: str
    at: datetime


class ClockRow(NamedTuple):
    """One generation of a clock.

    `state` is running, paused, met, breached, superseded, lapsed, transferred, withdrawn or reset.

    `breached` says that the breach of a clock was recorded while it ran. `calls_at` is when the next
    rung, the breach or the end of what a pause may last is to be recorded; None while nothing is,
    and for a deadline that another system stated, which calls for nothing here. `reckoned_by` names the
    edition of the law, of the zones and of each calendar by which its due date stands. `promised_at` is a
    later date that was told before a revision moved it earlier. `claimed_at` is when a clock is said to have
    ended in its time, which a second person is to approve: it counts as late until then.
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
    sense: str = "deadline"
    reckoned_by: str = ""
    promised_at: datetime | None = None
    claimed_at: datetime | None = None


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
    if type(fact) in (ClockResumed, ClockRestated) and fact.generation > row.generation:
        ended = _other(row, {"state": "reset", "stopped_at": at})
        changes = _EVOLVES[type(fact)](row, fact, at)
        anew = {**changes, "generation": fact.generation, "started_at": at}
        begun = _other(row, {**anew, "reached": (), "breached": False})
        return (*rows[:place], ended, *rows[place + 1 :], begun)
    after = _other(row, _EVOLVES[type(fact)](row, fact, at))
    return (*rows[:place], after, *rows[place + 1 :])


def _armed(fact: ClockArmed) -> ClockRow:
    stated = fact.policy is None
    rungs = _rungs(fact.rungs)
    sense = fact.certificate.get("sense", "deadline")
    calling = [rung.at for rung in rungs] + ([fact.due_at] if sense == "deadline" else [])
    return ClockRow(
        clock=fact.clock,
        generation=fact.generation,
        state="running",
        stated=stated,
        started_at=fact.started_at,
        due_at=fact.due_at,
        rungs=rungs,
        calls_at=None if stated else min(calling, default=None),
        sense=sense,
        reckoned_by=reckoned_by(fact.certificate),
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
    return tuple([Rung(rung.code, rung.at) for rung in rungs])


def reckoned_by(certificate: Mapping[str, Any]) -> str:
    """The editions that a certificate cites: law, zones and calendars, as one text that changes when one does."""
    if "tz_version" not in certificate:
        return ""
    cited = [
        f"{each['code']}={each['digest']}{each.get('observes', '')}"
        for name in CALENDARS_CITED
        if (each := certificate.get(name))
    ]
    law = f"{certificate['pack']}/{certificate['version']}"
    return "|".join([law, certificate["tz_version"], *sorted(set(cited))])


def _paused(row: ClockRow, fact: ClockPaused, at: datetime) -> Fields:
    return {
        "state": "paused",
        "due_at": None,
        "pause_ends_at": fact.pause_ends_at,
        "reckoned_by": reckoned_by(fact.certificate),
    }


def _resumed(row: ClockRow, fact: ClockResumed, at: datetime) -> Fields:
    rungs = _rungs(fact.rungs)
    return {
        "state": "running",
        "due_at": fact.due_at,
        "rungs": rungs,
        "stopped_at": None,
        "claimed_at": None,
        "pause_ends_at": None,
        "reckoned_by": reckoned_by(fact.certificate),
    }


def _extended(row: ClockRow, fact: ClockExtended, at: datetime) -> Fields:
    return {
        "state": "paused" if fact.due_at is None else "running",
        "due_at": fact.due_at,
        "rungs": _rungs(fact.rungs),
        "reached": tuple(code for code in row.reached if code not in fact.armed_again),
        "pause_ends_at": fact.pause_ends_at,
        "reckoned_by": reckoned_by(fact.certificate),
        "promised_at": None,
    }


def _restated(row: ClockRow, fact: ClockRestated, at: datetime) -> Fields:
    return {
        "state": "paused" if fact.due_at is None else "running",
        "started_at": fact.started_at,
        "due_at": fact.due_at,
        "rungs": _rungs(fact.rungs),
        "reached": tuple(code for code in row.reached if code not in fact.overtakes),
        "breached": row.breached and not fact.overtakes_breach,
        "pause_ends_at": fact.pause_ends_at,
        "reckoned_by": reckoned_by(fact.certificate),
        "promised_at": fact.promised_at or row.promised_at,
    }


def _reached(row: ClockRow, fact: RungReached, at: datetime) -> Fields:
    return {"reached": (*row.reached, fact.rung)}


def _breached(row: ClockRow, fact: ClockBreached, at: datetime) -> Fields:
    """A breach of a due date that a later entry had replaced is one as then known: told by effect it counts no more."""
    return {"breached": row.breached or row.due_at == fact.due_at}


def _stopped(row: ClockRow, fact: ClockStopped, at: datetime) -> Fields:
    return {
        "state": fact.outcome,
        "due_at": fact.due_at,
        "stopped_at": at,
        "claimed_at": None,
    }


def _claimed(row: ClockRow, fact: ApprovalAsked, at: datetime) -> Fields:
    return {"claimed_at": fact.kept_at} if row.state == "breached" else {}


def _refused(row: ClockRow, fact: DatingBackRefused, at: datetime) -> Fields:
    return {"claimed_at": None, "stopped_at": fact.ended_at}


_EVOLVES: dict[type[Fact], Callable[[ClockRow, Any, datetime], Fields]] = {
    ClockPaused: _paused,
    ClockResumed: _resumed,
    ClockExtended: _extended,
    ClockRestated: _restated,
    RungReached: _reached,
    ClockBreached: _breached,
    ClockStopped: _stopped,
    ApprovalAsked: _claimed,
    DatingBackRefused: _refused,
}


def _next_call(row: ClockRow) -> datetime | None:
    if row.state == "paused":
        return row.pause_ends_at
    if row.state != "running":
        return None
    instants = [rung.at for rung in row.rungs if rung.code not in row.reached]
    if row.due_at is not None and not row.breached and row.sense == "deadline":
        instants.append(row.due_at)
    return min(instants, default=None)


CLOCKS = Projection(
    name="clocks",
    version=3,
    kind="case",
    topics=frozenset(kind.topic for kind in (ClockArmed, *_EVOLVES)),
    row=ClockRow,
    evolve=evolve,
)
