"""Anything that could be asked of a case, sensible or not, in any order, by anybody, at any time: for laws."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from ledger.case import CASE
from ledger.case.adjudication import AdjudicateCase
from ledger.case.alarms import ALARMS, RaiseAlarm
from ledger.case.calls import LogCall
from ledger.case.care import ClearFlag, NoteAdjustment
from ledger.case.chasing import BeginChase, ReachChaseStep, StopChase
from ledger.case.climbing import ClimbEscalation
from ledger.case.confirming import ConfirmRouting
from ledger.case.contact import AddNote, AddRecordItem, LogContact
from ledger.case.continuing import ContinueImport
from ledger.case.corrections import CorrectEntry
from ledger.case.custody import AcceptTransfer, DeclineTransfer, TransferCase
from ledger.case.erased import MarkErased
from ledger.case.escalation import (
    AcknowledgeEscalation,
    EscalateCase,
    ReachRung,
    RecordAlertDelivered,
)
from ledger.case.extending import ExtendClock, RecordDutyDone
from ledger.case.followups import CompleteFollowUp, ReassignFollowUp, SetFollowUp
from ledger.case.history import ImportCase, ImportedStep
from ledger.case.holding import EndCaseHold, HoldCase
from ledger.case.information import ReceiveInformation, RequestInformation
from ledger.case.intake import ClassifyCase, OpenCase
from ledger.case.lapsing import LapseClock
from ledger.case.links import LinkCase
from ledger.case.needs import ConfirmNeed
from ledger.case.notices import IssueNotice, RecordNoticeFailed, RecordNoticeGiven
from ledger.case.outcome import RecordDecision, ReopenCase, ResolveCase
from ledger.case.overdue import CallObligation
from ledger.case.people import AddCaseParty, RemoveCaseParty
from ledger.case.promises import PromiseNextContact
from ledger.case.pulling import AssignCase, PullCase, SkipCase
from ledger.case.readiness import MarkReady, OverrideReadiness
from ledger.case.recusal import RecuseFromCase
from ledger.case.referral import ConfirmReferral, ReferCase
from ledger.case.rehoming import MoveForAbsence, RehomeCase
from ledger.case.restating import CorrectStart, RestateClocks
from ledger.case.returning import ReturnCase
from ledger.case.review import OpenReview, RecordReview
from ledger.case.routing import RouteCase
from ledger.case.safe_contact import SetSafeContact
from ledger.case.settling import DecideReturn, SettleCase
from ledger.case.severity import AssessSeverity
from ledger.case.state import Case
from ledger.case.tasks import AddTask, CancelTask, CompleteTask, TakeTask
from ledger.case.unanswered import EscalateTransfer
from ledger.case.waiting import BeginWaiting, EndWaiting, ReachMilestone
from ledger.commands import Command
from ledger.errors import LedgerError
from ledger.policy.in_force import Policies
from ledger.policy.presence import Absence, Directory
from tests.case.cases import (
    APPLICATION,
    DANGER,
    ENQUIRY,
    INCOMPLETE,
    POTHOLE,
    THE_REST,
    UNSORTED,
    contact,
    decide,
    pull,
    resolve,
    transfer,
    wait,
)
from tests.case.reviewing import DECIDED_CASE, reviews
from tests.case.writing import issue, writes
from tests.deciding import (
    CASE_ID,
    DECIDER,
    DIRECTOR,
    INCOME,
    INTAKE,
    MONDAY,
    ROADS,
    ROADS_TOO,
    WATCH,
    Actor,
    Asked,
    History,
    chased,
    edition,
    effect,
    given,
    number,
)

RULES = Policies(
    (
        edition(
            effect("FIX-10", "identity", "reset"),
            effect("FIX-10", "fee", {"effect": "toll", "limit": 1}),
            effect("CALL-8", "particulars", "pause"),
            effect("MAKE-SAFE", "weather", "reset"),
            chased("INC-APP", "GEN-ENQ"),
            writes,
            reviews,
        ),
    )
)
"""The office's policy with every effect that a wait can have."""

