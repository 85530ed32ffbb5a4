"""Restating: a start that was recorded wrongly is corrected, and revised calendars or laws reach the open clocks.

Decision table, rows 30, 31 and 33. A clock that has stopped keeps its certificate.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from pydantic import Field

from ledger.case.approved import approver_of
from ledger.case.clocks.backdating import refuse_backdating
from ledger.case.clocks.facts import ClockArmed, certified, superseded
from ledger.case.clocks.restated import Anew, RestatementCause, approved_crossing, restate
from ledger.case.clocks.running import arm_clocks
from ledger.case.clocks.standing import calendars_of, definition_of, moments_of, standing_of
from ledger.case.clocks.stopping import end_clock
from ledger.case.for_rules import routing_facts
from ledger.case.in_words import InWords, Words
from ledger.case.known.approvals import Ground, relies
from ledger.case.known.timed import Clock
from ledger.case.state import Case, Decision, changed, decides, evolves
from ledger.commands import CaseCommand, Circumstances
from ledger.entry import Happened
from ledger.errors import InvalidCommand, NotAuthorised
from ledger.facts import Fact, PersonalText, fact
from ledger.policy.calendars.counting import Calendars
from ledger.policy.clocks.arming import armed, starts_at
from ledger.policy.clocks.history import ClockHistory, Reckoning
from ledger.policy.clocks.reckoning import reckon
from ledger.policy.document.clocks import ClockDefinition
from ledger.policy.in_force import PolicyVersion
from ledger.times import Instant

StartMoment = Literal["reached_body", "reached_office", "complete"]


@fact
class StartCorrected(Fact):
    """When a request reached the body or the office, or was complete, was recorded wrongly: this is right."""

    moment: StartMoment
    was_at: Instant | None
    at: Instant
    evidence: tuple[UUID, ...]
    approved_by: str | None
    reason: PersonalText


class CorrectStart(InWords):
    """Correct when a request reached the body or the office, or was complete; its clocks are restated."""

    moment: StartMoment
    started_at: Instant
    evidence: tuple[UUID, ...] = Field(min_length=1)
    reason: Words = Field(min_length=1)
    approved_by: str | None = None


class RestateClocks(CaseCommand):
    """Reckon the open clocks of a case by the calendars, the zones and the law that are in force now."""


@decides(CorrectStart)
def correct_start(case: Case, asked: CorrectStart, around: Circumstances) -> Sequence[Happened]:
    """A start is corrected by a person, on evidence and within the policy's limit; the first entry stays.

    Where another law, or another edition of it, is the one by the start that is right, its clock takes the place
    of the one that runs (row 33: the start date decides).
    """
    was_at = _moments(case.unresolved(around))[asked.moment]
    if was_at == asked.started_at:
        return ()
    if around.actor.kind != "person":
        raise NotAuthorised("A machine corrects no start: let a person who saw the evidence do it.")
    _refuse_disorder(case, asked, around)
    ground = Ground(asked.evidence, asked.approved_by)
    moved = abs(asked.started_at - (was_at or asked.started_at))
    refuse_backdating(case, around, ground, days=moved.days + (moved.seconds > 0))
    decision = Decision(case, around)
    decision.happens(
        StartCorrected(
            moment=asked.moment,
            was_at=was_at,
            at=asked.started_at,
            evidence=asked.evidence,
            approved_by=_approver(case, around, asked.started_at),
            reason=asked.reason,
        )
    )
    for clock in decision.case.own_clocks:
        start_anew(decision, clock, ground, before=case, dated_at=asked.started_at)
    arm_clocks(decision)
    return decision.happened


def _approver(case: Case, around: Circumstances, dated_at: datetime) -> str | None:
    """Who has approved that a clock of the case is moved by what happened then."""
    found = (approver_of(case, around, each, dated_at) for each in case.clocks.values())
    return next((each for each in found if each is not None), None)


def _moments(case: Case) -> dict[str, datetime | None]:
    return {
        "reached_body": case.received_at,
        "reached_office": case.reached_office_at,
        "complete": case.complete_at,
    }


def _refuse_disorder(case: Case, asked: CorrectStart, around: Circumstances) -> None:
    moments = {**_moments(case), asked.moment: asked.started_at}
    known = [at for at in moments.values() if at is not None]
    if asked.moment == "complete" and case.missing:
        raise InvalidCommand(
            f"The case still lacks {', '.join(sorted(case.missing))}: take that in first."
        )
    if known != sorted(known) or asked.started_at > around.now:
        others = ", ".join(
            f"{name} at {around.in_office(at)}"
            for name, at in moments.items()
            if at is not None and name != asked.moment
        )
        if not others:
            raise InvalidCommand("No request comes in the future: give a time that has been.")
        raise InvalidCommand(
            "A request reaches the body, then the office, then is complete, and none of it in the future; recorded is "
            f"{others}: give a time that fits, or correct that first."
        )


def _of_the_law(case: Case, clock: Clock, around: Circumstances) -> bool:
    """Whether the policy that a clock was armed by would arm it by what is known of the case."""
    compiled = around.policies.cited(clock.law).compiled
    laid = armed(compiled, routing_facts(case), moments_of(case))
    return any(each.clock.code == clock.code for each in laid)


def start_anew(
    decision: Decision, clock: Clock, ground: Ground, *, before: Case, dated_at: datetime
) -> None:
    definition = definition_of(decision.around, clock)
    case = decision.case
    calendars = calendars_of(decision.around.policies, clock.policy, clock.calendars)
    start_at = starts_at(definition, calendars, facts=routing_facts(case), moments=moments_of(case))
    restarted = any(each.mode == "restart" for each in clock.history.reopenings)
    if start_at is None or start_at == clock.history.start_at or restarted:
        return
    if _of_the_law(before, clock, decision.around) and not _of_the_law(
        case, clock, decision.around
    ):
        end_clock(decision, clock, outcome="superseded", cause="correction")
        return
    history = replace(clock.history, start_at=start_at)
    reckoning = _standing(decision, clock, history)
    shown = approved_crossing(decision, clock, reckoning, ground, dated_at=dated_at)
    anew = replace(Anew.as_held(clock), started_at=start_at)
    restate(decision, clock, reckoning, cause="start_corrected", ground=shown, anew=anew)


def _standing(decision: Decision, clock: Clock, history: ClockHistory) -> Reckoning:
    return standing_of(
        decision,
        clock.code,
        clock.policy,
        history,
        at=decision.around.now,
        calendars=clock.calendars,
    )


@decides(RestateClocks)
def restate_open_clocks(
    case: Case, asked: RestateClocks, around: Circumstances
) -> Sequence[Happened]:
    """Each open clock whose calendars, zones or law were revised gets an entry with both dates and the cause."""
    decision = Decision(case.known(), around)
    version = around.policies.in_force(around.now)
    for clock in case.own_clocks:
        successor = successor_of(clock, definition_of(around, clock), version, now=around.now)
        if successor is not None:
            _take_over(decision, clock, successor, version)
        elif cause := revised(clock, around, version):
            _recount(decision, clock, version, cause)
    return decision.happened


def successor_of(
    clock: Clock, definition: ClockDefinition, version: PolicyVersion, *, now: datetime
) -> ClockDefinition | None:
    """The edition that has taken over this clock since it started, by the transition rule of the law; mostly none."""
    for each in version.compiled.clocks.values():
        days = version.compiled.calendars.days_of(each.zone)
        if (
            each.transition == "open_clocks"
            and each.pack == definition.pack
            and (each.code, each.version) != (definition.code, definition.version)
            and each.effective_from is not None
            and days.date_of(clock.history.start_at) < each.effective_from <= days.date_of(now)
        ):
            return each
    return None


def revised(clock: Clock, around: Circumstances, version: PolicyVersion) -> RestatementCause | None:
    """What of the days that a clock counts is another since it was last reckoned.

    A calendar that the policy in force has no more is kept as it was.
    """
    was, now = (
        calendars_of(around.policies, clock.policy, clock.calendars),
        version.compiled.calendars,
    )
    used = _calendars_used(definition_of(around, clock))
    known = all(code in now.counting or code in now.hours for code in used)
    if known and any(_digest(was, code) != _digest(now, code) for code in used):
        return "calendar"
    return None if clock.tz_version in (None, now.tz_version) else "time_zones"


def _calendars_used(clock: ClockDefinition) -> set[str]:
    """The calendars that the certificate of a clock cites."""
    used = {clock.roll_over}
    if clock.unit == "working_days":
        used.add(clock.counting_calendar)
    if clock.unit == "business_hours" or clock.due_at == "close_of_business":
        used.add(clock.office_calendar)
    return {code for code in used if code is not None}


def _digest(calendars: Calendars, code: str) -> str | None:
    counting, hours = calendars.counting.get(code), calendars.hours.get(code)
    if counting is not None:
        return counting.digest
    return None if hours is None else f"{hours.digest} {hours.observed}"


def _recount(
    decision: Decision, clock: Clock, version: PolicyVersion, cause: RestatementCause
) -> None:
    known = version.compiled.calendars
    used = _calendars_used(definition_of(decision.around, clock))
    kept = any(code not in known.counting and code not in known.hours for code in used)
    held = Anew.as_held(clock)
    anew = held if kept else replace(held, calendars=version.digest)
    reckoning = standing_of(
        decision,
        clock.code,
        clock.policy,
        clock.history,
        at=decision.around.now,
        calendars=anew.calendars,
    )
    restate(decision, clock, reckoning, cause=cause, ground=Ground(), anew=anew)


def _take_over(
    decision: Decision, clock: Clock, successor: ClockDefinition, version: PolicyVersion
) -> None:
    """The clock goes on under the new law: as it is if its code is the same, else the old ends and the new is armed."""
    history, succeeds = replace(clock.history, extensions=()), None
    anew = Anew(version.digest, version.digest, history.start_at)
    if successor.code != clock.code:
        succeeds = clock.code
        decision.happens(superseded(clock, cause="law"))
        first = reckon(successor, version.compiled.calendars, ClockHistory(history.start_at))
        if first.due_at is None:
            raise AssertionError("a clock without waits is never paused")
        decision.happens(
            ClockArmed(
                clock=successor.code,
                generation=1,
                policy=version.digest,
                started_at=history.start_at,
                not_after_on=history.not_after_on,
                due_at=first.due_at,
                rungs=first.rungs,
                certificate=certified(first, 1),
            )
        )
        clock = replace(clock, code=successor.code, generation=1, resets=0)
    now = decision.around.now
    reckoning = standing_of(decision, clock.code, version.digest, history, at=now)
    restate(decision, clock, reckoning, cause="law", ground=Ground(), anew=anew, succeeds=succeeds)


@evolves(StartCorrected)
def _corrected(case: Case, corrected: StartCorrected, at: datetime) -> Case:
    field: Mapping[str, Any] = {
        "reached_body": {"received_at": corrected.at},
        "reached_office": {"reached_office_at": corrected.at},
        "complete": {"complete_at": corrected.at},
    }
    return changed(case, **field[corrected.moment])


relies(
    StartCorrected,
    lambda approval, corrected, _happened: (
        approval.clock is not None
        and corrected.approved_by is not None
        and approval.is_as_of(corrected.at)
    ),
)
