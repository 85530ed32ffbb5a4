"""A collector for tests: a real server on the loopback that takes OTLP over HTTP and reads what was sent."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from opentelemetry.proto.collector.logs.v1.logs_service_pb2 import ExportLogsServiceRequest
from opentelemetry.proto.collector.metrics.v1.metrics_service_pb2 import ExportMetricsServiceRequest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.common.v1.common_pb2 import KeyValue
from opentelemetry.proto.metrics.v1.metrics_pb2 import Metric
from opentelemetry.proto.trace.v1.trace_pb2 import Span

_KINDS = {
    "/v1/traces": ExportTraceServiceRequest,
    "/v1/metrics": ExportMetricsServiceRequest,
    "/v1/logs": ExportLogsServiceRequest,
}


class Collector:
    """Everything that was exported, as bytes and as messages."""

    def __init__(self) -> None:
        self.url = ""
        self.bodies: list[bytes] = []
        self.requests: list[Any] = []

    def take(self, path: str, body: bytes) -> None:
        """Keeps what was exported; raises if it is not what it says."""
        self.bodies.append(body)
        self.requests.append(_KINDS[path].FromString(body))

    def spans(self, name: str | None = None) -> list[Span]:
        """The spans of a name, or all."""
        return [
            span
            for each in self._of(ExportTraceServiceRequest)
            for resource in each.resource_spans
            for scope in resource.scope_spans
            for span in scope.spans
            if name in (None, span.name)
        ]

    def metrics(self) -> list[Metric]:
        """All metrics, each as often as it was exported."""
        return [
            metric
            for each in self._of(ExportMetricsServiceRequest)
            for resource in each.resource_metrics
            for scope in resource.scope_metrics
            for metric in scope.metrics
        ]

    def scopes(self) -> set[str]:
        """By whom anything was told, logs too."""
        return {
            scope.scope.name
            for each in self.requests
            for _, resources in each.ListFields()
            for resource in resources
            for field, scopes in resource.ListFields()
            if field.name.startswith("scope_")
            for scope in scopes
        }

    def resources(self) -> list[dict[str, Any]]:
        """Of whom it was told."""
        return [
            attributes(resource.resource.attributes)
            for each in self.requests
            for _, resources in each.ListFields()
            for resource in resources
        ]

    def _of(self, kind: type[Any]) -> Iterator[Any]:
        return (each for each in list(self.requests) if isinstance(each, kind))


def attributes(found: Any) -> dict[str, Any]:
    """Attributes as plain values."""
    return {each.key: _value(each) for each in found}


def _value(found: KeyValue) -> Any:
    return getattr(found.value, found.value.WhichOneof("value") or "string_value")


@contextmanager
def collecting() -> Generator[Collector]:
    """A collector that listens until the block ends."""
    collector = Collector()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if self.headers.get("Content-Encoding") == "gzip":
                body = gzip.decompress(body)
            collector.take(self.path, body)
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: Any) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    collector.url = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield collector
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
