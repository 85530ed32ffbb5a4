"""The tray over HTTP: which mail from machines waits for a person, those first that came first."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from starlette.responses import Response

from api.http.answering.answers import answered, in_columns
from api.http.exchanges import Exchange
from api.http.reading.lists import Paged
from api.http.reading.reads import (
    AS_OF,
    CURSOR,
    KNOWN_AT,
    LIMIT,
    add_read,
    limit_of,
    wants_csv,
)
from api.http.routing.routes import Routes
from api.http.standing import allow
from projections.lists.paging import BEFORE_ALL, mark
from projections.lists.shown_to import cases_left_by
from projections.lists.tray import Tray, TrayMail, tray


def tray_routes() -> Routes:
    """The one read of the tray."""
    routes = Routes(prefix="/v1", tag="Tray")
    add_read(
        routes,
        "/tray",
        _tray,
        act="tray.read",
        shape=Tray,
        summary="Which mail from machines waits for a person: counted by kind and age, then mail by mail",
        query=(KNOWN_AT, AS_OF, LIMIT, CURSOR),
        csv=True,
    )
    return routes


def _tray(exchange: Exchange) -> Response:
    """What waits; of mail about a case that whoever asks stepped back from it is not told which case that is."""
    service, principal = exchange.service, exchange.principal
    allow(service, principal, "tray.read")
    paged, limit = Paged(exchange), limit_of(exchange)
    when = paged.when
    found = tray(
        service.views,
        at=when.at,
        days=service.days(),
        known_at=when.known_at,
        as_of=when.as_of,
        after=mark(paged.instant("received_at"), paged.uuid("item_id")) if paged else BEFORE_ALL,
        limit=limit + 1,
    )
    position = found.up_to_date.position
    shown, links = paged.cut(found.items, limit, _mark_of, position=position)
    left = cases_left_by(service.views, principal.people)
    shown = tuple(
        replace(each, about_case=None) if each.about_case in left else each for each in shown
    )
    if wants_csv(exchange):
        return in_columns(exchange.request, shown, TrayMail, position=position, links=links)
    found = replace(found, items=shown)
    return answered(exchange.request, found, position=position, links=links)


def _mark_of(each: TrayMail) -> dict[str, Any]:
    return {"received_at": each.received_at, "item_id": each.item_id}
