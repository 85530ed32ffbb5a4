"""The log of the service: a line of JSON for each command and each failure on stderr, without personal data."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter
from typing import Any, BinaryIO

import orjson
import structlog
from structlog.typing import EventDict

from api.http.metrics import Metrics
from api.http.problems import code_of
from ledger.errors import LedgerError


def log_as_json(file: BinaryIO | None = None) -> None:
    """Lets the process log so, to stderr if not told otherwise."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _where_it_failed,
            structlog.processors.JSONRenderer(_as_json),
        ],
        logger_factory=structlog.BytesLoggerFactory(file or sys.stderr.buffer),
        cache_logger_on_first_use=True,
    )


def _as_json(said: EventDict, **_: object) -> bytes:
    return orjson.dumps(said, default=str, option=orjson.OPT_SORT_KEYS)


def _where_it_failed(_logger: object, _method: str, said: EventDict) -> EventDict:
    """Says of an exception its kinds and places: its words may repeat what somebody sent."""
    if said.pop("exc_info", None):
        said["trace"] = list(_places(sys.exception()))
    return said


def _places(error: BaseException | None) -> Iterator[str]:
    while error is not None:
        yield type(error).__name__
        for frame in traceback.extract_tb(error.__traceback__):
            yield f"{Path(frame.filename).name}:{frame.lineno} in {frame.name}"
        error = error.__cause__ or error.__context__


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