AWAY = (
    Directory()
    .with_absence(Absence(number(1), "N-02", date(2026, 3, 3), None, False, "N-03"))
    .with_absence(Absence(number(2), "R-02", date(2026, 3, 6), date(2026, 3, 20), True, None))
    .without("I-02", date(2026, 3, 20), "I-03")
)
"""Some are absent for a while, and one leaves."""

_ids = st.integers(1, 3).map(number)


def _mostly(usual: Sequence[Any], strange: object) -> st.SearchStrategy[Any]:
    return st.sampled_from([*usual, *usual, *usual, strange])


_teams = _mostly(["INT", "RDW", "INC"], "NAVY")
_members = _mostly(["I-02", "R-02", "R-03", "N-02", "L-02"], "watch") | st.just("nobody")
_types = _mostly(["RDW-POT", "RDW-WIN", "INC-APP", "INC-CHG", "GEN-ENQ"], "NOWHERE")
_channels = _mostly(["phone", "web"], "telex")
_outcomes = _mostly(["done", "granted", "refused", "withdrawn", "lapsed"], "perhaps")
_clocks = st.sampled_from(["MAKE-SAFE", "FIX-10", "CALL-8", "ANSWER-30", "ACK-2", "DEC-15"])
_roles = st.sampled_from(["requester", "subject", "witness"])
_evidence: st.SearchStrategy[Any] = st.just(()) | _ids.map(lambda item: (item,))
_words = st.none() | st.text(max_size=20)
_answers = st.fixed_dictionaries(
    {},
    optional={
        "name": st.text(max_size=5),
        "contact": st.just("by post"),
        "language": _mostly(["en", "fr"], "xx"),
        "description": st.just("Help."),
        "civic_location": st.just("12 Main St"),
        "danger_now": st.booleans() | st.none(),
        "household_size": _mostly([1, 2], True),
        "income": st.integers(0, 10**6),
        "since_when": _mostly(["2026-01-05"], "2026-02-30"),
        "account_no": st.just("C-7"),
        "adjustment": st.just("An interpreter."),
    },
)
_near = st.integers(-20_000, 60_000).map(lambda minutes: MONDAY + timedelta(minutes=minutes))


def _of(kind: type[Command], /, **fields: st.SearchStrategy[Any]) -> st.SearchStrategy[Command]:
    return st.builds(kind, case_id=st.just(CASE_ID), **fields)


_opened = st.sampled_from([POTHOLE, DANGER, ENQUIRY, UNSORTED, INCOMPLETE, APPLICATION])
_any_opening = _of(
    OpenCase,
    channel=_channels,
    request_type=st.none() | _types,
    region=st.none() | st.sampled_from(["HAL", "WES-CLARE", "MOON"]),
    language=st.sampled_from([None, "en", "fr"]),
    severity=st.sampled_from(["other", "immediate_danger"]),
    flags=st.sampled_from([(), ("adjustment",)]),
    answers=_answers,
    reached_body_at=st.none() | _near,
    reached_office_at=st.none() | _near,
    requester=st.none() | _ids,
)
_step = st.builds(
    ImportedStep,
    at=_near,
    activity=st.sampled_from(["register", "check"]),
    actor=st.sampled_from([None, "x-11", "x-22"]),
    team=st.sampled_from([None, "permits", "INT"]),
    takes_over=st.booleans(),
    rows=st.just((1,)),
)
_imported = _of(
    ImportCase,
    batch=_ids,
    source=st.just("old"),
    external_id=st.just("1"),
    channel=_channels,
    channel_family=st.just("web"),
    request_type=st.none() | _types,
    received_at=_near,
    deadline_at=st.none() | _near,
    ended_at=st.none() | _near,
    team=st.sampled_from([None, "INT", "permits"]),
    steps=st.lists(_step, max_size=3).map(tuple),
)
OPENINGS = st.one_of(_opened, _opened, _any_opening, _imported)

