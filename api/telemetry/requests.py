"""Requests told of: a span for each that goes on from the caller's trace (W3C Trace Context), and how long it took."""

from __future__ import annotations

from http import HTTPMethod
from time import perf_counter

from opentelemetry import context, trace
from opentelemetry.context import Context
from opentelemetry.metrics import Meter
from opentelemetry.trace import Span, SpanKind, Status, StatusCode, Tracer
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_METHODS = frozenset(HTTPMethod)
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0)
"""As the semantic conventions of HTTP advise."""
_TRACE = TraceContextTextMapPropagator()
_FAILED = 500


class Requests:
    """Around everything: the name of a request is its method and the template of its route, never its address."""

    def __init__(self, app: ASGIApp, tracer: Tracer, meter: Meter) -> None:
        self._app = app
        self._tracer = tracer
        self._took = meter.create_histogram(
            "http.server.request.duration", "s", "Time until an answer ends.",
            explicit_bucket_boundaries_advisory=_SECONDS,
        )  # fmt: skip

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        status: int | None = None

        async def heard(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        began = perf_counter()
        span = self._tracer.start_span("HTTP", _caller(scope), SpanKind.SERVER)
        token = context.attach(trace.set_span_in_context(span, Context()))
        try:
            await self._app(scope, receive, heard)
        finally:
            context.detach(token)
            self._end(span, scope, status, perf_counter() - began)

    def _end(self, span: Span, scope: Scope, status: int | None, seconds: float) -> None:
        method = scope["method"] if scope["method"] in _METHODS else "_OTHER"
        said: dict[str, str | int] = {"http.request.method": method}
        if path := getattr(scope.get("route"), "path", None):
            said["http.route"] = path
        if status is not None:
            said["http.response.status_code"] = status
        if status is None or status >= _FAILED:
            said["error.type"] = "unanswered" if status is None else str(status)
            span.set_status(Status(StatusCode.ERROR))
        name = method if method in _METHODS else "HTTP"
        span.update_name(f"{name} {path}" if path else name)
        span.set_attributes(said)
        span.end()
        self._took.record(seconds, said)


def _caller(scope: Scope) -> Context:
    """The trace that the caller is in, if they say one and say it once."""
    said = [value for name, value in scope["headers"] if name == b"traceparent"]
    if len(said) != 1:
        return Context()
    return _TRACE.extract({"traceparent": said[0].decode("latin-1")}, Context())
