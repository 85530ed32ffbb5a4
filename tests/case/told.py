"""What lists, spans and the page of a case tell of it, beside what its next decision stands on."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from ledger.case.clocks.facts import ClockArmed
from ledger.case.state import Case
from projections.fold.told import told
from projections.one_case.details import DETAILS, CaseDetails
from projections.rows.case_rows import CaseRow
from projections.rows.cases import CASES
from projections.rows.escalations import ESCALATIONS
from projections.rows.obligations import OBLIGATIONS, ObligationRow
from projections.rows.spans import SPANS, SpanRow

if TYPE_CHECKING:
    from tests.deciding import History


def told_as_it_is(history: History[Case]) -> None:
    """A case stands in its row, on its page and in its last span as it does for its next decision."""
    entries = [told(entry) for entry in history.entries]
    case = history.state
    (row,), (page,), spans = CASES.after(entries), DETAILS.after(entries), SPANS.after(entries)
    undated = {
        each.fact.clock
        for each in history.happened
        if isinstance(each.fact, ClockArmed) and each.fact.certificate.get("sense")
    }
    assert _of_row(row) == _of_case(case, undated)
    assert _of_page(page) == (
        case.outcome,
        case.resolutions,
        case.severity,
        case.flags,
        case.missing,
        case.complete_at,
    )
    confirms = case.proposal and (case.proposal.team, case.proposal.confirm_by)
    assert (page.confirm_team, page.confirm_by) == (confirms or (None, None))
    assert spans[0].from_at == case.received_at
    assert _of_span(spans[-1]) == (case.team, case.owner, case.status == "resolved")
    owed = [each for each in OBLIGATIONS.after(entries) if not each.ended_at]
    assert {_of_owed(each) for each in owed if each.kind != "promise"} == _owed(case)
    promised = [each.due_at for each in owed if each.kind == "promise"]
    assert promised in ([], [case.promises.by_at])
    assert promised or case.promises.by_at is None or case.resolutions, (
        "kept, or over with the case"
    )
    raised = {
        each.escalation_id: (
            each.parties, each.climbed, each.act_by, each.warning,
            each.delivered_at is not None, each.acknowledged_at is not None,
        )
        for each in ESCALATIONS.after(entries)
    }  # fmt: skip
    assert raised == {
        str(key): (
            each.parties, each.climbed, each.act_by, each.warning,
            key in case.delivered, key in case.acknowledged,
        )
        for key, each in case.escalations.items()
    }  # fmt: skip
    resolution = case.resolution
    for shown, stands in (  # each is gone from the row once its alarm was raised
        (row.promised_at, case.promises.by_at),
        (row.settles_at, resolution.settles_at if resolution else None),
        (row.undecided_since, row.return_since),
    ):
        assert shown in (None, stands)
    assert row.return_since == (resolution.returning_since if resolution else None)


def _of_row(row: CaseRow) -> dict[str, Any]:
    return {
        "of": (row.imported, row.request_type, row.region, row.language, row.interview_language),
        "weighs": (row.effort_points, row.lane == 0),
        "with": (row.team, row.owner, row.transit_to, row.transit_to_member, row.accept_by),
        "waits": ([(each.wait_id, each.from_at) for each in row.waits], row.waiting),
        "clocks": {each.code: each.due_at for each in row.clocks},
        "from_to": (row.received_at, row.resolved_at),
        "ruled by": row.adjudicate_by,
    }


def _of_case(case: Case, undated: set[str]) -> dict[str, Any]:
    """Nothing is due by a date before which it may not be done, nor by one that is only warned of."""
    handover, spoken = case.handover, case.spoken.interview_language
    to = (handover.to_team, handover.to_owner) if handover else (None, None)
    accept_by = handover.accept_by if handover and not handover.unanswered else None
    open_waits = [(str(each.wait_id), each.from_at) for each in case.waits if each.to_at is None]
    return {
        "of": (case.imported, case.request_type, case.region, case.language, spoken),
        "weighs": (case.effort_points, case.immediate),
        "with": (case.team, case.owner, *to, accept_by),
        "ruled by": case.moves.decide_by,
        "waits": (open_waits, case.waiting.reason if case.waiting else None),
        "clocks": {
            code: None if code in undated else each.due_at
            for code, each in case.clocks.items()
            if each.open
        },
        "from_to": (case.received_at, case.resolved_at),
    }


def _of_owed(row: ObligationRow) -> tuple[Any, ...]:
    if row.kind == "adjudication":
        return (row.kind, "", None, row.due_at, None)
    return (row.kind, row.owed_id, row.member, row.due_at, row.calls_at)


def _owed(case: Case) -> set[tuple[Any, ...]]:
    """What is owed still, by whom and by when, and when it calls, unless it was called already."""
    owed, due = case.owed, case.moves.decide_by
    found: list[tuple[str, UUID, str | None, datetime | None]] = [
        *(("task", each.task_id, each.member, each.due_at) for each in owed.open_tasks),
        *(
            ("follow_up", key, each.member, each.due_at)
            for key, each in owed.follow_ups.items()
            if not each.done
        ),
        *(
            ("referral", key, None, each.confirm_by)
            for key, each in owed.referrals.items()
            if each.unconfirmed
        ),
    ]
    rulings = {("adjudication", "", None, due, None)} if due is not None else set[tuple[Any, ...]]()
    return rulings | {
        (kind, str(key), member, at, None if (key, at) in owed.called else at)
        for kind, key, member, at in found
    }


def _of_page(page: CaseDetails) -> tuple[Any, ...]:
    known = (frozenset(page.flags), frozenset(page.missing_fields))
    return (page.outcome, page.resolutions, page.severity, *known, page.complete_at)


def _of_span(span: SpanRow) -> tuple[Any, ...]:
    return (span.team, span.owner, span.resolved)
