"""Finding a case over HTTP by what another system calls it: such an id may be personal, and stands in no address."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from api.http.answering.answers import answered
from api.http.exchanges import Exchange
from api.http.reading.questions import add_question
from api.http.routing.routes import Routes
from api.http.standing import allow_awaited, answer, relations_to_case
from api.verbs.called import cases_called, systems_of
from ledger.ids import reference_of

_ACT = "search.cases"


class CalledSo(BaseModel):
    """What another system calls a case."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    external_id: str = Field(min_length=1, max_length=1_000, description="The id, as it was sent.")
    source: str | None = Field(
        default=None,
        min_length=1,
        max_length=200,
        description="Its source, as it was sent with it; of an imported log or export its name in "
        "the mapping, or that of the other system whose id it is.",
    )


@dataclass(frozen=True, slots=True)
class CaseCalled:
    """A case by its names here."""

    case_id: UUID
    reference: str


@dataclass(frozen=True, slots=True)
class CasesCalled:
    """The cases that are called so, of those whose status whoever asks may tell."""

    cases: tuple[CaseCalled, ...]


def calling_routes() -> Routes:
    """The one question."""
    routes = Routes(prefix="/v1", tag="Cases")
    add_question(
        routes,
        "/cases/called",
        _called,
        act=_ACT,
        model=CalledSo,
        shape=CasesCalled,
        summary="Which case another system calls so",
        example={"external_id": "2026-117-4", "source": "crm"},
        problems=(),
    )
    return routes


async def _called(exchange: Exchange, asked: CalledSo) -> Response:
    """A system finds those that it calls so itself, anybody else those of all systems and of imported logs.

    What people wrote down as somebody else's id is not sought: it is sealed on its case.
    """
    service, principal = exchange.service, exchange.principal
    await allow_awaited(service, principal, _ACT)

    def found() -> CasesCalled:
        systems = systems_of(service.policies())
        if principal.integrates:
            systems = frozenset({principal.actor.id})
        called = cases_called(service.ledger, systems, asked.external_id, asked.source)
        return CasesCalled(
            tuple(
                CaseCalled(each, reference_of(each))
                for each in called
                if answer(
                    principal, "case.status", relations_to_case(service, principal, each)
                ).allowed
            )
        )

    return answered(exchange.request, await run_in_threadpool(found))
