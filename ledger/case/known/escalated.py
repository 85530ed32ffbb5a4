"""Escalations of a case: before whom each stands, and what was said to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Escalation:
    """An escalation: before whom, since when, about which clock or alarm if either, and how far it has climbed.

    A warning is of a rung before its clock was due.
    """

    parties: tuple[str, ...]
    since_at: datetime
    alarm: str | None = None
    clock: str | None = None
    generation: int | None = None
    warning: bool = False
    climbed: int = 0
    told_at: datetime | None = None
    """When the alert was delivered that it owes as it now stands."""
    over: bool = False
    """That it is on record that what it told is so no more."""
    act_by: datetime | None = None
    """By when whoever answered it said that they would act."""
