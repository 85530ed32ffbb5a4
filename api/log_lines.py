"""The log of a process that serves: a line of JSON for each command and each failure on stderr, without personal data.

Nothing that is asked depends on it: what is recorded is answered, also where its line cannot be written.
"""

from __future__ import annotations

import logging
import sys
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, cast

import orjson
import structlog
from structlog.typing import EventDict


class Lines:
    """Where lines are written: one that finds no room is counted, and half a line is ended before the next.

    Of a file the library knows `write` and `flush` alone.
    """

    lost = 0
    """How many lines this process could not write."""

    def __init__(self, file: BinaryIO) -> None:
        self._file: BinaryIO = getattr(file, "raw", file)  # what a buffer kept would come out later
        self._half = False

    def write(self, line: bytes) -> int:
        """Writes a line with its end, or counts it."""
        rest = memoryview(b"\n" + line if self._half else line)
        whole = len(rest)
        try:
            while rest:
                rest = rest[_taken(self._file.write(rest)) :]
            self._half = False
        except (OSError, ValueError):  # no room, nobody who reads, or closed
            self._half = self._half or len(rest) < whole
            Lines.lost += 1
        return len(line)

    def flush(self) -> None:
        """Nothing: nothing is kept back."""


def _taken(written: int | None) -> int:
    if not written:  # a file that is not waited for
        raise BlockingIOError
    return written


def log_as_json(file: BinaryIO | None = None) -> None:
    """Lets the process log so, to stderr if not told otherwise, and whatever libraries warn of too."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _where_it_failed,
            structlog.processors.JSONRenderer(_as_json),
        ],
        logger_factory=structlog.BytesLoggerFactory(cast("Any", Lines(file or sys.stderr.buffer))),
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
