"""The clocks that the rows of the decision table speak of, and how one stands."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from ledger.policy.clocks.certificates import recheck
from ledger.policy.clocks.history import ClockHistory, Reckoning, Standing, Waiting
from ledger.policy.clocks.reckoning import reckon, standing
from ledger.policy.document.clocks import ClockDefinition
from tests.deciding import (
    MONDAY,
)
from tests.policy.law import CALENDARS, clock, local

HALIFAX, LONDON, TORONTO = "America/Halifax", "Europe/London", "America/Toronto"
DAY = timedelta(days=1)
TUESDAY = MONDAY + DAY
DUE = datetime(2026, 3, 17, 3, 0, tzinfo=UTC)
"""The end of the tenth working day after that Monday."""


def days(amount: int, unit: str = "working_days", **said: Any) -> ClockDefinition:
    """A promise of so many days in Halifax; waiting for particulars pauses it."""
    counted = {"counting_calendar": "NS-SAMPLE"} if unit == "working_days" else {}
    plain = {"effects": {"particulars": "pause", "clarification": "reset"}, **counted}
    return clock("D", unit=unit, amount=amount, zone=HALIFAX, **{**plain, **said})


def hours(amount: int, unit: str = "business_hours") -> ClockDefinition:
    """A promise of so many hours in Halifax; waiting for particulars pauses it."""
    return clock(
        "H", unit=unit, amount=amount, zone=HALIFAX, office_calendar="OFFICE",
        effects={"particulars": "pause"},
    )  # fmt: skip


def stands(
    definition: ClockDefinition,
    received: str,
    *waits: tuple[str, str, str | None],
    at: str | None = None,
    **more: Any,
) -> Reckoning:
    """How a clock stands, its certificate rechecked day by day, and the same where only that is asked."""
    zone = definition.zone
    history = ClockHistory(
        local(zone, received),
        tuple(
            Waiting(reason, local(zone, begin), None if end is None else local(zone, end))
            for reason, begin, end in waits
        ),
        **more,
    )
    answer = reckon(definition, CALENDARS, history, at=None if at is None else local(zone, at))
    assert recheck(answer.certificate, *CALENDARS.counting.values(), *CALENDARS.hours.values())
    brief = standing(definition, CALENDARS, history, at=answer.at)
    assert brief == Standing(answer.state, answer.due_at)
    return answer


def due(definition: ClockDefinition, received: str, *waits: Any, **more: Any) -> str:
    """The date on which a clock is due."""
    return str(stands(definition, received, *waits, **more).due_on)
