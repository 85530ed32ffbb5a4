"""What goes wrong, each as it is told to whoever asked in vain; of an outcome that is not known, its own sentence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import count
from typing import Any

import httpx
import orjson
from starlette.types import Receive, Scope, Send

from api.http import create_app
from api.http.app import DIALECTS
from api.http.refusing.problems import problem
from api.http.serving.middleware import Outermost
from ledger.errors import OutcomeUnknown
from ledger.ids import case_stream
from ledger.store.sqlite.ledger import SqliteLedgerStore
from tests.api.command_line import tampered
from tests.examples.asking import Office
from tests.examples.casework import DIRECTS, INTAKE, LEADS_INTAKE, ROADS
from tests.examples.systems import FOLLOWS
from tests.writer.no_room import full

NOWHERE = "019de001-4c00-7000-8000-000000000001"
_CASES = "/v1/cases"
_RECORDED = 201
_WORDS = 10_000
"""So long that no page of the database has room for it."""


def troubles(office: Office, key: str, case: str) -> dict[str, Any]:
    """Problems by their codes, and errors of protocols by their names; `case` is worked, `key` a system's."""
    heard = [
        *_refused(office, case),
        *_bounded(office),
        *_of_protocols(office, key),
        *_full(office, key),
        *_broken(office),
    ]
    unheard = orjson.loads(problem(OutcomeUnknown(), language="en").body)
    return {
        OutcomeUnknown.code: unheard,
        **{name: answer.text if name.endswith("xml") else answer.json() for name, answer in heard},
    }


def troubles_at_last(office: Office, case: str, other: str) -> dict[str, Any]:
    """The same where the calendars have ended, and after somebody laid hands on the files of two cases."""
    said = office.example_of("POST", _CASES)
    beyond = office.ask("POST", _CASES, by=INTAKE, json=said, headers=office.key())
    changed = """state = CAST(replace(CAST(state AS TEXT), '"phone"', '"letter"') AS BLOB)"""
    return {
        "beyond-calendar": beyond.json(),
        "integrity-failure": _where_changed(office, other, changed).json(),
        "unreadable-entry": _where_changed(office, case, "topic = 'CaseOfTomorrow'").json(),
    }


def _where_changed(office: Office, case: str, change: str) -> httpx.Response:
    """What is told of a case whose first entry was changed where it lies."""
    ledger = office.service.ledger
    opened, *_ = ledger.read(case_stream(ledger.find_case(case.rpartition("/")[2])))
    tampered(office.home, f"UPDATE entries SET {change} WHERE rowid = {opened.entry.position}")
    return office.ask("GET", case, by=FOLLOWS)


def _refused(office: Office, case: str) -> Iterator[tuple[str, httpx.Response]]:
    """What is refused as it is asked."""

    def read(path: str, *, by: str | None) -> httpx.Response:
        return office.ask("GET", path, by=by)

    def write(path: str, said: Mapping[str, Any] | bytes, **headers: str) -> httpx.Response:
        sent: dict[str, Any] = {"content": said} if isinstance(said, bytes) else {"json": said}
        return office.ask("POST", path, by=ROADS, headers=headers, **sent)

    opening, key = office.example_of("POST", _CASES), {"Idempotency_Key": "in vain"}
    unknown = {**opening, "region": 7, "colour": "red"}
    correction = {"corrects": 999, "values": {"region": "WES"}, "reason": "Heard wrongly."}
    resolution = office.example_of("POST", f"{case}/resolve")
    yield from {
        "unauthenticated": read("/v1/board", by=None),
        "not-authorised": read("/v1/accesses", by=ROADS),
        "not-found": read("/v1/entries/999999999", by=FOLLOWS),
        "case-not-found": read("/v1/cases/7ZK3Q-0M9TB-R", by=ROADS),
        "party-not-found": read(f"/v1/parties/{NOWHERE}", by=INTAKE),
        "disclosure-not-found": read(f"/v1/disclosures/{NOWHERE}", by=LEADS_INTAKE),
        "malformed-request": write(_CASES, opening),
        "invalid-command": write(_CASES, unknown, **key),
        "invalid-policy": office.ask(
            "POST", "/v1/policies", by=DIRECTS, json={"toml": "office = 7"}, headers=key
        ),
        "unsupported-media-type": write(_CASES, b"channel=phone", Content_Type="text/csv", **key),
        "unlawful-transition": write(f"{case}/accept", {}, If_Match="*", **key),
        "refused": write(f"{case}/correct", correction, If_Match="*", **key),
        "precondition-required": write(f"{case}/resolve", resolution, **key),
        "version-conflict": write(f"{case}/resolve", resolution, If_Match='"1"', **key),
    }.items()


