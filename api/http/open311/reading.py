"""Reading by GeoReport: services, requests, tokens and updates, as far as the policy lets anybody see them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from itertools import islice
from typing import Any
from uuid import UUID

from starlette.responses import Response

from api.http.open311.asking import Asked
from api.http.open311.errors import NothingThere
from api.http.open311.intake import SOURCE
from api.http.open311.requests import shown_request, shown_update, stamped
from api.http.open311.services import definition, offered, services
from api.http.standing import allow, case_named, relations_to_case
from ledger.case.intake.opening import CaseOpened
from ledger.errors import CaseNotFound, InvalidCommand
from ledger.facts import Fact
from ledger.ids import case_stream, reference_of
from projections.public.requests import PublicRequest, Sought, requests_of, sought_requests
from projections.public.updates import Since, public_updates

SPECIFICATION = "http://wiki.open311.org/GeoReport_v2"
ENDPOINT = "/open311/v2"
IDS_AT_MOST = 100
PAGE_AT_MOST, UPDATES_AT_MOST = 1_000, 200
_PAGES_AT_MOST = 1_000_000
_UPDATE_PAGES = 10
"""Each page is told from the log anew: who wants more goes on from the time of the last one."""
_SPAN, _MOMENT = timedelta(days=90), timedelta(microseconds=1)
_STATES = ("open", "closed")


def discovery(asked: Asked) -> Response:
    """Where GeoReport is spoken here, in which forms, and since when what it offers is as it is."""
    zone = asked.version.compiled.calendars.days_of(asked.policy.office.zone).zone
    changeset = stamped(_changed_at(asked), zone)
    terms = asked.policy.open311
    endpoint = {
        "specification": SPECIFICATION,
        "url": asked.service.settings.address(ENDPOINT),
        "changeset": changeset,
        "type": "production",
        "formats": ["text/xml", "application/json"],
    }
    said = {
        "changeset": changeset,
        "contact": terms.help,
        "key_service": terms.keys,
        "endpoints": [endpoint],
    }
    return asked.answered("discovery", said)


def service_list(asked: Asked) -> Response:
    """The request types that anybody may ask for."""
    return asked.answered("services", services(asked.policy, asked.language))


def service_definition(asked: Asked) -> Response:
    """What a service asks for besides GeoReport's own arguments."""
    code = asked.http.path_params["service_code"]
    return asked.answered("service_definition", definition(asked.policy, code, asked.language))


def request_list(asked: Asked) -> Response:
    """The requests of listed services, those made last first; by id also others, to whoever shows a key."""
    _catch_up(asked)
    if references := asked.arguments.several("service_request_id"):
        found = _by_reference(asked, references)
    else:
        found = sought_requests(asked.service.views, asked.service.ledger.store, _sought(asked))
    return asked.answered("service_requests", _requests_shown(asked, found))


def one_request(asked: Asked) -> Response:
    """How one request stands."""
    _catch_up(asked)
    reference = asked.http.path_params["service_request_id"]
    try:
        found = _by_reference(asked, (reference,))
    except InvalidCommand:
        found = []
    if not found:
        raise CaseNotFound(
            "No such service_request_id is here for anybody to see: check it, and send the api_key by "
            "which it was made."
        )
    return asked.answered("service_requests", _requests_shown(asked, found))


def request_of_token(asked: Asked) -> Response:
    """The reference of the request that was answered with a token."""
    token = asked.http.path_params["token"]
    ledger = asked.service.ledger
    try:
        command_id = UUID(token)
    except ValueError:
        command_id = None
    stream = None if command_id is None else ledger.stream_of_command(command_id)
    first = ledger.read(stream, upto_version=1) if stream and stream.startswith("case/") else []
    opened = first[0].entry if first else None
    if opened is None or opened.context.command_id != command_id or not _came_so(opened.fact):
        raise NothingThere("No such token was issued here: check it.")
    said = {"service_request_id": reference_of(opened.subject_id), "token": token}
    return asked.answered("service_requests", [said])


def _came_so(fact: Fact) -> bool:
    """Whether a case came by GeoReport: the ids of other commands can be worked out by whoever guesses their keys."""
    return isinstance(fact, CaseOpened) and fact.source == SOURCE


