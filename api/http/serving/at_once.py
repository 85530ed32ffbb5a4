"""At once: few threads read at a time, for those of one interpreter wait for one another at every row.

The driver lets go of the interpreter with each row, and whoever wants it back waits for all others that compute. Twelve
threads that made lists took twice the processor time for each that two take.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import contextmanager
from threading import Condition
from time import monotonic

_AT_MOST = 2
"""One computes while the other waits for its rows."""
_A_MOMENT_SECONDS = 0.05
"""Most of what is read takes a tenth of it."""


class FewAtOnce:
    """Lets few begin at a time: whoever takes longer than a moment goes on, and holds nobody up."""

    def __init__(self, *, now: Callable[[], float] = monotonic) -> None:
        self._now = now
        self._changed = Condition()
        self._count_until = dict[object, float]()
        """Of each that has begun and not ended, until when it counts."""

    @contextmanager
    def reading(self) -> Generator[None]:
        """The block begins once few read, or those that do have had their moment."""
        mine = object()
        with self._changed:
            while (wait := self._wait_seconds()) > 0:
                self._changed.wait(wait)
            self._count_until[mine] = self._now() + _A_MOMENT_SECONDS
        try:
            yield
        finally:
            with self._changed:
                del self._count_until[mine]
                self._changed.notify()

    def _wait_seconds(self) -> float:
        """How long until another may begin, if none ends before."""
        now = self._now()
        counting = sorted(until for until in self._count_until.values() if until > now)
        return counting[-_AT_MOST] - now if len(counting) >= _AT_MOST else 0.0
