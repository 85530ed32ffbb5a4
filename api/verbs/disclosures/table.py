"""The verbs of a disclosure, in the order of its life."""

from __future__ import annotations

from functools import partial

from api.machines import machine
from api.verbs.disclosures.asked_of import disclosure_of
from api.verbs.disclosures.drawing import (
    last_scope,
    refuse_nothing_to_cover,
    streams_in_scope,
    whom_it_is_about,
)
from api.verbs.disclosures.field_words import WORDS
from api.verbs.disclosures.finding import proposed
from api.verbs.disclosures.found import (
    DECISION_GIVEN,
    decision_given_elsewhere,
    last_release,
    mark_of_document,
    notice_of_decision,
    open_consultation,
    pending_release,
    refuse_named_applicant,
    refuse_second,
    released_to_the_same,
    seen_position,
    unexplained,
)
from api.verbs.disclosures.making import made
from api.verbs.disclosures.on_the_case import (
    ACCESS_FAILED,
    ESCALATES,
    PUBLISHED_AFTER_ALL,
    begins_wait,
    ends_wait,
    fee_is_met,
    reaches,
    to_whoever_asked,
)
from api.verbs.verb import Around, Verb
from ledger.policy.document.policy import Policy
from ledger.registers.disclosures.approving import (
    AnswerApplicant,
    ApproveDisclosure,
    DecideClaim,
    ReturnDisclosure,
)
from ledger.registers.disclosures.consulting import (
    DecideConsultation,
    EndConsultationReview,
    GiveConsultationNotice,
    ReceiveRepresentations,
    SeekConsultationReview,
)
from ledger.registers.disclosures.delivering import DecidePublication, DeliverRelease, FailDelivery
from ledger.registers.disclosures.dispositions import DisposeItem
from ledger.registers.disclosures.ending import EndDisclosure
from ledger.registers.disclosures.fees import (
    AskFeeWaiver,
    DecideFeeWaiver,
    EstimateFee,
    PayFee,
    RefundFee,
    SettleFee,
)
from ledger.registers.disclosures.guard import CompareTreatment, ExplainDifference
from ledger.registers.disclosures.heads_up import GiveHeadsUp
from ledger.registers.disclosures.items import ListDisclosureItem, MarkDuplicate, WaivePrivilege
from ledger.registers.disclosures.opening import (
    AskClarification,
    DrawScope,
    OpenDisclosure,
    SetDisclosureScope,
)
from ledger.registers.disclosures.releasing import AbandonRelease, AuthoriseRelease, RecordRelease
from ledger.registers.disclosures.review import AnswerProposals, DecideSlots, ProposeWithholding
from ledger.registers.disclosures.searching import LogDisclosureTime, LogSearch


def _clarifies(policy: Policy) -> str | None:
    return policy.disclosure.clarify_wait


def _charges(policy: Policy) -> str | None:
    return policy.disclosure.fee_wait


def _narrowed(around: Around) -> bool:
    scope = last_scope(around)
    return scope is not None and scope.narrowed


def _asks_the_applicant(around: Around) -> bool:
    return disclosure_of(around).clarifying


def _owes_a_fee(around: Around) -> bool:
    return disclosure_of(around).fees.estimated is not None and not fee_is_met(around)


def _told_here(around: Around) -> bool:
    return to_whoever_asked(around) and not decision_given_elsewhere(around)


def _not_published(around: Around) -> bool:
    return not around.given["publish"]


def _publishes(around: Around) -> bool:
    return disclosure_of(around).publishes is not None


_asked = partial(Verb, words=WORDS)
"""A verb whose fields are told in the words of the access office."""