def _bounded(office: Office) -> Iterator[tuple[str, httpx.Response]]:
    """What asks for too much, of the same service under smaller bounds."""

    def under(**bounds: float) -> Any:
        service = office.service
        return create_app(replace(service, settings=service.settings.model_copy(update=bounds)))

    long = b"{" + b" " * 1_100_000
    yield (
        "body-too-large",
        office.ask("POST", _CASES, by=INTAKE, content=long, headers=office.key()),
    )
    yield "timed-out", office.ask("GET", "/v1/board", by=ROADS, app=under(timeout_seconds=0.0))
    yield (
        "too-many-requests",
        office.ask("GET", "/v1/feed/events", by=FOLLOWS, app=under(streams=0)),
    )


_NO_ROOM = 503


def _full(office: Office, key: str) -> Iterator[tuple[str, httpx.Response]]:
    """What cannot be written, as long as there is no room on the disk."""
    store = office.service.ledger.store
    assert isinstance(store, SqliteLedgerStore)
    long = {"description": "A hole. " * _WORDS}
    body = {**office.example_of("POST", _CASES), "answers": long}
    new = {**office.example_of("POST", "/scim/v2/Users"), "userName": "R-10"}
    with full(store._writer):
        yield (
            "ledger-unavailable",
            office.ask("POST", _CASES, by=INTAKE, json=body, headers=office.key()),
        )
        for form in ("json", "xml"):
            yield f"open311-503-{form}", _sent_until_full(office, key, form)
        yield "scim-503", _joined_until_full(office, key, new)


def _joined_until_full(office: Office, key: str, new: dict[str, Any]) -> httpx.Response:
    """Users of the directory's system, until none can be written: one is smaller than what there was no room for."""
    scim = {"Content-Type": "application/scim+json"}
    numbers = count(10)
    while True:
        said = {**new, "userName": f"R-{next(numbers)}"}
        answer = office.ask("POST", "/scim/v2/Users", by=key, json=said, headers=scim)
        if answer.status_code == _NO_ROOM:
            return answer


def _sent_until_full(office: Office, key: str, form: str) -> httpx.Response:
    """Requests of the city, until none can be written."""
    path = f"/open311/v2/requests.{form}"
    said = {**office.example_of("POST", path), "api_key": key, "description": "A hole. " * 480}
    numbers = count(1)
    while True:
        place = {"address_string": f"{next(numbers)} Mill Lane, by {form}"}
        answer = office.ask("POST", path, data={**said, **place})
        if answer.status_code != _RECORDED:
            return answer


def _broken(office: Office) -> Iterator[tuple[str, httpx.Response]]:
    """A defect, in the layer that meets it."""

    async def defective(_scope: Scope, _receive: Receive, _send: Send) -> None:
        raise RuntimeError("a defect")

    service = office.service
    outermost: Any = Outermost(defective, service.settings, service.metrics, dialects=DIALECTS)
    for name, path in (
        ("defect", "/v1/board"),
        ("open311-500-json", "/open311/v2/services.json"),
        ("open311-500-xml", "/open311/v2/services.xml"),
        ("scim-500", "/scim/v2/Users"),
    ):
        yield name, office.ask("GET", path, app=outermost)


def _of_protocols(office: Office, key: str) -> Iterator[tuple[str, httpx.Response]]:
    """The errors of GeoReport and of SCIM, each in the words of its protocol."""
    for form in ("json", "xml"):
        requests = f"/open311/v2/requests.{form}"
        yield f"open311-400-{form}", office.ask("GET", f"{requests}?status=lying")
        yield f"open311-403-{form}", office.ask("POST", requests, data={"service_code": "RDW-POT"})
        yield f"open311-404-{form}", office.ask("GET", f"/open311/v2/services/NONE.{form}")
    users, scim = "/scim/v2/Users", {"Content-Type": "application/scim+json"}
    known = {**office.example_of("POST", users), "userName": "R-03"}
    yield "scim-400", office.ask("GET", f"{users}?filter=active eq true", by=key)
    yield "scim-401", office.ask("GET", users)
    yield "scim-403", office.ask("GET", users, by=ROADS)
    yield "scim-404", office.ask("GET", f"{users}/Q-99", by=key)
    yield "scim-409", office.ask("POST", users, by=key, json=known, headers=scim)
    long = b"{" + b" " * 1_100_000
    yield "scim-413", office.ask("POST", users, by=key, content=long, headers=scim)
