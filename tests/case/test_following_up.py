"""Follow-ups and referrals: what was promised or sent away is not forgotten when the case is closed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from ledger.case.clocks.facts import ClockPaused, ClockResumed, ClockStopped
from ledger.case.clocks.waiting import WaitingBegan, WaitingEnded
from ledger.case.contact.filing import AddRecordItem
from ledger.case.custody.rehoming import RehomeCase
from ledger.case.escalation.climbing import ClimbEscalation, EscalationClimbed
from ledger.case.escalation.reaching import RecordAlertDelivered
from ledger.case.outcome.reopening import CaseReopened, ReopenCase
from ledger.case.work.followups import (
    CompleteFollowUp,
    FollowUpCompleted,
    FollowUpReassigned,
    FollowUpSet,
    ReassignFollowUp,
    SetFollowUp,
)
from ledger.case.work.overdue import CallObligation, ObligationOverdue
from ledger.case.work.referral import (
    CaseReferred,
    ConfirmReferral,
    EndReferral,
    ReferCase,
    ReferralConfirmed,
    ReferralEnded,
)
from ledger.errors import (
    CaseNotFound,
    InvalidCommand,
    LedgerError,
    NotAuthorised,
    Refusal,
    UnlawfulTransition,
)
from ledger.policy.routing.presence import Directory
from ledger.policy.telling.alerting import climbs_at
from tests.case.cases import APPLICATION, POTHOLE, decide, pull, resolve
from tests.deciding import (
    CASE_ID,
    DECIDER,
    INTAKE,
    MONDAY,
    ROADS,
    WATCH,
    by,
    effect,
    given,
    given_commands,
    number,
    office,
    some,
)

DUE = MONDAY + timedelta(days=30)
RULES = office().versions[0].compiled
LATER = MONDAY + timedelta(days=3)
FOLLOW = SetFollowUp(
    case_id=CASE_ID, follow_up_id=number(1), member="R-02", due_at=DUE, words="Look again."
)
DONE = CompleteFollowUp(case_id=CASE_ID, follow_up_id=number(1))
GIVEN_ON = ReassignFollowUp(case_id=CASE_ID, follow_up_id=number(1), member="R-03")
OVERDUE = CallObligation(case_id=CASE_ID, owed_id=number(1), due_at=DUE)
REFER = ReferCase(
    case_id=CASE_ID, referral_id=number(1), body="Town of Truro", kind="transfer", consent="given"
)
CONSULT = REFER.model_copy(update={"referral_id": number(2), "kind": "consultation"})
CONFIRM = ConfirmReferral(case_id=CASE_ID, referral_id=number(1), their_reference="T-17")
DECLINED = EndReferral(
    case_id=CASE_ID, referral_id=number(1), ending="declined", words="Not our road."
)
CONFIRM_BY = datetime(2026, 3, 10, 3, 0, tzinfo=UTC)
"""Five working days after Monday, at midnight in Halifax, where summer time has begun meanwhile."""


# Follow-ups


def test_a_case_is_brought_forward_on_a_date_by_somebody() -> None:
    given_commands(POTHOLE).when(FOLLOW, actor=ROADS).then(
        FollowUpSet(
            follow_up_id=number(1),
            kind="bring_forward",
            member="R-02",
            due_at=DUE,
            decision_id=None,
            words="Look again.",
        )
    )


def test_what_was_promised_in_a_decision_names_it() -> None:
    promise = FOLLOW.model_copy(update={"kind": "commitment", "decision_id": number(1)})
    given_commands(POTHOLE).when(promise).refused(Refusal, rule="promised-in-a-decision")
    given_commands(APPLICATION, by(DECIDER, decide())).when(promise).then(
        some(FollowUpSet, kind="commitment", decision_id=number(1))
    )


def test_a_follow_up_outlives_the_resolution_and_is_told_when_it_is_late() -> None:
    closed = given_commands(POTHOLE, FOLLOW, resolve())
    told = closed.when(OVERDUE, actor=WATCH, at=DUE).then(
        (some(ObligationOverdue, kind="follow_up", parties=("R-02", "leader")), DUE)
    )
    told.when(OVERDUE, actor=WATCH, at=DUE).nothing()
    (escalation_id,) = told.state.escalations
    alert = RecordAlertDelivered(case_id=CASE_ID, escalation_id=escalation_id, method="outbox")
    climb = ClimbEscalation(case_id=CASE_ID, escalation_id=escalation_id, step=1)
    heard = told.asked(by(WATCH, alert, at=DUE))
    heard.when(climb, actor=WATCH, at=DUE + timedelta(days=7)).then(
        (some(EscalationClimbed, party="director"), climbs_at(RULES, DUE, immediate=False))
    )
    done = closed.when(DONE, at=LATER).then(some(FollowUpCompleted, follow_up_id=number(1)))
    done.when(OVERDUE, actor=WATCH, at=DUE).nothing()


def test_a_follow_up_is_set_done_and_given_on_once() -> None:
    follow = given_commands(POTHOLE, FOLLOW)
    follow.when(FOLLOW).nothing()
    follow.asked(DONE).when(DONE).nothing()
    given_on = follow.when(GIVEN_ON).then(
        FollowUpReassigned(
            follow_up_id=number(1), from_member="R-02", to_member="R-03", because="asked"
        )
    )
    given_on.when(GIVEN_ON).nothing()


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"due_at": MONDAY}, InvalidCommand),
        ({"member": "nobody"}, Refusal),
        ({"member": "watch"}, Refusal),
    ],
)
def test_a_follow_up_that_cannot_be_is_refused(
    wrong: dict[str, Any], error: type[LedgerError]
) -> None:
    given_commands(POTHOLE).when(FOLLOW.model_copy(update=wrong)).refused(error)


def test_nobody_who_left_answers_for_a_follow_up() -> None:
    left = Directory().without("R-02", date(2026, 3, 2), None)
    given_commands(POTHOLE, directory=left).when(FOLLOW).refused(Refusal, saying="R-02 has left")
    follow = replace(given_commands(POTHOLE, FOLLOW), directory=left)
    follow.when(GIVEN_ON.model_copy(update={"member": "R-02"})).nothing()


def test_what_is_done_or_not_there_is_not_given_on_and_a_machine_gives_nothing_on() -> None:
    given_commands(POTHOLE, FOLLOW, DONE).when(GIVEN_ON).refused(UnlawfulTransition)
    given_commands(POTHOLE).when(GIVEN_ON).refused(UnlawfulTransition, rule="follow-up-of-the-case")
    given_commands(POTHOLE).when(DONE).refused(UnlawfulTransition, rule="follow-up-of-the-case")
    given_commands(POTHOLE, FOLLOW).when(GIVEN_ON, actor=WATCH).refused(NotAuthorised)
    given().when(FOLLOW).refused(CaseNotFound)


@pytest.mark.parametrize(("successor", "to_whom"), [("R-03", "R-03"), (None, "L-02")])
def test_what_a_leaver_would_have_followed_up_goes_to_the_successor_or_the_leader(
    successor: str | None, to_whom: str
) -> None:
    left = Directory().without("R-02", date(2026, 3, 2), successor)
    closed = replace(given_commands(POTHOLE, FOLLOW, resolve()), directory=left)
    rehome = RehomeCase(case_id=CASE_ID, member="R-02")
    closed.when(rehome).then(some(FollowUpReassigned, to_member=to_whom, because="leaver"))


# Referral


def test_a_case_that_goes_to_another_body_says_with_whose_consent_and_who_tells_the_requester() -> (
    None
):
    given_commands(POTHOLE).when(REFER).then(
        CaseReferred(
            referral_id=number(1),
            kind="transfer",
            body="Town of Truro",
            consent="given",
            legal_basis=None,
            told_by="us",
            sent=(),
            confirm_by=CONFIRM_BY,
            words=None,
        )
    )


def test_our_clocks_stop_as_transferred_once_the_other_body_has_the_case() -> None:
    received_at = MONDAY + timedelta(days=1)
    asked = CONFIRM.model_copy(update={"received_at": received_at})
    referred = given_commands(POTHOLE, REFER)
    assert referred.state.clocks["FIX-10"].state == "running"
    after = referred.when(asked, at=LATER).then(
        some(ReferralConfirmed, received_at=received_at),
        (some(ClockStopped, clock="FIX-10", outcome="transferred"), received_at),
    )
    after.when(asked, at=LATER).nothing()
    assert after.when(resolve("referred-out"), at=LATER).happened


def test_what_had_run_out_before_the_other_body_had_it_stays_breached() -> None:
    referred = given_commands(POTHOLE, REFER)
    referred.when(CONFIRM, at=MONDAY + timedelta(days=60)).then(
        some(ReferralConfirmed), some(ClockStopped, outcome="breached")
    )


def test_what_the_other_body_sends_back_has_its_clocks_again_when_it_is_reopened() -> None:
    sent = given_commands(POTHOLE, REFER, by(INTAKE, CONFIRM, at=LATER))
    closed = sent.asked(by(INTAKE, resolve("referred-out"), at=LATER + timedelta(hours=1)))
    back = ReopenCase(case_id=CASE_ID, reason="returned", clock_policy="continue")
    closed.when(back, at=LATER + timedelta(days=1)).then(
        some(CaseReopened), some(ClockResumed, clock="FIX-10")
    )


def test_a_consultation_makes_the_case_wait_for_the_other_body() -> None:
    pausing = office(effect("FIX-10", "other-body", "pause"))
    consulted = given_commands(POTHOLE, policies=pausing)
    after = consulted.when(CONSULT).then(
        some(CaseReferred, kind="consultation"),
        WaitingBegan(wait_id=number(2), reason="other-body", words=None),
        some(ClockPaused, clock="FIX-10"),
    )
    confirm = CONFIRM.model_copy(update={"referral_id": number(2)})
    after.when(confirm, at=LATER).then(some(ReferralConfirmed, referral_id=number(2)))


def test_a_referral_is_made_once_and_a_case_goes_to_no_third_body() -> None:
    referred = given_commands(POTHOLE, REFER)
    referred.when(REFER).nothing()
    referred.when(REFER.model_copy(update={"referral_id": number(3)})).refused(
        Refusal, saying="goes to no third", rule="transferred-once"
    )
    assert referred.when(CONSULT).happened


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"consent": "not_required"}, InvalidCommand),
        ({"sent": (number(9),)}, Refusal),
        ({"confirm_by": MONDAY}, InvalidCommand),
    ],
    ids=["no consent and no provision", "an item that is not there", "a time that has passed"],
)
def test_a_referral_that_cannot_be_is_refused(
    wrong: dict[str, Any], error: type[LedgerError]
) -> None:
    given_commands(POTHOLE).when(REFER.model_copy(update=wrong)).refused(error)


def test_a_machine_refers_nothing_and_nothing_is_referred_that_is_closed() -> None:
    given_commands(POTHOLE).when(REFER, actor=WATCH).refused(NotAuthorised)
    given_commands(POTHOLE, resolve()).when(REFER).refused(UnlawfulTransition)


def test_what_is_sent_is_listed_by_its_record_item() -> None:
    item = AddRecordItem(
        case_id=CASE_ID, item_id=number(9), digest="ab" * 32, media_type="text/plain",
        size_bytes=1, custodian="Intake", place_kept="Archive",
    )  # fmt: skip
    sending = REFER.model_copy(update={"sent": (number(9),)})
    given_commands(POTHOLE, item).when(sending).then(some(CaseReferred, sent=(number(9),)))


def test_a_receipt_that_nobody_confirms_is_told_even_when_the_case_is_closed() -> None:
    late = CallObligation(case_id=CASE_ID, owed_id=number(1), due_at=CONFIRM_BY)
    closed = given_commands(POTHOLE, by(ROADS, pull("RDW", "R-02")), REFER, resolve("withdrawn"))
    closed.when(late, actor=WATCH, at=CONFIRM_BY).then(
        (some(ObligationOverdue, kind="referral", parties=("owner", "leader")), CONFIRM_BY)
    )


def test_a_case_is_closed_as_referred_once_the_other_body_has_it() -> None:
    """It was closed as it was sent, or with nothing sent at all, its clocks with it, and what was lost so sank."""
    for consulted in ((), (by(INTAKE, REFER.model_copy(update={"kind": "consultation"})),)):
        given_commands(POTHOLE, *consulted).when(resolve("referred-out"), at=LATER).refused(
            saying="refer it", rule="received-before-referred-out"
        )
    sent = given_commands(POTHOLE, REFER)
    sent.when(resolve("referred-out"), at=LATER).refused(
        saying="record its receipt first", rule="received-before-referred-out"
    )
    assert sent.asked(by(INTAKE, CONFIRM, at=LATER)).decide(
        by(INTAKE, resolve("referred-out"), at=LATER)
    )


def test_what_stays_of_a_case_of_which_parts_went_to_other_bodies_keeps_its_clocks() -> None:
    """Row 24 ends ours as transferred since theirs runs: for what stays here no other body has one."""
    part = REFER.model_copy(update={"kind": "transfer_in_part"})
    other = part.model_copy(update={"referral_id": number(3), "body": "Parks"})
    sent = given_commands(POTHOLE, part)
    had = sent.when(CONFIRM, at=LATER).then(some(ReferralConfirmed))
    assert had.state.clocks["FIX-10"].state == "running"
    had.when(resolve("referred-out"), at=LATER).refused(
        saying="answer what stayed here", rule="received-before-referred-out"
    )
    rest = REFER.model_copy(update={"referral_id": number(4), "body": "The port"})
    left = sent.asked(by(INTAKE, CONFIRM, at=LATER)).asked(other).asked(rest)
    left.when(part.model_copy(update={"referral_id": number(5)})).refused(rule="transferred-once")
    has_it = CONFIRM.model_copy(update={"referral_id": number(4)})
    gone = left.when(has_it, at=LATER).then(
        some(ReferralConfirmed), some(ClockStopped, clock="FIX-10", outcome="transferred")
    )
    gone.when(resolve("referred-out"), at=LATER).refused(saying="record its receipt first")
    theirs = by(INTAKE, CONFIRM.model_copy(update={"referral_id": number(3)}), at=LATER)
    assert gone.asked(theirs).decide(by(INTAKE, resolve("referred-out"), at=LATER))


def test_a_receipt_is_confirmed_after_it_was_sent_and_not_in_the_future() -> None:
    referred = given_commands(POTHOLE, by(INTAKE, REFER, at=LATER))
    for wrong in (MONDAY, LATER + timedelta(days=1)):
        asked = CONFIRM.model_copy(update={"received_at": wrong})
        referred.when(asked, at=LATER).refused(InvalidCommand)
    given_commands(POTHOLE).when(CONFIRM).refused(UnlawfulTransition, rule="confirms-a-referral")


def test_what_the_other_body_declines_is_ours_as_before_and_goes_to_the_body_whose_it_is() -> None:
    """Its receipt was owed for ever and told to the director, and the right body was refused as a third."""
    sent = given_commands(POTHOLE, REFER)
    back = sent.when(DECLINED, at=LATER).then(
        ReferralEnded(referral_id=number(1), ending="declined", words="Not our road.")
    )
    assert back.state.clocks["FIX-10"].state == "running"
    back.when(DECLINED, at=LATER).nothing()
    late = CallObligation(case_id=CASE_ID, owed_id=number(1), due_at=CONFIRM_BY)
    back.when(late, actor=WATCH, at=CONFIRM_BY).nothing()
    back.when(CONFIRM, at=LATER).refused(
        UnlawfulTransition, saying="refer it anew", rule="confirms-a-referral"
    )
    back.when(resolve("referred-out"), at=LATER).refused(saying="refer it")
    right = REFER.model_copy(update={"referral_id": number(3), "body": "The province"})
    back.when(right, at=LATER).then(some(CaseReferred, body="The province"))


def test_a_question_that_another_body_never_answers_keeps_the_case_waiting_no_longer() -> None:
    pausing = office(effect("FIX-10", "other-body", "pause"))
    asked = given_commands(
        POTHOLE,
        CONSULT,
        by(INTAKE, CONFIRM.model_copy(update={"referral_id": number(2)}), at=LATER),
        policies=pausing,
    )
    never = EndReferral(case_id=CASE_ID, referral_id=number(2), ending="unanswered")
    asked.when(never, at=DUE).then(
        some(ReferralEnded, ending="unanswered"),
        WaitingEnded(wait_id=number(2)),
        some(ClockResumed, clock="FIX-10"),
    )
    asked.when(never, at=DUE, happened_at=LATER).refused(
        Refusal, saying="end it first", rule="backdating-evidence"
    )


def test_what_another_body_has_as_a_whole_comes_to_nothing_here_no_more() -> None:
    had = given_commands(POTHOLE, REFER, by(INTAKE, CONFIRM, at=LATER))
    had.when(DECLINED, at=DUE).refused(
        UnlawfulTransition, saying="reopen it", rule="ends-a-referral"
    )
    sent = given_commands(POTHOLE, by(INTAKE, REFER, at=LATER))
    sent.when(DECLINED, actor=WATCH, at=DUE).refused(NotAuthorised)
    sent.when(DECLINED, at=DUE, happened_at=MONDAY).refused(InvalidCommand, saying="later time")
    given_commands(POTHOLE).when(DECLINED).refused(UnlawfulTransition, rule="ends-a-referral")
