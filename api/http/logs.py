"""The log of the service: a line of JSON for each command and each failure on stderr, without personal data."""

from __future__ import annotations

import logging
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
    """Lets the process log so, to stderr if not told otherwise, and whatever libraries warn of too."""
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
    root = logging.getLogger()
    if not any(isinstance(each, _Libraries) for each in root.handlers):
        root.addHandler(_Libraries(logging.WARNING))


class _Libraries(logging.Handler):
    """Writes what a library warns of as such a line: its words without what it says them of, and where it failed."""

    def emit(self, record: logging.LogRecord) -> None:
        said: dict[str, Any] = {"library": record.name, "said": str(record.msg).strip()}
        if record.exc_info:
            said["trace"] = list(_places(record.exc_info[1]))
        structlog.get_logger().log(record.levelno, "library", **said)


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
