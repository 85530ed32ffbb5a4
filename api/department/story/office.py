"""The reference story: six people, one queue and a promise of a day; pushed, then pulled at a rate, then not.

Every figure comes from the ledger's own board and rate. What is made up is how long work takes and how
often people call (`story_work`), and the target of the rate; everything the six do goes through the
ledger's commands, the same for the same seed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Literal
from uuid import UUID

from api.department.agenda import Doing, SimulatedClock
from api.department.desk import Desk
from api.department.story.days import Phase, StoryDay, StoryTold
from api.department.story.policies import story_policy
from api.department.story.rate import TEAM, StoryRate
from api.department.story.work import (
    CALL,
    MINUTES_A_DAY,
    PARKED,
    TOLD,
    arriving,
    calling,
    minutes_of,
)
from api.outbox import deliver_owed
from api.outbox.alert import Sink
from api.policy_files import publication_of
from api.watch import watch_once
from ledger.case.clocks.waiting import ReachMilestone
from ledger.case.contact.contacts import LogContact
from ledger.case.custody.pulling import PullCase
from ledger.case.custody.transfers import AcceptTransfer, TransferCase
from ledger.case.escalation.reaching import AcknowledgeEscalation
from ledger.case.intake.opening import OpenCase
from ledger.case.outcome.resolving import ResolveCase
from ledger.entry import Actor
from ledger.service import Ledger
from ledger.times import EPOCH
from projections.flow.board import board
from projections.lists.queues import waiting_in
from projections.views import Views

Progress = Callable[[int, int], None]

LEADER = "S-01"
PEOPLE: tuple[str, ...] = ("S-01", "S-02", "S-03", "S-04", "S-05", "S-06")
TYPES = {"ENQ-HSG": "housing", "ENQ-INC": "income", "ENQ-REC": "records"}
STORY_BEGINS_ON = date(2026, 2, 2)
"""A Monday."""
STORY_BEGINS_AT = datetime(2025, 1, 2, 12, tzinfo=UTC)
"""Before the oldest of the cases that lie there came in."""
WAITING_BEFORE = 285
"""How many lie there when the story begins; they came in over more than a year."""
DAYS: dict[Phase, int] = {"push": 16, "pull": 63, "dropped": 15}
"""Working days of each phase: a last stretch of how it always was, three months, and how it became again."""
_LATE_IN_THE_DAY = timedelta(minutes=1)


@dataclass
class Enquiry:
    """A case as the six see it: its subject, the minutes it still takes, whose pile it lies on, when it called."""

    case_id: UUID
    skill: str
    received_at: datetime
    owner: str | None = None
    left: int | None = None
    parked: bool = False
    called_at: datetime | None = None
    done_today: bool = False
    """Whoever has it in hand comes to its end before the day does."""


def tell_story(
    ledger: Ledger,
    views: Views,
    *,
    clock: SimulatedClock,
    sink: Sink,
    seed: int = 7,
    progress: Progress = lambda _done, _all: None,
) -> StoryTold:
    """Lets the six live through the story on a new ledger that tells time by `clock`."""
    return _Story(ledger, views, clock, sink, seed=seed).told(progress)


class _Story:
    """The office at work."""

    def __init__(
        self, ledger: Ledger, views: Views, clock: SimulatedClock, sink: Sink, *, seed: int
    ) -> None:
        self.ledger = ledger
        self.sink = sink
        self.desk = Desk(ledger, views, clock, seed=seed)
        self.rate = StoryRate(self.desk)
        self.chance = self.desk.chance
        self.open: dict[UUID, Enquiry] = {}
        self.hand: dict[str, Enquiry | None] = dict.fromkeys(PEOPLE)
        self.interrupted: dict[str, int] = dict.fromkeys(PEOPLE, 0)
        self.pulling = False
        self.calls = 0
        self.days: list[StoryDay] = []

    def told(self, progress: Progress) -> StoryTold:
        """The phases in their order."""
        self._publish(pulling=False, effective_from=EPOCH)
        opens = self._openings(sum(DAYS.values()))
        self._what_lay_there(opens[0])
        phases: list[Phase] = [phase for phase, count in DAYS.items() for _ in range(count)]
        last_pulled = opens[DAYS["push"] + DAYS["pull"] - 1]
        for done, (phase, opened) in enumerate(zip(phases, opens, strict=True), start=1):
            self.desk.agenda.go_on(opened)
            if self.pulling:
                self._time_passes()
            if (phase == "pull") != self.pulling:
                self._change_over(pulling=phase == "pull", until=last_pulled)
            self._day(phase, opened)
            progress(done, len(phases))
        return StoryTold(tuple(self.days), self.ledger.store.tip())

    # The office

    def _publish(self, *, pulling: bool, effective_from: datetime) -> None:
        self.pulling = pulling
        policy = story_policy(pulling=pulling)
        director = Actor("person", "D-01", role="director", team=TEAM)
        publication = publication_of(self.ledger, policy, effective_from=effective_from)
        self.ledger.handle(publication, actor=director)
        self.desk.policy_changed()

    def _openings(self, count: int) -> Sequence[datetime]:
        hours = self.desk.compiled.calendars.hours[self.desk.policy.office.office_calendar]
        days = self.desk.compiled.calendars.days_of(self.desk.policy.office.zone)
        found = [hours.opening_from(days.begin(STORY_BEGINS_ON))]
        while len(found) < count:
            found.append(hours.opening_from(found[-1] + timedelta(hours=12)))
        return found

    def _what_lay_there(self, begins_at: datetime) -> None:
        """Cases of more than a year, most of them of the last weeks, each on somebody's pile."""
        ages = [self._age() for _ in range(WAITING_BEFORE)]
        for days_old in sorted(ages, reverse=True):
            at = begins_at - timedelta(days=days_old, minutes=self.chance.randrange(30, 400))
            self.desk.agenda.go_on(at)
            self._open_case()

    def _age(self) -> int:
        drawn = self.chance.randrange(100)
        if drawn < 6:
            return self.chance.randrange(300, 396)
        if drawn < 30:
            return self.chance.randrange(60, 300)
        return self.chance.randrange(2, 60)

    def _time_passes(self) -> None:
        """The watch records what time has brought, alerts go out, and whoever leads answers each of them."""
        desk = self.desk
        watch_once(self.ledger, desk.views)
        leader = desk.leader(TEAM)
        answers = [
            AcknowledgeEscalation(
                case_id=alert.case_id,
                escalation_id=alert.escalation_id,
                action="act",
                act_by=desk.end_of(2),
            )
            for alert in deliver_owed(self.ledger, desk.views, self.sink).cases
        ]
        desk.ask_all([desk.request(each, leader) for each in answers])

    def _change_over(self, *, pulling: bool, until: datetime) -> None:
        """Pulled from now on, at a rate: all piles go back to the one queue; pushed again: onto piles, and no rate."""
        self._publish(pulling=pulling, effective_from=self.desk.clock())
        for enquiry in list(self.open.values()):
            if pulling and enquiry.owner is not None and self.hand[enquiry.owner] is not enquiry:
                self._back_to_the_queue(enquiry)
            elif not pulling and enquiry.owner is None:
                self._push(enquiry)
        if pulling:
            self.rate.set(until)
        else:
            self.rate.drop()

    def _back_to_the_queue(self, enquiry: Enquiry) -> None:
        owner, enquiry.owner = enquiry.owner or LEADER, None
        transfer_id = next(self.desk.ids)
        transfer = TransferCase(
            case_id=enquiry.case_id, transfer_id=transfer_id, to_team=TEAM, reason="workload"
        )
        self.desk.ask(transfer, self.desk.member(owner))
        accept = AcceptTransfer(case_id=enquiry.case_id, transfer_id=transfer_id)
        self.desk.ask(accept, self.desk.member(LEADER))

    # A day

    def _day(self, phase: Phase, opened: datetime) -> None:
        self.calls, self.interrupted = 0, dict.fromkeys(PEOPLE, 0)
        self.rate.begin_day()
        agenda = self.desk.agenda
        for _ in range(arriving(self.chance)):
            agenda.enter(self._within(opened), self._arrive())
        for _ in range(calling(self.chance, waiting=len(self.open), told=self.pulling)):
            agenda.enter(self._within(opened), self._call())
        for code in PEOPLE:
            agenda.enter(opened, self._work(code))
        closing = opened + timedelta(hours=8) - _LATE_IN_THE_DAY
        agenda.go_on(closing)
        self.days.append(self._seen(phase, closing))

    def _within(self, opened: datetime) -> datetime:
        return opened + timedelta(minutes=self.chance.randrange(10, 460))

    def _arrive(self) -> Doing:
        enquiry = self._open_case()
        if self.pulling:
            self._interrupt(self.chance.choice(PEOPLE), TOLD)
            words = "We have your question; you will hear from us within a working day."
            self._log(enquiry, "outbound", "reassurance", minutes=TOLD, words=words)
        return
        yield

    def _open_case(self) -> Enquiry:
        kind = self.chance.choice([*TYPES])
        clerk = self.desk.member(LEADER)
        case_id = next(self.desk.ids)
        asked = OpenCase(
            case_id=case_id,
            channel=self.chance.choice(("phone", "phone", "email", "letter")),
            request_type=kind,
            language="en",
            answers={
                "name": f"Requester {len(self.desk.asked)}-{case_id.hex[-4:]}",
                "contact": "902-555-0100",
                "language": "en",
                "description": f"A question about {TYPES[kind]}.",
            },
        )
        self.desk.ask(asked, clerk)
        enquiry = Enquiry(case_id, TYPES[kind], self.desk.clock())
        self.open[case_id] = enquiry
        if not self.pulling:
            self._push(enquiry)
        return enquiry

    def _push(self, enquiry: Enquiry) -> None:
        """The leader lays the case on the next pile, whoever knows its subject."""
        owner = self.chance.choice(PEOPLE)
        enquiry.owner = owner
        pull = PullCase(case_ids=(enquiry.case_id,), team=TEAM, owner=owner)
        self.desk.ask(pull, self.desk.member(LEADER))

    def _call(self) -> Doing:
        """Somebody who waits asks where their case stands, and whoever picks up is kept from work."""
        if self.open:
            enquiry = self.chance.choice([*self.open.values()])
            enquiry.called_at = self.desk.clock()
            self.calls += 1
            self._interrupt(enquiry.owner or self.chance.choice(PEOPLE), CALL)
            self._log(enquiry, "inbound", "chase", minutes=CALL, words="Is there any news?")
        return
        yield

    def _interrupt(self, code: str, minutes: int) -> None:
        self.interrupted[code] += minutes

    def _log(
        self,
        enquiry: Enquiry,
        direction: Literal["inbound", "outbound"],
        kind: str,
        *,
        minutes: int,
        words: str,
    ) -> None:
        contact = LogContact(
            case_id=enquiry.case_id,
            contact_id=next(self.desk.ids),
            direction=direction,
            channel="phone",
            kinds=(kind,),
            minutes=minutes,
            words=words,
        )
        self.desk.ask(contact, self.desk.member(enquiry.owner or LEADER))

    # Work

    def _work(self, code: str) -> Doing:
        """One person's day: case after case, until the minutes are used up; what is begun goes on tomorrow."""
        used = 0
        while used + self.interrupted[code] < MINUTES_A_DAY:
            enquiry = self.hand[code] or self._next(code)
            if enquiry is None:
                used += CALL
                yield self._after(CALL)
                continue
            self.hand[code] = enquiry
            if not self.pulling and not enquiry.parked:
                enquiry.parked = True
                used += PARKED
            if enquiry.left is None:
                matched = enquiry.skill in self.desk.policy.members[code].skills
                enquiry.left = minutes_of(self.chance, matched=matched)
            minutes = min(enquiry.left, MINUTES_A_DAY - used - self.interrupted[code])
            if minutes <= 0:
                return
            used += minutes
            enquiry.done_today = minutes == enquiry.left
            yield self._after(minutes)
            enquiry.left -= minutes
            if enquiry.left <= 0:
                self.hand[code] = None
                self._finish(enquiry, code)

    def _after(self, minutes: int) -> datetime:
        """So many minutes of work later: six hours of it fill the eight that the office is open."""
        return self.desk.clock() + timedelta(minutes=minutes * 4 // 3)

    def _next(self, code: str) -> Enquiry | None:
        """What is taken next; nothing once the team has cleared as many as its rate asks of the day."""
        self.rate.in_hand = sum(each is not None and each.done_today for each in self.hand.values())
        if self.rate.met:
            return None
        return self._pulled(code) if self.pulling else self._from_the_pile(code)

    def _from_the_pile(self, code: str) -> Enquiry | None:
        """Whoever called last, else what came last: what is old and quiet sinks."""
        pile = [each for each in self.open.values() if each.owner == code]
        return max(pile, key=lambda each: each.called_at or each.received_at, default=None)

    def _pulled(self, code: str) -> Enquiry | None:
        """The next of the queue, in its order, of a subject that this person knows."""
        self.desk.views.catch_up(self.ledger.store)
        skills = self.desk.policy.members[code].skills
        waiting = [self.open[each] for each in waiting_in(self.desk.views, TEAM, limit=60)]
        known = [each.case_id for each in waiting if each.skill in skills]
        if not known:
            return None
        pull = PullCase(case_ids=tuple(known[:12]), team=TEAM, owner=code)
        taken = self.desk.ask(pull, self.desk.member(code))
        if taken is None:
            return None
        enquiry = self.open[taken.subject_id]
        enquiry.owner = code
        return enquiry

    def _finish(self, enquiry: Enquiry, code: str) -> None:
        actor = self.desk.member(code)
        self.desk.ask(ReachMilestone(case_id=enquiry.case_id, milestone="answered"), actor)
        if self.pulling or self.chance.randrange(2):
            words = "This is done; tell us if it is not right."
            self._log(enquiry, "outbound", "new-information", minutes=TOLD, words=words)
        self.desk.ask(ResolveCase(case_id=enquiry.case_id, outcome="done"), actor)
        del self.open[enquiry.case_id]
        self.rate.done += 1

    # What is seen

    def _seen(self, phase: Phase, at: datetime) -> StoryDay:
        self.desk.views.catch_up(self.ledger.store)
        days = self.desk.compiled.calendars.days_of(self.desk.policy.office.zone)
        (line,) = [
            each for each in board(self.desk.views, at=at, days=days).teams if each.team == TEAM
        ]
        received = min((each.received_at for each in self.open.values()), default=at)
        return StoryDay(
            on=days.date_of(at),
            phase=phase,
            waiting=line.waiting,
            incoming=line.incoming,
            processed=line.processed,
            calls=self.calls,
            oldest_days=(at - received).days,
            needed=self.rate.needed,
        )
