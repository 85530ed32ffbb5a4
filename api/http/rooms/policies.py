"""Policies over HTTP: one is checked before it is published, and tried against what is recorded."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from pydantic import BaseModel, ConfigDict, Field
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from api.http.answering.answers import answered
from api.http.exchanges import Exchange
from api.http.reading.in_turn import in_turn
from api.http.reading.questions import add_question
from api.http.reading.reads import OTHERS_FOLD
from api.http.routing.routes import Routes
from api.http.standing import allow_awaited
from api.policy_files import policy_written
from api.shown.policies import PolicyChecked, RehearsalTotals, checked, totals
from api.verbs.field_words import HELP
from ledger.errors import LedgerUnavailable
from ledger.policy.compiled.policy import CompiledPolicy, compile_policy
from projections.lists.shown_to import cases_left_by
from projections.policies.rehearsal import RehearsedClock, rehearsed
from projections.policies.replay import PolicyReplay, replay_policy

_EXAMPLE = {"toml": '[office]\nen = "Town office"\nfr = "Bureau de la ville"\n'}


class PolicyWritten(BaseModel):
    """A policy as it is written."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    toml: str = Field(description=HELP["toml"])


class PolicyRehearsed(PolicyWritten):
    """A policy, and the day whose law is tried."""

    on: date | None = Field(
        default=None, description="The day whose law is tried; today if left out."
    )
    moved: bool = Field(
        default=False, description="Tell of the clocks alone whose date would be another."
    )


class PolicyTried(BaseModel):
    """The policy under which recorded decisions are made again."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    toml: str | None = Field(
        default=None, description="Another policy, in TOML; the one that each cites if left out."
    )


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """Open clocks by today's law and by that of another policy on a day, and their sums; nothing is recorded."""

    on: date
    position: int
    totals: RehearsalTotals
    clocks: tuple[RehearsedClock, ...]


def policy_routes() -> Routes:
    """What can be asked of a policy that is not published."""
    routes = Routes(prefix="/v1", tag="Registers")
    add_question(
        routes,
        "/policies/check",
        _check,
        act="policy.check",
        model=PolicyWritten,
        shape=PolicyChecked,
        summary="What is wrong in a policy, and what could be better",
        example=_EXAMPLE,
        problems=(),
    )
    add_question(
        routes,
        "/policies/rehearse",
        _rehearse,
        act="policy.rehearse",
        model=PolicyRehearsed,
        shape=Rehearsal,
        summary="Each open clock with its date today and by the law of another policy",
        example={**_EXAMPLE, "on": "2027-04-01"},
        problems=("invalid-policy", "beyond-calendar"),
    )
    add_question(
        routes,
        "/policies/replay",
        _replay,
        act="policy.replay",
        model=PolicyTried,
        shape=PolicyReplay,
        summary="Every recorded routing decided again, and which come out otherwise",
        example={},
        problems=("invalid-policy",),
    )
    return routes


async def _check(exchange: Exchange, asked: PolicyWritten) -> Response:
    """Every problem with its line and key; without any it can be published, at `POST /v1/policies`."""
    service = exchange.service
    await allow_awaited(service, exchange.principal, "policy.check")
    today = service.days().date_of(service.ledger.clock())
    found = await run_in_threadpool(checked, asked.toml, today)
    return answered(exchange.request, found)


async def _rehearse(exchange: Exchange, asked: PolicyRehearsed) -> Response:
    """Every clock that is open, by the law that it runs by and by the other, and what would become of it.

    Clocks of cases from which whoever asks stepped back are left out.
    """
    service = exchange.service
    await allow_awaited(service, exchange.principal, "policy.rehearse")

    def found() -> Response:
        service.projector.catch_up(seconds=service.settings.wait_seconds)
        other = _other(exchange, asked.toml)
        position = service.ledger.store.tip()
        days = other.calendars.days_of(other.policy.office.zone)
        on = asked.on or days.date_of(service.ledger.clock())
        left = cases_left_by(service.views, exchange.principal.people)
        clocks = [
            each
            for each in rehearsed(service.ledger, service.views, other, on=on)
            if each.case_id not in left
        ]
        shown = tuple(each for each in clocks if each.moves or not asked.moved)
        said = Rehearsal(on, position, totals(clocks), shown)
        return answered(exchange.request, said, position=position)

    return await _in_its_turn(exchange, found)


async def _replay(exchange: Exchange, asked: PolicyTried) -> Response:
    """On the facts and loads that each decision recorded: under the policy that it cites any difference is a defect.

    Under another policy it is what that would have moved.
    """
    service = exchange.service
    await allow_awaited(service, exchange.principal, "policy.replay")

    def found() -> Response:
        other = None if asked.toml is None else _other(exchange, asked.toml)
        said = replay_policy(service.ledger.store, service.ledger.policies(), against=other)
        return answered(exchange.request, said, position=said.position)

    return await _in_its_turn(exchange, found)


def _other(exchange: Exchange, toml: str) -> CompiledPolicy:
    """The policy that was sent, as the next to be published."""
    policy = policy_written(toml)
    return compile_policy(policy, version=len(exchange.service.ledger.policies().versions) + 1)


async def _in_its_turn(exchange: Exchange, found: Callable[[], Response]) -> Response:
    """What reads every open case or the whole log, which is done for a few at a time."""
    service = exchange.service
    busy = LedgerUnavailable(OTHERS_FOLD)
    async with in_turn(service.folds, seconds=service.settings.wait_seconds, otherwise=busy):
        return await run_in_threadpool(found)
