"""Keeping over HTTP: which cases are on hold, what is due for disposal, and how each erasure stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from starlette.responses import Response

from api.channels.archives import LINES, for_archives
from api.http.answering.answers import answered, tabled, unchanged
from api.http.exchanges import Exchange, uuid_of
from api.http.identity.principals import Principal
from api.http.reading.downloads import add_download, named
from api.http.reading.lists import shown_to
from api.http.reading.reads import (
    AS_OF,
    KNOWN_AT,
    add_read,
    parameter,
    wants_csv,
)
from api.http.refusing.problems import EdgeProblem
from api.http.routing.routes import Routes
from api.http.service import Service
from api.http.standing import NOTHING, allow
from api.moments import date_of
from api.shown.entries import EntryShown, entry_shown
from api.verbs.disposing import due_for_disposal
from ledger.ids import reference_of
from ledger.keeping import case_of
from ledger.personal.erasing import erasure_of
from ledger.personal.opening import Reading
from ledger.policy.acting.acts import Relation
from ledger.registers.keeping.erasures import ErasureCarriedOut
from ledger.sealing.reading import ReadEntry
from ledger.then import NOW, Then
from projections.answers import as_json
from projections.lists.erasures import Erasures, erasures_then
from projections.lists.holds import Holds, holds_then
from projections.lists.shown_to import cases_left_by
from projections.office.retention import Disposal, KeptCase

_INSTANTS = (KNOWN_AT, AS_OF)
_HELD = ("reference", "case_id", "ground", "placed_at", "hold_id")
_DUE = ("reference", "case_id", "request_type", "outcome", "retention", "due_on", "ends", "held")
_ERASED = ("erasure_id", "stands", "authority", "proposed_at", "proposed_by", "approved_by")


@dataclass(frozen=True, slots=True)
class ErasureShown:
    """An erasure: on what it rests, what it takes, who proposed and approved it, and its certificate."""

    erasure_id: UUID
    version: int
    authority: str | None
    party: UUID | None
    cases: tuple[str, ...]
    proposed_by: str | None
    approved_by: str | None
    begun: bool
    held: tuple[str, ...]
    certificate: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class ErasureWords:
    """The entries of an erasure that hold words, opened: its instrument and reason, what the archives answered."""

    erasure_id: UUID
    entries: tuple[EntryShown, ...]


def keeping_routes() -> Routes:
    """Every read of what is kept and of what is erased."""
    routes = Routes(prefix="/v1", tag="Keeping")
    add_read(
        routes,
        "/holds",
        _holds,
        act="registers.holds",
        shape=Holds,
        summary="Which cases are on hold",
        query=_INSTANTS,
        csv=True,
    )
    add_read(
        routes,
        "/retention",
        _retention,
        act="registers.retention",
        shape=Disposal,
        summary="Which closed cases are due for disposal, by which class, and since when",
        query=(
            parameter(
                "until",
                "A day to look ahead to; today if left out.",
                example="2026-12-31",
                format="date",
            ),
            *_INSTANTS,
        ),
        csv=True,
    )
    add_read(
        routes,
        "/erasures",
        _erasures,
        act="registers.erasures",
        shape=Erasures,
        summary="What is to be erased or was, on which authority, and how far it is",
        query=_INSTANTS,
        csv=True,
    )
    add_read(
        routes,
        "/erasures/{erasure_id}",
        _erasure,
        act="registers.erasures",
        shape=ErasureShown,
        summary="An erasure as it stands, with its certificate",
        query=(KNOWN_AT, AS_OF),
        problems=("not-found",),
    )
    add_read(
        routes,
        "/erasures/{erasure_id}/values",
        _values,
        act="registers.erasures",
        shape=ErasureWords,
        summary="The words of an erasure, opened; that they were read is recorded",
        query=(KNOWN_AT, AS_OF),
        problems=("not-found", "malformed-request"),
        opened=True,
    )
    add_download(
        routes,
        "/erasures/{erasure_id}/archives",
        _archives,
        act="erasure.archives",
        summary="What the archives get of a disposal: a line of JSON an entry, or a case of the index",
        said="The lines; their SHA-256 is the entity tag.",
        content={LINES: {"type": "string"}},
        tagged=True,
        problems=("not-found",),
    )
    return routes


def _holds(exchange: Exchange) -> Response:
    """Each case that a hold keeps, those first that were held first; one that two holds keep is there twice.

    A case from which whoever asks stepped back is left out.
    """
    allow(exchange.service, exchange.principal, "registers.holds")
    service, shown = exchange.service, shown_to(exchange.principal)
    found = holds_then(service.views, service.ledger.store, exchange.when().then, shown_to=shown)
    position = found.up_to_date.position
    if wants_csv(exchange):
        rows = (as_json(each) | {"reference": reference_of(each.case_id)} for each in found.held)
        return tabled(exchange.request, rows, columns=_HELD, position=position)
    return answered(exchange.request, found, position=position)


def _retention(exchange: Exchange) -> Response:
    """What is due; nobody's date of birth is opened for it, so what is kept until somebody is of age is left out."""
    service, said = exchange.service, exchange.request.query_params.get("until")
    allow(service, exchange.principal, "registers.retention")
    until = date_of(said, option="until") if said else None
    when = exchange.when()
    found = due_for_disposal(service.ledger, service.views, until=until, at=when.at, then=when.then)
    left = cases_left_by(service.views, exchange.principal.people)
    found = replace(
        found,
        due=tuple(each for each in found.due if each.case_id not in left),
        held=tuple(each for each in found.held if each.case_id not in left),
    )
    position = found.up_to_date.position
    if wants_csv(exchange):
        rows = (_due(each) for each in (*found.due, *found.held))
        return tabled(exchange.request, rows, columns=_DUE, position=position)
    return answered(exchange.request, found, position=position)


