"""Whoever holds the writer's lock says so every moment: one that stands still loses it, however slow others are.

A process that is stopped, or whose machine is, keeps its session and with it the lock, for which all others wait. So
the server ends a session that says nothing for seconds while it holds that. Nobody who is at work loses it by that: a
thread of theirs goes on saying so.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from threading import Event, Lock, Thread

import psycopg

from ledger.store.postgres.connection import Connection

STANDS_STILL_SECONDS = 8.0
"""How long a holder may say nothing: less than a lock is waited for, so that who waits is served, not refused."""
_SAYS_EVERY_SECONDS = 2.0


def limit() -> str:
    """How long a session may say nothing from when it gets the lock on, as the server takes it."""
    return str(int(STANDS_STILL_SECONDS * 1000))


class Pulse:
    """Says for a session that its holder lives, for as long as `held` gives it; what takes a moment it passes over."""

    def __init__(self, held: Callable[[], Connection | None]) -> None:
        self._held = held
        self._ended = Event()
        self._starting = Lock()
        self._thread: Thread | None = None

    def start(self) -> None:
        """Begins, if it has not begun yet."""
        with self._starting:
            if self._thread is None and not self._ended.is_set():
                self._thread = Thread(target=self._run, name="caseledger-pulse", daemon=True)
                self._thread.start()

    def close(self) -> None:
        """Says nothing more."""
        with self._starting:
            self._ended.set()
        if self._thread is not None:
            self._thread.join()

    def _run(self) -> None:
        while not self._ended.wait(min(_SAYS_EVERY_SECONDS, STANDS_STILL_SECONDS / 4)):
            session = self._held()
            if session is not None:
                with suppress(psycopg.Error):  # whoever holds it hears that as they go on
                    session.execute("SELECT 1")
