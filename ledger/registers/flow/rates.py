"""Rates: how many cases a team clears a day to reach a target by a date, and the staff time that figures stand on.

A team's stream, never a person's. What was counted when a rate was set is recorded with it, and so is
whether the rate can be kept; from then on each day's number follows anew from what really waits.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from ledger.case.whom import known_team, sets_work
from ledger.commands import Circumstances, Command
from ledger.entry import Happened
from ledger.errors import InvalidCommand, NotAuthorised, UnlawfulTransition
from ledger.facts import Fact, PersonalText, Values, fact
from ledger.ids import derived_uuid
from ledger.policy.flow.rates import below_floor, day_weights, feasibility, required_rate
from ledger.policy.in_force import PolicyVersion
from ledger.policy.telling.days import day_said
from ledger.times import EPOCH

Ratio = tuple[int, Annotated[int, Field(ge=1)]]
"""An exact ratio: numerator and denominator."""
Percent = Annotated[int, Field(ge=0, le=200)]


@fact
class RateSet(Fact):
    """A team was given a rate: so many are to wait on a date, hence so many a full day; with all it follows from.

    `weight` is that of the working days from the next one to the date, `capacity` what a full day can
    do; `earliest_days` is 0 if that suffices, absent for never. Ratios are numerator and denominator.
    """

    team: str
    set_on: date
    target: int
    target_on: date
    attendance: Values
    waiting: int
    arrivals: int
    arrivals_days: int
    season_permille: int
    weight: Ratio
    per_day: Ratio
    capacity: Ratio | None
    capacity_from: Literal["measured", "entered"] | None
    feasible: bool | None
    earliest_days: int | None
    median_days: Ratio | None
    below_floor: bool
    counted_upto: int
    policy: str


@fact
class RateDropped(Fact):
    """The rate of a team was dropped: from here on nobody says how many a day."""

    team: str
    words: PersonalText


@fact
class EffortRecorded(Fact):
    """Staff time of a team was entered or sampled: minutes a failure contact, a case, and of all staff a day."""

    team: str
    on: date
    contact_minutes: int
    case_minutes: int
    staff_minutes_a_day: int
    found_by: Literal["entered", "sampled"]
    sample: int | None


class Counted(BaseModel):
    """What the views counted when a rate was asked for, up to an entry: what waits, what came in over so many days.

    `capacity` is the 90th percentile of net processed for each full day, `median_days` that from owner to end.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    waiting: int = Field(ge=0)
    arrivals: int = Field(ge=0)
    arrivals_days: int = Field(ge=1)
    capacity: Ratio | None = None
    median_days: Ratio | None = None
    upto: int = Field(ge=0)


class RateCommand(Command):
    """Something asked about the rate of a team; its id derives from the ledger and the team."""

    asked_of = ("rate", "rate_id")

    rate_id: UUID
    team: str


class SetRate(RateCommand):
    """Set the rate of a team: how many may wait on which date; capacity by hand if it is not to be measured."""

    target: int = Field(ge=0, le=10_000_000)
    target_on: date
    capacity: int | None = Field(default=None, ge=1, le=1_000_000)
    attendance: Mapping[date, Percent] = {}
    season_permille: int = Field(default=1000, ge=1, le=100_000)
    counted: Counted


class DropRate(RateCommand):
    """Drop the rate of a team."""

    words: str | None = None


class RecordEffort(RateCommand):
    """Record the staff time of a team, entered by hand or sampled, in whole minutes."""

    contact_minutes: int = Field(ge=1, le=100_000)
    case_minutes: int = Field(ge=1, le=1_000_000)
    staff_minutes_a_day: int = Field(ge=1, le=10_000_000)
    found_by: Literal["entered", "sampled"] = "entered"
    sample: int | None = Field(default=None, ge=1)


@dataclass(frozen=True, slots=True)
class Miss:
    """A day on which fewer were cleared than needed, what it joined, whether the alarm was raised, and told of."""

    countermeasure_id: UUID | None = None
    alarmed: bool = False
    told: bool = False


@dataclass(frozen=True, slots=True)
class Countermeasure:
    """What is done about misses of one cause, until it is closed."""

    cause: str
    owner: str
    check_on: date
    closed: bool = False


@dataclass(frozen=True, slots=True)
class TeamRate:
    """A team's rate, if it has one; its days and misses, what is done about them, its staff time.

    `since_on` is the date since which there was a rate without a break: its first day is the next one.
    `earlier` is the rate that was in force as the day began on which the present one was set.
    """

    team: str | None = None
    rate: RateSet | None = None
    earlier: RateSet | None = None
    since_on: date | None = None
    closed_on: date | None = None
    misses: Mapping[date, Miss] = field(default_factory=dict[date, Miss])
    countermeasures: Mapping[UUID, Countermeasure] = field(
        default_factory=dict[UUID, Countermeasure]
    )
    effort: EffortRecorded | None = None

    @property
    def unanswered(self) -> tuple[date, ...]:
        """The missed days about which nobody has said what is done."""
        return tuple(on for on, miss in self.misses.items() if miss.countermeasure_id is None)


