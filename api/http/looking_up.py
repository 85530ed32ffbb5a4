"""Looking people up: whoever calls without a number, by what they say; names never stand in an address."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from api.http.answers import answered
from api.http.exchanges import Exchange
from api.http.problems import EdgeProblem
from api.http.questions import add_question
from api.http.reads import MIN_POSITION
from api.http.routes import Routes
from api.http.standing import allow_awaited
from api.looking_up import DAYS, DAYS_AT_MOST, FOUND_AT_MOST, LookedUp, looked_up
from ledger.policy.access import Purpose
from ledger.policy.acts import SEEKING
from ledger.registers.accesses import LETTERS_AT_MOST, SAID_AT_MOST
from ledger.seeking import Seeking


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
        le=DAYS_AT_MOST,
        description="Cases that were received within so many days are compared.",
    )
    purpose: Purpose | None = Field(
        default=None,
        description="The task they are sought for; the first that the reader's roles allow if left out.",
    )


def looking_up_routes() -> Routes:
    """The one search for people."""
    routes = Routes(prefix="/v1", tag="People")
    add_question(
        routes,
        "/people/search",
        _search,
        act=SEEKING,
        model=WhoCalls,
        shape=LookedUp,
        summary="Who may be calling: their cases and records, by what they say of themselves",
        example={"said": ["Ada Tremblay", "902-555-0147"]},
        parameters=(
            MIN_POSITION,
            {
                "name": "Audit-Reason",
                "in": "header",
                "required": True,
                "description": "Why somebody is sought.",
                "schema": {"type": "string"},
                "example": "A caller without a number",
            },
        ),
        description=f"At most {FOUND_AT_MOST} cases and as many records, the likest first. That somebody is "
        "sought is recorded before anything is compared, and whose values are shown, before they are. "
        "The header Audit-Reason says why. Nothing is asked about another instant: who calls, calls now.",
    )
    return routes


async def _search(exchange: Exchange, asked: WhoCalls) -> Response:
    service = exchange.service
    await allow_awaited(service, exchange.principal, SEEKING)
    words = exchange.audit_reason
    if words is None:
        raise EdgeProblem(
            "malformed-request", "Say in the header Audit-Reason why somebody is sought."
        )
    seeking = Seeking(tuple(asked.said), words, asked.purpose)

    def found() -> LookedUp:
        exchange.await_position()
        return looked_up(
            service.ledger,
            service.views,
            seeking,
            actor=exchange.principal.actor,
            at=service.ledger.clock(),
            days=asked.days,
        )

    shown = await run_in_threadpool(found)
    service.projector.nudge()
    return answered(exchange.request, shown, position=shown.up_to_date.position)
