"""A clock of ten working days from a Monday on, and how it stands."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ledger.policy.clocks.certificates import recheck
from ledger.policy.clocks.history import ClockHistory, Reckoning, Standing, Waiting
from ledger.policy.clocks.reckoning import reckon, standing
from ledger.policy.document.clocks import ClockDefinition
from tests.policy.law import CALENDARS, clock, local

ZONE = "America/Halifax"

RUNGS = [
    {"code": "three-quarters", "percent": 75, "party": "owner"},
    {"code": "two-left", "offset": -2, "calendar": "NS-SAMPLE", "party": ["owner", "leader"]},
    {"code": "breach", "offset": 0, "party": "leader"},
    {"code": "five-over", "offset": 5, "calendar": "NS-SAMPLE", "party": "director"},
]


def at(text: str) -> datetime:
    """An instant by the clocks there."""
    return local(ZONE, text)


START = at("2027-04-05T10:00")
"""A Monday; ten working days end on Monday 19 April."""


def ten_days(**said: Any) -> ClockDefinition:
    """The clock, changed as a test needs it."""
    plain = {
        "unit": "working_days",
        "amount": 10,
        "zone": ZONE,
        "counting_calendar": "NS-SAMPLE",
        "office_calendar": "OFFICE",
        "effects": {"particulars": "pause", "clarification": "reset"},
        "rungs": RUNGS,
    }
    return clock("FIX-10", **{**plain, **said})


def stands(
    definition: ClockDefinition | None = None, *, when: str | None = None, **history: Any
) -> Reckoning:
    """How it stands, its certificate walked again."""
    terms, known = definition or ten_days(), ClockHistory(START, **history)
    answer = reckon(terms, CALENDARS, known, at=at(when) if when else None)
    assert recheck(answer.certificate, *CALENDARS.counting.values(), *CALENDARS.hours.values()), (
        answer.certificate
    )
    brief = standing(terms, CALENDARS, known, at=answer.at)
    assert brief == Standing(answer.state, answer.due_at)
    return answer


def wait(start: str, end: str | None, reason: str = "particulars") -> Waiting:
    """A wait from one instant to another, or open still."""
    return Waiting(reason, at(start), at(end) if end else None)
