"""Custody: a case is handed over with its reason, or pulled; one party is accountable throughout."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from ledger.case.custody.pulling import CasePulled, PullCase
from ledger.case.custody.transfers import (
    AccessEnded,
    CaseTransferred,
    TransferAccepted,
    TransferCase,
    TransferDeclined,
)
from ledger.case.history.imported import ImportCase
from ledger.case.intake.information import (
    AskedAgain,
    InformationRequested,
    ReceiveInformation,
    RequestInformation,
)
from ledger.case.intake.opening import ClassifyCase
from ledger.case.whom import coded
from ledger.errors import (
    CaseNotFound,
    InvalidCommand,
    NotAuthorised,
    Refusal,
    UnlawfulTransition,
)
from ledger.policy.load import Load
from tests.case.cases import DANGER, POTHOLE, pull, resolve, transfer
from tests.case.moved import ACCEPT, DECLINE, OWNED
from tests.deciding import (
    CASE_ID,
    DIRECTOR,
    INCOME,
    INTAKE,
    MONDAY,
    ROADS,
    ROADS_TOO,
    WATCH,
    Actor,
    by,
    given,
    given_commands,
    number,
    some,
)

LATER = MONDAY + timedelta(hours=1)


# Transferring


def test_a_case_is_handed_over_with_its_reason_and_what_the_receiver_needs() -> None:
    asked = transfer(
        "INC", to_owner="N-02", handover="She waits for a call.", handover_digest="a" * 64
    )
    after = (
        given_commands(*OWNED)
        .when(asked, actor=ROADS, at=LATER)
        .then(
            CaseTransferred(
                transfer_id=number(1),
                from_team="RDW",
                from_owner="R-02",
                to_team="INC",
                to_owner="N-02",
                reason="skill",
                accept_by=datetime(2026, 3, 4, 4, 0, tzinfo=UTC),
                handover="She waits for a call.",
                handover_digest="a" * 64,
            )
        )
    )
    assert (after.state.team, after.state.owner) == ("RDW", "R-02")


def test_in_immediate_danger_the_receiver_has_an_hour() -> None:
    danger = ClassifyCase(case_id=CASE_ID, request_type="RDW-POT", severity="immediate_danger")
    given_commands(POTHOLE, danger).when(transfer("INT"), at=LATER).then(
        some(CaseTransferred, accept_by=LATER + timedelta(hours=1))
    )


def test_so_it_is_where_the_rules_found_the_danger_and_nobody_assessed_it_yet() -> None:
    """The lane of a rule had a working day to be accepted in."""
    found = given_commands(DANGER)
    assert found.state.lane == "immediate"
    found.when(transfer("INC"), at=LATER).then(
        some(CaseTransferred, accept_by=LATER + timedelta(hours=1))
    )


def test_a_case_that_another_system_left_with_nobody_can_be_handed_over() -> None:
    imported = ImportCase(
        case_id=CASE_ID, batch=number(5), source="old", external_id="1", channel="web",
        channel_family="web", received_at=MONDAY - timedelta(days=9),
    )  # fmt: skip
    handed = (
        given_commands(imported)
        .when(transfer("INT"))
        .then(some(CaseTransferred, from_team=None, from_owner=None))
    )
    back = handed.asked(by(INTAKE, DECLINE)).state
    assert (back.team, back.owner, back.handover) == (None, None, None)


def test_the_same_transfer_is_begun_once_and_not_again_when_it_was_answered() -> None:
    asked = transfer("INC")
    begun = given_commands(*OWNED, by(ROADS, asked))
    begun.when(asked, actor=ROADS, at=LATER).nothing()
    for answer in (ACCEPT, DECLINE):
        begun.asked(by(INCOME, answer)).when(asked, actor=ROADS, at=LATER).nothing()


def test_a_case_in_transit_is_not_handed_on() -> None:
    given_commands(*OWNED, by(ROADS, transfer("INC"))).when(transfer("INT", place=2)).refused(
        UnlawfulTransition, saying="accepted or declined first", rule="one-transfer-at-a-time"
    )


def test_a_transfer_moves_a_case() -> None:
    given_commands(*OWNED).when(transfer("RDW", to_owner="R-02")).refused(
        Refusal, saying="name another", rule="transfer-moves"
    )
    given_commands(POTHOLE).when(transfer("RDW")).refused(Refusal, rule="transfer-moves")


@pytest.mark.parametrize(
    ("wrong", "error", "saying"),
    [
        ({"to_team": "NAVY"}, InvalidCommand, "'NAVY' is not a team"),
        ({"reason": "boredom"}, InvalidCommand, "'boredom' is not a reason to transfer"),
        ({"to_owner": "N-02"}, Refusal, "'N-02' is not a member of the team INT"),
        ({"to_owner": "nobody"}, Refusal, "'nobody' is not a member of the team INT"),
        ({"to_owner": "watch"}, Refusal, "only a person is accountable"),
    ],
)
def test_a_transfer_that_cannot_be_is_refused(
    wrong: dict[str, Any], error: type[Refusal], saying: str
) -> None:
    asked: TransferCase = transfer("INT").model_copy(update=wrong)
    given_commands(*OWNED).when(asked).refused(error, saying=saying)


def test_a_policy_without_a_reason_is_said_to_know_none() -> None:
    with pytest.raises(InvalidCommand, match="is not a reason to transfer; the policy knows none"):
        coded({}, "wrong-team", "transfer")


def test_a_case_is_not_handed_over_before_it_came_to_whoever_has_it() -> None:
    pulled_at = MONDAY + timedelta(hours=2)
    before = given_commands(POTHOLE, by(ROADS, pull("RDW", "R-02"), at=pulled_at))
    outcome = before.when(transfer("INT"), at=pulled_at, happened_at=LATER)
    outcome.refused(InvalidCommand, saying="came to where it is at 12:00 on 2 March 2026 (")


def test_what_is_resolved_or_not_there_is_not_handed_over() -> None:
    given_commands(POTHOLE, resolve()).when(transfer("INT")).refused(UnlawfulTransition)
    given().when(transfer("INT")).refused(CaseNotFound)


# Accepting


def test_whoever_accepts_is_accountable_from_then_on() -> None:
    asked = ACCEPT.model_copy(update={"owner": "N-02"})
    after = (
        given_commands(*OWNED, by(ROADS, transfer("INC")))
        .when(asked, actor=INCOME, at=LATER)
        .then(TransferAccepted(transfer_id=number(1), team="INC", owner="N-02"))
    )
    state = after.state
    assert (state.team, state.owner, state.handover, state.moves.hops) == ("INC", "N-02", None, 1)


def test_a_team_accepts_for_its_queue_or_for_the_person_named() -> None:
    to_team = given_commands(*OWNED, by(ROADS, transfer("INC")))
    to_team.when(ACCEPT, actor=INCOME).then(some(TransferAccepted, owner=None))
    to_person = given_commands(*OWNED, by(ROADS, transfer("INC", to_owner="N-03")))
    to_person.when(ACCEPT, actor=INCOME).then(some(TransferAccepted, owner="N-03"))


def test_a_transfer_is_accepted_once() -> None:
    before = given_commands(*OWNED, by(ROADS, transfer("INC")), by(INCOME, ACCEPT))
    before.when(ACCEPT, actor=INCOME, at=LATER).nothing()


def test_what_was_declined_cannot_be_accepted_after_all() -> None:
    before = given_commands(*OWNED, by(ROADS, transfer("INC")), by(INCOME, DECLINE))
    before.when(ACCEPT, actor=INCOME).refused(
        UnlawfulTransition, saying="was declined before", rule="answers-a-transfer"
    )


def test_a_case_that_was_not_handed_over_is_not_accepted() -> None:
    given_commands(*OWNED).when(ACCEPT, actor=INCOME).refused(
        UnlawfulTransition, saying="No such transfer", rule="answers-a-transfer"
    )


def test_another_team_does_not_accept() -> None:
    given_commands(*OWNED, by(ROADS, transfer("INC"))).when(ACCEPT, actor=INTAKE).refused(
        NotAuthorised, saying="handed to the team INC"
    )


def test_a_case_is_accepted_for_a_member_of_the_team_alone() -> None:
    asked = ACCEPT.model_copy(update={"owner": "R-02"})
    given_commands(*OWNED, by(ROADS, transfer("INC"))).when(asked, actor=INCOME).refused(
        Refusal, rule="member-of-team"
    )


def test_a_case_is_not_accepted_before_it_was_handed_over() -> None:
    before = given_commands(*OWNED, by(ROADS, transfer("INC"), at=LATER))
    before.when(ACCEPT, actor=INCOME, at=LATER, happened_at=MONDAY).refused(InvalidCommand)


# Declining


def test_a_case_that_is_declined_is_with_its_sender_again() -> None:
    after = (
        given_commands(*OWNED, by(ROADS, transfer("INC")))
        .when(DECLINE, actor=INCOME, at=LATER)
        .then(
            TransferDeclined(transfer_id=number(1), team="RDW", owner="R-02", reason="not-ours"),
            AccessEnded(team="INC", member=None, because="declined"),
        )
    )
    assert (after.state.team, after.state.owner, after.state.handover) == ("RDW", "R-02", None)
    after.when(transfer("INT", place=2), actor=ROADS, at=LATER, happened_at=MONDAY).refused(
        InvalidCommand, saying="came to where it is"
    )


def test_a_transfer_is_declined_once() -> None:
    before = given_commands(*OWNED, by(ROADS, transfer("INC")), by(INCOME, DECLINE))
    before.when(DECLINE, actor=INCOME, at=LATER).nothing()
    second = DECLINE.model_copy(update={"transfer_id": number(2)})
    again = before.asked(by(ROADS, transfer("INC", place=2))).asked(by(INCOME, second))
    for answer in (DECLINE, second):
        again.when(answer, actor=INCOME, at=LATER).nothing()


def test_what_was_accepted_cannot_be_declined_after_all() -> None:
    before = given_commands(*OWNED, by(ROADS, transfer("INC")), by(INCOME, ACCEPT))
    before.when(DECLINE, actor=INCOME).refused(
        UnlawfulTransition, saying="was accepted before", rule="answers-a-transfer"
    )


def test_a_decline_takes_a_coded_reason_and_the_team_that_was_asked() -> None:
    before = given_commands(*OWNED, by(ROADS, transfer("INC")))
    whim = DECLINE.model_copy(update={"reason": "whim"})
    before.when(whim, actor=INCOME).refused(InvalidCommand, saying="not a reason to decline")
    before.when(DECLINE, actor=INTAKE).refused(NotAuthorised)
    given_commands(*OWNED).when(DECLINE, actor=INCOME).refused(UnlawfulTransition)


def test_after_a_decline_the_case_can_be_handed_to_somebody_else() -> None:
    before = given_commands(*OWNED, by(ROADS, transfer("INC")), by(INCOME, DECLINE))
    before.when(transfer("INT", place=2), actor=ROADS).then(some(CaseTransferred, to_team="INT"))


# Pulling


def test_a_caseworker_takes_the_case_from_the_queue_and_the_entry_says_what_was_seen() -> None:
    asked = PullCase(case_ids=(number(8), CASE_ID), team="RDW", owner="R-02")
    holding = Load(active={"R-02": 3})
    given_commands(POTHOLE, load=holding).when(asked, actor=ROADS, at=LATER).then(
        CasePulled(
            team="RDW",
            owner="R-02",
            offered=2,
            place=2,
            active=3,
            limit=15,
            lane="dated",
            latest_start_at=datetime(2026, 3, 17, 3, 0, tzinfo=UTC),
            paused_limit=20,
        )
    )


def test_a_case_that_somebody_pulled_is_not_pulled_again() -> None:
    given_commands(*OWNED).when(pull("RDW", "R-02"), actor=ROADS).refused(
        Refusal, saying="pull again", rule="pull-order"
    )
    given_commands(*OWNED).when(pull("RDW", "R-03"), actor=ROADS_TOO).refused(Refusal)


@pytest.mark.parametrize("asked", [resolve(), transfer("INT")], ids=["resolved", "in transit"])
def test_a_case_that_does_not_wait_in_the_queue_is_not_pulled(asked: Any) -> None:
    given_commands(POTHOLE, asked).when(pull("RDW", "R-02"), actor=ROADS).refused(
        Refusal, rule="pull-order"
    )


def test_a_case_of_another_queue_or_of_none_is_not_pulled() -> None:
    given_commands(POTHOLE).when(pull("INT", "I-02")).refused(Refusal, rule="pull-order")
    given().when(pull("RDW", "R-02"), actor=ROADS).refused(Refusal, rule="pull-order")


def test_nobody_pulls_above_the_limit_of_work_in_progress() -> None:
    full = Load(active={"R-02": 15})
    given_commands(POTHOLE, load=full).when(pull("RDW", "R-02"), actor=ROADS).refused(
        Refusal, saying="15 active cases and the limit is 15", rule="work-in-progress-limit"
    )


def test_paused_cases_do_not_keep_anybody_from_pulling() -> None:
    waiting = Load(paused={"R-02": 20})
    assert given_commands(POTHOLE, load=waiting).when(pull("RDW", "R-02"), actor=ROADS).happened


def test_only_a_member_of_the_team_pulls_from_its_queue() -> None:
    given_commands(POTHOLE).when(pull("RDW", "I-02")).refused(Refusal, rule="member-of-team")


def test_a_caseworker_does_not_push_a_case_on_a_colleague() -> None:
    given_commands(POTHOLE).when(pull("RDW", "R-03"), actor=ROADS).refused(
        NotAuthorised, saying="ask a dispatcher"
    )


@pytest.mark.parametrize(
    "assigning",
    [
        Actor("person", "R-02", role="dispatcher", team="RDW"),
        Actor("person", "L-02", role="caseworker", team="RDW"),
        DIRECTOR,
    ],
    ids=["dispatcher", "leader", "director"],
)
def test_whoever_dispatches_or_leads_may_assign_a_case(assigning: Actor) -> None:
    given_commands(POTHOLE).when(pull("RDW", "R-03"), actor=assigning).then(
        some(CasePulled, owner="R-03")
    )


def test_a_machine_takes_no_case_from_a_queue() -> None:
    given_commands(POTHOLE).when(pull("RDW", "R-02"), actor=WATCH).refused(NotAuthorised)


def test_a_case_is_not_pulled_before_it_was_queued() -> None:
    outcome = given_commands(POTHOLE).when(
        pull("RDW", "R-02"), actor=ROADS, happened_at=MONDAY - timedelta(seconds=1)
    )
    outcome.refused(InvalidCommand)


def test_a_pull_carries_every_candidate_in_order() -> None:
    asked = PullCase(case_ids=(number(8), CASE_ID), team="RDW", owner="R-02")
    assert asked.candidates == (f"case/{number(8)}", f"case/{CASE_ID}")


# What the handover held


def test_asking_the_requester_for_what_an_accepted_handover_held_is_flagged() -> None:
    asked = RequestInformation(
        case_id=CASE_ID, request_id=number(7), fields=("civic_location", "income")
    )
    before = given_commands(*OWNED, by(ROADS, transfer("INC")))
    before.asked(by(INCOME, ACCEPT)).when(asked, actor=INCOME).then(
        some(InformationRequested, fields=("civic_location", "income")),
        AskedAgain(request_id=number(7), fields=("civic_location",)),
    )
    declined = before.asked(by(INCOME, DECLINE))
    declined.when(asked, actor=ROADS).then(some(InformationRequested, request_id=number(7)))


def test_what_came_in_after_the_handover_was_not_held_by_it() -> None:
    later = ReceiveInformation(case_id=CASE_ID, channel="phone", answers={"income": 7})
    asked = RequestInformation(case_id=CASE_ID, request_id=number(7), fields=("income",))
    before = given_commands(*OWNED, by(ROADS, transfer("INC")), later, by(INCOME, ACCEPT))
    before.when(asked, actor=INCOME).then(some(InformationRequested, fields=("income",)))
