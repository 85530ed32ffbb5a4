"""What lists, spans and the page of a case tell of it, beside what its next decision stands on."""

from __future__ import annotations

from typing import Any

from ledger.case.state import Case
from ledger.entry import Entry
from projections.cases import CASES, CaseRow
from projections.details import DETAILS, CaseDetails
from projections.spans import SPANS, SpanRow
from projections.told import told
from tests.deciding import History


def told_as_it_is(history: History[Case]) -> None:
    """A case stands in its row, on its page and in its last span as it does for its next decision."""
    entries = [
        told(Entry(place, history.stream, place, each.fact, each.actor, each.context))
        for place, each in enumerate(history.happened, start=1)
    ]
    case = history.state
    (row,), (page,), spans = CASES.after(entries), DETAILS.after(entries), SPANS.after(entries)
    assert _of_row(row) == _of_case(case)
    assert _of_page(page) == (
        case.outcome,
        case.resolutions,
        case.severity,
        case.flags,
        case.missing,
        case.complete_at,
    )
    assert spans[0].from_at == case.received_at
    assert _of_span(spans[-1]) == (case.team, case.owner, case.status == "resolved")
    quiet = case.quiet
    for shown, stands in (  # each is gone from the row once its alarm was raised
        (row.promised_at, case.promises.by_at),
        (row.settles_at, quiet.ends_at if quiet else None),
        (row.return_since, quiet.returning_since if quiet else None),
    ):
        assert shown in (None, stands)


def _of_row(row: CaseRow) -> dict[str, Any]:
    return {
        "of": (row.imported, row.request_type, row.region, row.language, row.interview_language),
        "weighs": (row.effort_points, row.lane == 0),
        "with": (row.team, row.owner, row.transit_to, row.accept_by),
        "waits": ([(each.wait_id, each.from_at) for each in row.waits], row.waiting),
        "clocks": {each.code: each.due_at for each in row.clocks},
        "from_to": (row.received_at, row.resolved_at),
    }


def _of_case(case: Case) -> dict[str, Any]:
    handover, spoken = case.handover, case.spoken.interview_language
    accept_by = handover.accept_by if handover and not handover.unanswered else None
    open_waits = [(str(each.wait_id), each.from_at) for each in case.waits if each.to_at is None]
    return {
        "of": (case.imported, case.request_type, case.region, case.language, spoken),
        "weighs": (case.effort_points, case.immediate),
        "with": (case.team, case.owner, handover.to_team if handover else None, accept_by),
        "waits": (open_waits, case.waiting.reason if case.waiting else None),
        "clocks": {code: each.due_at for code, each in case.clocks.items() if each.open},
        "from_to": (case.received_at, case.resolved_at),
    }


def _of_page(page: CaseDetails) -> tuple[Any, ...]:
    known = (frozenset(page.flags), frozenset(page.missing_fields))
    return (page.outcome, page.resolutions, page.severity, *known, page.complete_at)


def _of_span(span: SpanRow) -> tuple[Any, ...]:
    return (span.team, span.owner, span.resolved)
