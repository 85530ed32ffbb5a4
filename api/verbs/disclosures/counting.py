"""Counting requests for information: the cases that are ones, and each figure of what the access office did."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from api.verbs.disclosures.asked_of import entries_then
from api.verbs.verb import Tell, in_silence
from ledger.ids import subject_id_of
from ledger.keeping import case_of
from ledger.policies_then import version_then
from ledger.policy.calendars.zones import LocalDays
from ledger.registers.disclosures import STREAM
from ledger.service import Ledger
from ledger.then import Then
from projections.disclosures.dossier import Dossier, dossier
from projections.disclosures.statistics import Request, Statistics, is_request, request_of
from projections.lists.listing import cases_of_types

if TYPE_CHECKING:
    from projections.views import Views


def requests_for_information(
    ledger: Ledger,
    views: Views,
    *,
    days: LocalDays,
    at: datetime,
    then: Then,
    progress: Callable[[str], AbstractContextManager[Tell]] = in_silence,
) -> Iterator[Request]:
    """Every request of this ledger: the cases of its types, and those that a disclosure answers.

    Which cases are of these types the views tell, so that no other case is read; at another instant those
    are looked at that ever were.
    """
    policies = ledger.policies()
    answers: dict[UUID, list[Dossier]] = {}
    for stream in ledger.store.streams(STREAM):
        known = dossier(entries_then(ledger, subject_id_of(stream), then))
        if known.state.case_id is not None and not known.state.ended:
            answers.setdefault(known.state.case_id, []).append(known)
    policy = version_then(ledger, then, at).policy
    types = [code for code in policy.types if is_request(policy, code)]
    of_types = cases_of_types(views, types, ever=not then.is_now)
    requests = sorted({*answers, *of_types})
    with progress("requests") as tell:
        for place, case_id in enumerate(requests, 1):
            case = case_of(ledger, case_id, then)
            if case.received_at is not None and (case_id in answers or case.request_type in types):
                yield request_of(case_id, case, answers.get(case_id, []), policies, days)
            tell(place, len(requests))


def figures(found: Statistics) -> Iterator[tuple[str, str, object]]:
    """Each figure: what it is of, its name, its value."""
    for name in (
        "pending_at_start", "received", "completed", "pending_at_end", "on_time", "late",
        "overdue_at_end", "extended", "extensions", "median_days", "average_days", "lowest_days",
        "highest_days", "minutes", "cost_cents", "paid_cents", "pages",
    ):  # fmt: skip
        yield "requests", name, getattr(found, name)
    for group in ("results", "exemptions", "applicants"):
        for name, value in getattr(found, group).items():
            yield group, name, value
