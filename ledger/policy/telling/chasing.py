"""Chasing: when whoever asked is to be reminded of what is missing, warned, and when the request lapses.

Practice table, row Intake: ask at once, remind at +5 and +10 working days, give notice of the intended
lapse, lapse at +20, never for vulnerable cases without a person.
"""

from __future__ import annotations

from datetime import datetime

from ledger.policy.compiled.policy import CompiledPolicy
from ledger.policy.document.chases import ChaseStep


def step_at(policy: CompiledPolicy, step: ChaseStep, began_at: datetime) -> datetime:
    """When the time of a step has come: at once, or in the first instant of that working day.

    A lapse comes when its working day is over, so that all of it is left for an answer. Raises
    BeyondCalendar where the calendar does not say.
    """
    if step.after_working_days == 0:
        return began_at
    whole = step.act == "lapse"
    return _working_days_after(policy, began_at, step.after_working_days, whole=whole)


def answered_by(policy: CompiledPolicy, told_at: datetime, working_days: int) -> datetime:
    """By when somebody who was told at an instant can have answered: the end of that working day."""
    return _working_days_after(policy, told_at, working_days, whole=True)


def _working_days_after(
    policy: CompiledPolicy, at: datetime, working_days: int, *, whole: bool
) -> datetime:
    office, calendars = policy.policy.office, policy.calendars
    days = calendars.days_of(office.zone)
    counting = calendars.counting[office.counting_calendar]
    day = counting.nth_after(days.date_of(at), working_days)
    return days.end(day) if whole else days.begin(day)
