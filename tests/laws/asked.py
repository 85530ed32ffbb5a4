"""What a step can ask of a case, by anybody who may or may not: each as its command."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from ledger.case.alarms import RaiseAlarm
from ledger.case.clocks.restating import CorrectStart
from ledger.case.clocks.waiting import BeginWaiting, EndWaiting, WaitingBegan
from ledger.case.contact.contacts import AddNote, LogContact
from ledger.case.contact.filing import AddRecordItem, RecordItemAdded
from ledger.case.contact.notices import (
    IssueNotice,
    NoticeIssued,
    RecordNoticeFailed,
    RecordNoticeGiven,
)
from ledger.case.contact.promises import PromiseNextContact
from ledger.case.custody.adjudication import AdjudicateCase
from ledger.case.custody.pulling import AssignCase, PullCase, SkipCase
from ledger.case.custody.recusal import RecuseFromCase
from ledger.case.custody.returning import ReturnCase
from ledger.case.custody.transfers import (
    AcceptTransfer,
    CaseTransferred,
    DeclineTransfer,
    TransferCase,
)
from ledger.case.custody.unanswered import EscalateTransfer
from ledger.case.escalation.reaching import (
    AcknowledgeEscalation,
    EscalateCase,
    ReachRung,
    RecordAlertDelivered,
)
from ledger.case.history.continuing import ContinueImport
from ledger.case.history.imported import ImportedStep
from ledger.case.intake.opening import ClassifyCase
from ledger.case.outcome.reopening import ReopenCase
from ledger.case.outcome.resolving import ResolveCase
from ledger.case.outcome.returns import ReturnProposed
from ledger.case.outcome.settling import DecideReturn, SettleCase
from ledger.case.work.followups import SetFollowUp
from ledger.case.work.tasks import AddTask, CompleteTask, TaskAdded
from ledger.commands import Command
from ledger.ids import case_stream, derived_uuid
from ledger.registers.tray import HandleTrayItem, ReceiveMachineMail
from ledger.service import Ledger
from ledger.times import EPOCH
from tests.laws.steps import (
    MEMBERS,
    OUTCOMES,
    TEAMS,
    TYPES,
    Step,
    case_number,
    latest,
    new_id,
    open_escalation,
    some_member,
)
from tests.ledgers import office_policy

Asked = Callable[[Ledger, Step, int], Command]


def _pull(ledger: Ledger, step: Step, number: int) -> Command:
    owner = MEMBERS[step.one % len(MEMBERS)]
    team = office_policy().members[owner].teams[0]
    return PullCase(case_ids=(case_number(step.case),), team=team, owner=owner)


def _assign(ledger: Ledger, step: Step, number: int) -> Command:
    return AssignCase(case_id=case_number(step.case), owner=MEMBERS[step.two % len(MEMBERS)])


def _skip(ledger: Ledger, step: Step, number: int) -> Command:
    reason = ("lacks-skill", "conflict", "language")[step.two % 3]
    return SkipCase(case_id=case_number(step.case), reason=reason)


def _transfer(ledger: Ledger, step: Step, number: int) -> Command:
    return TransferCase(
        case_id=case_number(step.case),
        transfer_id=new_id("transfer", number),
        to_team=TEAMS[step.two % 3],
        reason="workload",
    )


def _accept(ledger: Ledger, step: Step, number: int) -> Command:
    transfer_id = latest(ledger, step.case, CaseTransferred)
    owner = MEMBERS[step.one % len(MEMBERS)] if step.two % 2 else None
    return AcceptTransfer(case_id=case_number(step.case), transfer_id=transfer_id, owner=owner)


def _decline(ledger: Ledger, step: Step, number: int) -> Command:
    transfer_id = latest(ledger, step.case, CaseTransferred)
    return DeclineTransfer(
        case_id=case_number(step.case), transfer_id=transfer_id, reason="not-ours"
    )


def _return(ledger: Ledger, step: Step, number: int) -> Command:
    team = office_policy().members[MEMBERS[step.one % len(MEMBERS)]].teams[0]
    return ReturnCase(case_id=case_number(step.case), team=team, reason="misrouted")


def _adjudicate(ledger: Ledger, step: Step, number: int) -> Command:
    to_team = TEAMS[step.two % 3]
    return AdjudicateCase(case_id=case_number(step.case), to_team=to_team, reason="wrong-team")


def _unanswered(ledger: Ledger, step: Step, number: int) -> Command:
    found = [
        read.entry.fact.accept_by
        for read in ledger.read(case_stream(case_number(step.case)))
        if isinstance(read.entry.fact, CaseTransferred)
    ]
    accept_by = (found[-1] if found else None) or EPOCH
    return EscalateTransfer(case_id=case_number(step.case), accept_by=accept_by)


def _recuse(ledger: Ledger, step: Step, number: int) -> Command:
    member = some_member(step.one).id
    return RecuseFromCase(case_id=case_number(step.case), member=member)


def _task(ledger: Ledger, step: Step, number: int) -> Command:
    return AddTask(
        case_id=case_number(step.case),
        task_id=new_id("task", number),
        title="Look it up.",
        due_at=EPOCH + timedelta(days=30_000) if step.two % 2 else None,
    )


def _complete(ledger: Ledger, step: Step, number: int) -> Command:
    task_id = latest(ledger, step.case, TaskAdded)
    return CompleteTask(case_id=case_number(step.case), task_id=task_id)


def _follow_up(ledger: Ledger, step: Step, number: int) -> Command:
    return SetFollowUp(
        case_id=case_number(step.case),
        follow_up_id=new_id("follow-up", number),
        member=MEMBERS[step.one % len(MEMBERS)],
        due_at=EPOCH + timedelta(days=30_000),
    )


def _wait(ledger: Ledger, step: Step, number: int) -> Command:
    reason = ("particulars", "third-party", "weather")[step.two % 3]
    return BeginWaiting(
        case_id=case_number(step.case), wait_id=new_id("wait", number), reason=reason
    )


def _go_on(ledger: Ledger, step: Step, number: int) -> Command:
    wait_id = latest(ledger, step.case, WaitingBegan)
    return EndWaiting(case_id=case_number(step.case), wait_id=wait_id)


def _contact(ledger: Ledger, step: Step, number: int) -> Command:
    return LogContact(
        case_id=case_number(step.case),
        contact_id=new_id("contact", number),
        direction=("inbound", "outbound")[step.two % 2],
        channel="phone",
        kinds=("chase",),
        reached=step.one % 4 > 0,
    )


def _item(ledger: Ledger, step: Step, number: int) -> Command:
    return AddRecordItem(
        case_id=case_number(step.case),
        item_id=new_id("item", number),
        digest="ab" * 32,
        media_type="text/plain",
        size_bytes=1,
        custodian="Intake",
        place_kept="Archive",
    )


def _correct_start(ledger: Ledger, step: Step, number: int) -> Command:
    (first, *_) = ledger.read(case_stream(case_number(step.case)))
    return CorrectStart(
        case_id=case_number(step.case),
        moment="reached_body",
        started_at=first.entry.context.effective_at - timedelta(hours=step.two % 60),
        evidence=(latest(ledger, step.case, RecordItemAdded),),
        reason="The stamp says so.",
        approved_by=MEMBERS[step.one % len(MEMBERS)],
    )


def _notice(ledger: Ledger, step: Step, number: int) -> Command:
    return IssueNotice(
        case_id=case_number(step.case),
        notice_id=new_id("notice", number),
        template=("ACK", "MORE-TIME")[step.two % 2],
        channel="email",
    )


def _promise(ledger: Ledger, step: Step, number: int) -> Command:
    by_at = ledger.clock() + timedelta(hours=1 + step.two % 90)
    return PromiseNextContact(
        case_id=case_number(step.case), promise_id=new_id("promise", number), by_at=by_at
    )


def _settle(ledger: Ledger, step: Step, number: int) -> Command:
    return SettleCase(case_id=case_number(step.case))


def _decide_return(ledger: Ledger, step: Step, number: int) -> Command:
    return DecideReturn(
        case_id=case_number(step.case),
        contact_id=latest(ledger, step.case, ReturnProposed),
        answer=("return", "new_matter", "thanks")[step.two % 3],
        reason="returned",
        clock_policy="resume",
    )


def _given(ledger: Ledger, step: Step, number: int) -> Command:
    notice_id = latest(ledger, step.case, NoticeIssued)
    return RecordNoticeGiven(case_id=case_number(step.case), notice_id=notice_id)


def _failed(ledger: Ledger, step: Step, number: int) -> Command:
    notice_id = latest(ledger, step.case, NoticeIssued)
    return RecordNoticeFailed(case_id=case_number(step.case), notice_id=notice_id, reason="bounced")


def _note(ledger: Ledger, step: Step, number: int) -> Command:
    return AddNote(
        case_id=case_number(step.case), note_id=new_id("note", number), text="Looked at."
    )


def _resolve(ledger: Ledger, step: Step, number: int) -> Command:
    return ResolveCase(case_id=case_number(step.case), outcome=OUTCOMES[step.two % len(OUTCOMES)])


def _reopen(ledger: Ledger, step: Step, number: int) -> Command:
    return ReopenCase(
        case_id=case_number(step.case),
        reason="returned",
        clock_policy=("continue", "resume", "restart")[step.two % 3],
    )


def _classify(ledger: Ledger, step: Step, number: int) -> Command:
    kind = TYPES[step.two % (len(TYPES) - 1)]
    return ClassifyCase(case_id=case_number(step.case), request_type=kind or "GEN-ENQ")


def _escalate(ledger: Ledger, step: Step, number: int) -> Command:
    return EscalateCase(
        case_id=case_number(step.case),
        escalation_id=new_id("escalation", number),
        party="leader",
        reason="reassign",
    )


def _acknowledge(ledger: Ledger, step: Step, number: int) -> Command:
    return AcknowledgeEscalation(
        case_id=case_number(step.case),
        escalation_id=open_escalation(ledger, step.case),
        action="reassign",
    )


def _deliver(ledger: Ledger, step: Step, number: int) -> Command:
    return RecordAlertDelivered(
        case_id=case_number(step.case),
        escalation_id=open_escalation(ledger, step.case),
        method="outbox",
    )


def _reach(ledger: Ledger, step: Step, number: int) -> Command:
    clock = ("FIX-10", "CALL-8", "ACK-2")[step.two % 3]
    return ReachRung(case_id=case_number(step.case), clock=clock, generation=1)


def _alarm(ledger: Ledger, step: Step, number: int) -> Command:
    return RaiseAlarm(
        case_id=case_number(step.case),
        alarm=("never_opened", "never_routed", "no_present_skill")[step.two % 3],
        since=EPOCH,
    )


def _deliver_more(ledger: Ledger, step: Step, number: int) -> Command:
    at = ledger.clock() - timedelta(hours=step.one % 200)
    return ContinueImport(
        case_id=case_number(step.case),
        batch=derived_uuid(EPOCH, "batch", str(number)),
        source="elsewhere",
        deadline_at=at + timedelta(days=9) if step.two % 3 else None,
        ended_at=at if step.two % 4 == 0 else None,
        steps=tuple(
            ImportedStep(
                at=at - timedelta(hours=5 * place),
                activity="looked at",
                actor=f"x-{place}",
                team=TEAMS[(place + step.two) % 3],
                takes_over=place % 2 == 0,
                rows=(place,),
            )
            for place in range(step.two % 4)
        ),
    )


def _machine_mail(ledger: Ledger, step: Step, number: int) -> Command:
    return ReceiveMachineMail(
        item_id=new_id("mail", step.one % 5),
        mail_kind=("auto_reply", "bounce")[step.two % 2],
        about_case=case_number(step.case) if step.two % 3 else None,
    )


def _handle_mail(ledger: Ledger, step: Step, number: int) -> Command:
    return HandleTrayItem(
        item_id=new_id("mail", step.one % 5),
        handling=("nothing", "logged", "notice_failed")[step.two % 3],
    )


ASKED: tuple[Asked, ...] = (
    _pull,
    _pull,
    _transfer,
    _transfer,
    _accept,
    _accept,
    _decline,
    _return,
    _return,
    _adjudicate,
    _unanswered,
    _recuse,
    _task,
    _complete,
    _follow_up,
    _wait,
    _wait,
    _go_on,
    _contact,
    _item,
    _correct_start,
    _notice,
    _given,
    _failed,
    _note,
    _resolve,
    _resolve,
    _reopen,
    _promise,
    _settle,
    _decide_return,
    _classify,
    _escalate,
    _acknowledge,
    _deliver,
    _reach,
    _reach,
    _alarm,
    _deliver_more,
    _deliver_more,
    _machine_mail,
    _handle_mail,
    _assign,
    _skip,
)
