"""Chase terms of a policy: the steps by which what is missing is asked for, until a request lapses."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from itertools import pairwise
from typing import Annotated, Literal

from pydantic import Field, Strict, model_validator

from ledger.policy.values import Code, Labelled, Section

ChaseAct = Literal["ask", "remind", "warn", "lapse"]


WorkingDays = Annotated[int, Strict(), Field(ge=0, le=1000)]


LAPSED = "lapsed"
"""The outcome with which a request lapses; `reasons.close` must have it."""


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


def wrong_plans(
    chases: Mapping[Code, ChasePlan], outcomes: Collection[str]
) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Plans that end with a lapse though the policy has no such outcome: where, and what is wrong there."""
    for code, plan in chases.items():
        if plan.steps[-1].act == "lapse" and LAPSED not in outcomes:
            path = ("chases", code, "steps", len(plan.steps) - 1)
            yield path, f"ends with a lapse: add the outcome '{LAPSED}' to reasons.close"
