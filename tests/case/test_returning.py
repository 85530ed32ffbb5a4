"""Returning and adjudication: a misrouted case is sorted anew once, then somebody says where it belongs."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from ledger.case.alarms import CaseAlarmed, RaiseAlarm
from ledger.case.custody.adjudication import AdjudicationRequired, CaseAdjudicated
from ledger.case.custody.pulling import AssignCase, CasePulled
from ledger.case.custody.returning import CaseReturned, ReturnCase
from ledger.case.custody.routing import CaseRouted, RouteCase
from ledger.case.custody.transfers import AcceptTransfer, CaseTransferred, TransferAccepted
from ledger.case.intake.opening import ClassifyCase
from ledger.case.intake.severity import AssessSeverity
from ledger.errors import InvalidCommand, LedgerError, NotAuthorised, Refusal, UnlawfulTransition
from ledger.policy.routing.presence import Absence, Directory
from tests.case.cases import POTHOLE, UNSORTED, pull, resolve, transfer
from tests.case.moved import BACK_FROM_INCOME, BELONGS, RECLASSIFIED, RETURN, TWICE_RETURNED
from tests.deciding import (
    CASE_ID,
    DIRECTOR,
    INCOME,
    INTAKE,
    MONDAY,
    ROADS,
    WATCH,
    Asked,
    History,
    by,
    given_commands,
    number,
    office,
    some,
)

LATER = MONDAY + timedelta(hours=1)
BINDS_UNTIL = datetime(2026, 3, 31, 3, 0, tzinfo=UTC)
"""Twenty working days after Monday, at midnight in Halifax, where summer time has begun meanwhile."""


def handed(to_team: str, place: int) -> tuple[Asked, Asked]:
    """A transfer and its acceptance."""
    there = {"INT": INTAKE, "RDW": ROADS, "INC": INCOME}[to_team]
    accept = AcceptTransfer(case_id=CASE_ID, transfer_id=number(place))
    return by(DIRECTOR, transfer(to_team, place=place)), by(there, accept)


def three_hops() -> History[Any]:
    """A case that was handed on three times."""
    first, second, third = handed("INC", 1), handed("INT", 2), handed("RDW", 3)
    return given_commands(POTHOLE, *first, *second, *third)


# Returning


def test_a_team_gives_back_what_the_rules_gave_it_by_mistake() -> None:
    after = (
        given_commands(POTHOLE)
        .when(RETURN, actor=ROADS, at=LATER)
        .then(
            CaseReturned(
                from_team="RDW",
                from_owner=None,
                to_team="INT",
                reason="misrouted",
                returns=1,
                words=None,
            )
        )
    )
    assert (after.state.team, after.state.owner) == ("INT", None)


def test_whoever_pulled_it_to_see_what_it_is_may_still_give_it_back() -> None:
    seen = given_commands(POTHOLE, by(ROADS, pull("RDW", "R-02")))
    seen.when(RETURN, actor=ROADS).then(some(CaseReturned, from_owner="R-02"))


def test_a_case_is_returned_once() -> None:
    returned = given_commands(POTHOLE, by(ROADS, RETURN))
    returned.when(RETURN, actor=ROADS, at=LATER).nothing()


def test_a_case_is_returned_for_two_working_days() -> None:
    ends = datetime(2026, 3, 5, 4, 0, tzinfo=UTC)
    before = given_commands(POTHOLE)
    assert before.when(RETURN, actor=ROADS, at=ends - timedelta(seconds=1)).happened
    before.when(RETURN, actor=ROADS, at=ends).refused(
        Refusal, saying="ended with 4 March 2026", rule="returned-in-time"
    )


def test_what_was_handed_over_by_a_person_is_not_returned_as_misrouted() -> None:
    moved = given_commands(POTHOLE, *handed("INC", 1))
    moved.when(BACK_FROM_INCOME, actor=INCOME).refused(
        UnlawfulTransition, saying="No rule has given", rule="returns-what-was-routed"
    )


def test_what_is_in_transit_is_answered_before_it_is_returned() -> None:
    """A team that a rule had given the case was told that no rule had."""
    sent, _ = handed("INC", 1)
    given_commands(POTHOLE, sent).when(RETURN, actor=ROADS).refused(
        UnlawfulTransition, saying="is in transit", rule="returns-what-was-routed"
    )


def test_the_team_that_sorts_returns_nothing() -> None:
    back = ReturnCase(case_id=CASE_ID, team="INT", reason="misrouted")
    given_commands(UNSORTED).when(back, actor=INTAKE).refused(Refusal, saying="returns nothing")


@pytest.mark.parametrize(
    ("asked", "actor", "error"),
    [
        (RETURN.model_copy(update={"reason": "whim"}), ROADS, InvalidCommand),
        (RETURN, INCOME, NotAuthorised),
        (RETURN, WATCH, NotAuthorised),
        (BACK_FROM_INCOME, INCOME, UnlawfulTransition),
    ],
    ids=["an unknown reason", "another team", "a machine", "a team that has it not"],
)
def test_a_return_that_cannot_be_is_refused(
    asked: ReturnCase, actor: Any, error: type[LedgerError]
) -> None:
    given_commands(POTHOLE).when(asked, actor=actor).refused(error)


def test_what_is_in_transit_or_resolved_is_not_returned() -> None:
    in_transit = given_commands(POTHOLE, by(ROADS, transfer("INC")))
    in_transit.when(RETURN, actor=ROADS).refused(UnlawfulTransition)
    given_commands(POTHOLE, resolve()).when(RETURN, actor=ROADS).refused(UnlawfulTransition)


def test_the_rules_do_not_send_a_case_back_to_the_team_that_returned_it() -> None:
    returned = given_commands(POTHOLE, by(ROADS, RETURN))
    returned.when(RouteCase(case_id=CASE_ID), at=LATER).refused(
        Refusal, saying="would give the case to RDW again", rule="returned-is-sorted-anew"
    )


def test_with_its_type_put_right_the_rules_sort_it_anew() -> None:
    returned = given_commands(POTHOLE, by(ROADS, RETURN))
    assert returned.asked(RECLASSIFIED).state.team == "INC"


# Adjudication


def test_the_second_return_puts_the_case_before_the_adjudicator() -> None:
    before = given_commands(*TWICE_RETURNED[:3])
    before.when(BACK_FROM_INCOME, actor=INCOME).then(
        some(CaseReturned, to_team="INT", returns=2),
        some(
            AdjudicationRequired,
            because="second_return",
            decide_by=datetime(2026, 3, 5, 4, 0, tzinfo=UTC),
        ),
    )


def test_the_third_hop_puts_the_case_before_the_adjudicator() -> None:
    first, second, third = handed("INC", 1), handed("INT", 2), handed("RDW", 3)
    before = given_commands(POTHOLE, *first, *second, third[0])
    before.when(third[1].command, actor=ROADS).then(
        some(TransferAccepted, team="RDW"), some(AdjudicationRequired, because="third_hop")
    )


def test_a_move_within_the_team_is_no_hop() -> None:
    first, second = handed("INC", 1), handed("INC", 2)
    inside = by(DIRECTOR, transfer("INC", place=2, to_owner="N-03"))
    moves = given_commands(POTHOLE, *first, inside, second[1]).state.moves
    assert moves.hops == 1


def test_until_it_is_adjudicated_the_case_stands_still() -> None:
    bounced = given_commands(*TWICE_RETURNED)
    rule = "bounced-is-adjudicated"
    bounced.when(transfer("RDW")).refused(UnlawfulTransition, saying="stands still", rule=rule)
    bounced.when(RouteCase(case_id=CASE_ID)).refused(UnlawfulTransition, rule=rule)
    three_hops().when(RETURN, actor=ROADS).refused(UnlawfulTransition, rule=rule)
    retyped = ClassifyCase(case_id=CASE_ID, request_type="RDW-WIN")
    assert bounced.asked(retyped).state.team == "INT"


def test_meanwhile_the_team_that_has_it_may_work_on_it() -> None:
    """Whoever leads it says who: it was drawn from the queue as any other, to be taken away again a day later."""
    bounced = given_commands(*TWICE_RETURNED)
    bounced.when(pull("INT", "I-02"), actor=INTAKE).refused(Refusal, rule="pull-order")
    in_danger = AssessSeverity(case_id=CASE_ID, severity="immediate_danger", criterion="life")
    bounced.asked(in_danger).when(pull("INT", "I-02"), actor=INTAKE).then(some(CasePulled))
    nobody_took_it = RaiseAlarm(case_id=CASE_ID, alarm="never_opened", since=MONDAY)
    bounced.when(nobody_took_it, actor=WATCH, at=LATER).nothing()
    by_leader = AssignCase(case_id=CASE_ID, owner="I-02")
    owned = bounced.asked(by(replace(INTAKE, id="L-01"), by_leader))
    inside = owned.when(transfer("INT", to_owner="I-03"))
    accept = AcceptTransfer(case_id=CASE_ID, transfer_id=number(1))
    inside.then(some(CaseTransferred, to_owner="I-03")).when(accept).then(some(TransferAccepted))


def test_the_adjudicator_says_where_the_case_belongs_and_that_binds() -> None:
    after = (
        given_commands(*TWICE_RETURNED)
        .when(BELONGS, actor=DIRECTOR)
        .then(
            CaseAdjudicated(
                from_team="INT",
                from_owner=None,
                to_team="INC",
                to_owner=None,
                reason="wrong-team",
                binds_until=BINDS_UNTIL,
                words=None,
            )
        )
    )
    for asked in (transfer("RDW"), RouteCase(case_id=CASE_ID)):
        outcome = after.when(asked, at=BINDS_UNTIL - timedelta(seconds=1))
        outcome.refused(UnlawfulTransition, rule="adjudication-binds")
    after.when(transfer("RDW"), at=BINDS_UNTIL).then(some(CaseTransferred, to_team="RDW"))


def test_an_adjudication_is_asked_once_and_may_be_made_anew_while_it_binds() -> None:
    decided = given_commands(*TWICE_RETURNED, by(DIRECTOR, BELONGS))
    decided.when(BELONGS, actor=DIRECTOR, at=LATER).nothing()
    otherwise = BELONGS.model_copy(update={"to_team": "RDW"})
    decided.when(otherwise, actor=DIRECTOR, at=LATER).then(some(CaseAdjudicated, to_team="RDW"))


def test_adjudicating_for_the_team_that_has_the_case_leaves_it_with_its_owner() -> None:
    assigned = AssignCase(case_id=CASE_ID, owner="R-02")
    owned = three_hops().asked(by(replace(ROADS, id="L-02"), assigned))
    here = BELONGS.model_copy(update={"to_team": "RDW"})
    owned.when(here, actor=DIRECTOR).then(some(CaseAdjudicated, to_owner="R-02"))
    owned.when(BELONGS, actor=DIRECTOR).then(some(CaseAdjudicated, to_team="INC", to_owner=None))


def test_a_case_that_moves_freely_is_not_adjudicated() -> None:
    given_commands(POTHOLE).when(BELONGS, actor=DIRECTOR).refused(
        UnlawfulTransition, saying="moves freely", rule="bounced-is-adjudicated"
    )


@pytest.mark.parametrize("actor", [INTAKE, WATCH], ids=["anybody", "a machine"])
def test_only_the_adjudicator_adjudicates(actor: Any) -> None:
    given_commands(*TWICE_RETURNED).when(BELONGS, actor=actor).refused(NotAuthorised)


def test_a_member_named_for_it_adjudicates_and_so_does_the_director() -> None:
    def named(document: dict[str, Any]) -> None:
        document["custody"] = {"adjudicator": "L-02"}
        document["office"]["director"] = "D-01"

    bounced = given_commands(*TWICE_RETURNED, policies=office(named))
    assert [each.parties for each in bounced.state.escalations.values()] == [("L-02",)]
    leader = replace(ROADS, id="L-02")
    for actor in (leader, DIRECTOR):
        bounced.when(BELONGS, actor=actor).then(some(CaseAdjudicated, to_team="INC"))
    supervisor = replace(INTAKE, role="supervisor")
    bounced.when(BELONGS, actor=supervisor).refused(NotAuthorised, saying="let L-02")
    away = Absence(number(9), "D-01", date(2026, 3, 1), None, planned=True, substitute=INTAKE.id)
    stood_in = replace(bounced, directory=Directory().with_absence(away))
    stood_in.when(BELONGS, actor=INTAKE).refused(NotAuthorised, saying="on behalf of D-01")
    in_their_stead = replace(INTAKE, on_behalf_of="D-01")
    stood_in.when(BELONGS, actor=in_their_stead).then(some(CaseAdjudicated, to_team="INC"))
    bounced.when(BELONGS, actor=in_their_stead).refused(NotAuthorised, saying="let L-02")


def test_the_director_is_named_once_where_nobody_else_adjudicates() -> None:
    def named(document: dict[str, Any]) -> None:
        document["office"]["director"] = "D-01"

    bounced = given_commands(*TWICE_RETURNED, policies=office(named))
    bounced.when(BELONGS, actor=INTAKE).refused(NotAuthorised, saying="let D-01 decide.")


def test_where_nobody_is_named_for_it_whoever_supervises_adjudicates() -> None:
    def nobody(document: dict[str, Any]) -> None:
        document["office"].pop("director")
        document.pop("delegations")
        document["custody"] = {}

    bounced = given_commands(*TWICE_RETURNED, policies=office(nobody))
    for role in ("supervisor", "director"):
        supervises = replace(INTAKE, role=role)
        bounced.when(BELONGS, actor=supervises).then(some(CaseAdjudicated, to_team="INC"))
    bounced.when(BELONGS, actor=INTAKE).refused(NotAuthorised, saying="let a supervisor")


@pytest.mark.parametrize(
    "wrong", [{"to_team": "NAVY"}, {"reason": "whim"}], ids=["an unknown team", "reason"]
)
def test_an_adjudication_names_a_team_and_a_coded_reason(wrong: dict[str, Any]) -> None:
    asked = BELONGS.model_copy(update=wrong)
    given_commands(*TWICE_RETURNED).when(asked, actor=DIRECTOR).refused(InvalidCommand)


def test_an_adjudication_that_is_late_is_told_to_the_director() -> None:
    bounced = given_commands(*TWICE_RETURNED)
    decide_by = bounced.state.moves.decide_by
    late = RaiseAlarm(case_id=CASE_ID, alarm="adjudication_overdue", since=decide_by)
    bounced.when(late, actor=WATCH, at=decide_by - timedelta(seconds=1)).nothing()
    bounced.when(late, actor=WATCH, at=decide_by).then(some(CaseAlarmed, party="director"))
    decided = bounced.asked(by(DIRECTOR, BELONGS))
    decided.when(late, actor=WATCH, at=decide_by).nothing()


def test_a_case_that_was_routed_by_the_rules_can_be_returned_after_its_adjudication_ended() -> None:
    decided = given_commands(*TWICE_RETURNED, by(DIRECTOR, BELONGS))
    again = decided.asked(
        by(INTAKE, ClassifyCase(case_id=CASE_ID, request_type="RDW-POT"), at=BINDS_UNTIL)
    )
    assert [type(each.fact) for each in again.happened].count(CaseRouted) == 3
    assert again.state.team == "RDW"
    again.when(RETURN, actor=ROADS, at=BINDS_UNTIL).then(some(CaseReturned, returns=1))