def _due(each: KeptCase) -> dict[str, Any]:
    kept = {} if each.kept is None else as_json(each.kept)
    return {**kept, **as_json(each)}


def _erasures(exchange: Exchange) -> Response:
    """Each erasure and each disposal, those first that were proposed first, and how it stands.

    It is proposed, approved, begun or carried out, or was refused because of cases on hold.
    """
    allow(exchange.service, exchange.principal, "registers.erasures")
    service = exchange.service
    found = erasures_then(service.views, service.ledger.store, exchange.when().then)
    position = found.up_to_date.position
    if wants_csv(exchange):
        rows = (
            {**as_json(each.row), "erasure_id": str(each.erasure_id), "stands": each.stands}
            for each in found.erasures
        )
        return tabled(exchange.request, rows, columns=_ERASED, position=position)
    return answered(exchange.request, found, position=position)


def _erasure(exchange: Exchange) -> Response:
    """On what authority an erasure or a disposal rests, what it takes, who proposed and approved it, how far it is.

    `certificate` is there once it was carried out: what was destroyed, and until when backups can still be read. Cases
    from which whoever asks stepped back are left out.
    """
    service = exchange.service
    erasure_id = uuid_of(exchange.request.path_params["erasure_id"])
    allow(service, exchange.principal, "registers.erasures", about=f"erasure/{erasure_id}")
    when = exchange.when()
    entries = _asked_for(service, erasure_id, when.then)
    erasure, last = erasure_of(service.ledger, erasure_id, when.then), entries[-1].entry
    left = cases_left_by(service.views, exchange.principal.people)
    done = [each.entry.fact for each in entries if isinstance(each.entry.fact, ErasureCarriedOut)]
    shown = ErasureShown(
        erasure_id,
        last.version,
        erasure.authority,
        erasure.party,
        tuple(reference_of(each) for each in sorted(erasure.whole_cases - left)),
        erasure.proposed_by,
        erasure.approved_by,
        erasure.begun,
        tuple(reference_of(each) for each in erasure.refused if each not in left),
        as_json(done[0]) if done else None,
    )
    tag = None if when.is_past else str(last.version)
    return answered(exchange.request, shown, tag=tag, position=last.position)


def _values(exchange: Exchange) -> Response:
    """On which instrument an erasure rests, in words, why it was proposed, and the receipt of the archives.

    These are sealed: who reads them and why (`Audit-Reason`) is recorded before they are opened.
    """
    service, principal = exchange.service, exchange.principal
    erasure_id = uuid_of(exchange.request.path_params["erasure_id"])
    stream = f"erasure/{erasure_id}"
    named = erasure_of(service.ledger, erasure_id).whole_cases
    relations = _left(service, principal, named)
    allow(service, principal, "registers.erasures", relations, about=stream)
    words, then = exchange.reason_to_read(), exchange.when().then
    _asked_for(service, erasure_id, then)
    (read,) = exchange.opened(Reading((stream,), words, then=then))
    shown = (entry_shown(each, opened=True) for each in then.of(read))
    found = ErasureWords(erasure_id, tuple(each for each in shown if each.personal))
    return answered(exchange.request, found, opened=True)


def _left(service: Service, principal: Principal, cases: Iterable[UUID]) -> frozenset[Relation]:
    """How what is about several cases stands to whoever asks: they stepped back from one, or it is nobody's."""
    known = (case_of(service.ledger, each) for each in cases)
    left = any(principal.people & case.moves.recused for case in known)
    return frozenset({"recused"}) if left else NOTHING


def _archives(exchange: Exchange) -> Response:
    """What the archives get and do not have yet; that it was opened for them is recorded before."""
    service, request, principal = exchange.service, exchange.request, exchange.principal
    erasure_id = uuid_of(request.path_params["erasure_id"])
    erasure = erasure_of(service.ledger, erasure_id)
    relations = _left(service, principal, erasure.to_be_archived)
    allow(service, principal, "erasure.archives", relations, about=f"erasure/{erasure_id}")
    _asked_for(service, erasure_id)
    exchange.before_opening()
    part = for_archives(service.ledger, erasure, actor=principal.actor)
    service.projector.nudge()
    headers = {"ETag": f'"{part.digest}"', **named(f"archives-{erasure_id}.jsonl")}
    return unchanged(request, headers) or Response(part.raw, 200, headers, LINES)


def _asked_for(service: Service, erasure_id: UUID, then: Then = NOW) -> list[ReadEntry]:
    entries = service.ledger.read(f"erasure/{erasure_id}")
    if not entries:
        raise EdgeProblem("not-found", f"No erasure {erasure_id} was asked for: check its id.")
    entries = then.of(entries)
    if not entries:
        raise EdgeProblem(
            "not-found", f"Nothing was known of {erasure_id} then: ask about a later instant."
        )
    return entries
