"""How a case is answered: the acts its clocks ask for, a decision where it takes one, and a resolution."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Literal
from uuid import UUID

from api.department.agenda import Doing
from api.department.casework.seconding import answer_what_was_kept
from api.department.desk import Desk
from api.department.intake_desk import item_of
from api.department.letters import give_notice, reach_out
from api.department.matter import Matter
from ledger.case.clocks.waiting import ReachMilestone
from ledger.case.contact.filing import AddRecordItem
from ledger.case.contact.translations import ReviewTranslation
from ledger.case.corrections import CorrectEntry
from ledger.case.outcome.deciding import GIVEN, RecordDecision
from ledger.case.outcome.readiness import MarkReady, OverrideReadiness, readiness_of
from ledger.case.outcome.resolving import ResolveCase
from ledger.case.outcome.review import RecordReview
from ledger.case.outcome.reviewed import Finding
from ledger.case.work.followups import CompleteFollowUp, SetFollowUp
from ledger.entry import Actor
from ledger.ids import derived_uuid
from ledger.policy.acting.authority import delegated_on, holders, is_decided

_DONE = {"en": "This is done; tell us if it is not right.", "fr": "C'est fait; dites-nous sinon."}
_DAYS_TILL_PUBLISHED = 15
_WRITTEN_DOWN_WITHIN = timedelta(days=10)
_OUTCOMES = ("granted", "granted", "granted", "part", "refused")
_FINDINGS: tuple[Finding, ...] = ("upheld", "upheld", "varied", "substituted")

Decider = Generator[datetime, None, Actor | None]


def answer(desk: Desk, matter: Matter, owner: Actor) -> Doing:
    """Does what was asked, decides where it takes a decision, tells the requester, and resolves."""
    acts = _acts(desk, matter)
    outcome = "done"
    if "hearing_held" in acts:
        yield desk.working(desk.chance.randrange(20, 110))
        _reach(desk, matter, owner, "hearing_held")
    if GIVEN in acts or desk.policy.types[_type(desk, matter)].judgement:
        decided = yield from _decide(desk, matter, owner)
        if decided is None:
            return
        outcome = decided
    for act in ("order_given", "made_safe", "done", "report_filed", "answered"):
        if act in acts:
            _reach(desk, matter, owner, act)
    if matter.kind == "IAC-GEN":
        _give_access(desk, matter, owner)
    elif not desk.happens("closed without a word", 8):
        told = None
        if GIVEN not in acts and desk.happens("the answer goes by letter", 50):
            told = yield from give_notice(desk, matter, owner, "answer")
        if told is None:
            reach_out(desk, matter, owner, _DONE[matter.language])
    words = None
    if desk.has_died(matter.case_id):
        outcome, words = "no-action", "Whoever asked has died."
    elif not is_decided(desk.policy, outcome):
        outcome = _closed_as(desk)
    _resolve(desk, matter, owner, outcome, words=words)
    if desk.happens("an entry was wrong", 4):
        right = CorrectEntry(
            case_id=matter.case_id,
            corrects=1,
            values={"language": matter.language},
            reason="Heard wrongly at intake.",
        )
        desk.ask(right, owner)


def _type(desk: Desk, matter: Matter) -> str:
    return desk.case(matter.case_id).request_type or matter.kind


def _acts(desk: Desk, matter: Matter) -> set[str]:
    """The acts for which the clocks of the case wait, or once did."""
    clocks = desk.case(matter.case_id).clocks
    terms = [desk.policy.clocks[code] for code in clocks if code in desk.policy.clocks]
    return {act for each in terms for act in each.stops_on}


def _reach(desk: Desk, matter: Matter, owner: Actor, act: str) -> None:
    """It is done, or was in time and is written down late, which whoever leads approves, or does not."""
    done, now = ReachMilestone(case_id=matter.case_id, milestone=act), desk.clock()
    late = [
        clock.due_at
        for code, clock in desk.case(matter.case_id).clocks.items()
        if clock.open and clock.due_at and now - _WRITTEN_DOWN_WITHIN < clock.due_at <= now
        if code in desk.policy.clocks and act in desk.policy.clocks[code].stops_on
    ]
    if late and desk.happens("it was done in time and is written down late", 25):
        desk.ask(done, owner, effective_at=min(late) - timedelta(hours=1))
        answer_what_was_kept(desk, matter)
    else:
        desk.ask(done, owner)


def _closed_as(desk: Desk) -> str:
    if desk.happens("was nothing to do", 8):
        return "no-action"
    return "withdrawn" if desk.happens("is withdrawn", 5) else "done"


def _resolve(desk: Desk, matter: Matter, owner: Actor, outcome: str, *, words: str | None) -> None:
    desk.ask(ResolveCase(case_id=matter.case_id, outcome=outcome, words=words), owner)


# A decision


def _decide(desk: Desk, matter: Matter, owner: Actor) -> Generator[datetime, None, str | None]:
    """The case is made ready, decided by whoever may, and notice of it given; answers the outcome."""
    _make_ready(desk, matter, owner)
    yield desk.working(desk.chance.randrange(1, 10))
    decider = yield from _decider(desk, matter, owner)
    if decider is None:
        return None
    decision_id = next(desk.ids)
    if matter.reviews is not None:
        outcome = _record_review(desk, matter, decider, decision_id)
    else:
        outcome = _record_decision(desk, matter, decider, decision_id)
    if decision_id not in desk.case(matter.case_id).decisions:
        return None
    refused = outcome == "refused" and matter.reviews is None
    kind: Literal["refusal", "decision"] = "refusal" if refused else "decision"
    given = yield from give_notice(desk, matter, decider, kind, about=decision_id)
    if given is None and kind == "refusal":
        yield from give_notice(desk, matter, decider, "decision", about=decision_id)
    if desk.happens("something is promised with it", 10):
        _promise(desk, matter, owner, decision_id)
    return outcome


def _make_ready(desk: Desk, matter: Matter, owner: Actor) -> None:
    """Meets what of the checklist can be met, sets the rest aside with its reason, and marks the case ready."""
    case = desk.case(matter.case_id)
    states = readiness_of(case, desk.compiled)
    checks = {each.code: each for each in desk.policy.types[_type(desk, matter)].checklist}
    confirmed: list[str] = []
    for each in states:
        check = checks.get(each.code)
        wanted = (check.items or 0) if check is not None else 0
        for _ in range(wanted - len(case.items)):
            item = item_of(desk, matter, "application/pdf", "evidence")
            desk.ask(item, owner)
            _translate(desk, matter, item, owner)
        if each.to_confirm:
            confirmed.append(each.code)
        elif each.state == "unmet" and not wanted:
            aside = OverrideReadiness(
                case_id=matter.case_id, check=each.code, reason="Known from another file."
            )
            desk.ask(aside, owner)
    desk.ask(MarkReady(case_id=matter.case_id, confirmed=tuple(confirmed)), owner)


def _translate(desk: Desk, matter: Matter, item: AddRecordItem, owner: Actor) -> None:
    """So that whoever decides can read it: a machine puts it into English, and somebody at intake stands by that."""
    if item.language in (None, "en"):
        return
    there = desk.people("INT", language=item.language)
    translated = item.model_copy(
        update={
            "item_id": derived_uuid(desk.clock(), "translation", str(item.item_id)),
            "digest": sha256(item.digest.encode()).hexdigest(),
            "language": "en",
            "translation_of": item.item_id,
            "translated_by": "machine",
            "translator": "argos-1.9",
        }
    )
    desk.ask(translated, owner)
    if there:
        review = ReviewTranslation(case_id=matter.case_id, item_id=translated.item_id)
        desk.ask(review, desk.member(there[0], team="INT"))


def _decider(desk: Desk, matter: Matter, owner: Actor) -> Decider:
    """Whoever holds a delegation for the type and is there, or who stands in; the owner where it takes none."""
    request_type = _type(desk, matter)
    if not desk.policy.types[request_type].judgement:
        return owner
    for _ in range(10):
        for code in delegated_on(desk.policy, request_type, desk.today):
            for holder in _nearest(desk, matter, code, owner.team):
                acting = _acting_for(desk, holder, code)
                recused = desk.case(matter.case_id).moves.recused
                if acting is not None and acting.id not in recused:
                    return acting
        yield desk.tomorrow()
    return None


def _nearest(desk: Desk, matter: Matter, delegation: str, team: str | None) -> list[str]:
    """The holders of a delegation, those of the owner's team first; nobody who stepped back or is under review."""
    case = desk.case(matter.case_id)
    members, review = desk.policy.members, case.review
    decided_for = review.decided_for if review is not None else None
    found = [
        each
        for each in holders(desk.policy, desk.policy.delegations[delegation])
        if decided_for not in members[each].teams and each not in case.moves.recused
    ]
    return sorted(found, key=lambda each: (team not in members[each].teams, each))


