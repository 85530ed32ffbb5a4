"""Readers: whoever reads what a command says may leave, such as `head`; the command goes on and ends as it deserves."""

from __future__ import annotations

import os
import sys
from collections.abc import Generator
from contextlib import contextmanager
from io import TextIOWrapper
from typing import TextIO


class _Heard(TextIOWrapper):
    """Text that goes on being said when nobody reads any more; what is written to its `buffer` is told of it."""

    def write(self, text: str, /) -> int:
        try:
            return super().write(text)
        except BrokenPipeError:
            self._nobody_reads()
            return len(text)

    def flush(self) -> None:
        try:
            super().flush()
        except BrokenPipeError:
            self._nobody_reads()

    def _nobody_reads(self) -> None:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, self.fileno())
        os.close(nowhere)
        super().flush()


@contextmanager
def readers_may_leave() -> Generator[None]:
    """Inside the block neither of the process's two ways out fails because its reader has left."""
    before = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = map(_heard, before)
    try:
        yield
    finally:
        for heard in (sys.stdout, sys.stderr):
            heard.flush()
            if isinstance(heard, _Heard):
                heard.detach()
        sys.stdout, sys.stderr = before


def _heard(stream: TextIO) -> TextIO:
    """The same way out; what a test or another program has put in its place stays as it is."""
    if type(stream) is not TextIOWrapper:
        return stream
    stream.flush()
    return _Heard(
        stream.buffer,
        encoding=stream.encoding,
        errors=stream.errors,
        line_buffering=stream.line_buffering,
        write_through=stream.write_through,
    )
