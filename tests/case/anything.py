"""Any command that a case knows, with fields sensible or not, and whoever may ask it: for laws."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from ledger.case.alarms import ALARMS, RaiseAlarm
from ledger.case.clocks.approving import ApproveDatingBack
from ledger.case.clocks.extending import ExtendClock, RecordDutyDone
from ledger.case.clocks.lapsing import LapseClock
from ledger.case.clocks.refusing import RefuseDatingBack
from ledger.case.clocks.restating import CorrectStart, RestateClocks
from ledger.case.clocks.undelivered import ContinuePublication, RecordAccessFailed
from ledger.case.clocks.waiting import BeginWaiting, EndWaiting, ReachMilestone
from ledger.case.contact.calls import LogCall
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
from ledger.case.custody.rehoming import MoveForAbsence, RehomeCase
from ledger.case.custody.returning import ReturnCase
from ledger.case.custody.routing import RouteCase
from ledger.case.custody.transfers import AcceptTransfer, DeclineTransfer, TransferCase
from ledger.case.custody.unanswered import EscalateTransfer
from ledger.case.erased import MarkErased
from ledger.case.escalation.chase_steps import ReachChaseStep
from ledger.case.escalation.climbing import ClimbEscalation
from ledger.case.escalation.ending import EndAlarm
from ledger.case.escalation.reaching import (
    AcknowledgeEscalation,
    EscalateCase,
    ReachRung,
    RecordAlertDelivered,
)
from ledger.case.history.continuing import ContinueImport
from ledger.case.holding import EndCaseHold, HoldCase
from ledger.case.intake.chasing import BeginChase, StopChase
from ledger.case.intake.external_ids import GiveExternalId
from ledger.case.intake.incomplete import FindIncomplete
from ledger.case.intake.information import ReceiveInformation, RequestInformation
from ledger.case.intake.needs import ConfirmNeed
from ledger.case.intake.opening import ClassifyCase
from ledger.case.intake.severity import AssessSeverity
from ledger.case.links import LinkCase, MarkTakenUp
from ledger.case.outcome.appealed import EndAppeal, TakeAppeal
from ledger.case.outcome.deciding import RecordDecision
from ledger.case.outcome.readiness import MarkReady, OverrideReadiness
from ledger.case.outcome.reopening import ReopenCase
from ledger.case.outcome.resolving import ResolveCase
from ledger.case.outcome.review import OpenReview, RecordReview
from ledger.case.outcome.reviewed import MarkReviewed, MarkUnderReview
from ledger.case.outcome.settling import DecideReturn, SettleCase
from ledger.case.people.care import ClearFlag, NoteAdjustment
from ledger.case.people.communication import SettleCommunication
from ledger.case.people.concerned import AddCaseParty, RemoveCaseParty
from ledger.case.people.safe_contact import SetSafeContact
from ledger.case.work.followups import CompleteFollowUp, ReassignFollowUp, SetFollowUp
from ledger.case.work.overdue import CallObligation
from ledger.case.work.referral import ConfirmReferral, EndReferral, ReferCase
from ledger.case.work.tasks import AddTask, CancelTask, CompleteTask, GiveBackTask, TakeTask
from tests.case.any_opening import STEP
from tests.case.fields import (
    answers,
    channels,
    clocks,
    evidence,
    ids,
    members,
    mostly,
    near,
    of_the_case,
    outcomes,
    roles,
    teams,
    types,
    words,
)
from tests.deciding import (
    CASE_ID,
    DECIDER,
    DIRECTOR,
    INCOME,
    INTAKE,
    ROADS,
    ROADS_TOO,
    WATCH,
    Actor,
)

WORK = st.one_of(
    of_the_case(
        ContinueImport,
        batch=ids,
        source=st.just("old"),
        deadline_at=st.none() | near,
        ended_at=st.none() | near,
        steps=st.lists(STEP, max_size=3).map(tuple),
    ),
    of_the_case(
        ClassifyCase, request_type=types, severity=st.sampled_from([None, "immediate_danger"])
    ),
    of_the_case(
        RequestInformation,
        request_id=ids,
        fields=st.sampled_from([(), ("income",), ("shoe_size",)]),
        words=words,
    ),
    of_the_case(ReceiveInformation, channel=channels, answers=answers, request_id=st.none() | ids),
    of_the_case(RouteCase),
    of_the_case(ConfirmRouting, team=st.none() | teams, reason=words),
    of_the_case(
        GiveExternalId, record_id=ids, external_id=st.just("P-7"), source=st.sampled_from([None, "police"])
    ),
    of_the_case(AddCaseParty, party=ids, role=roles),
    of_the_case(RemoveCaseParty, party=ids, role=roles, reason=st.just("Not concerned.")),
    of_the_case(
        AssessSeverity,
        severity=st.sampled_from(["other", "immediate_danger"]),
        criterion=mostly(["life", "property"], "whim"),
        urgency_stated=st.none() | st.booleans(),
    ),
    of_the_case(
        NoteAdjustment, adjustment_id=ids, adjustment=st.just("Slow."), flag=mostly(["adjustment"], "red")
    ),
    of_the_case(
        SettleCommunication,
        interview_language=st.sampled_from([None, "", "en", "fr", "ase"]),
        interpreter=st.sampled_from([None, "", "ASL"]),
    ),
    of_the_case(ReviewTranslation, item_id=ids),
    of_the_case(ClearFlag, flag=mostly(["adjustment"], "red"), reason=st.just("Not needed.")),
    of_the_case(
        TransferCase,
        transfer_id=ids,
        to_team=teams,
        reason=mostly(["skill"], "whim"),
        to_owner=st.none() | members,
    ),
    of_the_case(AcceptTransfer, transfer_id=ids, owner=st.none() | members),
    of_the_case(DeclineTransfer, transfer_id=ids, reason=mostly(["not-ours"], "whim")),
    st.builds(PullCase, case_ids=st.just((CASE_ID,)), team=teams, owner=members),
    of_the_case(AssignCase, owner=members),
    of_the_case(SkipCase, reason=mostly(["language", "conflict"], "whim")),
    of_the_case(ReturnCase, team=teams, reason=mostly(["misrouted"], "whim")),
    of_the_case(AdjudicateCase, to_team=teams, reason=mostly(["wrong-team"], "whim")),
    of_the_case(EscalateTransfer, accept_by=near),
    of_the_case(RecuseFromCase, member=members),
    of_the_case(
        AddTask,
        task_id=ids,
        title=st.just("Look it up."),
        kind=st.sampled_from(["judgement", "preparatory"]),
        team=st.none() | teams,
        member=st.none() | members,
        skill=st.none() | mostly(["income"], "sailing"),
        needs_delegation=st.booleans(),
        due_at=st.none() | near,
    ),
    of_the_case(TakeTask, task_id=ids, member=members),
    of_the_case(CompleteTask, task_id=ids, words=words),
    of_the_case(GiveBackTask, task_id=ids, reason=mostly(["workload", "skill"], "whim"), words=words),
    of_the_case(CancelTask, task_id=ids),
    of_the_case(
        SetFollowUp,
        follow_up_id=ids,
        member=members,
        due_at=near,
        decision_id=st.none() | ids,
    ),
    of_the_case(CompleteFollowUp, follow_up_id=ids),
    of_the_case(ReassignFollowUp, follow_up_id=ids, member=members),
    of_the_case(
        ReferCase,
        referral_id=ids,
        body=st.just("Town of Truro"),
        kind=st.sampled_from(["transfer", "transfer_in_part", "consultation"]),
        consent=st.sampled_from(["given", "not_required"]),
        legal_basis=st.none() | st.just("Act, s. 8"),
        confirm_by=st.none() | near,
    ),
    of_the_case(ConfirmReferral, referral_id=ids, received_at=st.none() | near),
    of_the_case(
        EndReferral,
        referral_id=ids,
        ending=st.sampled_from(["declined", "unanswered", "taken_back"]),
        words=words,
    ),
    of_the_case(CallObligation, owed_id=ids, due_at=near),
    of_the_case(MoveForAbsence, member=members),
    of_the_case(RehomeCase, member=members),
    of_the_case(
        BeginWaiting,
        wait_id=ids,
        reason=mostly(["particulars", "identity", "fee", "weather", "court"], "whim"),
        evidence=evidence,
        approved_by=st.none() | members,
    ),
    of_the_case(EndWaiting, wait_id=ids, evidence=evidence, approved_by=st.none() | members),
    of_the_case(
        ExtendClock,
        extension_id=ids,
        clock=clocks,
        amount=st.integers(1, 12),
        authority=mostly(["leader"], "clerk"),
        reason=mostly(["volume"], "whim"),
        notice_given_at=st.none() | near,
        notice_method=st.just("letter"),
    ),
    of_the_case(
        RecordDutyDone, extension_id=ids, party=st.just("commissioner"), method=st.just("e-mail")
    ),
    of_the_case(LapseClock, clock=clocks, notice_given_at=st.none() | near),
    of_the_case(
        CorrectStart, moment=st.sampled_from(["reached_body", "reached_office", "complete"]),
        started_at=near, evidence=ids.map(lambda item: (item,)), reason=st.just("The stamp."),
    ),
    of_the_case(ApproveDatingBack, clock=st.none() | clocks, dated_at=st.none() | near),
    of_the_case(RefuseDatingBack, clock=clocks, reason=st.just("The sheet says otherwise.")),
    of_the_case(
        FindIncomplete, fields=st.sampled_from([("description",), ("name",), ()]),
        needs=st.sampled_from([(), ("fee",)]), evidence=ids.map(lambda item: (item,)), reason=st.just("Blank."),
    ),
    of_the_case(RestateClocks),
    of_the_case(
        ReachMilestone,
        milestone=mostly(["done", "made_safe", "acknowledged"], "resolved") | st.just("waved"),
    ),
    of_the_case(RecordAccessFailed, disclosure_id=ids), of_the_case(ContinuePublication, disclosure_id=ids),
    of_the_case(ReachRung, clock=clocks, generation=st.integers(1, 3)),
    of_the_case(RaiseAlarm, alarm=st.sampled_from(sorted(ALARMS)), since=near),
    of_the_case(
        EscalateCase,
        escalation_id=ids,
        party=st.sampled_from(["leader", "L-02", "mayor"]),
        reason=mostly(["act"], "whim"),
    ),
    of_the_case(
        AcknowledgeEscalation,
        escalation_id=ids,
        action=st.sampled_from(["act", "reassign", "extend", "accept_breach"]),
        act_by=st.none() | near,
        words=words,
    ),
    of_the_case(ClimbEscalation, escalation_id=ids, step=st.integers(1, 2)),
    of_the_case(EndAlarm, escalation_id=ids),
    of_the_case(BeginChase),
    of_the_case(HoldCase, hold_id=ids),
    of_the_case(EndCaseHold, hold_id=ids),
    of_the_case(MarkErased, erasure_id=ids),
    of_the_case(MarkUnderReview, other_case=ids),
    of_the_case(MarkTakenUp, other_case=ids, relation=st.just("related")),
    of_the_case(MarkReviewed, other_case=ids, decision_id=ids, finding=st.just("upheld")),
    of_the_case(ReachChaseStep, step=st.integers(1, 5)),
    of_the_case(StopChase, reason=st.just("Not needed.")),
    of_the_case(RecordAlertDelivered, escalation_id=ids, method=st.just("file")),
    of_the_case(
        LogContact,
        contact_id=ids,
        direction=st.sampled_from(["inbound", "outbound"]),
        channel=channels,
        kinds=mostly([("chase",)], ("gossip",)) | st.just(()),
        reached=st.booleans(),
    ),
    of_the_case(
        OpenReview,
        other_case=ids | st.just(CASE_ID),
        channel=channels,
        request_type=st.none() | types,
    ),
    of_the_case(
        RecordReview,
        decision_id=ids,
        finding=st.sampled_from(["upheld", "varied", "substituted"]),
        other_case=ids,
        replaces=st.none() | ids,
        legal_basis=st.just("Regulation 9"),
        reasons=st.just("It was right."),
    ),
    of_the_case(
        TakeAppeal,
        appeal_id=ids,
        taken_to=st.sampled_from(["regulator", "court"]),
        body=st.just("Supreme Court"),
        words=words,
    ),
    of_the_case(
        EndAppeal,
        appeal_id=ids,
        ending=st.sampled_from(["upheld", "varied", "substituted", "sent_back", "withdrawn"]),
        words=words,
    ),
    of_the_case(ConfirmNeed, need=st.sampled_from(["identity", "fee"]), words=words),
    of_the_case(MarkReady, confirmed=st.sampled_from([(), ("heard",), ("seen",)])),
    of_the_case(
        OverrideReadiness,
        check=mostly(["complete", "evidence", "heard"], "weather"),
        reason=st.just("She is in hospital."),
    ),
    of_the_case(SettleCase),
    of_the_case(
        DecideReturn,
        contact_id=ids,
        answer=st.sampled_from(["return", "new_matter", "thanks"]),
        reason=st.none() | mostly(["returned"], "whim"),
        clock_policy=st.sampled_from([None, "continue", "resume", "restart"]),
    ),
    of_the_case(PromiseNextContact, promise_id=ids, by_at=near),
    of_the_case(
        SetSafeContact,
        instruction_id=ids,
        channels=st.sampled_from([(), ("phone",), ("letter", "telex")]),
        times=words,
    ),
    of_the_case(
        IssueNotice,
        notice_id=ids,
        template=mostly(["ACK", "DECISION", "MORE-TIME"], "POEM"),
        channel=channels,
        values=st.sampled_from([{}, {"amount": "5"}]),
        recipient=st.none() | ids,
        about=st.none() | ids,
        clock=st.none() | clocks,
    ),
    of_the_case(RecordNoticeGiven, notice_id=ids),
    of_the_case(
        RecordNoticeFailed,
        notice_id=ids,
        reason=st.sampled_from(["bounced", "wrong_recipient"]),
        words=words,
    ),
    of_the_case(AddNote, note_id=ids, text=st.just("Seen.")),
    of_the_case(
        LogCall,
        call_id=ids,
        team=teams,
        drawn_on=st.just(date(2026, 3, 2)),
        reached=st.booleans(),
        channel=channels,
        words=st.none() | st.just("It took long."),
    ),
    of_the_case(
        AddRecordItem,
        item_id=ids,
        digest=st.just("ab" * 32),
        media_type=st.just("text/plain"),
        size_bytes=st.integers(0, 10),
        custodian=st.just("Intake"),
        place_kept=st.just("Archive"),
        language=st.sampled_from([None, "en", "fr"]),
        translation_of=st.none() | ids,
        translates=st.sampled_from([None, None, 1, 99]),
        translated_by=st.sampled_from([None, "person", "machine"]),
        translator=st.sampled_from([None, "I-02", "argos-1.9"]),
    ),
    of_the_case(
        LinkCase,
        other_case=ids | st.just(CASE_ID),
        relation=st.sampled_from(["same_matter", "not_the_same", "related"]),
    ),
    of_the_case(
        RecordDecision,
        decision_id=ids,
        replaces=st.none() | ids,
        outcome=outcomes,
        legal_basis=st.just("Regulation 4(1)"),
        reasons=st.just("Eligible."),
    ),
    of_the_case(ResolveCase, outcome=outcomes),
    of_the_case(
        ReopenCase,
        reason=mostly(["new-facts"], "whim"),
        clock_policy=st.sampled_from(["continue", "resume", "restart"]),
    ),
    of_the_case(
        CorrectEntry,
        corrects=st.integers(1, 9),
        values=st.sampled_from([{}, {"channel": "desk"}]),
        reason=st.just("Misread."),
    ),
)  # fmt: skip
ACTORS: st.SearchStrategy[Actor] = st.sampled_from(
    [INTAKE, ROADS, ROADS_TOO, INCOME, DECIDER, DIRECTOR, WATCH]
)
