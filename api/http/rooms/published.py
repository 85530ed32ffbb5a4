"""Published tables: what is told of a month to every member, and to a minister's office alone of all figures."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from starlette.responses import Response

from api.http.answering.answers import answered, tabled
from api.http.exchanges import Exchange
from api.http.reading.reads import add_read, parameter, wants_csv
from api.http.routing.instants import OF_A_MONTH
from api.http.routing.routes import Routes
from api.http.standing import allow
from projections.public.published import PublishedMonth, month_of, published

_COLUMNS = ("table", "programme", "column", "count")
_ALL = "all"


def published_routes() -> Routes:
    """The tables of a month."""
    routes = Routes(prefix="/v1", tag="Office")
    add_read(
        routes,
        "/published",
        _published,
        act="figures.published",
        shape=PublishedMonth,
        summary="The tables of a month that are told outside the office",
        query=(
            parameter(
                "month",
                "A month that is over, as is the one after it; the last such month if left out.",
                example="2026-01",
                pattern=r"^[0-9]{4}-[0-9]{2}$",
            ),
        ),
        csv=True,
        told_now=OF_A_MONTH,
        whole_log=True,
    )
    return routes


def _published(exchange: Exchange) -> Response:
    """Cases received and cases ended, by programme; a count is null where it is small, or would tell one that is.

    No later answer about a month is another. As CSV a count that is hidden is empty, and totals are named `all`.
    """
    service = exchange.service
    allow(service, exchange.principal, "figures.published")
    days, store = service.days(), service.ledger.store
    window = month_of(exchange.request.query_params.get("month"), days, now=service.ledger.clock())
    found = service.published.get(window)
    if found is None:
        found = published(store, service.policies(), days, window)
        service.published[window] = found
    if wants_csv(exchange):
        return tabled(exchange.request, _rows(found), columns=_COLUMNS, position=store.tip())
    return answered(exchange.request, found, position=store.tip())


def _rows(found: PublishedMonth) -> Iterator[dict[str, Any]]:
    for table in found.tables:
        for programme, counts in zip((*table.rows, _ALL), table.counts, strict=True):
            for column, count in zip((*table.columns, _ALL), counts, strict=True):
                yield dict(zip(_COLUMNS, (table.table, programme, column, count), strict=True))
