"""Reading the office: board, queues, SLA, escalations and flow, each now, as known at, or as of an instant."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, get_args

from starlette.responses import Response

from api.http.answers import answered, tabled
from api.http.exchanges import Exchange, When
from api.http.reads import (
    AS_OF,
    CURSOR,
    KNOWN_AT,
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
from api.http.standing import allow, answer, relations_to_team
from api.moments import date_of, moment_of
from ledger.errors import InvalidCommand
from ledger.policy.in_force import PolicyVersion
from projections.answers import as_json
from projections.as_of import queue_as_of
from projections.board import Board, board
from projections.flow import Flow, flow
from projections.office_as_of import office_as_of
from projections.open_escalations import OpenEscalations, open_escalations
from projections.queues import Queue, QueuedCase, queue
from projections.sla import ClocksOfCases, ClockStatus, SlaStatus, clocks_that_are, sla

UNROUTED = "unrouted"
_DAYS_AT_MOST = 366
_COUNTED_DAYS = timedelta(days=28)
_CLOCK_STATUSES: tuple[str, ...] = get_args(ClockStatus)
_QUEUE = (
    "reference",
    "case_id",
    "status",
    "request_type",
    "owner",
    "received_at",
    "due_at",
    "age_seconds",
    "due_in_seconds",
    "waiting",
)
_BOARD = (
    "team",
    "incoming",
    "waiting",
    "paused",
    "queued",
    "in_hand",
    "in_transit",
    "overdue",
    "processed",
    "returned",
    "processed_net",
)
_SLA = (
    "clock",
    "request_type",
    "team",
    "open",
    "due_soon",
    "overdue",
    "paused",
    "met",
    "ended_late",
    "ended_otherwise",
)
_FLOW = (
    "team",
    "on",
    "waiting_start",
    "new",
    "transferred_in",
    "reopened",
    "resolved",
    "transferred_out",
    "withdrawn",
    "lapsed",
    "referred_out",
    "waiting_end",
    "paused_end",
)
_ESCALATIONS = ("reference", "case_id", "team", "owner", "reason", "since_at", "parties")
_CLOCKS = ("reference", "case_id", "clock", "due_at", "team", "owner")


def figure_routes() -> Routes:
    """Every read over many cases."""
    routes = Routes(prefix="/v1", tag="Office")
    when = (KNOWN_AT, AS_OF, MIN_POSITION)
    team = parameter("team", "Of this team alone.", example="RDW")
    add_read(
        routes,
        "/board",
        _board,
        act="figures.board",
        shape=Board,
        summary="Each team's day",
        query=when,
        csv=True,
    )
    add_read(
        routes,
        "/queues/{team}",
        _queue,
        act="figures.queue",
        shape=Queue,
        summary="What waits for a team, in its turn",
        query=(*when, LIMIT, CURSOR),
        csv=True,
    )
    add_read(
        routes,
        "/sla",
        _sla,
        act="figures.sla",
        shape=SlaStatus,
        summary="How the clocks stand, counted",
        query=when,
        csv=True,
    )
    add_read(
        routes,
        "/exceptions",
        _exceptions,
        act="figures.exceptions",
        shape=ClocksOfCases,
        summary="Clocks that stand in one way, and their cases",
        query=(
            KNOWN_AT,
            MIN_POSITION,
            LIMIT,
            team,
            parameter(
                "status",
                f"One of {', '.join(_CLOCK_STATUSES)}; overdue if left out.",
                example="overdue",
            ),
        ),
        csv=True,
    )
    add_read(
        routes,
        "/escalations",
        _escalations,
        act="figures.escalations",
        shape=OpenEscalations,
        summary="What waits for somebody's answer",
        query=(KNOWN_AT, MIN_POSITION, LIMIT, team, parameter("reason", "Raised for this reason.")),
        csv=True,
    )
    add_read(
        routes,
        "/flow",
        _flow,
        act="figures.flow",
        shape=Flow,
        summary="What came, moved and went, day by day",
        query=(
            KNOWN_AT,
            MIN_POSITION,
            team,
            parameter("from", "The first day.", example="2026-03-02"),
            parameter("to", "The last day.", example="2026-03-31"),
        ),
        csv=True,
    )
    return routes


def _sees(exchange: Exchange, act: str, team: str | None) -> bool:
    """Whether whoever asks may see the figures of a team."""
    return answer(exchange.principal, act, relations_to_team(exchange.principal, team)).allowed


def _allow_some(exchange: Exchange, act: str, team: str | None = None) -> None:
    """Refuses whoever may see no team's figures, or not those of the team that is asked about."""
    principal = exchange.principal
    about = team or min(principal.teams)
    allow(
        exchange.service, principal, act, relations_to_team(principal, about), about=f"team {about}"
    )


