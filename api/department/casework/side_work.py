"""What goes on beside the work on a case: tasks, follow-ups, waits for others, more time, people, corrected dates."""

from __future__ import annotations

from datetime import timedelta

from api.department.agenda import Doing
from api.department.casework.seconding import approve_ahead
from api.department.desk import Desk
from api.department.intake_desk import item_of
from api.department.letters import give_notice, reach_out
from api.department.matter import Matter
from ledger.case.clocks.extending import ExtendClock
from ledger.case.clocks.restating import CorrectStart
from ledger.case.clocks.waiting import BeginWaiting, EndWaiting
from ledger.case.intake.incomplete import FindIncomplete
from ledger.case.intake.information import ReceiveInformation
from ledger.case.people.concerned import AddCaseParty, RemoveCaseParty
from ledger.case.work.followups import CompleteFollowUp, ReassignFollowUp, SetFollowUp
from ledger.case.work.tasks import AddTask, CancelTask, CompleteTask, TakeTask
from ledger.entry import Actor
from ledger.registers.people.parties import RecordParty


def beside(desk: Desk, matter: Matter, owner: Actor) -> Doing:
    """Whatever of it comes up on this case."""
    if desk.happens("a task is for others", 12):
        yield from _task(desk, matter, owner)
    if desk.happens("a judgement is for a colleague", 4):
        yield from _judgement(desk, matter, owner)
    if desk.happens("is brought forward", 6):
        _bring_forward(desk, matter, owner)
    if desk.happens("a witness is named", 3):
        _witness(desk, matter, owner)
    if desk.happens("came in earlier than was thought", 2):
        _came_earlier(desk, matter, owner)
    if desk.happens("was never complete", 3):
        yield from _never_complete(desk, matter, owner)
    yield from _more_time(desk, matter, owner)
    reason = _waits_for(desk, matter)
    if reason is not None:
        yield from _wait(desk, matter, owner, reason)


def _task(desk: Desk, matter: Matter, owner: Actor) -> Doing:
    """A clerk prepares something; some tasks are called off, and some are forgotten for a while."""
    task_id = next(desk.ids)
    added = AddTask(
        case_id=matter.case_id,
        task_id=task_id,
        title="Scan the papers and list them",
        team="INT",
        skill="clerical",
        due_at=desk.end_of(2),
    )
    if desk.ask(added, owner) is None:
        return
    yield desk.working(3)
    if desk.happens("a task is not needed after all", 12):
        desk.ask(CancelTask(case_id=matter.case_id, task_id=task_id), owner)
        return
    clerical = [
        each for each in desk.people("INT") if "clerical" in desk.policy.members[each].skills
    ]
    if not clerical:
        return
    clerk = desk.member(desk.chance.choice(clerical), team="INT")
    desk.ask(TakeTask(case_id=matter.case_id, task_id=task_id, member=clerk.id), clerk)
    yield desk.working(30 if desk.happens("a task is late", 20) else 4)
    if desk.present(clerk.id):
        done = CompleteTask(case_id=matter.case_id, task_id=task_id, words="Listed, 14 pages.")
        desk.ask(done, clerk)


def _judgement(desk: Desk, matter: Matter, owner: Actor) -> Doing:
    """A colleague of the team is asked for an opinion, which only a person gives."""
    colleagues = [each for each in desk.people(owner.team or "INT") if each != owner.id]
    if not colleagues:
        return
    colleague = desk.member(desk.chance.choice(colleagues), team=owner.team)
    task_id = next(desk.ids)
    added = AddTask(
        case_id=matter.case_id,
        task_id=task_id,
        title="Is this within the rule?",
        kind="judgement",
        team=owner.team,
        member=colleague.id,
        due_at=desk.end_of(3),
    )
    desk.ask(added, owner)
    yield desk.working(desk.chance.randrange(3, 12))
    who = colleague if desk.present(colleague.id) else owner
    done = CompleteTask(case_id=matter.case_id, task_id=task_id, words="Yes, by the second rule.")
    desk.ask(done, who)


def _bring_forward(desk: Desk, matter: Matter, owner: Actor) -> None:
    follow_up_id = next(desk.ids)
    asked = SetFollowUp(
        case_id=matter.case_id,
        follow_up_id=follow_up_id,
        member=owner.id,
        due_at=desk.end_of(desk.chance.randrange(4, 12)),
        words="See whether the estimate has come.",
    )
    if desk.ask(asked, owner) is None:
        return
    colleagues = [each for each in desk.people(owner.team or "INT") if each != owner.id]
    if colleagues and desk.happens("a follow-up changes hands", 30):
        passed_on = ReassignFollowUp(
            case_id=matter.case_id,
            follow_up_id=follow_up_id,
            member=desk.chance.choice(colleagues),
        )
        desk.ask(passed_on, owner)
    if not desk.happens("a follow-up is forgotten", 25):
        done = CompleteFollowUp(case_id=matter.case_id, follow_up_id=follow_up_id)
        desk.agenda.enter(desk.working(16), _later(desk, done, owner))


