"""Workload: what each member has in hand, how much of it is late, and what else they owe, now or at any instant."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from ledger.store import LedgerStore
from ledger.then import NOW, Then
from projections.answers import UpToDate, up_to_date
from projections.fold.temporal import microseconds
from projections.lists.sla import DUE_SOON
from projections.office.office_as_of import cases_as_of
from projections.rows.case_rows import CaseRow
from projections.rows.obligations import OBLIGATIONS, ObligationRow

if TYPE_CHECKING:
    from projections.views import Views

_OWNED = """
    SELECT c.key
    FROM {{cases}} AS c
    WHERE {held}
    AND c.standing <> 'resolved'
    AND c.owner IS NOT NULL
"""
_OWED = """
    SELECT o.key
    FROM {{obligations}} AS o
    WHERE {held}
    AND o.ended_at IS NULL
    AND o.member IS NOT NULL
"""
_NOW = "{0}.magnitude = 63"
_THEN = "{0}.known_from <= :known_at AND {0}.known_to > :known_at"


@dataclass(frozen=True, slots=True)
class Work:
    """What one member has: cases in hand and paused, those of immediate danger among them, late or due within two days.

    `owed` are tasks, follow-ups and rulings that are theirs, on any case, `owed_late` those that are due.
    """

    active: int = 0
    immediate: int = 0
    paused: int = 0
    overdue: int = 0
    due_soon: int = 0
    oldest_at: datetime | None = None
    teams: frozenset[str] = frozenset()
    """Of which teams they have cases."""
    owed: int = 0
    owed_late: int = 0

    def having(self, row: CaseRow, at: datetime) -> Work:
        """With one more case."""
        paused = row.waiting is not None
        late = row.due_at is not None and row.due_at <= at
        soon = row.due_at is not None and at < row.due_at <= at + DUE_SOON
        return replace(
            self,
            active=self.active + (not paused),
            immediate=self.immediate + (row.lane == 0 and not paused),
            paused=self.paused + paused,
            overdue=self.overdue + late,
            due_soon=self.due_soon + soon,
            oldest_at=min(row.received_at, self.oldest_at or row.received_at),
            teams=self.teams | ({row.team} if row.team is not None else frozenset()),
        )

    def owing(self, row: ObligationRow, at: datetime) -> Work:
        """With one more thing that they owe."""
        late = row.due_at is not None and row.due_at <= at
        return replace(self, owed=self.owed + 1, owed_late=self.owed_late + late)


@dataclass(frozen=True, slots=True)
class Workload:
    """What every member has who has anything."""

    up_to_date: UpToDate
    at: datetime
    members: Mapping[str, Work]


def workload(views: Views, store: LedgerStore, *, at: datetime, then: Then = NOW) -> Workload:
    """What every member has; as of another instant each case is folded anew."""
    if then.as_of is not None:
        standing, found = cases_as_of(
            views, store, ("obligations",), at=then.as_of, known_at=then.known_at
        )
        pairs = [(row, OBLIGATIONS.after(entries)) for _, row, entries in found]
        owed = [each for _, rows in pairs for each in rows]
        return Workload(standing, at, _tallied((row for row, _ in pairs), owed, at))
    held = _NOW if then.known_at is None else _THEN
    given = {} if then.known_at is None else {"known_at": microseconds(then.known_at)}
    with views.reading("cases", "obligations") as reading:
        mine = [key for (key,) in reading.rows(_OWNED.format(held=held.format("c")), **given)]
        theirs = {key for (key,) in reading.rows(_OWED.format(held=held.format("o")), **given)}
        cases = reading.rows_of(CaseRow, mine, known_at=then.known_at)
        obligations = reading.rows_of(ObligationRow, sorted(theirs), known_at=then.known_at)
        standing = up_to_date(reading, then.known_at)
    return Workload(
        standing,
        at,
        _tallied(
            (row for rows in cases.values() for row in rows),
            (row for rows in obligations.values() for row in rows),
            at,
        ),
    )


def _tallied(
    cases: Iterable[CaseRow], owed: Iterable[ObligationRow], at: datetime
) -> Mapping[str, Work]:
    found: dict[str, Work] = {}
    for row in cases:
        if row.open and row.owner is not None:
            found[row.owner] = found.get(row.owner, Work()).having(row, at)
    for each in owed:
        if each.ended_at is None and each.member is not None:
            found[each.member] = found.get(each.member, Work()).owing(each, at)
    return found
