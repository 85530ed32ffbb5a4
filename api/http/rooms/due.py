"""When a clock is due, and why, day by day: of what is told with the question, or of a case from its certificates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from api.due.answer import DueReckoned, due_reckoned
from api.due.asked import GoesOn, Happenings, Prolonged, Reopened, Waited, found
from api.due.law import Law, counted_by, knowing, law_of, law_of_version
from api.due.of_a_case import ClockLaidOut, clocks_laid_out
from api.http.answering.answers import answered
from api.http.exchanges import Exchange
from api.http.reading.questions import add_question
from api.http.reading.reads import AS_OF, KNOWN_AT, add_read
from api.http.rooms.case_shown import CaseNamed, known_case
from api.http.routing.routes import Routes
from api.http.standing import allow_awaited
from ledger.policy.values import Amount, Code

_ACT = "form.read"
_SEVERAL = 100
"""How many waits, extensions or other happenings of a kind are told at most."""
_Time = Annotated[str, StringConstraints(min_length=1, max_length=40)]


class _Told(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class WaitTold(_Told):
    """A wait: for what, from when until when; without its end it lasts still."""

    reason: Code = Field(description="The reason, as `/v1/codes` or the pack has it.")
    begins: _Time = Field(description="From when.")
    ends: _Time | None = Field(default=None, description="Until when; it lasts still if left out.")


class ExtensionTold(_Told):
    """An extension: by how much, by whom, and when its notice was given."""

    amount: Amount = Field(description="By how much, in the clock's own unit.")
    authority: Code | None = Field(
        default=None, description="Who gave it; the first that may if left out."
    )
    notice: _Time | None = Field(default=None, description="When its notice was given.")


class ReopeningTold(_Told):
    """That the clock had stopped, and was opened again."""

    stopped: _Time = Field(description="When it had stopped.")
    again: _Time = Field(description="When it was opened again.")
    mode: GoesOn | None = Field(
        default=None, description="How it went on; as the clock says if left out."
    )


class DueAsked(_Told):
    """Which clock, and what happened when: a date where the clock counts days, else an instant with its offset."""

    clock: Code = Field(description="The code of a clock, or of a pack whose edition is looked up.")
    received: _Time | None = Field(default=None, description="When it reached the body.")
    reached_office: _Time | None = Field(
        default=None, description="When it reached the right office of the same body, if later."
    )
    complete: _Time | None = Field(default=None, description="When it was complete, if later.")
    event: _Time | None = Field(
        default=None, description="When the act was done, or the date, that starts such a clock."
    )
    waits: tuple[WaitTold, ...] = Field(
        default=(), max_length=_SEVERAL, description="For what it waited."
    )
    extensions: tuple[ExtensionTold, ...] = Field(
        default=(), max_length=_SEVERAL, description="By what it was extended, in order."
    )
    resets: tuple[_Time, ...] = Field(
        default=(),
        max_length=_SEVERAL,
        description="When an answer came with which it began anew.",
    )
    reopened: tuple[ReopeningTold, ...] = Field(
        default=(), max_length=_SEVERAL, description="When it had stopped and was opened again."
    )
    stopped: _Time | None = Field(default=None, description="When it was stopped.")
    at: _Time | None = Field(default=None, description="How it stood then; now if left out.")
    policy: Literal["published"] | None = Field(
        default=None,
        description="`published`: by the policy in force alone; else by a pack that comes with the program where the "
        "policy does not know the clock.",
    )
    calendar: Code | None = Field(default=None, description="Another calendar to count by.")


@dataclass(frozen=True, slots=True)
class ClocksLaidOut:
    """The clocks of a case that are reckoned here, each with its days and every date that was recorded for it."""

    about: CaseNamed
    clocks: tuple[ClockLaidOut, ...]


def due_routes() -> Routes:
    """The question without a case, and that about one."""
    routes = Routes(prefix="/v1", tag="Clocks")
    add_question(
        routes,
        "/due",
        _due,
        act=_ACT,
        model=DueAsked,
        shape=DueReckoned,
        summary="When a clock is due, and why, day by day; nothing is recorded",
        example={
            "clock": "UK-FOIA",
            "received": "2026-12-11",
            "waits": [{"reason": "fee", "begins": "2026-12-15", "ends": "2026-12-16"}],
            "at": "2026-12-18",
        },
        problems=("refused", "beyond-calendar"),
    )
    add_read(
        routes,
        "/cases/{ref}/clocks/days",
        _of_a_case,
        act="case.clocks",
        shape=ClocksLaidOut,
        summary="Each clock of a case, laid out day by day from the certificates that were recorded",
        query=(KNOWN_AT, AS_OF),
        problems=("case-not-found",),
    )
    return routes


async def _due(exchange: Exchange, asked: DueAsked) -> Response:
    """As `caseledger due` answers: by the policy in force, else by a pack; the certificate is walked again."""
    service = exchange.service
    await allow_awaited(service, exchange.principal, _ACT)
    said = Happenings(
        asked.received,
        asked.reached_office,
        asked.complete,
        asked.event,
        tuple(Waited(each.reason, each.begins, each.ends) for each in asked.waits),
        tuple(Prolonged(each.amount, each.authority, each.notice) for each in asked.extensions),
        asked.resets,
        tuple(Reopened(each.stopped, each.again, each.mode) for each in asked.reopened),
        asked.stopped,
        asked.at,
    )

    def reckoned() -> DueReckoned:
        published = law_of_version(service.in_force())
        law = _law(asked, published)
        return due_reckoned(
            found(counted_by(law, asked.calendar), asked.clock, said, now=service.ledger.clock())
        )

    return answered(exchange.request, await run_in_threadpool(reckoned))


def _law(asked: DueAsked, published: Law) -> Law:
    if asked.policy is not None:
        return knowing(published, asked.clock)
    return law_of(asked.clock, published)


def _of_a_case(exchange: Exchange) -> Response:
    """Every date as it was recorded, its certificate walked again day by day by the calendars that it cites."""
    asked = known_case(exchange, "case.clocks")
    entries = asked.counting(exchange.service.ledger.read(asked.stream))
    laid = clocks_laid_out(
        (each.entry for each in entries), exchange.service.policies(), at=asked.when.at
    )
    shown = ClocksLaidOut(asked.named(entries), laid)
    return answered(exchange.request, shown, position=asked.position)
