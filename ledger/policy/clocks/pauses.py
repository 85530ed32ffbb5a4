"""A pause as a clock is laid past it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Pause:
    """An interval in which the clock is to stand still; it does so only if it began before the breach."""

    from_at: datetime
    to_at: datetime | None
    start_day_counts: bool = False
    end_day_counts: bool = False
