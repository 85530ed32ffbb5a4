"""The rate of the reference story: set, worked to day by day, its misses answered each morning, and dropped."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from api.department.desk import Desk
from api.department.story.work import CALL, MATCHED, MINUTES_A_DAY
from ledger.registers.flow.countermeasures import Cause, CloseCountermeasure, RecordCountermeasure
from ledger.registers.flow.rates import DropRate, RecordEffort, SetRate, rate_id
from projections.flow.rates import counted, day_rate, rate_of

TEAM = "ENQ"
TARGET = 20
"""How many may wait when the rate has been kept: what a day brings."""
_LOOKED_AT_AFTER = timedelta(days=7)
_DONE: dict[Cause, str] = {
    "arrivals": "Whoever is at the counter takes the simplest ones at once.",
    "interruptions": "One of the six takes all calls until noon.",
    "hard_cases": "The two hardest are worked by two people at nine.",
}


class StoryRate:
    """The rate as the six work to it; every number is the ledger's."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.needed: int | None = None
        self.done = 0
        self.in_hand = 0

    @property
    def met(self) -> bool:
        """Whether as many as the rate asks of the day were cleared, counting half of what is almost done."""
        return self.needed is not None and self.done + self.in_hand // 2 >= self.needed

    def set(self, until: datetime) -> None:
        """So few are to wait on the last day; what the six can do is said by who leads them."""
        desk = self.desk
        desk.views.catch_up(desk.ledger.store)
        days = desk.compiled.calendars.days_of(desk.policy.office.zone)
        found = counted(desk.views, desk.ledger.store, TEAM, desk.version, desk.clock())
        people = len(desk.people(TEAM))
        a_case = sum(MATCHED) // 2
        asked = SetRate(
            rate_id=self._id,
            team=TEAM,
            target=TARGET,
            target_on=days.date_of(until),
            capacity=people * MINUTES_A_DAY // a_case,
            counted=found,
        )
        desk.ask(asked, desk.leader(TEAM))
        effort = RecordEffort(
            rate_id=self._id,
            team=TEAM,
            contact_minutes=CALL,
            case_minutes=a_case,
            staff_minutes_a_day=people * MINUTES_A_DAY,
        )
        desk.ask(effort, desk.leader(TEAM))

    def drop(self) -> None:
        """Nobody says any more how many a day."""
        dropped = DropRate(rate_id=self._id, team=TEAM, words="We are through; back to how it was.")
        self.desk.ask(dropped, self.desk.leader(TEAM))

    def begin_day(self) -> None:
        """What the rate asks of the day; and each missed day is answered: by an action, or by one under way."""
        desk = self.desk
        self.done = 0
        desk.views.catch_up(desk.ledger.store)
        state = rate_of(desk.ledger.store, TEAM)
        day = day_rate(desk.views, state, desk.version, on=desk.today, at=desk.clock())
        began = state.since_on is not None and state.since_on < desk.today
        self.needed = day.needed if day is not None and began and not day.over else None
        for missed_on in state.unanswered:
            self._answer(missed_on)
        for known, each in state.countermeasures.items():
            if not each.closed and each.check_on <= desk.today:
                closed = CloseCountermeasure(
                    rate_id=self._id, team=TEAM, countermeasure_id=known, worked=True
                )
                desk.ask(closed, desk.leader(TEAM))

    def _answer(self, missed_on: date) -> None:
        desk = self.desk
        cause: Cause = desk.chance.choice([*_DONE])
        under_way = any(
            each.cause == cause and not each.closed
            for each in rate_of(desk.ledger.store, TEAM).countermeasures.values()
        )
        leader = desk.leader(TEAM)
        answer = RecordCountermeasure(
            rate_id=self._id,
            team=TEAM,
            countermeasure_id=next(desk.ids),
            missed_on=missed_on,
            cause=cause,
            action=None if under_way else _DONE[cause],
            owner=None if under_way else leader.id,
            check_on=None if under_way else desk.today + _LOOKED_AT_AFTER,
        )
        desk.ask(answer, leader)

    @property
    def _id(self) -> UUID:
        return rate_id(self.desk.ledger.store.ledger_id, TEAM)
