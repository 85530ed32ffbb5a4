"""Reading the office: board, queues, SLA and flow, each now, as known at, or as of an instant."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from starlette.responses import Response

from api.http.answering.answers import answered, tabled
from api.http.answering.shapes import names_of
from api.http.exchanges import Exchange, When
from api.http.reading.lists import (
    Paged,
    allow_some,
    refuse_unheard_of,
    shown_of_teams,
    shown_to,
)
from api.http.reading.reads import (
    AS_OF,
    CURSOR,
    KNOWN_AT,
    LIMIT,
    SOME_DAYS,
    add_read,
    limit_of,
    parameter,
    wants_csv,
)
from api.http.routing.routes import Routes
from api.http.standing import allow, relations_to_team
from api.moments import date_of
from ledger.errors import InvalidCommand
from ledger.policy.in_force import PolicyVersion
from ledger.policy.running_out import running_out
from projections.answers import as_json
from projections.flow.board import Board, board
from projections.flow.by_day import DayFlow, Flow, first_told, flow
from projections.lists.queues import Queue, QueuedCase, following, queue
from projections.lists.shown_to import RECUSALS, ShownTo
from projections.lists.sla import ClockCount, SlaStatus, sla, total_of
from projections.office.as_of import queue_as_of
from projections.office.office_as_of import office_as_of

UNROUTED = "unrouted"
_DAYS_AT_MOST = 366
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
    "confirm_by",
    "adjudicate_by",
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
    "transferred_in",
    "transferred_out",
)
_SLA = names_of(ClockCount)
_FLOW = names_of(DayFlow)


def office_routes() -> Routes:
    """Board, queues, SLA and flow."""
    routes = Routes(prefix="/v1", tag="Office")
    when = (KNOWN_AT, AS_OF)
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
        folds=True,
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
        folds=True,
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
        folds=True,
    )
    add_read(
        routes,
        "/flow",
        _flow,
        act="figures.flow",
        shape=Flow,
        summary="What came, moved and went, day by day",
        query=(
            *when,
            team,
            *SOME_DAYS,
        ),
        csv=True,
        folds=True,
    )
    return routes


def _past(exchange: Exchange, when: When) -> Any:
    return office_as_of(
        exchange.service.views, exchange.service.ledger.store, at=when.at, known_at=when.known_at
    )


def _lines(exchange: Exchange, act: str, lines: Iterable[Any]) -> tuple[Any, ...]:
    """The lines of the teams that whoever asks may see, and of what no team has."""
    teams = shown_of_teams(exchange.principal, act).teams
    return tuple(each for each in lines if teams is None or each.team in {None, *teams})


def _answered(
    exchange: Exchange, found: Any, rows: Iterable[Mapping[str, Any]], columns: tuple[str, ...]
) -> Response:
    position = found.up_to_date.position
    if wants_csv(exchange):
        return tabled(exchange.request, rows, columns=columns, position=position)
    return answered(exchange.request, found, position=position)


def _board(exchange: Exchange) -> Response:
    """The board, with the lines of the teams that whoever asks may see, and which calendars and delegations end soon.

    A calendar is `running_out` 60 days before a case is refused whose time reaches past its last day, a delegation 60
    days before its own where none takes its place.
    """
    allow_some(exchange, "figures.board")
    when, service = exchange.when(), exchange.service
    found = (
        _past(exchange, when).board(service.days())
        if when.as_of is not None
        else board(service.views, at=when.at, days=service.days(), known_at=when.known_at)
    )
    found = replace(
        found,
        teams=_lines(exchange, "figures.board", found.teams),
        running_out=running_out(service.policies(), when.at),
    )
    return _answered(
        exchange,
        found,
        (as_json(each) | {"processed_net": each.processed_net} for each in found.teams),
        _BOARD,
    )


def _queue(exchange: Exchange) -> Response:
    """A queue; its pages are all as known at the instant of the first, whatever is recorded meanwhile."""
    service = exchange.service
    code = exchange.request.path_params["team"]
    if code != UNROUTED and code not in service.policies().ever_had("teams"):
        raise InvalidCommand(
            f"This is neither a team of any policy published here nor '{UNROUTED}'."
        )
    team = None if code == UNROUTED else code
    relations = relations_to_team(exchange.principal, team)
    allow(service, exchange.principal, "figures.queue", relations, about=f"team {code}")
    paged, limit = Paged(exchange), limit_of(exchange)
    when, after = paged.when, paged.uuid("case_id") if paged else None
    whom = shown_to(exchange.principal)
    if when.is_past:  # of now it is the team that was asked about
        whom = shown_of_teams(exchange.principal, "figures.queue")
    if when.as_of is not None:
        found = _as_of(exchange, team, when, after, whom)
    else:
        found = queue(
            service.views,
            team,
            at=when.at,
            known_at=when.known_at,
            limit=limit + 1,
            version=_policy_at(exchange, when),
            shown_to=whom,
            after=after,
        )
    position = found.up_to_date.position
    shown, links = paged.cut(found.cases, limit, _mark_of_queued, position=position)
    if wants_csv(exchange):
        rows = (_queued(each) for each in shown)
        return tabled(exchange.request, rows, columns=_QUEUE, position=position, links=links)
    return answered(exchange.request, replace(found, cases=shown), position=position, links=links)


def _mark_of_queued(each: QueuedCase) -> dict[str, Any]:
    return {"case_id": each.case_id}


def _as_of(
    exchange: Exchange, team: str | None, when: When, after: UUID | None, whom: ShownTo
) -> Queue:
    """A queue as of an instant, whole from the page on that is asked for."""
    service = exchange.service
    found = queue_as_of(
        service.views, service.ledger.store, team, at=when.at, known_at=when.known_at
    )
    by_id = {str(each.case_id): each for each in found.cases}
    with service.views.reading("cases", RECUSALS) as reading:
        shown = whom.of(reading, by_id)
    keys = following([*by_id], after and str(after))
    return replace(found, cases=tuple(by_id[each] for each in keys if each in shown))


def _policy_at(exchange: Exchange, when: When) -> PolicyVersion | None:
    found = [
        each for each in exchange.service.policies().versions if each.effective_from <= when.at
    ]
    return found[-1] if found else None


def _queued(each: QueuedCase) -> dict[str, Any]:
    said = as_json(each)
    return {**said.pop("row"), **said}


def _sla(exchange: Exchange) -> Response:
    """How many clocks stand in which way, by clock, request type and team; `due_soon` is due within two days.

    Lines of teams that whoever asks may not see are left out, also of `total`.
    """
    allow_some(exchange, "figures.sla")
    when, service = exchange.when(), exchange.service
    found = (
        _past(exchange, when).sla()
        if when.as_of is not None
        else sla(service.views, at=when.at, known_at=when.known_at)
    )
    lines = _lines(exchange, "figures.sla", found.clocks)
    found = replace(found, clocks=lines, total=total_of(lines))
    return _answered(exchange, found, (as_json(each) for each in found.clocks), _SLA)


def _flow(exchange: Exchange) -> Response:
    """A line for each team and day of the office from `from` to `to`, 366 at most; two weeks up to today if left out.

    `waiting_end` is `waiting_start` with what came (new, transferred in, reopened) and without what went (resolved,
    transferred out, withdrawn, lapsed, referred out). Lines of teams that whoever asks may not see are left out.
    """
    query, service = exchange.request.query_params, exchange.service
    team = query.get("team")
    allow_some(exchange, "figures.flow", team)
    when = exchange.when()
    today = service.days().date_of(when.at)
    last = date_of(query["until"], option="until") if "until" in query else today
    first = date_of(query["from"], option="from") if "from" in query else first_told(last)
    if "until" not in query:
        last = max(first, last)
    _refuse_span(first, last)
    days = service.days()
    found = (
        _past(exchange, when).flow(days, first, last)
        if when.as_of is not None
        else flow(service.views, days=days, first_on=first, last_on=last, known_at=when.known_at)
    )
    lines = _lines(exchange, "figures.flow", found.days)
    found = replace(found, days=tuple(each for each in lines if team in (None, each.team)))
    if not found.days:
        refuse_unheard_of(exchange, "team")
    return _answered(exchange, found, (as_json(each) for each in found.days), _FLOW)


def _refuse_span(first: date, last: date) -> None:
    if last < first or (last - first).days >= _DAYS_AT_MOST:
        raise InvalidCommand(
            f"from must not be after until, nor more than {_DAYS_AT_MOST} days before it."
        )
