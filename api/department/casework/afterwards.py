"""What comes after a resolution: thanks, a matter that came back by another door, a review."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Literal
from uuid import UUID

from api.department.agenda import Doing
from api.department.desk import Desk
from api.department.letters import hear
from api.department.matter import Matter
from ledger.case.outcome.reopening import ReopenCase
from ledger.case.outcome.review import OpenReview
from ledger.case.outcome.settling import DecideReturn, SettleCase
from ledger.case.people.care import ClearFlag
from ledger.registers.people.parties import GiveContact
from ledger.registers.people.representing import EndRepresentation

Begin = Callable[[Desk, Matter], None]
ReturnAs = Literal["return", "new_matter", "thanks"]
_WORDS = {
    "return": {"en": "It is as it was.", "fr": "C'est comme avant."},
    "new_matter": {"en": "And there is another one.", "fr": "Et il y en a un autre."},
    "thanks": {"en": "Thank you for the help.", "fr": "Merci de votre aide."},
}
_KINDS = {"return": "complaint", "new_matter": "new-request", "thanks": "thanks"}
_REVIEWED = frozenset({"refused", "part"})


def afterwards(desk: Desk, matter: Matter, *, again: Begin) -> Doing:
    """What its requester, and whoever looks after it, do once a case is resolved."""
    if desk.happens("something comes after it", 20):
        yield from _hears_again(desk, matter, again=again)
    case = desk.case(matter.case_id)
    if case.status != "resolved":
        return
    if case.outcome in _REVIEWED and case.decided is not None and desk.happens("is contested", 28):
        yield from _contest(desk, matter)
    if case.flags and desk.happens("a flag is not needed any more", 40):
        yield from _clear(desk, matter)
    if desk.happens("somebody has moved", 3):
        moved = GiveContact(party_id=matter.party_id, contact={"phone": "902-555-0199"})
        desk.ask(moved, desk.somebody("INT"))
    for helper, role in sorted(case.parties):
        if role == "representative" and desk.happens("speaks for themselves again", 40):
            ended = EndRepresentation(party_id=matter.party_id, representative=helper)
            desk.ask(ended, desk.somebody("INT"))
    if desk.happens("our own error comes to light", 2):
        yield from _our_error(desk, matter, again=again)


def _hears_again(desk: Desk, matter: Matter, *, again: Begin) -> Doing:
    """A contact inside the quiet window, by another door; somebody decides what it is."""
    yield desk.working(desk.chance.randrange(6, 40))
    what: ReturnAs = "return" if desk.happens("it came back", 50) else "thanks"
    if what == "thanks" and desk.happens("it is something new", 40):
        what = "new_matter"
    doors = [each for each in ("phone", "email", "desk", "letter") if each != matter.channel]
    words, channel = _WORDS[what][matter.language], desk.chance.choice(doors)
    contact_id = hear(desk, matter, _KINDS[what], words, channel=channel)
    if contact_id is None or desk.case(matter.case_id).status != "resolved":
        return
    if desk.happens("nobody decides for days", 15):
        return
    yield desk.working(desk.chance.randrange(1, 7))
    decide_return(desk, matter, contact_id, what, again=again)


def decide_return(
    desk: Desk, matter: Matter, contact_id: UUID, what: ReturnAs, *, again: Begin
) -> None:
    """The leader decides whether it came back; if it did, the case is worked again."""
    case = desk.case(matter.case_id)
    decided = DecideReturn(
        case_id=matter.case_id,
        contact_id=contact_id,
        answer=what,
        reason="returned" if what == "return" else None,
        clock_policy="continue" if desk.happens("as if never closed", 40) else "resume",
    )
    if what != "return":
        decided = decided.model_copy(update={"clock_policy": None})
    if desk.ask(decided, desk.leader(case.team)) is not None and what == "return":
        _worked_again(desk, matter, again=again)


def _worked_again(desk: Desk, matter: Matter, *, again: Begin) -> None:
    """Whoever had it goes on with it; where nobody does it is back in the queue."""
    matter.done = {"detour", "greet", "care", "complete"}
    if desk.case(matter.case_id).owner is not None:
        again(desk, matter)


def _our_error(desk: Desk, matter: Matter, *, again: Begin) -> Doing:
    """After the window: the case is opened again, and its clocks begin anew."""
    yield desk.end_of(desk.policy.types[matter.kind].settle_days + 3)
    yield desk.opening()
    case = desk.case(matter.case_id)
    if case.resolution is None or case.resolution.settled_at is None:
        return
    opened = ReopenCase(
        case_id=matter.case_id,
        reason="our-error",
        clock_policy="restart",
        words="The wrong table was used.",
    )
    if desk.ask(opened, desk.leader(case.team)) is not None:
        _worked_again(desk, matter, again=again)


def _contest(desk: Desk, matter: Matter) -> Doing:
    """Whoever was refused asks for a review: a case of its own, for another decider."""
    yield desk.working(desk.chance.randrange(16, 100))
    review = replace(
        matter,
        case_id=next(desk.ids),
        kind=desk.review_type,
        taken_as=desk.review_type,
        channel="letter",
        reviews=matter.case_id,
        answers={},
        kept_back={},
        at=desk.clock(),
        repeat_of=None,
        in_hand=False,
        done=set(),
        bouncing=False,
    )
    asked = OpenReview(
        case_id=review.case_id,
        other_case=matter.case_id,
        channel="letter",
        request_type=review.kind,
        answers={
            "name": matter.name,
            "contact": matter.phone,
            "language": matter.language,
            "description": _WORDS["return"][matter.language],
            "ground": "The income was counted twice.",
        },
        reason="Asked for by letter.",
    )
    desk.matters[review.case_id] = review
    desk.ask(asked, desk.somebody("INT", language=matter.language))


def _clear(desk: Desk, matter: Matter) -> Doing:
    """It takes two: one asks, another agrees. Then a person lets the case settle."""
    flag = min(desk.case(matter.case_id).flags)
    yield desk.working(6)
    one, other = desk.somebody("INT"), desk.leader("INE")
    for who in (one, other):
        clear = ClearFlag(case_id=matter.case_id, flag=flag, reason="It was for one visit only.")
        desk.ask(clear, who)


def settle_by_hand(desk: Desk, matter: Matter) -> None:
    """A case that needs care is settled by a person, once its window is over."""
    case = desk.case(matter.case_id)
    desk.ask(SettleCase(case_id=matter.case_id), desk.leader(case.team))
