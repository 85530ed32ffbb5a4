"""A team's work over HTTP: its rate of the day, whom it calls, who has what, what is to be done, sequences."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from starlette.responses import Response

from api.http.answering.answers import answered, in_columns, tabled
from api.http.answering.shapes import names_of
from api.http.exchanges import Exchange
from api.http.reading.lists import allow_some
from api.http.reading.reads import AS_OF, KNOWN_AT, add_read, parameter, wants_csv
from api.http.routing.routes import Routes
from api.http.standing import allow, relations_to_team
from api.moments import date_of
from api.shown.owed import OwedNotice, owed_notice
from api.shown.rates import RateShown, rate_shown
from api.shown.workload import MemberWork, TeamWorkload, team_workload
from ledger.errors import InvalidCommand
from ledger.ids import reference_of
from ledger.registers.flow.sequences import sequence_id
from projections.answers import UpToDate, as_json, up_to_date
from projections.flow.call_bars import draws_of
from projections.flow.calls import drawn_calls
from projections.flow.sequence import QueueLine, SequenceStands, sequence, sequence_of
from projections.lists.shown_to import cases_left_by
from projections.office.office_as_of import counts_then
from projections.office.to_do import ToDo, ToDos, Wanted, to_dos
from projections.office.workload import Work
from projections.one_case.notices_owed import notices_owed

_WORKLOAD = (*(each for each in names_of(MemberWork) if each != "work"), *names_of(Work))
AS_KNOWN = "A rate and a draw are made of what was known: give known_at, and leave as_of out."


@dataclass(frozen=True, slots=True)
class RateOfTeam:
    """The rate of a team on a day, if it has one."""

    up_to_date: UpToDate
    team: str
    rate: RateShown | None


@dataclass(frozen=True, slots=True)
class CallShown:
    """A case that was drawn to be called about, in which language, and what became of it.

    `came_by` is the channel by which they turned to the office: whoever wrote an e-mail is written one.
    """

    reference: str
    stratum: str
    tries: int
    reached: bool
    done: bool
    language: str | None
    interpreter: str | None
    came_by: str


@dataclass(frozen=True, slots=True)
class CallsOfTeam:
    """Whom a team calls on a day; `seed` is that of the draw, by which it can be made again."""

    up_to_date: UpToDate
    team: str
    on: date
    seed: str | None
    calls: tuple[CallShown, ...]


@dataclass(frozen=True, slots=True)
class NoticesOwed:
    """Notices that are owed on the cases of a team, those first that are due first."""

    team: str
    on: date
    notices: tuple[OwedNotice, ...]


def team_routes() -> Routes:
    """Every read of rates, calls, workloads and the sequence."""
    routes = Routes(prefix="/v1", tag="Office")
    add_read(
        routes,
        "/teams/{team}/rate",
        _rate,
        act="figures.rates",
        shape=RateOfTeam,
        summary="What a team's rate asks of the day and the hour",
        query=(KNOWN_AT,),
        problems=("beyond-calendar",),
        told_now=AS_KNOWN,
    )
    add_read(
        routes,
        "/teams/{team}/calls",
        _calls,
        act="figures.calls",
        shape=CallsOfTeam,
        summary="Whom a team calls on a day, and what became of it",
        query=(
            KNOWN_AT,
            parameter("on", "The day; today if left out.", example="2026-03-02", format="date"),
        ),
        csv=True,
        told_now=AS_KNOWN,
    )
    add_read(
        routes,
        "/teams/{team}/workload",
        _workload,
        act="figures.workload",
        shape=TeamWorkload,
        summary="Who has what in a team, and who is there",
        query=(KNOWN_AT, AS_OF),
        csv=True,
        folds=True,
    )
    add_read(
        routes,
        "/teams/{team}/to-do",
        _to_do,
        act="figures.to-do",
        shape=ToDos,
        summary="Tasks, follow-ups, promised contacts, receipts and rulings that a team owes on cases",
        query=(KNOWN_AT, AS_OF),
        csv=True,
        folds=True,
    )
    add_read(
        routes,
        "/teams/{team}/owed",
        _owed,
        act="figures.to-do",
        shape=NoticesOwed,
        summary="Who is still to be told of an extension, a coming lapse or a decision, and by when",
        query=(KNOWN_AT, AS_OF),
        csv=True,
        whole_log=True,
    )
    add_read(
        routes,
        "/sequence",
        _sequence,
        act="figures.sequence",
        shape=SequenceStands,
        summary="The queues in the order in which they are cleared",
        query=(KNOWN_AT, AS_OF),
        csv=True,
        folds=True,
    )
    return routes


def _team(exchange: Exchange, act: str) -> str:
    """The team that is asked about, to whoever may see its figures."""
    service, team = exchange.service, exchange.request.path_params["team"]
    if team not in service.policies().ever_had("teams"):
        raise InvalidCommand("This is not a team of any policy published here.")
    relations = relations_to_team(exchange.principal, team)
    allow(service, exchange.principal, act, relations, about=f"team {team}")
    return str(team)


def _standing(exchange: Exchange) -> UpToDate:
    known_at = exchange.when().known_at
    with exchange.service.views.reading("spans", "cases") as reading:
        return up_to_date(reading, known_at)


def _rate(exchange: Exchange) -> Response:
    """As it was set, what it asks of this day by each hour, the days ahead, and when its target can be met.

    `rate` is null where none is set.
    """
    service, team = exchange.service, _team(exchange, "figures.rates")
    when, standing = exchange.when(), _standing(exchange)
    found = rate_shown(
        service.views,
        service.ledger.store,
        service.policies().in_force(when.at),
        team,
        at=when.at,
        known_at=when.known_at,
    )
    return answered(exchange.request, RateOfTeam(standing, team, found), position=standing.position)


def _calls(exchange: Exchange) -> Response:
    """The cases that were drawn for a day, in which language to call, how often that was tried, and whether it is done.

    Nobody is drawn by asking: `calls-draw` draws. Cases from which whoever asks stepped back are left out.
    """
    service, team = exchange.service, _team(exchange, "figures.calls")
    when, standing = exchange.when(), _standing(exchange)
    said, store = exchange.request.query_params.get("on"), service.ledger.store
    on = date_of(said, option="on") if said else service.days().date_of(when.at)
    drawn = draws_of(store, team, known_at=when.known_at).on(on)
    calls = () if drawn is None else drawn_calls(store, drawn, known_at=when.known_at)
    left = cases_left_by(service.views, exchange.principal.people)
    shown = CallsOfTeam(
        standing,
        team,
        on,
        None if drawn is None else drawn.seed,
        tuple(
            CallShown(
                reference_of(each.case_id),
                each.stratum,
                each.tries,
                each.reached,
                each.done,
                each.language,
                each.interpreter,
                each.came_by,
            )
            for each in calls
            if each.case_id not in left
        ),
    )
    if wants_csv(exchange):
        return in_columns(exchange.request, shown.calls, CallShown, position=standing.position)
    return answered(exchange.request, shown, position=standing.position)


def _workload(exchange: Exchange) -> Response:
    """What each of its members has in hand, how much of it is late, how many more they may take, what else they owe.

    Whoever left and still has something of it is among them.
    """
    service, team = exchange.service, _team(exchange, "figures.workload")
    when = exchange.when()
    found = team_workload(
        service.views,
        service.ledger.store,
        service.ledger.directory(when.then),
        service.policies().in_force(when.at).policy,
        team,
        at=when.at,
        on=service.days().date_of(when.at),
        then=when.then,
    )
    position = found.up_to_date.position
    if wants_csv(exchange):
        rows = ({**as_json(each), **as_json(each.work)} for each in found.members)
        return tabled(exchange.request, rows, columns=_WORKLOAD, position=position)
    return answered(exchange.request, found, position=position)


def _to_do(exchange: Exchange) -> Response:
    """What the team itself owes, and on its cases whoever has them: by whom and by when, what is due first on top.

    `member` is null where nobody has taken it. What is owed on cases from which whoever asks stepped back is left out.
    """
    service, team = exchange.service, _team(exchange, "figures.to-do")
    when = exchange.when()
    views, store = service.views, service.ledger.store
    found = to_dos(views, store, Wanted(team), at=when.at, then=when.then)
    left = cases_left_by(views, exchange.principal.people)
    found = replace(found, to_do=tuple(each for each in found.to_do if each.case_id not in left))
    position = found.up_to_date.position
    if wants_csv(exchange):
        return in_columns(exchange.request, found.to_do, ToDo, position=position)
    return answered(exchange.request, found, position=position)


def _owed(exchange: Exchange) -> Response:
    """Of each case of the team, by which clock and by the end of which day; the log is read for each answer.

    `by_on` is null where no clock says by when. Cases from which whoever asks stepped back are left out.
    """
    service, team = exchange.service, _team(exchange, "figures.to-do")
    when = exchange.when()
    on = service.days().date_of(when.at)
    left = cases_left_by(service.views, exchange.principal.people)
    found = tuple(
        owed_notice(each, on)
        for each in notices_owed(service.ledger, then=when.then, progress=lambda *_: None)
        if each.team == team and each.case_id not in left
    )
    if wants_csv(exchange):
        return in_columns(exchange.request, found, OwedNotice)
    return answered(exchange.request, NoticesOwed(team, on, found))


def _sequence(exchange: Exchange) -> Response:
    """The whole sequence, which is one for all teams; its ETag is what the next to change it sends."""
    allow_some(exchange, "figures.sequence")
    service, when = exchange.service, exchange.when()
    state = sequence_of(service.ledger.store, when.then)
    found = sequence(state, counts_then(service.views, service.ledger.store, when.at, when.then))
    position = found.up_to_date.position
    if wants_csv(exchange):
        return in_columns(exchange.request, found.queues, QueueLine, position=position)
    rows = service.ledger.store.stream(f"sequence/{sequence_id(service.ledger.store.ledger_id)}")
    tag = None if when.is_past else str(rows[-1].version if rows else 0)
    return answered(exchange.request, found, tag=tag, position=position)
