"""What a served process tells a collector: whose trace it is, what was done in it, and never a word of anybody."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from opentelemetry.proto.trace.v1.trace_pb2 import Span, Status

from api.telemetry import AskedFor, asked_for
from tests.api.http.processes import running, wait_until
from tests.api.telemetry.collecting import Collector, attributes, collecting
from tests.api.webhooks.receiving import receiving
from tests.ledgers import place_in
from tests.patience import WITHIN_SECONDS

SECRET = "qzXRobinQuist"
CALLERS_TRACE, CALLERS_SPAN = "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"
TELLS = frozenset(
    {
        "caseledger.command",
        "caseledger.commands",
        "caseledger.entries",
        "caseledger.outcome",
        "error.type",
        "http.request.method",
        "http.response.status_code",
        "http.route",
    }
)
"""All that spans and metrics may say, each of a bounded number of values or a count."""


@dataclass
class Told:
    """What a collector was told of some work, what the process logged, and what was asked of it."""

    collector: Collector
    log: str
    reference: str
    delivered: int


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Told:
    """A served process in which a caller's secrets stand wherever they may; stopped, so all it had is sent.

    The variable by which the framework would tell of itself is set: it must stay switched off.
    """
    place = place_in(tmp_path_factory.mktemp("told"))
    with (
        collecting() as collector,
        receiving() as receiver,
        running(
            place,
            OTEL_EXPORTER_OTLP_ENDPOINT=collector.url,
            OTEL_BSP_SCHEDULE_DELAY="50",
            OTEL_METRIC_EXPORT_INTERVAL="200",
            OTEL_EXPORTER_OTLP_TIMEOUT=str(WITHIN_SECONDS),  # what is not taken in time is dropped
            FASTAPI_OTEL_AUTO_CONFIGURE="true",
            CASELEDGER_WEBHOOK_ALLOWED_NETWORKS="127.0.0.0/8",
            CASELEDGER_WEBHOOK_ALLOW_HTTP="true",
        ) as (process, client),
    ):
        token = client.post("/demo/login", json={"member": "watch"}).json()["token"]
        headers = {
            "Authorization": f"Bearer {token}",
            "traceparent": f"00-{CALLERS_TRACE}-{CALLERS_SPAN}-01",
            "tracestate": f"office={SECRET}",
            "baggage": f"name={SECRET}",
            "User-Agent": SECRET,
            "Audit-Reason": SECRET,
            "Correlation-Id": SECRET,
        }

        def post(path: str, said: object, key: str) -> dict[str, str]:
            under = {**headers, "Idempotency-Key": f"{SECRET}-{key}"}
            return client.post(path, json=said, headers=under).json()

        post("/v1/webhooks", {"url": f"{receiver.url}/{SECRET}"}, "subscribe")
        opening = {"channel": "phone", "request_type": "RDW-POT", "language": "en", "region": "HAL"}
        opened = post("/v1/cases", {**opening, "answers": {"description": SECRET}}, "open")
        address = f"/v1/cases/{opened['reference']}"
        post(f"{address}/note", {"text": SECRET}, "note")
        post(f"{address}/{SECRET}", {}, "nowhere")
        client.get(address, headers=headers)
        client.get(f"{address}?why={SECRET}", headers=headers)
        client.post(f"{address}/note?why={SECRET}", json={"text": SECRET}, headers=headers)
        client.get(f"/v1/cases/{SECRET}", headers=headers)
        client.request("PROPFIND", f"/{SECRET}", headers=headers)
        receiver.wait_for(1)
        wait_until(lambda: has_settled(client.get("/health/ready").json()))
        wait_until(lambda: has_heard_of_all(collector, deliveries=len(receiver.accepted)))
        process.terminate()
        assert process.wait(timeout=WITHIN_SECONDS) == 0
        assert process.stderr is not None
        log = process.stderr.read()
    return Told(collector, log, opened["reference"], len(receiver.accepted))


def has_settled(health: Any) -> bool:
    """Whether views and receivers lack nothing."""
    return health["views_behind"] == 0 and health["webhooks"]["oldest_seconds"] == 0


def has_heard_of_all(collector: Collector, *, deliveries: int) -> bool:
    """Whether all that these tests look at was exported: what a process has left as it ends it sends in haste."""
    spans = {"HTTP", "POST", "GET /v1/cases/{ref}", "POST /v1/cases/{ref}/note", "project"}
    return (
        spans <= {each.name for each in collector.spans()}
        and len(collector.spans("deliver")) >= deliveries
        and {each.name for each in collector.metrics()} >= METRICS
        and {"OpenCase", "AddNote"} <= commands_counted(collector).keys()
    )


def commands_counted(collector: Collector) -> dict[str, int]:
    """How often each command was asked, as it was told last."""
    (*_, found) = [each for each in collector.metrics() if each.name == "caseledger.commands"]
    return {
        attributes(each.attributes)["caseledger.command"]: each.as_int
        for each in found.sum.data_points
    }


METRICS = {
    "http.server.request.duration",
    "caseledger.commands",
    "caseledger.batch.commands",
    "caseledger.batch.duration",
    "caseledger.projected",
    "caseledger.projecting.duration",
    "caseledger.webhook.delivery.duration",
}


def one(told: Told, name: str) -> Span:
    """The one span of a name in the caller's trace."""
    trace = bytes.fromhex(CALLERS_TRACE)
    (found,) = (each for each in told.collector.spans(name) if each.trace_id == trace)
    return found


