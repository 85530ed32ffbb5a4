"""Clocks on a case: armed by its type, paused while it waits, stopped by the act they ask for; dues stand in facts.

A waiting interval belongs to the case and survives every change; what it does to a clock is the clock's
affair. Every due instant carries its certificate, the policy and the calendar it was reckoned by.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from ledger.case.routing import routing_facts
from ledger.case.standing import definition_of, standing_of, stopped_by, waits_of
from ledger.case.state import Case, Clock, Decision, Rung, changed, evolves
from ledger.commands import Circumstances
from ledger.facts import Fact, Json, fact
from ledger.policy.arming import armed
from ledger.policy.clock_requests import may_wait
from ledger.policy.clocks import ClockHistory, Reckoning, Reopening, reckon
from ledger.times import Instant, LocalDate

ClockOutcome = Literal["met", "breached", "superseded"]
ReopenMode = Literal["continue", "resume", "restart"]
RESOLVED = "resolved"


class RungAt(BaseModel):
    """When a clock will reach a rung, and the parties then told."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str
    at: Instant
    parties: tuple[str, ...]


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
    reopened: ReopenMode | None = None


@fact
class ClockStopped(Fact):
    """A clock ended: met, breached, or superseded by a change of request type."""

    clock: str
    generation: int
    outcome: ClockOutcome
    due_at: Instant | None


def arm_clocks(decision: Decision) -> None:
    """Arms each clock of the request type that is not on the case yet and whose start is known.

    One whose act was done since its start, before anybody knew that it ran, stops at that act.
    """
    case, around = decision.case, decision.around
    version = around.policies.in_force(around.now)
    moments = {
        "reached_body": case.received_at,
        "reached_office": case.reached_office_at or case.received_at,
        "complete": case.complete_at,
    }
    known = {name: at for name, at in moments.items() if at is not None} | dict(case.milestones)
    for each in armed(version.compiled, routing_facts(case), known):
        existing = case.clocks.get(each.clock.code)
        if existing is None or existing.state == "superseded":
            generation = existing.generation + 1 if existing else 1
            history = ClockHistory(each.start_at, not_after_on=each.not_after_on)
            _arm(decision, each.clock.code, version.digest, history, generation=generation)
            done = [case.milestones[act] for act in each.clock.stops_on if act in case.milestones]
            if answered := [at for at in done if at >= each.start_at]:
                _stop(decision, decision.case.clocks[each.clock.code], at=min(answered))


def _arm(
    decision: Decision, code: str, policy: str, history: ClockHistory, *, generation: int
) -> None:
    start_at = history.start_at
    version = decision.around.policies.cited(policy)
    reckoning = reckon(
        version.compiled.clocks[code], version.compiled.calendars, history, at=start_at
    )
    if reckoning.due_at is None:
        raise AssertionError("a clock without waits is never paused")
    decision.happens(
        ClockArmed(
            clock=code,
            generation=generation,
            policy=policy,
            started_at=start_at,
            not_after_on=history.not_after_on,
            due_at=reckoning.due_at,
            rungs=_rungs(reckoning),
            certificate=reckoning.certificate,
        )
    )
    if decision.case.waits:
        _restate(decision, decision.case.clocks[code], decision.case.waits[-1].wait_id)


def restate_clocks(decision: Decision, wait_id: UUID) -> None:
    """Reckons every running or paused clock anew after a waiting interval began or ended."""
    for clock in decision.case.clocks.values():
        if clock.open and clock.policy is not None:
            _restate(decision, clock, wait_id)


def resume_spent_pause(decision: Decision, clock: Clock) -> None:
    """Lets a clock run on from when its pauses were used up, though the case waits on."""
    ends_at, now = clock.pause_ends_at, decision.around.now
    if ends_at is not None and ends_at <= now:
        reckoning = standing_of(decision, clock.code, clock.policy, clock.history, at=now)
        _resume(decision, clock, reckoning, reopened=None, at=ends_at)


def refuse_spent_tolls(case: Case, around: Circumstances, reason: str) -> None:
    """Refuses a wait for a reason for which a clock may be stopped no more."""
    for clock in case.clocks.values():
        if clock.open and clock.policy is not None:
            history = replace(clock.history, waits=waits_of(case, since=clock.history.start_at))
            may_wait(definition_of(around, clock), history, reason)


def _restate(decision: Decision, clock: Clock, wait_id: UUID) -> None:
    at = decision.around.effective_at
    reckoning = standing_of(decision, clock.code, clock.policy, clock.history, at=at)
    if reckoning.due_at is None and clock.state == "running":
        decision.happens(
            ClockPaused(
                clock=clock.code,
                generation=clock.generation,
                wait_id=wait_id,
                pause_ends_at=reckoning.pause_ends_at,
                certificate=reckoning.certificate,
            )
        )
    elif reckoning.due_at is not None and (
        clock.state == "paused" or reckoning.due_at != clock.due_at
    ):
        _resume(decision, clock, reckoning, reopened=None)


def _resume(
    decision: Decision,
    clock: Clock,
    reckoning: Reckoning,
    *,
    reopened: ReopenMode | None,
    at: datetime | None = None,
) -> None:
    if reckoning.due_at is not None:
        decision.happens(
            ClockResumed(
                clock=clock.code,
                generation=clock.generation + max(0, reckoning.generation - clock.resets - 1),
                due_at=reckoning.due_at,
                rungs=_rungs(reckoning),
                certificate=reckoning.certificate,
                reopened=reopened,
            ),
            at=at,
        )


