"""Inquiries over HTTP: how each stands, what happened in one, and the file and the bundle that answer it."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from tempfile import TemporaryFile
from uuid import UUID

from starlette.responses import Response

from api.http.answering.answers import answered, in_columns
from api.http.exchanges import Exchange, uuid_of
from api.http.reading.downloads import BYTES, ZIP, add_download, as_zip
from api.http.reading.reads import (
    AS_OF,
    KNOWN_AT,
    add_read,
    choice_of,
    parameter,
    wants_csv,
)
from api.http.refusing.problems import EdgeProblem
from api.http.routing.routes import Routes
from api.http.standing import NOTHING, allow, relations_to_inquiry
from api.shown.inquiries import InquiryShown, inquiries_standing
from api.shown.inquiry_files import source_of
from api.verbs.disclosures.making import verified
from api.witnesses.giving_out import proofs_to_give_out
from ledger.keeping import inquiry_of
from ledger.personal.opening import Reading
from ledger.policy.acting.acts import Relation
from ledger.registers.inquiries import Inquiry
from ledger.then import Then
from projections.inquiries.contents import InquiryFile
from projections.inquiries.file import inquiry_file
from projections.inquiries.release import selection_of
from projections.lists.shown_to import cases_left_by
from projections.one_case.trail import TrailLine, trail
from projections.releases.bundle import bundle
from projections.releases.streams import Reader

_INQUIRY: frozenset[Relation] = frozenset({"inquiry"})


@dataclass(frozen=True, slots=True)
class InquiriesShown:
    """The inquiries that whoever asks may know of."""

    inquiries: tuple[InquiryShown, ...]


@dataclass(frozen=True, slots=True)
class QuestionShown:
    """A question, and whether it was answered."""

    question_id: UUID
    answered: bool


@dataclass(frozen=True, slots=True)
class RecommendationShown:
    """A recommendation, by when it is to be answered or done, what was said to it, and whether it is done."""

    recommendation_id: UUID
    due_on: date
    answer: str | None
    done: bool


@dataclass(frozen=True, slots=True)
class InquiryTold:
    """What happened in an inquiry, in sentences with its words opened; that they were read is recorded."""

    inquiry_id: UUID
    version: int
    closed: bool
    questions: tuple[QuestionShown, ...]
    recommendations: tuple[RecommendationShown, ...]
    language: str
    trail: tuple[TrailLine, ...]


def inquiry_routes() -> Routes:
    """Every read of inquiries."""
    routes = Routes(prefix="/v1", tag="Inquiries")
    add_read(
        routes,
        "/inquiries",
        _inquiries,
        act="registers.inquiries",
        shape=InquiriesShown,
        summary="Each inquiry, and how it stands",
        query=(KNOWN_AT, AS_OF),
        csv=True,
    )
    add_read(
        routes,
        "/inquiries/{inquiry_id}",
        _inquiry,
        act="inquiry.read",
        shape=InquiryTold,
        summary="What happened in an inquiry, its words opened; that they were read is recorded",
        query=(KNOWN_AT, AS_OF),
        problems=("not-found",),
    )
    add_read(
        routes,
        "/inquiries/{inquiry_id}/file",
        _file,
        act="inquiry.file",
        shape=InquiryFile,
        summary="What the first letter asks, row by row, each answer citing its entries; all it opens is recorded",
        query=(
            KNOWN_AT,
            AS_OF,
            parameter(
                "adjustments",
                "Open what was adjusted for somebody too, which lies in a compartment of its own.",
                kind="boolean",
            ),
        ),
        problems=("not-found", "unlawful-transition"),
        opened=True,
    )
    add_download(
        routes,
        "/inquiries/{inquiry_id}/bundle",
        _bundle,
        act="inquiry.bundle",
        summary="The cases of an inquiry, whole but for what is privileged, as a zip that proves itself",
        said="The zip; all that it shows is recorded as read.",
        content={ZIP: BYTES},
        problems=("not-found", "refused", "unlawful-transition"),
    )
    return routes


def _inquiries(exchange: Exchange) -> Response:
    """All inquiries; to an ombudsman the one that they read within."""
    service, principal = exchange.service, exchange.principal
    allow(service, principal, "registers.inquiries", _INQUIRY if principal.inquiry else NOTHING)
    left, when = cases_left_by(service.views, principal.people), exchange.when()
    policy, reader = service.in_force().policy, principal.actor.id
    found = inquiries_standing(
        service.ledger, service.days(), policy, reader, left=left, at=when.at, then=when.then
    )
    if "ombudsman" in principal.roles:
        found = (each for each in found if each.inquiry_id == principal.inquiry)
    if wants_csv(exchange):
        return in_columns(exchange.request, found, InquiryShown)
    return answered(exchange.request, InquiriesShown(tuple(found)))


def _inquiry(exchange: Exchange) -> Response:
    """What happened in one inquiry; only those who conduct it and, while it is open, the ombudsman are told."""
    inquiry_id = _allowed(exchange, "inquiry.read")
    language = exchange.in_words()
    inquiry, then = _then(exchange, inquiry_id)
    reading = Reading(
        (f"inquiry/{inquiry_id}",), "To see the inquiry", "inquiry", inquiry=inquiry_id, then=then
    )
    (entries,) = exchange.opened(reading)
    last = entries[-1].entry
    shown = InquiryTold(
        inquiry_id,
        last.version,
        inquiry.closed,
        tuple(QuestionShown(key, said) for key, said in inquiry.questions.items()),
        tuple(
            RecommendationShown(key, each.due_on, each.answer, each.done)
            for key, each in inquiry.recommendations.items()
        ),
        language,
        trail(
            entries,
            policies=exchange.service.policies(),
            language=language,
            as_of=then.as_of,
        ),
    )
    tag = str(last.version) if then.is_now else None
    return answered(exchange.request, shown, tag=tag, position=last.position, opened=True)


def _file(exchange: Exchange) -> Response:
    """What the first letter asks; read within the inquiry, and recorded as read."""
    inquiry_id = _allowed(exchange, "inquiry.file")
    adjustments = choice_of(exchange, "adjustments", ("true", "false")) == "true"
    _, then = _then(exchange, inquiry_id)
    exchange.before_opening()
    source = source_of(
        exchange.service.ledger,
        inquiry_id,
        actor=exchange.principal.actor,
        adjustments=adjustments,
        then=then,
    )
    exchange.service.projector.nudge()
    return answered(exchange.request, inquiry_file(source), opened=True)


def _then(exchange: Exchange, inquiry_id: UUID) -> tuple[Inquiry, Then]:
    """The inquiry as it stood by the instants asked about; EdgeProblem where it was not opened by then."""
    then = exchange.when().then
    found = inquiry_of(exchange.service.ledger, inquiry_id, then)
    if not found.opened:
        raise EdgeProblem(
            "not-found", f"Nothing was known of {inquiry_id} then: ask about a later instant."
        )
    return found, then


def _bundle(exchange: Exchange) -> Response:
    """The bundle for whoever inquires: made and verified before its first byte is sent."""
    service = exchange.service
    inquiry_id, ledger = _allowed(exchange, "inquiry.bundle"), service.ledger
    exchange.before_opening()
    actor = exchange.principal.actor
    selection, index = selection_of(
        source_of(ledger, inquiry_id, actor=actor, adjustments=False), adjustments=False
    )
    reader = Reader(actor, selection.purpose, "inquiry", inquiry_id)
    with ExitStack() as closing:
        file = closing.enter_context(TemporaryFile())
        with proofs_to_give_out(ledger, service.trees, service.signer) as proofs:
            file.writelines(bundle(ledger, selection, index=index, proofs=proofs, reader=reader))
        verified(ledger, file)
        closing.pop_all()  # closed once it is sent
    service.projector.nudge()
    return as_zip(file, f"inquiry-{inquiry_id}.zip")


def _allowed(exchange: Exchange, act: str) -> UUID:
    """The inquiry that is asked about, to whom it concerns; EdgeProblem if there is none."""
    service = exchange.service
    inquiry_id = uuid_of(exchange.request.path_params["inquiry_id"])
    stream = f"inquiry/{inquiry_id}"
    relations = relations_to_inquiry(service, exchange.principal, inquiry_id)
    allow(service, exchange.principal, act, relations, about=stream)
    if not inquiry_of(service.ledger, inquiry_id).opened:
        raise EdgeProblem("not-found", f"No inquiry {inquiry_id} was opened here: check its id.")
    return inquiry_id