WORK = st.one_of(
    _of(
        ContinueImport,
        batch=_ids,
        source=st.just("old"),
        deadline_at=st.none() | _near,
        ended_at=st.none() | _near,
        steps=st.lists(_step, max_size=3).map(tuple),
    ),
    _of(ClassifyCase, request_type=_types, severity=st.sampled_from([None, "immediate_danger"])),
    _of(
        RequestInformation,
        request_id=_ids,
        fields=st.sampled_from([(), ("income",), ("shoe_size",)]),
        words=_words,
    ),
    _of(ReceiveInformation, channel=_channels, answers=_answers, request_id=st.none() | _ids),
    _of(RouteCase),
    _of(ConfirmRouting, team=st.none() | _teams, reason=_words),
    _of(AddCaseParty, party=_ids, role=_roles),
    _of(RemoveCaseParty, party=_ids, role=_roles, reason=st.just("Not concerned.")),
    _of(
        AssessSeverity,
        severity=st.sampled_from(["other", "immediate_danger"]),
        criterion=_mostly(["life", "property"], "whim"),
        urgency_stated=st.none() | st.booleans(),
    ),
    _of(
        NoteAdjustment,
        adjustment_id=_ids,
        adjustment=st.just("An interpreter."),
        flag=_mostly(["adjustment"], "red"),
    ),
    _of(ClearFlag, flag=_mostly(["adjustment"], "red"), reason=st.just("Not needed.")),
    _of(
        TransferCase,
        transfer_id=_ids,
        to_team=_teams,
        reason=_mostly(["skill"], "whim"),
        to_owner=st.none() | _members,
    ),
    _of(AcceptTransfer, transfer_id=_ids, owner=st.none() | _members),
    _of(DeclineTransfer, transfer_id=_ids, reason=_mostly(["not-ours"], "whim")),
    st.builds(PullCase, case_ids=st.just((CASE_ID,)), team=_teams, owner=_members),
    _of(AssignCase, owner=_members),
    _of(SkipCase, reason=_mostly(["language", "conflict"], "whim")),
    _of(ReturnCase, team=_teams, reason=_mostly(["misrouted"], "whim")),
    _of(AdjudicateCase, to_team=_teams, reason=_mostly(["wrong-team"], "whim")),
    _of(EscalateTransfer, accept_by=_near),
    _of(RecuseFromCase, member=_members),
    _of(
        AddTask,
        task_id=_ids,
        title=st.just("Look it up."),
        kind=st.sampled_from(["judgement", "preparatory"]),
        team=st.none() | _teams,
        member=st.none() | _members,
        skill=st.none() | _mostly(["income"], "sailing"),
        needs_delegation=st.booleans(),
        due_at=st.none() | _near,
    ),
    _of(TakeTask, task_id=_ids, member=_members),
    _of(CompleteTask, task_id=_ids, words=_words),
    _of(CancelTask, task_id=_ids),
    _of(
        SetFollowUp,
        follow_up_id=_ids,
        member=_members,
        due_at=_near,
        decision_id=st.none() | _ids,
    ),
    _of(CompleteFollowUp, follow_up_id=_ids),
    _of(ReassignFollowUp, follow_up_id=_ids, member=_members),
    _of(
        ReferCase,
        referral_id=_ids,
        body=st.just("Town of Truro"),
        kind=st.sampled_from(["transfer", "consultation"]),
        consent=st.sampled_from(["given", "not_required"]),
        legal_basis=st.none() | st.just("Act, s. 8"),
        confirm_by=st.none() | _near,
    ),
    _of(ConfirmReferral, referral_id=_ids, received_at=st.none() | _near),
    _of(CallObligation, owed_id=_ids, due_at=_near),
    _of(MoveForAbsence, member=_members),
    _of(RehomeCase, member=_members),
    _of(
        BeginWaiting,
        wait_id=_ids,
        reason=_mostly(["particulars", "identity", "fee", "weather", "court"], "whim"),
        evidence=_evidence,
        approved_by=st.none() | _members,
    ),
    _of(EndWaiting, wait_id=_ids, evidence=_evidence, approved_by=st.none() | _members),
    _of(
        ExtendClock,
        extension_id=_ids,
        clock=_clocks,
        amount=st.integers(1, 12),
        authority=_mostly(["leader"], "clerk"),
        reason=_mostly(["volume"], "whim"),
        notice_given_at=st.none() | _near,
        notice_method=st.just("letter"),
    ),
    _of(RecordDutyDone, extension_id=_ids, party=st.just("commissioner"), method=st.just("e-mail")),
    _of(LapseClock, clock=_clocks, notice_given_at=st.none() | _near),
    _of(
        CorrectStart,
        moment=st.sampled_from(["reached_body", "reached_office", "complete"]),
        started_at=_near,
        evidence=_ids.map(lambda item: (item,)),
        reason=st.just("The stamp."),
        approved_by=st.none() | _members,
    ),
    _of(RestateClocks),
    _of(
        ReachMilestone,
        milestone=_mostly(["done", "made_safe", "acknowledged"], "resolved") | st.just("waved"),
    ),
    _of(ReachRung, clock=_clocks, generation=st.integers(1, 3)),
    _of(RaiseAlarm, alarm=st.sampled_from(sorted(ALARMS)), since=_near),
    _of(
        EscalateCase,
        escalation_id=_ids,
        party=st.sampled_from(["leader", "L-02", "mayor"]),
        reason=_mostly(["act"], "whim"),
    ),
    _of(
        AcknowledgeEscalation,
        escalation_id=_ids,
        action=st.sampled_from(["act", "reassign", "extend", "accept_breach"]),
        act_by=st.none() | _near,
        words=_words,
    ),
    _of(ClimbEscalation, escalation_id=_ids, step=st.integers(1, 2)),
    _of(BeginChase),
    _of(HoldCase, hold_id=_ids),
    _of(EndCaseHold, hold_id=_ids),
    _of(MarkErased, erasure_id=_ids),
    _of(ReachChaseStep, step=st.integers(1, 5)),
    _of(StopChase, reason=st.just("Not needed.")),
    _of(RecordAlertDelivered, escalation_id=_ids, method=st.just("file")),
    _of(
        LogContact,
        contact_id=_ids,
        direction=st.sampled_from(["inbound", "outbound"]),
        channel=_channels,
        kinds=_mostly([("chase",)], ("gossip",)) | st.just(()),
        reached=st.booleans(),
    ),
    _of(
        OpenReview,
        other_case=_ids | st.just(CASE_ID),
        channel=_channels,
        request_type=st.none() | _types,
    ),
    _of(
        RecordReview,
        decision_id=_ids,
        finding=st.sampled_from(["upheld", "varied", "substituted"]),
        legal_basis=st.just("Regulation 9"),
        reasons=st.just("It was right."),
    ),
    _of(ConfirmNeed, need=st.sampled_from(["identity", "fee"]), words=_words),
    _of(MarkReady, confirmed=st.sampled_from([(), ("heard",), ("seen",)])),
    _of(
        OverrideReadiness,
        check=_mostly(["complete", "evidence", "heard"], "weather"),
        reason=st.just("She is in hospital."),
    ),
    _of(SettleCase),
    _of(
        DecideReturn,
        contact_id=_ids,
        answer=st.sampled_from(["return", "new_matter", "thanks"]),
        reason=st.none() | _mostly(["returned"], "whim"),
        clock_policy=st.sampled_from([None, "continue", "resume", "restart"]),
    ),
    _of(PromiseNextContact, promise_id=_ids, by_at=_near),
    _of(
        SetSafeContact,
        instruction_id=_ids,
        channels=st.sampled_from([(), ("phone",), ("letter", "telex")]),
        times=_words,
    ),
    _of(
        IssueNotice,
        notice_id=_ids,
        template=_mostly(["ACK", "DECISION", "MORE-TIME"], "POEM"),
        channel=_channels,
        values=st.sampled_from([{}, {"amount": "5"}]),
        recipient=st.none() | _ids,
        about=st.none() | _ids,
        clock=st.none() | _clocks,
    ),
    _of(RecordNoticeGiven, notice_id=_ids),
    _of(
        RecordNoticeFailed,
        notice_id=_ids,
        reason=st.sampled_from(["bounced", "wrong_recipient"]),
        words=_words,
    ),
    _of(AddNote, note_id=_ids, text=st.just("Seen.")),
    _of(
        LogCall,
        call_id=_ids,
        team=_teams,
        drawn_on=st.just(date(2026, 3, 2)),
        reached=st.booleans(),
        channel=_channels,
        words=st.none() | st.just("It took long."),
    ),
    _of(
        AddRecordItem,
        item_id=_ids,
        digest=st.just("ab" * 32),
        media_type=st.just("text/plain"),
        size_bytes=st.integers(0, 10),
        custodian=st.just("Intake"),
        place_kept=st.just("Archive"),
    ),
    _of(
        LinkCase,
        other_case=_ids | st.just(CASE_ID),
        relation=st.sampled_from(["same_matter", "not_the_same", "related"]),
    ),
    _of(
        RecordDecision,
        decision_id=_ids,
        outcome=_outcomes,
        legal_basis=st.just("Regulation 4(1)"),
        reasons=st.just("Eligible."),
    ),
    _of(ResolveCase, outcome=_outcomes),
    _of(
        ReopenCase,
        reason=_mostly(["new-facts"], "whim"),
        clock_policy=st.sampled_from(["continue", "resume", "restart"]),
    ),
    _of(
        CorrectEntry,
        corrects=st.integers(1, 9),
        values=st.sampled_from([{}, {"channel": "desk"}]),
        reason=st.just("Misread."),
    ),
)
ACTORS: st.SearchStrategy[Actor] = st.sampled_from(
    [INTAKE, ROADS, ROADS_TOO, INCOME, DECIDER, DIRECTOR, WATCH]
)


