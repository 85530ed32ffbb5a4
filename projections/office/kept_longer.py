"""Kept longer: which closed cases are sure not to be due by a day, by their row alone, so that nobody reads them.

Nearly all that an office has closed is kept for years yet: to fold each of these cases for every answer is what took
so long.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from ledger.case.outcome.resolving import CaseResolved
from ledger.case.outcome.settling import CaseSettled
from ledger.ids import case_stream
from ledger.policy.document.retention import Closing, RetentionClass, kept_until
from ledger.policy.in_force import PolicyVersion
from ledger.store import LedgerStore
from ledger.then import Then
from projections.fold.told import told_by

_AS_LONG = 500
"""To fold a case takes about as long as to pass over so many entries of the log."""
_BY_ITS_END = frozenset({"resolved", "closed_and_settled", "last_payment_or_closed"})
_TOPICS = frozenset({CaseResolved.topic, CaseSettled.topic})


class Ended(NamedTuple):
    """What the row of a closed case says of its end."""

    case_id: UUID
    request_type: str | None
    resolved_at: datetime
    imported: bool


def to_be_read(
    store: LedgerStore,
    closed: Sequence[Ended],
    *,
    version: PolicyVersion,
    until: date,
    then: Then,
) -> list[UUID]:
    """Those of the cases that may be due by the end of a day, or lack something by which that is known, in their order.

    What was resolved and has settled is kept from no earlier than it was resolved. As of another instant all are read.
    """
    if then.as_of is not None:
        return [each.case_id for each in closed]
    days = version.compiled.calendars.days_of(version.policy.office.zone)
    terms = {each: _terms(version, each) for each in {each.request_type for each in closed}}
    lasting = {
        each.case_id
        for each in closed
        if _outlasts(terms[each.request_type], days.date_of(each.resolved_at), until)
    }
    here = {each.case_id for each in closed if not each.imported}
    unsettled = lasting & here
    if len(unsettled) * _AS_LONG > store.tip():
        settled = _settled(store, then)
        unsettled = {each for each in unsettled if case_stream(each) not in settled}
    passed_over = lasting - unsettled
    return [each.case_id for each in closed if each.case_id not in passed_over]


def _terms(version: PolicyVersion, request_type: str | None) -> tuple[RetentionClass, ...]:
    """Every class by which a case of a type can be kept, whatever its outcome; none where one may have no class."""
    kind = version.policy.types.get(request_type or "")
    if kind is None:
        return ()
    codes = {kind.retention, *kind.retention_by_outcome.values()}
    found = [version.policy.retention[code] for code in codes if code]
    return tuple(found) if len(found) == len(codes) else ()


def _outlasts(terms: Collection[RetentionClass], resolved_on: date, until: date) -> bool:
    """Whether what was resolved on a day is kept beyond another by each of the classes, once it has settled."""
    return bool(terms) and all(_is_later(each, resolved_on, until) for each in terms)


def _is_later(terms: RetentionClass, resolved_on: date, until: date) -> bool:
    if terms.starts not in _BY_ITS_END and terms.appeal_days is None:
        return False
    kept = kept_until(terms, Closing(resolved_on, resolved_on))
    return kept.lacking is None and (kept.due_on is None or kept.due_on > until)


def _settled(store: LedgerStore, then: Then) -> set[str]:
    """The streams of all cases whose latest resolution has settled, as it was known then."""
    found: set[str] = set()
    for chunk in store.scan(upto=store.tip()):
        for row in chunk:
            if row[3] not in _TOPICS:
                continue
            told = told_by(*row)
            if not then.includes(known_at=told.known_at, effective_at=told.effective_at):
                continue
            if told.topic == CaseSettled.topic:
                found.add(told.stream)
            else:
                found.discard(told.stream)
    return found
