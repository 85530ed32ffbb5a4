"""About the service itself: whether it lives and is ready, what it offers, what its problems mean, the demo login."""

from __future__ import annotations

import orjson
from fastapi import Request as HttpRequest
from starlette.responses import Response

from api.http.bodies import readable
from api.http.demo_login import asked_here
from api.http.languages import language_of
from api.http.problems import TITLES, TYPES, EdgeProblem, title_of
from api.http.reads import add_public
from api.http.routes import PUBLIC, Routes
from api.http.service import Service
from api.http.shapes import OBJECT
from ledger.errors import LedgerError

_JSON = "application/json"
_OBJECT = {_JSON: {"schema": OBJECT}}


def about_routes() -> Routes:
    """What anybody may ask."""
    routes = Routes(tag="Service")
    add_public(routes, "/health/live", _live, summary="Whether the process runs", content=_OBJECT)
    add_public(
        routes,
        "/health/ready",
        _ready,
        content=_OBJECT,
        summary="Whether it can record and answer",
        problems=("ledger-unavailable",),
    )
    add_public(routes, "/openapi.json", _openapi, summary="This description", content=_OBJECT)
    add_public(
        routes,
        "/problems/{code}",
        _problem,
        content=_OBJECT,
        summary="What a type of problem means",
        problems=("not-found",),
    )
    routes.add(
        "POST",
        "/demo/login",
        _demo_login,
        act=PUBLIC,
        summary="Become a member, on the loopback of a demonstration",
        problems=("malformed-request", "not-found", "invalid-command", "body-too-large"),
        answers={200: {"description": "A token for the header Authorization.", "content": _OBJECT}},
        requestBody={
            "required": True,
            "content": {
                "application/json": {
                    "schema": {
                        "type": "object",
                        "required": ["member"],
                        "additionalProperties": False,
                        "properties": {"member": {"type": "string"}},
                    },
                    "example": {"member": "R-02"},
                }
            },
        },
    )
    return routes


def _live(_request: HttpRequest) -> Response:
    return _said({"status": "live"})


def _ready(request: HttpRequest) -> Response:
    """Ready means: the ledger can be read and written, and the views follow it."""
    service: Service = request.app.state.service
    failing: dict[str, str] = {}
    tip = None
    try:
        tip = service.ledger.store.tip()
    except LedgerError as error:
        failing["ledger"] = error.code
    if service.ledger.read_only is not None:
        failing["ledger"] = "read-only"
    if service.projector.failure is not None:
        failing["views"] = service.projector.failure.code
    said = {
        "status": "failing" if failing else "ready",
        "position": tip,
        "views_position": service.projector.position,
        "views_behind": None if tip is None else max(tip - service.projector.position, 0),
        "failing": failing,
    }
    return _said(said, 503 if failing else 200)


def _openapi(request: HttpRequest) -> Response:
    return _said(request.app.openapi())


def _problem(request: HttpRequest) -> Response:
    code = request.path_params["code"]
    if code not in TITLES:
        raise EdgeProblem("not-found", f"There is no type of problem '{code}'.")
    language = language_of(request.headers.get("accept-language"))
    return _said(
        {"type": f"{TYPES}{code}", "status": TITLES[code][0], "title": title_of(code, language)}
    )


async def _demo_login(request: HttpRequest) -> Response:
    """A token for a member; only where the demo login is on, and only from this machine."""
    service: Service = request.app.state.service
    if service.demo is None or not asked_here(request):
        raise EdgeProblem(
            "not-found",
            "There is no demo login here: ask for a token where this office issues them.",
        )
    said = readable(await request.body())
    member = said.get("member")
    if set(said) != {"member"} or not isinstance(member, str):
        raise EdgeProblem(
            "invalid-command", "/member: send the code of a member, and nothing else."
        )
    if member not in service.in_force().policy.members:
        raise EdgeProblem("invalid-command", "/member: no such member is in the policy in force.")
    return _said({"token": service.demo.token(member), "token_type": "Bearer"})


def _said(said: object, status: int = 200) -> Response:
    return Response(orjson.dumps(said), status, {"Cache-Control": "no-store"}, _JSON)
