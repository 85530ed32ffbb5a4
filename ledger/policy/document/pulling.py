"""Pull terms of a policy: what it takes to work a type, how long that takes, and when waiting has lasted too long."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from ledger.policy.values import Amount, Code, Section


class TypePull(Section):
    """What pulling needs to know of a request type; `caseledger flow` measures both times."""

    skills: tuple[Code, ...] = ()
    """All of these are needed to work it."""
    working_minutes: Amount | None = None
    """The 80th percentile of its working time, in minutes of open office."""
    median_days: Amount | None = None
    """The median from receipt to end, in calendar days."""


class PullTerms(Section):
    """By what a member is eligible for a case, and the order in which cases are taken."""

    eligible_by: tuple[Literal["skill", "region", "language"], ...] = (
        "skill",
        "region",
        "language",
    )
    types: Mapping[Code, TypePull] = {}
    regions: Mapping[Code, tuple[Code, ...]] = {}
    """The regions that a member works in, where they do not work in all."""
    ageing_percent: Amount = 300
    """A case goes to the head once it waits longer than this share of its type's median."""
    immediate_limit: Amount = 1
    """How many cases of immediate danger one person may have in hand, beside the limit of the others."""