def _past(exchange: Exchange, when: When) -> Any:
    return office_as_of(
        exchange.service.views, exchange.service.ledger.store, at=when.at, known_at=when.known_at
    )


def _lines(exchange: Exchange, act: str, lines: Iterable[Any]) -> tuple[Any, ...]:
    return tuple(each for each in lines if _sees(exchange, act, each.team))


def _shown(
    exchange: Exchange, found: Any, rows: Iterable[Mapping[str, Any]], columns: tuple[str, ...]
) -> Response:
    position = found.up_to_date.position
    if wants_csv(exchange):
        return tabled(exchange.request, rows, columns=columns, position=position)
    return answered(exchange.request, found, position=position)


def _board(exchange: Exchange) -> Response:
    """The board, with the lines of the teams that whoever asks may see."""
    _allow_some(exchange, "figures.board")
    when, service = exchange.when(), exchange.service
    found = (
        _past(exchange, when).board(service.days())
        if when.as_of is not None
        else board(service.views, at=when.at, days=service.days(), known_at=when.known_at)
    )
    found = replace(found, teams=_lines(exchange, "figures.board", found.teams))
    return _shown(
        exchange,
        found,
        (as_json(each) | {"processed_net": each.processed_net} for each in found.teams),
        _BOARD,
    )


def _queue(exchange: Exchange) -> Response:
    """A queue; its pages are all as known at the instant of the first, whatever is recorded meanwhile."""
    service = exchange.service
    code = exchange.request.path_params["team"]
    if code != UNROUTED and code not in service.in_force().policy.teams:
        raise InvalidCommand(f"'{code}' is not a team of the policy in force, nor '{UNROUTED}'.")
    team = None if code == UNROUTED else code
    relations = relations_to_team(exchange.principal, team)
    allow(service, exchange.principal, "figures.queue", relations, about=f"team {code}")
    limit, mark, when = limit_of(exchange), cursor_of(exchange), exchange.when()
    done = 0
    if mark:
        when, done = _continued(exchange, when, mark)
    if when.as_of is not None:
        found = queue_as_of(
            service.views, service.ledger.store, team, at=when.at, known_at=when.known_at
        )
    else:
        found = queue(
            service.views,
            team,
            at=when.at,
            known_at=when.known_at,
            limit=done + limit + 1,
            version=_policy_at(exchange, when),
        )
    more = len(found.cases) > done + limit
    found = replace(found, cases=found.cases[done : done + limit])
    position = found.up_to_date.position
    if wants_csv(exchange):
        return tabled(
            exchange.request,
            (_queued(each) for each in found.cases),
            columns=_QUEUE,
            position=position,
        )
    links = (
        next_link(
            exchange,
            at=as_json(when.at),
            known_at=as_json(when.known_at or when.at),
            done=done + limit,
        )
        if more
        else None
    )
    return answered(exchange.request, found, position=position, links=links)


