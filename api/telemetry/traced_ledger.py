"""The ledger, with a span for each command that is asked, and one for each batch that links to its commands."""

from __future__ import annotations

from collections.abc import Sequence
from time import time_ns

from opentelemetry.context import Context
from opentelemetry.metrics import Meter
from opentelemetry.trace import Link, SpanContext, Tracer

from ledger.awaited import AwaitedLedger, Observed
from ledger.commands import Request
from ledger.entry import Receipt
from ledger.errors import LedgerError
from ledger.service import Ledger

_COMMANDS = (1, 2, 4, 8, 16, 32, 64, 128, 256)
_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)


class BatchTold:
    """Tells of commands and batches."""

    def __init__(self, tracer: Tracer, meter: Meter) -> None:
        self._tracer = tracer
        self._commands = meter.create_counter(
            "caseledger.commands", "{command}", "Commands asked, by what came of them."
        )
        self._held = meter.create_histogram(
            "caseledger.batch.commands", "{command}", "How many commands were written at once.",
            explicit_bucket_boundaries_advisory=_COMMANDS,
        )  # fmt: skip
        self._took = meter.create_histogram(
            "caseledger.batch.duration", "s", "Time to decide a batch and make it durable.",
            explicit_bucket_boundaries_advisory=_SECONDS,
        )  # fmt: skip

    def commanded(self, command: str, outcome: str) -> None:
        """Counts a command."""
        self._commands.add(1, {"caseledger.command": command, "caseledger.outcome": outcome})

    def wrote(self, commands: int, asked_by: Sequence[SpanContext], seconds: float) -> None:
        """Tells of a batch that was just written."""
        self._held.record(commands)
        self._took.record(seconds)
        now = time_ns()
        span = self._tracer.start_span(
            "group commit",
            Context(),
            attributes={"caseledger.commands": commands},
            links=[Link(each) for each in asked_by],
            start_time=now - int(seconds * 1e9),
        )
        span.end(now)


class TracedLedger(AwaitedLedger):
    """Each command that is asked is a span of whoever asks."""

    def __init__(
        self, ledger: Ledger, *, tracer: Tracer, batches: BatchTold, observed: Observed
    ) -> None:
        super().__init__(ledger, observed=self._wrote)
        self._tracer = tracer
        self._batches = batches
        self._others = observed
        self._waiting: dict[int, SpanContext] = {}
        """The spans of requests that were asked, by the identity of the request, which waits as long."""

    async def ask(self, request: Request, /) -> Receipt:
        name = type(request.command).__name__
        outcome = "unfinished"
        with self._tracer.start_as_current_span(
            f"command {name}", record_exception=False, set_status_on_exception=False
        ) as span:
            self._waiting[id(request)] = span.get_span_context()
            try:
                receipt = await super().ask(request)
                outcome = "recorded" if receipt.fresh else "unchanged"
            except LedgerError as error:
                outcome = type(error).code
                raise
            finally:
                self._waiting.pop(id(request), None)
                span.set_attributes({"caseledger.command": name, "caseledger.outcome": outcome})
                self._batches.commanded(name, outcome)
        return receipt

    def _wrote(self, requests: Sequence[Request], seconds: float) -> None:
        self._others(requests, seconds)
        spans = [self._waiting.get(id(each)) for each in requests]
        asked_by = [each for each in spans if each is not None and each.trace_flags.sampled]
        self._batches.wrote(len(requests), asked_by, seconds)
