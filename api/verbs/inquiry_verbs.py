"""The verbs of inquiries: opened with their hold, answered question by question, watched, and closed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from pydantic.fields import FieldInfo

from api.verbs.verb import Around, Verb
from ledger.errors import InvalidCommand
from ledger.ids import case_stream, derived_uuid
from ledger.input.quoting import quoted
from ledger.keeping import close_inquiry, open_inquiry
from ledger.registers.inquiries.answering import (
    AnswerQuestion,
    AskQuestion,
    EntryCited,
    ReceiveDraft,
    SendComments,
)
from ledger.registers.inquiries.marking import LogPrivilege, MarkSharing
from ledger.registers.inquiries.opening import CloseInquiry, ExtendInquiryReply, OpenInquiry
from ledger.registers.inquiries.recommending import (
    AnswerRecommendation,
    CarryOutRecommendation,
    MakeRecommendation,
)
from ledger.times import EPOCH

_DIGITS = 9
"""No stream has a version of more."""


def _hold_of_it(around: Around) -> UUID:
    """The id of the hold that an inquiry places: the same for the same inquiry."""
    return derived_uuid(EPOCH, "hold", str(around.given["inquiry_id"]))


def _entries(around: Around) -> Mapping[str, Any]:
    """The entries that are cited, each as REF:VERSION."""
    return {"entries": tuple(_cited(around, each) for each in around.given.get("cites", ()))}


def _cited(around: Around, said: str) -> EntryCited:
    ref, colon, version = said.rpartition(":")
    if not colon or not version.isdecimal() or len(version) > _DIGITS:
        raise InvalidCommand(
            f"{around.named('cites')}: {quoted(said)} names no entry: write it as REF:VERSION."
        )
    return EntryCited(stream=case_stream(around.ledger.find_case(ref)), version=int(version))


INQUIRY_VERBS = {
    "inquiry-open": Verb(
        OpenInquiry,
        own="inquiry_id",
        told={"hold_id": _hold_of_it},
        by=open_inquiry,
        words={"recipient": "Who of the office that inquires is given what it asks for, by name."},
    ),
    "inquiry-extend": Verb(
        ExtendInquiryReply,
        first=("inquiry_id",),
        words={
            "until_on": "The day until whose end the reply may come.",
            "reasons": "Why more time was given.",
        },
    ),
    "inquiry-ask": Verb(AskQuestion, first=("inquiry_id", "words"), own="question_id"),
    "inquiry-answer": Verb(
        AnswerQuestion,
        first=("inquiry_id", "question_id", "words"),
        together=(frozenset({"entries"}), _entries),
        more={"cites": FieldInfo(annotation=tuple[str, ...], default=())},
    ),
    "inquiry-draft": Verb(ReceiveDraft, first=("inquiry_id",), own="draft_id"),
    "inquiry-comment": Verb(SendComments, first=("inquiry_id", "draft_id", "words")),
    "inquiry-recommend": Verb(
        MakeRecommendation, first=("inquiry_id", "words"), own="recommendation_id"
    ),
    "inquiry-respond": Verb(
        AnswerRecommendation,
        first=("inquiry_id", "recommendation_id", "answer"),
        words={"answer": "Whether it is accepted or refused."},
    ),
    "inquiry-done": Verb(CarryOutRecommendation, first=("inquiry_id", "recommendation_id")),
    "inquiry-mark": Verb(MarkSharing, first=("inquiry_id", "case_id", "version")),
    "inquiry-privileged": Verb(LogPrivilege, first=("inquiry_id", "case_id", "version")),
    "inquiry-close": Verb(CloseInquiry, first=("inquiry_id",), by=close_inquiry),
}
"""Each verb of an inquiry with its command."""
