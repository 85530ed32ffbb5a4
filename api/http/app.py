"""The application: every route, every problem, and the limits around them."""

from __future__ import annotations

import gc
import os
import signal
import threading
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import cache, partial
from types import FrameType

import anyio.to_thread
import orjson
from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from fastapi.telemetry import TelemetryConfig
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import DEFAULT_EXCLUDED_CONTENT_TYPES
from starlette.requests import Request as HttpRequest
from starlette.responses import Response
from starlette.routing import Match

from api.channels.archives import LINES
from api.http.accepting import Compressing
from api.http.commands.routes import case_acts, command_routes
from api.http.described.openapi import described
from api.http.exchanges import Unopened
from api.http.identity.principals import Barred
from api.http.open311.errors import GEOREPORT
from api.http.open311.routes import open311_routes
from api.http.refusing.problems import EdgeProblem, Unfitting
from api.http.refusing.telling import told
from api.http.rooms.about import about_routes
from api.http.rooms.access_statistics import access_statistics_routes
from api.http.rooms.answering_all import answering_all_routes
from api.http.rooms.briefs import brief_routes
from api.http.rooms.calling import calling_routes
from api.http.rooms.cases import case_routes
from api.http.rooms.disclosing import disclosing_routes
from api.http.rooms.disclosures import disclosure_routes
from api.http.rooms.due import due_routes
from api.http.rooms.duplicates import duplicate_routes
from api.http.rooms.evidence import evidence_routes
from api.http.rooms.exceptions import exception_routes
from api.http.rooms.feed import feed_routes
from api.http.rooms.figures import figure_routes
from api.http.rooms.finding import finding_routes
from api.http.rooms.forms import form_routes
from api.http.rooms.front import front_routes
from api.http.rooms.given_out import given_out_routes
from api.http.rooms.inquiries import inquiry_routes
from api.http.rooms.keeping import keeping_routes
from api.http.rooms.looking_up import looking_up_routes
from api.http.rooms.office import office_routes
from api.http.rooms.policies import policy_routes
from api.http.rooms.presence import presence_routes
from api.http.rooms.problem_types import problem_type_routes
from api.http.rooms.published import published_routes
from api.http.rooms.registers import register_routes
from api.http.rooms.release_bundles import bundle_routes
from api.http.rooms.teams import team_routes
from api.http.rooms.trays import tray_routes
from api.http.rooms.webhooks import webhook_routes
from api.http.routing.lookup import Routing
from api.http.routing.routes import ACT, Routes
from api.http.scim.errors import SCIM
from api.http.scim.routes import scim_routes
from api.http.service import Service
from api.http.serving.erased_keys import erased_keys_let_go
from api.http.serving.logs import problem_logged
from api.http.serving.middleware import Outermost
from api.http.standing import act_refused
from ledger.errors import LedgerError, Refusal
from ledger.writer.asked import ONE_COMMAND_AN_ID

DIALECTS = (GEOREPORT, SCIM)
_NOT_SO = 405
_ALL = "*"
"""What OPTIONS asks about where it is of no address, but of the service: it answers, and that is all it says."""
_SMALL = 1_024
_NO_TELEMETRY: TelemetryConfig = {
    "tracing": False,
    "metrics": False,
    "logs": False,
    "operation_spans": False,
    "auto_configure": False,
}
"""What the framework would tell an exporter holds addresses, queries and the words of errors: all may be personal."""


@cache
def every_route() -> tuple[Routes, ...]:
    """All routes of all rooms: what is not among them cannot be reached."""
    return (
        front_routes(),
        about_routes(),
        problem_type_routes(),
        command_routes(),
        answering_all_routes(),
        calling_routes(),
        case_routes(),
        brief_routes(),
        duplicate_routes(),
        finding_routes(),
        looking_up_routes(),
        office_routes(),
        figure_routes(),
        published_routes(),
        team_routes(),
        presence_routes(),
        exception_routes(),
        evidence_routes(),
        given_out_routes(),
        policy_routes(),
        register_routes(),
        disclosing_routes(),
        access_statistics_routes(),
        disclosure_routes(),
        bundle_routes(),
        keeping_routes(),
        tray_routes(),
        inquiry_routes(),
        feed_routes(),
        due_routes(),
        form_routes(),
        open311_routes(),
        scim_routes(),
        webhook_routes(),
    )


