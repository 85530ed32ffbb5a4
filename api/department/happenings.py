"""What happens to the department itself in a year: absences, somebody who leaves, a new policy, odd mail, a death."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from api.department.agenda import Doing
from api.department.desk import Desk
from api.department.intake_desk import two_records_of_one
from api.department.letters import handle_tray, machine_mail
from api.department.matter import Matter
from api.policy_files import publication_of
from ledger.entry import Actor
from ledger.policy.document.policy import Policy
from ledger.policy.document.stored import document_of
from ledger.registers.directory import EndAbsence, RecordAbsence, RecordLeaver
from ledger.registers.people.dying import CorrectDeath, RecordDeath

_CLOSED_ON = "2027-03-19"
"""A day on which the department will be closed: its calendar is revised, and open dates move."""


def morning_of_the_house(desk: Desk) -> Doing:
    """Who is ill, what lies in the tray, and what intake finds among the records of people."""
    yield desk.working(0.2)
    if desk.happens("somebody is away", 30):
        _away(desk)
    if desk.happens("a machine writes", 25):
        item_id = machine_mail(desk, "auto_reply")
        yield desk.working(desk.chance.choice((1, 2, 10)))
        handle_tray(desk, item_id, "nothing")
    recorded = [
        each for each in sorted(desk.matters.values(), key=_age) if _is_recorded(desk, each)
    ]
    if desk.happens("two records look alike", 12) and len(recorded) > 10:
        one, other = desk.chance.sample(recorded, 2)
        if one.party_id != other.party_id:
            two_records_of_one(desk, one, other)
    if desk.happens("somebody dies", 2) and desk.matters:
        _dies(desk)
    if desk.happens("somebody is taken for dead", 2) and desk.matters:
        party_id = _dies(desk)
        yield desk.working(desk.chance.randrange(2, 20))
        wrong = CorrectDeath(party_id=party_id, reason="It was somebody else of that name.")
        desk.ask(wrong, desk.somebody("INT"))


def _dies(desk: Desk) -> UUID:
    """A family tells that somebody has died."""
    matter = desk.chance.choice(sorted(desk.matters.values(), key=_age))
    died = RecordDeath(party_id=matter.party_id, evidence="Told by the family.")
    desk.ask(died, desk.somebody("INT"))
    return matter.party_id


def _is_recorded(desk: Desk, matter: Matter) -> bool:
    """Whether somebody has opened its case by now; what came at night waits for the morning."""
    return desk.case(matter.case_id).version > 0


def _age(matter: Matter) -> datetime:
    return matter.at


def _away(desk: Desk) -> None:
    """A member is away for some days, planned or not; somebody stands in who can, if anybody can."""
    members = desk.policy.members
    there = [
        code
        for code, each in members.items()
        if each.kind == "person" and each.points_a_day and desk.present(code)
    ]
    busy = [each for each in there if each in desk.with_tasks()]
    member = desk.chance.choice(busy if busy and desk.happens("falls ill at work", 80) else there)
    days = desk.chance.choice((1, 2, 3, 5, 8, 10))
    absence_id = next(desk.ids)
    from_on = desk.today
    away: dict[str, Any] = {
        "directory_id": desk.ledger.directory_id,
        "absence_id": absence_id,
        "member": member,
        "from_on": from_on,
        "until_on": from_on + timedelta(days=days),
        "planned": days > 3,
    }
    leader = desk.leader(members[member].teams[0])
    for substitute in _who_could(desk, member):
        if desk.ask(RecordAbsence(**away, substitute=substitute), leader) is not None:
            break
    else:
        desk.ask(RecordAbsence(**away), leader)
    desk.directory_changed()
    if days > 2 and desk.happens("is back sooner", 30):
        back = EndAbsence(
            directory_id=desk.ledger.directory_id,
            absence_id=absence_id,
            member=member,
            back_on=from_on + timedelta(days=2),
        )
        desk.agenda.enter(desk.clock() + timedelta(days=2), _back(desk, back, leader))


def _who_could(desk: Desk, member: str) -> Iterator[str]:
    team = desk.policy.members[member].teams[0]
    others = [each for each in desk.people(team) if each != member]
    yield from desk.chance.sample(others, len(others))


def _back(desk: Desk, back: EndAbsence, leader: Actor) -> Doing:
    desk.ask(back, leader)
    desk.directory_changed()
    return
    yield


def leaves(desk: Desk) -> Doing:
    """Somebody who has cases in hand leaves, and a colleague takes over what they had."""
    in_hand = desk.in_hand()
    members = desk.policy.members
    leaders = {team.leader for team in desk.policy.teams.values()}
    staying = leaders | {desk.director}
    having = [code for code in members if in_hand[code] and code not in staying]
    leaver = max(having, key=lambda each: (in_hand[each], each), default=None)
    if leaver is None:
        return
    for successor in (*_who_could(desk, leaver), None):
        left = RecordLeaver(
            directory_id=desk.ledger.directory_id,
            member=leaver,
            left_on=desk.today,
            successor=successor,
        )
        if desk.ask(left, desk.leader(members[leaver].teams[0])) is not None:
            break
    desk.directory_changed()
    return
    yield


def publish(desk: Desk, policy: Policy, *, effective_from: datetime | None = None) -> None:
    """The director publishes a policy."""
    director = Actor("person", policy.office.director or "", role="director")
    publication = publication_of(desk.ledger, policy, effective_from=effective_from)
    desk.ask(publication, director)
    desk.policy_changed()


def calendar_revised(desk: Desk) -> Doing:
    """The counting calendar is revised by one day more on which the department is closed."""
    document = document_of(desk.policy)
    code = desk.policy.office.counting_calendar
    closed = {"on": _CLOSED_ON, "en": "Closed by order", "fr": "Fermé par décret"}
    calendar = document["calendars"][code]
    holidays = sorted([*calendar["holidays"], closed], key=lambda each: each["on"])
    document["calendars"] = {**document["calendars"], code: {**calendar, "holidays": holidays}}
    publish(desk, Policy.model_validate(document))
    return
    yield
