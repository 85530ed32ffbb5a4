"""Clocks on a case: armed by its type, paused while it waits, stopped by the act they ask for; dues stand in facts.

A waiting interval belongs to the case and survives every change; what it does to a clock is the clock's
affair. Every due instant carries its certificate, the policy and the calendar it was reckoned by.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from ledger.case.clocks.backdating import days_back
from ledger.case.clocks.facts import (
    ClockArmed,
    ClockPaused,
    ClockPolicy,
    ClockResumed,
    certified,
    reopened_history,
    superseded,
)
from ledger.case.clocks.restated import Anew, approved_crossing, restate
from ledger.case.clocks.standing import definition_of, moments_of, standing_of, stopped_by
from ledger.case.clocks.stopping import NOT_DONE, RESOLVED, stop_clock
from ledger.case.for_rules import routing_facts
from ledger.case.known.approvals import NOTHING_SHOWN, Ground
from ledger.case.known.timed import Clock
from ledger.case.state import Decision
from ledger.errors import InvalidCommand, Refusal
from ledger.policy.clocks.arming import Armed, armed, unfounded
from ledger.policy.clocks.history import ClockHistory, Reckoning
from ledger.policy.clocks.reckoning import reckon

FINAL_ACTS = frozenset(
    {
        "answered", "done", "decision_given", "access_given", "order_given", "report_filed", RESOLVED,
    }
)  # fmt: skip
"""Acts that close the matter: a clock that asks for nothing else runs on when the matter is open again."""
UNFOUNDED = "condition_not_met"
"""Why a clock ends that was armed while its condition could not be told, and which then did not hold."""
UNDELIVERED = "not_delivered"
"""Why a clock ends that ran from a sending which did not arrive, until the next one."""
_SENT_ONCE = frozenset({UNDELIVERED, "published", NOT_DONE})
"""Why one ends that runs from a sending and begins anew with the next: where that is answered otherwise, it is news.