def _acting_for(desk: Desk, holder: str, delegation: str) -> Actor | None:
    stands_in = desk.directory.stand_in(holder, desk.today)
    if stands_in is None:
        return None
    team = desk.policy.members[holder].teams[0]
    acting = desk.member(stands_in, team=team)
    return replace(
        acting, delegation=delegation, on_behalf_of=None if stands_in == holder else holder
    )


def _record_decision(desk: Desk, matter: Matter, decider: Actor, decision_id: UUID) -> str:
    outcome = desk.chance.choice(_OUTCOMES)
    if matter.kind == "IAC-GEN" and desk.happens("no such record", 15):
        outcome = "no-record"
    money = matter.kind in ("INC-APP", "INC-SPC", "INC-CHS", "HSG-SUP", "RDW-CLM")
    decision = RecordDecision(
        case_id=matter.case_id,
        decision_id=decision_id,
        outcome=outcome,
        legal_basis="The programme's rules, section 4 (invented)",
        reasons="As declared and checked against the rules.",
        language="en",
        evidence=tuple(sorted(desk.case(matter.case_id).items))[:2],
        amount_cents=100 * desk.chance.randrange(40, 4000)
        if money and outcome != "refused"
        else None,
    )
    desk.ask(decision, decider)
    return outcome


def _record_review(desk: Desk, matter: Matter, decider: Actor, decision_id: UUID) -> str:
    finding = desk.chance.choice(_FINDINGS)
    review = RecordReview(
        case_id=matter.case_id,
        decision_id=decision_id,
        finding=finding,
        legal_basis="The rules of reviews, section 2 (invented)",
        reasons="Both sides were read again from the file.",
        language="en",
        other_case=matter.reviews,
    )
    desk.ask(review, decider)
    return "refused" if finding == "upheld" else "granted"


