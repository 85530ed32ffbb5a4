"""Finding cases by what stands in their rows, a page at a time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
from starlette.responses import Response

from api.http.answering.answers import answered, tabled
from api.http.exchanges import Exchange
from api.http.identity.principals import Principal
from api.http.reading.lists import refuse_unheard_of, shown_to
from api.http.reading.reads import (
    AS_OF,
    BROKEN_CURSOR,
    CURSOR,
    KNOWN_AT,
    LIMIT,
    add_read,
    choice_of,
    cursor_of,
    limit_of,
    next_link,
    parameter,
    wants_csv,
)
from api.http.reading.sealed_marks import sealed, unsealed
from api.http.routing.routes import Routes
from api.http.standing import allow, answer
from api.moments import since_of, until_of
from ledger.errors import InvalidCommand
from ledger.ids import case_stream
from ledger.policy.acting.acts import Relation
from projections.answers import UpToDate, as_json
from projections.lists.listing import STANDINGS, Chosen, Listed, Listing, Within, listed
from projections.office.lists_as_of import listed_as_of

_READ_ON_AT_MOST = 1_000
_ACT = "search.cases"
_ANYBODY = frozenset({"me", "nobody"})
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
    "confirm_by",
    "adjudicate_by",
    "resolved_at",
)


def finding_routes() -> Routes:
    """The one read that finds cases."""
    routes = Routes(prefix="/v1", tag="Cases")
    choices = (
        parameter("team", "Of this team.", example="RDW"),
        parameter(
            "owner", "Of this owner; `me` for whoever asks, `nobody` for none.", example="me"
        ),
        parameter(
            "handed_to", "Handed to this team, which has not taken it over yet.", example="INC"
        ),
        parameter(
            "standing",
            f"One of {', '.join(STANDINGS)}; `open` for all but resolved. If it is left out resolved cases are found "
            "too, which a client that keeps a copy needs; `caseledger cases` lists the open ones then.",
            example="open",
            enum=["open", *STANDINGS],
        ),
        parameter("request_type", "Of this request type.", example="RDW-POT"),
        parameter(
            "received_since",
            "Received since: an instant with its offset, or a date (its beginning at the office).",
            example="2026-03-31",
        ),
        parameter(
            "due_by",
            "Due by then, or overdue: an instant with its offset, or a date (its end at the office).",
            example="2026-03-31",
        ),
    )
    add_read(
        routes,
        "/cases",
        _search,
        act=_ACT,
        shape=Listing,
        summary="Find cases, those received last first",
        query=(*choices, KNOWN_AT, AS_OF, LIMIT, CURSOR),
        csv=True,
        folds=True,
    )
    return routes


def _search(exchange: Exchange) -> Response:
    """Cases that fit, of those that whoever asks may find: all, those near them, or those that came from them."""
    allow(exchange.service, exchange.principal, _ACT)
    found = _page_found(exchange)
    if not found.cases and not cursor_of(exchange):
        anybody = exchange.request.query_params.get("owner") in _ANYBODY
        refuse_unheard_of(
            exchange, "team", "handed_to", "request_type", *(() if anybody else ("owner",))
        )
    position = found.up_to_date.position
    links = None
    if found.last is not None:
        mark = {"at": as_json(found.last.row.received_at), "key": str(found.last.case_id)}
        if found.reads_on:
            mark = {"sealed": sealed(exchange, _ACT, orjson.dumps(mark).decode())}
        links = next_link(exchange, **mark)
    if wants_csv(exchange):
        rows = (_flat(each) for each in found.cases)
        return tabled(exchange.request, rows, columns=_COLUMNS, position=position, links=links)
    shown = {"up_to_date": found.up_to_date, "at": found.at, "cases": found.cases}
    return answered(exchange.request, shown, position=position, links=links)


@dataclass(frozen=True, slots=True)
class _Page:
    """A page of cases; `last` is the case after which the next page begins, None where there is none.

    Where `reads_on` that may be somebody else's, which whoever asks must not learn.
    """

    up_to_date: UpToDate
    at: datetime
    cases: tuple[Listed, ...]
    last: Listed | None
    reads_on: bool = False


def _page_found(exchange: Exchange) -> _Page:
    limit, principal = limit_of(exchange), exchange.principal
    within = _within(exchange)
    if within is not None or _finds(principal, "other"):
        found = _listed(exchange, within, before=_mark_of(cursor_of(exchange)), limit=limit)
        full = len(found.cases) == limit
        return _Page(found.up_to_date, found.at, found.cases, found.cases[-1] if full else None)
    # Nothing in a row says from whom a case came: rows are read on until enough are theirs.
    service = exchange.service
    before = _mark_of(_unsealed(exchange, cursor_of(exchange)))
    found = _listed(exchange, None, before=before, limit=_READ_ON_AT_MOST)
    theirs: list[Listed] = []
    for each in found.cases:
        if service.ledger.begun_by(case_stream(each.case_id)) == principal.actor.id:
            theirs.append(each)
            if len(theirs) == limit:
                return _Page(found.up_to_date, found.at, tuple(theirs), each, reads_on=True)
    last = found.cases[-1] if len(found.cases) == _READ_ON_AT_MOST else None
    return _Page(found.up_to_date, found.at, tuple(theirs), last, reads_on=True)


def _finds(principal: Principal, relation: Relation) -> bool:
    return answer(principal, _ACT, frozenset({relation})).allowed


def _within(exchange: Exchange) -> Within | None:
    """The bounds of a search; None where there are none, or none that a row can tell."""
    principal = exchange.principal
    if _finds(principal, "other") or not _finds(principal, "team"):
        return None
    types = exchange.service.in_force().policy.types if _finds(principal, "programme") else {}
    of_area = (code for code, kind in types.items() if kind.programme in principal.areas)
    return Within(principal.teams, principal.actor.id, frozenset(of_area))


def _listed(
    exchange: Exchange, within: Within | None, *, before: tuple[str, str] | None, limit: int
) -> Listing:
    service, query, when = exchange.service, exchange.request.query_params, exchange.when()
    said, days = query.get("owner"), service.days()
    named = {"me": exchange.principal.actor.id, "nobody": None}
    since, due_by = query.get("received_since"), query.get("due_by")
    chosen = Chosen(
        query.get("team"),
        None if said is None else named.get(said, said),
        choice_of(exchange, "standing", ("open", *STANDINGS)),
        query.get("request_type"),
        unowned=said == "nobody",
        since=since_of(since, option="received_since", days=days) if since else None,
        due_by=until_of(due_by, option="due_by", days=days) if due_by else None,
        handed_to=query.get("handed_to"),
    )
    if when.as_of is not None:
        return listed_as_of(
            service.views,
            service.ledger.store,
            chosen,
            at=when.at,
            then=when.then,
            within=within,
            shown_to=shown_to(exchange.principal),
            before=before,
            limit=limit,
        )
    return listed(
        service.views,
        chosen,
        at=when.at,
        known_at=when.known_at,
        within=within,
        shown_to=shown_to(exchange.principal),
        before=before,
        limit=limit,
    )


def _unsealed(exchange: Exchange, mark: Mapping[str, Any]) -> dict[str, Any]:
    if not mark:
        return {}
    said = unsealed(exchange, _ACT, str(mark.get("sealed")))
    if said is None:
        raise InvalidCommand(BROKEN_CURSOR)
    found: dict[str, Any] = orjson.loads(said)
    return found


def _mark_of(mark: dict[str, Any]) -> tuple[str, str] | None:
    if not mark:
        return None
    at, key = mark.get("at"), mark.get("key")
    if not isinstance(at, str) or not isinstance(key, str):
        raise InvalidCommand(BROKEN_CURSOR)
    return at, key


def _flat(each: Listed) -> dict[str, Any]:
    return {**as_json(each.row), "case_id": str(each.case_id), "status": each.status}