def test_the_caller_s_trace_goes_on_through_the_request_to_its_command_and_its_batch(
    told: Told,
) -> None:
    request, command = one(told, "POST /v1/cases"), one(told, "command OpenCase")
    assert request.parent_span_id == bytes.fromhex(CALLERS_SPAN)
    assert request.kind == Span.SPAN_KIND_SERVER
    assert attributes(request.attributes) == {
        "http.request.method": "POST",
        "http.route": "/v1/cases",
        "http.response.status_code": 201,
    }
    assert command.parent_span_id == request.span_id
    assert attributes(command.attributes) == {
        "caseledger.command": "OpenCase",
        "caseledger.outcome": "recorded",
    }
    commits = [
        each
        for each in told.collector.spans("group commit")
        if command.span_id in {link.span_id for link in each.links}
    ]
    assert [attributes(each.attributes) for each in commits] == [{"caseledger.commands": 1}]
    (commit,) = commits
    assert command.start_time_unix_nano <= commit.start_time_unix_nano
    assert commit.end_time_unix_nano <= command.end_time_unix_nano


def test_what_the_views_and_the_receivers_were_told_is_told_too(told: Told) -> None:
    projected = told.collector.spans("project")
    assert sum(attributes(each.attributes)["caseledger.entries"] for each in projected) > 0
    delivered = [attributes(each.attributes) for each in told.collector.spans("deliver")]
    assert {"caseledger.outcome": "taken", "http.response.status_code": 204} in delivered
    assert len(delivered) == told.delivered


def test_metrics_count_the_same(told: Told) -> None:
    assert {each.name for each in told.collector.metrics()} == METRICS
    commands = commands_counted(told.collector)
    assert (commands["OpenCase"], commands["AddNote"]) == (1, 1)


def test_nothing_that_was_sent_is_told_and_nobody_but_the_hooks_tells(told: Told) -> None:
    assert told.collector.scopes() == {"caseledger"}
    everything = b"".join(told.collector.bodies)
    assert SECRET.encode() not in everything
    assert told.reference.encode() not in everything
    for span in told.collector.spans():
        assert attributes(span.attributes).keys() <= TELLS
        assert (span.trace_state, list(span.events), span.status.message) == ("", [], "")
    points = [
        point
        for metric in told.collector.metrics()
        for point in getattr(metric, metric.WhichOneof("data") or "").data_points
    ]
    assert {key for point in points for key in attributes(point.attributes)} <= TELLS
    assert {each["service.name"] for each in told.collector.resources()} == {"caseledger"}
    assert "process.command_args" not in {
        key for each in told.collector.resources() for key in each
    }


