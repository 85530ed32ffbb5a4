"""Readers: whoever reads what a command says may leave, such as `head`, or have no letters for some of it.

The command goes on and ends as it deserves: what it recorded is recorded.
"""

from __future__ import annotations

import codecs
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


def _by_number(error: UnicodeError) -> tuple[str, int]:
    """Writes what a reader's encoding has no letter for as JSON writes it by number, in which it says the same."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    units = error.object[error.start : error.end].encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4)), error.end


_BY_NUMBER = "caseledger-by-number"
codecs.register_error(_BY_NUMBER, _by_number)


@contextmanager
def readers_may_leave() -> Generator[None]:
    """Inside the block neither of the process's two ways out fails because of who reads it."""
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
        errors=_BY_NUMBER,
        line_buffering=stream.line_buffering,
        write_through=stream.write_through,
    )
