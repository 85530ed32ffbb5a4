"""Rates: what a team's rate asks of a day, by the hour, and what was done, from the flow as it was known.

The day's number stands on what was known as the day began, so that nothing recorded later moves it:
arrivals are the mean of the last twenty working days, the backlog is what waited then.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING
from uuid import UUID

from ledger.policy.calendars.counting import OfficeHours
from ledger.policy.calendars.zones import LocalDays
from ledger.policy.flow.rates import (
    DayWeight,
    RequiredRate,
    day_numbers,
    day_weights,
    full_day,
    needed_by,
    required_rate,
)
from ledger.policy.in_force import PolicyVersion
from ledger.registers.flow.countermeasures import answer_by, closing
from ledger.registers.flow.rate_streams import RATE
from ledger.registers.flow.rates import Counted, RateSet, TeamRate, rate_id
from ledger.store import LedgerStore
from ledger.then import Then, office_state
from projections.figures.demand import median_of
from projections.figures.figure import nearest_rank
from projections.flow.by_day import DayFlow, flow
from projections.flow.office_days import OfficeDays
from projections.fold.temporal import FOREVER, instant_at, microseconds

if TYPE_CHECKING:
    from projections.views import Views

_EARLIER = """
    SELECT 1
    FROM {spans} AS s
    WHERE s.team = :team
    AND s.from_at < :until
    AND s.known_from <= :known_at
    AND s.known_to > :known_at
    LIMIT 1
"""
ARRIVAL_DAYS = 20
CAPACITY_DAYS = 40
_FEWEST_DAYS = 10
"""From fewer working days no capacity is measured."""
_HOUR = timedelta(hours=1)
_WORKED = """
    SELECT c.taken_at, c.resolved_at
    FROM {cases} AS c
    WHERE c.magnitude = 63
    AND c.team = :team
    AND c.standing = 'resolved'
    AND c.taken_at IS NOT NULL
    AND c.resolved_at >= :since
"""


@dataclass(frozen=True, slots=True)
class HourMark:
    """How many are needed by an instant."""

    at: datetime
    needed: int


@dataclass(frozen=True, slots=True)
class MissedDay:
    """A missed day without an answer yet, and by when there is to be one; `alarmed` once that has passed."""

    on: date
    answer_by: datetime
    alarmed: bool


@dataclass(frozen=True, slots=True)
class OpenCountermeasure:
    """What is done about misses of one cause, by whom, and when it is looked at."""

    countermeasure_id: UUID
    cause: str
    owner: str
    check_on: date


@dataclass(frozen=True, slots=True)
class DayRate:
    """What a team's rate asks of one day, and what was done by an instant of it; a team's figure, never a person's.

    `waiting_start` is what waited as the day began, by which the day is reckoned; a board says what waits now.
    `needed` of the day, `needed_by_now` at the instant; `net` is `processed` less `returned`. `over`
    says that the target date has passed, so that nothing is asked any more. A rate that was set on the day
    asks from `begins_on`, the next working day: of the day itself what the one before it asks, or nothing.
    """

    team: str
    on: date
    target: int
    target_on: date
    waiting_start: int
    arrivals: Fraction
    per_day: Fraction
    weight: Fraction
    needed: int
    needed_by_now: int
    by_hour: tuple[HourMark, ...]
    processed: int
    returned: int
    net: int
    over: bool
    begins_on: date | None
    missed: tuple[MissedDay, ...]
    countermeasures: tuple[OpenCountermeasure, ...]


@dataclass(frozen=True, slots=True)
class PlannedDay:
    """A day of the plan, what it weighs, and how many it must clear."""

    on: date
    weight: Fraction
    needed: int


def rate_of(store: LedgerStore, team: str, *, known_at: datetime | None = None) -> TeamRate:
    """A team's rate, its misses and countermeasures, as recorded, or as known at an instant."""
    rows = store.stream(f"rate/{rate_id(store.ledger_id, team)}")
    return office_state(RATE, rows, Then(known_at))