def _promise(desk: Desk, matter: Matter, owner: Actor, decision_id: UUID) -> None:
    """What is promised with a decision outlives it."""
    follow_up_id = next(desk.ids)
    promised = SetFollowUp(
        case_id=matter.case_id,
        follow_up_id=follow_up_id,
        member=owner.id,
        due_at=desk.end_of(desk.chance.randrange(3, 15)),
        kind="commitment",
        decision_id=decision_id,
        words="A second look when the papers from the school are in.",
    )
    if desk.ask(promised, owner) is not None and not desk.happens("a promise is forgotten", 25):
        desk.agenda.enter(desk.working(20), _kept(desk, matter, follow_up_id))


def _kept(desk: Desk, matter: Matter, follow_up_id: UUID) -> Doing:
    found = desk.case(matter.case_id).owed.follow_ups[follow_up_id]
    who = desk.member(found.member) if desk.present(found.member) else desk.leader("INT")
    done = CompleteFollowUp(case_id=matter.case_id, follow_up_id=follow_up_id)
    desk.ask(done, who)
    return
    yield


# Access to records


def _give_access(desk: Desk, matter: Matter, owner: Actor) -> None:
    """The records go to whoever asked; whether they are published is settled no sooner than the law lets it."""
    _reach(desk, matter, owner, "access_given")
    _reach(desk, matter, owner, "sent_to_applicant")
    later = desk.clock() + timedelta(days=_DAYS_TILL_PUBLISHED)
    desk.agenda.enter(later, _publish(desk, matter))


def _publish(desk: Desk, matter: Matter) -> Doing:
    yield desk.opening()
    act = "decided_not_to_publish" if desk.happens("not published", 30) else "published"
    _reach(desk, matter, desk.leader("IAP"), act)
