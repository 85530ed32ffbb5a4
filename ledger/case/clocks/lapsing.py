"""Lapsing: a clock ends unanswered because the requester was waited for in vain, after notice and its period.

Decision table, row 23: neither met nor breached; never by itself where the case needs care.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID

from ledger.case.approved import approver_of
from ledger.case.clocks.approving import refuse_alone
from ledger.case.clocks.backdating import entered_beyond_limit, refuse_unfounded
from ledger.case.clocks.citing import cited_notice, given_when
from ledger.case.clocks.standing import calendars_of, definition_of
from ledger.case.clocks.stopping import end_clock
from ledger.case.known.approvals import NOTHING_SHOWN, Ground
from ledger.case.known.chases import Chase, Step
from ledger.case.known.timed import Clock, Wait
from ledger.case.state import Case, Decision, decides
from ledger.commands import CaseCommand, Circumstances, since_then
from ledger.entry import Happened
from ledger.errors import InvalidCommand, NotAuthorised, Refusal
from ledger.input.quoting import quoted
from ledger.policy.calendars.counting import Calendars
from ledger.policy.calendars.zones import LocalDays
from ledger.policy.clocks.arming import last_of
from ledger.policy.compiled.policy import CompiledPolicy
from ledger.policy.document.clocks import ClockDefinition, Period
from ledger.policy.telling.chasing import answered_by
from ledger.policy.telling.days import day_said
from ledger.times import Instant

LAPSED = "lapsed"


class LapseClock(CaseCommand):
    """Let a clock lapse: the requester was waited for as long as the law says, and told so in time."""

    clock: str
    notice_given_at: Instant | None = None
    notice_id: UUID | None = None
    evidence: tuple[UUID, ...] = since_then(())
    approved_by: str | None = since_then()


@decides(LapseClock)
def lapse_clock(case: Case, asked: LapseClock, around: Circumstances) -> Sequence[Happened]:
    """A clock lapses where its law lets it, after its period, by its notice; for a flagged case a person does it."""
    clock = case.unresolved(around).clocks.get(asked.clock)
    if clock is None or clock.policy is None:
        raise InvalidCommand(
            f"{quoted(asked.clock)} is no clock of this case that we reckon: name one that is."
        )
    if not clock.open:
        return ()
    if case.flags and around.actor.kind != "person":
        raise NotAuthorised(
            "Nothing lapses by itself where care is needed: let a person decide it."
        )
    definition = definition_of(around, clock)
    days = calendars_of(around.policies, clock.policy, clock.calendars)
    wait = _waited_for(case, clock, definition, around)
    lapses_on = lapse_on(definition, days, wait)
    today = days.days_of(definition.zone).date_of(around.effective_at)
    if lapses_on is None or today <= lapses_on:
        last = "none" if lapses_on is None else day_said(lapses_on)
        raise Refusal(
            f"Clock {clock.code} lapses after {last} if nothing comes until then: wait for it.",
            rule="lapse-after-its-period",
            clock=clock.code,
        )
    shown = _given_notice(case, asked, clock, definition, days, wait, around)
    decision = Decision(case, around)
    end_clock(decision, clock, outcome="lapsed", cause=LAPSED, shown=shown)
    return decision.happened


def lapse_on(clock: ClockDefinition, calendars: Calendars, wait: Wait) -> date | None:
    """The last date on which what is waited for is in time; None for a clock that never lapses."""
    if clock.lapse is None:
        return None
    begun_on = calendars.days_of(clock.zone).date_of(wait.from_at)
    return after(begun_on, clock.lapse, clock, calendars)


def notice_by(clock: ClockDefinition, calendars: Calendars, wait: Wait) -> date | None:
    """The last date on which the notice of lapse can be given for the clock to lapse as soon as it may."""
    lapses_on = lapse_on(clock, calendars, wait)
    if lapses_on is None or clock.lapse is None or clock.lapse.notice is None:
        return None
    day = calendars.days_of(clock.zone).date_of(wait.from_at)
    while after(day + timedelta(days=1), clock.lapse.notice, clock, calendars) <= lapses_on:
        day += timedelta(days=1)
    return day


def after(day: date, period: Period, clock: ClockDefinition, calendars: Calendars) -> date:
    """The last date of a period that follows a day, or begins with it if the law says so; hours are whole days."""
    last = last_of(day, period, clock, calendars)
    included = clock.lapse is not None and clock.lapse.first_day == "included"
    return last - timedelta(days=1) if included else last


def _waited_for(
    case: Case, clock: Clock, definition: ClockDefinition, around: Circumstances
) -> Wait:
    if definition.lapse is None:
        raise Refusal(
            f"Clock {clock.code} does not lapse by its law: resolve or decide the case instead.",
            rule="lapse-foreseen",
            clock=clock.code,
        )
    wait = _wait_on_requester(case, definition, around)
    if wait is None:
        raise Refusal(
            f"Clock {clock.code} lapses only while the requester is waited for: begin that wait first.",
            rule="lapse-while-waiting",
            clock=clock.code,
        )
    return wait


def _wait_on_requester(
    case: Case, definition: ClockDefinition, around: Circumstances
) -> Wait | None:
    """The first of the open waits for the requester that do something to a clock."""
    reasons = around.policies.in_force(around.now).policy.reasons.wait
    open_waits = [
        wait
        for wait in case.waits
        if wait.to_at is None
        and wait.reason in reasons
        and reasons[wait.reason].on == "requester"
        and definition.effect_of(wait.reason).effect != "none"
    ]
    return min(open_waits, key=lambda wait: wait.from_at, default=None)


def _given_notice(
    case: Case,
    asked: LapseClock,
    clock: Clock,
    definition: ClockDefinition,
    calendars: Calendars,
    wait: Wait,
    around: Circumstances,
) -> Ground:
    """On what it rests that the notice was given and has run; refused without it, and before its end."""
    terms = definition.lapse.notice if definition.lapse else None
    if terms is None:
        return NOTHING_SHOWN
    notice = cited_notice(
        case,
        asked.notice_id,
        around,
        kind="lapse",
        clock=asked.clock,
        otherwise=f"This is no notice that clock {asked.clock} will lapse: issue one, and name it.",
    )
    given_at = given_when(notice, asked.notice_given_at, around)
    if given_at is None or given_at < wait.from_at or given_at > around.now:
        raise Refusal(
            f"Clock {asked.clock} lapses only after its notice, given while the requester is waited for: "
            "give it, then say when it was given.",
            rule="lapse-needs-notice",
            clock=asked.clock,
        )
    zone = calendars.days_of(definition.zone)
    runs_until = after(zone.date_of(given_at), terms, definition, calendars)
    if notice is not None and notice.lapses_at is not None:
        named_on = _in_office(around).date_of(notice.lapses_at) - timedelta(days=1)
        runs_until = max(runs_until, named_on)
    if zone.date_of(around.effective_at) <= runs_until:
        raise Refusal(
            f"The notice that clock {asked.clock} will lapse runs until {day_said(runs_until)}: wait for its end.",
            rule="lapse-after-notice",
            clock=asked.clock,
        )
    known_at = around.now if notice is None or notice.known_at is None else notice.known_at
    known_until = after(zone.date_of(known_at), terms, definition, calendars)
    if around.actor.kind == "machine" or zone.date_of(around.effective_at) > known_until:
        return NOTHING_SHOWN
    return _approved_notice(case, asked, clock, around, given_at=given_at)


def _approved_notice(
    case: Case, asked: LapseClock, clock: Clock, around: Circumstances, *, given_at: datetime
) -> Ground:
    """On what a notice rests that has run only if it was given before it was entered (row 30).

    A second person approves that; beyond the policy's limit it is shown too. What a system tells is its record.
    """
    ground = Ground(asked.evidence, asked.approved_by)
    refuse_unfounded(case, around, ground)
    if entered_beyond_limit(around, given_at) and not ground.evidence:
        raise Refusal(
            f"The notice that clock {clock.code} will lapse is said to have been given further back than the policy "
            "lets things be entered: list what shows it as a record item of the case and name it.",
            rule="lapse-on-evidence",
            clock=clock.code,
        )
    approver = approver_of(case, around, clock, given_at)
    if approver is None:
        what = f"The notice that clock {clock.code} will lapse was entered later than it is said to have been given"
        refuse_alone(what, clock, around, dated_at=given_at)
    return replace(ground, approved_by=approver)


def refuse_unlapsed(case: Case, around: Circumstances, *, can_be_told: bool) -> None:
    """Refuses to close a case as lapsed before its clock or its chase has lapsed, or without a notice that it will.

    A clock that has a law of lapse lapses first, by its own notice. Who is chased has until the date that they were
    told, and who was told late as long as the plan gives. An office that has no letter for it tells them as it can;
    who cannot be told, having died, is not waited for to be.
    """
    if clock := lapses_by_law(case, around):
        raise Refusal(
            f"Clock {clock.code} lapses by its notice and after its period: let it lapse first (`LapseClock`).",
            rule="lapse-by-its-clock",
            clock=clock.code,
        )
    if any(clock.state == "lapsed" for clock in case.clocks.values()):
        return
    if can_be_told and not _told_of_lapse(case) and _warns_by_letter(case, around):
        raise Refusal(
            "A request lapses only after a notice that it will, and nobody was given one: issue it (`IssueNotice`), or "
            "close the case otherwise.",
            rule="lapse-needs-notice",
        )
    chase = case.chase
    if chase is None or chase.lapse is None or chase.stopped:
        return
    until = can_lapse_at(chase, chase.lapse, around)
    if around.effective_at < until:
        raise Refusal(
            f"The requester has until the end of {around.last_day(until)} to answer: wait until then, or close the "
            "case otherwise.",
            rule="lapse-after-notice",
        )


def can_lapse_at(chase: Chase, step: Step, around: Circumstances) -> datetime:
    """When a request can lapse: not before the notice said, and whoever was told late has as long to answer.

    That somebody was told earlier than it was entered is one person's word: their time runs from the entry (row 30).
    """
    named = max(step.at, chase.lapses_at or step.at)
    if chase.told_at is None or chase.entered_at is None:
        return named
    compiled = compiled_for(chase, around)
    if chase.reply_by is not None:
        days = compiled.calendars.days_of(compiled.policy.office.zone)
        later = days.date_of(chase.entered_at) - days.date_of(chase.told_at)
        return max(named, chase.reply_by + later)
    return max(named, answered_by(compiled, chase.entered_at, chase.days_of_notice))


def lapses_by_notice(case: Case, around: Circumstances, *, clock: str | None) -> datetime | None:
    """When a notice of the lapse that is given now says that the request lapses; None before it is to be given.

    Where it names a clock that lapses by its law, that one says so. One that names none is of all of them, and of
    the chase. It is the end of the day in the zone of the office, in which it is told.
    """
    named = case.clocks.get(clock or "")
    by_law = [each for each in _by_law(case, around) if named in (None, each)]
    dates = [on for each in by_law if (on := _noticed_on(case, each, around)) is not None]
    found = [_in_office(around).begin(on + timedelta(days=1)) for on in dates]
    chased = None if named in by_law else _chase_lapses_by_notice(case, around)
    return max((*found, *([chased] if chased else [])), default=None)


def _in_office(around: Circumstances) -> LocalDays:
    office = around.policies.in_force(around.now).compiled
    return office.calendars.days_of(office.policy.office.zone)


def _noticed_on(case: Case, clock: Clock, around: Circumstances) -> date | None:
    """The last date on which an answer is in time where notice is given now; None while nobody is waited for."""
    definition = definition_of(around, clock)
    days = calendars_of(around.policies, clock.policy, clock.calendars)
    wait = _wait_on_requester(case, definition, around)
    lapses_on = None if wait is None else lapse_on(definition, days, wait)
    if lapses_on is None or definition.lapse is None or definition.lapse.notice is None:
        return lapses_on
    today = days.days_of(definition.zone).date_of(around.effective_at)
    return max(lapses_on, after(today, definition.lapse.notice, definition, days))


def _chase_lapses_by_notice(case: Case, around: Circumstances) -> datetime | None:
    chase = case.chase
    if chase is None or chase.lapse is None or chase.lapses_at is None:
        return None
    answered = answered_by(compiled_for(chase, around), around.now, chase.days_of_notice)
    return max(answered, can_lapse_at(chase, chase.lapse, around))


def compiled_for(chase: Chase, around: Circumstances) -> CompiledPolicy:
    """The policy by which a chase was begun, compiled."""
    return around.policies.cited(chase.policy).compiled


def _told_of_lapse(case: Case) -> bool:
    """Whether the requester was given notice of the lapse, or was turned to when it was to be given.

    A notice of before the case was opened again is of what lapsed then.
    """
    chase, since = case.chase, case.resolutions
    notices = [each for each in case.notices.values() if each.resolutions == since]
    if any(each.kind == "lapse" and each.to_requester and each.stands for each in notices):
        return True
    if chase is None or chase.lapses_at is None:
        return False
    return chase.told_at is not None or chase.told_of_lapse


def _warns_by_letter(case: Case, around: Circumstances) -> bool:
    templates = around.policies.in_force(around.now).policy.templates.values()
    return any(each.kind == "lapse" and each.is_for(case.request_type) for each in templates)


def lapses_by_law(case: Case, around: Circumstances) -> Clock | None:
    """The first clock of a case that runs and has a law of lapse of its own."""
    return next(iter(_by_law(case, around)), None)


def _by_law(case: Case, around: Circumstances) -> list[Clock]:
    return [clock for clock in case.own_clocks if definition_of(around, clock).lapse is not None]
