"""Looking people up: whoever calls without a number, by what they say; names never stand in an address."""

from __future__ import annotations

from functools import partial
from typing import Annotated

from fastapi import Request as HttpRequest
from pydantic import BaseModel, ConfigDict, Field
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from api.http.answers import answered
from api.http.bodies import expect_json, read_body
from api.http.exchanges import Exchange
from api.http.problems import EdgeProblem
from api.http.reads import MIN_POSITION
from api.http.routes import Routes
from api.http.service import Service
from api.http.shapes import shape_of
from api.http.standing import allow_awaited
from api.looking_up import DAYS, FOUND_AT_MOST, LookedUp, looked_up
from ledger.policy.access import Purpose
from ledger.registers.accesses import LETTERS_AT_MOST, SAID_AT_MOST, SEEK
from ledger.seeking import Seeking

_DAYS_AT_MOST = 36_600


class WhoCalls(BaseModel):
    """What somebody says of themselves, and how far back their cases are sought."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    said: list[Annotated[str, Field(min_length=1, max_length=LETTERS_AT_MOST)]] = Field(
        min_length=1,
        max_length=SAID_AT_MOST,
        description="Names, telephone numbers, e-mail addresses: each must be theirs.",
    )
    days: int = Field(
        default=DAYS,
        ge=1,
        le=_DAYS_AT_MOST,
        description="Cases that were received within so many days are compared.",
    )
    purpose: Purpose | None = Field(
        default=None,
        description="The task they are sought for; the first that the reader's roles allow if left out.",
    )


def looking_up_routes() -> Routes:
    """The one search for people."""
    routes = Routes(prefix="/v1", tag="People")
    routes.add(
        "POST",
        "/people/search",
        _search,
        act=SEEK,
        summary="Who may be calling: their cases and records, by what they say of themselves",
        description=f"At most {FOUND_AT_MOST} cases and as many records, the likest first. That somebody is "
        "sought is recorded before anything is compared, and whose values are shown, before they are. "
        "The header Audit-Reason says why. Nothing is asked about another instant: who calls, calls now.",
        problems=(
            "malformed-request",
            "body-too-large",
            "unsupported-media-type",
            "invalid-command",
            "ledger-unavailable",
        ),
        answers={
            200: {
                "description": "The answer.",
                "content": {"application/json": {"schema": shape_of(LookedUp, routes.schemas)}},
            }
        },
        parameters=[
            MIN_POSITION,
            {
                "name": "Audit-Reason",
                "in": "header",
                "required": True,
                "description": "Why somebody is sought.",
                "schema": {"type": "string"},
                "example": "A caller without a number",
            },
        ],
        requestBody={
            "required": True,
            "content": {
                "application/json": {
                    "schema": WhoCalls.model_json_schema(
                        ref_template="#/components/schemas/{model}"
                    ),
                    "example": {"said": ["Ada Tremblay", "902-555-0147"]},
                }
            },
        },
    )
    return routes


async def _search(http: HttpRequest) -> Response:
    service: Service = http.app.state.service
    exchange = await Exchange.awaited(service, http)
    expect_json(http)
    asked = read_body(WhoCalls, await http.body())
    await allow_awaited(service, exchange.principal, SEEK)
    words = exchange.audit_reason
    if words is None:
        raise EdgeProblem(
            "malformed-request", "Say in the header Audit-Reason why somebody is sought."
        )
    await run_in_threadpool(exchange.await_position)
    found = await run_in_threadpool(
        partial(
            looked_up,
            service.ledger,
            service.views,
            Seeking(tuple(asked.said), words, asked.purpose),
            actor=exchange.principal.actor,
            at=service.ledger.clock(),
            days=asked.days,
        )
    )
    service.projector.nudge()
    return answered(http, found, position=found.up_to_date.position)
