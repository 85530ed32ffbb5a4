"""One writer at a time, over all threads of this process and all processes of this machine."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path
from threading import RLock, get_ident
from types import TracebackType


class WriterLock:
    """A lock on a file, which the thread that holds it may take again.

    Waiting is left to the kernel, which wakes a waiter as soon as the holder lets go and frees the
    lock of a process that died. Polling with a deadline was refused: against a busy writer, which
    lets go for microseconds only, the poller would starve.
    """

    def __init__(self, path: Path) -> None:
        self._file = os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600), "rb+")
        self.threads = RLock()
        self._depth = 0
        self._holder: int | None = None

    @property
    def held_here(self) -> bool:
        """Whether this thread holds it."""
        return self._holder == get_ident()

    def __enter__(self) -> None:
        self.threads.acquire()
        try:
            if self._depth == 0:
                fcntl.flock(self._file, fcntl.LOCK_EX)
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
