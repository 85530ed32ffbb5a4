"""Writing: every verb as a sub-resource, asked once for each Idempotency-Key, and answered when it is durable."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any
from uuid import UUID

from fastapi import Request as HttpRequest
from fastapi.concurrency import run_in_threadpool
from pydantic import ValidationError
from starlette.responses import Response

from api.http.answers import receipted
from api.http.bodies import NAMED_BY_REFERENCE, Body, body_of, expect_json, read_body
from api.http.exchanges import Exchange
from api.http.logs import command_logged
from api.http.problems import EdgeProblem, unfitting
from api.http.routes import Routes
from api.http.service import Service
from api.http.standing import (
    NOTHING,
    act_refused,
    allow_awaited,
    case_as_it_stands,
    relations_to_case,
    relations_to_party,
    relations_to_team,
)
from api.verbs import Around, Verb, filled
from ledger.commands import Request
from ledger.entry import Receipt
from ledger.errors import InvalidCommand, NotAuthorised
from ledger.evidence.slots import canonical
from ledger.ids import case_stream, reference_of
from ledger.policy.acts import Relation
from ledger.service import Ledger

_RECEIPT = {
    "application/json": {
        "schema": {
            "type": "object",
            "required": ["stream", "version", "position", "digest", "fresh"],
            "properties": {
                "stream": {"type": "string"},
                "version": {"type": "integer"},
                "position": {"type": "integer"},
                "digest": {"type": "string"},
                "fresh": {"type": "boolean", "description": "Whether this very call recorded it."},
                "reference": {"type": "string", "description": "Of a case: what people read out."},
            },
        }
    }
}
_DEFINED = "#/components/schemas/{model}"
_SHOWN_ANYWAY = ("case_id", "party_id")
"""Ids that a receipt shows by itself."""


@dataclass(frozen=True, slots=True)
class Written:
    """A verb at its address: the act that it is, which fields the address gives, and whether order matters."""

    verb: Verb
    act: str
    in_path: frozenset[str] = frozenset()
    in_order: bool = False


@dataclass(frozen=True, slots=True)
class Prepared:
    """A command that is ready to be asked, or the receipt that its key has already."""

    request: Request
    made: Mapping[str, object]
    first: Any = None


def add_write(
    routes: Routes, path: str, written: Written, *, summary: str, example: Mapping[str, Any]
) -> None:
    """Adds the route of a verb."""
    model = body_of(written.verb, in_path=written.in_path)

    async def write(request: HttpRequest) -> Response:
        service: Service = request.app.state.service
        return await _write(service, request, written, model)

    write.__doc__ = written.verb.command.__doc__
    routes.add(
        "POST",
        path,
        write,
        act=written.act,
        summary=summary,
        problems=(
            "malformed-request",
            "case-not-found",
            "refused",
            "unlawful-transition",
            "version-conflict",
            "body-too-large",
            "unsupported-media-type",
            "invalid-command",
            *(("precondition-required",) if written.in_order else ()),
            "ledger-unavailable",
            "outcome-unknown",
        ),
        answers={
            201: {"description": "Recorded, and durable.", "content": _RECEIPT},
            200: {
                "description": "Recorded before under this key, or nothing to add.",
                "content": _RECEIPT,
            },
        },
        parameters=[*_path_parameters(path), *HEADERS],
        requestBody={
            "required": any(field.is_required() for field in model.model_fields.values()),
            "content": {
                "application/json": {
                    "schema": model.model_json_schema(ref_template=_DEFINED),
                    "example": dict(example),
                }
            },
        },
    )


async def _write(
    service: Service, http: HttpRequest, written: Written, model: type[Body]
) -> Response:
    exchange = await Exchange.awaited(service, http)
    expect_json(http)
    command_id = exchange.command_id()
    raw = await http.body()
    body = read_body(model, raw)
    said: dict[str, Any] = {
        "command": written.verb.command.__name__,
        "actor": exchange.principal.actor.id,
    }
    with command_logged(service.metrics, said):
        relations, about, given = await _about(service, exchange, written)
        await allow_awaited(service, exchange.principal, written.act, relations, about=about)
        make = partial(_prepared, service, exchange, written, body, given, command_id)
        prepared = make() if _is_quick(written.verb) else await run_in_threadpool(make)
        if prepared.first is not None:
            receipt, replayed = prepared.first, True
        else:
            receipt = await _asked(service, prepared.request, written.act, about)
            replayed = not receipt.fresh and _was_recorded(service, command_id)
        said |= {
            "outcome": "recorded" if receipt.fresh else "replayed" if replayed else "unchanged",
            "stream": receipt.stream,
            "version": receipt.version,
            "position": receipt.position,
        }
    service.projector.nudge()
    return receipted(
        receipt, made=prepared.made, replayed=replayed, location=_location(receipt.stream)
    )


async def _asked(service: Service, request: Request, act: str, about: str | None) -> Receipt:
    """What the ledger answers; that its rules refuse this actor is put on record."""
    try:
        return await service.awaited.ask(request)
    except NotAuthorised:
        await service.awaited.ask(
            act_refused(service, request.actor, act, "not-by-its-rules", about=about)
        )
        raise


async def _about(
    service: Service, exchange: Exchange, written: Written
) -> tuple[frozenset[Relation], str | None, dict[str, Any]]:
    """How what is written about stands to whoever asks, what it is, and the fields that its address gives."""
    path = exchange.request.path_params
    given: dict[str, Any] = {name: path[name] for name in written.in_path if name in path}
    if "ref" in path:
        case_id = await run_in_threadpool(service.ledger.find_case, path["ref"])
        case = await run_in_threadpool(case_as_it_stands, service, case_id)
        given["case_id" if written.verb.of_a_case else "other_case"] = case_id
        found = relations_to_case(service, exchange.principal, case_id, case)
        return found, case_stream(case_id), given
    if "team" in path:
        if path["team"] not in service.in_force().policy.teams:
            raise InvalidCommand("This is not a team of the policy in force.")
        return relations_to_team(exchange.principal, path["team"]), f"team {path['team']}", given
    if "party_id" in path:
        party_id = _uuid(path["party_id"])
        found = await run_in_threadpool(relations_to_party, service, exchange.principal, party_id)
        return found, f"party/{party_id}", given
    return NOTHING, None, given


def _uuid(said: str) -> UUID:
    try:
        return UUID(said)
    except ValueError as error:
        raise InvalidCommand("The id in this address is not a UUID.") from error


def _is_quick(verb: Verb) -> bool:
    """Whether nothing has to be looked up before it is asked."""
    return not (verb.of_a_case or verb.found or verb.told)


def _prepared(
    service: Service,
    exchange: Exchange,
    written: Written,
    body: Body,
    given: dict[str, Any],
    command_id: UUID,
) -> Prepared:
    verb, ledger = written.verb, service.ledger
    expected = exchange.expected_version()
    values = {
        name: value
        for name in body.model_fields_set - {"happened_at"}
        if (value := getattr(body, name)) is not None
    }
    asked = canonical([{**given, **values}, exchange.request.url.path])
    request = Request(
        verb.command.model_construct(),
        exchange.principal.actor,
        command_id,
        body.happened_at,
        expected,
        exchange.audit_reason,
        exchange.correlation,
        None,
        asked,
    )
    own = None if verb.own is None else _own_id(verb, ledger, command_id)
    made = {verb.own: own} if verb.own not in (None, *_SHOWN_ANYWAY) else {}
    if not _is_quick(verb) and (first := ledger.first_receipt(request)) is not None:
        return Prepared(request, made, first)
    if written.in_order and expected is None and exchange.request.headers.get("if-match") != "*":
        raise EdgeProblem(
            "precondition-required",
            "Here order matters: send the ETag of the case as you have seen it in the header If-Match.",
        )
    for name in NAMED_BY_REFERENCE & values.keys():
        values[name] = ledger.find_case(values[name])
    values |= given
    if verb.own is not None:
        values[verb.own] = own
    around = Around(
        ledger,
        service.views,
        service.policies(),
        exchange.principal.actor,
        values,
        _named,
        partial(service.projector.catch_up, seconds=service.settings.wait_seconds),
    )
    filled(verb, around, values)
    try:
        command = verb.command(**values)
    except ValidationError as error:
        raise unfitting(error) from error
    return Prepared(replace(request, command=command), made)


def _own_id(verb: Verb, ledger: Ledger, command_id: UUID) -> UUID:
    """The id of what is recorded: where it names a stream a new one, since the first receipt tells of that stream."""
    return verb.own_id(ledger, command_id) if verb.of_a_case else ledger.new_id()


def _named(field: str) -> str:
    return f"`{field}`"


def _was_recorded(service: Service, command_id: UUID) -> bool:
    return service.ledger.stream_of_command(command_id) is not None


def _location(stream: str) -> str | None:
    kind, _, key = stream.partition("/")
    match kind:
        case "case":
            return f"/v1/cases/{reference_of(UUID(key))}"
        case "party":
            return f"/v1/parties/{key}"
        case _:
            return None


def _header(name: str, said: str, *, example: str, required: bool = False) -> dict[str, Any]:
    schema = {"type": "string"}
    return {
        "name": name,
        "in": "header",
        "required": required,
        "description": said,
        "schema": schema,
        "example": example,
    }


HEADERS = (
    _header(
        "Idempotency-Key",
        "Your own id of this command, kept for ever: asked again with it, nothing is recorded twice.",
        example="7d1f6a52-1c1b-4a86-9d0a-0a4a3f1f5c11",
        required=True,
    ),
    _header(
        "If-Match",
        "The ETag of the case as you have seen it; needed where order matters.",
        example='"12"',
    ),
    _header(
        "Audit-Reason", "The ground on which this is asked; it goes on record.", example="s. 8(2)"
    ),
    _header("Correlation-Id", "Your id of the matter, recorded with it.", example="crm-4711"),
    _header("Acting-Role", "The role acted in, if you have several.", example="caseworker"),
    _header("Acting-Team", "The team acted for, if not your first.", example="RDW"),
    _header(
        "Acting-Delegation", "The delegation of authority acted under.", example="DEL-RDW-2026"
    ),
    _header("On-Behalf-Of", "The member stood in for.", example="R-03"),
)


def _path_parameters(path: str) -> list[dict[str, Any]]:
    names = [part[1:-1] for part in path.split("/") if part.startswith("{")]
    return [
        {
            "name": name,
            "in": "path",
            "required": True,
            "schema": {"type": "string"},
            "example": PATH_EXAMPLES[name],
        }
        for name in names
    ]


PATH_EXAMPLES = {
    "ref": "7ZK3Q-0M9TB-4",
    "team": "RDW",
    "party_id": "019de001-4c00-7000-8000-000000000001",
    "item_id": "019de001-4c00-7000-8000-000000000002",
}
