"""The simulated department's desk: everything its people do goes to the ledger from here, and through nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from api.department.agenda import Agenda, SimulatedClock
from api.department.matter import Matter
from api.department.shares import Shares
from ledger.case import CASE
from ledger.case.state import Case
from ledger.commands import Command, Request
from ledger.entry import Actor, Receipt
from ledger.errors import IntegrityFailure, LedgerError, LedgerUnavailable, Refusal
from ledger.ids import case_stream, derived_uuid, subject_id_of
from ledger.policy.compiled.policy import CompiledPolicy
from ledger.policy.document.policy import Policy
from ledger.policy.in_force import PolicyVersion
from ledger.policy.routing.presence import Directory
from ledger.registers.people.party_state import Party
from ledger.service import Ledger
from projections.views import Views

FORM = Actor("machine", "form", version="1")
"""The web form and the other machines that open cases by themselves."""


class Desk:
    """The ledger as the department's people use it: commands under ids drawn from the seed, refusals counted."""

    def __init__(self, ledger: Ledger, views: Views, clock: SimulatedClock, *, seed: int) -> None:
        self.ledger = ledger
        self.views = views
        self.clock = clock
        self.agenda = Agenda(clock)
        self.chance = Random(seed)
        self.shares = Shares(seed)
        self.ids = _ids(clock, seed)
        self.matters: dict[UUID, Matter] = {}
        self.asked: Counter[str] = Counter()
        self.refused: Counter[str] = Counter()
        self._version: PolicyVersion | None = None
        self._directory: Directory | None = None
        self._cases: dict[str, Case] = {}
        self._seen = 0

    # What is in force, and who is there

    @property
    def version(self) -> PolicyVersion:
        """The policy that the department works by, once it is published."""
        if self._version is None:
            self._version = self.ledger.policies().in_force(self.clock())
        return self._version

    @property
    def compiled(self) -> CompiledPolicy:
        """The same, ready for use."""
        return self.version.compiled

    @property
    def policy(self) -> Policy:
        """The same as its document."""
        return self.version.policy

    def policy_changed(self) -> None:
        """Another policy is in force from now on."""
        self._version = None

    @property
    def directory(self) -> Directory:
        """Who is absent and who has left, as recorded."""
        if self._directory is None:
            self._directory = self.ledger.directory()
        return self._directory

    def directory_changed(self) -> None:
        """Somebody is absent, back or gone."""
        self._directory = None

    @property
    def today(self) -> date:
        """The local date at the office."""
        return self.compiled.calendars.days_of(self.policy.office.zone).date_of(self.clock())

    def present(self, code: str) -> bool:
        """Whether a member is there today."""
        return self.directory.present(code, self.today)

    def people(self, team: str, *, language: str | None = None) -> list[str]:
        """The people who work for a team and are there today, by code; those who speak a language, if any do."""
        there = [
            code
            for code, member in self.policy.members.items()
            if member.kind == "person" and team in member.teams and self.present(code)
        ]
        speaking = [each for each in there if language in self.policy.members[each].languages]
        return speaking or there

    def somebody(self, team: str, *, language: str | None = None) -> Actor:
        """One of a team's people who are there; the director where nobody is."""
        found = self.people(team, language=language)
        code = self.chance.choice(found) if found else self.director
        return self.member(code, team=team if found else None)

    def clocks_of(self, kind: str) -> tuple[str, ...]:
        """The clocks that a request type can arm, by code."""
        return tuple(each.clock for each in self.policy.types[kind].clocks)

    @property
    def review_type(self) -> str:
        """The request type of reviews."""
        return next(code for code, kind in self.policy.types.items() if kind.reviews)

    @property
    def director(self) -> str:
        """The code of the director."""
        return self.policy.office.director or ""

    def leader(self, team: str | None) -> Actor:
        """Who leads a team today: its leader, else who stands in for them, else the director."""
        found = self.policy.teams.get(team or "")
        leader = found.leader if found is not None else None
        there = self.directory.stand_in(leader, self.today) if leader else None
        if there is None or team is None:
            return Actor("person", self.director, role="director")
        return Actor("person", there, role="team_leader", team=team)

    def member(self, code: str, *, team: str | None = None) -> Actor:
        """A member as an actor; leaders as leaders, the others as intake or caseworkers."""
        found = self.policy.members[code]
        acted_for = team or found.teams[0]
        named = self.policy.teams.get(acted_for)
        leads = named is not None and named.leader == code
        role = "team_leader" if leads else "intake" if acted_for == "INT" else "caseworker"
        return Actor(found.kind, code, role=role, team=acted_for, version=found.version)

    # Time

    def working(self, hours: float) -> datetime:
        """The instant by which the office will have been open for so many more hours."""
        return self._hours.after(self.clock(), timedelta(hours=hours))

    def elapsed(self, hours: float) -> datetime:
        """So many hours later, open or not."""
        return self.clock() + timedelta(hours=hours)

    @property
    def open_now(self) -> bool:
        """Whether the office is open."""
        return self.opens_at(self.clock())

    def opens_at(self, at: datetime) -> bool:
        """Whether the office is open at an instant, by its calendar as it now is."""
        return self._hours.is_open(at)

    def opening(self) -> datetime:
        """When the office is open next: now, if it is."""
        return self._hours.opening_from(self.clock())

    def tomorrow(self) -> datetime:
        """Half an hour into the next working day."""
        days = self.compiled.calendars.days_of(self.policy.office.zone)
        return self._hours.opening_from(days.end(self.today)) + timedelta(minutes=30)

    def end_of(self, working_days: int) -> datetime:
        """The end of the working day so many from today."""
        days = self.compiled.calendars.days_of(self.policy.office.zone)
        counting = self.compiled.calendars.counting[self.policy.office.counting_calendar]
        return days.end(counting.nth_after(self.today, working_days))

    @property
    def _hours(self) -> Any:
        return self.compiled.calendars.hours[self.policy.office.office_calendar]

    # What is asked and seen

    def happens(self, what: str, percent: float) -> bool:
        """Whether something happens this time that does so in so many of a hundred."""
        return self.shares.happens(what, percent)

    def ask(
        self, command: Command, actor: Actor, *, effective_at: datetime | None = None
    ) -> Receipt | None:
        """Asks one command; None if a rule forbids it, as people find out in any office."""
        request = Request(command, actor, next(self.ids), effective_at)
        return self.ask_all([request])[0]

    def ask_all(self, requests: Sequence[Request]) -> list[Receipt | None]:
        """Asks several in one write, in order."""
        answers: list[Receipt | None] = []
        for request, outcome in zip(requests, self.ledger.handle_all(requests), strict=True):
            name = type(request.command).__name__
            self.asked[name] += 1
            match outcome:
                case Receipt():
                    answers.append(outcome)
                case LedgerUnavailable() | IntegrityFailure():
                    raise outcome
                case LedgerError():
                    rule = outcome.rule if isinstance(outcome, Refusal) else outcome.code
                    self.refused[f"{name}: {rule}"] += 1
                    answers.append(None)
        return answers

    def request(self, command: Command, actor: Actor) -> Request:
        """A command to be asked together with others."""
        return Request(command, actor, next(self.ids))

    def case(self, case_id: UUID) -> Case:
        """A case as it stands by now, whoever did what to it."""
        if self._seen < self.ledger.store.tip():
            for entry in self.ledger.entries(after=self._seen):
                self._seen = entry.position
                if entry.kind == "case":
                    known = self._cases.get(entry.stream, CASE.initial)
                    self._cases[entry.stream] = CASE.evolve(known, entry)
        return self._cases.get(case_stream(case_id), CASE.initial)

    def in_hand(self) -> Counter[str | None]:
        """How many open cases each member has."""
        return Counter(case.owner for case in self._cases.values() if case.status == "open")

    def with_tasks(self) -> set[str | None]:
        """The members who have a task to do."""
        return {task.member for case in self._cases.values() for task in case.owed.open_tasks}

    def has_died(self, case_id: UUID) -> bool:
        """Whether the requester of a case is on record as dead, in their record or another of the same person."""
        requester = self.case(case_id).requester
        if requester is None:
            return False
        known: Party = self.ledger.state_of(f"party/{requester}")
        same: list[Party] = [self.ledger.state_of(f"party/{each}") for each in known.same_as]
        return any(each.deceased for each in (known, *same))

    def queued_in(self, team: str, *, before: datetime | None = None) -> bool:
        """Whether anything waits in a team's queue; of what was received before an instant, if one is named."""
        waiting = (self._cases[case_stream(each)] for each in self.open_cases({team}))
        return any(
            case.owner is None
            and (before is None or (case.received_at is not None and case.received_at < before))
            for case in waiting
        )

    def open_cases(self, teams: Collection[str]) -> list[UUID]:
        """The open cases of some teams, in the order in which they came."""
        self.case(UUID(int=0))
        return [
            subject_id_of(stream)
            for stream, case in self._cases.items()
            if case.status == "open" and case.team in teams
        ]


def _ids(clock: SimulatedClock, seed: int) -> Iterator[UUID]:
    number = 0
    while True:
        number += 1
        yield derived_uuid(clock(), "simulated-department", str(seed), str(number))
