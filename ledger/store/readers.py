"""Connections for reading, lent to one caller at a time, so that nobody waits to read."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator
from contextlib import contextmanager
from threading import BoundedSemaphore
from typing import Generic, Protocol, TypeVar

from ledger.errors import LedgerUnavailable


class Closable(Protocol):
    """A connection, as far as lending it needs to know."""

    def close(self) -> None: ...


C = TypeVar("C", bound=Closable)


class Readers(Generic[C]):
    """A few connections, each lent to one caller at a time; reads are short, and whoever comes meanwhile waits."""

    AT_MOST = 8
    WAITS_SECONDS = 10.0

    def __init__(
        self, connect: Callable[[], C], *, stale: Callable[[C], bool] | None = None
    ) -> None:
        """`stale` tells of an idle connection whether it was ended meanwhile; then another one is lent."""
        self._connect = connect
        self._stale = stale
        self._idle: deque[C] = deque()
        self._free = BoundedSemaphore(self.AT_MOST)
        self._closed = False

    @contextmanager
    def lend(self) -> Generator[C]:
        """A connection for the block; after an error in it the connection is thrown away.

        LedgerUnavailable once the store is closed, or if none comes back in time.
        """
        self.refuse_closed()
        if not self._free.acquire(timeout=self.WAITS_SECONDS):
            raise LedgerUnavailable(
                "Too much is read at once, and nothing was recorded: ask again in a moment."
            )
        try:
            connection = self._fresh()
            try:
                yield connection
            except BaseException:
                connection.close()
                raise
            self._idle.append(connection)
        finally:
            self._free.release()
        if self._closed:
            self.forget_idle()

    def refuse_closed(self) -> None:
        """LedgerUnavailable once the store that reads here was closed."""
        if self._closed:
            raise LedgerUnavailable("The ledger is closed: open it again.")

    def forget_idle(self) -> None:
        """Closes what is idle, so that the next caller gets a new connection."""
        while self._idle:
            try:
                self._idle.pop().close()
            except IndexError:
                return

    def close(self) -> None:
        """Closes idle connections now and lent ones when they come back."""
        self._closed = True
        self.forget_idle()

    def _fresh(self) -> C:
        while True:
            try:
                connection = self._idle.pop()
            except IndexError:
                return self._connect()
            if self._stale is None or not self._stale(connection):
                return connection
            connection.close()
