"""Decision terms of a policy: the outcomes that a case is closed with, and who may decide by which delegation."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import model_validator

from ledger.policy.values import Code, Day, Labelled, Text, Whole, YesNo


class CloseReason(Labelled):
    """An outcome that a case is closed with."""

    decides: YesNo | None = None
    """It answers the request, so that a person decides it; left out: granted, part and refused do."""
    names_other: YesNo = False
    """It is of another case, which whoever closes this one names, unless the two are linked already."""


class Delegation(Labelled):
    """Authority delegated by an instrument to members, to whoever leads or directs, or to a skill."""

    authority: Text
    """The instrument that delegates, cited."""
    members: tuple[Code, ...] = ()
    roles: tuple[Literal["leader", "director"], ...] = ()
    """Held by whoever leads the team acted for, or directs the office."""
    skills: tuple[Code, ...] = ()
    types: tuple[Code, ...] = ()
    """The request types that may be decided under it; all if left out."""
    outcomes: tuple[Code, ...] = ()
    """The outcomes that may be decided under it; all if left out."""
    begins_on: Day
    ends_on: Day | None = None
    """The last day on which it is valid."""
    limit_cents: Whole | None = None
    """The most that one decision under it may be worth."""

    @model_validator(mode="after")
    def _somebody_holds_it(self) -> Delegation:
        if not (self.members or self.roles or self.skills):
            raise ValueError("is held by nobody: give members, roles or skills")
        if self.ends_on is not None and self.ends_on < self.begins_on:
            raise ValueError("ends before it begins: give ends_on from begins_on on")
        return self

    def valid_on(self, day: date) -> bool:
        """Whether it holds on a local date."""
        return self.begins_on <= day and (self.ends_on is None or day <= self.ends_on)

    def is_for(self, request_type: str) -> bool:
        """Whether cases of this type may be decided under it."""
        return not self.types or request_type in self.types
