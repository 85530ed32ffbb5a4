"""Evidence over HTTP: entries by their place with their proofs, checkpoints, and the office's public keys."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, get_args
from uuid import UUID

import orjson
from fastapi import Request as HttpRequest
from starlette.responses import Response

from api.feed.following import case_of_mail
from api.http.accepting import accepts
from api.http.answering.answers import answered
from api.http.answering.shapes import shape_of
from api.http.exchanges import Exchange
from api.http.reading.reads import add_public, add_read, is_whole, parameter
from api.http.refusing.problems import EdgeProblem
from api.http.rooms.case_shown import known_case
from api.http.routing.instants import OF_EVIDENCE
from api.http.routing.routes import Routes
from api.http.service import Service
from api.http.standing import allow, relations_to_inquiry, relations_to_stream
from api.shown.entries import EntryShown, entry_shown
from ledger.errors import InvalidCommand
from ledger.evidence.proving.proof_files import proof_file
from ledger.evidence.proving.proofs import proving
from ledger.evidence.signing.checkpoints import newest
from ledger.evidence.signing.notes import Checkpoint, Note
from ledger.evidence.signing.signing_state import signing_of
from ledger.input.quoting import in_entries
from ledger.registers.disclosures import STREAM as DISCLOSURES
from ledger.registers.signing import Purpose
from ledger.sealing.reading import verified_entry
from ledger.sealing.slots import b64u
from ledger.store import LedgerStore, StoredRow

_NOTE = "text/plain; charset=utf-8"
_PURPOSES: tuple[Purpose, ...] = get_args(Purpose)
COMPARTMENTS: Mapping[str, str] = {
    "inquiry": "inquiry.read",
    "hold": "registers.holds",
    "access": "registers.accesses",
    "erasure": "registers.erasures",
    DISCLOSURES: "disclosure.read",
}
"""The act under which a compartment is looked at: its entries are no way around it."""
_CHECKPOINT = parameter(
    "checkpoint",
    "The checkpoint of so many entries, if not the newest.",
    kind="integer",
    example=128,
)


@dataclass(frozen=True, slots=True)
class CheckpointShown:
    """A checkpoint: the log that it is of, how many entries it covers, its root, and the signed note itself."""

    origin: str
    size: int
    root: str
    note: str


@dataclass(frozen=True, slots=True)
class InclusionShown:
    """That an entry is a leaf of a checkpoint: its index, and the digests that lead from it to the root."""

    leaf: int
    path: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EntryProved:
    """An entry with the line that is hashed, and its proof where a checkpoint covers it."""

    entry: EntryShown
    line: str
    inclusion: InclusionShown | None
    checkpoint: CheckpointShown | None


def evidence_routes() -> Routes:
    """What shows a stranger that nothing was changed."""
    routes = Routes(prefix="/v1", tag="Evidence")
    add_read(
        routes,
        "/entries/{position}",
        _entry,
        act="evidence.entry",
        shape=EntryProved,
        summary="One entry of the log, and its proof if a checkpoint covers it",
        query=(_CHECKPOINT,),
        problems=("not-found",),
        told_now=OF_EVIDENCE,
    )
    add_read(
        routes,
        "/cases/{ref}/proof",
        _proof,
        act="case.proofs",
        shape=Mapping[str, Any],
        summary="What a checkpoint proves of a case: a file for check-proof",
        query=(_CHECKPOINT,),
        problems=("case-not-found", "not-found"),
        told_now=OF_EVIDENCE,
    )
    add_public(
        routes,
        "/checkpoint",
        _checkpoint,
        summary="The newest checkpoint, as the signed note",
        content={
            "text/plain": {"schema": {"type": "string"}},
            "application/json": {"schema": shape_of(CheckpointShown, routes.schemas)},
        },
        problems=("not-found",),
    )
    add_public(
        routes,
        "/keys",
        _keys,
        summary="Under which keys the office signs",
        content={
            "application/json": {"schema": shape_of(Mapping[str, tuple[str, ...]], routes.schemas)}
        },
    )
    return routes


def _size(exchange: Exchange) -> int | None:
    said = exchange.request.query_params.get("checkpoint")
    if said is not None and not is_whole(said, digits=15):
        raise InvalidCommand("checkpoint: give the number of entries of a checkpoint.")
    return None if said is None else int(said)


def _proven(service: Service, size: int | None) -> Any:
    """Proofs as of a checkpoint; a problem where there is none."""
    store = service.ledger.store
    if newest(store) is None:
        raise EdgeProblem(
            "not-found",
            "No checkpoint was signed yet: `caseledger checkpoint` makes the first one.",
        )
    if size is not None and not _signed_over(store, size):
        raise EdgeProblem(
            "not-found",
            f"No checkpoint of {in_entries(size)} was signed: leave it out for the newest.",
        )
    return proving(store, service.trees, size=size)


def _signed_over(store: LedgerStore, size: int) -> bool:
    return size > 0 and any(each.size == size for each in store.checkpoints(after=size - 1))


def _entry(exchange: Exchange) -> Response:
    """The line that is hashed, what it says, and how it follows from a signed checkpoint; personal fields are left out.

    `inclusion` and `checkpoint` are null of an entry that came after the checkpoint. An entry of a compartment is for
    those alone who have a part in it.
    """
    service, principal = exchange.service, exchange.principal
    allow(service, principal, "evidence.entry")
    said = exchange.request.path_params["position"]
    rows = (
        service.ledger.store.entries(after=int(said) - 1, limit=1)
        if is_whole(said, digits=15) and int(said) > 0
        else []
    )
    if not rows or rows[0].position != int(said):
        raise EdgeProblem("not-found", "There is no such entry in this ledger.")
    row = rows[0]
    _allow_entry_of(exchange, row)
    entry = entry_shown(verified_entry(row, service.ledger.store.ledger_id))
    line, size = row.state.partition(b"\n")[0].decode(), _size(exchange)
    if newest(service.ledger.store) is None:
        return answered(exchange.request, EntryProved(entry, line, None, None))
    with _proven(service, size) as proofs:
        if row.position > proofs.size:
            return answered(exchange.request, EntryProved(entry, line, None, None))
        found = proofs.inclusion(row.position)
        path = InclusionShown(found.leaf, tuple(b64u(each) for each in found.path))
        return answered(exchange.request, EntryProved(entry, line, path, _note_shown(proofs.note)))


def _allow_entry_of(exchange: Exchange, row: StoredRow) -> None:
    """Lets whoever asks look at an entry, whose stream may be a compartment that they have no part in."""
    service, principal, stream = exchange.service, exchange.principal, row.stream
    relations = relations_to_stream(service, principal, case_of_mail(row) or stream)
    allow(service, principal, "evidence.entry", relations, about=stream)
    kind, _, key = stream.partition("/")
    if besides := COMPARTMENTS.get(kind):
        if kind == "inquiry":
            relations = relations_to_inquiry(service, principal, UUID(key))
        allow(service, principal, besides, relations, about=stream)


def _proof(exchange: Exchange) -> Response:
    """All entries of the case that the checkpoint covers, without what they say, and that there are no others.

    `caseledger check-proof` checks the answer without a ledger; `proof-format.md` has its bytes for whoever writes
    their own.
    """
    about = known_case(exchange, "case.proofs")
    rows = exchange.service.ledger.store.stream(about.stream)
    with _proven(exchange.service, _size(exchange)) as proofs:
        found = proof_file(proofs, about.stream, rows[: proofs.count(about.stream)])
    return answered(exchange.request, found.model_dump(mode="json"))


def _checkpoint(request: HttpRequest) -> Response:
    """The note itself, as witnesses and strangers read it; as JSON where that is asked for."""
    service: Service = request.app.state.service
    store = service.ledger.store
    note = newest(store)
    if note is None:
        raise EdgeProblem("not-found", "No checkpoint was signed yet.")
    if accepts(request.headers.get("accept", ""), "application/json"):
        return answered(request, _note_shown(note))
    return Response(str(note), 200, {"Cache-Control": "no-cache"}, _NOTE)


def _note_shown(note: Note) -> CheckpointShown:
    head = Checkpoint.read(note.text)
    return CheckpointShown(head.origin, head.size, b64u(head.root), str(note))


def _keys(request: HttpRequest) -> Response:
    """Those of checkpoints, of receipts and of witnessing, as verifiers take them; while one is renewed both stand."""
    service: Service = request.app.state.service
    signing = signing_of(service.ledger.store)
    said = {purpose: signing.in_force(purpose) for purpose in _PURPOSES}
    return Response(orjson.dumps(said), 200, {"Cache-Control": "no-cache"}, "application/json")
