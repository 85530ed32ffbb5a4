"""The addresses of SCIM 2.0: the people of the office for an identity system, and what it is told of the service."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import orjson
from fastapi import Request as HttpRequest
from fastapi.concurrency import run_in_threadpool
from starlette.responses import Response

from api.http.answering.shapes import Schema
from api.http.bodies import readable
from api.http.exchanges import Exchange
from api.http.reading.reads import is_whole, parameter, path_parameters
from api.http.refusing.problems import EdgeProblem
from api.http.routing.instants import OF_A_PROTOCOL
from api.http.routing.routes import Routes, example_of
from api.http.scim import discovery
from api.http.scim.bodies import bodies, list_of, named
from api.http.scim.errors import MEDIA_TYPE, ScimProblem
from api.http.scim.patching import patched
from api.http.scim.settling import EXTERNAL_ID_AT_MOST, Office, asked_of, naming_of, person_of
from api.http.scim.users import (
    LISTED_AT_MOST,
    USER,
    User,
    by_its_own_name,
    chosen,
    resource,
    users,
)
from api.http.service import Service
from api.http.standing import act_refused, allow, allow_awaited
from ledger.commands import Request
from ledger.errors import InvalidCommand, NotAuthorised
from ledger.input.given_twice import given_twice_in_either_case
from ledger.registers.integrations.provisioned import DirectoryCommand, UnlistMember

PROVISION = "directory.provision"
_BASE = "/scim/v2"
_LIST = "urn:ietf:params:scim:api:messages:2.0:ListResponse"
_FILTER = re.compile(
    rf'\s*(userName|externalId|id)\s+eq\s+"([^"\\]{{1,{EXTERNAL_ID_AT_MOST}}})"\s*', re.IGNORECASE
)
_TAKEN = ("application/scim+json", "application/json")
_NEW = {
    "schemas": [USER],
    "userName": "R-09",
    "externalId": "00u1f4",
    "active": True,
    "groups": [{"value": "RDW"}],
}
_PATCH = {
    "schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
    "Operations": [{"op": "replace", "path": "active", "value": False}],
}
_WHICH = (
    parameter("attributes", "These attributes alone, between commas."),
    parameter("excludedAttributes", "All but these, between commas."),
)
_STATUSES: Mapping[int, str] = {
    400: "What was sent cannot be done.",
    401: "It is not known who asks.",
    403: "This actor may not do this.",
    409: "Somebody else has this userName, or a rule forbids it.",
    413: "The body is too large.",
    500: "Something went wrong on our side.",
    503: "The ledger cannot be reached just now.",
}
_OF_WRITES = frozenset({409, 413})


def scim_routes() -> Routes:
    """All of them."""
    routes = Routes(prefix=_BASE, tag="SCIM")
    routes.schemas |= bodies()
    one, user = "/Users/{user_id}", named("ScimUser")
    config, kind, schema = (
        named(f"Scim{each}") for each in ("ServiceProviderConfig", "ResourceType", "Schema")
    )
    _read(routes, "/ServiceProviderConfig", _provider, "What of SCIM is spoken here", config)
    kinds, of_users = list_of("ScimResourceType"), list_of("ScimSchema")
    _read(routes, "/ResourceTypes", _resource_types, "The kinds of resource", kinds)
    _read(routes, "/ResourceTypes/User", _resource_type, "The one kind of resource", kind)
    _read(routes, "/Schemas", _schemas, "What is kept of a user", of_users)
    _read(routes, "/Schemas/{schema_id}", _schema, "One schema", schema, there=False)
    listing = (
        parameter("filter", "userName, externalId or id.", example='userName eq "R-02"'),
        parameter("startIndex", "The place of the first one, from 1 on.", kind="integer"),
        parameter("count", f"At most so many, up to {LISTED_AT_MOST}.", kind="integer"),
        *_WHICH,
    )
    all_of_them = list_of("ScimUser")
    _read(routes, "/Users", _listed, "The people of the office", all_of_them, query=listing)
    _read(routes, one, _user, "One of them", user, query=_WHICH, there=False)
    sent, change = _taken("ScimUserBody", _NEW), _taken("ScimPatchOp", _PATCH)
    _write(routes, "POST", "/Users", _create, "Propose somebody new", sent)
    _write(routes, "PUT", one, _replace, "Say how somebody stands", sent)
    _write(routes, "PATCH", one, _patch, "Say what changed of somebody", change)
    _write(routes, "DELETE", one, _delete, "Say that somebody has left; nobody is deleted")
    return routes


def _read(
    routes: Routes,
    path: str,
    read: Callable[[Exchange, str], dict[str, Any]],
    summary: str,
    shape: Schema,
    *,
    query: tuple[dict[str, Any], ...] = (),
    there: bool = True,
) -> None:
    def endpoint(request: HttpRequest) -> Response:
        exchange = Exchange(request.app.state.service, request)
        allow(exchange.service, exchange.principal, PROVISION)
        return _answered(read(exchange, _base(exchange.service)))

    endpoint.__doc__ = read.__doc__
    answers: dict[int | str, Any] = {200: {"description": "The answer.", **_shaped(shape)}}
    answers |= _failing(there=there, writes=False)
    routes.add(
        "GET",
        path,
        endpoint,
        act=PROVISION,
        summary=summary,
        answers=answers,
        parameters=[*path_parameters(path), *query],
        told_now=OF_A_PROTOCOL,
    )


Write = Callable[[Exchange, Mapping[str, Any]], Any]


def _write(
    routes: Routes,
    method: str,
    path: str,
    write: Write,
    summary: str,
    taken: Mapping[str, Any] | None = None,
) -> None:
    async def endpoint(request: HttpRequest) -> Response:
        service: Service = request.app.state.service
        exchange = await Exchange.awaited(service, request)
        await allow_awaited(service, exchange.principal, PROVISION)
        said = {} if taken is None else _body(request, await request.body())
        return await write(exchange, said)

    endpoint.__doc__ = write.__doc__
    made = 201 if method == "POST" else 204 if method == "DELETE" else 200
    done = {"description": "Done."} | ({} if taken is None else _shaped(named("ScimUser")))
    answers: dict[int | str, Any] = {made: done} | _failing(there="{" not in path, writes=True)
    openapi: dict[str, Any] = {} if taken is None else {"requestBody": taken}
    routes.add(
        method,
        path,
        endpoint,
        act=PROVISION,
        summary=summary,
        answers=answers,
        parameters=path_parameters(path),
        **openapi,
    )


def _taken(name: str, example: Mapping[str, Any]) -> Mapping[str, Any]:
    """A body that is asked for, under each of its media types."""
    said = {"schema": named(name), "example": example}
    return {"required": True, "content": {kind: dict(said) for kind in _TAKEN}}


def _shaped(shape: Schema) -> dict[str, Any]:
    return {"content": {MEDIA_TYPE: {"schema": shape}}}


def _failing(*, there: bool, writes: bool) -> dict[int | str, Any]:
    statuses = {**_STATUSES} if there else {**_STATUSES, 404: "There is no such resource."}
    return {
        status: {"description": said, "content": {MEDIA_TYPE: _failed(status)}}
        for status, said in statuses.items()
        if writes or status not in _OF_WRITES
    }


def _failed(status: int) -> dict[str, Any]:
    name = f"scim-{status}"
    return {"schema": named("ScimError"), "examples": {name: example_of(name)}}


def _body(request: HttpRequest, raw: bytes) -> Mapping[str, Any]:
    kind = request.headers.get("content-type", MEDIA_TYPE).partition(";")[0].strip().lower()
    if kind not in _TAKEN:
        raise ScimProblem("malformed-request", f"Send the body as {MEDIA_TYPE}.", "invalidSyntax")
    said: Mapping[str, Any] = readable(raw, twice=given_twice_in_either_case)
    return said


def _base(service: Service) -> str:
    return service.settings.address(_BASE)


def _answered(
    said: Mapping[str, Any], status: int = 200, headers: Mapping[str, str] | None = None
) -> Response:
    kept = {"Cache-Control": "no-store", **(headers or {})}
    return Response(orjson.dumps(said), status, kept, MEDIA_TYPE)


def _provider(_exchange: Exchange, base: str) -> dict[str, Any]:
    """PATCH and one filter, on `userName`, `externalId` or `id`, are spoken; bulk, sorting and passwords are not."""
    return discovery.provider(base)


def _resource_types(_exchange: Exchange, base: str) -> dict[str, Any]:
    """There is one kind, users: groups and roles are codes of the policy, and nobody makes one here."""
    return _all_of([discovery.resource_type(base)])


def _resource_type(_exchange: Exchange, base: str) -> dict[str, Any]:
    """Users, with an extension that says how somebody stands and who takes over from whoever left."""
    return discovery.resource_type(base)


def _schemas(_exchange: Exchange, base: str) -> dict[str, Any]:
    """The attributes that are kept of a user; names and whatever else is sent are passed over, and not kept."""
    return _all_of([*discovery.schemas(base).values()])


def _schema(exchange: Exchange, base: str) -> dict[str, Any]:
    """The attributes of one schema, by its URN."""
    found = discovery.schemas(base).get(exchange.request.path_params["schema_id"])
    if found is None:
        raise EdgeProblem("not-found", "There is no such schema: /Schemas lists those there are.")
    return found


def _all_of(
    found: list[dict[str, Any]], *, total: int | None = None, first: int = 1
) -> dict[str, Any]:
    return {
        "schemas": [_LIST],
        "totalResults": len(found) if total is None else total,
        "startIndex": first,
        "itemsPerPage": len(found),
        "Resources": found,
    }


def _listed(exchange: Exchange, base: str) -> dict[str, Any]:
    """Whom a filter names, or everybody, from a place on: people of the policy, and those who wait to be published."""
    query, found = exchange.request.query_params, [*_people(_office(exchange)).values()]
    if (said := query.get("filter")) is not None:
        named = _FILTER.fullmatch(by_its_own_name(said))
        if named is None:
            raise ScimProblem(
                "malformed-request",
                'One filter is known, on userName, externalId or id: userName eq "R-02".',
                "invalidFilter",
            )
        if named.group(1).lower() == "externalid":
            sought = _pseudonym(exchange)(named.group(2))
            found = [each for each in found if each.named_elsewhere == sought]
        else:
            found = [each for each in found if each.code == named.group(2)]
    first = max(1, _number(query.get("startIndex"), 1))
    count = min(LISTED_AT_MOST, max(0, _number(query.get("count"), LISTED_AT_MOST)))
    shown = [_resource(exchange, each, base) for each in found[first - 1 : first - 1 + count]]
    return _all_of(shown, total=len(found), first=first)


def _pseudonym(exchange: Exchange) -> Callable[[str], str]:
    """What is kept of the ids that the identity system gives: only who has one finds anybody by it."""
    return partial(exchange.service.ledger.pseudonym, _BASE)


def _number(said: str | None, otherwise: int) -> int:
    if said is None:
        return otherwise
    if not is_whole(said.removeprefix("-"), digits=9):
        raise ScimProblem(
            "malformed-request", "startIndex and count are whole numbers.", "invalidValue"
        )
    return int(said)


def _user(exchange: Exchange, base: str) -> dict[str, Any]:
    """Their teams, their roles and how they stand; no name, and no `externalId`. Whoever was deleted is not found."""
    return _resource(exchange, _known(exchange, _office(exchange)), base)


def _resource(exchange: Exchange, user: User, base: str) -> dict[str, Any]:
    query = exchange.request.query_params
    said = resource(user, base=base)
    return chosen(said, query.get("attributes"), query.get("excludedAttributes"))


def _office(exchange: Exchange) -> Office:
    ledger, version = exchange.service.ledger, exchange.service.in_force()
    today = exchange.service.days().date_of(ledger.clock())
    return Office(ledger.directory_id, version.policy, ledger.directory(), today)


def _people(office: Office) -> dict[str, User]:
    return users(office.policy, office.directory, today=office.today)


def _known(exchange: Exchange, office: Office) -> User:
    found = _people(office).get(exchange.request.path_params["user_id"])
    if found is None:
        raise EdgeProblem("not-found", "There is nobody here under this id.")
    return found


async def _create(exchange: Exchange, said: Mapping[str, Any]) -> Response:
    """Somebody new is proposed, for a person to publish; whoever is known already is not created again (409).

    `userName` is the code that they get, for ever. Groups and roles are codes of the policy, and others are refused.
    """
    office = await run_in_threadpool(_office, exchange)
    person = person_of(said, office)
    user = _people(office).get(person.code)
    if person.code in office.policy.members or (user is not None and user.active):
        raise ScimProblem(
            "refused", "Somebody has this userName already: look them up by it.", "uniqueness"
        )
    return await _settled(exchange, office, None, said, status=201)


async def _replace(exchange: Exchange, said: Mapping[str, Any]) -> Response:
    """What is said of somebody is proposed where it differs; what is not said stays. The same again adds nothing.

    `active: false` says at once that they have left, and they cannot return under this `userName`.
    """
    office = await run_in_threadpool(_office, exchange)
    return await _settled(exchange, office, _known(exchange, office), said)


async def _patch(exchange: Exchange, said: Mapping[str, Any]) -> Response:
    """Each operation is done, or none is; then it is as if all of it had been said by PUT. The same again adds nothing.

    `active: false` says at once that they have left, and they cannot return under this `userName`.
    """
    office = await run_in_threadpool(_office, exchange)
    user = _known(exchange, office)
    after = patched(resource(user, base=""), said)
    return await _settled(exchange, office, user, after)


async def _delete(exchange: Exchange, _said: Mapping[str, Any]) -> Response:
    """Whoever is deleted has left, and is not there for the identity system any more: history goes on naming them."""
    office = await run_in_threadpool(_office, exchange)
    user = _known(exchange, office)
    await _settled(exchange, office, user, {"active": False})
    await _recorded(exchange, UnlistMember(directory_id=office.directory_id, member=user.code))
    return Response(status_code=204, headers={"Cache-Control": "no-store"})


async def _settled(
    exchange: Exchange,
    office: Office,
    user: User | None,
    said: Mapping[str, Any],
    *,
    status: int = 200,
) -> Response:
    """Records what is new of somebody, and answers with how they stand then."""
    person = person_of(said, office, user=user)
    naming = naming_of(said, person.code, office, pseudonym=_pseudonym(exchange))
    for command in (asked_of(person, office, user=user), naming):
        if command is not None:
            await _recorded(exchange, command)
    base, now = _base(exchange.service), await run_in_threadpool(_office, exchange)
    shown = resource(_people(now)[person.code], base=base)
    headers = {"Location": shown["meta"]["location"]} if status == 201 else None
    return _answered(shown, status, headers)


async def _recorded(exchange: Exchange, command: DirectoryCommand) -> None:
    """Records what is asked of the directory; that its rules refuse it is put on record."""
    asked = Request(
        command,
        exchange.principal.actor,
        basis=exchange.audit_reason,
        correlation=exchange.correlation,
    )
    try:
        await exchange.service.awaited.ask(asked)
    except NotAuthorised:
        refused = act_refused(exchange.service, asked.actor, PROVISION, "not-by-its-rules")
        await exchange.service.awaited.ask(refused)
        raise
    except InvalidCommand as error:
        raise ScimProblem("malformed-request", str(error), "invalidValue") from error
