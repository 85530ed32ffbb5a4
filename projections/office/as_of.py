"""As of: how things stood at an instant by what is known of it, however late it was recorded.

Entries of one case are folded in the order in which they happened. For a team, the spans tell which
cases it had then, and each of these is folded anew.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from ledger.ids import case_stream
from ledger.store import LedgerStore
from ledger.then import Then, as_it_happened
from projections.answers import up_to_date
from projections.fold.temporal import microseconds
from projections.fold.told import Told, told_by
from projections.lists.queues import Queue, QueuedCase, queued
from projections.rows.cases import CASES
from projections.store.progress import OnProgress, Progress, refuse_too_late

if TYPE_CHECKING:
    from projections.views import Reading, Views

_HAD = """
    SELECT DISTINCT s.key
    FROM {spans} AS s
    WHERE s.outcome IS NULL
    AND s.from_at <= :at
    AND (s.to_at IS NULL OR s.to_at > :at)
"""
_NOW = "AND s.magnitude = 63 "
_KNOWN = "AND s.known_from <= :known_at AND s.known_to > :known_at "
_OF_TEAM = "AND s.team = :team ORDER BY s.key"
_UNROUTED = "AND s.team IS NULL ORDER BY s.key"


def entries_as_of(
    store: LedgerStore, case_id: UUID, *, at: datetime, known_at: datetime | None = None
) -> list[Told]:
    """What had happened to a case by an instant, in the order in which it happened; its opening comes first."""
    found = [
        told_by(row.position, row.stream, row.version, row.topic, row.state)
        for row in store.stream(case_stream(case_id))
    ]
    then = Then(known_at, at)
    happened = [
        each
        for each in found
        if then.includes(known_at=each.known_at, effective_at=each.effective_at)
    ]
    return as_it_happened(happened, lambda each: (each.version, each.effective_at, each.known_at))


def queue_as_of(
    views: Views,
    store: LedgerStore,
    team: str | None,
    *,
    at: datetime,
    known_at: datetime | None = None,
    progress: OnProgress | None = None,
) -> Queue:
    """The open cases that a team had at an instant (None: those that no team had), each as it then stood."""
    with views.reading("spans") as reading:
        keys = _had(reading, team, at, known_at)
        standing = up_to_date(reading, known_at)
    cases: list[QueuedCase] = []
    for done, key in enumerate(keys, start=1):
        refuse_too_late()
        rows = CASES.after(entries_as_of(store, UUID(key), at=at, known_at=known_at))
        cases += [queued(key, row, at) for row in rows]
        if progress is not None:
            progress(Progress(done, len(keys)))
    cases.sort(
        key=lambda each: (each.row.lane, each.row.turn_at, each.row.received_at, each.case_id)
    )
    return Queue(standing, at, team, tuple(cases))


def _had(reading: Reading, team: str | None, at: datetime, known_at: datetime | None) -> list[str]:
    statement = _HAD + (_NOW if known_at is None else _KNOWN)
    statement += _UNROUTED if team is None else _OF_TEAM
    given: dict[str, object] = {"at": microseconds(at)}
    if team is not None:
        given["team"] = team
    if known_at is not None:
        given["known_at"] = microseconds(known_at)
    return [key for (key,) in reading.rows(statement, **given)]
