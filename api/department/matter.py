"""A matter that somebody brings to the simulated department, as its people know it beside what the ledger says."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal
from uuid import UUID

from ledger.case.known.answers import Answer
from ledger.policy.document.conditions import Severity

StepName = Literal["detour", "greet", "care", "complete", "work", "answer"]
"""What is done about a matter by whoever has it, one after the other."""


@dataclass
class Matter:
    """What somebody brings: what they say at first, what they could have said, and how it goes on."""

    case_id: UUID
    party_id: UUID
    name: str
    phone: str
    channel: str
    kind: str
    """What it really is; `taken_as` is what it was opened as, or None where nobody knew yet."""
    taken_as: str | None
    language: str
    region: str | None
    severity: Severity
    criterion: str | None
    answers: dict[str, Answer]
    kept_back: dict[str, Answer]
    at: datetime
    silent: bool = False
    """Whoever asks what was kept back gets no answer."""
    repeat_of: UUID | None = None
    reviews: UUID | None = None
    in_hand: bool = False
    """Somebody works on it, step by step."""
    done: set[StepName] = field(default_factory=set[StepName])
    """The steps of its course that were taken."""
    bouncing: bool = False
    """It is one of those that every team hands on."""

    @property
    def danger(self) -> bool:
        """Whether somebody is in danger."""
        return self.severity == "immediate_danger"
