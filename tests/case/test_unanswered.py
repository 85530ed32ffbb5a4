"""A transfer that nobody answers: silence is neither acceptance nor refusal, and somebody is accountable for it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from ledger.case.custody.recusal import RecuseFromCase
from ledger.case.custody.transfers import (
    AccessEnded,
    TransferAccepted,
    TransferDeclined,
)
from ledger.case.custody.unanswered import EscalateTransfer, TransferUnanswered
from ledger.errors import CaseNotFound, InvalidCommand
from tests.case.cases import DANGER, POTHOLE, transfer
from tests.case.moved import ACCEPT, BY, DECLINE, HANDED, PASSED, SILENCE
from tests.deciding import (
    CASE_ID,
    DIRECTOR,
    INCOME,
    MONDAY,
    ROADS,
    WATCH,
    by,
    given,
    given_commands,
    office,
    some,
)


def test_after_the_window_the_receiving_leader_is_accountable_and_both_leaders_are_told() -> None:
    after = (
        given_commands(*HANDED)
        .when(SILENCE, actor=WATCH, at=BY + timedelta(hours=3))
        .then((some(TransferUnanswered, team="INC", leader="L-03", parties=("L-03", "L-02")), BY))
    )
    assert (after.state.team, after.state.owner) == ("INC", "L-03")
    assert after.state.handover.unanswered


def test_nobody_is_accountable_for_a_case_from_which_they_stepped_back() -> None:
    leader = replace(INCOME, id="L-03")
    known = by(leader, RecuseFromCase(case_id=CASE_ID, member="L-03"))
    directed = given_commands(*HANDED, known)
    after = directed.when(SILENCE, actor=WATCH, at=BY)
    after.then((some(TransferUnanswered, leader="D-01", parties=("D-01", "L-02")), BY))
    director = by(DIRECTOR, RecuseFromCase(case_id=CASE_ID, member="D-01"))
    nobody = directed.asked(director).when(SILENCE, actor=WATCH, at=BY).after
    assert (nobody.state.team, nobody.state.owner) == ("INC", None)


def test_within_the_window_nothing_happens() -> None:
    before = given_commands(*HANDED)
    before.when(SILENCE, actor=WATCH, at=BY - timedelta(seconds=1)).nothing()


def test_a_transfer_is_escalated_once() -> None:
    given_commands(*PASSED).when(SILENCE, actor=WATCH, at=BY + timedelta(days=1)).nothing()


def test_a_transfer_that_was_answered_or_never_begun_is_not_escalated() -> None:
    answered = given_commands(*HANDED, by(INCOME, ACCEPT))
    answered.when(SILENCE, actor=WATCH, at=BY).nothing()
    given_commands(POTHOLE).when(SILENCE, actor=WATCH, at=BY).nothing()
    given().when(SILENCE, actor=WATCH, at=BY).refused(CaseNotFound)


def test_in_immediate_danger_silence_speaks_after_an_hour() -> None:
    danger = DANGER.model_copy(update={"severity": "immediate_danger"})
    soon = MONDAY + timedelta(hours=1)
    asked = EscalateTransfer(case_id=CASE_ID, accept_by=soon)
    handed = given_commands(danger, by(ROADS, transfer("INC")))
    handed.when(asked, actor=WATCH, at=soon).then(some(TransferUnanswered, leader="L-03"))


def test_the_receiver_may_still_accept() -> None:
    leader = replace(INCOME, id="L-03")
    accepted = ACCEPT.model_copy(update={"owner": "N-02"})
    after = (
        given_commands(*PASSED)
        .when(accepted, actor=leader, at=BY)
        .then(some(TransferAccepted, team="INC", owner="N-02"))
    )
    assert (after.state.handover, after.state.moves.hops) == (None, 1)


def test_the_receiver_may_still_decline_and_the_sender_has_it_again() -> None:
    after = (
        given_commands(*PASSED)
        .when(DECLINE, actor=INCOME, at=BY)
        .then(some(TransferDeclined, team="RDW", owner="R-02"), some(AccessEnded, team="INC"))
    )
    assert (after.state.team, after.state.owner) == ("RDW", "R-02")


def test_an_answer_is_not_said_to_have_come_before_the_silence_was_recorded() -> None:
    outcome = given_commands(*PASSED).when(ACCEPT, actor=INCOME, at=BY, happened_at=MONDAY)
    outcome.refused(InvalidCommand)


def test_where_nobody_leads_the_receiver_it_falls_to_the_director() -> None:
    def leaderless(document: dict[str, Any]) -> None:
        for team in document["teams"].values():
            team.pop("leader", None)

    handed = given_commands(*HANDED, policies=office(leaderless))
    handed.when(SILENCE, actor=WATCH, at=BY).then(
        (some(TransferUnanswered, leader="D-01", parties=("D-01",)), BY)
    )
