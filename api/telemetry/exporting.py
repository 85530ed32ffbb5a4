"""Exporting: what the hooks tell goes to an OTLP collector, by providers that nothing but these hooks writes to.

They are not made the process's own, so that no library which tells more than it should is heard: what goes out
is templates of routes, kinds of commands, stable codes, counts and times. Spans hold no events, for those would
have the words of errors. What else a caller sends along, `tracestate` and `baggage`, is theirs and not passed on.
"""

from __future__ import annotations

import logging
import uuid
from collections.abc import Generator, MutableMapping
from contextlib import contextmanager
from importlib.metadata import version
from threading import Thread
from time import time_ns
from typing import Any, assert_never

import structlog
from fastapi import FastAPI
from opentelemetry import trace
from opentelemetry.context import Context
from opentelemetry.exporter.otlp.proto.http.metric_exporter import OTLPMetricExporter
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.metrics import Meter
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import PeriodicExportingMetricReader
from opentelemetry.sdk.resources import SERVICE_NAME, Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace import SpanKind, Status, StatusCode, Tracer

from api.telemetry.asked_for import AskedFor
from api.telemetry.hooks import Telemetry
from api.telemetry.requests import Requests
from api.telemetry.traced_ledger import BatchTold, TracedLedger
from api.webhooks.backlog import Failure
from api.webhooks.posting import Gone, Outcome, Taken
from ledger.awaited import AwaitedLedger, Observed
from ledger.service import Ledger

SCOPE = "caseledger"
SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
_ENDS_WITHIN_SECONDS = 5.0
_UNNAMED = "unknown_service"


@contextmanager
def exporting(wanted: AskedFor) -> Generator[Telemetry]:
    """Telemetry that is exported; what is left is sent as the block ends, for a moment if nobody takes it."""
    resource = _resource()
    metrics = MeterProvider(
        [PeriodicExportingMetricReader(OTLPMetricExporter())] if wanted.metrics else [],
        resource,
        shutdown_on_exit=False,
    )
    traces = TracerProvider(resource=resource, shutdown_on_exit=False)
    if wanted.traces:
        traces.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    _log_what_fails()
    _log_traces()
    try:
        yield _Exported(traces.get_tracer(SCOPE), metrics.get_meter(SCOPE))
    finally:
        ending = [Thread(target=each.shutdown, daemon=True) for each in (traces, metrics)]
        for each in ending:
            each.start()
        for each in ending:
            each.join(_ENDS_WITHIN_SECONDS)


class _Exported(Telemetry):
    """Tells an exporter."""

    def __init__(self, tracer: Tracer, meter: Meter) -> None:
        self._tracer = tracer
        self._meter = meter
        self._projected = meter.create_counter(
            "caseledger.projected", "{entry}", "Entries that the views were brought on by."
        )
        self._projecting = meter.create_histogram(
            "caseledger.projecting.duration", "s", "Time to bring the views on.",
            explicit_bucket_boundaries_advisory=SECONDS,
        )  # fmt: skip
        self._delivering = meter.create_histogram(
            "caseledger.webhook.delivery.duration", "s", "Time of an attempt to deliver an entry.",
            explicit_bucket_boundaries_advisory=SECONDS,
        )  # fmt: skip

    def dress(self, app: FastAPI) -> None:
        app.add_middleware(Requests, tracer=self._tracer, meter=self._meter)

    def awaited(self, ledger: Ledger, *, observed: Observed) -> AwaitedLedger:
        batches = BatchTold(self._tracer, self._meter)
        return TracedLedger(ledger, tracer=self._tracer, batches=batches, observed=observed)

    def projected(self, entries: int, seconds: float) -> None:
        self._projected.add(entries)
        self._projecting.record(seconds)
        self._span("project", {"caseledger.entries": entries}, seconds=seconds)

    def attempted(self, outcome: Outcome, seconds: float) -> None:
        said = _came_of(outcome)
        self._delivering.record(seconds, said)
        failed = isinstance(outcome, Failure)
        self._span("deliver", said, seconds=seconds, kind=SpanKind.CLIENT, failed=failed)

    def _span(
        self,
        name: str,
        said: dict[str, Any],
        *,
        seconds: float,
        kind: SpanKind = SpanKind.INTERNAL,
        failed: bool = False,
    ) -> None:
        """Tells of what is over: it began so many seconds ago, and nobody asked for it."""
        now = time_ns()
        began = now - int(seconds * 1e9)
        span = self._tracer.start_span(name, Context(), kind, said, start_time=began)
        if failed:
            span.set_status(Status(StatusCode.ERROR))
        span.end(now)


def _came_of(outcome: Outcome) -> dict[str, Any]:
    """What came of a delivery: not where it went, which may name what only two offices know of."""
    match outcome:
        case Taken():
            return {"caseledger.outcome": "taken", "http.response.status_code": outcome.status}
        case Gone():
            return {"caseledger.outcome": "gone", "http.response.status_code": 410}
        case Failure(status=None):
            return {"caseledger.outcome": outcome.kind}
        case Failure():
            return {
                "caseledger.outcome": outcome.kind,
                "http.response.status_code": outcome.status,
            }
        case _:
            assert_never(outcome)


def _resource() -> Resource:
    """Whose telemetry it is: as the environment names it, or caseledger."""
    found = Resource.create(
        {"service.version": version("caseledger"), "service.instance.id": str(uuid.uuid4())}
    )
    if str(found.attributes[SERVICE_NAME]).startswith(_UNNAMED):
        return found.merge(Resource({SERVICE_NAME: "caseledger"}))
    return found


def _log_traces() -> None:
    """Lets each line of the log say of which trace it is: so they are joined where the log lies, and nowhere else."""
    structlog.configure(processors=[_with_trace, *structlog.get_config()["processors"]])


def _with_trace(
    _logger: object, _method: str, said: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    context = trace.get_current_span().get_span_context()
    if context.is_valid:
        said["trace_id"] = trace.format_trace_id(context.trace_id)
    return said


def _log_what_fails() -> None:
    """Lets the log say that telemetry is not taken, by what failed and not by what a collector answered."""
    logger = logging.getLogger("opentelemetry")
    logger.handlers, logger.propagate = [_Failures(logging.WARNING)], False


class _Failures(logging.Handler):
    def emit(self, record: logging.LogRecord) -> None:
        structlog.get_logger().warning("telemetry", outcome="not-taken", where=record.name)