def set_rate(state: TeamRate, asked: SetRate, around: Circumstances) -> Sequence[Happened]:
    """Whoever dispatches sets a rate, for a date with working days before it; asked again the same, nothing changes."""
    version = leading(asked.team, around, "sets a rate")
    office, calendars = version.policy.office, version.compiled.calendars
    days, hours = calendars.days_of(office.zone), calendars.hours[office.office_calendar]
    today = days.date_of(around.now)
    if asked.target_on <= today:
        raise InvalidCommand(
            f"The target date {day_said(asked.target_on)} is not ahead: name a date after {day_said(today)}."
        )
    weights = day_weights(
        hours,
        days,
        first_on=today + timedelta(days=1),
        last_on=asked.target_on,
        attendance=asked.attendance,
    )
    counted = asked.counted
    arrivals = Fraction(counted.arrivals, counted.arrivals_days)
    needed = required_rate(
        arrivals=arrivals * Fraction(asked.season_permille, 1000),
        waiting=counted.waiting,
        target=asked.target,
        weight=sum((each.weight for each in weights), Fraction(0)),
    )
    capacity = (asked.capacity, 1) if asked.capacity is not None else counted.capacity
    told = feasibility(needed, Fraction(*capacity)) if capacity is not None else None
    median = counted.median_days
    happened = RateSet(
        team=asked.team,
        set_on=today,
        target=asked.target,
        target_on=asked.target_on,
        attendance={on.isoformat(): share for on, share in sorted(asked.attendance.items())},
        waiting=counted.waiting,
        arrivals=counted.arrivals,
        arrivals_days=counted.arrivals_days,
        season_permille=asked.season_permille,
        weight=needed.weight.as_integer_ratio(),
        per_day=needed.per_day.as_integer_ratio(),
        capacity=capacity,
        capacity_from=None if capacity is None else "entered" if asked.capacity else "measured",
        feasible=None if told is None else told.feasible,
        earliest_days=None if told is None else told.earliest_days,
        median_days=median,
        below_floor=median is not None
        and below_floor(asked.target, arrivals=needed.arrivals, median_days=Fraction(*median)),
        counted_upto=counted.upto,
        policy=version.digest,
    )
    if state.rate is not None and _terms(state.rate) == _terms(happened):
        return ()
    return (around.happened(happened),)


def drop_rate(state: TeamRate, asked: DropRate, around: Circumstances) -> Sequence[Happened]:
    """A rate is dropped once."""
    leading(asked.team, around, "drops a rate")
    if state.rate is None:
        return ()
    return (around.happened(RateDropped(team=asked.team, words=asked.words)),)


def record_effort(
    state: TeamRate, asked: RecordEffort, around: Circumstances
) -> Sequence[Happened]:
    """Staff time is dated by the day it is recorded; a sample says of how many."""
    version = leading(asked.team, around, "records staff time")
    if (asked.found_by == "sampled") != (asked.sample is not None):
        raise InvalidCommand(
            "A sample says of how many it was, and nothing else does: give both or neither."
        )
    on = version.compiled.calendars.days_of(version.policy.office.zone).date_of(around.effective_at)
    recorded = EffortRecorded(on=on, **asked.for_fact())
    return () if state.effort == recorded else (around.happened(recorded),)


def leading(team: str, around: Circumstances, does: str) -> PolicyVersion:
    """The policy in force; refused unless whoever asks dispatches for the team."""
    version = around.policies.in_force(around.now)
    known_team(version.policy, team)
    if not sets_work(around, team):
        raise NotAuthorised(
            f"{around.actor.id} neither dispatches for {team} nor leads it: only a person who does {does}."
        )
    return version


def working(state: TeamRate, team: str) -> RateSet:
    """The rate that is worked to; refused where there is none."""
    if state.rate is None:
        raise UnlawfulTransition(
            f"The team {team} has no rate: set one with `caseledger rate set {team}`.",
            rule="rate-in-force",
        )
    return state.rate


def rate_id(ledger_id: bytes, team: str) -> UUID:
    """The id of the stream in which the rate of a team is kept."""
    return derived_uuid(EPOCH, "rate", ledger_id.hex(), team)


def evolve_rate(state: TeamRate, fact: Fact) -> TeamRate:
    """The rate after one more fact; a rate set anew goes on counting the days of the one before."""
    match fact:
        case RateSet():
            since_on = state.since_on or fact.set_on
            last = state.rate
            earlier = state.earlier if last and last.set_on == fact.set_on else last
            return replace(state, team=fact.team, rate=fact, earlier=earlier, since_on=since_on)
        case RateDropped():
            return replace(state, rate=None, earlier=None, since_on=None, closed_on=None)
        case EffortRecorded():
            return replace(state, team=fact.team, effort=fact)
        case _:
            return state


def _terms(rate: RateSet) -> RateSet:
    """The rate but for the entry up to which was counted."""
    return rate.model_copy(update={"counted_upto": 0})
