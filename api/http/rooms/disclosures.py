"""Disclosures over HTTP: how one stands, slot by slot, what happened on it, and its index."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from starlette.responses import Response

from api.http.answering.answers import answered, tabled
from api.http.exchanges import Exchange, When
from api.http.reading.reads import (
    AS_OF,
    KNOWN_AT,
    add_read,
    is_whole,
    parameter,
    wants_csv,
)
from api.http.refusing.problems import EdgeProblem, sentence_in
from api.http.refusing.ways import said_over_http
from api.http.rooms.trails import LANGUAGE, TRAIL_COLUMNS, language_asked, without_concealed
from api.http.routing.routes import Routes
from api.http.standing import allow, relations_to_stream
from api.verbs.disclosures.asked_of import entries_then, is_published
from ledger.entry import Entry
from ledger.errors import DisclosureNotFound, InvalidCommand
from ledger.personal.opening import Reading
from ledger.registers.disclosures import STREAM
from ledger.registers.disclosures.state import Disclosure
from projections.answers import as_json
from projections.disclosures.dossier import as_authorised, dossier
from projections.disclosures.index import WithholdingIndex, columns, withholding_index
from projections.disclosures.index_lines import IndexAudience
from projections.disclosures.standing import (
    DifferenceNow,
    DisclosureNow,
    DocumentNow,
    ProposalNow,
    SlotNow,
    differences,
    documents,
    now,
    proposals,
    slots,
    waits_for,
)
from projections.one_case.trail import entries_of, trail

_ONE = "/disclosures/{disclosure_id}"
_RELEASE = parameter(
    "release", "The number of a release, as it was issued then; what stands now if left out.",
    kind="integer", example=1,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class DisclosureFile:
    """A disclosure as it stands: in figures, and each slot, document, proposal and difference; no personal values.

    `waits_for` says why it cannot be released yet.
    """

    disclosure: DisclosureNow
    version: int
    waits_for: str | None
    slots: tuple[SlotNow, ...]
    documents: tuple[DocumentNow, ...]
    proposals: tuple[ProposalNow, ...]
    differences: tuple[DifferenceNow, ...]


@dataclass(frozen=True, slots=True)
class DisclosureTrail:
    """What happened on a disclosure, in sentences; personal fields are named in `concealed` and left out."""

    disclosure_id: UUID
    language: str
    trail: tuple[Mapping[str, Any], ...]


def disclosure_routes() -> Routes:
    """Every read of one disclosure."""
    routes = Routes(prefix="/v1", tag="Disclosures")
    missing = ("disclosure-not-found",)
    instants = (KNOWN_AT, AS_OF)
    add_read(
        routes,
        _ONE,
        _file,
        act="disclosure.read",
        shape=DisclosureFile,
        summary="A disclosure as it stands, slot by slot, and what it waits for; no personal values",
        query=instants,
        problems=missing,
    )
    add_read(
        routes,
        _ONE + "/trail",
        _trail,
        act="disclosure.read",
        shape=DisclosureTrail,
        summary="What happened on a disclosure, in sentences that cite their entries",
        query=(*instants, LANGUAGE),
        problems=missing,
        csv=True,
    )
    add_read(
        routes,
        _ONE + "/index",
        _notice,
        act="disclosure.read",
        shape=WithholdingIndex,
        summary="The withholding index as codes at their sites, without its reasons",
        query=(_RELEASE, LANGUAGE, *instants),
        problems=(*missing, "not-found"),
        csv=True,
    )
    for audience, read in (("applicant", _schedule), ("regulator", _whole_record)):
        add_read(
            routes,
            f"{_ONE}/index/{audience}",
            read,
            act="disclosure.values",
            shape=WithholdingIndex,
            summary=f"The withholding index for the {audience}; that its reasons were read is recorded",
            query=(_RELEASE, LANGUAGE, *instants),
            problems=(*missing, "not-found", "malformed-request"),
            csv=True,
            opened=True,
        )
    return routes


def uuid_in_path(exchange: Exchange, name: str) -> UUID:
    try:
        return UUID(exchange.request.path_params[name])
    except ValueError as error:
        raise InvalidCommand(f"{name}: a UUID, as you were given it.") from error


def known_disclosure(exchange: Exchange, act: str) -> UUID:
    """The disclosure that is asked about, where whoever asks may; the refusal is on record where they may not."""
    service, principal = exchange.service, exchange.principal
    disclosure_id = uuid_in_path(exchange, "disclosure_id")
    stream = f"{STREAM}/{disclosure_id}"
    relations = relations_to_stream(service, principal, stream)
    allow(service, principal, act, relations, about=stream)
    if not service.ledger.read(stream, upto_version=1):
        raise DisclosureNotFound("No such disclosure is in this ledger: check its id.")
    return disclosure_id


def _counting(exchange: Exchange, disclosure_id: UUID, when: When) -> list[Entry]:
    entries = entries_then(exchange.service.ledger, disclosure_id, when.then)
    if not entries:
        raise DisclosureNotFound(
            "Nothing was known of this disclosure then: ask about a later instant."
        )
    return entries


def _file(exchange: Exchange) -> Response:
    """In figures, then each slot, document, proposal of the finder and difference to a release before; no values.

    `waits_for` says what stands in the way of its release. The ETag is what its commands take as `If-Match`.
    """
    disclosure_id, when = known_disclosure(exchange, "disclosure.read"), exchange.when()
    entries = _counting(exchange, disclosure_id, when)
    known = dossier(entries)
    version = entries[-1].version
    shown = DisclosureFile(
        now(disclosure_id, known),
        version,
        _waits_for(exchange, disclosure_id, known.state, when),
        slots(known.state),
        documents(known.state),
        proposals(known.state),
        differences(known.state),
    )
    tag = None if when.is_past else str(version)
    return answered(exchange.request, shown, tag=tag, position=entries[-1].position)


def _waits_for(
    exchange: Exchange, disclosure_id: UUID, state: Disclosure, when: When
) -> str | None:
    """What is to be done next, in the language of whoever asks, by the addresses at which it is done."""
    language = exchange.in_words()
    found = waits_for(
        state,
        exchange.service.in_force().policy.office.currency,
        days=exchange.service.days(),
        published=is_published(exchange.service.ledger, disclosure_id, state, when.then),
        language=language,
        refused_in=partial(sentence_in, language=language),
    )
    return None if found is None else said_over_http(found, language)


def _trail(exchange: Exchange) -> Response:
    """What happened on a disclosure, a sentence an entry, in English or French.

    Each sentence cites its entry by position and digest; personal fields are named in `concealed` and left out.
    """
    disclosure_id, when = known_disclosure(exchange, "disclosure.read"), exchange.when()
    _counting(exchange, disclosure_id, when)
    language = language_asked(exchange)
    lines = trail(
        entries_of(exchange.service.ledger.store, f"{STREAM}/{disclosure_id}"),
        policies=exchange.service.policies(),
        language=language,
        known_at=when.known_at,
        as_of=when.as_of,
    )
    position = max(each.position for each in lines)
    if wants_csv(exchange):
        rows = (as_json(line) for line in lines)
        return tabled(exchange.request, rows, columns=TRAIL_COLUMNS, position=position)
    shown = tuple(without_concealed(line) for line in lines)
    found = DisclosureTrail(disclosure_id, language, shown)
    return answered(exchange.request, found, position=position)


def _notice(exchange: Exchange) -> Response:
    """What is withheld, where, and under which exemption, as the notice beside a release has it: no values, no reasons.

    With `release` as that one was authorised, else as it stands now. A number is of the same line for every audience.
    """
    disclosure_id = known_disclosure(exchange, "disclosure.read")
    entries = _counting(exchange, disclosure_id, exchange.when())
    return _index(exchange, disclosure_id, entries, "notice")


def _schedule(exchange: Exchange) -> Response:
    """What is withheld, described as far as the applicant may see it, and what each exemption protects.

    Its words are sealed: who reads them and why (`Audit-Reason`) is recorded before they are opened.
    """
    return _opened(exchange, "applicant")


def _whole_record(exchange: Exchange) -> Response:
    """What is withheld, described in full, with how each was decided, by whom, and how it was treated before.

    For the regulator or a court. Its words are sealed: who reads them and why (`Audit-Reason`) is recorded before they
    are opened.
    """
    return _opened(exchange, "regulator")


def _opened(exchange: Exchange, audience: IndexAudience) -> Response:
    """An index whose reasons are read from what is sealed, which is recorded before."""
    disclosure_id = known_disclosure(exchange, "disclosure.values")
    words = exchange.reason_to_read()
    then = exchange.when().then
    _counting(exchange, disclosure_id, exchange.when())
    reading = Reading((f"{STREAM}/{disclosure_id}",), words, "disclosure", then=then)
    (read,) = exchange.opened(reading)
    return _index(exchange, disclosure_id, [each.entry for each in read], audience)


def _index(
    exchange: Exchange, disclosure_id: UUID, entries: list[Entry], audience: IndexAudience
) -> Response:
    number = _number(exchange)
    known = dossier(entries)
    release_id = None
    if number is not None:
        numbered = {each.number: key for key, each in known.state.releases.items()}
        release_id = numbered.get(number)
        if release_id is None:
            raise EdgeProblem(
                "not-found",
                f"No release {number} of this disclosure was made: it has {len(numbered)}.",
            )
        known = as_authorised(entries, release_id)
    found = withholding_index(
        known,
        exchange.service.policies(),
        disclosure_id=disclosure_id,
        audience=audience,
        release_id=release_id,
        language=language_asked(exchange),
    )
    opened, position = audience != "notice", entries[-1].position
    if wants_csv(exchange):
        heads = columns(audience)
        return tabled(exchange.request, found.lines, columns=heads, opened=opened)
    return answered(exchange.request, found, position=position, opened=opened)


def _number(exchange: Exchange) -> int | None:
    said = exchange.request.query_params.get("release")
    if said is None:
        return None
    if not is_whole(said, digits=9):
        raise InvalidCommand("release: give the number of a release.")
    return int(said)
