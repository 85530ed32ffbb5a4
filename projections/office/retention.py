"""Retention: which cases are due for disposal by a day, by which class, reckoned from when, and why others are not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from ledger.case.closing import closing_of, retention_of
from ledger.case.state import Case
from ledger.errors import InvalidCommand
from ledger.ids import reference_of
from ledger.policy.dates import months_after
from ledger.policy.document.retention import Kept, RetentionClass, kept_until
from ledger.policy.in_force import PolicyVersion
from ledger.policy.telling.days import day_said
from ledger.store import LedgerStore
from ledger.then import NOW, Then
from projections.answers import UpToDate, up_to_date
from projections.fold.temporal import instant_at, microseconds
from projections.lists.holds import holds_then
from projections.office.kept_longer import Ended, to_be_read
from projections.office.office_as_of import cases_as_of

if TYPE_CHECKING:
    from projections.views import Views

_CLOSED = """
    SELECT key, request_type, resolved_at, imported
    FROM {{cases}}
    WHERE {known}
    AND standing = 'resolved'
    AND NOT disposed
    AND resolved_at < :before
    ORDER BY resolved_at, key
"""
_NOW = "magnitude = 63"
_KNOWN = "known_from <= :known_at AND known_to > :known_at"

ReadCase = Callable[[UUID], Case]
Majority = Callable[[UUID, Case], "date | None"]
"""When the youngest person that a case is about comes of age, if that may be asked and is known."""


@dataclass(frozen=True, slots=True)
class KeptCase:
    """A closed case: by which class it is kept, until when, and whether a hold keeps it longer.

    `retention` is None where the policy gives its type no class; then it is kept.
    """

    case_id: UUID
    reference: str
    request_type: str | None
    outcome: str | None
    retention: str | None
    kept: Kept | None
    held: bool


@dataclass(frozen=True, slots=True)
class Disposal:
    """What is due by a day, what is due but held, and how many closed cases wait for what is not known yet."""

    up_to_date: UpToDate
    until: date
    due: tuple[KeptCase, ...]
    held: tuple[KeptCase, ...]
    lacking: dict[str, int]
    looked_at: int


def disposal(
    views: Views,
    store: LedgerStore,
    read_case: ReadCase,
    *,
    version: PolicyVersion,
    until: date,
    then: Then = NOW,
    majority: Majority = lambda _case_id, _case: None,
    at_most: int | None = None,
    progress: Callable[[int, int], None] = lambda _done, _all: None,
) -> Disposal:
    """Which closed cases are due for disposal by the end of a day, by the classes of the policy.

    At another instant `read_case` gives each as it stood then. Of so many at most, those that were closed first.
    """
    days = version.compiled.calendars.days_of(version.policy.office.zone)
    on_hold = holds_then(views, store, then).cases
    standing, closed = _closed(views, store, then, days.end(_earliest_end(version, until)))
    closed = closed[:at_most]
    keys = to_be_read(store, closed, version=version, until=until, then=then)
    found: list[KeptCase] = []
    lacking: dict[str, int] = {}
    for number, case_id in enumerate(keys, 1):
        each = _kept(case_id, read_case, version, majority, held=case_id in on_hold)
        why = "class" if each.kept is None else each.kept.lacking
        if why is not None:
            lacking[why] = lacking.get(why, 0) + 1
        elif each.kept is not None and each.kept.due_on is not None and each.kept.due_on <= until:
            found.append(each)
        progress(number, len(keys))
    found.sort(key=_when_due)
    return Disposal(
        standing,
        until,
        tuple(each for each in found if not each.held),
        tuple(each for each in found if each.held),
        lacking,
        len(closed),
    )


def _closed(
    views: Views, store: LedgerStore, then: Then, before: datetime
) -> tuple[UpToDate, list[Ended]]:
    """The cases that were resolved before an instant and are not disposed of, those first that were resolved first."""
    if then.as_of is not None:
        standing, cases = cases_as_of(
            views, store, ("holds",), at=then.as_of, known_at=then.known_at
        )
        found = [
            Ended(key, row.request_type, row.resolved_at, row.imported)
            for key, row, _ in cases
            if row.resolved_at is not None and not row.disposed and row.resolved_at < before
        ]
        return standing, sorted(found, key=lambda each: (each.resolved_at, str(each.case_id)))
    given = {"before": microseconds(before)}
    if then.known_at is not None:
        given["known_at"] = microseconds(then.known_at)
    asked = _CLOSED.format(known=_NOW if then.known_at is None else _KNOWN)
    with views.reading("cases", "holds") as reading:
        rows = [
            Ended(UUID(key), request_type, instant_at(resolved_at), bool(imported))
            for key, request_type, resolved_at, imported in reading.rows(asked, **given)
        ]
        return up_to_date(reading, then.known_at), rows


def _kept(
    case_id: UUID, read_case: ReadCase, version: PolicyVersion, majority: Majority, *, held: bool
) -> KeptCase:
    case = read_case(case_id)
    retention = retention_of(version.policy, case)
    return KeptCase(
        case_id,
        reference_of(case_id),
        case.request_type,
        case.outcome,
        retention,
        None
        if retention is None
        else _until(case_id, case, retention, read_case, version, majority),
        held,
    )


def _until(
    case_id: UUID,
    case: Case,
    retention: str,
    read_case: ReadCase,
    version: PolicyVersion,
    majority: Majority,
) -> Kept:
    """Until when it is kept; the file of a review as long as that of the decision under review."""
    terms = version.policy.retention[retention]
    if terms.starts == "as_original":
        if case.review is None:
            return Kept(terms.ends, lacking="original")
        original_id = case.review.other_case
        original = read_case(original_id)
        code = retention_of(version.policy, original)
        if code is None or version.policy.retention[code].starts == "as_original":
            return Kept(terms.ends, lacking="original")
        return _until(original_id, original, code, read_case, version, majority)
    days = version.compiled.calendars.days_of(version.policy.office.zone)
    of_age_on = majority(case_id, case) if terms.starts == "majority" else None
    return kept_until(terms, closing_of(case, days, majority_on=of_age_on))


def _when_due(each: KeptCase) -> tuple[date, str]:
    assert each.kept is not None
    assert each.kept.due_on is not None
    return each.kept.due_on, each.reference


def _earliest_end(version: PolicyVersion, until: date) -> date:
    """The last day on which a case can have been resolved that is due by then under any class."""
    shortest = min(map(_months, version.policy.retention.values()), default=0)
    try:
        return months_after(until, -shortest)
    except ValueError as error:
        raise InvalidCommand(
            f"{day_said(until)} is too early to ask about: name a later day."
        ) from error


def _months(terms: RetentionClass) -> int:
    return 12 * (terms.years or 0) + (terms.months or 0)
