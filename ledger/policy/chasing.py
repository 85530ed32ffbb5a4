"""Chasing: when whoever asked is to be reminded of what is missing, warned, and when the request lapses.

Practice table, row Intake: ask at once, remind at +5 and +10 working days, give notice of the intended
lapse, lapse at +20, never for vulnerable cases without a person.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from itertools import pairwise
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field, Strict, model_validator

from ledger.policy.values import Code, Labelled, Section

if TYPE_CHECKING:
    from ledger.policy.compiled import CompiledPolicy

ChaseAct = Literal["ask", "remind", "warn", "lapse"]
LAPSED = "lapsed"
"""The outcome with which a request lapses; `reasons.close` must have it."""

WorkingDays = Annotated[int, Strict(), Field(ge=0, le=1000)]


class ChaseStep(Section):
    """What is to be done so many working days after the chase began; 0 is at once."""

    act: ChaseAct
    after_working_days: WorkingDays


class ChasePlan(Labelled):
    """The steps of a chase in their order; one that ends with a lapse gives notice of it just before."""

    steps: Annotated[tuple[ChaseStep, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _goes_on_step_by_step(self) -> ChasePlan:
        for earlier, later in pairwise(self.steps):
            if earlier.act == "lapse":
                raise ValueError("a chase ends with its lapse: put no step after it")
            if later.after_working_days <= earlier.after_working_days:
                raise ValueError("each step comes later than the one before: put them in order")
        last = len(self.steps) - 1
        if self.steps[last].act == "lapse" and (last == 0 or self.steps[last - 1].act != "warn"):
            raise ValueError("nothing lapses without notice: put a step 'warn' just before 'lapse'")
        return self


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


def wrong_plans(
    chases: Mapping[Code, ChasePlan], outcomes: Collection[str]
) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Plans that end with a lapse though the policy has no such outcome: where, and what is wrong there."""
    for code, plan in chases.items():
        if plan.steps[-1].act == "lapse" and LAPSED not in outcomes:
            path = ("chases", code, "steps", len(plan.steps) - 1)
            yield path, f"ends with a lapse: add the outcome '{LAPSED}' to reasons.close"
