"""Care: adjustments noted by anyone, flags cleared by two, routings confirmed by a duty person."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from ledger.case.alarms import CaseAlarmed, RaiseAlarm
from ledger.case.custody.confirming import ConfirmRouting, RoutingConfirmed
from ledger.case.custody.routing import CaseRouted
from ledger.case.intake.opening import ClassifyCase
from ledger.case.people.care import (
    AdjustmentNoted,
    ClearFlag,
    FlagCleared,
    FlagClearingAsked,
    NoteAdjustment,
)
from ledger.errors import CaseNotFound, InvalidCommand, NotAuthorised, Refusal, UnlawfulTransition
from tests.case.cases import CONFIRM, DANGER, NEEDS, POTHOLE, pull, transfer
from tests.deciding import (
    CASE_ID,
    DIRECTOR,
    INTAKE,
    MONDAY,
    ROADS,
    ROADS_TOO,
    WATCH,
    by,
    given,
    given_commands,
    number,
    some,
)

LATER = MONDAY + timedelta(hours=1)
NOTE = NoteAdjustment(case_id=CASE_ID, adjustment_id=number(9), adjustment="An interpreter.")
CLEAR = ClearFlag(case_id=CASE_ID, flag="adjustment", reason="Her daughter interprets now.")


# Confirming


def test_where_somebody_needs_care_the_duty_team_is_accountable_until_it_confirms() -> None:
    routed: Any = given().when(NEEDS).happened[-1].fact
    assert (routed.team, routed.proposed, routed.confirm_team) == ("INT", "RDW", "INT")
    assert routed.confirm_by == MONDAY + timedelta(hours=1)
    after = given_commands(NEEDS).state
    assert (after.team, after.proposal.proposed) == ("INT", "RDW")


def test_a_duty_person_confirms_and_the_case_goes_where_the_rules_propose() -> None:
    confirmed = (
        given_commands(NEEDS)
        .when(CONFIRM, at=LATER)
        .then(RoutingConfirmed(team="RDW", proposed="RDW", reason=None))
    )
    assert (confirmed.state.team, confirmed.state.proposal) == ("RDW", None)


def test_a_duty_person_sends_it_elsewhere_with_the_reason() -> None:
    elsewhere = ConfirmRouting(case_id=CASE_ID, team="INC", reason="She needs a home visit.")
    sent = given_commands(NEEDS).when(elsewhere)
    sent.then(RoutingConfirmed(team="INC", proposed="RDW", reason="She needs a home visit."))
    given_commands(NEEDS).when(ConfirmRouting(case_id=CASE_ID, team="INC")).refused(
        InvalidCommand, saying="say why the case goes to INC"
    )
    given_commands(NEEDS).when(
        ConfirmRouting(case_id=CASE_ID, team="NAVY", reason="Far away.")
    ).refused(InvalidCommand, saying="'NAVY' is not a team")


def test_only_a_person_of_the_duty_team_confirms() -> None:
    given_commands(NEEDS).when(CONFIRM, actor=ROADS).refused(
        NotAuthorised, saying="The team INT confirms"
    )
    given_commands(NEEDS).when(CONFIRM, actor=WATCH).refused(NotAuthorised)


def test_a_routing_is_confirmed_once() -> None:
    given_commands(NEEDS, CONFIRM).when(CONFIRM).refused(
        UnlawfulTransition, rule="confirms-a-proposal"
    )
    given().when(CONFIRM).refused(CaseNotFound)


def test_what_is_to_be_confirmed_is_neither_pulled_nor_handed_on() -> None:
    held = given_commands(NEEDS)
    held.when(pull("INT", "I-02")).refused(Refusal, rule="pull-order")
    held.when(transfer("INC")).refused(UnlawfulTransition, rule="confirmed-before-moved")
    assert given_commands(NEEDS, CONFIRM, by(ROADS, pull("RDW", "R-02"))).state.owner == "R-02"


def test_danger_does_not_wait_for_the_duty_person() -> None:
    asked = DANGER.model_copy(update={"flags": ("adjustment",)})
    opened = given_commands(asked)
    assert opened.state.team == "RDW"
    pulled = opened.asked(by(ROADS, pull("RDW", "R-02")))
    confirmed = pulled.when(CONFIRM).then(RoutingConfirmed(team="RDW", proposed="RDW", reason=None))
    assert (confirmed.state.owner, confirmed.state.team) == ("R-02", "RDW")


def test_a_routing_that_nobody_confirms_in_time_alarms_the_leader() -> None:
    overdue = RaiseAlarm(case_id=CASE_ID, alarm="never_confirmed", since=LATER)
    given_commands(NEEDS).when(overdue, actor=WATCH, at=LATER).then(
        some(CaseAlarmed, alarm="never_confirmed", party="leader", since=LATER)
    )
    given_commands(NEEDS, CONFIRM).when(overdue, actor=WATCH, at=LATER).nothing()
    given_commands(POTHOLE).when(overdue, actor=WATCH, at=LATER).nothing()


# Noting


def test_an_adjustment_is_noted_by_anyone_and_a_case_in_a_queue_is_routed_anew() -> None:
    noted = (
        given_commands(POTHOLE)
        .when(NOTE, actor=ROADS, at=LATER)
        .then(
            AdjustmentNoted(
                adjustment_id=number(9), flag="adjustment", adjustment="An interpreter."
            ),
            some(CaseRouted, team="INT", proposed="RDW"),
        )
    )
    assert noted.state.flags == {"adjustment"}


def test_who_has_the_case_keeps_it_when_an_adjustment_is_noted() -> None:
    owned = given_commands(POTHOLE, by(ROADS, pull("RDW", "R-02")))
    owned.when(NOTE, actor=ROADS).then(some(AdjustmentNoted, flag="adjustment"))


def test_an_adjustment_is_noted_once_and_under_a_flag_of_the_policy() -> None:
    given_commands(POTHOLE, NOTE).when(NOTE).nothing()
    strange = NOTE.model_copy(update={"flag": "red"})
    given_commands(POTHOLE).when(strange).refused(InvalidCommand, saying="'red' is not a flag")
    given().when(NOTE).refused(CaseNotFound)


# Clearing


def test_a_flag_is_cleared_by_the_second_person_who_asks() -> None:
    first = (
        given_commands(NEEDS)
        .when(CLEAR)
        .then(FlagClearingAsked(flag="adjustment", asked_by="I-02", reason=CLEAR.reason))
    )
    assert first.state.flags == {"adjustment"}
    cleared = first.when(CLEAR, actor=DIRECTOR).then(
        FlagCleared(flag="adjustment", asked_by="I-02", reason=CLEAR.reason)
    )
    assert cleared.state.flags == frozenset()


def test_nobody_is_their_own_second_person() -> None:
    given_commands(NEEDS, CLEAR).when(CLEAR).nothing()
    given_commands(NEEDS, CLEAR).when(CLEAR, actor=WATCH).refused(NotAuthorised)


def test_what_is_noted_anew_is_not_cleared_by_an_older_wish() -> None:
    history = given_commands(NEEDS, CLEAR, by(ROADS_TOO, NOTE))
    history.when(CLEAR, actor=DIRECTOR).then(some(FlagClearingAsked, asked_by="D-01"))


def test_a_flag_that_is_not_there_is_not_cleared_and_classifying_clears_none() -> None:
    given_commands(POTHOLE).when(CLEAR).refused(UnlawfulTransition, rule="clears-a-flag")
    without = ClassifyCase(case_id=CASE_ID, request_type="RDW-POT", flags=())
    given_commands(NEEDS).when(without, actor=INTAKE).refused(Refusal, rule="flags-cleared-by-two")
