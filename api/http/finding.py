"""Finding cases by what stands in their rows, a page at a time."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response

from api.http.answers import answered, tabled
from api.http.exchanges import Exchange
from api.http.reads import (
    CURSOR,
    LIMIT,
    MIN_POSITION,
    add_read,
    choice_of,
    cursor_of,
    limit_of,
    next_link,
    parameter,
    wants_csv,
)
from api.http.routes import Routes
from api.http.standing import allow
from ledger.errors import InvalidCommand
from projections.answers import as_json
from projections.listing import STANDINGS, Listed, Listing, listed

_COLUMNS = (
    "reference",
    "case_id",
    "status",
    "request_type",
    "team",
    "owner",
    "received_at",
    "due_at",
    "waiting",
    "resolved_at",
)


def finding_routes() -> Routes:
    """The one read that finds cases."""
    routes = Routes(prefix="/v1", tag="Cases")
    choices = (
        parameter("team", "Of this team.", example="RDW"),
        parameter("owner", "Of this owner; `me` for whoever asks.", example="me"),
        parameter(
            "standing",
            f"One of {', '.join(STANDINGS)}; `open` for all but resolved.",
            example="open",
        ),
        parameter("request_type", "Of this request type.", example="pothole"),
    )
    add_read(
        routes,
        "/cases",
        _search,
        act="search.cases",
        shape=Listing,
        summary="Find cases, those received last first",
        query=(*choices, LIMIT, CURSOR, MIN_POSITION),
        csv=True,
    )
    return routes


def _search(exchange: Exchange) -> Response:
    """Cases that fit; to another system its own alone."""
    service, query = exchange.service, exchange.request.query_params
    allow(service, exchange.principal, "search.cases")
    owner = exchange.principal.actor.id if query.get("owner") == "me" else query.get("owner")
    limit, mark = limit_of(exchange), cursor_of(exchange)
    found = listed(
        service.views,
        team=query.get("team"),
        owner=owner,
        standing=choice_of(exchange, "standing", ("open", *STANDINGS)),
        request_type=query.get("request_type"),
        before=_mark_of(mark),
        limit=limit,
        at=service.ledger.clock(),
    )
    if wants_csv(exchange):
        return tabled(exchange.request, (_flat(each) for each in found.cases), columns=_COLUMNS)
    last = found.cases[-1] if len(found.cases) == limit else None
    links = (
        next_link(exchange, at=as_json(last.row.received_at), key=str(last.case_id))
        if last
        else None
    )
    return answered(exchange.request, found, position=found.up_to_date.position, links=links)


def _mark_of(mark: dict[str, Any]) -> tuple[str, str] | None:
    if not mark:
        return None
    at, key = mark.get("at"), mark.get("key")
    if not isinstance(at, str) or not isinstance(key, str):
        raise InvalidCommand("cursor: take it from the Link of the page before, whole.")
    return at, key


def _flat(each: Listed) -> dict[str, Any]:
    return {**as_json(each.row), "case_id": str(each.case_id), "status": each.status}
