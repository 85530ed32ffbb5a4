"""Remembered: what never changes once it is known, so that nobody looks it up twice."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

V = TypeVar("V")

_AT_MOST = 100_000


class Remembered(Generic[V]):
    """What a look-up found by name; what it did not find is looked up again. Any thread may ask."""

    def __init__(self, look_up: Callable[[str], V | None]) -> None:
        self._look_up = look_up
        self._known: dict[str, V] = {}

    def get(self, name: str) -> V | None:
        """What is known by this name; None if there is none yet."""
        known = self._known.get(name)
        if known is None and (known := self._look_up(name)) is not None:
            if len(self._known) >= _AT_MOST:
                self._known = {}
            self._known[name] = known
        return known
