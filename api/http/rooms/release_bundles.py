"""The download of a release over HTTP: the bytes that were released, made again and sent in pieces."""

from __future__ import annotations

from uuid import UUID

from starlette.responses import Response

from api.http.answering.answers import KEPT_BY_NOBODY, unchanged
from api.http.exchanges import Exchange
from api.http.reading.downloads import BYTES, ZIP, add_download, as_zip
from api.http.refusing.problems import EdgeProblem
from api.http.rooms.disclosures import known_disclosure, uuid_in_path
from api.http.routing.routes import Routes
from api.verbs.disclosures.making import made_again
from ledger.registers.disclosures import STREAM
from ledger.registers.disclosures.releasing import DisclosureReleased


def bundle_routes() -> Routes:
    """The download of a release."""
    routes = Routes(prefix="/v1", tag="Disclosures")
    add_download(
        routes,
        "/disclosures/{disclosure_id}/releases/{release_id}/bundle",
        _bundle,
        act="disclosure.bundle",
        summary="A release that was made: the same bytes, a zip that proves itself",
        said="The zip; its SHA-256 is the entity tag.",
        content={ZIP: BYTES},
        tagged=True,
        problems=("disclosure-not-found", "not-found", "refused"),
    )
    return routes


def _bundle(exchange: Exchange) -> Response:
    """A release that was made, made again and held against its digest before the first byte of it is sent."""
    service = exchange.service
    disclosure_id = known_disclosure(exchange, "disclosure.bundle")
    released = _released(exchange, disclosure_id)
    tag = f'"{released.bundle}"'
    if (known := unchanged(exchange.request, {"ETag": tag, **KEPT_BY_NOBODY})) is not None:
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
    return as_zip(file, name, ETag=tag)


def _released(exchange: Exchange, disclosure_id: UUID) -> DisclosureReleased:
    release_id = uuid_in_path(exchange, "release_id")
    for read in exchange.service.ledger.read(f"{STREAM}/{disclosure_id}"):
        fact = read.entry.fact
        if isinstance(fact, DisclosureReleased) and fact.release_id == release_id:
            return fact
    raise EdgeProblem("not-found", "No such release of this disclosure was made.")
