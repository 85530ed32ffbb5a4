"""The verbs of cases, of the people in them and of the tray: what the office does all day."""

from __future__ import annotations

from api.verbs.found import (
    all_missing,
    extension_notice,
    next_in_queue,
    open_appeal,
    open_duty,
    open_escalation,
    open_follow_up,
    open_notice,
    open_referral,
    open_task,
    open_transfer,
    open_wait,
    order_upto,
    own_team,
    passed_over,
    proposed_return,
    referral_to_end,
    reviewed_case,
    standing_notice,
    task_had,
    whoever_acts,
)
from api.verbs.records import case_of_record, record_called
from api.verbs.verb import Verb
from ledger.case.clocks.approving import ApproveDatingBack
from ledger.case.clocks.extending import ExtendClock, RecordDutyDone
from ledger.case.clocks.lapsing import LapseClock
from ledger.case.clocks.refusing import RefuseDatingBack
from ledger.case.clocks.restating import CorrectStart
from ledger.case.clocks.waiting import BeginWaiting, EndWaiting, ReachMilestone
from ledger.case.contact.contacts import AddNote, LogContact
from ledger.case.contact.filing import AddRecordItem
from ledger.case.contact.notices import IssueNotice, RecordNoticeFailed, RecordNoticeGiven
from ledger.case.contact.promises import PromiseNextContact
from ledger.case.contact.translations import ReviewTranslation
from ledger.case.corrections import CorrectEntry
from ledger.case.custody.adjudication import AdjudicateCase
from ledger.case.custody.confirming import ConfirmRouting
from ledger.case.custody.pulling import AssignCase, PullCase, SkipCase
from ledger.case.custody.recusal import RecuseFromCase
from ledger.case.custody.returning import ReturnCase
from ledger.case.custody.routing import RouteCase
from ledger.case.custody.transfers import AcceptTransfer, DeclineTransfer, TransferCase
from ledger.case.escalation.reaching import AcknowledgeEscalation, EscalateCase
from ledger.case.intake.chasing import StopChase
from ledger.case.intake.external_ids import GiveExternalId
from ledger.case.intake.incomplete import FindIncomplete
from ledger.case.intake.information import ReceiveInformation, RequestInformation
from ledger.case.intake.needs import ConfirmNeed
from ledger.case.intake.opening import ClassifyCase, OpenCase
from ledger.case.intake.severity import AssessSeverity
from ledger.case.links import LinkCase
from ledger.case.outcome.appealed import EndAppeal, TakeAppeal
from ledger.case.outcome.deciding import RecordDecision
from ledger.case.outcome.readiness import MarkReady, OverrideReadiness
from ledger.case.outcome.reopening import ReopenCase
from ledger.case.outcome.resolving import ResolveCase
from ledger.case.outcome.review import OpenReview, RecordReview
from ledger.case.outcome.settling import DecideReturn, SettleCase
from ledger.case.people.care import ClearFlag, NoteAdjustment
from ledger.case.people.communication import SettleCommunication
from ledger.case.people.concerned import AddCaseParty, RemoveCaseParty
from ledger.case.people.safe_contact import SetSafeContact
from ledger.case.work.followups import CompleteFollowUp, ReassignFollowUp, SetFollowUp
from ledger.case.work.referral import ConfirmReferral, EndReferral, ReferCase
from ledger.case.work.tasks import AddTask, CancelTask, CompleteTask, GiveBackTask, TakeTask
from ledger.keeping import end_appeal, take_appeal
from ledger.registers.people.dying import CorrectDeath, RecordDeath
from ledger.registers.people.parties import (
    DecidePartyLink,
    GiveContact,
    IdentifyParty,
    RecordBirth,
    RecordParty,
)
from ledger.registers.people.representing import AppointRepresentative, EndRepresentation
from ledger.registers.people.safe_contact import SetPartySafeContact
from ledger.registers.tray import HandleTrayItem, ReceiveMachineMail

_SHOWN_BY = {"evidence": "What shows it, in words."}
_NOT_THERE = {
    "fields": "A field that was not there, or not what was asked; repeat for each.",
    "needs": "What had not been met: identity or fee; repeat for each.",
    "reason": "What shows that, in words.",
}

