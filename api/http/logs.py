"""The log of the service: a line of JSON for each command and each failure on stderr, without personal data."""

from __future__ import annotations

import sys
from collections.abc import Generator
from contextlib import contextmanager
from time import perf_counter
from typing import Any

import structlog

from api.http.metrics import Metrics
from api.http.problems import code_of
from ledger.errors import LedgerError


def log_as_json() -> None:
    """Lets the process log so."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(sort_keys=True),
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )


@contextmanager
def command_logged(metrics: Metrics, said: dict[str, Any]) -> Generator[None]:
    """Writes a line about a command when the block ends, and counts it: what `said` has then, its outcome, its time."""
    began = perf_counter()
    said["outcome"] = "unfinished"
    try:
        yield
    except LedgerError as error:
        said["outcome"] = code_of(error)
        raise
    finally:
        milliseconds = round(1000 * (perf_counter() - began), 1)
        metrics.commanded(said["command"], said["outcome"])
        structlog.get_logger().info("command", **said, milliseconds=milliseconds)
