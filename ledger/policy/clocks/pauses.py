"""Pauses: which waits a clock stands still for, and one of them as a clock is laid past it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from ledger.policy.clocks.history import Waiting
from ledger.policy.document.clocks import ClockDefinition


@dataclass(frozen=True, slots=True)
class Pause:
    """An interval in which the clock is to stand still; it does so only if it began before the breach."""

    from_at: datetime
    to_at: datetime | None
    start_day_counts: bool = False
    end_day_counts: bool = False


def stopping(clock: ClockDefinition, waits: Iterable[Waiting]) -> Iterator[Waiting]:
    """The waits that a clock stands still for, in the order in which they began: for a reset until it is answered."""
    tolled: dict[str, int] = {}
    for wait in sorted(waits, key=lambda each: each.from_at):
        terms = clock.effect_of(wait.reason)
        if terms.effect == "none" or (terms.effect == "reset" and wait.to_at is not None):
            continue
        if terms.effect == "toll":  # row 20: a toll is used so often and no more
            tolled[wait.reason] = tolled.get(wait.reason, 0) + 1
            if tolled[wait.reason] > (terms.limit or 1):
                continue
        yield wait