def update_list(asked: Asked) -> Response:
    """What changed on the requests of listed services, that which was recorded first first."""
    _catch_up(asked)
    begins_at, ends_at = _between(asked, "start_date", "end_date")
    size = asked.arguments.whole("page_size", unless_said=UPDATES_AT_MOST, at_most=UPDATES_AT_MOST)
    page = asked.arguments.whole("page", unless_said=1, at_most=_UPDATE_PAGES)
    found = public_updates(
        asked.service.views,
        asked.service.ledger.store,
        Since(_listed(asked), begins_at, ends_at + _MOMENT),
        version=asked.version,
        language=asked.language,
    )
    shown = [
        shown_update(each, asked.version) for each in islice(found, (page - 1) * size, page * size)
    ]
    return asked.answered("service_requests_updates", shown)


def _changed_at(asked: Asked) -> datetime:
    """When what is offered became as it is: when its policy was published, or took effect if that was later."""
    ledger, version = asked.service.ledger, asked.version
    published = ledger.read(f"policy/{ledger.policy_id}")[version.number - 1]
    return max(published.entry.context.known_at, version.effective_from)


def _catch_up(asked: Asked) -> None:
    """Whoever has just sent a request finds it."""
    asked.service.projector.catch_up(seconds=asked.service.settings.wait_seconds)


def _requests_shown(asked: Asked, found: Collection[PublicRequest]) -> list[dict[str, Any]]:
    return [
        shown_request(each, asked.version, at=asked.at, language=asked.language) for each in found
    ]


def _listed(asked: Asked) -> tuple[str, ...]:
    """The types whose cases anybody may list, of those that are asked for."""
    terms = asked.policy.open311.services
    codes = asked.arguments.several("service_code")
    for code in codes:
        offered(asked.policy, code)
    return tuple(sorted(code for code in codes or terms if terms[code].listed))


def _sought(asked: Asked) -> Sought:
    arguments = asked.arguments
    states = arguments.several("status") or _STATES
    if any(state not in _STATES for state in states):
        raise InvalidCommand("status: send open, closed, or both.")
    updated_from, updated_to = (
        arguments.instant("updated_after"),
        arguments.instant("updated_before"),
    )
    dated = "start_date" in arguments.plain or "end_date" in arguments.plain
    anytime = not dated and (updated_from or updated_to)
    received = (None, None) if anytime else _between(asked, "start_date", "end_date")
    size = arguments.whole("page_size", unless_said=PAGE_AT_MOST, at_most=PAGE_AT_MOST)
    page = arguments.whole("page", unless_said=1, at_most=_PAGES_AT_MOST)
    return Sought(
        _listed(asked),
        open=None if set(states) == {*_STATES} else states[0] == "open",
        received_from=received[0],
        received_to=received[1],
        updated_from=updated_from,
        updated_to=updated_to,
        limit=size,
        offset=(page - 1) * size,
    )


def _between(asked: Asked, first: str, last: str) -> tuple[datetime, datetime]:
    """The times asked about: 90 days at most, the last ones unless something else is said."""
    begins_at, ends_at = asked.arguments.instant(first), asked.arguments.instant(last)
    ends_at = ends_at or (asked.at if begins_at is None else begins_at + _SPAN)
    begins_at = begins_at or ends_at - _SPAN
    if begins_at > ends_at:
        raise InvalidCommand(f"{first} is after {last}: send them the other way round.")
    if ends_at - begins_at > _SPAN:
        raise InvalidCommand(
            f"{first} and {last} are more than {_SPAN.days} days apart: ask for less at once."
        )
    return begins_at, ends_at


def _by_reference(asked: Asked, references: tuple[str, ...]) -> list[PublicRequest]:
    """Those of the requests that whoever asks may see; InvalidCommand for what is no reference."""
    if len(references) > IDS_AT_MOST:
        raise InvalidCommand(
            f"{len(references)} times service_request_id are too many: send {IDS_AT_MOST} at most."
        )
    case_ids: list[UUID] = []
    for reference in references:
        try:
            case_ids.append(case_named(asked.service, reference))
        except CaseNotFound:
            continue
    found = requests_of(asked.service.views, asked.service.ledger.store, case_ids)
    return [each for each in found if not each.row.disposed and _may_see(asked, each)]


def _may_see(asked: Asked, found: PublicRequest) -> bool:
    """Anybody may see the requests of listed services; others who shows a key that may ask how a case stands."""
    service = asked.policy.open311.services.get(found.row.request_type or "")
    if service is not None and service.listed:
        return True
    if not asked.shows_key:
        return False
    principal = asked.principal()
    relations = relations_to_case(asked.service, principal, found.case_id)
    allow(asked.service, principal, "case.status", relations, about=case_stream(found.case_id))
    return True
