"""To do: what is owed on cases, promised contacts among it, by whom and by when, at any instant."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from ledger.store import LedgerStore
from ledger.then import NOW, Then
from projections.answers import UpToDate, up_to_date
from projections.fold.temporal import microseconds
from projections.office.office_as_of import cases_as_of
from projections.rows.case_rows import CaseRow
from projections.rows.obligations import OBLIGATIONS, ObligationRow, Owing

if TYPE_CHECKING:
    from projections.views import Views

_OWED = """
    SELECT DISTINCT o.key
    FROM {{obligations}} AS o
    WHERE {held}
    AND o.ended_at IS NULL
"""
_NOW = "o.magnitude = 63"
_THEN = "o.known_from <= :known_at AND o.known_to > :known_at"
_NEVER = datetime.max.replace(tzinfo=UTC)
"""What is due at no instant comes after all that is."""


@dataclass(frozen=True, slots=True)
class ToDo:
    """Something that is owed on a case; by nobody yet where `member` is null, and then by the team.

    `what` is the kind of task, follow-up or referral, `owed_id` what a command names it by.
    """

    reference: str
    case_id: UUID
    kind: Owing
    what: str | None
    team: str | None
    member: str | None
    since_at: datetime
    due_at: datetime | None
    overdue: bool
    owed_id: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """Of which team or member, due by when, and whether only what nobody has; None and False choose nothing."""

    team: str | None = None
    member: str | None = None
    due_by: datetime | None = None
    nobody: bool = False

    def fits(self, each: ToDo) -> bool:
        """Whether it is among what is chosen."""
        return (
            self.team in (None, each.team)
            and self.member in (None, each.member)
            and (self.due_by is None or (each.due_at is not None and each.due_at <= self.due_by))
            and not (self.nobody and each.member is not None)
        )


@dataclass(frozen=True, slots=True)
class ToDos:
    """What is to be done, due first on top, what has no time at the end."""

    up_to_date: UpToDate
    at: datetime
    to_do: tuple[ToDo, ...]


def to_dos(
    views: Views, store: LedgerStore, wanted: Wanted, *, at: datetime, then: Then = NOW
) -> ToDos:
    """What is owed and not done of what is chosen; as of another instant each case is folded anew."""
    if then.as_of is not None:
        standing, found = cases_as_of(
            views, store, ("obligations",), at=then.as_of, known_at=then.known_at
        )
        owed = [
            each
            for case_id, case, entries in found
            for each in _of_case(case_id, case, OBLIGATIONS.after(entries), at)
        ]
        return ToDos(standing, at, _chosen(owed, wanted))
    held = _NOW if then.known_at is None else _THEN
    given = {} if then.known_at is None else {"known_at": microseconds(then.known_at)}
    with views.reading("cases", "obligations") as reading:
        keys = [key for (key,) in reading.rows(_OWED.format(held=held), **given)]
        cases = reading.rows_of(CaseRow, keys, known_at=then.known_at)
        rows = reading.rows_of(ObligationRow, keys, known_at=then.known_at)
        standing = up_to_date(reading, then.known_at)
    owed = [each for key in keys for each in _of_case(UUID(key), cases[key][0], rows[key], at)]
    return ToDos(standing, at, _chosen(owed, wanted))


def _of_case(
    case_id: UUID, case: CaseRow, rows: Iterable[ObligationRow], at: datetime
) -> Iterator[ToDo]:
    """What is owed on a case; what names neither member nor team is owed by whoever has it."""
    for row in rows:
        if row.ended_at is not None:
            continue
        whose = row.member or (case.owner if row.team is None else None)
        overdue = row.due_at is not None and row.due_at <= at
        yield ToDo(
            case.reference, case_id, row.kind, row.what, row.team or case.team, whose,
            row.since_at, row.due_at, overdue, row.owed_id,
        )  # fmt: skip


def _chosen(owed: Iterable[ToDo], wanted: Wanted) -> tuple[ToDo, ...]:
    return tuple(sorted(filter(wanted.fits, owed), key=_by_due))


def _by_due(each: ToDo) -> tuple[datetime, datetime, str, str]:
    return each.due_at or _NEVER, each.since_at, str(each.case_id), each.owed_id
