"""What the access office did, over HTTP: as figures, as a table, and as the XML of an annual report."""

from __future__ import annotations

from starlette.responses import Response

from api.channels.annual_report import report_of
from api.http.answering.answers import answered, sent, tabled
from api.http.exchanges import Exchange
from api.http.reading.reads import AS_OF, KNOWN_AT, add_read, parameter, wants_csv
from api.http.routing.routes import Routes
from api.http.standing import allow
from api.moments import date_of
from api.verbs.disclosures.counting import figures, requests_for_information
from ledger.errors import InvalidCommand
from ledger.policies_then import version_then
from projections.disclosures.statistics import Statistics, statistics

_XML = "application/xml"


def access_statistics_routes() -> Routes:
    """What is counted over all requests; it comes before what names one, which would take its name for an id."""
    routes = Routes(prefix="/v1", tag="Disclosures")
    add_read(
        routes,
        "/disclosures/statistics",
        _statistics,
        act="disclosure.read",
        shape=Statistics,
        summary="What the access office did: received, completed, on time, extended, exemptions used, days",
        query=(
            parameter(
                "from", "The first date.", example="2026-01-01", required=True, format="date"
            ),
            parameter(
                "until", "The last date.", example="2026-12-31", required=True, format="date"
            ),
            KNOWN_AT,
            AS_OF,
        ),
        csv=True,
        xml="In the shape of the annual report of United States agencies.",
    )
    return routes


def _statistics(exchange: Exchange) -> Response:
    """What is counted over all requests for information from one date to another, both included, as the law reports it.

    As CSV a line a figure; the XML is in the shape of the annual report of United States agencies.
    """
    service, query = exchange.service, exchange.request.query_params
    allow(service, exchange.principal, "disclosure.read")
    first, last = (date_of(query.get(name, ""), option=name) for name in ("from", "until"))
    if last < first:
        raise InvalidCommand("until is before from: give the dates in order.")
    position, days, when = service.views.position(), service.days(), exchange.when()
    requests = requests_for_information(
        service.ledger, service.views, days=days, at=when.at, then=when.then
    )
    found = statistics(requests, from_on=first, until_on=last)
    if wants_csv(exchange):
        rows = ({"of": of, "figure": name, "value": value} for of, name, value in figures(found))
        return tabled(exchange.request, rows, columns=("of", "figure", "value"), position=position)
    if exchange.request.url.path.endswith(".xml"):
        made_on = days.date_of(service.ledger.clock())
        policy = version_then(service.ledger, when.then, when.at).policy
        report = report_of(found, policy, made_on=made_on)
        return sent(exchange.request, report, media_type=_XML, position=position)
    return answered(exchange.request, found, position=position)