def stop_clocks(decision: Decision, *acts: str) -> None:
    """Stops each clock that one of these acts answers; resolving the case stops all that are left."""
    for clock in decision.case.clocks.values():
        if clock.open and (RESOLVED in acts or stopped_by(decision.around, clock, *acts)):
            _stop(decision, clock, at=decision.around.effective_at)


def _stop(decision: Decision, clock: Clock, *, at: datetime) -> None:
    due_at = clock.due_at
    late = due_at is not None and at > due_at
    if clock.policy is not None:
        stopped_at = max(at, clock.history.start_at)
        history = replace(clock.history, stopped_at=stopped_at)
        reckoning = standing_of(decision, clock.code, clock.policy, history, at=stopped_at)
        late, due_at = reckoning.state == "breached", reckoning.due_at
    decision.happens(
        ClockStopped(
            clock=clock.code,
            generation=clock.generation,
            outcome="breached" if late else "met",
            due_at=due_at,
        ),
        at=at,
    )


def supersede_clocks(decision: Decision) -> None:
    """Ends the clocks of a request type that the case no longer has."""
    for clock in decision.case.clocks.values():
        if clock.open:
            decision.happens(
                ClockStopped(
                    clock=clock.code,
                    generation=clock.generation,
                    outcome="superseded",
                    due_at=clock.due_at,
                )
            )


def reopen_clocks(
    decision: Decision,
    stopped_at: datetime | None,
    mode: ReopenMode,
    *,
    acts: tuple[str, ...] | None = None,
) -> None:
    """What the clocks that stopped with the resolution do about the time in between (decision table, rows 34-36).

    With `acts` only those that one of these had stopped, which proved not to be done.
    """
    at, in_force = decision.around.effective_at, decision.around.policies.in_force
    for clock in decision.case.clocks.values():
        answered = clock.state in ("met", "breached") and clock.policy is not None
        if not answered or clock.history.stopped_at != stopped_at:
            continue
        if acts is not None and not stopped_by(decision.around, clock, *acts):
            continue
        if mode == "restart":
            newest = in_force(decision.around.now)
            known = clock.code in newest.policy.clocks
            policy = newest.digest if known else clock.policy or ""
            history = ClockHistory(at, not_after_on=clock.history.not_after_on)
            _arm(decision, clock.code, policy, history, generation=clock.generation + 1)
        else:
            history = _reopened(clock.history, at, mode)
            reckoning = standing_of(decision, clock.code, clock.policy, history, at=at)
            _resume(decision, clock, reckoning, reopened=mode)


def _reopened(history: ClockHistory, at: datetime, mode: ReopenMode) -> ClockHistory:
    stopped_at = history.stopped_at or at
    reopening = Reopening(stopped_at, at, mode)
    return replace(history, stopped_at=None, reopenings=(*history.reopenings, reopening))


def _rungs(reckoning: Reckoning) -> tuple[RungAt, ...]:
    return tuple(RungAt(code=rung.code, at=rung.at, parties=rung.party) for rung in reckoning.rungs)


@evolves(ClockArmed)
def _clock_armed(case: Case, began: ClockArmed, at: datetime) -> Case:
    clock = Clock(
        began.clock,
        began.generation,
        began.policy,
        ClockHistory(began.started_at, not_after_on=began.not_after_on),
        "running",
        began.due_at,
        tuple(Rung(rung.code, rung.at, rung.parties) for rung in began.rungs),
    )
    return _with(case, clock)


@evolves(ClockPaused)
def _paused(case: Case, paused: ClockPaused, at: datetime) -> Case:
    return _now(case, paused.clock, state="paused", due_at=None, pause_ends_at=paused.pause_ends_at)


@evolves(ClockResumed)
def _resumed(case: Case, resumed: ClockResumed, at: datetime) -> Case:
    clock = case.clocks.get(resumed.clock)
    if clock is None:
        return case
    fields: dict[str, Any] = {
        "state": "running",
        "pause_ends_at": None,
        "due_at": resumed.due_at,
        "rungs": tuple(Rung(rung.code, rung.at, rung.parties) for rung in resumed.rungs),
    }
    if resumed.reopened is not None:
        fields["history"] = _reopened(clock.history, at, resumed.reopened)
    if resumed.generation > clock.generation:
        anew = resumed.generation - clock.generation
        fields |= {"generation": resumed.generation, "resets": clock.resets + anew}
        fields |= {"reached": frozenset[str](), "breached": False}
    return _now(case, clock.code, **fields)


@evolves(ClockStopped)
def _stopped(case: Case, stopped: ClockStopped, at: datetime) -> Case:
    clock = case.clocks.get(stopped.clock)
    if clock is None:
        return case
    history = replace(clock.history, stopped_at=max(at, clock.history.start_at))
    return _now(case, clock.code, state=stopped.outcome, due_at=stopped.due_at, history=history)


def _now(case: Case, code: str, **fields: Any) -> Case:
    clock = case.clocks.get(code)
    return case if clock is None else _with(case, replace(clock, **fields))


def _with(case: Case, clock: Clock) -> Case:
    return changed(case, clocks={**case.clocks, clock.code: clock})
