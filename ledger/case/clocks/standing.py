"""Standing: how a clock of a case stands, with all the waits it has seen, under the policy that it was armed by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from ledger.case.known.timed import Clock
from ledger.case.state import Case, Decision
from ledger.commands import Circumstances
from ledger.errors import Refusal
from ledger.policy.calendars.counting import Calendars
from ledger.policy.clocks.history import ClockHistory, Reckoning, Standing, Waiting
from ledger.policy.clocks.reckoning import reckon, standing
from ledger.policy.clocks.requests import may_reset, may_wait
from ledger.policy.document.clocks import ClockDefinition
from ledger.policy.in_force import Policies


def definition_of(around: Circumstances, clock: Clock) -> ClockDefinition:
    """What the policy that the clock was armed by says of it."""
    return around.policies.cited(clock.law).compiled.clocks[clock.code]


def deadlines(case: Case, policies: Policies) -> tuple[tuple[datetime, str], ...]:
    """By when which open clocks of a case are to be answered, those that stand still apart.

    Neither a day before which something is not to be done nor the end of what a warning is about is one: whether
    it passes or not, nobody has to answer.
    """
    return tuple(
        (clock.due_at, clock.code)
        for clock in case.clocks.values()
        if clock.open and clock.due_at is not None and _is_deadline(clock, policies)
    )


def _is_deadline(clock: Clock, policies: Policies) -> bool:
    if clock.policy is None:  # a deadline that another system stated
        return True
    return policies.cited(clock.policy).compiled.clocks[clock.code].sense == "deadline"


def stopped_by(around: Circumstances, clock: Clock, *acts: str) -> bool:
    """Whether a clock asks for one of these acts; a deadline that another system stated asks for none."""
    return clock.policy is not None and not set(acts).isdisjoint(
        definition_of(around, clock).stops_on
    )


def standing_of(
    decision: Decision,
    code: str,
    policy: str | None,
    history: ClockHistory,
    *,
    at: datetime,
    calendars: str | None = None,
) -> Reckoning:
    """How a clock stands with all the waits of the case, under the policy that it was armed by.

    `calendars` is the digest of the policy whose calendars count, where they were revised since.
    """
    compiled = decision.around.policies.cited(policy or "").compiled
    known = replace(history, waits=waits_of(decision.case, since=history.start_at))
    days = calendars_of(decision.around.policies, policy, calendars)
    return reckon(compiled.clocks[code], days, known, at=max(at, history.start_at))


def standing_if_ended(decision: Decision, clock: Clock, *, at: datetime) -> Standing:
    """How a clock stands that ends at an instant, and when it was due then."""
    ended_at = max(at, clock.history.start_at)
    waits = waits_of(decision.case, since=clock.history.start_at)
    return standing(
        definition_of(decision.around, clock),
        calendars_of(decision.around.policies, clock.policy, clock.calendars),
        replace(clock.history, stopped_at=ended_at, waits=waits),
        at=ended_at,
    )


def calendars_of(policies: Policies, policy: str | None, calendars: str | None) -> Calendars:
    """The calendars by which a clock is counted: those of the policy it was armed by, or as they were revised since."""
    return policies.cited(calendars or policy or "").compiled.calendars


def moments_of(case: Case) -> Mapping[str, datetime]:
    """The instants by which a clock of a case may start, of those that are known."""
    moments = {
        "reached_body": case.received_at,
        "reached_office": case.reached_office_at or case.received_at,
        "complete": case.complete_at,
    }
    return {name: at for name, at in moments.items() if at is not None} | dict(case.milestones)


def waits_of(case: Case, *, since: datetime) -> tuple[Waiting, ...]:
    """The waits that a clock can have seen: one that was over before it began does nothing to it."""
    return tuple(
        Waiting(each.reason, each.from_at, each.to_at)
        for each in case.waits
        if each.to_at is None or each.to_at > since
    )


def refuse_vain_waits(case: Case, around: Circumstances, reason: str) -> None:
    """Refuses a wait by which a clock may be stopped no more, or that would reset nothing but breached clocks."""
    lost: list[Refusal] = []
    resets = False
    for clock in case.own_clocks:
        definition = definition_of(around, clock)
        history = replace(clock.history, waits=waits_of(case, since=clock.history.start_at))
        may_wait(definition, history, reason)
        if definition.effect_of(reason).effect == "reset":
            at = max(around.effective_at, history.start_at)
            days = calendars_of(around.policies, clock.policy, clock.calendars)
            try:
                may_reset(definition, reckon(definition, days, history, at=at), reason)
            except Refusal as breached:
                lost.append(breached)
            else:
                resets = True
    if lost and not resets:
        raise lost[0]
