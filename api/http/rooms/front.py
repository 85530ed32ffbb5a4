"""The front: where a service that nobody has met yet says what it offers, and the page that verifies a release."""

from __future__ import annotations

import re
from html import escape

import orjson
from fastapi import Request as HttpRequest
from starlette.responses import Response

from api.http.answering.answers import of_this_version
from api.http.answering.pages import HTML, JSON, PAGE, page, rather_a_page, told_in
from api.http.answering.shapes import OBJECT
from api.http.reading.reads import add_public
from api.http.refusing.languages import language_of
from api.http.routing.routes import Routes
from api.http.service import Service
from ledger.policy.values import Language
from projections.releases.verify_page import verify_page

VERIFY = "/verify.html"
_SAID: dict[Language, str] = {
    "en": "The case ledger of this office. Programs ask it; this is where they begin.",
    "fr": "Le registre des dossiers de ce bureau. Des programmes l'interrogent; voici par où ils commencent.",
}
_LINKS: tuple[tuple[str, str, dict[Language, str]], ...] = (
    (
        "/openapi.json",
        "service-desc",
        {
            "en": "Every address, with its errors and who may ask (OpenAPI 3.1)",
            "fr": "Chaque adresse, ses erreurs et qui peut demander (OpenAPI 3.1)",
        },
    ),
    (
        "/health",
        "status",
        {"en": "Whether it records and answers", "fr": "S'il consigne et répond"},
    ),
    (
        "/open311/discovery.json",
        "related",
        {"en": "Open311 GeoReport v2", "fr": "Open311 GeoReport v2"},
    ),
    (
        VERIFY,
        "help",
        {
            "en": "The page that verifies what was given out, without a network",
            "fr": "La page qui vérifie ce qui a été communiqué, sans réseau",
        },
    ),
)
"""What is offered to whoever asks without saying who they are: its address, its relation (RFC 8288, 8631), words."""
_OWN_POLICY = re.compile(rb'http-equiv="Content-Security-Policy" content="([^"]+)"')


def front_routes() -> Routes:
    """What stands at the door."""
    routes = Routes(tag="Service")
    add_public(
        routes,
        "/",
        _front,
        summary="What this service offers, and where",
        content={JSON: {"schema": OBJECT}, HTML: {"schema": {"type": "string"}}},
    )
    add_public(
        routes,
        VERIFY,
        _verify,
        summary="The page that verifies a release in a browser, as it lies in every bundle",
        content={HTML: {"schema": {"type": "string"}}},
        lasts=True,
    )
    return routes


def _front(request: HttpRequest) -> Response:
    """As a page to whoever would rather have one, else as JSON."""
    language = language_of(request.headers.get("accept-language"))
    service: Service = request.app.state.service
    below = service.settings.under
    links = ", ".join(f'<{below}{href}>; rel="{rel}"' for href, rel, _ in _LINKS)
    headers = {"Link": links, **told_in(language)}
    if rather_a_page(request):
        return Response(_page(language, below), 200, headers, PAGE)
    found = [
        {"href": f"{below}{href}", "rel": rel, "title": words[language]}
        for href, rel, words in _LINKS
    ]
    said = {"title": "Case Ledger", "description": _SAID[language], "links": found}
    return Response(orjson.dumps(said), 200, headers, JSON)


def _page(language: Language, below: str) -> str:
    listed = "".join(
        f'<li><a href="{below}{href}" rel="{rel}">{escape(words[language])}</a></li>'
        for href, rel, words in _LINKS
    )
    return page(language, "Case Ledger", f"<p>{escape(_SAID[language])}</p><ul>{listed}</ul>")


def _verify(request: HttpRequest) -> Response:
    """The same bytes as in every bundle; what it lets in of its own is let in here."""
    found = verify_page()
    own = _OWN_POLICY.search(found)
    assert own is not None, "the page says what it lets in"
    policy = f"{own[1].decode()}; frame-ancestors 'none'"
    headers = {"Content-Security-Policy": policy}
    return of_this_version(request, found, media_type=PAGE, headers=headers)
