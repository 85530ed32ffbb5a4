"""Inquiries: opened by a link officer about named cases, answered with entries, recommended, watched, and closed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from ledger.entry import Actor
from ledger.errors import (
    CaseNotFound,
    InvalidCommand,
    NotAuthorised,
    UnlawfulTransition,
)
from ledger.registers.inquiries import INQUIRY, Inquiry
from ledger.registers.inquiries.alarming import (
    InquiryAlarmed,
    InquiryAlertDelivered,
    RaiseInquiryAlarm,
    RecordInquiryAlertDelivered,
)
from ledger.registers.inquiries.answering import (
    AnswerQuestion,
    AskQuestion,
    CommentsSent,
    DraftReceived,
    EntryCited,
    QuestionAnswered,
    QuestionAsked,
    ReceiveDraft,
    SendComments,
)
from ledger.registers.inquiries.marking import (
    LogPrivilege,
    MarkSharing,
    PrivilegeLogged,
    SharingMarked,
)
from ledger.registers.inquiries.opening import (
    CloseInquiry,
    ExtendInquiryReply,
    InquiryClosed,
    InquiryOpened,
    InquiryReplyExtended,
    OpenInquiry,
)
from ledger.registers.inquiries.recommending import (
    AnswerRecommendation,
    CarryOutRecommendation,
    MakeRecommendation,
    RecommendationAnswered,
    RecommendationCarriedOut,
)
from tests.case.cases import ENQUIRY
from tests.deciding import CASE_ID, INTAKE, MONDAY, WATCH, History, by, given, number, some

LINK = Actor("person", "L-01", role="liaison", team="INT")
ID, HOLD = number(60), number(61)
CASE = f"case/{CASE_ID}"
OPEN = OpenInquiry(
    inquiry_id=ID,
    office="OMB-NS",
    cases=(CASE_ID,),
    hold_id=HOLD,
    expires_at=MONDAY + timedelta(days=90),
    reference="2026-88",
    recipient="M. Doucet",
    purpose="Why it took so long",
)


def an_inquiry(*asked: Any) -> History[Inquiry]:
    there = {CASE: given().asked(ENQUIRY).state}
    history = replace(given(of=INQUIRY, stream=OPEN.stream), others=there)
    for each in asked:
        history = history.asked(by(LINK, each))
    return history


def test_an_inquiry_is_opened_with_a_clock_for_the_reply_and_an_end() -> None:
    opened = (
        an_inquiry()
        .when(OPEN, actor=LINK)
        .then(some(InquiryOpened, cases=(CASE_ID,), clock="INQUIRY-20", office="OMB-NS"))
    )
    assert opened.state.due_at == datetime.fromisoformat("2026-03-31T00:00:00-03:00")
    assert opened.state.readable(at=MONDAY)
    assert not opened.state.readable(at=MONDAY + timedelta(days=90))
    assert opened.state.names(CASE)
    assert not opened.state.names(f"case/{number(9)}")
    opened.when(OPEN, actor=LINK).nothing()


def test_only_a_link_officer_opens_one_about_cases_that_are_there_until_a_time_to_come() -> None:
    an_inquiry().when(OPEN, actor=INTAKE).refused(NotAuthorised, saying="'liaison'")
    nothing = OPEN.model_copy(update={"cases": ()})
    an_inquiry().when(nothing, actor=LINK).refused(InvalidCommand, saying="selects nothing")
    nowhere = OPEN.model_copy(update={"cases": (number(9),)})
    an_inquiry().when(nowhere, actor=LINK).refused(CaseNotFound)
    over = OPEN.model_copy(update={"expires_at": MONDAY})
    an_inquiry().when(over, actor=LINK).refused(InvalidCommand, saying="a time to come")
    unsaid = OPEN.model_copy(update={"purpose": "?"})
    an_inquiry().when(unsaid, actor=LINK).refused(InvalidCommand, saying="3 characters or more")


def test_more_time_is_later_and_has_reasons() -> None:
    more = ExtendInquiryReply(inquiry_id=ID, until_on=date(2026, 4, 30), reasons="Volume")
    opened = an_inquiry(OPEN)
    opened.when(more, actor=LINK).then(some(InquiryReplyExtended, reasons="Volume"))
    less = more.model_copy(update={"until_on": date(2026, 3, 5)})
    opened.when(less, actor=LINK).refused(InvalidCommand, saying="no later than before")


def test_each_question_is_answered_with_entries_that_are_there() -> None:
    question = AskQuestion(inquiry_id=ID, question_id=number(70), words="Why?")
    asked = (
        an_inquiry(OPEN)
        .when(question, actor=LINK)
        .then(QuestionAsked(question_id=number(70), number=1, words="Why?"))
    )
    cites = (EntryCited(stream=CASE, version=1),)
    answer = AnswerQuestion(
        inquiry_id=ID, question_id=number(70), words="Because.", fault="accepted", entries=cites
    )
    answered = asked.when(answer, actor=LINK).then(
        QuestionAnswered(question_id=number(70), fault="accepted", entries=cites, words="Because.")
    )
    assert answered.state.questions == {number(70): True}
    for stream, version in ((CASE, 99), (f"case/{number(9)}", 1)):
        wrong = answer.model_copy(update={"entries": (EntryCited(stream=stream, version=version),)})
        asked.when(wrong, actor=LINK).refused(InvalidCommand, saying="cite one")
    unasked = answer.model_copy(update={"question_id": number(71)})
    asked.when(unasked, actor=LINK).refused(UnlawfulTransition, rule="asked-before-answered")


def test_a_draft_is_commented_on_after_it_came() -> None:
    comments = SendComments(inquiry_id=ID, draft_id=number(72), words="Page 2")
    an_inquiry(OPEN).when(comments, actor=LINK).refused(
        UnlawfulTransition, rule="draft-before-comments"
    )
    came = ReceiveDraft(
        inquiry_id=ID, draft_id=number(72), comments_by_at=MONDAY + timedelta(days=30)
    )
    drafted = an_inquiry(OPEN).when(came, actor=LINK).then(some(DraftReceived))
    drafted.when(comments, actor=LINK).then(CommentsSent(draft_id=number(72), words="Page 2"))


def test_a_recommendation_is_accepted_by_a_day_or_refused_for_a_reason_and_outlives_the_inquiry() -> (
    None
):
    made = MakeRecommendation(
        inquiry_id=ID, recommendation_id=number(73), due_on=date(2026, 4, 1), words="Apologise"
    )
    history = an_inquiry(OPEN, made)
    accept = AnswerRecommendation(
        inquiry_id=ID, recommendation_id=number(73), answer="accepted", due_on=date(2026, 5, 1)
    )
    done = CarryOutRecommendation(inquiry_id=ID, recommendation_id=number(73))
    history.when(accept.model_copy(update={"due_on": None}), actor=LINK).refused(
        InvalidCommand, saying="by when"
    )
    refuse = accept.model_copy(update={"answer": "refused", "due_on": None})
    history.when(refuse, actor=LINK).refused(InvalidCommand, saying="why")
    history.when(done, actor=LINK).refused(UnlawfulTransition, rule="accepted-before-done")
    accepted = history.when(accept, actor=LINK).then(some(RecommendationAnswered))
    accepted.when(refuse, actor=LINK).refused(UnlawfulTransition, rule="answered-once")
    closed = accepted.asked(by(LINK, CloseInquiry(inquiry_id=ID)))
    late = datetime.fromisoformat("2026-05-02T00:00:00-03:00")
    alarm = RaiseInquiryAlarm(
        inquiry_id=ID, called="recommendation", about=number(73), since_at=late
    )
    raised = closed.when(alarm, actor=WATCH, at=late).then(
        InquiryAlarmed(called="recommendation", about=number(73), since_at=late)
    )
    raised.when(alarm, actor=WATCH, at=late).nothing()
    finished = raised.when(done, actor=LINK, at=late).then(some(RecommendationCarriedOut))
    finished.when(alarm, actor=WATCH, at=late).nothing()


def test_a_reply_that_is_late_and_an_end_that_has_come_are_alarmed_once_and_not_before() -> None:
    opened = an_inquiry(OPEN)
    assert opened.state.due_at is not None
    for called, since in (("reply", opened.state.due_at), ("expiry", OPEN.expires_at)):
        alarm = RaiseInquiryAlarm.model_validate(
            {"inquiry_id": ID, "called": called, "since_at": since}
        )
        opened.when(alarm, actor=WATCH).nothing()
        raised = opened.when(alarm, actor=WATCH, at=since).then(some(InquiryAlarmed, called=called))
        raised.when(alarm, actor=WATCH, at=since).nothing()
        told = RecordInquiryAlertDelivered.model_validate(
            {"inquiry_id": ID, "called": called, "since_at": since, "method": "outbox"}
        )
        opened.when(told, actor=WATCH, at=since).nothing()
        known = raised.when(told, actor=WATCH, at=since).then(some(InquiryAlertDelivered))
        known.when(told, actor=WATCH, at=since).nothing()


def test_comments_on_a_draft_are_waited_for_until_they_are_sent() -> None:
    wanted_by = OPEN.expires_at - timedelta(days=1)
    draft = ReceiveDraft(inquiry_id=ID, draft_id=number(75), comments_by_at=wanted_by)
    received = an_inquiry(OPEN, draft)
    alarm = RaiseInquiryAlarm(
        inquiry_id=ID, called="comments", about=number(75), since_at=wanted_by
    )
    received.when(alarm, actor=WATCH).nothing()
    received.when(alarm, actor=WATCH, at=wanted_by).then(
        InquiryAlarmed(called="comments", about=number(75), since_at=wanted_by)
    )
    sent = received.asked(
        by(LINK, SendComments(inquiry_id=ID, draft_id=number(75), words="Two dates are wrong."))
    )
    sent.when(alarm, actor=WATCH, at=wanted_by).nothing()


def test_what_the_complainant_may_not_see_has_a_reason_and_privilege_a_holder() -> None:
    mark = MarkSharing(inquiry_id=ID, case_id=CASE_ID, version=1, reason="A third party")
    opened = an_inquiry(OPEN)
    opened.when(mark, actor=LINK).then(some(SharingMarked, share=False))
    opened.when(mark.model_copy(update={"reason": None}), actor=LINK).refused(InvalidCommand)
    opened.when(mark.model_copy(update={"version": 99}), actor=LINK).refused(InvalidCommand)
    privilege = LogPrivilege(
        inquiry_id=ID, case_id=CASE_ID, version=1, privilege="litigation", on=date(2026, 3, 1),
        author="Counsel", recipients="The office", nature="Advice", holder="The Crown",
    )  # fmt: skip
    opened.when(privilege, actor=LINK).then(some(PrivilegeLogged, waived=False))
    opened.when(privilege, actor=INTAKE).refused(NotAuthorised)


def test_a_closed_inquiry_takes_no_more_questions_and_is_read_no_more() -> None:
    closed = (
        an_inquiry(OPEN)
        .when(CloseInquiry(inquiry_id=ID), actor=LINK)
        .then(InquiryClosed(words=None))
    )
    assert not closed.state.readable(at=MONDAY)
    question = AskQuestion(inquiry_id=ID, question_id=number(70), words="Why?")
    closed.when(question, actor=LINK).refused(UnlawfulTransition, rule="inquiry-open")
    closed.when(CloseInquiry(inquiry_id=ID), actor=LINK).nothing()
    an_inquiry().when(question, actor=LINK).refused(UnlawfulTransition, rule="inquiry-opened")


@pytest.mark.parametrize("late", [False, True])
def test_an_answered_reply_is_not_late(*, late: bool) -> None:
    question = AskQuestion(inquiry_id=ID, question_id=number(70), words="Why?")
    answer = AnswerQuestion(inquiry_id=ID, question_id=number(70), words="Because.")
    history = an_inquiry(OPEN, question, *(() if late else (answer,)))
    due_at = history.state.due_at
    assert due_at is not None
    alarm = RaiseInquiryAlarm(inquiry_id=ID, called="reply", since_at=due_at)
    outcome = history.when(alarm, actor=WATCH, at=due_at)
    assert len(outcome.happened) == int(late)
