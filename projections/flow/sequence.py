"""The sequence of queues: how each backlog stands in the order in which they are cleared, as known at any instant."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from ledger.registers.flow.sequences import SEQUENCE, QueueSequence, QueueState, sequence_id
from ledger.store import LedgerStore
from ledger.then import NOW, Then, office_state
from projections.answers import UpToDate
from projections.lists.queues import Counts


@dataclass(frozen=True, slots=True)
class QueueLine:
    """A queue of the sequence: its state since which date, its hours a week, when it is planned, how many wait now."""

    place: int
    team: str
    state: QueueState
    since_on: date
    hours: int
    planned_on: date | None
    cleared_on: date | None
    waiting: int


@dataclass(frozen=True, slots=True)
class SequenceStands:
    """The queues in their order."""

    up_to_date: UpToDate
    at: datetime
    queues: tuple[QueueLine, ...]


def sequence_of(store: LedgerStore, then: Then = NOW) -> QueueSequence:
    """The sequence as recorded, or as it stood then."""
    return office_state(SEQUENCE, store.stream(f"sequence/{sequence_id(store.ledger_id)}"), then)


def sequence(state: QueueSequence, counts: Counts) -> SequenceStands:
    """How the sequence stands, with what each team has open by these counts."""
    waiting = {each.team: each.open for each in counts.teams}
    lines = tuple(
        QueueLine(
            place,
            team,
            each.state,
            each.since_on,
            each.hours,
            each.plan.planned_on,
            each.cleared_on,
            waiting.get(team, 0),
        )
        for place, (team, each) in enumerate(state.queues.items(), start=1)
    )
    return SequenceStands(counts.up_to_date, counts.at, lines)
