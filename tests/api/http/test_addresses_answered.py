"""Addresses that are answered: relative, or where the office says that it is reached; never where a Host says."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin

import httpx
import pytest
from pydantic import ValidationError

from api.http import HttpSettings, create_app
from tests.api.http.served import Caller, Served, serving
from tests.api.scim.system import USERS, policy_with, system_of
from tests.ledgers import place_in

OUTSIDE = "https://ledger.office.example"
BELOW = f"{OUTSIDE}/ledger"
SOMEWHERE_ELSE = "nobodys-house.example:8080"


@pytest.fixture(scope="module", params=["", OUTSIDE, BELOW])
def reached_at(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Served, str]]:
    """An office that does not say where it is reached, one that does, and one that has no host of its own."""
    folder: Path = tmp_path_factory.mktemp("reached")
    said = f"{request.param}/" if request.param else None
    with serving(place_in(folder), policy=policy_with(system="hr"), public_url=said) as office:
        yield office, request.param


def asked(caller: Caller, method: str, path: str, said: object = None) -> httpx.Response:
    """What is answered to whoever writes another Host than they reached."""
    headers = {"Host": SOMEWHERE_ELSE, "Idempotency-Key": path}
    return caller.ask(method, path, headers=headers, json=said)


def test_every_address_begins_where_the_office_says_or_with_its_path(
    reached_at: tuple[Served, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    office, outside = reached_at
    intake, system = office.as_member("I-02"), system_of(office, "hr", "*")
    references = {intake.opened() for _ in range(3)}
    case = {"channel": "phone", "request_type": "RDW-POT", "language": "en", "region": "HAL"}
    opened = asked(intake, "POST", "/v1/cases", case)
    references.add(opened.json()["reference"])
    assert opened.headers["Location"] == f"{outside}/v1/cases/{opened.json()['reference']}"
    made = asked(system, "POST", USERS, {"userName": "R-12"})
    assert made.headers["Location"] == made.json()["meta"]["location"]
    assert made.headers["Location"] == f"{outside}{USERS}/R-12"
    monkeypatch.setenv("CASELEDGER_WEBHOOK_ALLOWED_NETWORKS", "127.0.0.0/8")
    monkeypatch.setenv("CASELEDGER_WEBHOOK_ALLOW_HTTP", "true")
    hook = asked(system, "POST", "/v1/webhooks", {"url": "http://127.0.0.1:9/"})
    assert hook.headers["Location"] == f"{outside}/v1/webhooks/{hook.json()['webhook_id']}"
    discovery = asked(office.nobody(), "GET", "/open311/discovery.json").json()
    assert discovery["endpoints"][0]["url"] == f"{outside}/open311/v2"
    tip = office.service.ledger.store.tip()
    first = asked(intake, "GET", f"/v1/cases?limit=2&min_position={tip}&team=RDW")
    queue = asked(office.as_member("R-02"), "GET", f"/v1/queues/RDW.csv?limit=2&min_position={tip}")
    feed = asked(office.as_member("A-01"), "GET", "/v1/feed?limit=2")
    for page, path in (
        (first, "cases?"),
        (queue, "queues/RDW.csv?"),
        (feed, "feed?limit=2&after="),
    ):
        assert page.links["next"]["url"].startswith(f"{outside}/v1/{path}")
    assert feed.json()
    for (
        event
    ) in feed.json():  # a webhook carries the same, and there is no address to resolve it against
        assert event["dataref"].startswith(f"{outside}/v1/")
    # whoever resolves the address as RFC 3986 says, or gives it to a client that knows the service, goes on
    following = urljoin(str(first.url), first.links["next"]["url"])
    following = following.replace(outside or office.url, office.url)
    second = intake.client.get(following, headers=first.request.headers)
    offered = asked(office.nobody(), "GET", "/")
    for href in (each["href"] for each in offered.json()["links"]):
        assert href.startswith(f"{outside.removeprefix(OUTSIDE)}/")
        assert f"<{href}>" in offered.headers["Link"]
    listed = [*first.json()["cases"], *second.json()["cases"]]
    assert {each["row"]["reference"] for each in listed} == references


def test_no_read_repeats_the_host_that_it_was_asked_by(office: Served) -> None:
    auditor = office.as_member("A-01")
    for path, methods in create_app(office.service).openapi()["paths"].items():
        if "get" in methods and "{" not in path and path != "/v1/feed/events":
            answer = asked(auditor, "GET", path)
            assert "nobodys-house" not in f"{answer.headers}{answer.text}", path


@pytest.mark.parametrize(
    "said",
    [
        "ledger.office.example",
        "https://ledger.office.example/cases/..",
        "https://ledger.office.example//cases",
        "https://ledger.office.example?a",
        "https://somebody@ledger.office.example",
        "ftp://ledger.office.example",
        "https://ledger.office.example\r\nX: 1",
        "",
    ],
)
def test_where_it_is_reached_is_a_scheme_a_host_and_at_most_a_path(said: str) -> None:
    with pytest.raises(ValidationError, match="the scheme and the host, with a path"):
        HttpSettings(public_url=said)
