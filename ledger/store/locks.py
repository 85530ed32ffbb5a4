"""One writer at a time, over all threads of this process and all processes of this machine."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable
from pathlib import Path
from threading import Condition, RLock, Thread, get_ident
from types import TracebackType
from typing import BinaryIO

from ledger.errors import LedgerUnavailable

WITHIN_SECONDS = 10.0
"""How long the writer's lock is waited for before somebody is told to ask again."""
_HELD = Path("/proc/locks")


class WriterLock:
    """A lock on a file, which the thread that holds it may take again.

    Waiting is left to the kernel, which wakes a waiter as soon as the holder lets go and frees the
    lock of a process that died. Polling with a deadline was refused: against a busy writer, which
    lets go for microseconds only, the poller would starve. So where there is a deadline, a thread keeps
    the place in the kernel's queue, and whoever gave up finds it there when they ask again.
    """

    def __init__(
        self,
        path: Path,
        *,
        within_seconds: float | None = None,
        before_waiting: Callable[[], None] = lambda: None,
    ) -> None:
        """Who waits for longer than so many seconds hears LedgerUnavailable; without them nobody does.

        `before_waiting` may refuse: whoever cannot be served hears that at once where another process has the lock.
        """
        self._path = path
        self._within = within_seconds
        self._before_waiting = before_waiting
        self._file = _opened(path, os.O_CREAT)
        self._place: _Place | None = None
        self.threads = RLock()
        self._depth = 0
        self._holder: int | None = None

    @property
    def held_here(self) -> bool:
        """Whether this thread holds it."""
        return self._holder == get_ident()

    def __enter__(self) -> None:
        if not self.threads.acquire(timeout=-1 if self._within is None else self._within):
            raise self._unavailable(os.getpid())
        try:
            if self._depth == 0:
                self._take()
            self._depth += 1
            self._holder = get_ident()
        except BaseException:
            self.threads.release()
            raise

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._depth -= 1
        if self._depth == 0:
            self._holder = None
            fcntl.flock(self._file, fcntl.LOCK_UN)
        self.threads.release()

    def close(self) -> None:
        """Lets go of the file; the lock cannot be taken any more."""
        with self.threads:
            self._file.close()

    def _take(self) -> None:
        if self._within is None:
            fcntl.flock(self._file, fcntl.LOCK_EX)
            return
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self._before_waiting()
            self._wait(self._within)

    def _wait(self, seconds: float) -> None:
        place, self._place = self._place or _Place(self._path), None
        while (taken := place.come(seconds)) is None:
            if not place.gone:
                self._place = place
                raise self._unavailable(_holder(self._path))
            place = _Place(self._path)
        self._file.close()
        self._file = taken

    def _unavailable(self, process: int | None) -> LedgerUnavailable:
        who = "Another process" if process is None else f"The process {process}"
        return LedgerUnavailable(
            f"{who} has held {self._path.name} for more than {self._within:g} seconds, and nothing was "
            "recorded: let it finish, or end it, and ask again."
        )


class _Place:
    """A place in the kernel's queue for a lock, which a thread keeps: there waiting has no end."""

    def __init__(self, path: Path) -> None:
        self._file = _opened(path)
        self._moved = Condition()
        self._wanted = False
        self._come = False
        self.gone = False
        """Whether its turn came while nobody wanted it."""
        Thread(target=self._queue, name="caseledger-queued", daemon=True).start()

    def come(self, seconds: float) -> BinaryIO | None:
        """The file, locked, once its turn has come; None if it has not in time, and it stays in the queue."""
        with self._moved:
            self._wanted = True
            self._moved.wait_for(lambda: self._come, seconds)
            self._wanted = False
            return self._file if self._come and not self.gone else None

    def _queue(self) -> None:
        fcntl.flock(self._file, fcntl.LOCK_EX)
        with self._moved:
            self._come = True
            if not self._wanted:
                self.gone = True
                self._file.close()
            self._moved.notify_all()


def _opened(path: Path, flags: int = 0) -> BinaryIO:
    return os.fdopen(os.open(path, os.O_RDWR | os.O_CLOEXEC | flags, 0o600), "rb+")


def _holder(path: Path) -> int | None:
    """The process that has locked a file, where the system tells (proc_locks(5)); None where it does not."""
    try:
        found, held = path.stat(), _HELD.read_text(encoding="ascii").splitlines()
    except OSError:
        return None
    file = f"{os.major(found.st_dev):02x}:{os.minor(found.st_dev):02x}:{found.st_ino}"
    for fields in (line.split() for line in held):
        if len(fields) > 5 and fields[1] == "FLOCK" and fields[5] == file:
            return int(fields[4]) or None  # 0: a process of another container
    return None
