"""What happens to the clocks of a case, as facts: armed, paused, run on, stopped; how the case evolves by each.

Every due instant carries its certificate, and the policy by which it was reckoned can be told from it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from ledger.case.known.approvals import ClockOutcome, relies
from ledger.case.known.timed import Clock
from ledger.case.state import Case, changed, evolves
from ledger.facts import Fact, Json, fact, fact_version
from ledger.policy.clocks.history import ClockHistory, Reckoning, Reopening, RungAt
from ledger.times import Instant, LocalDate, stamp

ClockPolicy = Literal["continue", "resume", "restart"]


@fact
class ClockArmed(Fact):
    """A clock began to run, to be reckoned by the policy of this digest.

    Without one it is a deadline that another system stated.
    """

    clock: str
    generation: int
    policy: str | None
    started_at: Instant
    not_after_on: LocalDate | None
    due_at: Instant
    rungs: tuple[RungAt, ...]
    certificate: Mapping[str, Json]


@fact
class ClockPaused(Fact):
    """A clock stands still while the case waits, at most until its pauses are used up."""

    clock: str
    generation: int
    wait_id: UUID
    pause_ends_at: Instant | None
    certificate: Mapping[str, Json]


@fact
class ClockResumed(Fact):
    """A clock runs on, with a new due instant; `reopened` if it had stopped and the case was reopened."""

    clock: str
    generation: int
    due_at: Instant
    rungs: tuple[RungAt, ...]
    certificate: Mapping[str, Json]
    reopened: ClockPolicy | None = None

    def begins_anew(self, at: datetime) -> bool:
        """Whether, as of when it happened, its whole time begins with what was waited for (decision table, row 19)."""
        later = self.generation > 1 and self.reopened is None
        return later and self.certificate.get("start_at") == stamp(at)


@fact_version(2, from_1=lambda values: {**values, "cause": None})
class ClockStopped(Fact):
    """A clock ended: met, breached, or for want of anything to answer, as `outcome` says.

    `cause` is the act that it asked for, or what made it pointless. That a time was kept which was over
    as it was recorded rests on `evidence`, and was approved by a second person.
    """

    clock: str
    generation: int
    outcome: ClockOutcome
    due_at: Instant | None
    cause: str | None = None
    evidence: tuple[UUID, ...] = ()
    approved_by: str | None = None


def superseded(clock: Clock, *, cause: str | None = None) -> ClockStopped:
    """That a clock ends because another takes its place, or none does."""
    return ClockStopped(
        clock=clock.code,
        generation=clock.generation,
        outcome="superseded",
        due_at=clock.due_at,
        cause=cause,
    )


def certified(reckoning: Reckoning, generation: int) -> Mapping[str, Json]:
    """The certificate, under the generation that the case counts.

    A reckoning knows the resets of its own history alone; the case counts on when a clock is armed anew.
    """
    return {**reckoning.certificate, "generation": generation}


def reopened_history(history: ClockHistory, at: datetime, mode: ClockPolicy) -> ClockHistory:
    """The history of a clock that stopped, after the case was opened again."""
    stopped_at = history.stopped_at or at
    reopening = Reopening(stopped_at, at, mode)
    return replace(history, stopped_at=None, reopenings=(*history.reopenings, reopening))


@evolves(ClockArmed)
def _clock_armed(case: Case, began: ClockArmed, at: datetime) -> Case:
    clock = Clock(
        began.clock,
        began.generation,
        began.policy,
        ClockHistory(began.started_at, not_after_on=began.not_after_on),
        "running",
        began.due_at,
        began.rungs,
        tz_version=began.certificate.get("tz_version"),
    )
    return _with(case, clock)


@evolves(ClockPaused)
def _paused(case: Case, paused: ClockPaused, at: datetime) -> Case:
    return with_clock(
        case, paused.clock, state="paused", due_at=None, pause_ends_at=paused.pause_ends_at
    )


@evolves(ClockResumed)
def _resumed(case: Case, resumed: ClockResumed, at: datetime) -> Case:
    clock = case.clocks.get(resumed.clock)
    if clock is None:
        return case
    fields: dict[str, Any] = {
        "state": "running",
        "pause_ends_at": None,
        "due_at": resumed.due_at,
        "rungs": resumed.rungs,
        "tz_version": resumed.certificate.get("tz_version"),
        "cause": None,
        "claimed": None,
        "refused": None,
    }
    if resumed.reopened is not None:
        fields["history"] = reopened_history(clock.history, at, resumed.reopened)
    if resumed.generation > clock.generation:
        anew = resumed.generation - clock.generation
        fields |= {"generation": resumed.generation, "resets": clock.resets + anew}
        fields |= {"reached": frozenset[str](), "breached": False}
    return with_clock(case, clock.code, **fields)


@evolves(ClockStopped)
def _stopped(case: Case, stopped: ClockStopped, at: datetime) -> Case:
    clock = case.clocks.get(stopped.clock)
    if clock is None:
        return case
    history = replace(clock.history, stopped_at=max(at, clock.history.start_at))
    return with_clock(
        case,
        clock.code,
        state=stopped.outcome,
        due_at=stopped.due_at,
        history=history,
        cause=stopped.cause,
        claimed=None,
    )


def with_clock(case: Case, code: str, **fields: Any) -> Case:
    """The case with these fields of one of its clocks changed."""
    clock = case.clocks.get(code)
    return case if clock is None else _with(case, replace(clock, **fields))


def _with(case: Case, clock: Clock) -> Case:
    return changed(case, clocks={**case.clocks, clock.code: clock})


relies(ClockStopped, lambda approval, stopped, _happened: approval.clock == stopped.clock)
