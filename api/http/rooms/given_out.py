"""What of a case is given out over HTTP: its bundle, its requester's receipt, and the originals that it came by."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import ExitStack
from tempfile import TemporaryFile
from typing import BinaryIO, get_args
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from api.channels.mail.parsing import enclosed_in
from api.feed.following import case_of_mail
from api.http.exchanges import Exchange, uuid_of
from api.http.reading.downloads import BYTES, ZIP, add_download, as_zip, named
from api.http.reading.questions import add_question
from api.http.reading.reads import choice_of, is_whole, parameter
from api.http.refusing.problems import EdgeProblem
from api.http.rooms.case_shown import known_case
from api.http.routing.routes import Routes
from api.http.standing import allow, relations_to_stream
from api.verbs.case_bundles import LANGUAGES, CaseBundle, give_case_out
from api.witnesses.giving_out import proofs_to_give_out, receipt_to_give_out
from ledger.errors import InvalidCommand
from ledger.personal.originals import open_original
from ledger.policy.access import Purpose
from ledger.policy.values import Language
from projections.releases.streams import Reader

_NOTE = "text/plain; charset=utf-8"
_RAW = "application/octet-stream"
_PURPOSE = parameter(
    "purpose",
    "The task that it is read for; the first that the reader's roles allow if left out.",
    example="casework",
    enum=[*get_args(Purpose)],
)


class BundleAsked(BaseModel):
    """For whom the bundle of a case is made, and what it shows."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    audience: str = Field(
        default="auditor", min_length=1, description="For whom: auditor, ombudsman, ..."
    )
    recipient: str | None = Field(
        default=None, min_length=1, description="Whoever receives it, to be named inside."
    )
    opened: bool = Field(
        default=False, description="Show personal values; that they were read is recorded."
    )
    purpose: Purpose | None = Field(
        default=None,
        description="The task they are read for; the first that the reader's roles allow if left out.",
    )
    since: int | None = Field(
        default=None,
        ge=1,
        description="The size of the checkpoint that an earlier bundle cites: this one proves that nothing of the log "
        "was rewritten since.",
    )
    languages: list[Language] = Field(
        default=[*LANGUAGES], min_length=1, description="Of the chronology that people read."
    )


def given_out_routes() -> Routes:
    """What is downloaded of a case."""
    routes = Routes(prefix="/v1", tag="Evidence")
    add_question(
        routes,
        "/cases/{ref}/bundle",
        _bundle,
        act="case.bundle",
        model=BundleAsked,
        shape=None,
        content={ZIP: BYTES},
        summary="A case whole, as a zip that proves itself, for an auditor or an ombudsman; it is recorded",
        example={"audience": "auditor"},
        problems=("case-not-found", "refused"),
        parameters=(
            {
                "name": "Audit-Reason",
                "in": "header",
                "required": True,
                "description": "What it is given out for, which stands in it.",
                "schema": {"type": "string"},
                "example": "Audit 2026-4",
            },
        ),
    )
    add_download(
        routes,
        "/cases/{ref}/receipt",
        _receipt,
        act="case.receipt",
        summary="The receipt of a requester: signed, that an entry of the case was received",
        said="The signed note; `caseledger check-proof` checks it without a ledger.",
        content={"text/plain": {"type": "string"}},
        query=(
            parameter(
                "entry",
                "For which entry of the case; the first if left out.",
                kind="integer",
                example=1,
                minimum=1,
            ),
        ),
        problems=("case-not-found",),
    )
    add_download(
        routes,
        "/cases/{ref}/original",
        _original,
        act="case.original",
        summary="An original that a case came by, such as a mail, unaltered; that it was read is recorded",
        said="Its bytes as they came.",
        content={_RAW: BYTES},
        query=(
            parameter("item_id", "The record item, if several originals are kept.", format="uuid"),
            _PURPOSE,
        ),
        problems=("malformed-request", "case-not-found", "refused", "unlawful-transition"),
    )
    add_download(
        routes,
        "/tray/{item_id}/original",
        _original_of_tray,
        act="tray.original",
        summary="A mail in the tray as it came; that it was read is recorded",
        said="Its bytes as they came.",
        content={_RAW: BYTES},
        query=(_PURPOSE,),
        problems=("malformed-request", "not-found", "refused", "unlawful-transition"),
    )
    return routes