def test_what_names_no_route_is_told_without_its_address(told: Told) -> None:
    names = {each.name for each in told.collector.spans()}
    assert {"HTTP", "POST", "GET /v1/cases/{ref}"} <= names
    (brewed,) = told.collector.spans("HTTP")
    assert attributes(brewed.attributes)["http.request.method"] == "_OTHER"
    assert brewed.status.code == Status.STATUS_CODE_UNSET


def test_the_log_names_the_trace_and_not_the_other_way_round(told: Told) -> None:
    lines = [json.loads(line) for line in told.log.splitlines() if line.startswith("{")]
    opened = [each for each in lines if each.get("command") == "OpenCase"]
    assert [each["trace_id"] for each in opened] == [CALLERS_TRACE]


def test_a_collector_that_is_away_keeps_nothing_up_and_the_log_says_so(tmp_path: Path) -> None:
    with running(
        place_in(tmp_path),
        OTEL_EXPORTER_OTLP_ENDPOINT="http://127.0.0.1:9",
        OTEL_SERVICE_NAME="the-office",
        OTEL_BSP_SCHEDULE_DELAY="50",
        OTEL_EXPORTER_OTLP_TIMEOUT="1",
    ) as (process, client):
        assert client.get("/health").status_code == 200
        assert process.stderr is not None
        said = next(line for line in process.stderr if '"telemetry"' in line)
        process.terminate()
        assert process.wait(timeout=WITHIN_SECONDS) == 0
        lines = [json.loads(line) for line in (said, *process.stderr.read().splitlines())]
    assert {each["outcome"] for each in lines if each["event"] == "telemetry"} == {"not-taken"}


ENDPOINT = {"OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:4318"}


@pytest.mark.parametrize(
    ("environment", "wanted"),
    [
        ({}, AskedFor()),
        (ENDPOINT, AskedFor(traces=True, metrics=True)),
        ({"OTEL_TRACES_EXPORTER": "otlp"}, AskedFor(traces=True)),
        ({**ENDPOINT, "OTEL_METRICS_EXPORTER": "none"}, AskedFor(traces=True)),
        ({"OTEL_EXPORTER_OTLP_METRICS_ENDPOINT": "http://there"}, AskedFor(metrics=True)),
        ({**ENDPOINT, "OTEL_SDK_DISABLED": "TRUE"}, AskedFor()),
        (
            {"OTEL_TRACES_EXPORTER": "zipkin"},
            AskedFor(trouble="OTEL_TRACES_EXPORTER must be otlp or none"),
        ),
        (
            {**ENDPOINT, "OTEL_EXPORTER_OTLP_PROTOCOL": "grpc"},
            AskedFor(trouble="OTEL_EXPORTER_OTLP_PROTOCOL must be http/protobuf"),
        ),
        (
            {**ENDPOINT, "OTEL_EXPORTER_OTLP_METRICS_PROTOCOL": "grpc"},
            AskedFor(trouble="OTEL_EXPORTER_OTLP_METRICS_PROTOCOL must be http/protobuf"),
        ),
    ],
)
def test_telemetry_is_asked_for_by_the_standard_variables(
    environment: dict[str, str], wanted: AskedFor
) -> None:
    assert asked_for(environment) == wanted


WITHOUT_THE_EXTRA = """
import os, sys
sys.modules["opentelemetry.sdk"] = None
from api.http.worker import working_service
from api.telemetry import Telemetry, asked_for, telemetry
for endpoint in ("", "http://127.0.0.1:4318"):
    os.environ["OTEL_EXPORTER_OTLP_ENDPOINT"] = endpoint
    with telemetry() as told:
        print(type(told) is Telemetry, asked_for().trouble)
    print([each for each in sys.modules if "opentelemetry.exporter" in each or each == "api.telemetry.exporting"])
"""


def test_without_the_extra_nothing_is_imported_and_nothing_told() -> None:
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_THE_EXTRA], capture_output=True, text=True, check=True
    )
    trouble = "install it with pip install 'caseledger[telemetry]'"
    assert done.stdout.splitlines() == ["True ", "[]", f"True {trouble}", "[]"]
