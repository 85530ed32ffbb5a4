"""Arrivals: whoever follows the log hears when it has grown, a thread or a coroutine, without asking all the time.

One thread of this process listens for all: to the database's notifications, or to SQLite's own counter of
changes. Behind it the tip is read at every look, so a notification that was missed delays and loses nothing.
"""

from __future__ import annotations

import asyncio
import sqlite3
import time
from abc import ABC, abstractmethod
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Condition, Thread
from typing import Self

from ledger.errors import LedgerError, LedgerUnavailable
from ledger.store.interface import LedgerStore
from ledger.store.sqlite import files as sqlite_files
from ledger.store.translation import Translated

LOOKS_EVERY_SECONDS = 1.0
"""How long it takes at most until an entry is noticed of which nothing was heard."""

LISTENS_ON_SECONDS = 10.0
"""For how long somebody listens for nobody, before the connection is given up."""
_HOME_LOOKS_EVERY_SECONDS = 0.02
_ASKED_TO_END_EVERY_SECONDS = 0.2
_PACE_SECONDS = 0.03
"""A log that grows a thousand times a second is told of some thirty times."""


class Listening(ABC):
    """A connection of a thread's own on which something is heard when entries arrive."""

    @abstractmethod
    def begin(self) -> None:
        """From here on nothing that arrives goes unheard; LedgerUnavailable if nobody can be listened to."""

    @abstractmethod
    def wait(self, seconds: float) -> bool:
        """Returns once something was heard since the last time, False if nothing was after so many seconds."""

    @abstractmethod
    def end(self) -> None:
        """Lets go of the connection."""


class HomeListening(Listening):
    """Looks at the counter that SQLite keeps of the changes by others: it costs microseconds."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._translated = Translated(file.name, sqlite3.Error, OSError)
        self._session: sqlite3.Connection | None = None
        self._seen = 0

    def begin(self) -> None:
        if self._session is None:
            with self._translated:
                self._session = sqlite_files.connect(
                    self._file, synchronous="FULL", query_only=True
                )
                self._seen = _changes(self._session)

    def wait(self, seconds: float) -> bool:
        assert self._session is not None
        before, until = self._seen, time.monotonic() + seconds
        with self._translated:
            while (found := _changes(self._session)) == before and time.monotonic() < until:
                time.sleep(_HOME_LOOKS_EVERY_SECONDS)
        self._seen = found
        return found != before

    def end(self) -> None:
        session, self._session = self._session, None
        if session is not None:
            session.close()


def _changes(session: sqlite3.Connection) -> int:
    ((count,),) = session.execute("PRAGMA data_version").fetchall()
    return count


@dataclass(frozen=True, slots=True, eq=False)
class _Coroutine:
    """A coroutine that waits for more than it knows."""

    after: int
    loop: asyncio.AbstractEventLoop
    arrived: asyncio.Event

    def wake(self) -> None:
        with suppress(RuntimeError):  # its loop was closed meanwhile
            self.loop.call_soon_threadsafe(self.arrived.set)


class Arrivals:
    """Tells any number of waiters when the log has grown past what they know. Close it before its store.

    While the database does not answer it looks as if nothing arrived; it is listened to again once it does.
    """

    def __init__(self, store: LedgerStore, listening: Listening) -> None:
        self._store = store
        self._listening = listening
        self._changed = Condition()
        self._tip = 0
        self._threads = 0
        self._coroutines = set[_Coroutine]()
        self._listener: Thread | None = None
        self._waited_at = 0.0
        self._closed = False

    def wait(self, *, after: int, seconds: float) -> int:
        """The tip once it is higher than `after`, or what is known of it once so many seconds have passed.

        LedgerUnavailable once this is closed; who waits then is answered at once.
        """
        with self._changed:
            self._listen()
            self._threads += 1
            try:
                self._changed.wait_for(lambda: self._tip > after or self._closed, seconds)
            finally:
                self._threads -= 1
            return self._tip

    async def awaited(self, *, after: int, seconds: float) -> int:
        """The same for a coroutine of any event loop; it may be cancelled."""
        waiting = _Coroutine(after, asyncio.get_running_loop(), asyncio.Event())
        with self._changed:
            self._listen()
            if self._tip > after:
                return self._tip
            self._coroutines.add(waiting)
        try:
            with suppress(TimeoutError):
                async with asyncio.timeout(seconds):
                    await waiting.arrived.wait()
        finally:
            with self._changed:
                self._coroutines.discard(waiting)
        return self._tip

    def close(self) -> None:
        """Answers whoever waits and lets go of the connection."""
        with self._changed:
            self._closed = True
            self._wake()
            listener = self._listener
        if listener is not None:
            listener.join()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _listen(self) -> None:
        """Sees to it that somebody listens; the caller holds `_changed`."""
        if self._closed:
            raise LedgerUnavailable("The ledger is closed: open it again.")
        if self._listener is None or not self._listener.is_alive():
            self._waited_at = time.monotonic()
            self._listener = Thread(target=self._run, name="caseledger-arrivals", daemon=True)
            self._listener.start()

    def _run(self) -> None:
        while not self._ends():
            try:
                self._listening.begin()
                self._tell(self._store.tip())
                until = time.monotonic() + LOOKS_EVERY_SECONDS
                while not self._listening.wait(_ASKED_TO_END_EVERY_SECONDS):
                    if self._closed or time.monotonic() > until:
                        break
            except LedgerError:
                self._listening.end()
                time.sleep(_ASKED_TO_END_EVERY_SECONDS)
            time.sleep(_PACE_SECONDS)

    def _ends(self) -> bool:
        """Whether to listen no longer: this is closed, or nobody has waited for a while."""
        with self._changed:
            now = time.monotonic()
            if self._threads or self._coroutines:
                self._waited_at = now
            if not self._closed and now - self._waited_at <= LISTENS_ON_SECONDS:
                return False
            self._listening.end()
            self._listener = None
            return True

    def _tell(self, tip: int) -> None:
        with self._changed:
            if tip != self._tip:
                self._tip = tip
                self._wake()

    def _wake(self) -> None:
        self._changed.notify_all()
        for each in self._coroutines:
            if self._closed or self._tip > each.after:
                each.wake()