def _later(desk: Desk, done: CompleteFollowUp, owner: Actor) -> Doing:
    who = owner if desk.present(owner.id) else desk.leader(owner.team)
    desk.ask(done, who)
    return
    yield


def _witness(desk: Desk, matter: Matter, owner: Actor) -> None:
    """Somebody who saw it is named, and now and then it proves to have been somebody else."""
    witness = next(desk.ids)
    desk.ask(RecordParty(party_id=witness, name="A neighbour"), owner)
    desk.ask(AddCaseParty(case_id=matter.case_id, party=witness, role="witness"), owner)
    if desk.happens("the wrong witness", 40):
        removed = RemoveCaseParty(
            case_id=matter.case_id, party=witness, role="witness", reason="Of another street."
        )
        desk.ask(removed, owner)


def _came_earlier(desk: Desk, matter: Matter, owner: Actor) -> None:
    """The envelope is found, and its stamp is older than what was entered."""
    case = desk.case(matter.case_id)
    if case.received_at is None:
        return
    item = item_of(desk, matter, "image/png", "intake/envelopes")
    desk.ask(item, owner)
    corrected = CorrectStart(
        case_id=matter.case_id,
        moment="reached_body",
        started_at=case.received_at - timedelta(hours=desk.chance.randrange(20, 50)),
        evidence=(item.item_id,),
        reason="The stamp on the envelope.",
    )
    if desk.ask(corrected, owner) is None:
        approve_ahead(desk, matter, corrected.started_at)
        desk.ask(corrected, owner)


def _never_complete(desk: Desk, matter: Matter, owner: Actor) -> Doing:
    """Something that was on the form proves to say nothing; the requester says it again."""
    case = desk.case(matter.case_id)
    field = "description"
    if case.complete_at is None or field not in case.answered or field not in matter.answers:
        return
    item = item_of(desk, matter, "image/png", "intake/forms")
    desk.ask(item, owner)
    found = FindIncomplete(
        case_id=matter.case_id,
        fields=(field,),
        evidence=(item.item_id,),
        reason="Nobody can read what is written there.",
    )
    if desk.ask(found, owner) is None:
        approve_ahead(desk, matter, case.complete_at)
        if desk.ask(found, owner) is None:
            return
    yield desk.working(desk.chance.randrange(2, 12))
    said = ReceiveInformation(
        case_id=matter.case_id,
        channel="phone",
        answers={field: matter.answers[field]},
        answered_in=matter.language,
    )
    desk.ask(said, owner if desk.present(owner.id) else desk.leader(owner.team))


def _more_time(desk: Desk, matter: Matter, owner: Actor) -> Doing:
    """A clock that its law lets be extended gets more time now and then, by notice given first."""
    case = desk.case(matter.case_id)
    extended = [
        code
        for code, clock in case.clocks.items()
        if clock.open and code in desk.policy.clocks and desk.policy.clocks[code].extensions
    ]
    if not extended or not desk.happens("more time is taken", 50):
        return
    (code, *_) = extended
    terms = desk.policy.clocks[code].extensions[0]
    yield desk.working(desk.chance.randrange(8, 40))
    amount = min(terms.cap or 20, 20)
    notice_id = yield from give_notice(
        desk, matter, owner, "extension", clock=code, extends_by=amount
    )
    if notice_id is None:
        reach_out(desk, matter, owner, "We need more time; this is why, and what you can do.")
    case = desk.case(matter.case_id)
    notice = case.notices.get(notice_id) if notice_id is not None else None
    given = notice.given_at if notice is not None else desk.clock()
    asked = ExtendClock(
        case_id=matter.case_id,
        extension_id=next(desk.ids),
        clock=code,
        amount=amount,
        authority=terms.authority,
        reason=(terms.reasons or ("volume",))[0],
        notice_id=notice_id,
        notice_given_at=given,
        notice_method=None if notice_id is not None else "phone",
    )
    desk.ask(asked, owner)


def _waits_for(desk: Desk, matter: Matter) -> str | None:
    """What else the case has to wait for, if anything."""
    if matter.kind in ("RDW-POT", "RDW-DRN", "RDW-ACC") and desk.happens("too cold to pave", 18):
        return "weather"
    if matter.kind == "IAC-GEN" and desk.happens("a fee for the search", 40):
        return "fee"
    if desk.happens("a third party is heard", 4):
        return "third-party"
    return "court" if matter.kind == "HSG-TEN" and desk.happens("is before a court", 10) else None


def _wait(desk: Desk, matter: Matter, owner: Actor, reason: str) -> Doing:
    wait_id = next(desk.ids)
    if reason == "fee":
        yield from give_notice(desk, matter, owner, "fee")
    desk.ask(BeginWaiting(case_id=matter.case_id, wait_id=wait_id, reason=reason), owner)
    yield desk.working(desk.chance.randrange(8, 60))
    if desk.case(matter.case_id).status == "open":
        who = owner if desk.present(owner.id) else desk.leader(owner.team)
        desk.ask(EndWaiting(case_id=matter.case_id, wait_id=wait_id), who)
