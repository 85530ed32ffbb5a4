"""What the log of the service says of commands: a line for each, without personal data."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from time import perf_counter
from typing import Any

import structlog

from api.http.refusing.problems import code_of
from api.http.serving.metrics import Metrics
from ledger.errors import LedgerError


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
