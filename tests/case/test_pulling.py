"""Pulling by the policy's order: who may take a case, within which limits, who assigns, who skips and why."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from ledger.case.alarms import CaseAlarmed, RaiseAlarm
from ledger.case.custody.pulling import (
    AssignCase,
    CasePulled,
    CaseSkipped,
    PullCase,
    SkipCase,
    waiting,
)
from ledger.entry import Actor
from ledger.errors import InvalidCommand, NotAuthorised, Refusal, UnlawfulTransition
from ledger.policy.load import Load
from ledger.policy.routing.presence import Absence, Directory
from tests.case.cases import DANGER, POTHOLE, pull, resolve
from tests.deciding import (
    CASE_ID,
    MONDAY,
    ROADS,
    ROADS_TOO,
    WATCH,
    given_commands,
    number,
    office,
    some,
)

LEADER = Actor("person", "L-02", role="caseworker", team="RDW")
IN_FRENCH = POTHOLE.model_copy(update={"language": "fr", "region": "WES-CLARE"})
SKIP = SkipCase(case_id=CASE_ID, reason="language")
ASSIGN = AssignCase(case_id=CASE_ID, owner="R-02")


def pulling(**terms: Any) -> Any:
    """The office's policy with these pull terms; the depot is there for income too, though nobody of it can."""

    def change(document: dict[str, Any]) -> None:
        document["pull"] = terms
        document["teams"]["RDW"]["skills"] = ["road", "income"]

    return office(change)


BY_ALL = pulling(
    types={"RDW-POT": {"skills": ["road"], "working_minutes": 480, "median_days": 5}},
    regions={"R-02": ["HAL"], "R-03": ["WES"]},
)


def test_who_speaks_the_language_and_works_the_region_takes_the_case_and_the_entry_says_by_what() -> (
    None
):
    given_commands(IN_FRENCH, policies=BY_ALL).when(pull("RDW", "R-03"), actor=ROADS_TOO).then(
        some(
            CasePulled,
            fits=("skill:road", "region:WES-CLARE", "language:fr"),
            lacks=(),
            lane="dated",
            working_minutes=480,
            latest_start_at=datetime(2026, 3, 16, 11, 30, tzinfo=UTC),
        )
    )


@pytest.mark.parametrize(
    ("changed", "lacking"),
    [({"region": "WES"}, "the region WES"), ({"language": "fr"}, "the language fr")],
)
def test_who_lacks_something_does_not_pull_the_case(changed: Any, lacking: str) -> None:
    opening = POTHOLE.model_copy(update=changed)
    given_commands(opening, policies=BY_ALL).when(pull("RDW", "R-02"), actor=ROADS).refused(
        Refusal, saying=lacking, rule="eligible-to-pull"
    )


def test_who_lacks_the_skill_does_not_pull_the_case() -> None:
    policies = pulling(types={"RDW-POT": {"skills": ["income"]}})
    given_commands(POTHOLE, policies=policies).when(pull("RDW", "R-02"), actor=ROADS).refused(
        Refusal, saying="the skill income", rule="eligible-to-pull"
    )


def test_without_pull_terms_any_member_of_the_team_may_take_any_case() -> None:
    given_commands(IN_FRENCH).when(pull("RDW", "R-02"), actor=ROADS).then(
        some(CasePulled, fits=(), lacks=())
    )


def test_of_two_clocks_the_one_that_is_due_first_says_when_work_must_begin() -> None:
    danger = given_commands(DANGER)
    told = waiting(danger.state, danger.policies, at=MONDAY)
    assert told.due_at == MONDAY + timedelta(hours=4)


def test_a_case_past_three_times_its_type_s_median_is_at_the_head() -> None:
    late = MONDAY + timedelta(days=16)
    given_commands(POTHOLE, policies=BY_ALL).when(pull("RDW", "R-02"), actor=ROADS, at=late).then(
        some(CasePulled, lane="aged", latest_start_at=None)
    )


def test_what_stood_before_it_and_up_to_which_entry_the_order_goes_is_recorded() -> None:
    asked = PullCase(
        case_ids=(CASE_ID,), team="RDW", owner="R-02", passed_over={"language:fr": 2}, order_upto=41
    )
    given_commands(POTHOLE, policies=BY_ALL).when(asked, actor=ROADS).then(
        some(CasePulled, passed_over={"language:fr": 2}, order_upto=41, assigned=False)
    )