Of that nobody has decided yet whether it is published, whatever was decided of what was sent before.
"""


def arm_clocks(decision: Decision) -> None:
    """Arms each clock of the request type that is not on the case yet and whose start is known.

    One whose act was done since its start, before anybody knew that it ran, stops at that act; where a person
    entered that only once its time was over, a second one is to approve it.
    """
    case, around = decision.case, decision.around
    version, facts = around.policies.in_force(around.now), routing_facts(case)
    founded = armed(version.compiled, facts, moments_of(case))
    own = {each.code: each for each in case.own_clocks}
    for code in unfounded(version.compiled, facts, founded):
        if (clock := own.get(code)) is not None:
            at = max(decision.around.effective_at, clock.history.start_at)
            stop_clock(decision, clock, at=at, outcome="withdrawn", cause=UNFOUNDED)
    for each in founded:
        existing = case.clocks.get(each.clock.code)
        if existing is None or _begins_anew(existing, each):
            _refuse_to_come(decision, each)
            generation = existing.generation + 1 if existing else 1
            history = ClockHistory(each.start_at, not_after_on=each.not_after_on)
            _arm(decision, each.clock.code, version.digest, history, generation=generation)
            done = [
                (case.milestones[act], act) for act in each.clock.stops_on if act in case.milestones
            ]
            if answered := [(at, act) for at, act in done if at >= each.start_at]:
                at, act = min(answered)
                clock, told = decision.case.clocks[each.clock.code], case.told_late.get(act)
                stop_clock(decision, clock, at=at, cause=act, told=told)


def _begins_anew(clock: Clock, armed: Armed) -> bool:
    """Whether a clock that the case has had already is armed once more."""
    sent_since = clock.cause in _SENT_ONCE and armed.start_at > clock.history.start_at
    return clock.state == "superseded" or clock.cause == UNFOUNDED or sent_since


def _refuse_to_come(decision: Decision, armed: Armed) -> None:
    """Refuses that a clock runs from a day that was given and is still to come: it has not happened yet."""
    clock = armed.clock
    day = decision.case.answers.get(clock.start_event or "") if clock.starts_on == "event" else None
    if day is not None and armed.start_at > decision.around.now:
        raise InvalidCommand(
            f"The clock {clock.code} runs from '{clock.start_event}', and {day} is still to come: give the day on "
            "which it happened."
        )


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
            rungs=reckoning.rungs,
            certificate=certified(reckoning, generation),
        )
    )
    if decision.case.waits:
        _restate(decision, decision.case.clocks[code], decision.case.waits[-1].wait_id)


def restate_clocks(
    decision: Decision, wait_id: UUID, ground: Ground | None = NOTHING_SHOWN
) -> None:
    """Reckons every running or paused clock anew after a waiting interval began or ended.

    Where that happened before it is recorded, and a due date or a breach was told meanwhile, the clock
    is restated on its ground (decision table, row 30); on none, where what was waited for is on record.
    """
    late = days_back(decision.around) > 0
    for clock in decision.case.own_clocks:
        if late or _told_since(decision, clock):
            _restate_past(decision, clock, ground)
        else:
            _restate(decision, clock, wait_id)


def _told_since(decision: Decision, clock: Clock) -> bool:
    """Whether time has brought something to a clock between what is said and its recording."""
    since, now = decision.around.effective_at, decision.around.now
    due = clock.due_at is not None and since <= clock.due_at <= now
    return since < now and (due or any(since <= rung.at <= now for rung in clock.rungs))


def _restate_past(decision: Decision, clock: Clock, ground: Ground | None) -> None:
    reckoning = standing_of(
        decision,
        clock.code,
        clock.policy,
        clock.history,
        at=decision.around.now,
        calendars=clock.calendars,
    )
    if reckoning.due_at != clock.due_at:
        shown, dated_at = NOTHING_SHOWN, decision.around.effective_at
        if ground is not None:
            shown = approved_crossing(decision, clock, reckoning, ground, dated_at=dated_at)
        restate(decision, clock, reckoning, cause="backdated", ground=shown)


def resume_spent_pause(decision: Decision, clock: Clock) -> None:
    """Lets a clock run on from when its pauses were used up, though the case waits on."""
    ends_at, now = clock.pause_ends_at, decision.around.now
    if ends_at is not None and ends_at <= now:
        reckoning = standing_of(
            decision, clock.code, clock.policy, clock.history, at=now, calendars=clock.calendars
        )
        _resume(decision, clock, reckoning, reopened=None, at=ends_at)


def _restate(decision: Decision, clock: Clock, wait_id: UUID) -> None:
    at = decision.around.effective_at
    reckoning = standing_of(
        decision, clock.code, clock.policy, clock.history, at=at, calendars=clock.calendars
    )
    if reckoning.due_at is None and clock.state == "running":
        decision.happens(
            ClockPaused(
                clock=clock.code,
                generation=clock.generation,
                wait_id=wait_id,
                pause_ends_at=reckoning.pause_ends_at,
                certificate=certified(reckoning, clock.generation),
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
    reopened: ClockPolicy | None,
    at: datetime | None = None,
) -> None:
    if reckoning.due_at is not None:
        generation = clock.generation + max(0, reckoning.generation - clock.resets - 1)
        decision.happens(
            ClockResumed(
                clock=clock.code,
                generation=generation,
                due_at=reckoning.due_at,
                rungs=reckoning.rungs,
                certificate=certified(reckoning, generation),
                reopened=reopened,
            ),
            at=at,
        )


def start_clocks_later(decision: Decision, act: str) -> None:
    """Reckons each open clock that runs from an act anew from now, when the act was done again."""
    started_at = decision.around.effective_at
    for clock in decision.case.own_clocks:
        definition = definition_of(decision.around, clock)
        if definition.start_event != act or definition.starts_on != "event":
            continue
        reckoning = standing_of(
            decision,
            clock.code,
            clock.policy,
            replace(clock.history, start_at=started_at),
            at=decision.around.now,
            calendars=clock.calendars,
        )
        ground = approved_crossing(decision, clock, reckoning, NOTHING_SHOWN, dated_at=started_at)
        anew = replace(Anew.as_held(clock), started_at=started_at)
        restate(decision, clock, reckoning, cause="start_corrected", ground=ground, anew=anew)


def supersede_clocks(decision: Decision) -> None:
    """Ends the clocks of a request type that the case no longer has.

    A deadline that another system stated is of no type of ours: it goes on until the case ends.
    """
    for clock in decision.case.own_clocks:
        decision.happens(superseded(clock, cause="type_changed"))


def reopen_clocks(
    decision: Decision,
    stopped_at: datetime | None,
    mode: ClockPolicy,
    *,
    acts: tuple[str, ...] | None = None,
) -> None:
    """What the clocks of the matter do about the time in between (decision table, rows 34-36).

    Those are the clocks that stopped with the resolution, that lapsed before it or ended as another body had
    the case, and those that an act had stopped that closed the matter and ask for nothing less: the matter is
    open again, so they are too. What was acknowledged, called back or made safe stays so. With `acts` they
    are those alone that one of these had stopped then, which proved not to be done. That a time was kept
    which awaits a second person's answer has it first: the clock would go on from there on one person's word.
    """
    at, in_force = decision.around.effective_at, decision.around.policies.in_force
    for clock in decision.case.clocks.values():
        if clock.open or clock.policy is None:
            continue
        if acts is None:
            if not _of_the_matter(decision, clock, stopped_at):
                continue
            _refuse_unanswered(clock)
        if acts is not None and not _stopped_then(decision, clock, stopped_at, acts):
            continue
        if mode == "restart":
            newest = in_force(decision.around.now)
            known = clock.code in newest.policy.clocks
            policy = newest.digest if known else clock.law
            history = ClockHistory(at, not_after_on=clock.history.not_after_on)
            _arm(decision, clock.code, policy, history, generation=clock.generation + 1)
        elif acts is not None:
            continue_without(decision, clock, *acts)
        else:
            _continue(decision, clock, mode)


def continue_without(decision: Decision, clock: Clock, *undone: str) -> None:
    """Lets a clock go on as if these acts had not stopped it; another that it asks for and that was done ends it.

    What was done before it went on for the last time did not end it then either: that proved not to be done.
    """
    history = clock.history
    since = history.reopenings[-1].reopened_at if history.reopenings else history.start_at
    _continue(decision, clock, "continue")
    case, running = decision.case, decision.case.clocks[clock.code]
    asked = set(definition_of(decision.around, clock).stops_on).difference(undone)
    done = [(case.milestones[act], act) for act in sorted(asked & case.milestones.keys())]
    answered = [each for each in done if each[0] >= since]
    if running.open and answered:
        at, act = min(answered)
        stop_clock(decision, running, at=at, cause=act, told=case.told_late.get(act))


def _continue(decision: Decision, clock: Clock, mode: ClockPolicy) -> None:
    at = decision.around.effective_at
    history = reopened_history(clock.history, at, mode)
    reckoning = standing_of(
        decision, clock.code, clock.policy, history, at=at, calendars=clock.calendars
    )
    _resume(decision, clock, reckoning, reopened=mode)


def _refuse_unanswered(clock: Clock) -> None:
    if clock.claimed is not None:
        raise Refusal(
            f"That the time of clock {clock.code} was kept awaits a second person: let them approve "
            "(`ApproveDatingBack`) or refuse it (`RefuseDatingBack`), then open the case again.",
            rule="answered-before-reopening",
            clock=clock.code,
        )


def _stopped_then(
    decision: Decision, clock: Clock, stopped_at: datetime | None, acts: tuple[str, ...]
) -> bool:
    """Whether one of these acts stopped a clock at an instant."""
    by_act = clock.state in ("met", "breached") or clock.cause in acts
    ended = by_act and _said_to_end(clock, stopped_at)
    return ended and stopped_by(decision.around, clock, *acts)


def _said_to_end(clock: Clock, at: datetime | None) -> bool:
    """Whether a clock ended at an instant, by what was entered then or by what was refused."""
    return at in (clock.history.stopped_at, clock.refused or clock.history.stopped_at)


def _of_the_matter(decision: Decision, clock: Clock, resolved_at: datetime | None) -> bool:
    """Whether a clock that stopped is open again when the case is."""
    if clock.state == "superseded" or clock.cause == UNFOUNDED:
        return False
    if _said_to_end(clock, resolved_at) or clock.state in ("lapsed", "transferred"):
        return True
    return clock.cause in FINAL_ACTS and FINAL_ACTS.issuperset(
        definition_of(decision.around, clock).stops_on
    )
