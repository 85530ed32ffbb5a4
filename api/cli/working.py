"""Working a case from the command line: every command that a person asks, by its verb."""

from __future__ import annotations

from collections import Counter
from typing import Any
from uuid import UUID

from api.cli.asking import Around, Verb, as_command, case_of
from api.cli.correspondence import show_notice, show_safe_contact
from api.cli.ledgers import caught_up
from ledger.case.adjudication import AdjudicateCase
from ledger.case.care import ClearFlag, NoteAdjustment
from ledger.case.chasing import StopChase
from ledger.case.confirming import ConfirmRouting
from ledger.case.contact import AddNote, AddRecordItem, LogContact
from ledger.case.corrections import CorrectEntry
from ledger.case.custody import AcceptTransfer, DeclineTransfer, TransferCase
from ledger.case.escalation import AcknowledgeEscalation, EscalateCase
from ledger.case.extending import ExtendClock, RecordDutyDone
from ledger.case.followups import CompleteFollowUp, ReassignFollowUp, SetFollowUp
from ledger.case.information import ReceiveInformation, RequestInformation
from ledger.case.intake import ClassifyCase, OpenCase
from ledger.case.lapsing import LapseClock
from ledger.case.links import LinkCase
from ledger.case.needs import ConfirmNeed
from ledger.case.notices import IssueNotice, RecordNoticeFailed, RecordNoticeGiven
from ledger.case.outcome import RecordDecision, ReopenCase, ResolveCase
from ledger.case.people import AddCaseParty, RemoveCaseParty
from ledger.case.promises import PromiseNextContact
from ledger.case.pulling import AssignCase, PullCase, SkipCase
from ledger.case.readiness import MarkReady, OverrideReadiness
from ledger.case.recusal import RecuseFromCase
from ledger.case.referral import ConfirmReferral, ReferCase
from ledger.case.restating import CorrectStart
from ledger.case.returning import ReturnCase
from ledger.case.review import OpenReview, RecordReview
from ledger.case.routing import RouteCase
from ledger.case.safe_contact import SetSafeContact
from ledger.case.settling import DecideReturn, SettleCase
from ledger.case.severity import AssessSeverity
from ledger.case.tasks import AddTask, CancelTask, CompleteTask, TakeTask
from ledger.case.waiting import BeginWaiting, EndWaiting, ReachMilestone
from ledger.errors import InvalidCommand, UnlawfulTransition
from ledger.policy.pulling import wanting
from ledger.registers.parties import (
    AppointRepresentative,
    DecidePartyLink,
    EndRepresentation,
    GiveContact,
    IdentifyParty,
    RecordBirth,
    RecordDeath,
    RecordParty,
)
from ledger.registers.safe_contact import SetPartySafeContact
from ledger.registers.tray import HandleTrayItem, ReceiveMachineMail
from projections.queues import Candidate, candidates

_OFFERED = 50
"""How many candidates a pull carries, should others be quicker."""


def _only(ids: list[UUID], *, nothing: str, option: str) -> UUID:
    if not ids:
        raise UnlawfulTransition(nothing)
    if len(ids) > 1:
        raise InvalidCommand(f"Say which with {option}: {', '.join(str(each) for each in ids)}.")
    return ids[0]


def _open_wait(around: Around) -> UUID:
    waits = [wait.wait_id for wait in case_of(around).waits if wait.to_at is None]
    return _only(
        waits, nothing="The case does not wait: there is nothing to end.", option="--wait-id"
    )


def _open_transfer(around: Around) -> UUID:
    handover = case_of(around).handover
    if handover is None:
        raise UnlawfulTransition("The case is not in transit: there is nothing to answer.")
    return handover.transfer_id


def _open_escalation(around: Around) -> UUID:
    case = case_of(around)
    waiting = [each for each in case.escalations if each not in case.acknowledged]
    nothing = "No escalation of this case waits for an answer."
    return _only(waiting, nothing=nothing, option="--escalation-id")


def _open_duty(around: Around) -> UUID:
    owed = [key for key, told in case_of(around).extensions.items() if not all(told.values())]
    nothing = "No extension of this case leaves anybody to be told."
    return _only(owed, nothing=nothing, option="--extension-id")


def _open_task(around: Around) -> UUID:
    tasks = [task.task_id for task in case_of(around).owed.open_tasks]
    return _only(tasks, nothing="No task of this case is open.", option="--task-id")


def _open_follow_up(around: Around) -> UUID:
    found = [
        each.follow_up_id for each in case_of(around).owed.follow_ups.values() if not each.done
    ]
    nothing = "Nothing is to be followed up on this case."
    return _only(found, nothing=nothing, option="--follow-up-id")


