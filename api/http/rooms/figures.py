"""Every figure of some days over HTTP: clearance, ages, failure demand and its loop, times to resolution, shares."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, get_args

from starlette.responses import Response

from api.http.answering.answers import answered, tabled
from api.http.exchanges import Exchange, When
from api.http.reading.lists import allow_some, shown_of_teams
from api.http.reading.reads import (
    AS_OF,
    KNOWN_AT,
    SOME_DAYS,
    add_read,
    choice_of,
    parameter,
    wants_csv,
)
from api.http.routing.routes import Routes
from api.http.service import Service
from api.moments import date_of
from api.shown.figures import CODED, Comparison, figures_asked, groups_by, thin_cover
from ledger.errors import InvalidCommand
from ledger.input.quoting import known_codes
from projections.answers import UpToDate, as_json
from projections.figures.figure import Footing, Window
from projections.figures.shares import SkillCover
from projections.flow.by_day import first_told
from projections.flow.lives import Lives, lives
from projections.measures import Filters, Group, Report, report

_ACT = "figures.report"
_DAYS_AT_MOST = 3_660
_COLUMNS = ("figure", "value", "n", "definition")
_UNSAID: Mapping[str, Any] = {"n": None, "definition": None}
_CODED = {"team": "teams", **CODED}
_WHICH = {
    "team": ("Of this team alone.", "RDW"),
    "request_type": ("Of this request type alone.", "RDW-POT"),
    "programme": ("Of this programme alone.", "RDW"),
    "channel": ("That came by this channel alone.", "phone"),
    "region": ("Of this region alone.", "HAL"),
    "language": ("Of this language of correspondence alone.", "en"),
}


@dataclass(frozen=True, slots=True)
class FiguresShown:
    """Every figure of a window, each with its definition, on how many cases it stands, and who was left out.

    `skill_cover` is null where no policy says what pulling a type takes; `compared` are groups of those who came in
    these days, by what `by` asks, each of fewer than five untold.
    """

    up_to_date: UpToDate
    zone: str
    figures: Report
    skill_cover: SkillCover | None
    compared: tuple[Group, ...]


def figure_routes() -> Routes:
    """The one read."""
    routes = Routes(prefix="/v1", tag="Office")
    add_read(
        routes,
        "/figures",
        _figures,
        act=_ACT,
        shape=FiguresShown,
        summary="Every figure of some days, over all teams or of one",
        query=(
            KNOWN_AT,
            AS_OF,
            *SOME_DAYS,
            *(parameter(name, said, example=code) for name, (said, code) in _WHICH.items()),
            parameter(
                "by",
                "Beside it, how long those wait who are alike in this; `languages`: of letters, of talking, "
                "interpreter and format.",
                example="channel",
                enum=[*get_args(Comparison)],
            ),
        ),
        csv=True,
        whole_log=True,
    )
    return routes


def _figures(exchange: Exchange) -> Response:
    """As `caseledger flow` reckons them: open cases are counted as open, and what cannot be reckoned says why.

    A number is exact, as a fraction; each says what it means by `definition`, with its `n` and what it leaves out.
    Without `team` they are of all teams for whoever may see those of all, and of the team acted for to others. As CSV
    each number has a line of its own, under its name in the JSON. Of another instant the whole log is read for each.
    """
    service, team = exchange.service, exchange.request.query_params.get("team")
    allow_some(exchange, _ACT, team)
    if team is None and shown_of_teams(exchange.principal, _ACT).teams is not None:
        team = exchange.principal.actor.team or min(exchange.principal.teams)
    when, days = exchange.when(), service.days()
    window = _window(exchange, days.date_of(when.at))
    store, policies = service.ledger.store, service.policies()
    lived = _lived(service, when)
    filters = _filters(exchange, lived, team)
    said = choice_of(exchange, "by", get_args(Comparison))
    by: Comparison | None = next((each for each in get_args(Comparison) if each == said), None)
    asking = figures_asked(store, policies, days, window, filters, known_at=when.known_at)
    shown = FiguresShown(
        UpToDate(lived.position, when.known_at, {}),
        str(days.zone),
        report(lived, asking),
        thin_cover(
            policies.in_force(when.at),
            service.ledger.directory(when.then),
            Footing(window, filters.said(), lived.position, when.known_at),
            team,
            days.date_of(when.at),
        ),
        groups_by(by, lived, asking),
    )
    if wants_csv(exchange):
        rows = (*_numbers(as_json(shown.figures)), *_numbers(as_json(shown.compared), "compared"))
        return tabled(exchange.request, rows, columns=_COLUMNS, position=lived.position)
    return answered(exchange.request, shown, position=lived.position)


def _lived(service: Service, when: When) -> Lives:
    """What happened to each case, as of now from where it was when figures were last asked."""
    if when.then.is_now:
        return service.lived.get()
    return lives(service.ledger.store, known_at=when.known_at, as_of=when.as_of)


def _numbers(
    said: Any, name: str = "", of: Mapping[str, Any] = _UNSAID
) -> Iterator[dict[str, Any]]:
    """Each number and word of the figures as a line, on how many cases it stands, and by which definition."""
    match said:
        case Mapping():
            found: Mapping[str, Any] = said
            basis = found.get("basis") or of
            for part, each in found.items():
                if part != "basis":
                    yield from _numbers(each, f"{name}.{part}" if name else part, basis)
        case list():
            several: list[Any] = said
            for place, each in enumerate(several):
                yield from _numbers(each, f"{name}.{place}", of)
        case None:
            return
        case _:
            yield {"figure": name, "value": said, "n": of["n"], "definition": of["definition"]}


def _window(exchange: Exchange, today: date) -> Window:
    query = exchange.request.query_params
    last = date_of(query["until"], option="until") if "until" in query else today
    first = date_of(query["from"], option="from") if "from" in query else first_told(last)
    if not timedelta() <= last - first <= timedelta(days=_DAYS_AT_MOST):
        raise InvalidCommand(
            f"from must not be after until, nor more than {_DAYS_AT_MOST} days before it."
        )
    if last > today:
        raise InvalidCommand(
            "until is still to come: figures are of days up to the one that is asked about."
        )
    return Window(first, last + timedelta(days=1))


def _filters(exchange: Exchange, lived: Lives, team: str | None) -> Filters:
    """Which cases are asked about; refuses a code that no policy and no case ever had: all would be zero."""
    given = {name: exchange.request.query_params.get(name) for name in _WHICH}
    for name, section in _CODED.items():
        if (code := given[name]) is None:
            continue
        ever = exchange.service.policies().ever_had(section)
        had = () if name == "team" else (getattr(each, name) for each in lived.cases.values())
        if ever and code not in ever.union(each for each in had if each):
            raise InvalidCommand(
                f"{name}: no policy published here has such a code; there are {known_codes(code, ever)}."
            )
    return Filters(**(given | {"team": team}))