@st.composite
def moments(draw: st.DrawFn, *, before: datetime) -> tuple[datetime, datetime | None]:
    """A time from `before` on, and when what is then said happened if it was earlier."""
    now = before + timedelta(minutes=draw(st.sampled_from([45, 0, 1, 600, 3_000, 20_000])))
    ago = draw(st.sampled_from([None, None, None, None, 1, 700, 5_000]))
    return now, now - timedelta(minutes=ago) if ago is not None else None


@st.composite
def courses(draw: st.DrawFn, *, at_most: int = 25) -> list[Asked]:
    """A course of things asked of one case: mostly such as its state calls for, the others just anything."""
    opened = OPENINGS if draw(st.booleans()) else _opened
    strange = [draw(opened), *draw(st.lists(WORK, min_size=3, max_size=at_most))]
    if draw(st.integers(0, 9)) == 7:
        strange.reverse()
    course: list[Asked] = []
    history, now = nothing_yet(), MONDAY
    for command in strange:
        now, happened_at = draw(moments(before=now))
        fitting = _called_for(history.state) if draw(st.booleans()) else []
        if fitting:
            asked = replace(draw(st.sampled_from(fitting)), at=now, happened_at=happened_at)
        else:
            asked = Asked(command, draw(ACTORS), now, happened_at)
        course.append(asked)
        with suppress(LedgerError):
            history = history.asked(asked)
    return course


