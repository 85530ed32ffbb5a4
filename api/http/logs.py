"""The log of the service: a line of JSON for each command and each failure on stderr, without personal data."""

from __future__ import annotations

import sys
from collections.abc import Generator
from contextlib import contextmanager
from time import perf_counter
from typing import Any

import structlog

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
def command_logged(said: dict[str, Any]) -> Generator[None]:
    """Writes a line about a command when the block ends: what `said` has then, its outcome, and how long it took."""
    began = perf_counter()
    try:
        yield
    except LedgerError as error:
        said["outcome"] = error.code
        raise
    finally:
        milliseconds = round(1000 * (perf_counter() - began), 1)
        structlog.get_logger().info("command", **said, milliseconds=milliseconds)
