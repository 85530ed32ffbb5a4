"""About the service itself: whether it lives and is ready, what it offers, the demo login."""

from __future__ import annotations

import orjson
from fastapi import Request as HttpRequest
from starlette.responses import Response

from api.http.answering.answers import of_this_version
from api.http.answering.shapes import OBJECT
from api.http.bodies import readable
from api.http.identity.demo_login import asked_here
from api.http.reading.reads import add_public
from api.http.refusing.problems import EdgeProblem
from api.http.routing.routes import PUBLIC, Routes
from api.http.service import Service
from api.http.serving.metrics import CONTENT_TYPE

_JSON = "application/json"
_OBJECT = {_JSON: {"schema": OBJECT}}


def about_routes() -> Routes:
    """What anybody may ask."""
    routes = Routes(tag="Service")
    add_public(routes, "/health/live", _live, summary="Whether the process runs", content=_OBJECT)
    for path in ("/health", "/health/ready"):
        add_public(
            routes,
            path,
            _health,
            content=_OBJECT,
            summary="Whether it can record and answer, how far its views are, what was signed last",
            problems=("ledger-unavailable",),
        )
    add_public(
        routes,
        "/metrics",
        _metrics,
        content={"text/plain": {"schema": {"type": "string"}}},
        summary="Counts and times for Prometheus, told on the loopback unless set otherwise",
        problems=("not-found",),
    )
    add_public(
        routes,
        "/openapi.json",
        _openapi,
        summary="This description",
        content=_OBJECT,
        lasts=True,
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
                        "properties": {
                            "member": {"type": "string", "description": "The code of a member."}
                        },
                    },
                    "example": {"member": "R-02"},
                }
            },
        },
    )
    return routes


async def _live(_request: HttpRequest) -> Response:
    """Answered while the process runs at all: for a supervisor that starts it again, not for one that sends it work.

    No thread is waited for: those that read may all wait for a disk.
    """
    return _answer({"status": "live"})


async def _health(request: HttpRequest) -> Response:
    """Ready means: the ledger can be read and written, and the views follow it."""
    service: Service = request.app.state.service
    found = await service.health.condition()
    return _answer(found.as_json(), 200 if found.is_ready else 503)


async def _metrics(request: HttpRequest) -> Response:
    """Counts and times, to those whom the setting names."""
    service: Service = request.app.state.service
    given_to = service.settings.metrics
    if not (given_to == "anyone" or (given_to == "loopback" and asked_here(request))):
        raise EdgeProblem("not-found", "There are no metrics here: see CASELEDGER_HTTP_METRICS.")
    written = service.metrics.exposition(await service.health.condition())
    return Response(written, headers={"Cache-Control": "no-store"}, media_type=CONTENT_TYPE)


def _openapi(request: HttpRequest) -> Response:
    """Every address with what it takes, what it answers, each error and who may ask; it is of this version alone."""
    raw: bytes = request.app.state.description()
    return of_this_version(request, raw, media_type=_JSON)


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
    return _answer({"token": service.demo.token(member), "token_type": "Bearer"})


def _answer(said: object, status: int = 200) -> Response:
    return Response(orjson.dumps(said), status, {"Cache-Control": "no-store"}, _JSON)
