"""Further: where a decision went on to, as the page of its case tells it: reviews, regulators and courts."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from ledger.case.outcome.appealed import AppealEnded, DecisionAppealed
from ledger.case.outcome.reviewed import DecisionContested, DecisionReviewed
from ledger.ids import IdText, reference_of


class ReviewTold(NamedTuple):
    """A case that reviews the decision of this one, and what it found; nothing as long as it has found nothing."""

    reference: str
    finding: str | None = None


class AppealTold(NamedTuple):
    """What the decision was taken to, a regulator or a court, and how that ended; nothing as long as it is open."""

    appeal_id: IdText
    taken_to: str
    body: str
    taken_at: datetime
    ending: str | None = None


def reviews_after(
    reviews: tuple[ReviewTold, ...], fact: DecisionContested | DecisionReviewed
) -> tuple[ReviewTold, ...]:
    """The reviews after one was opened, or found something."""
    finding = fact.finding if isinstance(fact, DecisionReviewed) else None
    told = ReviewTold(reference_of(fact.other_case), finding)
    return (*(each for each in reviews if each.reference != told.reference), told)


def appeals_after(
    appeals: tuple[AppealTold, ...], fact: DecisionAppealed | AppealEnded, at: datetime
) -> tuple[AppealTold, ...]:
    """The appeals after one was taken, or ended."""
    key = str(fact.appeal_id)
    if isinstance(fact, DecisionAppealed):
        return (*appeals, AppealTold(key, fact.taken_to, fact.body, at))
    return tuple(
        each._replace(ending=fact.ending) if each.appeal_id == key else each for each in appeals
    )
