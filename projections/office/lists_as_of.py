"""Lists as of an instant: cases, clocks and escalations as they stood by what is known now, each case folded anew.

Slower than the views, which know when something became known and not only when it happened.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, TypeVar
from uuid import UUID

from ledger.store import LedgerStore
from ledger.then import Then
from projections.answers import UpToDate
from projections.fold.told import Told
from projections.lists.listing import ALL, Chosen, Listed, Listing, Within, ended_at, near_now
from projections.lists.open_escalations import EscalationMark, OpenEscalation, OpenEscalations
from projections.lists.shown_to import ANYBODY, RECUSALS, ShownTo
from projections.lists.sla import ClockMark, ClockOfCase, ClocksOfCases, ClockStatus
from projections.office.office_as_of import cases_as_of, clock_status
from projections.rows.case_rows import CaseRow, status
from projections.rows.clocks import CLOCKS
from projections.rows.escalations import ESCALATIONS

if TYPE_CHECKING:
    from projections.views import Views

Of = TypeVar("Of", Listed, ClockOfCase, OpenEscalation)
_NEVER = datetime.max.replace(tzinfo=UTC)
"""What is due at no instant comes after all that is."""


def listed_as_of(
    views: Views,
    store: LedgerStore,
    wanted: Chosen = ALL,
    *,
    at: datetime,
    then: Then,
    within: Within | None = None,
    shown_to: ShownTo = ANYBODY,
    before: tuple[str, str] | None = None,
    due_first: bool = False,
    limit: int = 50,
) -> Listing:
    """The cases that fit, in either order and a page at a time, as `listing.listed` gives them."""
    standing, found = _cases(views, store, (), then)
    near = None if within is None else near_now(views, within)
    mark = None if before is None else (ended_at(before[0]), before[1])
    cases = [
        Listed(key, status(row, at), row)
        for key, row, _ in found
        if wanted.fits(row) and (near is None or key in near)
    ]
    cases = _visible(views, shown_to, cases)
    if due_first:
        cases.sort(key=_by_case_due)
        return Listing(standing, at, tuple(cases[:limit]))
    cases.sort(key=_by_receipt, reverse=True)
    shown = [each for each in cases if mark is None or _by_receipt(each) < mark]
    return Listing(standing, at, tuple(shown[:limit]))


def clocks_as_of(
    views: Views,
    store: LedgerStore,
    asked: ClockStatus,
    *,
    at: datetime,
    then: Then,
    team: str | None = None,
    shown_to: ShownTo = ANYBODY,
    after: ClockMark | None = None,
    limit: int = 200,
) -> ClocksOfCases:
    """The clocks that stand in one way, those first that are or were due first, as `sla.clocks_that_are` gives them."""
    standing, found = _cases(views, store, ("clocks",), then)
    clocks = [
        ClockOfCase(key, asked, clock, row)
        for key, row, entries in found
        if team in (None, row.team)
        for clock in CLOCKS.after(entries)
        if clock_status(clock, at) == asked
    ]
    clocks = sorted(_visible(views, shown_to, clocks), key=_by_due)
    mark = None if after is None else (after[0] or _NEVER, str(after[1]), after[2], after[3])
    shown = [each for each in clocks if mark is None or _by_due(each) > mark]
    return ClocksOfCases(standing, at, tuple(shown[:limit]))


def escalations_as_of(
    views: Views,
    store: LedgerStore,
    *,
    at: datetime,
    since: datetime,
    then: Then,
    team: str | None = None,
    reason: str | None = None,
    shown_to: ShownTo = ANYBODY,
    after: EscalationMark | None = None,
    limit: int = 200,
) -> OpenEscalations:
    """What waited for an answer, those first that waited longest, as `open_escalations` gives it."""
    standing, found = _cases(views, store, ("escalations",), then)
    raised = [
        OpenEscalation(key, row.reference, row.team, row.owner, each)
        for key, row, entries in found
        if team in (None, row.team)
        for each in ESCALATIONS.after(entries)
        if reason in (None, each.reason)
    ]
    raised = _visible(views, shown_to, raised)
    answers = [
        each.escalation
        for each in raised
        if each.escalation.acknowledged_at is not None and each.escalation.acknowledged_at >= since
    ]
    waiting = [
        each
        for each in raised
        if each.escalation.acknowledged_at is None and not each.escalation.asleep
    ]
    waiting.sort(key=_by_age)
    mark = None if after is None else (after[0], str(after[1]), str(after[2]))
    shown = [each for each in waiting if mark is None or _by_age(each) > mark]
    in_bulk = sum(each.together is not None for each in answers)
    return OpenEscalations(standing, at, tuple(shown[:limit]), len(answers), in_bulk)


def _cases(
    views: Views, store: LedgerStore, names: tuple[str, ...], then: Then
) -> tuple[UpToDate, Iterator[tuple[UUID, CaseRow, list[Told]]]]:
    """Every case that a list could tell of."""
    assert then.as_of is not None
    return cases_as_of(views, store, names, at=then.as_of, known_at=then.known_at)


def _visible(views: Views, shown_to: ShownTo, found: Sequence[Of]) -> list[Of]:
    """What of it may be shown, by how the cases stand now that all of it was found."""
    with views.reading("cases", RECUSALS) as reading:
        shown = shown_to.of(reading, {str(each.case_id) for each in found})
    return [each for each in found if str(each.case_id) in shown]


def _by_receipt(each: Listed) -> tuple[datetime, str]:
    return each.row.received_at, str(each.case_id)


def _by_case_due(each: Listed) -> tuple[datetime, datetime, str]:
    return each.row.due_at or _NEVER, each.row.received_at, str(each.case_id)


def _by_due(each: ClockOfCase) -> tuple[datetime, str, str, int]:
    clock = each.clock
    return clock.due_at or _NEVER, str(each.case_id), clock.clock, clock.generation


def _by_age(each: OpenEscalation) -> tuple[datetime, str, str]:
    found = each.escalation
    return found.since_at, str(each.case_id), found.escalation_id
