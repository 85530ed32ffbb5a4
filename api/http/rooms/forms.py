"""Guided intake: the questions of each request type, and how the answers so far stand; nothing is recorded."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from api.http.answering.answers import answered, in_columns
from api.http.exchanges import Exchange
from api.http.reading.questions import add_question
from api.http.reading.reads import AS_OF, KNOWN_AT, add_read, wants_csv
from api.http.refusing.problems import EdgeProblem
from api.http.routing.routes import Routes
from api.http.standing import allow, allow_awaited
from ledger.case.known.answers import Answer
from ledger.policies_then import version_then
from ledger.policy.document.conditions import Severity
from ledger.policy.in_force import PolicyVersion
from ledger.policy.values import Language
from projections.policies.codes import CodeListed, Codes, codes
from projections.policies.forms import (
    AnswersSoFar,
    Form,
    FormChecked,
    FormListed,
    Forms,
    form,
    form_checked,
    forms,
)

T = TypeVar("T")


class AnswersGiven(BaseModel):
    """The answers so far, by field, and what else is known of the intake."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)

    answers: Mapping[str, Answer] = Field(
        default={}, description="What was answered, by field; money in whole cents."
    )
    channel: str | None = Field(default=None, description="The channel by which it comes.")
    region: str | None = Field(default=None, description="The region that it is about.")
    language: Language | None = Field(default=None, description="The language of the requester.")
    severity: Severity = Field(default="other", description="How severe it is.")
    flags: tuple[str, ...] = Field(default=(), description="Flags that are raised.")


def form_routes() -> Routes:
    """Every form, one form, and the check of its answers."""
    routes = Routes(prefix="/v1", tag="Guided intake")
    add_read(
        routes,
        "/forms",
        _forms,
        act="form.read",
        shape=Forms,
        summary="The request types, each with a form",
        query=(KNOWN_AT, AS_OF),
        csv=True,
    )
    add_read(
        routes,
        "/forms/{request_type}",
        _form,
        act="form.read",
        shape=Form,
        summary="The questions of a request type, in order",
        query=(KNOWN_AT, AS_OF),
        problems=("not-found",),
    )
    add_read(
        routes,
        "/codes",
        _codes,
        act="form.read",
        shape=Codes,
        summary="The codes that commands name: channels, regions, teams, clocks, templates, reasons and others",
        query=(KNOWN_AT, AS_OF),
        csv=True,
    )
    add_question(
        routes,
        "/forms/{request_type}/check",
        _check,
        act="form.check",
        model=AnswersGiven,
        shape=FormChecked,
        summary="How the answers so far stand, and what is missing",
        example={"answers": {"danger_now": True}, "channel": "web"},
        problems=("not-found",),
    )
    return routes


def _forms(exchange: Exchange) -> Response:
    """Every request type of the policy in force; in English or French, by Accept-Language."""
    allow(exchange.service, exchange.principal, "form.read")
    found = forms(_policy(exchange), exchange.in_words())
    if wants_csv(exchange):
        return in_columns(exchange.request, found.forms, FormListed)
    return answered(exchange.request, found)


def _codes(exchange: Exchange) -> Response:
    """What the policy in force calls things by, each with its words; in English or French, by Accept-Language."""
    allow(exchange.service, exchange.principal, "form.read")
    found = codes(_policy(exchange), exchange.in_words())
    if wants_csv(exchange):
        return in_columns(exchange.request, found.codes, CodeListed)
    return answered(exchange.request, found)


def _form(exchange: Exchange) -> Response:
    """What an intake asks, in order, with help, why it is asked, and when."""
    allow(exchange.service, exchange.principal, "form.read")
    code = exchange.request.path_params["request_type"]
    found = form(_policy(exchange), code, exchange.in_words())
    return answered(exchange.request, _there(found))


def _policy(exchange: Exchange) -> PolicyVersion:
    """The policy that holds or held then."""
    when = exchange.when()
    return version_then(exchange.service.ledger, when.then, when.at)


async def _check(exchange: Exchange, given: AnswersGiven) -> Response:
    """Whether the answers so far can be taken, what is asked next, and what is missing; nothing is kept of them."""
    service, code = exchange.service, exchange.request.path_params["request_type"]
    await allow_awaited(service, exchange.principal, "form.check")
    so_far = AnswersSoFar(**dict(given))
    at, language = service.ledger.clock(), exchange.in_words()
    found = form_checked(service.in_force(), code, so_far, at=at, language=language)
    return answered(exchange.request, _there(found))


def _there(found: T | None) -> T:
    if found is None:
        raise EdgeProblem("not-found", "There is no such request type: GET /v1/forms lists them.")
    return found