# Limits


def test_immediate_danger_is_taken_beside_a_full_tray_and_one_at_a_time() -> None:
    full = Load(active={"R-02": 15})
    given_commands(DANGER, load=full).when(pull("RDW", "R-02"), actor=ROADS).then(
        some(CasePulled, lane="immediate", active=15)
    )
    busy = Load(active={"R-02": 1}, immediate={"R-02": 1})
    given_commands(DANGER, load=busy).when(pull("RDW", "R-02"), actor=ROADS).refused(
        Refusal, saying="of immediate danger in hand", rule="immediate-danger-limit"
    )


def test_a_case_of_immediate_danger_in_hand_does_not_count_among_the_others() -> None:
    load = Load(active={"R-02": 15}, immediate={"R-02": 1})
    given_commands(POTHOLE, load=load).when(pull("RDW", "R-02"), actor=ROADS).then(
        some(CasePulled, active=15, immediate=1)
    )


def test_who_was_given_a_returning_case_above_the_limit_pulls_nothing_until_there_is_room() -> None:
    above = Load(active={"R-02": 16})
    given_commands(POTHOLE, load=above).when(pull("RDW", "R-02"), actor=ROADS).refused(
        Refusal, saying="16 active cases", rule="work-in-progress-limit"
    )


def test_above_the_wider_limit_of_paused_cases_nobody_pulls() -> None:
    parked = Load(paused={"R-02": 21})
    given_commands(POTHOLE, load=parked).when(pull("RDW", "R-02"), actor=ROADS).refused(
        Refusal, saying="21 paused cases and the limit is 20", rule="paused-limit"
    )


# Assigning


def test_a_dispatcher_assigns_by_expertise_and_what_is_lacking_is_recorded() -> None:
    given_commands(IN_FRENCH, policies=BY_ALL).when(ASSIGN, actor=LEADER).then(
        some(
            CasePulled,
            owner="R-02",
            assigned=True,
            lacks=("region:WES-CLARE", "language:fr"),
            fits=("skill:road",),
        )
    )


def test_a_case_is_assigned_once_and_only_from_a_queue() -> None:
    before = given_commands(POTHOLE).when(ASSIGN, actor=LEADER).after
    before.when(ASSIGN, actor=LEADER).nothing()
    other = ASSIGN.model_copy(update={"owner": "R-03"})
    before.when(other, actor=LEADER).refused(UnlawfulTransition, rule="assigned-from-queue")


@pytest.mark.parametrize("actor", [ROADS, WATCH])
def test_only_who_dispatches_assigns(actor: Actor) -> None:
    given_commands(POTHOLE).when(ASSIGN, actor=actor).refused(NotAuthorised)


def test_whoever_stands_in_for_an_absent_leader_assigns_in_their_stead_and_says_so() -> None:
    """Nobody could give out work while the leader was away, but by a role that they do not have."""
    instead = replace(ROADS_TOO, on_behalf_of="L-02")
    given_commands(POTHOLE).when(ASSIGN, actor=instead).refused(
        NotAuthorised, saying="nor leads it"
    )
    away = Absence(number(9), "L-02", MONDAY.date(), None, planned=True, substitute="R-03")
    before = replace(given_commands(POTHOLE), directory=Directory().with_absence(away))
    before.when(ASSIGN, actor=ROADS_TOO).refused(NotAuthorised)
    before.when(ASSIGN, actor=instead).then(some(CasePulled, owner="R-02"))


def test_a_case_is_assigned_within_the_limits_to_a_member_of_its_team() -> None:
    full = Load(active={"R-02": 15})
    given_commands(POTHOLE, load=full).when(ASSIGN, actor=LEADER).refused(
        Refusal, rule="work-in-progress-limit"
    )
    elsewhere = ASSIGN.model_copy(update={"owner": "N-02"})
    given_commands(POTHOLE).when(elsewhere, actor=LEADER).refused(Refusal, rule="member-of-team")


# Skipping


