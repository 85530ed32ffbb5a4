"""How inquiries stand: what is asked and answered in each, by when, and what is overdue; nothing that it says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ledger.ids import reference_of, subject_id_of
from ledger.keeping import inquiry_of
from ledger.policy.acting.inquiring import of_their_office
from ledger.policy.calendars.zones import LocalDays
from ledger.policy.document.policy import Policy
from ledger.registers.inquiries.alarming import called_by
from ledger.service import Ledger
from ledger.then import Then


@dataclass(frozen=True, slots=True)
class InquiryShown:
    """An inquiry: its cases, until when they may be read, by when it is to be answered, what is overdue."""

    inquiry_id: UUID
    cases: tuple[str, ...]
    expires_at: datetime | None
    due_at: datetime | None
    questions: int
    answered: int
    recommendations: int
    overdue: tuple[str, ...]
    closed: bool


def inquiries_standing(
    ledger: Ledger,
    days: LocalDays,
    policy: Policy,
    reader: str,
    *,
    left: frozenset[UUID] = frozenset(),
    at: datetime,
    then: Then,
) -> Iterator[InquiryShown]:
    """Every inquiry of the office that the reader inquires for, or of all, those first that were opened first.

    Cases that were `left` are not named. `at` is the instant at which it is told what is overdue.
    """
    for stream in ledger.store.streams("inquiry"):
        inquiry_id = subject_id_of(stream)
        each = inquiry_of(ledger, inquiry_id, then)
        if not each.opened or not of_their_office(policy, reader, each.office):
            continue
        late = called_by(each, at=at, end_of=days.end)
        yield InquiryShown(
            inquiry_id,
            tuple(reference_of(case_id) for case_id in sorted(each.cases - left)),
            each.expires_at,
            each.due_at,
            len(each.questions),
            sum(each.questions.values()),
            sum(one.open for one in each.recommendations.values()),
            tuple(what for what, _, _ in late),
            each.closed,
        )
