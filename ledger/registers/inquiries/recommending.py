"""Recommendations: made, accepted or refused with reasons, done by when they are due; they outlive the inquiry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Literal
from uuid import UUID

from pydantic import Field

from ledger.commands import Circumstances
from ledger.entry import Happened
from ledger.errors import InvalidCommand, UnlawfulTransition
from ledger.facts import Fact, PersonalText, fact
from ledger.registers.inquiries.state import (
    Inquiry,
    InquiryCommand,
    Recommendation,
    decides,
    evolves,
    refuse_others,
)
from ledger.registers.parts import with_changed

Answer = Literal["accepted", "refused"]


@fact
class RecommendationMade(Fact):
    """The office that inquired recommends this, to be answered by a day."""

    recommendation_id: UUID
    due_on: date
    words: PersonalText


@fact
class RecommendationAnswered(Fact):
    """A recommendation was accepted, to be done by a day, or refused, with the reasons."""

    recommendation_id: UUID
    answer: Answer
    due_on: date | None
    reasons: PersonalText


@fact
class RecommendationCarriedOut(Fact):
    """What was accepted is done."""

    recommendation_id: UUID
    words: PersonalText


class MakeRecommendation(InquiryCommand):
    """Record what is recommended, and by when it is to be answered."""

    recommendation_id: UUID
    due_on: date
    words: str = Field(min_length=1)


class AnswerRecommendation(InquiryCommand):
    """Accept a recommendation, by when it will be done, or refuse it, and why."""

    recommendation_id: UUID
    answer: Answer
    due_on: date | None = None
    reasons: str | None = None


class CarryOutRecommendation(InquiryCommand):
    """Record that what was accepted is done."""

    recommendation_id: UUID
    words: str | None = None


@decides(MakeRecommendation)
def make_recommendation(
    inquiry: Inquiry, asked: MakeRecommendation, around: Circumstances
) -> Sequence[Happened]:
    """A recommendation is recorded once."""
    if asked.recommendation_id in inquiry.known().recommendations:
        return ()
    refuse_others(around, to="record a recommendation")
    return (around.happened(RecommendationMade(**asked.for_fact())),)


@decides(AnswerRecommendation)
def answer_recommendation(
    inquiry: Inquiry, asked: AnswerRecommendation, around: Circumstances
) -> Sequence[Happened]:
    """What is accepted gets a day, what is refused a reason; either once."""
    standing = _standing(inquiry, asked.recommendation_id)
    if standing.answer == asked.answer:
        return ()
    refuse_others(around, to="answer a recommendation")
    if standing.answer is not None:
        raise UnlawfulTransition(
            f"This recommendation was {standing.answer} already: record what was done instead.",
            rule="answered-once",
        )
    if asked.answer == "accepted" and asked.due_on is None:
        raise InvalidCommand("Say by when it will be done: give --due-on.")
    if asked.answer == "refused" and not asked.reasons:
        raise InvalidCommand("Say why it is refused: give --reasons.")
    answered = RecommendationAnswered(**asked.for_fact())
    return (around.happened(answered),)


@decides(CarryOutRecommendation)
def carry_out_recommendation(
    inquiry: Inquiry, asked: CarryOutRecommendation, around: Circumstances
) -> Sequence[Happened]:
    """Only what was accepted is carried out, also after the inquiry is closed."""
    standing = _standing(inquiry, asked.recommendation_id)
    if standing.done:
        return ()
    refuse_others(around, to="record that a recommendation is carried out")
    if standing.answer != "accepted":
        raise UnlawfulTransition(
            "This recommendation was not accepted: accept it first, by when it will be done.",
            rule="accepted-before-done",
        )
    done = RecommendationCarriedOut(**asked.for_fact())
    return (around.happened(done),)


def _standing(inquiry: Inquiry, recommendation_id: UUID) -> Recommendation:
    found = inquiry.recommendations.get(recommendation_id)
    if found is None:
        raise UnlawfulTransition(
            "No such recommendation was made in this inquiry: record it first.",
            rule="made-before-answered",
        )
    return found


@evolves(RecommendationMade)
def _made(inquiry: Inquiry, made: RecommendationMade) -> Inquiry:
    fresh = Recommendation(made.due_on)
    return replace(
        inquiry, recommendations={**inquiry.recommendations, made.recommendation_id: fresh}
    )


@evolves(RecommendationAnswered)
def _answered(inquiry: Inquiry, answered: RecommendationAnswered) -> Inquiry:
    said: dict[str, Any] = {"answer": answered.answer}
    if answered.due_on is not None:
        said["due_on"] = answered.due_on
    changed = with_changed(inquiry.recommendations, answered.recommendation_id, **said)
    return replace(inquiry, recommendations=changed)


@evolves(RecommendationCarriedOut)
def _done(inquiry: Inquiry, done: RecommendationCarriedOut) -> Inquiry:
    changed = with_changed(inquiry.recommendations, done.recommendation_id, done=True)
    return replace(inquiry, recommendations=changed)
