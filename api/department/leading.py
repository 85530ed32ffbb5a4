"""What leaders do about their queues: a rate, an answer to each missed day, backlogs in sequence, five calls a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from random import Random
from uuid import UUID

from api.department.agenda import Doing
from api.department.desk import Desk
from ledger.case.contact.calls import LogCall
from ledger.commands import Command
from ledger.ids import derived_uuid
from ledger.registers.flow.countermeasures import Cause, CloseCountermeasure, RecordCountermeasure
from ledger.registers.flow.rates import DropRate, RecordEffort, SetRate, rate_id
from ledger.registers.flow.sequences import AdvanceSequence, QueuePlan, SetSequence, sequence_id
from projections.flow.call_bars import draws_of
from projections.flow.calls import day_frame, drawing_from
from projections.flow.rates import counted, rate_of
from projections.flow.sequence import sequence_of

_SAID = ("It went well.", "Nobody told me anything for a week.", "C'était bien.", "Too long.")
_DONE: dict[Cause, str] = {
    "arrivals": "Two people of the next team take calls until Friday.",
    "absence": "The morning is covered from the other office.",
    "interruptions": "No calls are put through before ten.",
    "hard_cases": "The two oldest are worked together at nine.",
}


class Leading:
    """The rates of some teams, and what is done about them from day to day."""

    def __init__(self, desk: Desk, *, seed: int) -> None:
        self.desk = desk
        self.rated: tuple[str, ...] = ()
        self._asked_them = Random(seed)  # whom a draw names is by no seed of ours
        self._planned_at: datetime | None = None

    def longest(self, count: int) -> tuple[str, ...]:
        """The teams with the most open cases, the longest queue first."""
        waiting = {team: len(self.desk.open_cases({team})) for team in self.desk.policy.teams}
        return tuple(sorted(waiting, key=lambda team: (-waiting[team], team))[:count])

    def set_rates(self, teams: Sequence[str], *, target_on: date) -> None:
        """Each of these teams is to bring what waits down to a third by a date."""
        desk = self.desk
        desk.views.catch_up(desk.ledger.store)
        for team in teams:
            found = counted(desk.views, desk.ledger.store, team, desk.version, desk.clock())
            asked = SetRate(
                rate_id=self._rate(team),
                team=team,
                target=found.waiting // 3,
                target_on=target_on,
                capacity=None if found.capacity else max(1, found.waiting),
                counted=found,
            )
            desk.ask(asked, desk.leader(team))
            effort = RecordEffort(
                rate_id=self._rate(team),
                team=team,
                contact_minutes=15,
                case_minutes=80,
                staff_minutes_a_day=2400,
            )
            desk.ask(effort, desk.leader(team))
        self.rated = tuple(teams)
        self._in_sequence(teams, target_on)

    def drop(self, team: str) -> None:
        """A team has come where it wanted: nobody says how many a day any more."""
        dropped = DropRate(rate_id=self._rate(team), team=team, words="The queue holds by itself.")
        self.desk.ask(dropped, self.desk.leader(team))
        self.rated = tuple(each for each in self.rated if each != team)

    def morning(self) -> Doing:
        """Missed days are answered by noon, for the most part; what was done about them is looked at."""
        yield self.desk.working(1)
        for team in self.rated:
            if not self.desk.happens("a missed day is let be", 15):
                self._answer_misses(team)
            self._look_at(team)
            self._advance(team)
            self._call_five(team)

    # Missed days

    def _answer_misses(self, team: str) -> None:
        desk, state = self.desk, rate_of(self.desk.ledger.store, team)
        for missed_on in state.unanswered:
            cause: Cause = desk.chance.choice([*_DONE])
            under_way = any(
                each.cause == cause and not each.closed for each in state.countermeasures.values()
            )
            leader = desk.leader(team)
            answer = RecordCountermeasure(
                rate_id=self._rate(team),
                team=team,
                countermeasure_id=next(desk.ids),
                missed_on=missed_on,
                cause=cause,
                action=None if under_way else _DONE[cause],
                owner=None if under_way else leader.id,
                check_on=None if under_way else desk.today + timedelta(days=10),
            )
            desk.ask(answer, leader)
            state = rate_of(desk.ledger.store, team)

    def _look_at(self, team: str) -> None:
        state = rate_of(self.desk.ledger.store, team)
        for known, each in state.countermeasures.items():
            if not each.closed and each.check_on <= self.desk.today:
                closed = CloseCountermeasure(
                    rate_id=self._rate(team),
                    team=team,
                    countermeasure_id=known,
                    worked=self.desk.happens("a countermeasure works", 60),
                )
                self.desk.ask(closed, self.desk.leader(team))

    # Backlogs in sequence

    def _in_sequence(self, teams: Sequence[str], planned_on: date) -> None:
        plans = tuple(
            QueuePlan(team=team, hours=40, holds=10, planned_on=planned_on) for team in teams
        )
        asked = SetSequence(
            sequence_id=self._sequence, queues=plans, words="The longest queue first."
        )
        self.desk.ask(asked, self.desk.leader(None))
        self._planned_at = self.desk.clock()

    def _advance(self, team: str) -> None:
        """Nothing of the backlog waits in the queue that is being cleared: its hours move on to the next."""
        queue = sequence_of(self.desk.ledger.store).queues.get(team)
        if queue is None or queue.state != "clearing" or self._planned_at is None:
            return
        if not self.desk.queued_in(team, before=self._planned_at):
            moved = AdvanceSequence(
                sequence_id=self._sequence,
                team=team,
                to_state="cleared",
                words="Nothing that waited when we began waits in it any more.",
            )
            self.desk.ask(moved, self.desk.leader(None))

    # Five calls

    def _call_five(self, team: str) -> None:
        """Five are drawn by the log's own seed; a leader calls them, some of them twice."""
        desk = self.desk
        desk.views.catch_up(desk.ledger.store)
        found = day_frame(desk.views, desk.ledger.store, desk.ledger.policies(), team, desk.today)
        leader = desk.leader(team)
        if desk.ask(drawing_from(found, desk.ledger.store.ledger_id), leader) is None:
            return
        drawn = draws_of(desk.ledger.store, team).on(found.on)
        for number, each in enumerate(drawn.drawn if drawn is not None else ()):
            for call in self._calls_to(each.case_id, team, found.on, number):
                desk.ask(call, leader)

    def _calls_to(self, case_id: UUID, team: str, on: date, number: int) -> list[Command]:
        tries = self._asked_them.choice((1, 1, 1, 2))
        return [
            LogCall(
                case_id=case_id,
                call_id=derived_uuid(self.desk.clock(), team, str(number), str(attempt)),
                team=team,
                drawn_on=on,
                reached=attempt == tries,
                channel="phone",
                words=self._asked_them.choice(_SAID) if attempt == tries else None,
            )
            for attempt in range(1, tries + 1)
        ]

    def _rate(self, team: str) -> UUID:
        return rate_id(self.desk.ledger.store.ledger_id, team)

    @property
    def _sequence(self) -> UUID:
        return sequence_id(self.desk.ledger.store.ledger_id)
