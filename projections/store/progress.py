"""Progress of what takes long: how far it has come, who is told, and who may say that it is to stop."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple


class Progress(NamedTuple):
    """How many entries of how many are done."""

    done: int
    of: int


OnProgress = Callable[[Progress], None]
Cancelled = Callable[[], bool]
