"""Asking: one command over HTTP, from its key and its body to its receipt, which asking again gives again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any
from uuid import UUID

import orjson
from fastapi import Request as HttpRequest
from fastapi.concurrency import run_in_threadpool
from pydantic import ValidationError
from starlette.responses import Response

from api.http.answers import JSON, KEPT_BY_NOBODY, receipted
from api.http.bodies import Body, expect_json, read_body
from api.http.exchanges import Exchange, uuid_of
from api.http.reads import choice_of, refuse_unnamed
from api.http.refusing.languages import language_of
from api.http.refusing.problems import EdgeProblem, Unfitting
from api.http.service import Service
from api.http.serving.logs import command_logged
from api.http.standing import (
    NOTHING,
    act_refused,
    allow_awaited,
    answer,
    bar_who_stepped_back,
    case_named,
    relations_to_case,
    relations_to_inquiry,
    relations_to_party,
    relations_to_stream,
    relations_to_team,
)
from api.shown.supposed import WhatIf, can_be_supposed, what_if
from api.verbs import (
    Around,
    Followed,
    Verb,
    cases_in,
    filled,
    followed,
    with_cases_found,
)
from api.verbs.records import opened_before
from api.witnesses.giving_out import proofs_to_give_out
from ledger.commands import Request
from ledger.entry import Actor, Receipt
from ledger.errors import InvalidCommand, NotAuthorised, Refusal
from ledger.ids import case_stream, reference_of
from ledger.policy.acting.acts import Relation
from ledger.registers.disclosures import STREAM as DISCLOSURES
from ledger.sealing.slots import canonical
from projections.answers import as_json

DRY_RUN = "dry_run"


@dataclass(frozen=True, slots=True)
class Written:
    """A verb at its address: the act that it is, which fields the address gives, and whether order matters."""

    verb: Verb
    act: str
    in_path: frozenset[str] = frozenset()
    in_order: bool = False
    is_plain: bool = field(init=False)
    """Whether the writer may be asked at once: it tells too whether it was asked the same before."""
    can_be_tried: bool = field(init=False)
    """Whether it can be asked what would come of it, with nothing recorded."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "is_plain", self.verb.is_plain and not self.in_order)
        can_be_tried = self.verb.of_a_case and can_be_supposed(self.verb)
        object.__setattr__(self, "can_be_tried", can_be_tried)


