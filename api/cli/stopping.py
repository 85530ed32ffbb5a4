"""Stopping: what a command has half made is taken away as well where the system ends it, and not only by Ctrl-C."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from signal import SIG_IGN, SIGHUP, SIGTERM, default_int_handler, getsignal, signal
from threading import current_thread, main_thread


@contextmanager
def stops_tidily() -> Generator[None]:
    """Inside the block SIGTERM and SIGHUP, where they are not ignored, stop the command as Ctrl-C does."""
    before = {each: getsignal(each) for each in (SIGTERM, SIGHUP)}
    heard = current_thread() is main_thread()
    told = [each for each, handler in before.items() if heard and handler is not SIG_IGN]
    for each in told:
        signal(each, default_int_handler)
    try:
        yield
    finally:
        for each in told:
            signal(each, before[each])
