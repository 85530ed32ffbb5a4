"""What a pass of the watch looks at, and what each of its parts proposes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from ledger.commands import Request
from ledger.policy.in_force import PolicyVersion
from ledger.policy.routing.presence import Directory
from ledger.service import Ledger
from projections.views import Views


@dataclass(frozen=True, slots=True)
class Seen:
    """The views as the pass finds them, its now, the policy then in force, who is there, and the ledger to read."""

    views: Views
    now: datetime
    version: PolicyVersion
    directory: Directory
    ledger: Ledger

    @property
    def today(self) -> date:
        """The local date at the office."""
        days = self.version.compiled.calendars.days_of(self.version.policy.office.zone)
        return days.date_of(self.now)


Proposals = Callable[[Seen], Iterator[Sequence[Request]]]
"""Pages of commands that time calls for, each under an id that derives from its cause.

A page is asked of the ledger before the next is looked for.
"""


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that a pass looks for, and how what it records is named as one and as several."""

    name: str
    one: str
    several: str
    proposals: Proposals
