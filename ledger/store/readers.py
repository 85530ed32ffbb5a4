"""Connections for reading, lent to one caller at a time, so that nobody waits to read."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import Generic, Protocol, TypeVar

from ledger.errors import LedgerUnavailable


class Closable(Protocol):
    """A connection, as far as lending it needs to know."""

    def close(self) -> None: ...


C = TypeVar("C", bound=Closable)


class Readers(Generic[C]):
    """As many connections as are used at once; a few idle ones are kept for the next callers."""

    IDLE_AT_MOST = 8

    def __init__(self, connect: Callable[[], C]) -> None:
        self._connect = connect
        self._idle: deque[C] = deque()
        self._closed = False

    @contextmanager
    def lend(self) -> Generator[C]:
        """A connection for the block; after an error in it the connection is thrown away."""
        self.refuse_closed()
        try:
            connection = self._idle.pop()
        except IndexError:
            connection = self._connect()
        try:
            yield connection
        except BaseException:
            connection.close()
            raise
        if len(self._idle) >= self.IDLE_AT_MOST:
            connection.close()
        else:
            self._idle.append(connection)
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
