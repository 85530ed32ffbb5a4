"""An agenda of simulated time: what people do is a generator that yields the instant at which it goes on."""

from __future__ import annotations

import heapq
from collections.abc import Generator
from dataclasses import dataclass, field
from datetime import datetime

Doing = Generator[datetime, None, None]
"""Something done in steps; between two steps the instant of the next is yielded."""


@dataclass
class SimulatedClock:
    """A clock that shows the instant it was set to, and never goes back."""

    shows: datetime

    def __call__(self) -> datetime:
        return self.shows

    def set_to(self, at: datetime) -> None:
        """Moves the clock on."""
        self.shows = max(self.shows, at)


@dataclass
class Agenda:
    """Who goes on when; of those at one instant, who was entered first."""

    clock: SimulatedClock
    _due: list[tuple[datetime, int, Doing]] = field(
        default_factory=list[tuple[datetime, int, Doing]]
    )
    _entered: int = 0

    def enter(self, at: datetime, doing: Doing) -> None:
        """Lets something begin at an instant."""
        heapq.heappush(self._due, (at, self._entered, doing))
        self._entered += 1

    def go_on(self, until: datetime) -> None:
        """Lets everything go on, in the order of time, up to an instant."""
        while self._due and self._due[0][0] <= until:
            at, _, doing = heapq.heappop(self._due)
            self.clock.set_to(at)
            following = next(doing, None)
            if following is not None:
                self.enter(following, doing)
        self.clock.set_to(until)
