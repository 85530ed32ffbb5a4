"""Randomness for ids, drawn many bytes at a time.

Each draw from the system lets another thread run first, and getting the interpreter back costs a thousand times
what the bytes do. Keys and salts are drawn by themselves, where they are made.
"""

from __future__ import annotations

import os
from threading import Lock

_DRAWN_BYTES = 4_096


class Randomness:
    """Hands out random bytes, each of them once, also where the process was forked; any thread may ask."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._drawn = b""
        self._at = 0
        self._of_process = os.getpid()

    def __call__(self, count: int) -> bytes:
        """So many bytes, at most 4,096."""
        with self._lock:
            if self._at + count > len(self._drawn) or self._of_process != os.getpid():
                self._drawn, self._at = os.urandom(_DRAWN_BYTES), 0
                self._of_process = os.getpid()
            start, self._at = self._at, self._at + count
            return self._drawn[start : self._at]
