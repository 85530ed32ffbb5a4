"""The simulated office: some weeks of a small office's work, through the real commands, the same for the same seed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from api.department.agenda import Doing, SimulatedClock
from api.department.arrivals import arrivals, happens
from api.department.casework import workday
from api.department.desk import Desk
from api.department.intake_desk import arrive
from api.outbox import Alert, Sink, deliver_owed
from api.policy_files import publication_of, sample_policy
from api.watch import watch_once
from ledger.case.escalation import AcknowledgeEscalation, EscalateCase
from ledger.entry import Actor
from ledger.service import Ledger
from projections.views import Views

BEGINS_ON = date(2026, 9, 14)
"""A Monday; two holidays follow within five weeks."""
BEGINS_AT = datetime(BEGINS_ON.year, BEGINS_ON.month, BEGINS_ON.day, 10, tzinfo=UTC)
"""Before the office opens that day."""
_AFTER_OPENING = timedelta(minutes=5)
_DIRECTOR = "D-01"

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class OfficeRun:
    """What a simulated office has done: cases opened, commands asked by kind, what the rules forbade."""

    cases: int
    working_days: int
    ended_at: datetime
    first_case: UUID
    asked: Mapping[str, int]
    refused: Mapping[str, int]

    def as_json(self) -> dict[str, Any]:
        """The run in plain values."""
        return {
            "cases": self.cases,
            "working_days": self.working_days,
            "ended_at": self.ended_at,
            "asked": dict(sorted(self.asked.items())),
            "refused": dict(sorted(self.refused.items())),
        }


def run_office(
    ledger: Ledger,
    views: Views,
    *,
    clock: SimulatedClock,
    sink: Sink,
    seed: int = 7,
    cases: int = 120,
    days: int = 30,
    progress: Progress = lambda _done, _all: None,
) -> OfficeRun:
    """Runs an office for so many days on a new ledger that tells time by `clock`.

    Everything goes through `Ledger.handle`; ids derive from the seed, so the same seed records the
    same facts at the same times under the same ids.
    """
    director = Actor("person", _DIRECTOR, role="director", team="INT")
    publication = publication_of(ledger, sample_policy())
    ledger.handle(publication, actor=director)
    desk = Desk(ledger, views, clock, seed=seed)
    opens = _openings(desk, days)
    matters = arrivals(desk.chance, desk.ids, cases=cases, opens=opens)
    for matter in matters:
        desk.agenda.enter(matter.at, arrive(desk, matter))
    for opened in opens:
        desk.agenda.enter(opened + _AFTER_OPENING, _morning(desk, sink))
        for code, member in desk.policy.policy.members.items():
            if member.points_a_day:
                first = desk.chance.randrange(5, 20) / 10
                day = workday(desk, code, first_pull=first, second_pull_percent=30)
                desk.agenda.enter(opened + _AFTER_OPENING, day)
    for done, opened in enumerate(opens, start=1):
        desk.agenda.go_on(opened + timedelta(hours=9))
        progress(done, len(opens))
    return OfficeRun(cases, len(opens), clock(), matters[0].case_id, desk.asked, desk.refused)


def _openings(desk: Desk, days: int) -> list[datetime]:
    """The openings of the office within so many days."""
    hours = desk.policy.calendars.hours[desk.policy.policy.office.office_calendar]
    found: list[datetime] = []
    opening = hours.opening_from(BEGINS_AT)
    while opening < BEGINS_AT + timedelta(days=days):
        found.append(opening)
        opening = hours.opening_from(opening + timedelta(hours=12))
    return found


def _told(desk: Desk, alert: Alert) -> str:
    """The first of those an alert is addressed to, else the director."""
    members = desk.policy.policy.members
    return next((each for each in alert.recipients if each in members), _DIRECTOR)


def _morning(desk: Desk, sink: Sink) -> Doing:
    """Each morning the watch passes, alerts are delivered, and leaders answer some of them."""
    watch_once(desk.ledger, desk.views)
    delivered = deliver_owed(desk.ledger, desk.views, sink)
    for alert in delivered.alerts:
        if happens(desk.chance, 60):
            leader = desk.member(_told(desk, alert))
            yield desk.working(desk.chance.randrange(1, 4))
            answer = AcknowledgeEscalation(
                case_id=alert.case_id,
                escalation_id=alert.escalation_id,
                action="act",
                act_by=desk.working(16),
            )
            desk.ask(answer, leader)
    if happens(desk.chance, 25) and desk.matters:
        case_id = desk.chance.choice(sorted(desk.matters))
        escalate = EscalateCase(
            case_id=case_id,
            escalation_id=next(desk.ids),
            party="leader",
            reason="act",
            words="The requester has called twice.",
        )
        desk.ask(escalate, desk.member("I-02", team="INT"))
