"""What somebody decides or oversees a case by: its brief, how the rules sent it, for how long nobody heard from us."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from starlette.responses import Response

from api.http.answering.answers import answered, in_columns
from api.http.exchanges import Exchange
from api.http.reading.reads import AS_OF, KNOWN_AT, add_read, parameter, wants_csv
from api.http.rooms.case_shown import CaseNamed, known_case
from api.http.rooms.trails import LANGUAGE, language_asked
from api.http.routing.routes import Routes
from api.moments import stretch
from projections.fold.told import told
from projections.one_case.briefs import Brief, brief_of
from projections.one_case.no_contact import NoContact, stretches_without_contact
from projections.one_case.routings import RoutingTold, routings_told

_INSTANTS = (KNOWN_AT, AS_OF)


@dataclass(frozen=True, slots=True)
class BriefShown:
    """One page for whoever decides a case; what is personal stands in it as sealed, and is read under `/values`."""

    about: CaseNamed
    language: str
    brief: Brief


@dataclass(frozen=True, slots=True)
class RoutingsShown:
    """Each decision of the rules about a case, with the facts and loads it was made on, and why not elsewhere."""

    about: CaseNamed
    language: str
    routings: tuple[RoutingTold, ...]


@dataclass(frozen=True, slots=True)
class SilenceShown:
    """Every stretch between two instants without a recorded contact from us, the longest first."""

    about: CaseNamed
    from_at: datetime
    to_at: datetime
    no_contact: tuple[NoContact, ...]


def brief_routes() -> Routes:
    """The three reads."""
    routes = Routes(prefix="/v1", tag="Cases")
    add_read(
        routes,
        "/cases/{ref}/brief",
        _brief,
        act="case.brief",
        shape=BriefShown,
        summary="One page for whoever decides: facts, evidence, clocks, contacts, checklist, who may decide",
        query=(*_INSTANTS, LANGUAGE),
        problems=("case-not-found",),
    )
    add_read(
        routes,
        "/cases/{ref}/routings",
        _routings,
        act="case.routings",
        shape=RoutingsShown,
        summary="How the rules decided where it goes: what they looked at and saw, and why not elsewhere",
        query=(*_INSTANTS, LANGUAGE),
        problems=("case-not-found",),
        csv=True,
    )
    add_read(
        routes,
        "/cases/{ref}/silence",
        _silence,
        act="case.silence",
        shape=SilenceShown,
        summary="For how long no contact from us to the requester is recorded",
        query=(
            *_INSTANTS,
            parameter(
                "from",
                "From this instant, or the beginning of this day; since the request reached us if left out.",
                example="2026-03-02",
            ),
            parameter(
                "until",
                "Until before this instant, or to the end of this day; until now if left out.",
                example="2026-03-31",
            ),
        ),
        problems=("case-not-found",),
        csv=True,
    )
    return routes


def _brief(exchange: Exchange) -> Response:
    """What is known, what evidence lies there, clocks and contacts, each check with who set it aside, who may decide.

    `ready` says whether it may be decided as it stands. It is made of the entries alone, in English or French.
    """
    asked, language = known_case(exchange, "case.brief"), language_asked(exchange)
    entries = asked.counting(exchange.service.ledger.read(asked.stream))
    version = exchange.service.policies().in_force(asked.when.at)
    found = brief_of([each.entry for each in entries], version, at=asked.when.at, language=language)
    shown = BriefShown(asked.named(entries), language, found)
    return answered(exchange.request, shown, position=asked.position)


def _routings(exchange: Exchange) -> Response:
    """By the policy that each cites, in its words: what is asked again of the same facts and loads decides the same."""
    asked, language = known_case(exchange, "case.routings"), language_asked(exchange)
    entries = asked.counting(exchange.service.ledger.read(asked.stream))
    policies = exchange.service.policies()
    found = tuple(routings_told([each.entry for each in entries], policies, language))
    if wants_csv(exchange):
        return in_columns(exchange.request, found, RoutingTold, position=asked.position)
    shown = RoutingsShown(asked.named(entries), language, found)
    return answered(exchange.request, shown, position=asked.position)


def _silence(exchange: Exchange) -> Response:
    """Contacts, calls, notices, access given and requests for information count, whether or not anybody was reached.

    They count at the time at which they happened. Who opened the case meanwhile is told by `/v1/accesses`.
    """
    asked, query = known_case(exchange, "case.silence"), exchange.request.query_params
    entries = asked.counting(exchange.service.ledger.read(asked.stream))
    known = [told(each.entry) for each in entries]
    begins, ends = stretch(
        query.get("from"),
        query.get("until"),
        options=("from", "until"),
        at=asked.when.at,
        days=exchange.service.days(),
        since=min(each.effective_at for each in known),
    )
    found = stretches_without_contact(known, from_at=begins, to_at=ends)
    if wants_csv(exchange):
        return in_columns(exchange.request, found, NoContact, position=asked.position)
    shown = SilenceShown(asked.named(entries), begins, ends, found)
    return answered(exchange.request, shown, position=asked.position)
