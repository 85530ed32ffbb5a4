"""Other systems beside the office: one that is told, one that keeps the directory, applications of the city."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from api.http.identity.keys import new_key
from api.http.scim.users import USER
from api.machines import machine
from ledger.ids import case_stream
from ledger.registers.integrations.api_keys import IssueApiKey
from ledger.registers.integrations.webhooks import GiveUpDelivery
from tests.examples.asking import Office, done
from tests.examples.casework import LEADS_INTAKE, ROADS
from tests.ledgers import DIRECTOR

WATCH = "watch"
CITY = "city"
FOLLOWS = "A-01"
_SCIM = {"Content-Type": "application/scim+json"}
_OPEN311 = "/open311/v2"


def systems(office: Office) -> str:
    """What all of them ask; the id of the subscription of one."""
    hook = _told(office)
    key = key_of(office, CITY)
    _directory(office, key)
    for form in ("json", "xml"):
        _geo_report(office, key, form)
    return hook


def key_of(office: Office, member: str) -> str:
    """A key that the director issues to a system."""
    ledger = office.service.ledger
    key_id = ledger.new_id()
    key, digest = new_key(key_id)
    until = office.clock() + timedelta(days=3_000)
    issued = IssueApiKey(
        key_id=key_id, member=member, scopes=("*",), expires_at=until, digest=digest
    )
    ledger.handle(issued, actor=DIRECTOR)
    return key


def _told(office: Office) -> str:
    """A system subscribes; the receiver of another subscription is moved, held back and ended."""
    hook: str = office.did("/v1/webhooks", by=WATCH)["webhook_id"]
    other = office.did("/v1/webhooks", by=WATCH)["webhook_id"]
    at = f"/v1/webhooks/{other}"
    office.did(f"{at}/move", {"url": "https://crm.example/hooks/new"}, by=WATCH)
    office.did(f"{at}/renew-secret", by=WATCH)
    office.did(f"{at}/pause", by=WATCH)
    office.did(f"{at}/resume", by=WATCH)
    _given_up(office, other)
    office.did(f"{at}/deliver-again", by=WATCH)
    done(office.ask("DELETE", at, by=WATCH, headers=office.key()))
    _given_up(office, hook)
    return hook


def _directory(office: Office, key: str) -> None:
    """An identity system looks people up, proposes somebody, and says who has left."""
    users = "/scim/v2/Users"
    for path in ("/ServiceProviderConfig", "/ResourceTypes", "/ResourceTypes/User", "/Schemas"):
        office.read(f"/scim/v2{path}", by=key)
    office.read(f"/scim/v2/Schemas/{USER}", by=key)
    office.read(f'{users}?filter=userName eq "R-02"', by=key)
    office.read(f"{users}/R-02", by=key)
    for method, path in (("POST", users), ("PUT", f"{users}/R-09"), ("PATCH", f"{users}/N-04")):
        example = office.example_of(method, path)
        done(office.ask(method, path, by=key, headers=_SCIM, json=example))
    done(office.ask("DELETE", f"{users}/R-09", by=key))


def _geo_report(office: Office, key: str, form: str) -> None:
    """An application of the city sends a request, adds to it, and looks how it stands."""
    place = {"api_key": key, "address_string": f"7 Mill Lane, by {form}"}
    (sent,) = _sent(office, "requests.json", place)
    request = sent["service_request_id"]
    _sent(office, f"requests.{form}", {**place, "description": "Another hole"})
    update = {"api_key": key, "service_request_id": request, "update_id": form}
    _sent(office, f"servicerequestupdates.{form}", update)
    (unclear,) = _sent(office, "requests.json", {**place, "service_code": "GEN-ENQ"})
    for path in (
        f"{_OPEN311}/services",
        f"{_OPEN311}/services/RDW-POT",
        f"{_OPEN311}/requests",
        f"{_OPEN311}/requests/{request}",
        f"{_OPEN311}/tokens/{unclear['token']}",
        f"{_OPEN311}/servicerequestupdates",
        "/open311/discovery",
        f"{_OPEN311}/discovery",
    ):
        office.read(f"{path}.{form}", by=None)


def _sent(office: Office, path: str, said: Mapping[str, str]) -> Any:
    """What a form is answered with, the example of its description with this said otherwise."""
    where = f"{_OPEN311}/{path}"
    body = {**office.example_of("POST", where), **said}
    answer = done(office.ask("POST", where, data=body))
    return answer.json() if path.endswith("json") else None


def followed(office: Office, reference: str) -> int:
    """Two systems follow the log from a case's opening on, page by page and as it comes; where that stands."""
    ledger = office.service.ledger
    first, *_ = ledger.read(case_stream(ledger.find_case(reference)))
    after = first.entry.position - 1
    office.read(f"/v1/feed?after={after}&limit=2", by=FOLLOWS)
    for path in ("/v1/feed", "/v1/feed/events"):
        office.follow(f"{path}?after={after}", by=FOLLOWS, accept="text/event-stream")
    return first.entry.position


def looks(office: Office) -> None:
    """Questions that take a body, and a login."""
    why = {"Audit_Reason": "A caller without a number"}
    for path, by, headers in (
        ("/v1/people/search", LEADS_INTAKE, why),
        ("/v1/forms/RDW-POT/check", ROADS, {}),
        ("/demo/login", None, {}),
    ):
        body = office.example_of("POST", path)
        done(office.ask("POST", path, by=by, headers=headers, json=body))


def _given_up(office: Office, hook: str) -> None:
    """A receiver refused an entry until it was given up."""
    ledger = office.service.ledger
    (entry,) = ledger.entries(after=office.tip - 1)
    given_up = GiveUpDelivery(
        webhook_id=UUID(hook),
        entry=entry.position,
        about=entry.stream,
        attempts=14,
        refused_since=office.clock.at,
        status=410,
    )
    ledger.handle(given_up, actor=machine("courier"))
