"""The days of the reference story, as the board and the rate showed them at closing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

Phase = Literal["push", "pull", "dropped"]


@dataclass(frozen=True, slots=True)
class StoryDay:
    """A working day at closing; `calls` of people who asked where their case stands.

    `needed` is how many the rate asked of the day, None where there was no rate.
    """

    on: date
    phase: Phase
    waiting: int
    incoming: int
    processed: int
    calls: int
    oldest_days: int
    needed: int | None

    @property
    def missed(self) -> bool:
        """Whether fewer were cleared than the rate asked."""
        return self.needed is not None and self.processed < self.needed


@dataclass(frozen=True, slots=True)
class StoryTold:
    """The whole story, a working day at a time."""

    days: tuple[StoryDay, ...]
    entries: int

    def ends_of(self, phase: Phase) -> StoryDay:
        """The last day of a phase."""
        return [day for day in self.days if day.phase == phase][-1]

    def as_json(self) -> dict[str, Any]:
        """The story in plain values."""
        return {"days": list(self.days), "entries": self.entries}
