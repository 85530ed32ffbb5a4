"""What is secret or personal stays so: no token, key, header or value that was sent is in the log, or in a problem."""

from __future__ import annotations

import io
import string
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import structlog
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.requests import Request as HttpRequest
from starlette.responses import Response

from api.http import create_app
from api.log_lines import log_as_json
from ledger.ids import derived_uuid
from ledger.times import EPOCH
from tests.api.http.served import Served, listening, serving
from tests.ledgers import place_in

NOBODYS = ("Bearer", "X-API-Key", "Cookie")


@dataclass
class Heard:
    """A served office, and what it logs."""

    office: Served
    log: io.BytesIO
    operations: list[tuple[str, str, dict[str, Any]]]

    def logged(self) -> str:
        """What was logged since somebody looked."""
        said = self.log.getvalue().decode()
        self.log.seek(0)
        self.log.truncate()
        return said


@pytest.fixture(scope="module")
def heard(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Heard]:
    """An office that logs as it does when it is served."""
    log = io.BytesIO()
    log_as_json(log)
    try:
        with serving(place_in(tmp_path_factory.mktemp("heard"))) as office:
            yield Heard(office, log, operations(office))
    finally:
        structlog.reset_defaults()


def operations(office: Served) -> list[tuple[str, str, dict[str, Any]]]:
    """Every operation of the interface but the stream that lasts."""
    described = create_app(office.service).openapi()
    return [
        (method.upper(), path, operation)
        for path, methods in described["paths"].items()
        for method, operation in methods.items()
        if path != "/v1/feed/events"
    ]


SECRETS = st.text(string.ascii_letters, min_size=12, max_size=24).map(lambda each: f"qzX{each}")


@settings(
    max_examples=80,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(data=st.data(), secret=SECRETS, shown=st.sampled_from(("member", *NOBODYS)))
def test_nothing_that_was_sent_is_in_the_log_or_in_a_problem(
    heard: Heard, data: st.DataObject, secret: str, shown: str
) -> None:
    office = heard.office
    method, path, operation = heard.operations[data.draw(st.integers(0, len(heard.operations) - 1))]
    token = office.as_member("I-02").token
    headers = {
        "Idempotency-Key": f"{secret}-key",
        "Audit-Reason": secret,
        "Correlation-Id": secret,
        "Accept": "application/json",
    }
    if shown == "member":
        headers["Authorization"] = f"Bearer {token}"
    elif shown == "Bearer":
        headers["Authorization"] = f"Bearer {secret}"
    else:
        headers[shown] = secret
    known = [each["name"] for each in operation.get("parameters", ()) if each["in"] == "query"]
    query = dict.fromkeys(
        data.draw(st.lists(st.sampled_from([*known, "other"]), max_size=3)), secret
    )
    address = path
    for name, value in (("ref", "7ZK3Q-0M9TB-4"), ("team", "RDW")):
        address = address.replace(f"{{{name}}}", value)
    address = address.replace("{", "").replace("}", "")
    answer = office.client.request(
        method,
        address,
        headers=headers,
        params=query,
        content=data.draw(bodies(operation, secret)) if method == "POST" else None,
    )
    logged = heard.logged()
    assert secret not in logged
    assert token is not None
    assert token not in logged
    if answer.status_code >= 400:
        if path.startswith("/v1"):  # Open311 says which code or date it does not know
            assert secret not in answer.text
        assert "Traceback" not in answer.text
        assert 'File "' not in answer.text


def bodies(operation: dict[str, Any], secret: str) -> st.SearchStrategy[bytes]:
    """Bodies that hold a secret where a value may stand: readable, of wrong kinds, and no JSON at all."""
    names = [*_fields(operation), "answers", "description", "member", "other"]
    values = st.sampled_from(
        [f'"{secret}"', f'["{secret}"]', f'{{"name": "{secret}"}}', f'"{secret}']
    )
    pairs = st.lists(st.tuples(st.sampled_from(names), values), min_size=1, max_size=6)
    return pairs.map(
        lambda found: ("{" + ", ".join(f'"{a}": {b}' for a, b in found) + "}").encode()
    )


def _fields(operation: dict[str, Any]) -> list[str]:
    schema = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
    return sorted(schema.get("schema", {}).get("properties", {}))


def test_what_was_recorded_is_logged_without_its_words(heard: Heard) -> None:
    caller = heard.office.as_member("I-02")
    reference = caller.opened(answers={"description": "Robin Quist, 3 Mill Lane"})
    answer = caller.post(f"/v1/cases/{reference}/note", {"text": "Robin Quist rang"})
    refused = caller.post(f"/v1/cases/{reference}/note", {"texts": "Robin Quist rang"})
    logged = heard.logged()
    assert answer.headers["Request-Id"] in logged, "by which whoever asked may ask about it"
    assert refused.status_code == 422
    assert refused.json()["instance"] == refused.headers["Request-Id"]
    assert '"command": "AddNote"' in logged.replace('":"', '": "')
    assert "Robin Quist" not in logged
    assert caller.token is not None
    assert caller.token not in logged


def test_the_key_of_a_command_cannot_be_guessed_from_the_entry_that_it_brought(
    heard: Heard,
) -> None:
    """Another system's number of a person is often a key, and few digits are soon tried."""
    caller, ledger = heard.office.as_member("I-02"), heard.office.service.ledger
    made = caller.post("/v1/parties", {"name": "Robin Quist"}, key="hcn-4021-887-315")
    (entry,) = ledger.entries(after=made.json()["position"] - 1)
    guessed = derived_uuid(EPOCH, "http", "I-02", "hcn-4021-887-315")
    assert entry.context.command_id != guessed
    again = caller.post("/v1/parties", {"name": "Robin Quist"}, key="hcn-4021-887-315")
    assert again.headers["Idempotency-Replayed"] == "true"
    assert again.json()["position"] == made.json()["position"]


def test_a_defect_is_logged_by_where_it_happened_and_told_as_a_defect(heard: Heard) -> None:
    app = create_app(heard.office.service)

    def fails(_request: HttpRequest) -> Response:
        try:
            raise KeyError("Robin Quist")
        except KeyError as error:
            raise ValueError("the words of Robin Quist") from error

    app.add_api_route("/fails", fails)
    with listening(heard.office.service, app) as url:
        told = heard.office.client.get(f"{url}/fails?name=Robin+Quist")
    logged = heard.logged()
    assert (told.status_code, told.json()["code"]) == (500, "defect")
    assert told.json()["instance"] in logged
    assert "Robin" not in logged + told.text
    assert "KeyError" in logged
    assert f"{Path(__file__).name}:" in logged
    assert "in fails" in logged
    assert "Traceback" not in told.text
