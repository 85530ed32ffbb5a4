"""Answering: each question by itself, with the entries that show it; a draft report, and what we said of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from ledger.commands import Circumstances
from ledger.entry import Happened
from ledger.errors import InvalidCommand, UnlawfulTransition
from ledger.facts import Fact, PersonalText, fact
from ledger.registers.inquiries.state import (
    Inquiry,
    InquiryCommand,
    decides,
    evolves,
    refuse_others,
)
from ledger.times import Instant

Fault = Literal["accepted", "accepted_in_part", "denied", "not_said"]


class EntryCited(BaseModel):
    """An entry that shows what an answer says, by its stream and version."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    stream: str
    version: int = Field(ge=1)


@fact
class QuestionAsked(Fact):
    """The office that inquires asks this."""

    question_id: UUID
    number: int
    words: PersonalText


@fact
class QuestionAnswered(Fact):
    """A question was answered, with the entries that show it; what was answered before stays."""

    question_id: UUID
    fault: Fault
    entries: tuple[EntryCited, ...]
    words: PersonalText


@fact
class DraftReceived(Fact):
    """A draft report came, to be commented on by an instant."""

    draft_id: UUID
    comments_by_at: Instant
    words: PersonalText


@fact
class CommentsSent(Fact):
    """What we have to say of a draft report was sent."""

    draft_id: UUID
    words: PersonalText


class AskQuestion(InquiryCommand):
    """Record a question of the office that inquires."""

    question_id: UUID
    words: str = Field(min_length=1)


class AnswerQuestion(InquiryCommand):
    """Answer a question, and name the entries that show it."""

    question_id: UUID
    words: str = Field(min_length=1)
    fault: Fault = "not_said"
    entries: tuple[EntryCited, ...] = ()


class ReceiveDraft(InquiryCommand):
    """Record that a draft report came, and by when comments on it are wanted."""

    draft_id: UUID
    comments_by_at: Instant
    words: str | None = None


class SendComments(InquiryCommand):
    """Record what was said of a draft report."""

    draft_id: UUID
    words: str = Field(min_length=1)


@decides(AskQuestion)
def ask_question(inquiry: Inquiry, asked: AskQuestion, around: Circumstances) -> Sequence[Happened]:
    """Questions are numbered in the order in which they came."""
    if asked.question_id in inquiry.known().questions:
        return ()
    refuse_others(around, to="record a question of an inquiry")
    said = QuestionAsked(
        question_id=asked.question_id, number=len(inquiry.questions) + 1, words=asked.words
    )
    return (around.happened(said),)


@decides(AnswerQuestion)
def answer_question(
    inquiry: Inquiry, asked: AnswerQuestion, around: Circumstances
) -> Sequence[Happened]:
    """A link officer answers, and cites entries of the cases in scope that are there."""
    if asked.question_id not in inquiry.known().questions:
        raise UnlawfulTransition(
            "No such question was asked in this inquiry: record the question first.",
            rule="asked-before-answered",
        )
    refuse_others(around, to="answer an inquiry")
    for cited in asked.entries:
        stream: Any = around.look(cited.stream) if inquiry.names(cited.stream) else None
        if stream is None or getattr(stream, "version", cited.version) < cited.version:
            raise InvalidCommand(
                f"{cited.stream} version {cited.version} is no entry of a case in this inquiry: cite one "
                "that is there."
            )
    return (around.happened(QuestionAnswered(**_said(asked))),)


@decides(ReceiveDraft)
def receive_draft(
    inquiry: Inquiry, asked: ReceiveDraft, around: Circumstances
) -> Sequence[Happened]:
    """A draft is received once."""
    if asked.draft_id in inquiry.known().drafts:
        return ()
    refuse_others(around, to="record the draft of a report")
    return (around.happened(DraftReceived(**asked.for_fact())),)


@decides(SendComments)
def send_comments(
    inquiry: Inquiry, asked: SendComments, around: Circumstances
) -> Sequence[Happened]:
    """Comments are on a draft that came."""
    if asked.draft_id not in inquiry.known().drafts:
        raise UnlawfulTransition(
            "No such draft came in this inquiry: record it first.", rule="draft-before-comments"
        )
    refuse_others(around, to="comment on the draft of a report")
    return (around.happened(CommentsSent(**asked.for_fact())),)


def _said(asked: AnswerQuestion) -> dict[str, Any]:
    return {**asked.for_fact("entries"), "entries": asked.entries}


@evolves(QuestionAsked)
def _asked(inquiry: Inquiry, asked: QuestionAsked) -> Inquiry:
    return replace(inquiry, questions={**inquiry.questions, asked.question_id: False})


@evolves(QuestionAnswered)
def _answered(inquiry: Inquiry, answered: QuestionAnswered) -> Inquiry:
    return replace(inquiry, questions={**inquiry.questions, answered.question_id: True})


@evolves(DraftReceived)
def _drafted(inquiry: Inquiry, draft: DraftReceived) -> Inquiry:
    return replace(inquiry, drafts={**inquiry.drafts, draft.draft_id: draft.comments_by_at})


@evolves(CommentsSent)
def _commented(inquiry: Inquiry, sent: CommentsSent) -> Inquiry:
    return replace(inquiry, drafts={**inquiry.drafts, sent.draft_id: None})
