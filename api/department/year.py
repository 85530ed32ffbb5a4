"""The simulated department lives through months, or a year, up to the eve of the new access law; the same for a seed.

Time passes through the real watch and the real outbox, at each opening and each noon, and at night where
somebody is in danger. The first part of the time work is pushed, then dispatched, then pulled, and at last
at a rate.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from api.department.agenda import Doing, SimulatedClock
from api.department.alerts import answered
from api.department.demand.arrivals import arrivals
from api.department.desk import Desk
from api.department.floor import Floor, Way
from api.department.happenings import calendar_revised, leaves, morning_of_the_house, publish
from api.department.intake_desk import arrive, likely_team
from api.department.leading import Leading
from api.department.matter import Matter
from api.outbox import deliver_owed
from api.outbox.alert import Sink
from api.policy_files import department_policy
from api.watch import watch_once
from ledger.service import Ledger
from ledger.times import EPOCH
from projections.views import Views

NEW_LAW_ON = date(2027, 4, 1)
"""From then on another law of access to information is in force."""
ENDS_ON = date(2027, 3, 31)
"""The day before."""
MONTHS_AT_MOST = 12
_RATED_TEAMS = 3
_PHASES: tuple[tuple[Way, int], ...] = (("push", 0), ("dispatch", 30), ("pull", 40))
"""From so many hundredths of the time on."""
_RATE_FROM, _REVISED_AT, _LEAVES_AT, _DROPPED_AT = 50, 60, 45, 90
_REVIEWED_PERCENT = 8
_AT_LEAST_A_DAY = 0.2
_PASSES = (timedelta(minutes=5), timedelta(hours=4))
_LATE = timedelta(hours=9)

Progress = Callable[[int, int], None]


def begins_on(months: int) -> date:
    """The first day of a run of so many months, which ends on the eve of the new law."""
    before = ENDS_ON.year * 12 + ENDS_ON.month - months
    return date(before // 12, before % 12 + 1, 1)


def begins_at(months: int) -> datetime:
    """The instant at which the ledger of such a run is made."""
    first = begins_on(months)
    return datetime(first.year, first.month, first.day, 9, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class YearLived:
    """What the department did: cases opened, working days, commands asked by kind, and what the rules forbade."""

    cases: int
    months: int
    working_days: int
    ended_at: datetime
    entries: int
    asked: Mapping[str, int]
    refused: Mapping[str, int]
    told_cases: tuple[UUID, ...]
    """The case that tells most, and its review, if there was one."""

    def as_json(self) -> dict[str, Any]:
        """The run in plain values."""
        return {
            "cases": self.cases,
            "months": self.months,
            "working_days": self.working_days,
            "ended_at": self.ended_at,
            "entries": self.entries,
            "asked": dict(sorted(self.asked.items())),
            "refused": dict(sorted(self.refused.items())),
        }


def live(
    ledger: Ledger,
    views: Views,
    *,
    clock: SimulatedClock,
    sink: Sink,
    seed: int = 7,
    cases: int = 300,
    months: int = 3,
    progress: Progress = lambda _done, _all: None,
) -> YearLived:
    """Lets the department live on a new ledger that tells time by `clock`; everything goes through its commands."""
    return _Year(ledger, views, clock, sink, seed=seed).lived(cases, months, progress)


class _Year:
    """The department at work."""

    def __init__(
        self, ledger: Ledger, views: Views, clock: SimulatedClock, sink: Sink, *, seed: int
    ) -> None:
        self.desk = Desk(ledger, views, clock, seed=seed)
        self.sink = sink
        self.leading = Leading(self.desk, seed=seed)

    def lived(self, cases: int, months: int, progress: Progress) -> YearLived:
        """From the first opening to the close of the last day."""
        desk = self.desk
        publish(desk, department_policy(), effective_from=EPOCH)
        first_on = begins_on(months)
        matters = [*arrivals(desk, cases=cases, first_on=first_on, last_on=ENDS_ON)]
        opens = self._openings(first_on)
        floor = Floor(desk, self._staffed_for(matters, len(opens)))
        for matter in matters:
            desk.agenda.enter(matter.at, self._arrives(floor, matter))
        ways: dict[int, Way] = {len(opens) * percent // 100: way for way, percent in _PHASES}
        for place, opened in enumerate(opens):
            self._turns(place, len(opens), floor, ways)
            self._a_day(floor, opened, there=desk.opens_at(opened))
            desk.agenda.go_on(opened + _LATE)
            progress(place + 1, len(opens))
        desk.views.catch_up(desk.ledger.store)
        return YearLived(
            cases=len(desk.matters),
            months=months,
            working_days=len(opens),
            ended_at=desk.clock(),
            entries=desk.ledger.store.tip(),
            asked=desk.asked,
            refused=desk.refused,
            told_cases=tuple(self._most_told()),
        )

    def _openings(self, first_on: date) -> list[datetime]:
        hours = self.desk.compiled.calendars.hours[self.desk.policy.office.office_calendar]
        days = self.desk.compiled.calendars.days_of(self.desk.policy.office.zone)
        found = [hours.opening_from(days.begin(first_on))]
        while days.date_of(found[-1]) <= ENDS_ON:
            found.append(hours.opening_from(found[-1] + timedelta(hours=12)))
        return found[:-1]

    def _staffed_for(self, matters: list[Matter], days: int) -> dict[str, float]:
        """How many cases a day come to each team, as the rules would have it: so many it was staffed for."""
        counted = Counter(likely_team(self.desk, each) for each in matters)
        review = replace(matters[0], kind=self.desk.review_type, severity="other")
        counted[likely_team(self.desk, review)] += len(matters) * _REVIEWED_PERCENT // 100
        teams = self.desk.policy.teams
        return {team: max(_AT_LEAST_A_DAY, counted[team] / days) for team in teams}

    def _turns(self, place: int, days: int, floor: Floor, ways: Mapping[int, Way]) -> None:
        """What changes in how the department works, each at its share of the time."""
        desk = self.desk
        if place and place in ways:
            floor.change_to(ways[place])
        if place == days * _LEAVES_AT // 100:
            desk.agenda.enter(desk.tomorrow(), leaves(desk))
        if place == days * _RATE_FROM // 100:
            desk.agenda.enter(desk.tomorrow(), self._rates_set())
        if place == days * _REVISED_AT // 100:
            desk.agenda.enter(desk.tomorrow(), calendar_revised(desk))
        if place == days * _DROPPED_AT // 100 and self.leading.rated:
            self.leading.drop(self.leading.rated[-1])

    def _rates_set(self) -> Doing:
        teams = self.leading.longest(_RATED_TEAMS)
        self.leading.set_rates(teams, target_on=ENDS_ON)
        return
        yield

    def _arrives(self, floor: Floor, matter: Matter) -> Doing:
        desk = self.desk
        desk.matters[matter.case_id] = matter
        desk.agenda.enter(desk.clock(), arrive(desk, matter))
        if matter.danger or "CALL" in "".join(desk.clocks_of(matter.kind)):
            desk.agenda.enter(desk.clock(), floor.danger(matter))
        if matter.danger:
            for hours in (1.0, 2.2, 4.2):
                yield matter.at + timedelta(hours=hours)
                if not desk.open_now:
                    self._pass()

    def _a_day(self, floor: Floor, opened: datetime, *, there: bool) -> None:
        """The watch passes every day; people are there on those on which the calendar, as it now is, has them."""
        desk = self.desk
        for after in _PASSES:
            desk.agenda.enter(opened + after, self._watched())
        if not there:
            return
        desk.agenda.enter(opened + timedelta(minutes=6), morning_of_the_house(desk))
        desk.agenda.enter(opened + timedelta(minutes=10), self.leading.morning())
        for team in desk.policy.teams:
            desk.agenda.enter(opened + timedelta(minutes=20), floor.day(team))

    def _watched(self) -> Doing:
        self._pass()
        return
        yield

    def _pass(self) -> None:
        """The watch records what time has brought, alerts go out, and whoever is told answers."""
        desk = self.desk
        watch_once(desk.ledger, desk.views)
        for alert in deliver_owed(desk.ledger, desk.views, self.sink).cases:
            desk.agenda.enter(desk.clock(), answered(desk, alert))

    def _most_told(self) -> Iterator[UUID]:
        """The case that tells most, by letter and decided as what it came in as, and the review of its decision."""
        desk, matters = self.desk, self.desk.matters
        reviews = {
            each.reviews: each.case_id
            for each in matters.values()
            if each.reviews is not None and desk.case(each.case_id).review is not None
        }
        decided = {of for of, by in reviews.items() if desk.case(by).decided is not None}

        def tells(case_id: UUID) -> tuple[bool, bool, bool, int, str]:
            matter = matters[case_id]
            first = matter.reviews is None and matter.taken_as == matter.kind
            plain = first and desk.policy.types[matter.kind].judgement
            tale = (plain and case_id in decided, plain and case_id in reviews)
            by_letter = plain and matter.channel == "letter"
            return (*tale, by_letter, desk.case(case_id).version, str(case_id))

        told = max(matters, key=tells)
        yield told
        if told in reviews:
            yield reviews[told]