def test_skipping_takes_a_reason_and_the_case_is_not_offered_to_them_again() -> None:
    skipped = (
        given_commands(POTHOLE)
        .when(SKIP, actor=ROADS)
        .then(CaseSkipped(team="RDW", member="R-02", reason="language"))
    )
    skipped.when(pull("RDW", "R-02"), actor=ROADS).refused(Refusal, rule="pull-order")
    skipped.when(pull("RDW", "R-03"), actor=ROADS_TOO).then(some(CasePulled, owner="R-03"))
    skipped.when(ASSIGN, actor=LEADER).then(some(CasePulled, owner="R-02"))


def test_a_case_is_skipped_once_by_each() -> None:
    skipped = given_commands(POTHOLE).when(SKIP, actor=ROADS).after
    skipped.when(SKIP, actor=ROADS).nothing()
    skipped.when(SKIP, actor=ROADS_TOO).then(some(CaseSkipped, member="R-03"))


def test_skipping_without_a_listed_reason_or_out_of_the_queue_is_refused() -> None:
    whim = SKIP.model_copy(update={"reason": "whim"})
    given_commands(POTHOLE).when(whim, actor=ROADS).refused(InvalidCommand, saying="not a reason")
    given_commands(POTHOLE).when(SKIP).refused(Refusal, rule="member-of-team")
    owned = given_commands(POTHOLE).when(pull("RDW", "R-02"), actor=ROADS).after
    owned.when(SKIP, actor=ROADS_TOO).refused(UnlawfulTransition, rule="skips-a-queued-case")
    given_commands(POTHOLE, resolve()).when(SKIP, actor=ROADS).refused(
        UnlawfulTransition, rule="resolved-is-closed"
    )


# Nobody with the skill

RAISE = RaiseAlarm(case_id=CASE_ID, alarm="no_present_skill", since=MONDAY)


def test_a_case_that_nobody_of_the_team_may_take_alarms_the_dispatcher_once() -> None:
    nobody = pulling(types={"RDW-POT": {"skills": ["income"]}})
    alarmed = (
        given_commands(POTHOLE, policies=nobody)
        .when(RAISE, actor=WATCH)
        .then(some(CaseAlarmed, alarm="no_present_skill", party="dispatcher"))
    )
    alarmed.when(RAISE, actor=WATCH).nothing()


def test_a_case_that_somebody_may_take_does_not_alarm() -> None:
    given_commands(IN_FRENCH, policies=BY_ALL).when(RAISE, actor=WATCH).nothing()
    taken = given_commands(POTHOLE).when(pull("RDW", "R-02"), actor=ROADS).after
    taken.when(RAISE, actor=WATCH).nothing()
    nobody = pulling(types={"RDW-POT": {"skills": ["income"]}})
    replace(taken, policies=nobody).when(RAISE, actor=WATCH).nothing()  # it waits in no queue


def test_a_case_that_only_absent_people_may_take_alarms_the_dispatcher() -> None:
    policies = pulling(types={"RDW-POT": {"skills": ["income"]}}, eligible_by=["language"])
    speakers = [
        Absence(number(n), who, MONDAY.date(), None, False, None)
        for n, who in enumerate(("L-02", "R-03"))
    ]
    away = Directory()
    for each in speakers:
        away = away.with_absence(each)
    in_french = given_commands(IN_FRENCH, policies=policies, directory=away)
    in_french.when(RAISE, actor=WATCH).then(some(CaseAlarmed, party="dispatcher"))
    given_commands(POTHOLE, policies=policies, directory=away).when(RAISE, actor=WATCH).nothing()


def test_a_case_that_everybody_skipped_alarms() -> None:
    everybody = given_commands(POTHOLE)
    for actor in (ROADS, ROADS_TOO, LEADER):
        everybody = everybody.when(SKIP, actor=actor).after
    everybody.when(RAISE, actor=WATCH).then(some(CaseAlarmed, party="dispatcher"))


def test_a_pull_of_two_goes_to_the_one_that_was_not_skipped() -> None:
    asked = PullCase(case_ids=(CASE_ID, number(9)), team="RDW", owner="R-02")
    assert asked.candidates[0] == f"case/{CASE_ID}"
    helper = replace(ROADS, id="R-02")
    given_commands(POTHOLE).when(asked, actor=helper).then(some(CasePulled, place=1, offered=2))
