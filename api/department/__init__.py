"""The simulated department and the office of the reference story, which fill a ledger the way an office would."""

from __future__ import annotations

from api.department.agenda import SimulatedClock
from api.department.story.office import STORY_BEGINS_AT, tell_story
from api.department.year import MONTHS_AT_MOST, YearLived, begins_at, live

__all__ = [
    "MONTHS_AT_MOST",
    "STORY_BEGINS_AT",
    "SimulatedClock",
    "YearLived",
    "begins_at",
    "live",
    "tell_story",
]
