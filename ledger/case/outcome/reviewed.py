"""Reviewed: a case whose decision was reviewed says so itself: by which other case, and what that found."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from ledger.case.state import Case, changed, decides, evolves
from ledger.commands import CaseCommand, Circumstances
from ledger.entry import Happened
from ledger.errors import Refusal
from ledger.facts import Fact, fact
from ledger.ids import case_stream

Finding = Literal["upheld", "varied", "substituted"]


@fact
class DecisionContested(Fact):
    """A review of the decision of this case was opened, as another case."""

    other_case: UUID
    reviewed: UUID
    """The decision of this case that is reviewed."""


@fact
class DecisionReviewed(Fact):
    """The decision of this case was upheld, varied or substituted by that of another case, which reviewed it."""

    other_case: UUID
    decision_id: UUID
    """The decision of the review."""
    reviewed: UUID
    """The decision of this case that was reviewed."""
    finding: Finding


class MarkUnderReview(CaseCommand):
    """Record on a decided case that another one reviews its decision, in one write with the review's opening."""

    other_case: UUID


class MarkReviewed(CaseCommand):
    """Record on a decided case what a review found of its decision, in one write with the finding."""

    other_case: UUID
    decision_id: UUID
    finding: Finding


@decides(MarkUnderReview)
def mark_under_review(
    case: Case, asked: MarkUnderReview, around: Circumstances
) -> Sequence[Happened]:
    """A case says of each review of its decision once that it was opened."""
    decided = case.known().decided
    if decided is None:
        raise Refusal(
            "The case has no decision to review: go on working on it, or reopen it.",
            rule="reviews-a-decision",
        )
    if around.look(case_stream(asked.other_case)) is not None:
        return ()
    told = DecisionContested(other_case=asked.other_case, reviewed=decided.decision_id)
    return (around.happened(told),)


@evolves(DecisionContested)
def _contested(case: Case, contested: DecisionContested, at: datetime) -> Case:
    reviews = {**case.contested, contested.other_case: contested.reviewed}
    return changed(case, linked_at=at, contested=reviews)


@decides(MarkReviewed)
def mark_reviewed(case: Case, asked: MarkReviewed, around: Circumstances) -> Sequence[Happened]:
    """Only a case that reviews this one finds something of its decision; each finding is told once."""
    case.known()
    other: Any = around.look(case_stream(asked.other_case))
    review = other and other.review
    if not review or review.other_case != asked.case_id:
        raise Refusal(
            "No such case reviews the decision of this one: open a review of it.",
            rule="reviews-a-decision",
        )
    if asked.decision_id in other.decisions:
        return ()
    told = DecisionReviewed(
        other_case=asked.other_case,
        decision_id=asked.decision_id,
        reviewed=review.decision_id,
        finding=asked.finding,
    )
    return (around.happened(told),)


@evolves(DecisionReviewed)
def _reviewed(case: Case, told: DecisionReviewed, at: datetime) -> Case:
    if told.finding == "upheld":
        return case
    return changed(case, overturned=case.overturned | {told.reviewed})
