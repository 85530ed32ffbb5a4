"""Stopping: what is half made is taken away also where the system ends it, and what repeats ends between passes."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from signal import SIG_IGN, SIGHUP, SIGINT, SIGTERM, default_int_handler, getsignal, signal
from threading import Event, current_thread, main_thread
from time import monotonic

_HEARS_WITHIN_SECONDS = 1.0
"""An interrupt that comes just before the system begins to wait ends no wait: it is heard after it."""


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


@contextmanager
def interrupts_between_passes() -> Iterator[Callable[[float], None]]:
    """Gives how to rest after a pass; an interrupt ends it, or waits until the pass is whole; a second does not."""
    asked, resting = Event(), Event()

    def interrupted(_number: int, _frame: object) -> None:
        if resting.is_set() or asked.is_set():
            raise KeyboardInterrupt
        asked.set()

    def rest(seconds: float) -> None:
        resting.set()
        if asked.is_set():
            raise KeyboardInterrupt
        until = monotonic() + seconds
        while (left := until - monotonic()) > 0:
            Event().wait(min(left, _HEARS_WITHIN_SECONDS))
        resting.clear()

    before = signal(SIGINT, interrupted)
    try:
        yield rest
    finally:
        signal(SIGINT, before)