def day_rate(
    views: Views,
    state: TeamRate,
    version: PolicyVersion,
    *,
    on: date,
    at: datetime,
    known_at: datetime | None = None,
) -> DayRate | None:
    """What a rate asks of the local day `on` and what was done of it by `at`; None where there is no rate."""
    rate = state.rate
    if rate is None:
        return None
    asks = rate if rate.set_on < on else state.earlier
    morning = _morning(views, asks or rate, version, on)
    office, calendars = version.policy.office, version.compiled.calendars
    days, hours = calendars.days_of(office.zone), calendars.hours[office.office_calendar]
    begin, whole = days.begin(on), hours.between(days.begin(on), days.end(on))
    done = _flow_of(views, rate.team, on, on, version, known_at)[0]
    marks = -(-whole // _HOUR)
    passed = [min(n * _HOUR, whole) for n in range(1, marks + 1)] if asks is not None else []
    needed = morning.needed if asks is not None else 0
    return DayRate(
        team=rate.team,
        on=on,
        target=rate.target,
        target_on=rate.target_on,
        waiting_start=morning.waiting,
        arrivals=morning.arrivals,
        per_day=morning.per_day if asks is rate else Fraction(*rate.per_day),
        weight=morning.weight,
        needed=needed,
        needed_by_now=needed_by(needed, hours.between(begin, max(at, begin)), whole),
        by_hour=tuple(
            HourMark(hours.after(begin, each), needed_by(needed, each, whole)) for each in passed
        ),
        processed=done.processed - done.transferred_out,
        returned=done.reopened,
        net=done.processed_net,
        over=on > rate.target_on,
        begins_on=None if asks is rate else _working_days(version).after(rate.set_on),
        missed=tuple(
            MissedDay(day, answer_by(version, day), state.misses[day].alarmed)
            for day in state.unanswered
        ),
        countermeasures=tuple(
            OpenCountermeasure(known, each.cause, each.owner, each.check_on)
            for known, each in state.countermeasures.items()
            if not each.closed
        ),
    )


def plan(
    day: DayRate, rate: RateSet, version: PolicyVersion, *, upto: date
) -> Sequence[PlannedDay]:
    """How many each day of the rate from this one on must clear to reach the target, as far as a date or its own."""
    ahead = _weights(rate, version, day.begins_on or day.on)
    numbers = day_numbers(day.per_day, [each.weight for each in ahead])
    return [
        PlannedDay(each.on, each.weight, needed)
        for each, needed in zip(ahead, numbers, strict=True)
        if each.on <= upto
    ]


def counted(
    views: Views, store: LedgerStore, team: str, version: PolicyVersion, at: datetime
) -> Counted:
    """What a rate set now stands on: what waits, what came in, what the team can do, how long a case takes it."""
    days = version.compiled.calendars.days_of(version.policy.office.zone)
    on, working = days.date_of(at), _working_days(version)
    past = _flow_of(views, team, working.before(on, CAPACITY_DAYS)[0], on, version, None)
    began_on = _began_on(views, team, past, version, None)
    arrivals, over = _arrivals(past, on, working, began_on)
    capacity = _capacity(past[:-1], version, working, began_on)
    since = days.begin(working.before(on, CAPACITY_DAYS)[0])
    with views.reading("cases") as reading:
        found = reading.rows(_WORKED, team=team, since=microseconds(since))
    apart = [
        len(working.between(days.date_of(instant_at(taken)), days.date_of(instant_at(done))))
        for taken, done in found
    ]
    median = median_of(apart)
    return Counted(
        waiting=past[-1].waiting_end,
        arrivals=arrivals,
        arrivals_days=over,
        capacity=None if capacity is None else capacity.as_integer_ratio(),
        median_days=None if median is None else median.as_integer_ratio(),
        upto=store.tip(),
    )


def earliest_on(days_needed: int | None, rate: RateSet, version: PolicyVersion) -> date | None:
    """The date by which so many full working days will have passed since the rate was set; None for never."""
    if days_needed is None:
        return None
    day, total, working = rate.set_on, Fraction(0), _working_days(version)
    calendar = version.compiled.calendars.hours[version.policy.office.office_calendar]
    while total < days_needed:
        day = working.after(day)
        if day > calendar.ends_on:
            return None
        total += _weight(day, rate, version)
    return day


@dataclass(frozen=True, slots=True)
class _Morning:
    """What a day began with, and what that asks of it."""

    waiting: int
    arrivals: Fraction
    per_day: Fraction
    weight: Fraction
    needed: int


def _morning(views: Views, rate: RateSet, version: PolicyVersion, on: date) -> _Morning:
    days, working = _days(version), _working_days(version)
    first = working.before(on, ARRIVAL_DAYS)[0]
    past = _flow_of(views, rate.team, first, on, version, days.begin(on))
    began_on = _began_on(views, rate.team, past, version, days.begin(on))
    came, over = _arrivals(past, on, working, began_on)
    arrivals = Fraction(came, over) * Fraction(rate.season_permille, 1000)
    waiting = past[-1].waiting_start
    ahead = _weights(rate, version, on)
    if not ahead:
        return _Morning(waiting, arrivals, Fraction(0), Fraction(0), 0)
    needed: RequiredRate = required_rate(
        arrivals=arrivals,
        waiting=waiting,
        target=rate.target,
        weight=sum((each.weight for each in ahead), Fraction(0)),
    )
    weight = ahead[0].weight if ahead[0].on == on else Fraction(0)
    return _Morning(
        waiting, arrivals, needed.per_day, weight, day_numbers(needed.per_day, [weight])[0]
    )


def _flow_of(
    views: Views,
    team: str,
    first_on: date,
    last_on: date,
    version: PolicyVersion,
    known_at: datetime | None,
) -> list[DayFlow]:
    """The flow of a team, a day each, also of days on which nothing moved."""
    found = flow(views, days=_days(version), first_on=first_on, last_on=last_on, known_at=known_at)
    known = {each.on: each for each in found.days if each.team == team}
    dates = [first_on + timedelta(days=n) for n in range((last_on - first_on).days + 1)]
    return [known.get(day) or DayFlow(team, day) for day in dates]


def _began_on(
    views: Views,
    team: str,
    past: Sequence[DayFlow],
    version: PolicyVersion,
    known_at: datetime | None,
) -> date | None:
    """The first of these days by which the team had anything, in them or before them; None if it never had."""
    first_on = past[0].on
    moved = next((each.on for each in past if each.incoming or each.waiting_start), None)
    if moved == first_on:
        return moved
    given = {
        "team": team,
        "until": microseconds(_days(version).begin(first_on)),
        "known_at": FOREVER - 1 if known_at is None else microseconds(known_at),
    }
    with views.reading("spans") as reading:
        return first_on if reading.rows(_EARLIER, **given) else moved


def _arrivals(
    past: Sequence[DayFlow], on: date, working: OfficeDays, began_on: date | None
) -> tuple[int, int]:
    """What came in before a date over so many working days: twenty, or as many as the team has a history."""
    if began_on is None or began_on >= on:
        return 0, 1
    began = max(began_on, working.before(on, ARRIVAL_DAYS)[0])
    days = len(working.between(began, on)) or 1
    return sum(each.incoming for each in past if began <= each.on < on), days


def _capacity(
    past: Sequence[DayFlow], version: PolicyVersion, working: OfficeDays, began_on: date | None
) -> Fraction | None:
    """The 90th percentile of net processed for each full day; None from too few working days."""
    full, days = full_day(_hours(version), _days(version), past[0].on), _days(version)
    tick = timedelta.resolution
    found: list[Fraction] = []
    for each in past:
        opened = _hours(version).between(days.begin(each.on), days.end(each.on))
        if began_on is not None and each.on >= began_on and working.counts(each.on) and opened:
            found.append(each.processed_net * Fraction(full // tick, opened // tick))
    if len(found) < _FEWEST_DAYS:
        return None
    ranked = nearest_rank(found, 90)
    return None if ranked is None else max(ranked, Fraction(0))


def _weights(rate: RateSet, version: PolicyVersion, first_on: date) -> tuple[DayWeight, ...]:
    if first_on > rate.target_on:
        return ()
    return day_weights(
        _hours(version),
        _days(version),
        first_on=first_on,
        last_on=rate.target_on,
        attendance=_attendance(rate),
    )


def _weight(day: date, rate: RateSet, version: PolicyVersion) -> Fraction:
    found = day_weights(
        _hours(version), _days(version), first_on=day, last_on=day, attendance=_attendance(rate)
    )
    return found[0].weight if found else Fraction(0)


def _attendance(rate: RateSet) -> Mapping[date, int]:
    return {date.fromisoformat(on): int(share) for on, share in rate.attendance.items()}


def _days(version: PolicyVersion) -> LocalDays:
    return version.compiled.calendars.days_of(version.policy.office.zone)


def _hours(version: PolicyVersion) -> OfficeHours:
    return version.compiled.calendars.hours[version.policy.office.office_calendar]


def _working_days(version: PolicyVersion) -> OfficeDays:
    office = version.policy.office
    return OfficeDays(version.compiled.calendars.counting[office.counting_calendar])


def days_to_close(state: TeamRate, version: PolicyVersion, at: datetime) -> Sequence[date]:
    """The days of a rate that have ended and are not closed yet, the earliest first."""
    rate = state.rate
    if rate is None or state.since_on is None:
        return ()
    working, found = _working_days(version), list[date]()
    day = working.after(state.closed_on or state.since_on)
    while day <= rate.target_on and closing(version, day) <= at:
        found.append(day)
        day = working.after(day)
    return found
