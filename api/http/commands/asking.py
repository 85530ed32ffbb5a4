"""Asking: one command over HTTP, from its key and its body to its receipt, which asking again gives again."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

import orjson
from fastapi import Request as HttpRequest
from fastapi.concurrency import run_in_threadpool
from starlette.responses import Response

from api.http.answering.answers import JSON, KEPT_BY_NOBODY, receipted
from api.http.bodies import Body, expect_json, read_body
from api.http.commands.asked_of import AskedOf, Written, asked_of
from api.http.commands.drafting import Draft, Ready, as_drafted, draft_of, filled_in
from api.http.exchanges import Exchange
from api.http.reading.reads import choice_of, refuse_unnamed
from api.http.service import Service
from api.http.serving.logs import command_logged
from api.http.standing import act_refused, allow_awaited, answer
from api.shown.supposed import WhatIf, what_if
from api.verbs import Followed, followed
from api.verbs.records import opened_before
from ledger.commands import Command, Request
from ledger.entry import Receipt
from ledger.errors import NotAuthorised, Refusal
from ledger.ids import reference_of
from projections.answers import as_json

DRY_RUN = "dry_run"

_READ_UNDER: Mapping[str, str] = {
    "case": "cases",
    "disclosure": "disclosures",
    "erasure": "erasures",
    "inquiry": "inquiries",
    "party": "parties",
}
_READ = "case.read"


@dataclass(frozen=True, slots=True)
class Recorded:
    """The receipt of what is on record, whether by an earlier call, and what followed from it elsewhere."""

    receipt: Receipt
    replayed: bool
    brought: Sequence[Followed] = ()

    @property
    def logged(self) -> dict[str, Any]:
        """What the line of a command says of it."""
        receipt = self.receipt
        outcome = "replayed" if self.replayed else "unchanged"
        return {
            "outcome": "recorded" if receipt.fresh else outcome,
            "stream": receipt.stream,
            "version": receipt.version,
            "position": receipt.position,
        }


async def ask_written(
    service: Service, http: HttpRequest, written: Written, model: type[Body]
) -> Response:
    """Asks what was sent, once it is durable; the first receipt of a key that was used for the same before.

    That is answered even where whoever asks may not do it any more, such as after handing a case over.
    """
    exchange = await Exchange.awaited(service, http)
    expect_json(http)
    refuse_unnamed(http.query_params, (DRY_RUN,) if written.can_be_tried else ())
    is_tried = choice_of(exchange, DRY_RUN, ("true", "false")) == "true"
    command_id = exchange.command_id()
    body = read_body(model, await http.body())
    if is_tried:
        return await _tried(await asked_of(exchange, written), body, command_id)
    async with told(exchange, written.verb.command) as line:
        draft = draft_of(await asked_of(exchange, written), body, command_id)
        recorded = await _recorded(draft)
        line |= recorded.logged
    made = dict(draft.made(recorded.receipt))
    if (beside := written.verb.beside) is not None:
        around = as_drafted(draft).around
        made[beside.name] = await run_in_threadpool(beside.tell, around, recorded.receipt)
    return receipted(
        recorded.receipt,
        made=made,
        replayed=recorded.replayed,
        location=_location(service, recorded.receipt),
        brought=recorded.brought,
        language=exchange.language,
    )


@asynccontextmanager
async def told(exchange: Exchange, command: type[Command]) -> AsyncGenerator[dict[str, Any]]:
    """Around the asking of a command: its line in the log, and that there is something to project once it is done."""
    service = exchange.service
    said: dict[str, Any] = {"command": command.__name__, "actor": exchange.principal.actor.id}
    with command_logged(exchange.request, service.metrics, said):
        yield said
    service.projector.nudge()


async def _recorded(draft: Draft) -> Recorded:
    """What is on record under the key, by an earlier call or by this one; refused where that is a refusal."""
    recorded = await _recorded_before(draft) or await _recorded_now(draft)
    if (refused := draft.asked.verb.refused) is not None:
        await run_in_threadpool(refused, draft.asked.service.ledger, recorded.receipt)
    return recorded


async def _recorded_before(draft: Draft) -> Recorded | None:
    """What the key stands for already; None where it stands for nothing, or where the writer is asked at once.

    What follows from it is asked again of those alone who may do it still.
    """
    asked, ledger = draft.asked, draft.asked.service.ledger
    allowed = answer(asked.exchange.principal, asked.written.act, asked.relations).allowed
    if allowed and asked.written.is_plain and ledger.read_only is None:
        return None
    receipt = await run_in_threadpool(ledger.first_receipt, draft.request)
    if receipt is None:
        return None
    brought = await _followed(asked, as_drafted(draft), receipt) if allowed else ()
    return Recorded(receipt, True, brought)


async def _recorded_now(draft: Draft) -> Recorded:
    """What this call records, where whoever asks may do it; the writer too may find that it was recorded before."""
    asked = draft.asked
    await _allow(asked, asked.written.act)
    fill = partial(filled_in, draft)
    ready = fill() if asked.written.is_plain else await run_in_threadpool(fill)
    receipt = await _receipt_of(asked, ready.request)
    replayed = await was_replayed(asked.service, ready.request, receipt)
    return Recorded(receipt, replayed, await _followed(asked, ready, receipt))


async def _allow(asked: AskedOf, act: str) -> None:
    """Lets an act pass, or records that it was refused and raises NotAuthorised."""
    principal = asked.exchange.principal
    await allow_awaited(asked.service, principal, act, asked.relations, about=asked.about)


async def _receipt_of(asked: AskedOf, request: Request) -> Receipt:
    """What the ledger answers; that its rules refuse this actor is put on record."""
    service, ledger = asked.service, asked.service.ledger
    try:
        async with refusals_recorded(asked.exchange, asked.written.act, about=asked.about):
            if asked.verb.by is not None:
                return await run_in_threadpool(asked.verb.by, ledger, request)
            return await service.awaited.ask(request)
    except Refusal as refused:
        before = await run_in_threadpool(opened_before, ledger, request, refused)
        if before is None:
            raise
        return before


@asynccontextmanager
async def refusals_recorded(
    exchange: Exchange, act: str, *, about: str | None
) -> AsyncGenerator[None]:
    """Puts on record that the ledger's rules refused this actor, where they do."""
    try:
        yield
    except NotAuthorised:
        actor, ground = exchange.principal.actor, "not-by-its-rules"
        refused = act_refused(exchange.service, actor, act, ground, about=about)
        await exchange.service.awaited.ask(refused)
        raise