_OF_A_TASK = {
    "kind": "Whether it takes judgement or prepares it.",
    "team": "The team that is to do it.",
}

CASE_VERBS = {
    "open": Verb(OpenCase, first=("channel",), own="case_id", record=case_of_record),
    "party": Verb(RecordParty, own="party_id"),
    "party-contact": Verb(GiveContact, first=("party_id",)),
    "identify": Verb(IdentifyParty, first=("party_id", "assurance"), words=_SHOWN_BY),
    "same-person": Verb(
        DecidePartyLink, first=("party_id", "other_party", "verdict"), words=_SHOWN_BY
    ),
    "represent": Verb(AppointRepresentative, first=("party_id", "representative")),
    "represent-no-more": Verb(EndRepresentation, first=("party_id", "representative")),
    "born": Verb(RecordBirth, first=("party_id", "born_on")),
    "died": Verb(RecordDeath, first=("party_id",), words=_SHOWN_BY),
    "died-not": Verb(CorrectDeath, first=("party_id",)),
    "party-safe-contact": Verb(SetPartySafeContact, first=("party_id",), own="instruction_id"),
    "concerns": Verb(AddCaseParty, first=("party", "role")),
    "concerns-not": Verb(RemoveCaseParty, first=("party", "role")),
    "external-id": Verb(
        GiveExternalId, first=("external_id",), own="record_id", record=record_called
    ),
    "classify": Verb(ClassifyCase, first=("request_type",)),
    "ask": Verb(
        RequestInformation,
        own="request_id",
        found={"fields": all_missing},
    ),
    "receive": Verb(ReceiveInformation),
    "stop-chase": Verb(StopChase, first=("reason",)),
    "severity": Verb(AssessSeverity, first=("severity", "criterion")),
    "adjust": Verb(NoteAdjustment, first=("adjustment",), own="adjustment_id"),
    "clear-flag": Verb(ClearFlag, first=("flag",)),
    "speak": Verb(SettleCommunication),
    "route": Verb(RouteCase),
    "confirm": Verb(
        ConfirmRouting, words={"team": "Another team, if it is not the one that the rules propose."}
    ),
    "pull": Verb(
        PullCase,
        first=("team",),
        found={"case_ids": next_in_queue, "owner": whoever_acts},
        told={"passed_over": passed_over, "order_upto": order_upto},
    ),
    "assign": Verb(AssignCase, first=("owner",)),
    "skip": Verb(SkipCase, first=("reason",)),
    "transfer": Verb(TransferCase, first=("to_team",), own="transfer_id"),
    "accept": Verb(AcceptTransfer, found={"transfer_id": open_transfer}),
    "decline": Verb(DeclineTransfer, found={"transfer_id": open_transfer}),
    "return": Verb(
        ReturnCase,
        first=("reason",),
        found={"team": own_team},
        words={"team": "The team that gives it back."},
    ),
    "adjudicate": Verb(AdjudicateCase, first=("to_team",)),
    "recuse": Verb(RecuseFromCase, found={"member": whoever_acts}),
    "task": Verb(AddTask, first=("title",), own="task_id", words=_OF_A_TASK),
    "take": Verb(TakeTask, found={"task_id": open_task, "member": whoever_acts}),
    "give-back": Verb(GiveBackTask, first=("reason",), found={"task_id": task_had}),
    "complete": Verb(CompleteTask, found={"task_id": open_task}),
    "cancel": Verb(CancelTask, found={"task_id": open_task}),
    "follow-up": Verb(
        SetFollowUp,
        own="follow_up_id",
        found={"member": whoever_acts},
        words={"kind": "Whether it is to be looked at again, or was promised."},
    ),
    "followed-up": Verb(CompleteFollowUp, found={"follow_up_id": open_follow_up}),
    "reassign": Verb(ReassignFollowUp, first=("member",), found={"follow_up_id": open_follow_up}),
    "refer": Verb(
        ReferCase,
        first=("body",),
        own="referral_id",
        words={
            "kind": "Whether the other body takes it over, or a part of it, or is asked what it thinks."
        },
    ),
    "received-there": Verb(ConfirmReferral, found={"referral_id": open_referral}),
    "referral-end": Verb(
        EndReferral,
        first=("ending",),
        found={"referral_id": referral_to_end},
        words={"ending": "Whether they declined it or never answered, or we took it back."},
    ),
    "wait": Verb(BeginWaiting, first=("reason",), own="wait_id"),
    "resume": Verb(EndWaiting, found={"wait_id": open_wait}),
    "extend": Verb(
        ExtendClock,
        first=("clock", "amount"),
        own="extension_id",
        found={"notice_id": extension_notice},
    ),
    "told": Verb(
        RecordDutyDone,
        first=("party",),
        found={"extension_id": open_duty},
        words={
            "party": "Who was told, by the code that the law of the clock has for whoever must be."
        },
    ),
    "lapse": Verb(LapseClock, first=("clock",)),
    "correct-start": Verb(CorrectStart, first=("moment", "started_at")),
    "incomplete": Verb(FindIncomplete, words=_NOT_THERE),
    "approve": Verb(ApproveDatingBack, first=("clock",)),
    "refuse-approval": Verb(RefuseDatingBack, first=("clock",)),
    "milestone": Verb(ReachMilestone, first=("milestone",)),
    "contact": Verb(
        LogContact,
        own="contact_id",
        words={"party": "The id of whoever was spoken with, if it is not the requester."},
    ),
    "promise": Verb(PromiseNextContact, first=("by_at",), own="promise_id"),
    "safe-contact": Verb(SetSafeContact, own="instruction_id"),
    "notice": Verb(
        IssueNotice,
        first=("template",),
        own="notice_id",
        words={"language": "The language of the notice: en or fr."},
    ),
    "given": Verb(RecordNoticeGiven, found={"notice_id": open_notice}),
    "failed": Verb(
        RecordNoticeFailed,
        first=("reason",),
        found={"notice_id": standing_notice},
        words={"reason": "What became of it."},
    ),
    "note": Verb(AddNote, first=("text",), own="note_id"),
    "item": Verb(AddRecordItem, own="item_id"),
    "reviewed": Verb(ReviewTranslation, first=("item_id",)),
    "link": Verb(LinkCase, first=("other_case",)),
    "escalate": Verb(
        EscalateCase,
        own="escalation_id",
        words={
            "party": "Before whom: owner, team, leader, dispatcher, director, on_call, or a member."
        },
    ),
    "acknowledge": Verb(
        AcknowledgeEscalation,
        first=("action",),
        found={"escalation_id": open_escalation},
        told={"together": lambda _around: None},
    ),
    "confirm-need": Verb(ConfirmNeed, first=("need",)),
    "ready": Verb(MarkReady),
    "override": Verb(OverrideReadiness, first=("check",)),
    "decide": Verb(RecordDecision, first=("outcome",), own="decision_id"),
    "resolve": Verb(ResolveCase, first=("outcome",)),
    "reopen": Verb(ReopenCase),
    "settle": Verb(SettleCase),
    "decide-return": Verb(DecideReturn, first=("answer",), found={"contact_id": proposed_return}),
    "review": Verb(OpenReview, first=("other_case",), own="case_id"),
    "finding": Verb(
        RecordReview,
        first=("finding",),
        own="decision_id",
        told={"other_case": reviewed_case},
    ),
    "appeal": Verb(
        TakeAppeal,
        first=("taken_to", "body"),
        own="appeal_id",
        by=take_appeal,
        words={"body": "Which regulator or court."},
    ),
    "appeal-end": Verb(
        EndAppeal, first=("ending",), found={"appeal_id": open_appeal}, by=end_appeal
    ),
    "correct": Verb(CorrectEntry, first=("corrects",)),
    "tray-put": Verb(ReceiveMachineMail, first=("mail_kind",), own="item_id"),
    "tray-handle": Verb(HandleTrayItem, first=("item_id", "handling")),
}
"""Each verb with its command, in the order of a case's life; a test holds it against the ledger's commands."""
