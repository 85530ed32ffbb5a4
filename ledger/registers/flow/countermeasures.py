"""Countermeasures: each day of a rate is closed, a missed one is recorded, and a person says what is done about it.

A missed day opens a countermeasure with cause, action, owner and check date by the next working
morning, or joins an open one of the same cause. Where nobody says anything the rate is not worked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any, Literal
from uuid import UUID

from pydantic import Field

from ledger.commands import Circumstances
from ledger.entry import Happened
from ledger.errors import InvalidCommand, Refusal, UnlawfulTransition
from ledger.facts import Fact, PersonalText, fact
from ledger.input.quoting import quoted
from ledger.policy.in_force import PolicyVersion
from ledger.policy.telling.days import day_said
from ledger.registers.flow.rates import (
    Countermeasure,
    Miss,
    RateCommand,
    Ratio,
    TeamRate,
    leading,
    working,
)
from ledger.registers.parts import with_changed
from ledger.times import Instant

Cause = Literal[
    "arrivals", "absence", "hard_cases", "waiting_on_others", "interruptions", "tools", "other"
]
MORNING_ENDS = time(12, 0)


@fact
class RateDayClosed(Fact):
    """A day of a team's rate ended: how many waited at its beginning, were needed, processed and came back."""

    team: str
    on: date
    waiting: int
    per_day: Ratio
    needed: int
    processed: int
    returned: int


@fact
class MissRecorded(Fact):
    """On this day fewer were cleared, net of returns, than the rate needed. Somebody is to say what is done."""

    team: str
    on: date
    short_by: int


@fact
class CountermeasureRecorded(Fact):
    """Somebody said why a day was missed, what is done about it, by whom, and when it is looked at."""

    countermeasure_id: UUID
    team: str
    missed_on: date
    cause: Cause
    owner: str
    check_on: date
    action: PersonalText


@fact
class MissJoined(Fact):
    """A missed day has the cause of a countermeasure that is under way, and joins it."""

    countermeasure_id: UUID
    team: str
    missed_on: date


@fact
class CountermeasureClosed(Fact):
    """A countermeasure was looked at and closed: it worked, or it did not."""

    countermeasure_id: UUID
    team: str
    worked: bool
    words: PersonalText


@fact
class RateNotWorked(Fact):
    """By the end of the next working morning nobody had said what is done about a missed day. The party is told."""

    team: str
    missed_on: date
    party: str
    since: Instant


@fact
class RateAlertDelivered(Fact):
    """The alert that a rate not worked owed was delivered."""

    team: str
    missed_on: date
    method: str


class CloseRateDay(RateCommand):
    """Close a day of a team's rate with what was counted at its closing."""

    on: date
    waiting: int = Field(ge=0)
    per_day: Ratio
    needed: int = Field(ge=0)
    processed: int = Field(ge=0)
    returned: int = Field(ge=0)


class RecordCountermeasure(RateCommand):
    """Say why a day was missed and what is done; without an action the miss joins what is done about that cause."""

    countermeasure_id: UUID
    missed_on: date
    cause: Cause
    action: str | None = Field(default=None, min_length=1)
    owner: str | None = None
    check_on: date | None = None


class CloseCountermeasure(RateCommand):
    """Close a countermeasure, and say whether it worked."""

    countermeasure_id: UUID
    worked: bool
    words: str | None = None


class RaiseRateNotWorked(RateCommand):
    """Record that nobody has said what is done about a missed day."""

    missed_on: date


class RecordRateAlertDelivered(RateCommand):
    """Record that the alert of a missed day was delivered."""

    missed_on: date
    method: str


def close_rate_day(
    state: TeamRate, asked: CloseRateDay, around: Circumstances
) -> Sequence[Happened]:
    """A day is closed once, after its closing, in order; below its number it is a miss."""
    rate = working(state, asked.team)
    if state.closed_on is not None and asked.on <= state.closed_on:
        return ()
    version = around.policies.in_force(around.now)
    if state.since_on is None or not state.since_on < asked.on <= rate.target_on:
        since = "none" if state.since_on is None else day_said(state.since_on)
        raise Refusal(
            f"There is a rate since {since} for {day_said(rate.target_on)}, so {day_said(asked.on)} is none of its "
            "days: name a day between them.",
            rule="day-of-the-rate",
        )
    if closing(version, asked.on) > around.now:
        raise Refusal(
            f"{day_said(asked.on)} has not ended yet: close it after the office does.",
            rule="day-has-ended",
        )
    closed = RateDayClosed(**asked.for_fact())
    short_by = asked.needed - (asked.processed - asked.returned)
    if short_by <= 0:
        return (around.happened(closed),)
    missed = MissRecorded(team=asked.team, on=asked.on, short_by=short_by)
    return (around.happened(closed), around.happened(missed))


