"""Stopping: a clock ends by the act that it asks for, or where nothing is left to answer; what was breached stays so.

That a time was kept which is over as this is recorded counts once a second person has approved it (row 30).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from ledger.case.alarms import CaseAlarmed
from ledger.case.clocks.approving import ask_approval, was_refused
from ledger.case.clocks.backdating import kept_on
from ledger.case.clocks.facts import ClockStopped
from ledger.case.clocks.standing import definition_of, standing_if_ended, stopped_by
from ledger.case.known.approvals import NOTHING_SHOWN, ClockOutcome, Ground, ToldLate
from ledger.case.known.timed import Clock
from ledger.case.state import Decision
from ledger.ids import derived_uuid
from ledger.policy.clocks.history import Outcome
from ledger.policy.document.clocks import Sense

RESOLVED = "resolved"
TOO_EARLY = "done_too_early"
"""The alarm that what was not to be done before a day was done before it."""
NOT_DONE = "decided_not_to_publish"
"""The act that ends what is not to be done before a day by not doing it at all: no day is too early for it."""
_ENDED_BY: Mapping[str, Outcome] = {
    "lapsed": "lapsed",
    "withdrawn": "withdrawn",
    "referred-out": "transferred",
}


def stop_clocks(
    decision: Decision,
    *acts: str,
    outcome: Outcome = "answered",
    at: datetime | None = None,
    ground: Ground = NOTHING_SHOWN,
    with_it: Sequence[str] = (),
) -> None:
    """Stops each clock that one of these acts answers; resolving the case stops all that are left.

    Closing answers nothing by itself (row 25): a clock that asks for neither the act nor what is done
    `with_it` ends as withdrawn, neither met nor breached. `outcome` says otherwise than answered where
    nothing is left to answer: the case lapsed, was withdrawn, or was transferred to another body, where
    their clocks run (rows 23 and 24). What was breached before stays breached. `at` says when, if that
    was before: that a time was kept which is over by now takes its `ground`, unless another body tells it
    (row 30).
    """
    stopped_at = at or decision.around.effective_at
    for clock in decision.case.clocks.values():
        if clock.open and _ends_with(decision, clock, *acts):
            cause = _act_of(decision, clock, acts) if outcome == "answered" else outcome
            told = None if outcome == "transferred" else ground
            asked = clock.policy is None or stopped_by(decision.around, clock, *acts, *with_it)
            ends: Outcome = outcome if asked or outcome != "answered" else "withdrawn"
            stop_clock(decision, clock, at=stopped_at, outcome=ends, cause=cause, ground=told)


def _act_of(decision: Decision, clock: Clock, acts: Sequence[str]) -> str:
    """Which of these acts a clock asked for; the first of them if it ends without what it asked for."""
    asked = (act for act in acts if stopped_by(decision.around, clock, act))
    return next(asked, acts[0])


def _ends_with(decision: Decision, clock: Clock, *acts: str) -> bool:
    """Whether a clock stops by these acts; what may not be done before a date outlives the resolution (row 40)."""
    if stopped_by(decision.around, clock, *acts):
        return True
    return RESOLVED in acts and (
        clock.policy is None or definition_of(decision.around, clock).sense != "not_before"
    )


def ended_by(close_reason: str) -> Outcome:
    """What a coded outcome of the case makes of the clocks that still run."""
    return _ENDED_BY.get(close_reason, "answered")


def end_clock(
    decision: Decision,
    clock: Clock,
    *,
    outcome: Outcome,
    cause: str,
    shown: Ground = NOTHING_SHOWN,
) -> None:
    """Ends one clock now, on what it rests; one that is breached stays so, whatever ends it."""
    at = decision.around.effective_at
    stop_clock(decision, clock, at=at, outcome=outcome, cause=cause, shown=shown)


def stop_clock(
    decision: Decision,
    clock: Clock,
    *,
    at: datetime,
    cause: str | None,
    outcome: Outcome = "answered",
    ground: Ground | None = None,
    shown: Ground = NOTHING_SHOWN,
    told: ToldLate | None = None,
) -> None:
    """Stops one clock at an instant. Where that is in its time, and its time is over, `ground` says on what that rests.

    None asks for nothing: then it is `shown` already, or told by a record of its own. `told` says when it was
    entered afterwards, if that was before the clock ran. What is done before the day that it is not to be done
    before is recorded as that, and its leader is told.
    """
    ending = _ending(decision, clock, at=at, acted=outcome == "answered" and cause != NOT_DONE)
    due_at, deadline = ending.due_at, ending.sense == "deadline"
    kept: Ground | None = shown
    if due_at is not None and deadline and ground is not None:
        kept = kept_on(decision, clock, due_at=due_at, at=ending.at, ground=ground)
    if told is not None and due_at is not None and deadline and at < due_at <= told.known_at:
        kept, ground = None, NOTHING_SHOWN
    awaits = kept is None and _late_by_now(decision, clock)
    shown = kept or NOTHING_SHOWN
    ended: ClockOutcome = ending.answered if outcome == "answered" else outcome
    decision.happens(
        ClockStopped(
            clock=clock.code,
            generation=clock.generation,
            outcome="breached" if ending.missed or awaits else ended,
            due_at=due_at,
            cause=cause,
            evidence=shown.evidence,
            approved_by=shown.approved_by,
        ),
        at=at,
    )
    if ending.missed and ending.sense == "not_before":
        _alarm_early(decision, clock)
    asks = awaits and not was_refused(decision.case, clock, ending.at)
    if asks and ground is not None and due_at is not None:
        ask_approval(
            decision,
            clock,
            kept_at=ending.at,
            due_at=due_at,
            outcome=ended,
            cause=cause,
            ground=ground,
        )


@dataclass(frozen=True, slots=True)
class _Ending:
    """How a clock stands where it ends, by its rules alone."""

    at: datetime
    due_at: datetime | None
    sense: Sense
    missed: bool
    """What it asks for comes too late; of a day before which nothing may be done, too early."""
    answered: ClockOutcome = "met"
    """What becomes of it by its act; of one that only warns nothing is kept or missed after what it warned of."""


def _ending(decision: Decision, clock: Clock, *, at: datetime, acted: bool) -> _Ending:
    """How a clock stands if it ends at an instant, and by its act where `acted`."""
    if clock.policy is None:  # a deadline that was stated to us
        missed = clock.due_at is not None and at > clock.due_at
        return _Ending(at, clock.due_at, sense="deadline", missed=missed)
    at = max(at, clock.history.start_at)
    standing = standing_if_ended(decision, clock, at=at)
    sense = definition_of(decision.around, clock).sense
    missed = standing.state == "breached" and (acted or sense != "not_before")
    answered: ClockOutcome = "withdrawn" if standing.state == "withdrawn" else "met"
    return _Ending(at, standing.due_at, sense=sense, missed=missed, answered=answered)


def _alarm_early(decision: Decision, clock: Clock) -> None:
    around = decision.around
    decision.happens(
        CaseAlarmed(
            escalation_id=derived_uuid(
                around.now, TOO_EARLY, around.stream, clock.code, str(clock.generation)
            ),
            alarm=TOO_EARLY,
            party="leader" if decision.case.team else "dispatcher",
            since=around.now,
        ),
        at=around.now,
    )


def _late_by_now(decision: Decision, clock: Clock) -> bool:
    """Whether a clock would end late if it ended now; one that was paused since need not."""
    now = decision.around.now
    if clock.policy is None:  # a deadline that was stated to us
        return clock.due_at is not None and now > clock.due_at
    return standing_if_ended(decision, clock, at=now).state == "breached"