def _continued(exchange: Exchange, when: When, mark: Mapping[str, Any]) -> tuple[When, int]:
    days, done = exchange.service.days(), mark.get("done")
    if not isinstance(done, int) or not 0 < done < 10**6:
        raise InvalidCommand("cursor: take it from the Link of the page before, whole.")
    at = moment_of(str(mark.get("at")), option="cursor", days=days)
    known_at = moment_of(str(mark.get("known_at")), option="cursor", days=days)
    return When(at, known_at, when.as_of), done


def _policy_at(exchange: Exchange, when: When) -> PolicyVersion | None:
    found = [
        each for each in exchange.service.policies().versions if each.effective_from <= when.at
    ]
    return found[-1] if found else None


def _queued(each: QueuedCase) -> dict[str, Any]:
    said = as_json(each)
    return {**said.pop("row"), **said}


def _sla(exchange: Exchange) -> Response:
    _allow_some(exchange, "figures.sla")
    when, service = exchange.when(), exchange.service
    found = (
        _past(exchange, when).sla()
        if when.as_of is not None
        else sla(service.views, at=when.at, known_at=when.known_at)
    )
    found = replace(found, clocks=_lines(exchange, "figures.sla", found.clocks))
    return _shown(exchange, found, (as_json(each) for each in found.clocks), _SLA)


def _exceptions(exchange: Exchange) -> Response:
    team = exchange.request.query_params.get("team")
    _allow_some(exchange, "figures.exceptions", team)
    when = exchange.when(as_of=False)
    said = choice_of(exchange, "status", _CLOCK_STATUSES) or "overdue"
    status: ClockStatus = next(each for each in get_args(ClockStatus) if each == said)
    found = clocks_that_are(
        exchange.service.views,
        status,
        at=when.at,
        known_at=when.known_at,
        team=team,
        limit=limit_of(exchange),
    )
    seen = tuple(
        each for each in found.clocks if _sees(exchange, "figures.exceptions", each.case.team)
    )
    found = replace(found, clocks=seen)
    rows = (
        {
            **as_json(each.clock),
            **as_json(each.case),
            "due_at": as_json(each.clock.due_at),
            "case_id": str(each.case_id),
        }
        for each in seen
    )
    return _shown(exchange, found, rows, _CLOCKS)


def _escalations(exchange: Exchange) -> Response:
    query = exchange.request.query_params
    _allow_some(exchange, "figures.escalations", query.get("team"))
    when = exchange.when(as_of=False)
    found = open_escalations(
        exchange.service.views,
        at=when.at,
        since=when.at - _COUNTED_DAYS,
        known_at=when.known_at,
        team=query.get("team"),
        reason=query.get("reason"),
        limit=limit_of(exchange),
    )
    found = replace(found, escalations=_lines(exchange, "figures.escalations", found.escalations))
    rows = ({**as_json(each), **as_json(each.escalation)} for each in found.escalations)
    return _shown(exchange, found, rows, _ESCALATIONS)


def _flow(exchange: Exchange) -> Response:
    query, service = exchange.request.query_params, exchange.service
    team = query.get("team")
    _allow_some(exchange, "figures.flow", team)
    when = exchange.when(as_of=False)
    today = service.days().date_of(when.at)
    first = date_of(query["from"], option="from") if "from" in query else today
    last = date_of(query["to"], option="to") if "to" in query else max(first, today)
    _refuse_span(first, last)
    found = flow(
        service.views, days=service.days(), first_on=first, last_on=last, known_at=when.known_at
    )
    lines = _lines(exchange, "figures.flow", found.days)
    found = replace(found, days=tuple(each for each in lines if team in (None, each.team)))
    return _shown(exchange, found, (as_json(each) for each in found.days), _FLOW)


def _refuse_span(first: date, last: date) -> None:
    if last < first or (last - first).days >= _DAYS_AT_MOST:
        raise InvalidCommand(
            f"from must not be after to, nor more than {_DAYS_AT_MOST} days before it."
        )
