"""What the log of the service says of commands and of what was not answered: a line for each, without personal data."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from time import perf_counter
from typing import Any

import structlog
from starlette.requests import Request as HttpRequest

from api.http.refusing.problems import code_of, status_of
from api.http.serving.metrics import Metrics, method_and_route
from ledger.errors import LedgerError


@contextmanager
def command_logged(http: HttpRequest, metrics: Metrics, said: dict[str, Any]) -> Generator[None]:
    """Writes a line about a command when the block ends, and counts it: what `said` has then, its outcome, its time."""
    began = perf_counter()
    http.state.in_log = True
    said["instance"], said["outcome"] = http.state.instance, "unfinished"
    try:
        yield
    except LedgerError as error:
        said["outcome"] = code_of(error)
        raise
    finally:
        milliseconds = round(1000 * (perf_counter() - began), 1)
        metrics.commanded(said["command"], said["outcome"])
        structlog.get_logger().info("command", **said, milliseconds=milliseconds)


def problem_logged(http: HttpRequest, error: LedgerError) -> None:
    """Writes a line about what was not done, found by the id that whoever asked was told; none where one tells it."""
    if getattr(http.state, "in_log", False):
        return
    method, route = method_and_route(http.scope)
    structlog.get_logger().info(
        "problem",
        method=method,
        route=route,
        status=status_of(error),
        outcome=code_of(error),
        instance=http.state.instance,
    )
