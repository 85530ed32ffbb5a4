"""How alerts are answered: whoever is told does what it calls for, and says so; some answer late, and it climbs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from uuid import UUID

from api.department.agenda import Doing
from api.department.casework.afterwards import decide_return, settle_by_hand
from api.department.casework.asking import ask, receive
from api.department.casework.course import begin, see_through
from api.department.casework.detours import accept_handover
from api.department.desk import Desk
from api.department.intake_desk import confirm, likely_team
from api.department.letters import give_notice, reach_out
from api.department.matter import Matter
from api.outbox.cases import CaseAlert
from ledger.case.custody.adjudication import AdjudicateCase
from ledger.case.custody.pulling import AssignCase
from ledger.case.custody.transfers import TransferCase
from ledger.case.escalation.reaching import AcknowledgeEscalation, AcknowledgementAction
from ledger.case.work.followups import CompleteFollowUp
from ledger.case.work.referral import ConfirmReferral
from ledger.case.work.tasks import CompleteTask
from ledger.entry import Actor

_ANSWERED_PERCENT = 75
_ANSWERED_IN_DANGER = 95
_WHERE_IT_STANDS = "You were to hear from us; this is where it stands."

Deed = Callable[[Desk, Matter, Actor], AcknowledgementAction | None]
"""What is done about an alert; it answers with which action that is, None if nothing could be done."""


def answered(desk: Desk, alert: CaseAlert) -> Doing:
    """Whoever is told sees to it within hours; or does not, and it climbs."""
    matter = desk.matters.get(alert.case_id)
    if matter is None:
        return
    percent = _ANSWERED_IN_DANGER if matter.danger else _ANSWERED_PERCENT
    if not desk.happens(f"answers {alert.reason}", percent):
        return
    yield desk.elapsed(0.4) if matter.danger else desk.working(desk.chance.randrange(1, 5))
    told = _addressee(desk, alert)
    action = _DEEDS.get(alert.reason, _see_to_it)(desk, matter, told)
    if alert.reason in ("chase_remind", "chase_warn"):
        yield from _remind(desk, matter, told, alert.reason)
    if action is None:
        return
    accepted = action == "act" and _is_over(desk, matter, alert) and desk.happens("let it be", 30)
    answer = AcknowledgeEscalation(
        case_id=alert.case_id,
        escalation_id=alert.escalation_id,
        action="accept_breach" if accepted else action,
        act_by=desk.working(16) if action == "act" and not accepted else None,
        words="Parts are on their way; nothing is quicker." if accepted else None,
    )
    desk.ask(answer, told)


def _addressee(desk: Desk, alert: CaseAlert) -> Actor:
    """The first of those an alert is addressed to who is there, else the director."""
    for each in alert.recipients:
        if each in desk.policy.teams:
            return desk.somebody(each)
        if each in desk.policy.members and desk.present(each):
            return desk.member(each, team=_acting_for(desk, each, alert.case_id))
    return desk.leader(None)


def _acting_for(desk: Desk, member: str, case_id: UUID) -> str | None:
    team = desk.case(case_id).team
    return team if team in desk.policy.members[member].teams else None


def _is_over(desk: Desk, matter: Matter, alert: CaseAlert) -> bool:
    clock = desk.case(matter.case_id).clocks.get(alert.clock or "")
    return clock is not None and clock.breached


def _see_to_it(desk: Desk, matter: Matter, told: Actor) -> AcknowledgementAction:
    """The usual answer: it will be done by a date; now and then somebody else gets it."""
    case = desk.case(matter.case_id)
    leads = told.role == "team_leader" and case.handover is None and case.proposal is None
    if leads and case.owner not in (None, told.id) and desk.happens("reassigned", 15):
        return _give_to_another(desk, matter, told) or "act"
    return "act"


def _give_to_another(desk: Desk, matter: Matter, told: Actor) -> AcknowledgementAction | None:
    case = desk.case(matter.case_id)
    team = case.team or "INT"
    others = [
        each
        for each in desk.people(team, language=matter.language)
        if each != case.owner and each not in case.moves.recused
    ]
    if case.status != "open" or case.handover is not None or not others:
        return None
    receiver = desk.chance.choice(others)
    moved = TransferCase(
        case_id=matter.case_id,
        transfer_id=next(desk.ids),
        to_team=team,
        to_owner=receiver,
        reason="absence",
        handover="Please take this one over; all is on the case.",
    )
    if desk.ask(moved, told) is None:
        return None
    accept_handover(desk, matter, desk.member(receiver, team=team))
    begin(desk, matter)
    return "reassign"


def _ask_now(desk: Desk, matter: Matter, told: Actor) -> AcknowledgementAction | None:
    case = desk.case(matter.case_id)
    if case.status == "open" and case.missing:
        ask(desk, matter, told, sorted(case.missing), ())
        if case.owner is None and not matter.silent and desk.happens("answers intake at once", 60):
            desk.agenda.enter(desk.working(12), _comes(desk, matter, told))
    return "act"


def _comes(desk: Desk, matter: Matter, clerk: Actor) -> Doing:
    if desk.case(matter.case_id).missing:
        receive(desk, matter, clerk, None)
    return
    yield


def _nothing_yet(desk: Desk, matter: Matter, told: Actor) -> AcknowledgementAction:
    return "act"


def _remind(desk: Desk, matter: Matter, told: Actor, reason: str) -> Doing:
    """Who was asked is reminded, and at last told that it will lapse."""
    case = desk.case(matter.case_id)
    if case.status != "open" or not case.missing:
        return
    if reason == "chase_warn":
        given = yield from give_notice(desk, matter, told, "lapse")
        if given is not None:
            return
    ask(desk, matter, told, sorted(case.missing), ())


def _confirm(desk: Desk, matter: Matter, told: Actor) -> AcknowledgementAction:
    confirm(desk, matter)
    return "act"


def _adjudicate(desk: Desk, matter: Matter, told: Actor) -> AcknowledgementAction | None:
    """The adjudicator, or the director, says where it belongs."""
    case = desk.case(matter.case_id)
    if case.moves.decide_by is None or case.status != "open":
        return None
    named = desk.policy.custody.adjudicator or desk.director
    there = named if desk.directory.present(named, desk.today) else desk.director
    decided = AdjudicateCase(
        case_id=matter.case_id,
        to_team=likely_team(desk, matter),
        reason="wrong-team",
        words="The rules mean this team; it stays there.",
    )
    if desk.ask(decided, desk.member(there)) is None:
        return None
    matter.bouncing = False
    if desk.case(matter.case_id).owner is not None:
        desk.agenda.enter(desk.working(1), see_through(desk, matter))
    return "reassign"


def _accept(desk: Desk, matter: Matter, told: Actor) -> AcknowledgementAction | None:
    handover = desk.case(matter.case_id).handover
    if handover is None:
        return None
    accept_handover(desk, matter, desk.leader(handover.to_team))
    return "reassign"


def _assign(desk: Desk, matter: Matter, told: Actor) -> AcknowledgementAction | None:
    """Nobody there may take it: whoever leads gives it to somebody all the same."""
    case = desk.case(matter.case_id)
    there = desk.people(case.team or "INT")
    if case.owner is not None or case.team is None or not there:
        return "act"
    assigned = AssignCase(case_id=matter.case_id, owner=desk.chance.choice(there))
    if desk.ask(assigned, desk.leader(case.team)) is None:
        return None
    begin(desk, matter)
    return "reassign"


def _in_danger(desk: Desk, matter: Matter, told: Actor) -> AcknowledgementAction | None:
    """What is of immediate danger is given to somebody at once; all else keeps its turn."""
    deed = _assign if desk.case(matter.case_id).immediate else _see_to_it
    return deed(desk, matter, told)


def _decide_return(desk: Desk, matter: Matter, told: Actor) -> AcknowledgementAction | None:
    resolution = desk.case(matter.case_id).resolution
    if resolution is None or resolution.returning is None:
        return None
    decide_return(desk, matter, resolution.returning, "thanks", again=begin)
    return "act"


def _speak(desk: Desk, matter: Matter, told: Actor) -> AcknowledgementAction:
    """The requester is told where it stands; whoever is not reached is tried once more the next working day."""
    if not reach_out(desk, matter, told, _WHERE_IT_STANDS):
        desk.agenda.enter(desk.working(8), _speaks_again(desk, matter, told))
    return "act"


def _speaks_again(desk: Desk, matter: Matter, told: Actor) -> Doing:
    reach_out(desk, matter, told, _WHERE_IT_STANDS)
    return
    yield


def _settle(desk: Desk, matter: Matter, told: Actor) -> AcknowledgementAction:
    settle_by_hand(desk, matter)
    return "act"


def _owed(desk: Desk, matter: Matter, told: Actor) -> AcknowledgementAction:
    """What was forgotten is done now."""
    owed, now = desk.case(matter.case_id).owed, desk.clock()
    for task in owed.open_tasks:
        if task.due_at is not None and task.due_at <= now:
            done = CompleteTask(case_id=matter.case_id, task_id=task.task_id)
            desk.ask(done, desk.leader(task.team))
    for each in owed.follow_ups.values():
        if not each.done and each.due_at <= now:
            desk.ask(CompleteFollowUp(case_id=matter.case_id, follow_up_id=each.follow_up_id), told)
    for referral in owed.referrals.values():
        if referral.unconfirmed and referral.confirm_by <= now:
            desk.ask(
                ConfirmReferral(case_id=matter.case_id, referral_id=referral.referral_id), told
            )
    return "act"


_DEEDS: Mapping[str, Deed] = {
    "adjudication_required": _adjudicate,
    "adjudication_overdue": _adjudicate,
    "chase_ask": _ask_now,
    "chase_lapse": _nothing_yet,
    "chase_remind": _nothing_yet,
    "chase_warn": _nothing_yet,
    "closed_without_reply": _speak,
    "follow_up_overdue": _owed,
    "never_confirmed": _confirm,
    "never_opened": _in_danger,
    "no_contact": _speak,
    "no_present_skill": _assign,
    "owner_absent": _give_to_another,
    "owner_silent": _give_to_another,
    "promise_missed": _speak,
    "referral_overdue": _owed,
    "return_undecided": _decide_return,
    "settling_proposed": _settle,
    "task_overdue": _owed,
    "transfer_unanswered": _accept,
}
"""By what an alert is about; a clock's rung, and whatever comes to be beside these, is seen to."""
