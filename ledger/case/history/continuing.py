"""Continuing: what a later delivery of the source says of a case that was imported before.

Each row is recorded once, whichever files bring it: a row is known again by its time, activity, team and
actor. Once a case is worked on here, its source moves and ends it no more; its rows are recorded still.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from uuid import UUID

from ledger.case.clocks.facts import ClockArmed, superseded
from ledger.case.history.imported import (
    IMPORTED_CLOCK,
    IMPORTED_OUTCOME,
    Dated,
    ImportedStep,
    OwnershipTransferred,
    actor_of,
    as_the_source_knew,
    done_by,
    refuse_to_come,
    row_mark,
    stated_clock,
    stated_clock_stopped,
)
from ledger.case.known.timed import Clock
from ledger.case.outcome.resolving import CaseResolved
from ledger.case.state import Case, decides
from ledger.commands import CaseCommand, Circumstances
from ledger.entry import Happened
from ledger.errors import UnlawfulTransition
from ledger.times import Instant


class ContinueImport(CaseCommand):
    """Record what is new of a case in a later delivery of its source."""

    batch: UUID
    source: str
    deadline_at: Instant | None = None
    ended_at: Instant | None = None
    steps: tuple[ImportedStep, ...] = ()


def worked_on_here(case: Case) -> bool:
    """Whether an imported case was taken up here: moved, classified, set to wait, or opened again."""
    return (
        case.handover is not None
        or case.paused
        or (case.team, case.owner) != case.source_holder
        or bool(case.own_clocks)
        or (case.status == "open" and case.resolutions > 0)
    )


@decides(ContinueImport)
def continue_import(case: Case, asked: ContinueImport, around: Circumstances) -> Sequence[Happened]:
    """What is recorded already is passed over; the rest is appended in the source's order of time."""
    if not case.known().imported or case.known_at is None:
        raise UnlawfulTransition(
            "This case was opened here: bring the source's case in under a reference of its own.",
            rule="continues-an-import",
        )
    refuse_to_come(around, case.known_at, asked.ended_at, asked.steps)
    known_at, moves = case.known_at, not worked_on_here(case)
    restated = [*_restated(case, asked, known_at=known_at)]
    armed = [fact for _, _, fact in restated if isinstance(fact, ClockArmed)]
    stated = armed[-1] if armed else _stated(case)
    ended = [*_end(case, asked, stated)] if moves and case.status == "open" else []
    dated = [*restated, *_rows(case, asked, around, moves=moves), *ended]
    dated.sort(key=lambda each: each[0])
    return [*as_the_source_knew(dated, around, asked.batch, asked.source, known_at=known_at)]


def _stated(case: Case) -> Clock | None:
    """The clock of the deadline that the source stated, if it runs."""
    clock = case.clocks.get(IMPORTED_CLOCK)
    return clock if clock is not None and clock.open else None


def _restated(case: Case, asked: ContinueImport, *, known_at: datetime) -> Iterator[Dated]:
    """Another deadline than before arms the stated clock anew."""
    running, due_at = _stated(case), asked.deadline_at
    same = running.due_at == due_at if running else IMPORTED_CLOCK in case.clocks
    if due_at is None or same or case.status == "resolved":
        return
    at = min(known_at, asked.ended_at or known_at)
    if running is not None:
        yield at, None, superseded(running)
    yield (
        at,
        None,
        stated_clock(
            asked.source,
            due_at,
            started_at=case.received_at or at,
            generation=running.generation + 1 if running else 1,
        ),
    )


def _end(case: Case, asked: ContinueImport, stated: Clock | ClockArmed | None) -> Iterator[Dated]:
    """The end that the source tells of resolves the case and stops the deadline it stated."""
    if asked.ended_at is None:
        return
    ended = CaseResolved(outcome=IMPORTED_OUTCOME, replied=case.replied, words=None)
    yield asked.ended_at, None, ended
    if stated is not None and stated.due_at is not None:
        stopped = stated_clock_stopped(
            stated.due_at, ended_at=asked.ended_at, generation=stated.generation
        )
        yield max(asked.ended_at, case.received_at or asked.ended_at), None, stopped


def _rows(
    case: Case, asked: ContinueImport, around: Circumstances, *, moves: bool
) -> Iterator[Dated]:
    """The rows that are not recorded yet; one that came late does not move the case back."""
    recorded = Counter(case.source_rows)
    team, owner, since = case.team, case.owner, case.since
    for step in sorted(asked.steps, key=lambda each: each.at):
        mark = row_mark(step.at, step.activity, step.team, step.actor or around.actor.id)
        if recorded[mark]:
            recorded[mark] -= 1
            continue
        taker = (step.team or team, step.actor)
        in_turn = since is None or step.at >= since
        if moves and step.takes_over and in_turn and taker != (team, owner):
            moved = OwnershipTransferred(
                from_team=team, from_owner=owner, to_team=taker[0], to_owner=taker[1]
            )
            (team, owner), since = taker, step.at
            yield step.at, actor_of(step), moved
        yield step.at, actor_of(step), done_by(step)