DISCLOSING = {
    "begin": _asked(
        OpenDisclosure,
        own="disclosure_id",
        told={"seen_position": seen_position},
        refuses=refuse_second,
    ),
    "end": _asked(
        EndDisclosure,
        follows=(
            ends_wait(_clarifies, when=_asks_the_applicant),
            ends_wait(_charges, when=_owes_a_fee),
        ),
    ),
    "clarify": _asked(AskClarification, follows=(begins_wait(_clarifies),)),
    "scope": _asked(
        SetDisclosureScope,
        told={"party": whom_it_is_about},
        refuses=refuse_nothing_to_cover,
        follows=(ends_wait(_clarifies, when=_narrowed),),
    ),
    "draw": _asked(DrawScope, told={"streams": streams_in_scope}),
    "search": _asked(LogSearch, own="search_id"),
    "time": _asked(LogDisclosureTime, own="work_id"),
    "estimate": _asked(EstimateFee, follows=(begins_wait(_charges),)),
    "waiver": _asked(AskFeeWaiver),
    "decide-waiver": _asked(DecideFeeWaiver, follows=(ends_wait(_charges, when=fee_is_met),)),
    "pay": _asked(PayFee, follows=(ends_wait(_charges, when=fee_is_met),)),
    "refund": _asked(RefundFee),
    "settle": _asked(SettleFee, follows=(ends_wait(_charges, when=fee_is_met),)),
    "item": _asked(ListDisclosureItem, own="item_id", told={"mark": mark_of_document}),
    "duplicate": _asked(MarkDuplicate),
    "dispose": _asked(DisposeItem),
    "privilege": _asked(WaivePrivilege),
    "consult": _asked(
        GiveConsultationNotice, own="consultation_id", refuses=refuse_named_applicant
    ),
    "heard": _asked(ReceiveRepresentations, found={"consultation_id": open_consultation}),
    "conclude": _asked(DecideConsultation, found={"consultation_id": open_consultation}),
    "seek-review": _asked(SeekConsultationReview, found={"consultation_id": open_consultation}),
    "end-review": _asked(EndConsultationReview, found={"consultation_id": open_consultation}),
    "propose": _asked(
        ProposeWithholding, told={"found": proposed}, machine=partial(machine, "finder")
    ),
    "accept": _asked(AnswerProposals, told={"accept": lambda _around: True}),
    "reject": _asked(
        AnswerProposals,
        told={"accept": lambda _around: False, "reasons": lambda _around: None},
    ),
    "decide": _asked(DecideSlots),
    "claim": _asked(DecideClaim),
    "compare": _asked(CompareTreatment, told={"others": released_to_the_same}),
    "explain": _asked(ExplainDifference, found={"differences": unexplained}),
    "approve": _asked(ApproveDisclosure),
    "refuse": _asked(ReturnDisclosure),
    "answer": _asked(
        AnswerApplicant,
        found={"notice_id": notice_of_decision},
        words=WORDS
        | {
            "outcome": "What the applicant is told was decided of the whole.",
            "reasons": "The reasons that the applicant is given.",
        },
        follows=(reaches(DECISION_GIVEN, when=_told_here),),
    ),
    "heads-up": _asked(
        GiveHeadsUp,
        own="heads_up_id",
        words=WORDS
        | {
            "items": "The ids of the documents that they were shown.",
            "release_id": "The release that they were shown.",
        },
        refuses=refuse_named_applicant,
    ),
    "release": _asked(AuthoriseRelease, own="release_id"),
    "make": _asked(
        RecordRelease,
        together=(frozenset(RecordRelease.model_fields) - {"disclosure_id"}, made),
        follows=(reaches("published", when=_publishes),),
    ),
    "abandon": _asked(AbandonRelease, found={"release_id": pending_release}),
    "deliver": _asked(
        DeliverRelease,
        found={"release_id": last_release},
        follows=(
            reaches("access_given", when=to_whoever_asked),
            reaches("sent_to_applicant", when=to_whoever_asked),
        ),
    ),
    "undelivered": _asked(
        FailDelivery,
        found={"release_id": last_release},
        follows=(ACCESS_FAILED, ESCALATES),
    ),
    "publish": _asked(
        DecidePublication,
        follows=(
            reaches("decided_not_to_publish", when=_not_published),
            PUBLISHED_AFTER_ALL,
        ),
    ),
}
"""Each verb with its command; one that takes several on the command line asks them one after another."""
