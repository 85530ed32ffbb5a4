"""The download of a release over HTTP: the bytes that were released, made again and sent in pieces."""

from __future__ import annotations

from uuid import UUID

from starlette.requests import Request as HttpRequest
from starlette.responses import Response, StreamingResponse

from api.http.answering.answers import KEPT_BY_NOBODY, in_chunks, unchanged
from api.http.exchanges import Exchange
from api.http.reading.reads import path_parameters
from api.http.refusing.problems import EdgeProblem
from api.http.rooms.disclosures import known_disclosure, uuid_in_path
from api.http.routing.instants import OF_WHAT_IS_GIVEN_OUT
from api.http.routing.routes import Routes
from api.http.service import Service
from api.verbs.disclosures.making import made_again
from ledger.errors import InvalidCommand
from ledger.registers.disclosures import STREAM
from ledger.registers.disclosures.releasing import DisclosureReleased

_BUNDLE = "/disclosures/{disclosure_id}/releases/{release_id}/bundle"


def bundle_routes() -> Routes:
    """The download of a release."""
    routes = Routes(prefix="/v1", tag="Disclosures")
    routes.add(
        "GET",
        _BUNDLE,
        _bundle,
        act="disclosure.bundle",
        summary="A release that was made: the same bytes, a zip that proves itself",
        problems=(
            "invalid-command",
            "disclosure-not-found",
            "not-found",
            "refused",
            "ledger-unavailable",
        ),
        answers={
            200: {
                "description": "The zip; its SHA-256 is the entity tag.",
                "content": {"application/zip": {"schema": {"type": "string", "format": "binary"}}},
            },
            304: {"description": "As you have it already."},
        },
        parameters=path_parameters(_BUNDLE),
        told_now=OF_WHAT_IS_GIVEN_OUT,
    )
    return routes


def _bundle(request: HttpRequest) -> Response:
    """A release that was made, made again and held against its digest before the first byte of it is sent."""
    service: Service = request.app.state.service
    if request.query_params:
        raise InvalidCommand("Not understood in this query: it takes nothing.")
    exchange = Exchange(service, request)
    disclosure_id = known_disclosure(exchange, "disclosure.bundle")
    released = _released(exchange, disclosure_id)
    headers = {
        "ETag": f'"{released.bundle}"',
        **KEPT_BY_NOBODY,
    }
    if (known := unchanged(request, headers)) is not None:
        return known
    exchange.before_opening()
    file = made_again(
        service.ledger,
        service.trees,
        actor=exchange.principal.actor,
        disclosure_id=disclosure_id,
        released=released,
    )
    service.projector.nudge()
    name = f"release-{released.number}-{released.release_id}.zip"
    headers |= {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Content-Length": str(file.seek(0, 2)),
    }
    return StreamingResponse(in_chunks(file), 200, headers, "application/zip")


def _released(exchange: Exchange, disclosure_id: UUID) -> DisclosureReleased:
    release_id = uuid_in_path(exchange, "release_id")
    for read in exchange.service.ledger.read(f"{STREAM}/{disclosure_id}"):
        fact = read.entry.fact
        if isinstance(fact, DisclosureReleased) and fact.release_id == release_id:
            return fact
    raise EdgeProblem("not-found", "No such release of this disclosure was made.")