_READ_UNDER: Mapping[str, str] = {
    "case": "cases",
    "disclosure": "disclosures",
    "erasure": "erasures",
    "inquiry": "inquiries",
    "party": "parties",
}
_READ = "case.read"
_About = tuple[frozenset[Relation], str | None, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class _Draft:
    """What was asked, before anything that was left out is filled in: the command's key stands for `request.asked`."""

    request: Request
    values: Mapping[str, Any]
    own: UUID | None


@dataclass(frozen=True, slots=True)
class _Ready:
    """What is asked, with all that was left out, and what lay around it."""

    request: Request
    around: Around


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
        return await _tried(service, exchange, written, body, command_id)
    said: dict[str, Any] = {
        "command": written.verb.command.__name__,
        "actor": exchange.principal.actor.id,
    }
    with command_logged(http, service.metrics, said):
        relations, about, given = await _about(service, exchange, written)
        allowed = answer(exchange.principal, written.act, relations).allowed
        draft = _draft(service, exchange, written.verb, body, given, command_id)
        receipt, replayed = None, True
        if not (allowed and written.is_plain) or service.ledger.read_only is not None:
            receipt = await run_in_threadpool(service.ledger.first_receipt, draft.request)
        brought: Sequence[Followed] = ()
        if receipt is None:
            await allow_awaited(service, exchange.principal, written.act, relations, about=about)
            fill = partial(_filled, service, exchange, written, draft, given)
            ready = fill() if written.is_plain else await run_in_threadpool(fill)
            receipt = await _asked(service, exchange, written, ready.request, about)
            replayed = not receipt.fresh and await run_in_threadpool(
                was_recorded, service, command_id
            )
            brought = await _followed(written.verb, ready, receipt)
        elif allowed:
            again = _Ready(
                draft.request, _around(service, exchange, _values(written, draft, given))
            )
            brought = await _followed(written.verb, again, receipt)
        if written.verb.refused is not None:
            await run_in_threadpool(written.verb.refused, service.ledger, receipt)
        said |= {
            "outcome": "recorded" if receipt.fresh else "replayed" if replayed else "unchanged",
            "stream": receipt.stream,
            "version": receipt.version,
            "position": receipt.position,
        }
    service.projector.nudge()
    made: dict[str, object] = {}
    if written.verb.own is not None:
        made[written.verb.own] = _made(written.verb, draft, receipt)
    return receipted(
        receipt,
        made=made,
        replayed=replayed,
        location=_location(service, receipt),
        brought=brought,
        language=language_of(exchange.request.headers.get("accept-language")),
    )


async def _asked(
    service: Service, exchange: Exchange, written: Written, request: Request, about: str | None
) -> Receipt:
    """What the ledger answers; that its rules refuse this actor is put on record."""
    try:
        if written.verb.by is not None:
            return await run_in_threadpool(written.verb.by, service.ledger, request)
        return await service.awaited.ask(request)
    except NotAuthorised:
        await _refused_by_its_rules(service, exchange, written, about)
        raise
    except Refusal as refused:
        before = await run_in_threadpool(opened_before, service.ledger, request, refused)
        if before is None:
            raise
        return before


async def _refused_by_its_rules(
    service: Service, exchange: Exchange, written: Written, about: str | None
) -> None:
    actor, ground = exchange.principal.actor, "not-by-its-rules"
    await service.awaited.ask(act_refused(service, actor, written.act, ground, about=about))


async def _tried(
    service: Service, exchange: Exchange, written: Written, body: Body, command_id: UUID
) -> Response:
    """What would come of it, where whoever asks may ask it and the rules allow it; no key is used up by that.

    It shows how the case stands, so they must be let read it too: from any case one may step back, unread.
    """
    relations, about, given = await _about(service, exchange, written)
    for act in (written.act, _READ):
        await allow_awaited(service, exchange.principal, act, relations, about=about)
    draft = _draft(service, exchange, written.verb, body, given, command_id)

    def supposed() -> WhatIf:
        ready = _filled(service, exchange, written, draft, given)
        return what_if(ready.around, ready.request, language=exchange.language)

    try:
        found = await run_in_threadpool(supposed)
    except NotAuthorised:
        await _refused_by_its_rules(service, exchange, written, about)
        raise
    return Response(orjson.dumps(as_json(found)), 200, KEPT_BY_NOBODY, JSON)


async def _followed(verb: Verb, ready: _Ready, receipt: Receipt) -> Sequence[Followed]:
    """What is recorded elsewhere because this is."""
    if not verb.follows:
        return ()
    return await run_in_threadpool(followed, verb, ready.around, ready.request, receipt)


async def _about(service: Service, exchange: Exchange, written: Written) -> _About:
    """How what is written about stands to whoever asks, what it is, and the fields that its address gives."""
    if exchange.request.path_params:
        return await service.looking.up(partial(_found_at, service, exchange, written))
    return NOTHING, None, {}


def _found_at(service: Service, exchange: Exchange, written: Written) -> _About:
    path = exchange.request.path_params
    given: dict[str, Any] = {name: path[name] for name in written.in_path if name in path}
    if "ref" in path:
        case_id = case_named(service, path["ref"])
        given["case_id" if written.verb.of_a_case else "other_case"] = case_id
        found = relations_to_case(service, exchange.principal, case_id)
        return found, case_stream(case_id), given
    if "disclosure_id" in path:
        given["disclosure_id"] = uuid_of(path["disclosure_id"])
        stream = f"{DISCLOSURES}/{given['disclosure_id']}"
        found = relations_to_stream(service, exchange.principal, stream)
        return found, stream, given
    if "team" in path:
        if path["team"] not in service.in_force().policy.teams:
            raise InvalidCommand("This is not a team of the policy in force.")
        return relations_to_team(exchange.principal, path["team"]), f"team {path['team']}", given
    if "party_id" in path:
        party_id = uuid_of(path["party_id"])
        found = relations_to_party(service, exchange.principal, party_id)
        return found, f"party/{party_id}", given
    if "inquiry_id" in path:
        inquiry_id = uuid_of(path["inquiry_id"])
        found = relations_to_inquiry(service, exchange.principal, inquiry_id)
        return found, f"inquiry/{inquiry_id}", given
    for kind in ("hold", "erasure"):
        if said := path.get(f"{kind}_id"):
            return NOTHING, f"{kind}/{uuid_of(said)}", given
    return NOTHING, None, given


def _draft(
    service: Service,
    exchange: Exchange,
    verb: Verb,
    body: Body,
    given: Mapping[str, Any],
    command_id: UUID,
) -> _Draft:
    path = exchange.request.url.path
    values = {
        name: value
        for name in body.model_fields_set - {"happened_at"}
        if (value := getattr(body, name)) is not None
    }
    request = Request(
        verb.command.model_construct(),
        _asker(exchange, verb),
        command_id,
        body.happened_at,
        exchange.expected_version(),
        exchange.audit_reason,
        exchange.correlation,
        None,
        kept([_as_sent({**given, **body.model_dump(include={*values})}), path]),
    )
    named = verb.record_id(service.ledger, request.actor, values)
    return _Draft(request, values, named or _own_id(service, verb, command_id))


def kept(said: Any) -> bytes:
    """What was sent as the key stands for it; InvalidCommand where no entry could hold it."""
    try:
        return canonical(said)
    except TypeError as error:
        raise InvalidCommand(
            "This holds something that cannot be recorded: give whole numbers smaller than 2^53."
        ) from error


def _as_sent(value: Any) -> Any:
    """The same with names that are text, as JSON has them."""
    match value:
        case Mapping():
            return {str(name): _as_sent(each) for name, each in value.items()}
        case list() | tuple():
            return [_as_sent(each) for each in value]
        case _:
            return value


def _asker(exchange: Exchange, verb: Verb) -> Actor:
    """Whom the entry names: whoever asks, or the machine that they let look."""
    return exchange.principal.actor if verb.machine is None else verb.machine()


def _own_id(service: Service, verb: Verb, command_id: UUID) -> UUID | None:
    """The id of what is recorded: of a stream of its own a new one, since the first receipt tells of that stream.

    Where more than one command is asked, those that follow name it: it is the same for the same key.
    """
    if verb.own is None:
        return None
    if verb.begins and verb.by is None:
        return service.ledger.new_id()
    return verb.own_id(service.ledger, command_id)


def _made(verb: Verb, draft: _Draft, receipt: Receipt) -> UUID | None:
    """The id of what was recorded, by this call or the first."""
    return receipt.subject_id if verb.begins else draft.own


def _filled(
    service: Service,
    exchange: Exchange,
    written: Written,
    draft: _Draft,
    given: Mapping[str, Any],
) -> _Ready:
    """The request with what was left out filled in, and with nothing in it that makes no sense."""
    verb, request = written.verb, draft.request
    seen_any = exchange.request.headers.get("if-match") == "*"
    if written.in_order and request.expected_version is None and not seen_any:
        raise EdgeProblem(
            "precondition-required",
            "Here order matters: send the ETag of what you have seen in the header If-Match.",
        )
    values = _values(written, draft, given)
    with_cases_found(service.ledger, values)
    bar_who_stepped_back(service, exchange.principal, cases_in(values, draft.values.keys()))
    around = _around(service, exchange, values)
    filled(verb, around, values)
    try:
        return _Ready(replace(request, command=verb.built(values)), around)
    except ValidationError as error:
        raise Unfitting(error) from error


def _values(written: Written, draft: _Draft, given: Mapping[str, Any]) -> dict[str, Any]:
    """What was sent and what the address gives, with the id of what is recorded."""
    own = {} if written.verb.own is None else {written.verb.own: draft.own}
    return {**draft.values, **given, **own}


def _around(service: Service, exchange: Exchange, values: Mapping[str, Any]) -> Around:
    return Around(
        service.ledger,
        lambda: service.views,
        service.policies(),
        exchange.principal.actor,
        values,
        _named,
        partial(service.projector.catch_up, seconds=service.settings.wait_seconds),
        partial(proofs_to_give_out, service.ledger, service.trees, service.signer),
    )


def _named(field: str) -> str:
    return f"`{field}`"


def was_recorded(service: Service, command_id: UUID) -> bool:
    """Whether a command of this id was recorded, by this call or another."""
    return service.ledger.stream_of_command(command_id) is not None


def _location(service: Service, receipt: Receipt) -> str | None:
    """Where what was recorded is read; None of what is read otherwise."""
    kind, _, key = receipt.stream.partition("/")
    if kind not in _READ_UNDER:
        return None
    named = reference_of(UUID(key)) if kind == "case" else key
    return service.settings.address(f"/v1/{_READ_UNDER[kind]}/{named}")
