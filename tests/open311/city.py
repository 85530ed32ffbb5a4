"""A city's endpoint for tests: a served office that offers services, and applications that speak GeoReport to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from typing import Any

import httpx
from lxml import etree  # pyright: ignore[reportAttributeAccessIssue] (lxml ships no types)

from api.http.identity.keys import new_key
from ledger.case.contact.contacts import NoteAdded
from ledger.case.intake.opening import CaseOpened
from ledger.ids import case_stream
from ledger.policy.document.policy import Policy
from ledger.policy.document.stored import document_of
from ledger.registers.integrations.api_keys import IssueApiKey
from ledger.sealing.reading import ReadEntry
from tests.api.http.served import Served
from tests.ledgers import DIRECTOR, INTAKE, office_policy, publish

V2 = "/open311/v2"
_PLACES = count(1)
LISTS = frozenset(
    {
        "attributes", "endpoints", "errors", "formats", "service_request_updates", "service_requests",
        "service_requests_updates", "services", "values",
    }
)  # fmt: skip
EXAMPLE = {
    "jurisdiction_id": "halifax.example",
    "service_code": "RDW-POT",
    "lat": "37.76524078",
    "long": "-122.4212043",
    "address_string": "1234 5th street",
    "email": "smit333@sfgov.edu",
    "device_id": "tt222111",
    "account_id": "123456",
    "first_name": "john",
    "last_name": "smith",
    "phone": "111111111",
    "description": "A large sinkhole is destroying the street",
    "media_url": "http://farm3.static.flickr.com/2002/2212426634_5ed477a060.jpg",
    "attribute[danger_now]": "false",
}
"""The request that the specification shows, with the attributes of our service."""


@dataclass(frozen=True)
class Application:
    """Software of somebody else, with a key or without, that sends forms and reads answers."""

    served: Served
    key: str | None

    def get(self, path: str, **query: str) -> httpx.Response:
        """What a read is answered with."""
        shown = {"api_key": self.key} if self.key else {}
        return self.served.client.get(f"{V2}/{path}", params={**shown, **query})

    def post(self, path: str, said: Mapping[str, Any], **headers: str) -> httpx.Response:
        """What a form is answered with."""
        shown = {"api_key": self.key} if self.key else {}
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.served.client.post(f"{V2}/{path}", data={**shown, **said}, headers=named)

    def sent(self, **said: str) -> str:
        """The id of a new request at a place of its own."""
        place = {"address_string": f"{next(_PLACES)} Mill Lane"}
        answer = self.post("requests.json", {**EXAMPLE, **place, **said})
        assert answer.status_code == 201, answer.text
        (request,) = answer.json()
        return str(request["service_request_id"])

    def one(self, request_id: str) -> dict[str, Any]:
        """How a request stands."""
        answer = self.get(f"requests/{request_id}.json")
        assert answer.status_code == 200, answer.text
        (request,) = answer.json()
        return request


def application(served: Served, *scopes: str, member: str = "city") -> Application:
    """An application to which the office has given a key for these acts."""
    ledger = served.service.ledger
    key_id = ledger.new_id()
    key, digest = new_key(key_id)
    ledger.handle(
        IssueApiKey(
            key_id=key_id,
            member=member,
            scopes=scopes or ("case.*",),
            expires_at=served.clock() + timedelta(days=3_000),
            digest=digest,
        ),
        actor=DIRECTOR,
    )
    return Application(served, key)


def with_open311(fields_besides: Mapping[str, Any] | None = None, **terms: Any) -> Policy:
    """The office's policy with these terms of Open311 over its own, and these fields besides its own."""
    document = document_of(office_policy())
    fields = {**document["fields"], **(fields_besides or {})}
    open311 = {**document["open311"], **terms}
    return Policy.model_validate({**document, "fields": fields, "open311": open311})


def offers(served: Served, policy: Policy) -> None:
    """From now on the office offers what this policy says."""
    publish(served.service.ledger, policy, effective_from=served.clock())


def entries(served: Served, request_id: str) -> list[ReadEntry]:
    """The entries of a request's case, personal values opened."""
    ledger = served.service.ledger
    stream = case_stream(ledger.find_case(request_id))
    return ledger.read_opened(stream, actor=INTAKE, purpose="a test looks", purpose_code="intake")


def opening(served: Served, request_id: str) -> CaseOpened:
    """How the case of a request was opened."""
    fact = entries(served, request_id)[0].entry.fact
    assert isinstance(fact, CaseOpened)
    return fact


def notes(served: Served, request_id: str) -> list[str]:
    """The notes on the case of a request."""
    facts = (each.entry.fact for each in entries(served, request_id))
    return [str(fact.text) for fact in facts if isinstance(fact, NoteAdded)]


def in_xml(answer: httpx.Response) -> Any:
    """What an XML answer says: lists of the children of `attributes`, `services` and so on, texts of the rest."""
    assert answer.headers["content-type"] == "text/xml; charset=utf-8"
    return _value(etree.fromstring(answer.content))


def _value(element: Any) -> Any:
    children = list(element)
    if element.tag in LISTS:
        return [_value(child) for child in children]
    if children:
        return {child.tag: _value(child) for child in children}
    return element.text
