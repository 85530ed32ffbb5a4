"""The other registers over HTTP: policies, who read what, disclosures and their releases, people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from starlette.responses import Response

from api.http.answering.answers import answered, in_columns, tabled
from api.http.exchanges import Exchange, uuid_of
from api.http.reading.lists import Paged, refuse_unheard_of, shown_to
from api.http.reading.reads import (
    AS_OF,
    CURSOR,
    KNOWN_AT,
    LIMIT,
    add_read,
    limit_of,
    parameter,
    wants_csv,
)
from api.http.refusing.problems import EdgeProblem
from api.http.routing.routes import Routes
from api.http.standing import NOTHING, allow, case_named, relations_to_stream
from api.moments import between
from api.shown.entries import EntryShown, entry_shown
from api.verbs.disclosures.asked_of import entries_then
from ledger.ids import case_stream, subject_id_of
from ledger.policies_then import policies_then
from ledger.policy.access import SEE_COMPARTMENTS
from ledger.policy.document.policy import Policy
from ledger.policy.in_force import PolicyVersion
from ledger.registers.disclosures import STREAM as DISCLOSURES
from projections.answers import as_json
from projections.disclosures.dossier import Dossier, dossier
from projections.disclosures.standing import standing_of
from projections.lists.accesses import Accesses, Opening, accesses
from projections.lists.paging import BEFORE_ALL, Mark, mark
from projections.lists.shown_to import cases_left_by

_INSTANTS = (KNOWN_AT, AS_OF)
"""What was read at an instant is among what had been read by it."""
_ACCESSES = (
    "read_at",
    "reader",
    "role",
    "purpose_code",
    "stream",
    "shown",
    "refused",
    "act",
    "ground",
    "access_id",
)


@dataclass(frozen=True, slots=True)
class PolicyNamed:
    """A policy as it was published: its number, the digest that decisions cite, and since when it holds."""

    number: int
    digest: str
    effective_from: datetime


@dataclass(frozen=True, slots=True)
class PoliciesShown:
    """Every policy published, the latest last."""

    policies: tuple[PolicyNamed, ...]


@dataclass(frozen=True, slots=True)
class PolicyShown:
    """A policy, whole but for the names of members, which are apart from it."""

    named: PolicyNamed
    policy: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class DisclosureShown:
    """A disclosure: how it was opened, how it stands, and how many releases were made.

    `approved_alone` says how often its only officer approved what they had decided, as is told whoever keeps records.
    """

    disclosure_id: UUID
    opened: Mapping[str, Any]
    standing: str
    releases: int
    approved_alone: int


@dataclass(frozen=True, slots=True)
class DisclosuresShown:
    """Every disclosure."""

    disclosures: tuple[DisclosureShown, ...]


@dataclass(frozen=True, slots=True)
class ReleaseShown:
    """A release of a disclosure, as it was authorised, made and delivered."""

    disclosure_id: UUID
    release_id: UUID
    release: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ReleasesShown:
    """Every release."""

    releases: tuple[ReleaseShown, ...]


@dataclass(frozen=True, slots=True)
class PartyShown:
    """What is recorded of somebody, without personal values."""

    party_id: UUID
    version: int
    entries: tuple[EntryShown, ...]


def register_routes() -> Routes:
    """Every read of what is no case."""
    routes = Routes(prefix="/v1", tag="Registers")
    add_read(
        routes,
        "/policies",
        _policies,
        act="policy.read",
        shape=PoliciesShown,
        summary="Every policy published, the latest last",
        query=_INSTANTS,
        csv=True,
    )
    add_read(
        routes,
        "/policies/{digest}",
        _policy,
        act="policy.read",
        shape=PolicyShown,
        summary="A policy by the digest that decisions cite",
        query=_INSTANTS,
        problems=("not-found",),
    )
    add_read(
        routes,
        "/accesses",
        _accesses,
        act="registers.accesses",
        shape=Accesses,
        summary="Who opened personal values, and what was refused",
        query=(
            parameter("case", "Of this case.", example="7ZK3Q-0M9TB-R"),
            parameter("member", "By this member.", example="R-02"),
            parameter(
                "from",
                "From this instant, or the beginning of this day.",
                example="2026-03-02",
            ),
            parameter(
                "until",
                "Until before this instant, or to the end of this day; until now if left out.",
                example="2026-03-31",
            ),
            *_INSTANTS,
            LIMIT,
            CURSOR,
        ),
        problems=("case-not-found",),
        csv=True,
    )
    add_read(
        routes,
        "/disclosures",
        _disclosures,
        act="registers.disclosures",
        shape=DisclosuresShown,
        summary="Each disclosure, and how it stands",
        query=_INSTANTS,
        csv=True,
    )
    add_read(
        routes,
        "/releases",
        _releases,
        act="registers.releases",
        shape=ReleasesShown,
        summary="Each release that was made, and its digest",
        query=_INSTANTS,
        csv=True,
    )
    add_read(
        routes,
        "/parties/{party_id}",
        _party,
        act="party.read",
        shape=PartyShown,
        summary="What is recorded of somebody; no personal values",
        query=_INSTANTS,
        problems=("party-not-found",),
    )
    return routes


def _policies(exchange: Exchange) -> Response:
    """Each policy by its number, its digest and the instant from which on it holds."""
    allow(exchange.service, exchange.principal, "policy.read")
    known = policies_then(exchange.service.ledger, exchange.when().then)
    versions = tuple(_named(each) for each in known.versions)
    if wants_csv(exchange):
        return in_columns(exchange.request, versions, PolicyNamed)
    return answered(exchange.request, PoliciesShown(versions))


def _policy(exchange: Exchange) -> Response:
    """The whole policy that a decision cites, members by their codes and without their names."""
    allow(exchange.service, exchange.principal, "policy.read")
    digest = exchange.request.path_params["digest"]
    known = policies_then(exchange.service.ledger, exchange.when().then)
    found = next((each for each in known.versions if each.digest == digest), None)
    if found is None:
        raise EdgeProblem("not-found", "No policy with this digest was published here, or then.")
    shown = PolicyShown(_named(found), _without_names(found.policy))
    return answered(exchange.request, shown, tag=digest)


def _named(version: PolicyVersion) -> PolicyNamed:
    return PolicyNamed(version.number, version.digest, version.effective_from)


def _without_names(policy: Policy) -> dict[str, Any]:
    """A policy as it is published: the names of members are apart from it."""
    said = policy.model_dump(mode="json", exclude_none=True)
    for member in said["members"].values():
        member.pop("name", None)
    return said


def _accesses(exchange: Exchange) -> Response:
    """Each reading of personal values, and each request that was refused, in the order in which they happened.

    Where `openings` is 0 the ledger records no opening between the two instants. What only a compartment may know of
    shows as such, or is left out where a member is asked about. Cases that whoever asks stepped back from are left out.
    """
    service, query = exchange.service, exchange.request.query_params
    principal, days = exchange.principal, service.days()
    stream = case_stream(case_named(service, query["case"])) if "case" in query else None
    relations = NOTHING if stream is None else relations_to_stream(service, principal, stream)
    allow(service, principal, "registers.accesses", relations, about=stream)
    paged, limit = Paged(exchange), limit_of(exchange)
    asked = query.get("from"), query.get("until")
    begins, ends = between(*asked, options=("from", "until"), at=paged.when.at, days=days)
    found = accesses(
        service.views,
        stream=stream,
        reader=query.get("member"),
        from_at=begins,
        to_at=ends,
        limit=limit + 1,
        compartments=bool(SEE_COMPARTMENTS & {*principal.roles}),
        shown_to=shown_to(principal),
        after=_opening(paged) if paged else BEFORE_ALL,
        then=paged.when.then,
    )
    if not found.listed and not paged:
        refuse_unheard_of(exchange, "member")
    position = found.up_to_date.position
    listed, links = paged.cut(found.listed, limit, _mark_of_opening, position=position)
    if wants_csv(exchange):
        rows = ({**as_json(each.row), "access_id": str(each.access_id)} for each in listed)
        return tabled(exchange.request, rows, columns=_ACCESSES, position=position, links=links)
    found = replace(found, listed=listed)
    return answered(exchange.request, found, position=position, links=links)


def _mark_of_opening(each: Opening) -> dict[str, Any]:
    return {"read_at": each.row.read_at, "access_id": each.access_id, "place": each.place}


def _opening(paged: Paged) -> Mark:
    return mark(paged.instant("read_at"), paged.uuid("access_id"), paged.number("place"))


def _dossiers(exchange: Exchange) -> list[tuple[UUID, Dossier]]:
    """Each disclosure, but those that answer a request from which whoever asks stepped back."""
    ledger, then = exchange.service.ledger, exchange.when().then
    found: list[tuple[UUID, Dossier]] = []
    left = cases_left_by(exchange.service.views, exchange.principal.people)
    for stream in ledger.store.streams(DISCLOSURES):
        disclosure_id = subject_id_of(stream)
        known = dossier(entries_then(ledger, disclosure_id, then))
        if known.opened is not None and known.opened.case_id not in left:
            found.append((disclosure_id, known))
    return found


def _disclosures(exchange: Exchange) -> Response:
    """Each answer to a request for information: of which request, how it stands, how many releases were made.

    What answers a request from which whoever asks stepped back is left out.
    """
    allow(exchange.service, exchange.principal, "registers.disclosures")
    found = tuple(
        DisclosureShown(
            key,
            as_json(each.opened),
            standing_of(each.state),
            len(each.releases),
            each.approved_alone,
        )
        for key, each in _dossiers(exchange)
    )
    if wants_csv(exchange):
        return in_columns(exchange.request, found, DisclosureShown)
    return answered(exchange.request, DisclosuresShown(found))


def _releases(exchange: Exchange) -> Response:
    """Each release of each disclosure, as it was authorised, made and delivered; the digest is that of its bundle.

    What answers a request from which whoever asks stepped back is left out.
    """
    allow(exchange.service, exchange.principal, "registers.releases")
    found = tuple(
        ReleaseShown(key, release_id, as_json(release))
        for key, each in _dossiers(exchange)
        for release_id, release in each.releases.items()
    )
    if wants_csv(exchange):
        return in_columns(exchange.request, found, ReleaseShown)
    return answered(exchange.request, ReleasesShown(found))


def _party(exchange: Exchange) -> Response:
    """Each entry of the record of a person: that they were recorded, identified, linked, represented, and when.

    Personal fields are named in `personal` and left out.
    """
    allow(exchange.service, exchange.principal, "party.read")
    party_id = uuid_of(exchange.request.path_params["party_id"])
    entries = exchange.service.ledger.read(f"party/{party_id}")
    if not entries:
        raise EdgeProblem("party-not-found", f"No party {party_id} is in this ledger.")
    when = exchange.when()
    entries = when.then.of(entries)
    if not entries:
        raise EdgeProblem(
            "party-not-found", f"Nothing was known of {party_id} then: ask about a later instant."
        )
    version = entries[-1].entry.version
    shown = PartyShown(party_id, version, tuple(entry_shown(each) for each in entries))
    tag = None if when.is_past else str(version)
    return answered(exchange.request, shown, tag=tag, position=entries[-1].entry.position)
