"""Metrics: what the service counts and times of itself, as Prometheus reads it.

Labels are routes by their template, names of commands and stable codes: a bounded number, and nothing
of any case or person. Of acts in a compartment they still tell how many there were, as the log does: they are
for whoever runs the service. Where several processes serve (`PROMETHEUS_MULTIPROC_DIR` names a folder of
theirs) what is counted is summed over all; what is looked up is told by whichever answers.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from http import HTTPMethod

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Histogram,
    disable_created_metrics,
    generate_latest,
    multiprocess,
)
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from starlette.types import Scope

from api.http.serving.health import Condition
from api.log_lines import Lines
from ledger.commands import Request

CONTENT_TYPE = CONTENT_TYPE_LATEST
COUNTED_TOGETHER = "PROMETHEUS_MULTIPROC_DIR"
_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0, 30.0)
_COMMANDS = (1, 2, 4, 8, 16, 32, 64, 128, 256)
_METHODS = frozenset(HTTPMethod)
_NOWHERE, _OTHER, _UNANSWERED = "none", "other", "none"

disable_created_metrics()


def method_and_route(scope: Scope) -> tuple[str, str]:
    """How and where something was asked, without what whoever asks made up."""
    method = scope.get("method", "")
    known = method if method in _METHODS else _OTHER
    return known, getattr(scope.get("route"), "path", _NOWHERE)


class Metrics:
    """What one process counts; kept in files of its own where several serve."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._requests = Histogram(
            "caseledger_http_request_seconds",
            "Time until an answer begins.",
            ("method", "route", "status"),
            buckets=_SECONDS,
            registry=self._registry,
        )
        self._commands = Counter(
            "caseledger_commands",
            "Commands asked, by what came of them.",
            ("command", "outcome"),
            registry=self._registry,
        )
        self._batches = Histogram(
            "caseledger_batch_commands",
            "How many commands were decided and written at once.",
            buckets=_COMMANDS,
            registry=self._registry,
        )
        self._writing = Histogram(
            "caseledger_batch_seconds",
            "Time to decide a batch and make it durable.",
            buckets=_SECONDS,
            registry=self._registry,
        )

    def answered(self, scope: Scope, status: int | None, seconds: float) -> None:
        """Counts a request; `status` is None where nobody was left to answer."""
        method, route = method_and_route(scope)
        self._requests.labels(
            method,
            route,
            _UNANSWERED if status is None else str(status),
        ).observe(seconds)

    def commanded(self, command: str, outcome: str) -> None:
        """Counts a command by its kind and what came of it."""
        self._commands.labels(command, outcome).inc()

    def wrote(self, requests: Sequence[Request], seconds: float) -> None:
        """Counts a batch."""
        self._batches.observe(len(requests))
        self._writing.observe(seconds)

    def exposition(self, condition: Condition) -> bytes:
        """All of it as Prometheus reads it, with how the service is now."""
        counted = self._registry
        if os.environ.get(COUNTED_TOGETHER):
            counted = CollectorRegistry()
            multiprocess.MultiProcessCollector(counted)
        now = CollectorRegistry()
        now.register(_Now(condition))
        return generate_latest(counted) + generate_latest(now)


class _Now(Collector):
    """How the service is when it is asked."""

    def __init__(self, condition: Condition) -> None:
        self._condition = condition

    def collect(self) -> Iterator[Metric]:
        here = self._condition
        yield _gauge("ready", "Whether it can record and answer.", not here.failing)
        yield _gauge("entries", "How many entries the log has.", here.position)
        yield _gauge("views_behind_entries", "Entries that the views lack.", here.views_behind)
        yield _gauge(
            "views_behind_seconds",
            "Since when the views lack an entry.",
            here.views_behind_seconds,
        )
        yield _gauge(
            "clock_behind_seconds",
            "By how much the clock is behind the log.",
            here.clock_behind_seconds,
        )
        yield _gauge(
            "issuer_answers", "Whether the issuer of tokens gave its keys.", here.issuer_answers
        )
        last = here.checkpoint
        yield _gauge("checkpoint_entries", "Entries last signed for.", last and last.size)
        yield _gauge(
            "checkpoint_cosigned_entries", "Entries last cosigned for.", last and last.cosigned
        )
        yield _gauge("checkpoint_age_seconds", "Age of what was signed.", last and last.age_seconds)
        told = here.webhooks
        yield _gauge(
            "webhooks_waiting", "Deliveries found due and not made.", told and told.waiting
        )
        yield _gauge("webhooks_given_up", "Deliveries given up for good.", told and told.given_up)
        yield _gauge("webhooks_resting", "Receivers that are away.", told and told.resting)
        yield _gauge(
            "webhooks_oldest_seconds",
            "Age of the first entry that a receiver lacks.",
            told and told.oldest_seconds,
        )
        yield CounterMetricFamily(
            "caseledger_log_lines_lost", "Lines this process could not log.", Lines.lost
        )
        yield CounterMetricFamily(
            "caseledger_projector_failures",
            "How often this process failed to bring the views on.",
            here.projector_failures,
        )


def _gauge(name: str, said: str, value: float | None) -> GaugeMetricFamily:
    """A number, or no sample where it is not known."""
    family = GaugeMetricFamily(f"caseledger_{name}", said)
    if value is not None:
        family.add_metric((), value)
    return family