def _open_referral(around: Around) -> UUID:
    referrals = case_of(around).owed.referrals.values()
    found = [each.referral_id for each in referrals if not each.confirmed]
    nothing = "No referral of this case waits for its confirmation."
    return _only(found, nothing=nothing, option="--referral-id")


def _all_missing(around: Around) -> tuple[str, ...]:
    return () if around.given.get("words") else tuple(sorted(case_of(around).missing))


def _next_in_queue(around: Around) -> tuple[UUID, ...]:
    """The cases that whoever pulls may take, in the order of the policy; all of them for a dispatcher who assigns."""
    caught_up(around.views, around.ledger)
    team = around.given["team"]
    if team not in around.policy.teams:
        teams = ", ".join(sorted(around.policy.teams))
        raise InvalidCommand(f"'{team}' is not a team of the policy in force; it knows {teams}.")
    found = _in_order(around)
    if not found:
        raise UnlawfulTransition(f"Nothing waits in the queue of {team}: there is nothing to pull.")
    mine = [each for each in found if not _lacking(around, each)]
    if not mine:
        raise UnlawfulTransition(
            f"Nothing that {_puller(around)} may take waits in the queue of {team}: ask a dispatcher to "
            "assign a case."
        )
    return tuple(UUID(each.key) for each in mine[:_OFFERED])


def _in_order(around: Around) -> tuple[Candidate, ...]:
    now = around.ledger.clock()
    version = around.policies.in_force(now)
    return candidates(around.views, around.given["team"], version=version, at=now)[1]


def _lacking(around: Around, candidate: Candidate) -> tuple[str, ...]:
    puller = _puller(around)
    known = puller in around.policy.members
    return wanting(candidate.waiting, around.policy, puller) if known else ()


def _puller(around: Around) -> str:
    return around.given.get("owner") or around.actor.id


def _passed_over(around: Around) -> dict[str, int]:
    """How many stand before the first case that whoever pulls may take, by what they lack first."""
    reasons: list[str] = []
    for each in _in_order(around):
        lacking = _lacking(around, each)
        if not lacking:
            break
        reasons.append(lacking[0])
    return dict(Counter(reasons))


def _order_upto(around: Around) -> int:
    return around.views.position()


def _own_team(around: Around) -> str:
    return around.actor.team or ""


def _whoever_acts(around: Around) -> str:
    return around.actor.id


def _proposed_return(around: Around) -> UUID:
    quiet = case_of(around).quiet
    if quiet is None or quiet.returning is None:
        raise UnlawfulTransition("No return of this case is proposed: there is nothing to decide.")
    return quiet.returning


def _open_notice(around: Around) -> UUID:
    sent = case_of(around).notices
    waiting = [key for key, each in sent.items() if not each.given_at and not each.failed_at]
    nothing = "No notice of this case waits to be given: issue one first."
    return _only(waiting, nothing=nothing, option="--notice-id")


def _standing_notice(around: Around) -> UUID:
    standing = [key for key, each in case_of(around).notices.items() if not each.failed_at]
    nothing = "No notice of this case could have failed: none was issued, or all failed."
    return _only(standing, nothing=nothing, option="--notice-id")