async def _bundle(exchange: Exchange, asked: BundleAsked) -> Response:
    """As of a checkpoint that is signed now: every entry that it covers is shown and proved, or withheld as such.

    Personal values are withheld unless they are opened, and so is what is privileged. It is made and verified before
    its first byte is sent, and recorded with its SHA-256, by which `caseledger accesses` and an erasure find it again.
    """
    return await run_in_threadpool(_given_out, exchange, asked)


def _given_out(exchange: Exchange, asked: BundleAsked) -> Response:
    service, ledger = exchange.service, exchange.service.ledger
    case, words = known_case(exchange, "case.bundle"), exchange.reason_to_read()
    principal = exchange.principal
    reader = Reader(principal.actor, words, asked.purpose, principal.inquiry)
    bundle = CaseBundle(
        case_id=case.case_id,
        opened=asked.opened,
        audience=asked.audience,
        recipient=asked.recipient,
        since=asked.since,
        languages=tuple(asked.languages),
    )
    with ExitStack() as closing:
        file = closing.enter_context(TemporaryFile())

        def keep(made: Iterable[bytes]) -> BinaryIO:
            file.writelines(made)
            return file

        with proofs_to_give_out(ledger, service.trees, service.signer) as proofs:
            found = give_case_out(ledger, bundle, reader=reader, proofs=proofs, keep=keep)
        closing.pop_all()  # closed once it is sent
    service.projector.nudge()
    position = {"Ledger-Position": str(found.receipt.position)}
    return as_zip(file, f"case-{exchange.request.path_params['ref']}.zip", **position)


def _receipt(exchange: Exchange) -> Response:
    """When the entry was recorded, and by when it is in a checkpoint: whoever has it can show what was lost."""
    service = exchange.service
    case = known_case(exchange, "case.receipt")
    said = exchange.request.query_params.get("entry", "1")
    if not is_whole(said, digits=9) or int(said) < 1:
        raise InvalidCommand("entry: a whole number from 1.")
    note = receipt_to_give_out(service.ledger, service.signer, case.stream, int(said))
    return Response(str(note), 200, {"Cache-Control": "private, no-cache"}, _NOTE)


def _original(exchange: Exchange) -> Response:
    """Who reads it and why (`Audit-Reason`) is recorded before it is opened; where it was erased it is refused."""
    case = known_case(exchange, "case.original")
    said = exchange.request.query_params.get("item_id")
    return _raw(exchange, case.stream, None if said is None else uuid_of(said))


def _original_of_tray(exchange: Exchange) -> Response:
    """Who reads it and why (`Audit-Reason`) is recorded before it is opened."""
    service, principal = exchange.service, exchange.principal
    allow(service, principal, "tray.original")
    stream = f"tray/{uuid_of(exchange.request.path_params['item_id'])}"
    rows = service.ledger.store.stream(stream, upto_version=1)
    if not rows:
        raise EdgeProblem("not-found", "No such mail is in the tray: GET /v1/tray lists it.")
    relations = relations_to_stream(service, principal, case_of_mail(rows[0]) or stream)
    allow(service, principal, "tray.original", relations, about=stream)
    return _raw(exchange, stream, None)


def _raw(exchange: Exchange, stream: str, item_id: UUID | None) -> Response:
    service, words = exchange.service, exchange.reason_to_read()
    code = choice_of(exchange, "purpose", get_args(Purpose))
    exchange.before_opening()
    raw = open_original(
        service.ledger,
        service.home,
        stream,
        item_id=item_id,
        actor=exchange.principal.actor,
        purpose=words,
        enclosed=enclosed_in,
        purpose_code=next((each for each in get_args(Purpose) if each == code), None),
    )
    service.projector.nudge()
    return Response(raw, 200, named(f"original-{stream.replace('/', '-')}"), _RAW)
