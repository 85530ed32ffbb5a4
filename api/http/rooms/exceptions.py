"""Reading what is out of order over many cases: clocks that stand in one way, and what waits for an answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any, get_args

from starlette.responses import Response

from api.http.answering.answers import answered, tabled
from api.http.exchanges import Exchange
from api.http.reading.lists import Paged, allow_some, refuse_unheard_of, shown_of_teams
from api.http.reading.reads import (
    AS_OF,
    CURSOR,
    KNOWN_AT,
    LIMIT,
    add_read,
    choice_of,
    limit_of,
    parameter,
    wants_csv,
)
from api.http.routing.routes import Routes
from projections.answers import as_json
from projections.lists.open_escalations import (
    EscalationMark,
    OpenEscalation,
    OpenEscalations,
    open_escalations,
)
from projections.lists.sla import (
    ClockMark,
    ClockOfCase,
    ClocksOfCases,
    ClockStatus,
    clocks_that_are,
)
from projections.office.lists_as_of import clocks_as_of, escalations_as_of

_COUNTED_DAYS = timedelta(days=28)
_CLOCK_STATUSES: tuple[ClockStatus, ...] = get_args(ClockStatus)
_CLOCKS = ("reference", "case_id", "clock", "due_at", "team", "owner")
_REASON = "Raised for this: an alarm, a rung of a clock, or a reason that somebody stated."
_ESCALATIONS = ("reference", "case_id", "team", "owner", "reason", "since_at", "parties")


def exception_routes() -> Routes:
    """Both reads."""
    routes = Routes(prefix="/v1", tag="Office")
    team = parameter("team", "Of this team alone.", example="RDW")
    paged = (KNOWN_AT, AS_OF, LIMIT, CURSOR, team)
    statuses = f"One of {', '.join(_CLOCK_STATUSES)}; overdue if left out."
    add_read(
        routes,
        "/exceptions",
        _exceptions,
        act="figures.exceptions",
        shape=ClocksOfCases,
        summary="Clocks that stand in one way, and their cases",
        query=(*paged, parameter("status", statuses, example="overdue", enum=[*_CLOCK_STATUSES])),
        csv=True,
        folds=True,
    )
    add_read(
        routes,
        "/escalations",
        _escalations,
        act="figures.escalations",
        shape=OpenEscalations,
        summary="What waits for somebody's answer",
        query=(*paged, parameter("reason", _REASON, example="breach")),
        csv=True,
        folds=True,
    )
    return routes


def _exceptions(exchange: Exchange) -> Response:
    """Each clock that stands in the way that is asked for, overdue if not said, with its case, by when it is due.

    Pages are of the instant of the first. Cases of teams that whoever asks may not see are left out.
    """
    act, team = "figures.exceptions", exchange.request.query_params.get("team")
    allow_some(exchange, act, team)
    paged, limit = Paged(exchange), limit_of(exchange)
    said = choice_of(exchange, "status", _CLOCK_STATUSES) or "overdue"
    status: ClockStatus = next(each for each in _CLOCK_STATUSES if each == said)
    views, store = exchange.service.views, exchange.service.ledger.store
    listed = partial(clocks_that_are, views, known_at=paged.when.known_at)
    if paged.when.as_of is not None:
        listed = partial(clocks_as_of, views, store, then=paged.when.then)
    found = listed(
        status,
        at=paged.when.at,
        team=team,
        shown_to=shown_of_teams(exchange.principal, act),
        after=_clock(paged) if paged else None,
        limit=limit + 1,
    )
    if not found.clocks and not paged:
        refuse_unheard_of(exchange, "team")
    position = found.up_to_date.position
    shown, links = paged.cut(found.clocks, limit, _mark_of_clock, position=position)
    if wants_csv(exchange):
        rows = map(_clock_in_columns, shown)
        return tabled(exchange.request, rows, columns=_CLOCKS, position=position, links=links)
    found = replace(found, clocks=shown)
    return answered(exchange.request, found, position=position, links=links)


def _clock_in_columns(each: ClockOfCase) -> dict[str, Any]:
    return {
        **as_json(each.clock),
        **as_json(each.case),
        "due_at": as_json(each.clock.due_at),
        "case_id": str(each.case_id),
    }


def _mark_of_clock(each: ClockOfCase) -> dict[str, Any]:
    return {
        "due_at": each.clock.due_at or "never",
        "case_id": each.case_id,
        "clock": each.clock.clock,
        "generation": each.clock.generation,
    }


def _clock(paged: Paged) -> ClockMark:
    due_at = None if paged.text("due_at") == "never" else paged.instant("due_at")
    return ClockMark(due_at, paged.uuid("case_id"), paged.text("clock"), paged.number("generation"))


def _escalations(exchange: Exchange) -> Response:
    """What was brought before somebody and has no answer yet, what waits longest first; an answer is `acknowledge`.

    `answered` counts the answers of the last 28 days, `in_bulk` those of them that were given to many cases at once.
    Pages are of the instant of the first. Cases of teams that whoever asks may not see are left out.
    """
    act, query = "figures.escalations", exchange.request.query_params
    allow_some(exchange, act, query.get("team"))
    paged, limit = Paged(exchange), limit_of(exchange)
    views, store = exchange.service.views, exchange.service.ledger.store
    listed = partial(open_escalations, views, known_at=paged.when.known_at)
    if paged.when.as_of is not None:
        listed = partial(escalations_as_of, views, store, then=paged.when.then)
    found = listed(
        at=paged.when.at,
        since=paged.when.at - _COUNTED_DAYS,
        team=query.get("team"),
        reason=query.get("reason"),
        shown_to=shown_of_teams(exchange.principal, act),
        after=_escalation(paged) if paged else None,
        limit=limit + 1,
    )
    if not found.escalations and not paged:
        refuse_unheard_of(exchange, "team", "reason")
    position = found.up_to_date.position
    shown, links = paged.cut(found.escalations, limit, _mark_of_escalation, position=position)
    if wants_csv(exchange):
        rows = ({**as_json(each), **as_json(each.escalation)} for each in shown)
        return tabled(exchange.request, rows, columns=_ESCALATIONS, position=position, links=links)
    found = replace(found, escalations=shown)
    return answered(exchange.request, found, position=position, links=links)


def _mark_of_escalation(each: OpenEscalation) -> dict[str, Any]:
    return {
        "since_at": each.escalation.since_at,
        "case_id": each.case_id,
        "escalation_id": each.escalation.escalation_id,
    }


def _escalation(paged: Paged) -> EscalationMark:
    return EscalationMark(
        paged.instant("since_at"), paged.uuid("case_id"), paged.uuid("escalation_id")
    )
