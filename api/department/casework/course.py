"""How a caseworker sees a case through: greeted, completed, worked, answered; step by step, whoever has it by then.

Each step looks at the case as it stands, so that whoever gets it next goes on where the last one stopped.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from datetime import datetime

from api.department.agenda import Doing
from api.department.casework.afterwards import afterwards
from api.department.casework.answering import answer
from api.department.casework.asking import ask_for_missing
from api.department.casework.detours import detour
from api.department.casework.side_work import beside
from api.department.desk import Desk
from api.department.letters import acknowledge, be_chased, reach_out
from api.department.matter import Matter, StepName
from ledger.case.clocks.waiting import ReachMilestone
from ledger.case.contact.contacts import AddNote
from ledger.case.contact.promises import PromiseNextContact
from ledger.case.escalation.reaching import EscalateCase
from ledger.case.intake.severity import AssessSeverity
from ledger.case.people.care import NoteAdjustment
from ledger.case.people.safe_contact import SetSafeContact
from ledger.entry import Actor
from ledger.registers.people.safe_contact import SetPartySafeContact

_DAYS_AN_ABSENCE_IS_WAITED_OUT = 30

Step = Callable[[Desk, Matter, Actor], Doing]
Owner = Generator[datetime, None, Actor | None]


def begin(desk: Desk, matter: Matter) -> None:
    """Somebody has taken the case, and begins with it soon."""
    desk.agenda.enter(desk.working(0.5), see_through(desk, matter))


def see_through(desk: Desk, matter: Matter) -> Doing:
    """The course of a case in somebody's hands: until it is resolved, or goes elsewhere."""
    if matter.in_hand:
        return
    matter.in_hand = True
    for name, step in _STEPS.items():
        owner = yield from _with_owner(desk, matter)
        if owner is None:
            break
        if name not in matter.done:
            matter.done.add(name)
            yield from step(desk, matter, owner)
    matter.in_hand = False
    case = desk.case(matter.case_id)
    if case.status == "resolved":
        matter.done.clear()
        desk.agenda.enter(desk.clock(), afterwards(desk, matter, again=begin))
    elif case.owner is not None and case.handover is None:
        matter.done -= {"work", "answer"}
        desk.agenda.enter(desk.tomorrow(), see_through(desk, matter))


def _with_owner(desk: Desk, matter: Matter) -> Owner:
    """Whoever has the case now, once they are there; nobody if it is in a queue, in transit or resolved."""
    for _ in range(_DAYS_AN_ABSENCE_IS_WAITED_OUT):
        case = desk.case(matter.case_id)
        if case.status != "open" or case.owner is None or case.handover is not None:
            return None
        if desk.present(case.owner):
            return desk.member(case.owner, team=case.team)
        yield desk.tomorrow()
    return None


def _greet(desk: Desk, matter: Matter, owner: Actor) -> Doing:
    """The requester hears who has it, and by when they will hear again."""
    case = desk.case(matter.case_id)
    if "acknowledged" not in case.milestones:
        yield from acknowledge(desk, matter, owner)
    waits_for = {
        act for clock in case.clocks.values() if clock.open for act in _stops(desk, clock.code)
    }
    if "contacted" in waits_for:
        reach_out(desk, matter, owner, "I have your case; tell me how things are now.")
    if matter.danger and "made_safe" in waits_for:
        desk.ask(ReachMilestone(case_id=matter.case_id, milestone="made_safe"), owner)
    if desk.happens("a date is promised", 30):
        promise = PromiseNextContact(
            case_id=matter.case_id,
            promise_id=next(desk.ids),
            by_at=desk.end_of(desk.chance.randrange(2, 8)),
            words="I will call you with what I have found.",
        )
        desk.ask(promise, owner)


def _stops(desk: Desk, clock: str) -> tuple[str, ...]:
    terms = desk.policy.clocks.get(clock)
    return tuple(terms.stops_on) if terms is not None else ()


def _care(desk: Desk, matter: Matter, owner: Actor) -> Doing:
    """What turns out when one speaks with people."""
    case_id = matter.case_id
    if desk.happens("turns out to be worse", 3):
        worse = AssessSeverity(
            case_id=case_id,
            severity="harm_within_days",
            criterion="health",
            reason="There is a child with asthma in the house.",
        )
        desk.ask(worse, owner)
    if desk.happens("needs something on the telephone", 3):
        noted = NoteAdjustment(
            case_id=case_id, adjustment_id=next(desk.ids), adjustment="Speaks slowly; give time."
        )
        desk.ask(noted, owner)
    if desk.happens("is not safe at home", 3):
        unsafe, times = ("letter",), "Not after five."
        if desk.happens("on all their cases", 50):
            instruction = SetPartySafeContact(
                party_id=matter.party_id,
                instruction_id=next(desk.ids),
                channels=unsafe,
                times=times,
            )
            desk.ask(instruction, owner)
        else:
            safe = SetSafeContact(
                case_id=case_id, instruction_id=next(desk.ids), channels=unsafe, times=times
            )
            desk.ask(safe, owner)
    return
    yield


def _work(desk: Desk, matter: Matter, owner: Actor) -> Doing:
    """The work itself, with what goes on beside it."""
    effort = desk.policy.types[matter.kind].effort_points
    weeks = matter.kind in ("IAC-GEN", "IAC-SLF")
    yield desk.working(desk.chance.randrange(1, 4 + 3 * effort) + 40 * weeks)
    if desk.happens("a note is made", 30):
        note = "Looked into it; the file is clear so far."
        desk.ask(AddNote(case_id=matter.case_id, note_id=next(desk.ids), text=note), owner)
    if not matter.silent and desk.happens("the requester asks meanwhile", 18):
        be_chased(desk, matter)
    if desk.happens("a colleague escalates", 2):
        escalate = EscalateCase(
            case_id=matter.case_id,
            escalation_id=next(desk.ids),
            party="leader",
            reason="act",
            words="The requester has called twice.",
        )
        desk.ask(escalate, desk.somebody("INT"))
    yield from beside(desk, matter, owner)


_STEPS: dict[StepName, Step] = {
    "detour": detour,
    "greet": _greet,
    "care": _care,
    "complete": ask_for_missing,
    "work": _work,
    "answer": answer,
}
