"""Clocks of a case, each a generation of its own, and the waits that pause them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from ledger.case.known.approvals import Claim
from ledger.policy.clocks.history import ClockHistory, ClockState, RungAt


@dataclass(frozen=True, slots=True)
class Clock:
    """One generation of one clock on a case, under the policy it was armed by."""

    code: str
    generation: int
    policy: str | None
    history: ClockHistory
    state: ClockState
    due_at: datetime | None
    rungs: tuple[RungAt, ...] = ()
    reached: frozenset[str] = frozenset()
    breached: bool = False
    resets: int = 0
    pause_ends_at: datetime | None = None
    calendars: str | None = None
    """The policy whose calendars count, where they were revised since; those of `policy` if None."""
    tz_version: str | None = None
    """The edition of the time-zone data by which it was last reckoned."""
    cause: str | None = None
    """What ended it: the act it asked for, or why it asks for none any more."""
    claimed: Claim | None = None
    """That its time was kept, which awaits a second person's approval."""
    refused: datetime | None = None
    """When it was said to have ended, where a second person refused that."""

    @property
    def open(self) -> bool:
        return self.state in ("running", "paused")

    @property
    def law(self) -> str:
        """The policy that it was armed by; that of a deadline which another system stated names none."""
        return self.policy or ""

    def armed_again(self, rungs: Collection[str]) -> Clock:
        """The clock, these rungs to be reached once more: what was reached stays, as it was then known."""
        return replace(self, reached=self.reached.difference(rungs))

    def at_rung(self, code: str) -> Clock:
        """The clock, this rung reached."""
        return replace(self, reached=self.reached | {code})

    def past_due(self) -> Clock:
        """The clock, breached: it runs on until something stops it."""
        return replace(self, breached=True)


@dataclass(frozen=True, slots=True)
class Wait:
    """An interval in which the case waits, half-open [from_at, to_at)."""

    wait_id: UUID
    reason: str
    from_at: datetime
    to_at: datetime | None = None

    def ended(self, at: datetime) -> Wait:
        """The wait, ended at this instant unless it ended before."""
        return self if self.to_at else replace(self, to_at=max(at, self.from_at))
