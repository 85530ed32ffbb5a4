"""The simulated offices, which fill a ledger the way an office would."""

from __future__ import annotations

from api.department.agenda import SimulatedClock
from api.department.office import BEGINS_AT, OfficeRun, run_office
from api.department.story import STORY_BEGINS_AT, tell_story

__all__ = [
    "BEGINS_AT",
    "STORY_BEGINS_AT",
    "OfficeRun",
    "SimulatedClock",
    "run_office",
    "tell_story",
]