async def _tried(asked: AskedOf, body: Body, command_id: UUID) -> Response:
    """What would come of it, where whoever asks may ask it and the rules allow it; no key is used up by that.

    It shows how the case stands, so they must be let read it too: from any case one may step back, unread.
    """
    for act in (asked.written.act, _READ):
        await _allow(asked, act)
    draft = draft_of(asked, body, command_id)

    def supposed() -> WhatIf:
        ready = filled_in(draft)
        return what_if(ready.around, ready.request, language=asked.exchange.in_words())

    async with refusals_recorded(asked.exchange, asked.written.act, about=asked.about):
        found = await run_in_threadpool(supposed)
    answer = Response(orjson.dumps(as_json(found)), 200, KEPT_BY_NOBODY, JSON)
    return asked.exchange.naming_language(answer)


async def _followed(asked: AskedOf, ready: Ready, receipt: Receipt) -> Sequence[Followed]:
    """What is recorded elsewhere because this is."""
    if not asked.verb.follows:
        return ()
    return await run_in_threadpool(followed, asked.verb, ready.around, ready.request, receipt)


async def was_replayed(service: Service, request: Request, receipt: Receipt) -> bool:
    """Whether a receipt is that of an earlier call, rather than of nothing that there was to add."""
    if receipt.fresh or request.command_id is None:
        return False
    return await run_in_threadpool(service.ledger.stream_of_command, request.command_id) is not None


def _location(service: Service, receipt: Receipt) -> str | None:
    """Where what was recorded is read; None of what is read otherwise."""
    kind, _, key = receipt.stream.partition("/")
    if kind not in _READ_UNDER:
        return None
    named = reference_of(UUID(key)) if kind == "case" else key
    return service.settings.address(f"/v1/{_READ_UNDER[kind]}/{named}")
