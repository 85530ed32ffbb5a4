"""Reading: what a read route is given, how its act is allowed, and the parameters that all of them share."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from hashlib import sha256
from typing import Any

import orjson
from fastapi import Request as HttpRequest
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import QueryParams
from starlette.responses import Response

from api.http.answering.answers import POSITION
from api.http.answering.shapes import shape_of
from api.http.bodies import refuse_unwelcome
from api.http.exchanges import Exchange
from api.http.reading.in_turn import in_turn
from api.http.refusing.problems import step_of
from api.http.routing.instants import OF_THE_SERVICE
from api.http.routing.routes import PUBLIC, Routes
from api.http.service import Service
from ledger.errors import InvalidCommand, LedgerUnavailable

LIMIT_AT_MOST = 1_000
BROKEN_CURSOR = "cursor: take it from the Link of the page before, whole."
OTHER_CURSOR = (
    "cursor: it goes on another list than this, or one that was chosen otherwise: ask as you did for the page before, "
    "or leave it out and begin with the first."
)
OTHERS_FOLD = (
    "Others have all cases folded anew just now: ask again in a few seconds, or with `known_at`, which is told at "
    "once."
)
_LIST = "of"
_OF_A_PAGE = ("cursor", "limit", "min_position")
_LIMIT = 50
UNCHANGED = {"description": "As you have it already."}


def parameter(
    name: str,
    said: str,
    *,
    example: Any = None,
    kind: str = "string",
    required: bool = False,
    **limits: Any,
) -> dict[str, Any]:
    """A parameter of the query, as OpenAPI has it; `limits` say in its schema what of its kind is taken."""
    found: dict[str, Any] = {
        "name": name,
        "in": "query",
        "required": required,
        "description": said,
        "schema": {"type": kind, **limits},
    }
    return found if example is None else found | {"example": example}


KNOWN_AT = parameter(
    "known_at",
    "Only what was known by then: an instant with its offset, or a date (the end of that day at the office).",
    example="2026-03-31",
)
AS_OF = parameter(
    "as_of",
    "What had happened by then, as far as it is known now, or by known_at.",
    example="2026-03-31",
)
SOME_DAYS = (
    parameter(
        "from",
        "The first day; two weeks before the last if left out.",
        example="2026-03-02",
        format="date",
    ),
    parameter("until", "The last day; today if left out.", example="2026-03-31", format="date"),
)
MIN_POSITION = parameter(
    "min_position",
    "Wait until this entry is known: the Ledger-Position of a write.",
    kind="integer",
    example=42,
    minimum=0,
)
LIMIT = parameter(
    "limit",
    f"At most so many, up to {LIMIT_AT_MOST}; {_LIMIT} if left out.",
    kind="integer",
    example=_LIMIT,
    minimum=1,
    maximum=LIMIT_AT_MOST,
)
CURSOR = parameter("cursor", "Where the page before ended, from its Link.")

_PATH = {
    "ref": ("The reference of the case, or its id.", "7ZK3Q-0M9TB-R"),
    "team": ("A team of the policy, or `unrouted`.", "RDW"),
    "member": ("The code of a member.", "R-02"),
    "position": ("The place of an entry in the log.", 42),
    "digest": ("The digest of a policy, as decisions cite it.", "1f6a"),
    "party_id": ("The id of a party.", "019de001-4c00-7000-8000-000000000001"),
    "item_id": ("The id of an item of the tray.", "019de001-4c00-7000-8000-000000000002"),
    "disclosure_id": ("The id of a disclosure.", "019de001-4c00-7000-8000-000000000004"),
    "release_id": ("The id of a release.", "019de001-4c00-7000-8000-000000000006"),
    "request_type": ("A request type of the policy.", "RDW-POT"),
    "service_code": ("The code of a service.", "RDW-POT"),
    "service_request_id": ("The reference of a request.", "7ZK3Q-0M9TB-R"),
    "token": ("What a request was answered with.", "019de001-4c00-7000-8000-000000000001"),
    "hold_id": ("The id of a hold.", "019de001-4c00-7000-8000-000000000005"),
    "erasure_id": ("The id of an erasure or a disposal.", "019de001-4c00-7000-8000-000000000006"),
    "inquiry_id": ("The id of an inquiry.", "019de001-4c00-7000-8000-000000000007"),
    "webhook_id": ("The id of a subscription.", "019de001-4c00-7000-8000-000000000003"),
    "code": ("The code of a type of problem.", "refused"),
    "user_id": ("The code of a member, as `userName` has it.", "R-02"),
    "schema_id": ("The URN of a schema.", "urn:ietf:params:scim:schemas:core:2.0:User"),
}

_UUID = {"type": "string", "format": "uuid"}
_OURS = ("party", "item", "disclosure", "release", "hold", "erasure", "inquiry", "webhook")
_SHAPED = {"position": {"type": "integer", "minimum": 1}} | {f"{each}_id": _UUID for each in _OURS}

Read = Callable[[Exchange], Response]


def add_read(
    routes: Routes,
    path: str,
    read: Read,
    *,
    act: str,
    summary: str,
    shape: Any,
    query: Sequence[dict[str, Any]] = (),
    problems: Sequence[str] = (),
    csv: bool = False,
    xml: str | None = None,
    told_now: str | None = None,
    opened: bool = False,
    folds: bool = False,
    whole_log: bool = False,
) -> None:
    """Adds the route of a read, and its CSV beside it; `shape` is the type of its answer.

    `xml` says what its XML is, where it has one; `opened` that it holds personal values, which nobody keeps; `folds`
    that as of an instant every case is folded anew for it, which is done for a few at a time; `whole_log` that the log
    is read for it at any time, which is too.

    A query that is not named is refused; to what was written somebody may wait everywhere, and each answer says up to
    which entry it is told.
    """
    query = (*query, MIN_POSITION)
    allowed = frozenset(each["name"] for each in query)

    def endpoint(request: HttpRequest) -> Response:
        service: Service = request.app.state.service
        refuse_unnamed(request.query_params, allowed)
        exchange = Exchange(service, request)
        exchange.await_position()
        with service.few.reading():
            return as_it_stands(exchange, read)

    async def in_its_turn(request: HttpRequest) -> Response:
        if not whole_log and "as_of" not in request.query_params:
            return await run_in_threadpool(endpoint, request)
        service: Service = request.app.state.service
        busy = LedgerUnavailable(OTHERS_FOLD)
        async with in_turn(service.folds, seconds=service.settings.wait_seconds, otherwise=busy):
            return await run_in_threadpool(endpoint, request)

    asked = in_its_turn if folds or whole_log else endpoint
    asked.__doc__ = read.__doc__
    shared = ("invalid-command", "ledger-unavailable", *problems)
    forms = [("", "application/json", shape_of(shape, routes.schemas))]
    if csv:  # first, since a name in an address would take in its suffix
        forms.insert(0, (".csv", "text/csv", {"type": "string"}))
    if xml is not None:
        forms.insert(0, (".xml", "application/xml", {"type": "string", "description": xml}))
    for suffix, content, schema in forms:
        routes.add(
            "GET",
            path + suffix,
            asked,
            act=act,
            summary=summary + (f" ({suffix[1:].upper()})" if suffix else ""),
            problems=shared,
            answers={
                200: {"description": "The answer.", "content": {content: {"schema": schema}}},
                **({} if opened else {304: UNCHANGED}),
            },
            parameters=[*path_parameters(path), *(saying_something(each) for each in query)],
            told_now=told_now,
        )


def as_it_stands(exchange: Exchange, read: Read) -> Response:
    """What a read answers, with the entry up to which it is told at least, and the language that it is in.

    A view says how far it is by itself; what is read from the log itself knows all that was there as it began.
    """
    position = exchange.service.ledger.store.tip()
    answer = read(exchange)
    answer.headers.setdefault(POSITION, str(position))
    return exchange.naming_language(answer)


def saying_something(given: dict[str, Any]) -> dict[str, Any]:
    """A parameter of the query as it is described where one that is there and empty is refused."""
    schema: dict[str, Any] = given["schema"]
    return given | {"schema": schema | {"minLength": 1}} if schema["type"] == "string" else given


def refuse_unnamed(query: QueryParams, allowed: Collection[str]) -> None:
    """Refuses what is not taken here, and what of that which is taken is unclear."""
    if query.keys() - allowed:
        taken = ", ".join(sorted(allowed)) or "nothing"
        raise InvalidCommand(f"Something in this query is not understood: it takes {taken}.")
    refuse_unclear(query)


def refuse_unclear(query: QueryParams) -> None:
    """Refuses what is given twice, of which either could be meant, what says nothing, and what no text may hold."""
    for name in query:
        if len(said := query.getlist(name)) > 1:
            raise InvalidCommand(f"{name}: give it once.")
        if not said[0].strip():
            raise InvalidCommand(f"{name}: give it a value, or leave it out.")
        refuse_unwelcome(said[0], step_of(name))


def is_whole(said: str, *, digits: int) -> bool:
    """Whether a text is a whole number of so many digits at most."""
    return said.isascii() and said.isdecimal() and len(said) <= digits


def wants_csv(exchange: Exchange) -> bool:
    """Whether the address asks for CSV."""
    return exchange.request.url.path.endswith(".csv")


def limit_of(exchange: Exchange) -> int:
    """How many are asked for."""
    said = exchange.request.query_params.get("limit", str(_LIMIT))
    if not is_whole(said, digits=4) or not 1 <= int(said) <= LIMIT_AT_MOST:
        raise InvalidCommand(f"limit: a whole number from 1 to {LIMIT_AT_MOST}.")
    return int(said)


def choice_of(exchange: Exchange, name: str, choices: Sequence[str]) -> str | None:
    """One of a few values of the query; None where it is not given."""
    said = exchange.request.query_params.get(name)
    if said is not None and said not in choices:
        raise InvalidCommand(f"{name}: one of {', '.join(choices)}.")
    return said


def cursor_of(exchange: Exchange) -> dict[str, Any]:
    """Where the page before ended; nothing on the first page.

    One that says of which list it is belongs to no other, and to none that is chosen otherwise.
    """
    said = exchange.request.query_params.get("cursor")
    if said is None:
        return {}
    try:
        found = orjson.loads(urlsafe_b64decode(said + "=" * (-len(said) % 4)))
    except ValueError as error:
        raise InvalidCommand(BROKEN_CURSOR) from error
    if not isinstance(found, dict):
        raise InvalidCommand(BROKEN_CURSOR)
    refuse_unwelcome(found, "cursor")
    if found.pop(_LIST, None) not in (None, _list_asked(exchange)):
        raise InvalidCommand(OTHER_CURSOR)
    return found


def next_link(exchange: Exchange, **mark: object) -> dict[str, str]:
    """The Link (RFC 8288) to the next page."""
    raw = orjson.dumps({**mark, _LIST: _list_asked(exchange)})
    return {"next": following(exchange, cursor=urlsafe_b64encode(raw).decode().rstrip("="))}


def _list_asked(exchange: Exchange) -> str:
    """Stands for a list and how it is chosen, however long its pages are and in whatever form they are told."""
    url, query = exchange.request.url, exchange.request.query_params.multi_items()
    chosen = sorted(each for each in query if each[0] not in _OF_A_PAGE)
    return sha256(orjson.dumps([url.path.removesuffix(".csv"), chosen])).hexdigest()[:12]


def following(exchange: Exchange, **query: object) -> str:
    """The address that was asked, with another query; whatever Host it was asked by, it is one of this service."""
    url = exchange.request.url.include_query_params(**query)
    return exchange.service.settings.address(f"{url.path}?{url.query}")


def path_parameters(path: str) -> list[dict[str, Any]]:
    """The parameters that stand in an address, as OpenAPI has them."""
    names = [part[1:-1] for part in path.split("/") if part.startswith("{")]
    return [
        {
            "name": name,
            "in": "path",
            "required": True,
            "schema": _SHAPED.get(name, {"type": "string"}),
            "description": _PATH[name][0],
            "example": _PATH[name][1],
        }
        for name in names
    ]


def add_public(
    routes: Routes,
    path: str,
    read: Callable[[HttpRequest], Response | Awaitable[Response]],
    *,
    summary: str,
    content: Mapping[str, Any],
    problems: Sequence[str] = (),
    lasts: bool = False,
) -> None:
    """Adds a route that anybody may ask without saying who they are, of how things are now.

    What `lasts` is the same until this software is another, and told again to nobody who has it.
    """
    answers: dict[int | str, Mapping[str, Any]] = {
        200: {"description": "The answer.", "content": content}
    }
    routes.add(
        "GET",
        path,
        read,
        act=PUBLIC,
        summary=summary,
        problems=("invalid-command", *problems),
        answers=answers | ({304: UNCHANGED} if lasts else {}),
        parameters=path_parameters(path),
        told_now=OF_THE_SERVICE,
    )