def _called_for(case: Case) -> list[Asked]:
    """What somebody in the office would do next with such a case."""
    if not case.opened:
        return [Asked(POTHOLE), Asked(INCOMPLETE), Asked(DANGER)]
    if case.status == "resolved":
        return [
            *(
                Asked(ReopenCase(case_id=CASE_ID, reason="new-facts", clock_policy=mode))
                for mode in ("continue", "resume", "restart")
            ),
            Asked(SettleCase(case_id=CASE_ID), WATCH),
            Asked(contact("inbound", place=len(case.contacts) + 1)),
            *(Asked(decision) for decision in _of_the_return(case)),
        ]
    found = [Asked(transfer(team, place=len(case.transfers) + 1)) for team in ("INT", "INC")]
    found += [
        Asked(CompleteTask(case_id=CASE_ID, task_id=task.task_id), DECIDER)
        for task in case.owed.open_tasks
    ]
    found += [
        Asked(CallObligation(case_id=CASE_ID, owed_id=task.task_id, due_at=task.due_at), WATCH)
        for task in case.owed.open_tasks
        if task.due_at is not None
    ]
    found += [
        Asked(ConfirmReferral(case_id=CASE_ID, referral_id=each)) for each in case.owed.referrals
    ]
    if case.owner in ("R-02", "N-02"):
        stepping_back = RecuseFromCase(case_id=CASE_ID, member=case.owner)
        found.append(Asked(stepping_back, {"R-02": ROADS, "N-02": INCOME}[case.owner]))
    if case.owner is not None:
        found.append(Asked(MoveForAbsence(case_id=CASE_ID, member=case.owner), WATCH))
        found.append(Asked(RehomeCase(case_id=CASE_ID, member=case.owner), WATCH))
    found += [Asked(wait(reason, place=len(case.waits) + 1)) for reason in ("particulars", "fee")]
    found += [Asked(classify) for classify in _RECLASSIFIED]
    found += [Asked(resolve()), Asked(decide("part"), DECIDER), Asked(_REST)]
    found += [
        Asked(ReachRung(case_id=CASE_ID, clock=code, generation=clock.generation), WATCH)
        for code, clock in case.clocks.items()
        if clock.open
    ]
    if case.handover is not None:
        handed = case.handover.transfer_id
        of_team = replace(INTAKE, team=case.handover.to_team)
        found += [Asked(AcceptTransfer(case_id=CASE_ID, transfer_id=handed), of_team)] * 2
        decline = DeclineTransfer(case_id=CASE_ID, transfer_id=handed, reason="not-ours")
        found.append(Asked(decline, of_team))
        accept_by = case.handover.accept_by or MONDAY
        found.append(Asked(EscalateTransfer(case_id=CASE_ID, accept_by=accept_by), WATCH))
    elif case.owner is None and case.team in _PULLING:
        puller = _PULLING[case.team]
        found += [Asked(pull(case.team, puller.id), puller)] * 2
    if case.moves.routed_at is not None and case.team in _PULLING:
        back = ReturnCase(case_id=CASE_ID, team=case.team, reason="misrouted")
        found += [Asked(back, _PULLING[case.team])] * 2
    if case.moves.decide_by is not None:
        belongs = AdjudicateCase(case_id=CASE_ID, to_team="INC", reason="wrong-team")
        found += [Asked(belongs, DIRECTOR)] * 2
    found += [
        Asked(EndWaiting(case_id=CASE_ID, wait_id=each.wait_id))
        for each in case.waits
        if each.to_at is None
    ]
    if case.chase is not None and not case.chase.stopped:
        step = ReachChaseStep(case_id=CASE_ID, step=case.chase.reached + 1)
        found += [Asked(step, WATCH)] * 2
    found += [Asked(issue(place=len(case.notices) + 1))]
    for notice_id, notice in case.notices.items():
        if notice.failed_at is None:
            found += [Asked(RecordNoticeGiven(case_id=CASE_ID, notice_id=notice_id))]
            failed = RecordNoticeFailed(case_id=CASE_ID, notice_id=notice_id, reason="bounced")
            found += [Asked(failed)]
    found += [
        Asked(AcknowledgeEscalation(case_id=CASE_ID, escalation_id=each, action="reassign"))
        for each in case.escalations
    ]
    return found


def _of_the_return(case: Case) -> list[DecideReturn]:
    returning = case.quiet.returning if case.quiet else None
    if returning is None:
        return []
    came_back: dict[str, Any] = {"reason": "returned", "clock_policy": "resume"}
    of = DecideReturn(case_id=CASE_ID, contact_id=returning, answer="return", **came_back)
    return [of, of.model_copy(update={"answer": "thanks"})]


_PULLING = {"INT": INTAKE, "RDW": ROADS, "INC": INCOME}
_REST = ReceiveInformation(case_id=CASE_ID, channel="phone", answers=THE_REST)
_RECLASSIFIED = [
    ClassifyCase(case_id=CASE_ID, request_type=code) for code in ("RDW-POT", "INC-APP", "GEN-ENQ")
]


def nothing_yet() -> History[Any]:
    """The case of which all this is asked, before anything is."""
    others = {f"case/{number(place)}": DECIDED_CASE for place in (1, 2)}
    return replace(given(), policies=RULES, directory=AWAY, others=others)


def commands_known() -> set[type[Command]]:
    """Every command that a case decides."""
    return set(CASE.decisions)
