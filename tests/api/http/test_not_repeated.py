"""No refusal repeats what was asked: every parameter of every read, and every argument of GeoReport, is tried."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest

from api.http import create_app
from tests.api.http.served import Served

MARK = "qzX<script>"
CITY = (
    "api_key",
    "jurisdiction_id",
    "service_code",
    "service_request_id",
    "lat",
    "long",
    "media_url",
)
"""Arguments of a request that are looked at before its words, which are anybody's."""


def reads(office: Served) -> Iterator[tuple[str, list[str]]]:
    """Each address that is read, with its parameters' names."""
    for path, methods in create_app(office.service).openapi()["paths"].items():
        if "get" in methods and path not in ("/v1/feed/events", "/openapi.json"):
            named: list[dict[str, Any]] = methods["get"].get("parameters", [])
            yield path, [each["name"] for each in named if each["in"] == "query"]


def test_no_read_repeats_a_parameter_that_it_refuses(office: Served) -> None:
    caller = office.as_member("A-01")
    reference = office.as_member("I-02").opened()
    tried = 0
    for path, names in reads(office):
        whole = path.replace("{ref}", reference).replace("{team}", "RDW")
        addresses = [f"{whole}?{name}={quote(MARK)}" for name in names if "{" not in whole]
        if "{" in path:
            parts = [quote(MARK) if each.startswith("{") else each for each in path.split("/")]
            addresses.append("/".join(parts))
        for address in addresses:
            answer = caller.get(address)
            if answer.status_code >= 400:
                tried += 1
                assert "qzX" not in answer.text, (address, answer.text)
    assert tried > 90


@pytest.mark.parametrize("form", ["json", "xml"])
def test_no_argument_of_a_request_to_a_city_is_repeated(office: Served, form: str) -> None:
    sound = {"service_code": "RDW-POT", "lat": "44.6", "long": "-63.5", "description": "A hole"}
    for name in (*CITY, "attribute[danger_now]", MARK):
        said = {**sound, name: MARK * (1 if name != MARK else 5_000)}
        answer = office.client.post(f"/open311/v2/requests.{form}", data=said)
        assert answer.status_code >= 400
        assert "qzX" not in answer.text, (name, answer.text)