def create_app(service: Service, *, closing: Callable[[], None] | None = None) -> FastAPI:
    """The application over an opened service; `closing` is called when it ends, where nobody else closes it."""

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        anyio.to_thread.current_default_thread_limiter().total_tokens = service.settings.threads
        gc.collect()
        gc.freeze()  # what is here stays, and is looked at no more
        _drains_when_told(service)
        async with erased_keys_let_go(service.ledger.vault, heard=service.health.heard):
            yield
        if closing is not None:
            closing()

    app = FastAPI(
        title="Case Ledger",
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        redirect_slashes=False,
        telemetry=_NO_TELEMETRY,
    )
    app.state.service = service
    app.state.case_acts = case_acts()
    schemas = app.state.schemas = {}
    for routes in every_route():
        schemas |= routes.schemas
    routing = app.state.routing = Routing(
        route for routes in every_route() for route in routes.router.routes
    )
    app.router.routes.append(routing)
    app.openapi = lambda: described(app)
    app.state.description = cache(lambda: orjson.dumps(app.openapi()))
    app.add_exception_handler(LedgerError, _answering(_as_asked_over_http))
    app.add_exception_handler(Barred, _on_record)
    app.add_exception_handler(Unopened, _unopened)
    app.add_exception_handler(RequestValidationError, _answering(_unfitting_request))
    app.add_exception_handler(HTTPException, _of_the_routing)
    app.add_middleware(
        Compressing,
        minimum_size=_SMALL,
        exclude_content_types=(*DEFAULT_EXCLUDED_CONTENT_TYPES, LINES),  # its tag is its digest
    )
    app.add_middleware(
        Outermost, settings=service.settings, metrics=service.metrics, dialects=DIALECTS
    )
    service.telemetry.dress(app)
    return app


def _drains_when_told(service: Service) -> None:
    """Lets answers that last end by themselves once the process is told to stop, before the server waits for them."""
    if threading.current_thread() is not threading.main_thread():
        return  # whoever serves from another thread tells the service so

    def wrapped(number: int) -> None:
        before = signal.getsignal(number)
        if number == signal.SIGHUP and not callable(before):
            return  # nobody ends the process by it

        def told(given: int, frame: FrameType | None) -> None:
            service.draining.set()
            if callable(before):
                before(given, frame)

        signal.signal(number, told)

    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        wrapped(number)
    service.health.when_over = partial(os.kill, os.getpid(), signal.SIGTERM)


def _answering(
    meant: Callable[[Exception], Exception],
) -> Callable[[HttpRequest, Exception], Awaitable[Response]]:
    """A handler that answers an error as a problem."""

    async def handler(request: HttpRequest, error: Exception) -> Response:
        found = meant(error)
        assert isinstance(found, LedgerError)
        service: Service = request.app.state.service
        service.health.heard(found)
        problem_logged(request, found)
        instance = getattr(request.state, "instance", None)
        return told(request, found, instance=instance, dialects=DIALECTS)

    return handler


async def _on_record(request: HttpRequest, error: Exception) -> Response:
    """Puts on record, before it is answered, that somebody may not ask as they did."""
    assert isinstance(error, Barred)
    service: Service = request.app.state.service
    act = request.scope["route"].openapi_extra[ACT]
    answered: Exception = error
    try:
        await service.awaited.ask(act_refused(service, error.actor, act, error.ground))
    except LedgerError as failed:
        answered = failed
    return await _answering(lambda _: answered)(request, error)


async def _unopened(_request: HttpRequest, _error: Exception) -> Response:
    """The head of what was not opened, without what only its content tells (RFC 9110, section 9.3.2)."""
    return Response(None, 200, {"Cache-Control": "no-store"})


async def _of_the_routing(request: HttpRequest, error: Exception) -> Response:
    """What is not there, or not asked so: then it says how it may be asked (RFC 9110, sections 9.3.7 and 15.5.6)."""
    if request.method == "OPTIONS" and request.scope["path"] == _ALL:
        return Response(status_code=204)
    answered = await _answering(_of_the_framework)(request, error)
    if answered.status_code == _NOT_SO:
        allowed = ", ".join(sorted(_methods_at(request)))
        if request.method == "OPTIONS":
            return Response(status_code=204, headers={"Allow": allowed})
        answered.headers["Allow"] = allowed
    return answered


def _methods_at(request: HttpRequest) -> set[str]:
    """The methods by which this address can be asked."""
    routing: Routing = request.app.state.routing
    at_it = (
        route
        for route in routing.at(request.scope["path"])
        if route.matches(request.scope)[0] is not Match.NONE
    )
    found = {"OPTIONS", *(method for route in at_it for method in route.methods or ())}
    return found | {"HEAD"} if "GET" in found else found


def _as_asked_over_http(error: Exception) -> Exception:
    """An error in the words of whoever asks: they gave a key, and never saw the command's id that is made of it."""
    if isinstance(error, Refusal) and error.rule == ONE_COMMAND_AN_ID:
        return Refusal(
            "This Idempotency-Key was used for another command: send a new key, or under this one what was sent then.",
            rule=error.rule,
        )
    return error


def _unfitting_request(error: Exception) -> Exception:
    assert isinstance(error, RequestValidationError)
    return Unfitting(error)


def _of_the_framework(error: Exception) -> Exception:
    assert isinstance(error, HTTPException)
    match error.status_code:
        case 404:
            return EdgeProblem(
                "not-found",
                "There is nothing at this address: `GET /openapi.json` names those that there are.",
            )
        case 405:
            return EdgeProblem(
                "method-not-allowed", "This cannot be done here: the header Allow names what can."
            )
        case 406:
            return EdgeProblem("not-acceptable")
        case _:
            return EdgeProblem("malformed-request")
