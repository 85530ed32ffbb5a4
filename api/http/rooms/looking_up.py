"""Looking people up: whoever calls without a number, by what they say; names never stand in an address."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

import orjson
from pydantic import BaseModel, ConfigDict, Field
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from api.http.answering.answers import answered
from api.http.exchanges import Exchange
from api.http.reading.in_turn import in_turn
from api.http.reading.questions import add_question
from api.http.reading.reads import MIN_POSITION
from api.http.reading.sealed_marks import sealed, unsealed
from api.http.refusing.problems import EdgeProblem
from api.http.routing.routes import Routes
from api.http.service import SEARCHES_AT_ONCE
from api.http.standing import allow_awaited
from api.shown.callers import DAYS, DAYS_AT_MOST, FOUND_AT_MOST, Bound, LookedUp, looked_up
from ledger.errors import InvalidCommand
from ledger.personal.seeking import Seeking
from ledger.policy.access import Purpose
from ledger.policy.acting.acts import SEEKING
from ledger.registers.keeping.accesses import LETTERS_AT_MOST, SAID_AT_MOST

COMPARED_AT_MOST = 20_000
"""Cases, and records beside them, for one answer: it takes seconds then however long the log is."""


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
    cursor: str | None = Field(
        default=None,
        max_length=400,
        description="From the answer before: compare what is older than all that was compared for it.",
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
        problems=("timed-out",),
        description=f"At most {FOUND_AT_MOST} cases and as many records, the likest first, of the latest "
        f"{COMPARED_AT_MOST:,} cases and records; asked the same with the `cursor` of an answer, of those before them. "
        f"A process runs {SEARCHES_AT_ONCE} searches at once. That somebody is "
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
    bound = _bound(exchange, asked)

    def found() -> LookedUp:
        exchange.await_position()
        return looked_up(
            service.ledger,
            service.views,
            seeking,
            actor=exchange.principal.actor,
            at=service.ledger.clock(),
            days=asked.days,
            bound=bound,
        )

    busy = EdgeProblem("timed-out", "Others are being sought just now: ask again in a few seconds.")
    async with in_turn(service.searches, seconds=service.settings.wait_seconds, otherwise=busy):
        shown = await run_in_threadpool(found)
    service.projector.nudge()
    if shown.cursor is not None:
        shown = replace(shown, cursor=sealed(exchange, _same(asked), shown.cursor))
    return answered(exchange.request, shown, position=shown.up_to_date.position, opened=True)


def _bound(exchange: Exchange, asked: WhoCalls) -> Bound:
    """How much is compared, and after what; InvalidCommand where whoever asks was given no such cursor for the same."""
    if asked.cursor is None:
        return Bound(COMPARED_AT_MOST)
    mark = unsealed(exchange, _same(asked), asked.cursor)
    if mark is None:
        raise InvalidCommand("cursor: take it from the answer before, whole, and ask the same.")
    return Bound.of(mark, at_most=COMPARED_AT_MOST)


def _same(asked: WhoCalls) -> str:
    """What is asked the same with a cursor: of others, those that were compared already are to be compared yet."""
    return f"{SEEKING} {orjson.dumps([asked.said, asked.days]).decode()}"