def record_countermeasure(
    state: TeamRate, asked: RecordCountermeasure, around: Circumstances
) -> Sequence[Happened]:
    """One answer to each missed day: an action with its owner, or an open countermeasure of the same cause."""
    version = leading(asked.team, around, "records a countermeasure")
    miss = state.misses.get(asked.missed_on)
    if miss is None:
        days = ", ".join(map(day_said, state.unanswered)) or "none"
        raise Refusal(
            f"{day_said(asked.missed_on)} is not recorded as missed: of {asked.team} wait for an answer {days}.",
            rule="answers-a-miss",
        )
    if miss.countermeasure_id is not None:
        if miss.countermeasure_id == asked.countermeasure_id:
            return ()
        raise UnlawfulTransition(
            f"Something is done about {day_said(asked.missed_on)} already: close that countermeasure first.",
            rule="one-answer-a-miss",
        )
    if asked.action is None:
        return (around.happened(_joined(state, asked)),)
    if asked.owner is None:
        raise InvalidCommand("An action has an owner: name the member who sees to it.")
    owner = version.policy.members.get(asked.owner)
    if owner is None or owner.kind != "person":
        raise InvalidCommand(
            f"{quoted(asked.owner)} is not a person of the policy in force: name a member who is."
        )
    today = _today(version, around.now)
    check_on = asked.check_on or next_working_day(version, today)
    if check_on <= today:
        raise InvalidCommand(
            f"The check date {day_said(check_on)} is not ahead: name a date after {day_said(today)}."
        )
    recorded = CountermeasureRecorded(**asked.for_fact("check_on"), check_on=check_on)
    return (around.happened(recorded),)


def _joined(state: TeamRate, asked: RecordCountermeasure) -> MissJoined:
    """The miss, joining the open countermeasure of its cause; refused where there is none."""
    for known, each in state.countermeasures.items():
        if each.cause == asked.cause and not each.closed:
            return MissJoined(countermeasure_id=known, team=asked.team, missed_on=asked.missed_on)
    raise InvalidCommand(
        f"Nothing is done about the cause {quoted(asked.cause, otherwise='named')} yet: say what is, with its owner."
    )


def close_countermeasure(
    state: TeamRate, asked: CloseCountermeasure, around: Circumstances
) -> Sequence[Happened]:
    """A countermeasure is closed once."""
    leading(asked.team, around, "closes a countermeasure")
    found = state.countermeasures.get(asked.countermeasure_id)
    if found is None:
        raise Refusal(
            "No such countermeasure is known for this team: name one by its id.",
            rule="closes-a-countermeasure",
        )
    if found.closed:
        return ()
    return (around.happened(CountermeasureClosed(**asked.for_fact())),)


def raise_rate_not_worked(
    state: TeamRate, asked: RaiseRateNotWorked, around: Circumstances
) -> Sequence[Happened]:
    """The alarm is raised once for a missed day, when its morning is over and nobody has answered."""
    miss = state.misses.get(asked.missed_on)
    if miss is None or miss.alarmed or miss.countermeasure_id is not None:
        return ()
    since = answer_by(around.policies.in_force(around.now), asked.missed_on)
    if since > around.now:
        return ()
    alarm = RateNotWorked(team=asked.team, missed_on=asked.missed_on, party="leader", since=since)
    return (around.happened(alarm),)


def record_rate_alert_delivered(
    state: TeamRate, asked: RecordRateAlertDelivered, around: Circumstances
) -> Sequence[Happened]:
    """An alert counts as delivered once, and only where the alarm was raised."""
    miss = state.misses.get(asked.missed_on)
    if miss is None or not miss.alarmed:
        raise UnlawfulTransition(
            f"No alarm was raised about {day_said(asked.missed_on)}: name a missed day that nobody answered.",
            rule="delivers-an-alert",
        )
    if miss.told:
        return ()
    return (around.happened(RateAlertDelivered(**asked.for_fact())),)


def answer_by(version: PolicyVersion, missed_on: date) -> datetime:
    """By when somebody is to have said what is done about a missed day: noon of the next working day."""
    days = version.compiled.calendars.days_of(version.policy.office.zone)
    return days.at(next_working_day(version, missed_on), MORNING_ENDS)


def next_working_day(version: PolicyVersion, day: date) -> date:
    """The next day that the office's calendar counts."""
    office = version.policy.office
    return version.compiled.calendars.counting[office.counting_calendar].nth_after(day, 1)


def closing(version: PolicyVersion, day: date) -> datetime:
    """The close of business of a day."""
    office = version.policy.office
    return version.compiled.calendars.hours[office.office_calendar].closing_from(day)


def evolve_countermeasures(state: TeamRate, fact: Fact) -> TeamRate:
    """The rate's days and what is done about them, after one more fact."""
    match fact:
        case RateDayClosed():
            return replace(state, closed_on=fact.on)
        case MissRecorded():
            return replace(state, misses={**state.misses, fact.on: Miss()})
        case CountermeasureRecorded():
            opened = Countermeasure(fact.cause, fact.owner, fact.check_on)
            known = {**state.countermeasures, fact.countermeasure_id: opened}
            state = replace(state, countermeasures=known)
            return _missed(state, fact.missed_on, countermeasure_id=fact.countermeasure_id)
        case MissJoined():
            return _missed(state, fact.missed_on, countermeasure_id=fact.countermeasure_id)
        case CountermeasureClosed():
            known = with_changed(state.countermeasures, fact.countermeasure_id, closed=True)
            return replace(state, countermeasures=known)
        case RateNotWorked():
            return _missed(state, fact.missed_on, alarmed=True)
        case RateAlertDelivered():
            return _missed(state, fact.missed_on, told=True)
        case _:
            return state


def _missed(state: TeamRate, missed_on: date, **fields: Any) -> TeamRate:
    miss = replace(state.misses.get(missed_on, Miss()), **fields)
    return replace(state, misses={**state.misses, missed_on: miss})


def _today(version: PolicyVersion, now: datetime) -> date:
    return version.compiled.calendars.days_of(version.policy.office.zone).date_of(now)
