"""Likely duplicates of a case: proposed with how alike they are, for a person to decide; the reading is recorded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from starlette.responses import Response

from api.http.answering.answers import answered
from api.http.exchanges import Exchange
from api.http.reading.reads import AS_OF, KNOWN_AT, add_read, is_whole, parameter
from api.http.rooms.case_shown import CaseNamed, known_case
from api.http.routing.routes import Routes
from api.shown.duplicates import Search, likely_duplicates
from ledger.errors import InvalidCommand
from ledger.ids import reference_of
from projections.comparing.likeness import Likeness

_NEAR = Search()
_DAYS, _DAYS_AT_MOST = "days", 36_525
_ALIKE, _WHOLLY = "at_least", 1_000


@dataclass(frozen=True, slots=True)
class LikeCase:
    """A case that may be of the same matter: how alike they are in thousandths, and by field."""

    reference: str
    case_id: UUID
    similarity: int
    by: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class LikeRecord:
    """A record that may be of the same person as the requester: how alike they are in thousandths, and by field."""

    party: UUID
    similarity: int
    by: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class DuplicatesShown:
    """What nobody has decided yet, the likest first: `link` decides of a case, `same-person` of a record.

    `compared` is with how many cases it was, `others` how many were left out, since whoever asks may not open them.
    """

    about: CaseNamed
    compared: int
    others: int
    cases: tuple[LikeCase, ...]
    requester: UUID | None
    records: tuple[LikeRecord, ...]


def duplicate_routes() -> Routes:
    """The one read."""
    routes = Routes(prefix="/v1", tag="Cases")
    within = (
        f"Cases of its type that came within so many days of it; {_NEAR.within.days} if left out."
    )
    alike = f"How much alike they must be, in thousandths; {_NEAR.at_least} if left out."
    add_read(
        routes,
        "/cases/{ref}/duplicates",
        _duplicates,
        act="case.duplicates",
        shape=DuplicatesShown,
        summary="Which cases may be of the same matter, and which records of the same person",
        query=(
            KNOWN_AT,
            AS_OF,
            parameter(_DAYS, within, kind="integer", example=_NEAR.within.days),
            parameter(_ALIKE, alike, kind="integer", example=_NEAR.at_least),
        ),
        problems=("case-not-found", "malformed-request", "refused"),
        opened=True,
    )
    return routes


def _duplicates(exchange: Exchange) -> Response:
    """What is compared is opened for it, and recorded as read: of the cases that whoever asks may open."""
    asked = known_case(exchange, "case.duplicates")
    ledger, when, words = exchange.service.ledger, asked.when, exchange.reason_to_read()
    search = Search(
        timedelta(days=_number(exchange, _DAYS, _NEAR.within.days, most=_DAYS_AT_MOST)),
        _number(exchange, _ALIKE, _NEAR.at_least, most=_WHOLLY),
    )
    entries = asked.counting(ledger.read(asked.stream))
    exchange.before_opening()
    found = likely_duplicates(
        ledger,
        exchange.service.views,
        asked.case_id,
        actor=exchange.principal.actor,
        purpose=words,
        search=search,
        at=when.at,
        then=when.then,
    )
    exchange.service.projector.nudge()
    shown = DuplicatesShown(
        asked.named(entries),
        found.compared,
        found.others,
        tuple(_case(each) for each in found.cases),
        found.requester,
        tuple(LikeRecord(each.other, each.similarity, each.by) for each in found.records),
    )
    return answered(exchange.request, shown, opened=True)


def _case(found: Likeness) -> LikeCase:
    return LikeCase(reference_of(found.other), found.other, found.similarity, found.by)


def _number(exchange: Exchange, name: str, otherwise: int, *, most: int) -> int:
    said = exchange.request.query_params.get(name, str(otherwise))
    if not is_whole(said, digits=5) or not 1 <= int(said) <= most:
        raise InvalidCommand(f"{name}: a whole number from 1 to {most}.")
    return int(said)
