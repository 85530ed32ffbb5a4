"""Who is there over HTTP: the members of the office, who is away and who stands in, and what too few can do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from starlette.responses import Response

from api.http.answering.answers import answered, in_columns
from api.http.exchanges import Exchange
from api.http.reading.reads import AS_OF, KNOWN_AT, add_read, parameter, wants_csv
from api.http.routing.routes import Routes
from api.http.standing import allow
from api.moments import date_of
from api.shown.presence import Away, MemberShown, away, members
from ledger.policies_then import version_then
from ledger.policy.in_force import PolicyVersion
from ledger.policy.routing.cover import Cover, cover
from ledger.policy.routing.presence import Directory

_ACT = "directory.read"
_ON = parameter(
    "on",
    "The day, which may be still to come; that of the instant asked about if left out.",
    example="2026-03-31",
    format="date",
)


@dataclass(frozen=True, slots=True)
class AwayShown:
    """Who is not there on a day."""

    on: date
    away: tuple[Away, ...]


@dataclass(frozen=True, slots=True)
class MembersShown:
    """Every member of the policy of a day, and whether they are there."""

    on: date
    members: tuple[MemberShown, ...]


@dataclass(frozen=True, slots=True)
class CoverShown:
    """Who can do which request type in which team on a day; `thin` are the types that fewer than two there can."""

    on: date
    cover: tuple[Cover, ...]
    thin: tuple[str, ...]


def presence_routes() -> Routes:
    """Every read of who is there."""
    routes = Routes(prefix="/v1", tag="Office")
    query = (KNOWN_AT, AS_OF, _ON)
    add_read(
        routes,
        "/absences",
        _absences,
        act=_ACT,
        shape=AwayShown,
        summary="Who is absent or has left, from when until when, and who stands in",
        query=query,
        csv=True,
    )
    add_read(
        routes,
        "/members",
        _members,
        act=_ACT,
        shape=MembersShown,
        summary="Who is a member, of which teams and in which roles, and whether they are there",
        query=query,
        csv=True,
    )
    add_read(
        routes,
        "/cover",
        _cover,
        act=_ACT,
        shape=CoverShown,
        summary="Who can do which request type, and of which too few are there",
        query=query,
        csv=True,
    )
    return routes


def _asked(exchange: Exchange) -> tuple[date, Directory, PolicyVersion]:
    """The day that is asked about, who was where as far as counts, and the policy of the instant."""
    service, when = exchange.service, exchange.when()
    allow(service, exchange.principal, _ACT)
    said = exchange.request.query_params.get("on")
    on = date_of(said, option="on") if said else service.days().date_of(when.at)
    version = version_then(service.ledger, when.then, when.at)
    return on, service.ledger.directory(when.then), version


def _absences(exchange: Exchange) -> Response:
    """Absences that cover the day, by member, then whoever has left; `stands_in` is who is there in their place.

    `until_on` is null while nobody knows until when. Absences are recorded at `/v1/members/{member}/absent`.
    """
    on, directory, _ = _asked(exchange)
    found = away(directory, on)
    if wants_csv(exchange):
        return in_columns(exchange.request, found, Away)
    return answered(exchange.request, AwayShown(on, found))


def _members(exchange: Exchange) -> Response:
    """By their codes, without their names; `stands_on` is the last day of an absence, or the day on which they left."""
    on, directory, version = _asked(exchange)
    found = tuple(members(directory, version.policy, on))
    if wants_csv(exchange):
        return in_columns(exchange.request, found, MemberShown)
    return answered(exchange.request, MembersShown(on, found))


def _cover(exchange: Exchange) -> Response:
    """For each type and team that may get it, whose skills it takes, who has them, and who of those is there."""
    on, directory, version = _asked(exchange)
    found = cover(version.compiled, directory, on=on)
    if wants_csv(exchange):
        return in_columns(exchange.request, found, Cover)
    thin = tuple(sorted({each.request_type for each in found if each.thin}))
    return answered(exchange.request, CoverShown(on, found, thin))