VERBS = {
    "open": Verb(OpenCase, first=("channel",), own="case_id"),
    "party": Verb(RecordParty, own="party_id"),
    "party-contact": Verb(GiveContact, first=("party_id",)),
    "identify": Verb(IdentifyParty, first=("party_id", "assurance")),
    "same-person": Verb(DecidePartyLink, first=("party_id", "other_party", "verdict")),
    "represent": Verb(AppointRepresentative, first=("party_id", "representative")),
    "represent-no-more": Verb(EndRepresentation, first=("party_id", "representative")),
    "born": Verb(RecordBirth, first=("party_id", "born_on")),
    "died": Verb(RecordDeath, first=("party_id",)),
    "party-safe-contact": Verb(SetPartySafeContact, first=("party_id",), own="instruction_id"),
    "concerns": Verb(AddCaseParty, first=("party", "role")),
    "concerns-not": Verb(RemoveCaseParty, first=("party", "role")),
    "classify": Verb(ClassifyCase, first=("request_type",)),
    "ask": Verb(
        RequestInformation,
        own="request_id",
        found={"fields": _all_missing},
        before=show_safe_contact,
    ),
    "receive": Verb(ReceiveInformation),
    "stop-chase": Verb(StopChase, first=("reason",)),
    "severity": Verb(AssessSeverity, first=("severity", "criterion")),
    "adjust": Verb(NoteAdjustment, first=("adjustment",), own="adjustment_id"),
    "clear-flag": Verb(ClearFlag, first=("flag",)),
    "route": Verb(RouteCase),
    "confirm": Verb(ConfirmRouting),
    "pull": Verb(
        PullCase,
        first=("team",),
        found={"case_ids": _next_in_queue, "owner": _whoever_acts},
        told={"passed_over": _passed_over, "order_upto": _order_upto},
    ),
    "assign": Verb(AssignCase, first=("owner",)),
    "skip": Verb(SkipCase, first=("reason",)),
    "transfer": Verb(TransferCase, first=("to_team",), own="transfer_id"),
    "accept": Verb(AcceptTransfer, found={"transfer_id": _open_transfer}),
    "decline": Verb(DeclineTransfer, found={"transfer_id": _open_transfer}),
    "return": Verb(ReturnCase, first=("reason",), found={"team": _own_team}),
    "adjudicate": Verb(AdjudicateCase, first=("to_team",)),
    "recuse": Verb(RecuseFromCase, found={"member": _whoever_acts}),
    "task": Verb(AddTask, first=("title",), own="task_id"),
    "take": Verb(TakeTask, found={"task_id": _open_task, "member": _whoever_acts}),
    "complete": Verb(CompleteTask, found={"task_id": _open_task}),
    "cancel": Verb(CancelTask, found={"task_id": _open_task}),
    "follow-up": Verb(SetFollowUp, own="follow_up_id", found={"member": _whoever_acts}),
    "followed-up": Verb(CompleteFollowUp, found={"follow_up_id": _open_follow_up}),
    "reassign": Verb(ReassignFollowUp, first=("member",), found={"follow_up_id": _open_follow_up}),
    "refer": Verb(ReferCase, first=("body",), own="referral_id"),
    "received-there": Verb(ConfirmReferral, found={"referral_id": _open_referral}),
    "wait": Verb(BeginWaiting, first=("reason",), own="wait_id"),
    "resume": Verb(EndWaiting, found={"wait_id": _open_wait}),
    "extend": Verb(ExtendClock, first=("clock", "amount"), own="extension_id"),
    "told": Verb(RecordDutyDone, first=("party",), found={"extension_id": _open_duty}),
    "lapse": Verb(LapseClock, first=("clock",)),
    "correct-start": Verb(CorrectStart, first=("moment", "started_at")),
    "milestone": Verb(ReachMilestone, first=("milestone",)),
    "contact": Verb(LogContact, own="contact_id", before=show_safe_contact),
    "promise": Verb(PromiseNextContact, first=("by_at",), own="promise_id"),
    "safe-contact": Verb(SetSafeContact, own="instruction_id"),
    "notice": Verb(
        IssueNotice,
        first=("template",),
        own="notice_id",
        before=show_safe_contact,
        after=show_notice,
    ),
    "given": Verb(RecordNoticeGiven, found={"notice_id": _open_notice}),
    "failed": Verb(RecordNoticeFailed, first=("reason",), found={"notice_id": _standing_notice}),
    "note": Verb(AddNote, first=("text",), own="note_id"),
    "item": Verb(AddRecordItem, own="item_id"),
    "link": Verb(LinkCase, first=("other_case",)),
    "escalate": Verb(EscalateCase, own="escalation_id"),
    "acknowledge": Verb(
        AcknowledgeEscalation,
        first=("action",),
        found={"escalation_id": _open_escalation},
        told={"together": lambda _around: None},
    ),
    "confirm-need": Verb(ConfirmNeed, first=("need",)),
    "ready": Verb(MarkReady),
    "override": Verb(OverrideReadiness, first=("check",)),
    "decide": Verb(RecordDecision, first=("outcome",), own="decision_id"),
    "resolve": Verb(ResolveCase, first=("outcome",)),
    "reopen": Verb(ReopenCase),
    "settle": Verb(SettleCase),
    "decide-return": Verb(DecideReturn, first=("answer",), found={"contact_id": _proposed_return}),
    "review": Verb(OpenReview, first=("other_case",), own="case_id"),
    "finding": Verb(RecordReview, first=("finding",), own="decision_id"),
    "correct": Verb(CorrectEntry, first=("corrects",)),
    "tray-put": Verb(ReceiveMachineMail, first=("mail_kind",), own="item_id"),
    "tray-handle": Verb(HandleTrayItem, first=("item_id", "handling")),
}
"""Each verb with its command, in the order of a case's life; a test holds it against the ledger's commands."""


def __getattr__(name: str) -> Any:
    """The function of a verb, under which the menu finds it."""
    verb = VERBS.get(name.replace("_", "-"))
    if verb is not None:
        return as_command(verb)
    raise AttributeError(name)
