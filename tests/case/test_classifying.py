"""Classifying a case: its type settled or settled anew, and what follows for clocks, route and completeness."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from ledger.case.clocks.facts import ClockArmed, ClockStopped
from ledger.case.clocks.waiting import ReachMilestone
from ledger.case.contact.contacts import LogContact
from ledger.case.custody.routing import CaseRouted
from ledger.case.escalation.reaching import ReachRung
from ledger.case.history.imported import IMPORTED_CLOCK, ImportCase
from ledger.case.intake.opening import CaseClassified
from ledger.errors import CaseNotFound, InvalidCommand, UnlawfulTransition
from tests.case.cases import (
    APPLICATION,
    ENQUIRY,
    POTHOLE,
    UNSORTED,
    classify,
    pull,
    resolve,
    transfer,
)
from tests.deciding import (
    CASE_ID,
    INTAKE,
    MONDAY,
    WATCH,
    by,
    given,
    given_commands,
    number,
    office,
    some,
)

LATER = MONDAY + timedelta(days=2)
DIGEST = office().versions[0].digest


def test_a_case_of_no_type_gets_one_with_its_clocks_from_its_receipt_and_its_team() -> None:
    given_commands(UNSORTED).when(classify("GEN-ENQ", reason="She asks for hours."), at=LATER).then(
        CaseClassified(
            request_type="GEN-ENQ",
            programme="GEN",
            region=None,
            language="en",
            severity="other",
            severity_criterion=None,
            flags=(),
            effort_points=1,
            missing=(),
            complete_at=MONDAY,
            policy=DIGEST,
            reason="She asks for hours.",
        ),
        some(ClockArmed, clock="CALL-8", started_at=MONDAY),
        some(ClockArmed, clock="ANSWER-30", started_at=MONDAY),
        some(CaseRouted, team="INT"),
    )


def test_an_office_that_sorts_late_gains_no_time() -> None:
    asked = APPLICATION.model_copy(update={"request_type": None})
    after = given_commands(asked).when(classify("INC-APP"), at=LATER).after
    assert after.state.complete_at == MONDAY
    assert after.state.clocks["DEC-15"].history.start_at == MONDAY


def test_another_type_supersedes_the_clocks_and_starts_new_ones_from_the_same_receipt() -> None:
    given_commands(POTHOLE).when(classify("RDW-WIN"), at=LATER).then(
        some(ClockStopped, clock="FIX-10", generation=1, outcome="superseded"),
        some(CaseClassified, request_type="RDW-WIN", missing=("since_when",), complete_at=None),
        some(ClockArmed, clock="ACK-2", generation=1, started_at=MONDAY),
        some(ClockArmed, clock="FIX-10", generation=2, started_at=MONDAY),
        some(CaseRouted, team="RDW"),
    )


def test_what_is_not_said_stays_as_it_is() -> None:
    sorted_once = classify(
        "GEN-ENQ", region="HAL", language="fr", severity="harm_within_days",
        severity_criterion="health", flags=("adjustment",),
    )  # fmt: skip
    before = given_commands(UNSORTED, sorted_once)
    before.when(classify("GEN-ENQ", region="WES"), at=LATER).then(
        some(
            CaseClassified, region="WES", language="fr", severity="harm_within_days",
            severity_criterion="health", flags=("adjustment",), complete_at=MONDAY,
        )
    )  # fmt: skip


def test_a_new_criterion_of_the_same_severity_is_recorded() -> None:
    given_commands(ENQUIRY).when(classify("GEN-ENQ", severity_criterion="amenity")).then(
        some(CaseClassified, severity="other", severity_criterion="amenity")
    )


def test_a_new_severity_without_a_criterion_does_not_keep_the_old_one() -> None:
    first = classify("GEN-ENQ", severity="harm_within_days", severity_criterion="health")
    again = classify("GEN-ENQ", severity="other")
    given_commands(ENQUIRY, first).when(again).then(some(CaseClassified, severity_criterion=None))


def test_a_call_made_before_the_case_was_sorted_answers_the_clock_of_the_call() -> None:
    called = LogContact(
        case_id=CASE_ID, contact_id=number(1), direction="outbound", channel="phone",
        kinds=("chase",),
    )  # fmt: skip
    called_at = MONDAY + timedelta(hours=1)
    before = given_commands(UNSORTED, by(INTAKE, called, at=called_at))
    before.when(classify("GEN-ENQ"), at=LATER).then(
        some(CaseClassified),
        some(ClockArmed, clock="CALL-8"),
        (some(ClockStopped, clock="CALL-8", outcome="met"), called_at),
        some(ClockArmed, clock="ANSWER-30"),
        some(CaseRouted),
    )


def test_an_act_done_before_its_clock_was_known_stops_it_when_it_was_done() -> None:
    safe_at = MONDAY + timedelta(hours=3)
    made_safe = ReachMilestone(case_id=CASE_ID, milestone="made_safe")
    unsorted = POTHOLE.model_copy(
        update={"request_type": None, "answers": {**POTHOLE.answers, "danger_now": True}}
    )
    after = given_commands(unsorted, by(INTAKE, made_safe, at=safe_at)).asked(
        by(INTAKE, classify("RDW-POT"), at=LATER)
    )
    clock = after.state.clocks["MAKE-SAFE"]
    assert (clock.state, clock.history.stopped_at) == ("met", safe_at)


def test_a_case_that_somebody_owns_is_not_moved_by_its_new_type() -> None:
    before = given_commands(ENQUIRY, pull("INT", "I-02"))
    assert before.when(classify("INC-CHG"), at=LATER).after.state.owner == "I-02"


def test_a_case_in_transit_is_not_routed_away_from_its_handover() -> None:
    after = given_commands(ENQUIRY, transfer("RDW")).when(classify("INC-CHG"), at=LATER).after
    assert after.state.team == "INT"
    assert after.state.handover is not None


def test_a_case_whose_type_is_settled_so_already_stays_as_it_is() -> None:
    given_commands(ENQUIRY).when(classify("GEN-ENQ"), at=LATER).nothing()


@pytest.mark.parametrize(
    ("wrong", "saying"),
    [
        ({"request_type": "RDW-NOWHERE"}, "'RDW-NOWHERE' is not a request type"),
        ({"region": "MOON"}, "'MOON' is not a region"),
        ({"flags": ("loud",)}, "'loud' is not a flag"),
        ({"severity_criterion": "whim"}, "'whim' is not a criterion of severity"),
    ],
)
def test_a_type_that_cannot_be_is_refused(wrong: dict[str, Any], saying: str) -> None:
    asked = classify("GEN-ENQ").model_copy(update=wrong)
    given_commands(UNSORTED).when(asked).refused(InvalidCommand, saying=saying)


def test_a_case_that_is_not_there_cannot_be_classified() -> None:
    given().when(classify("GEN-ENQ")).refused(CaseNotFound, saying="check the reference")


def test_a_resolved_case_is_reopened_before_it_is_classified() -> None:
    given_commands(ENQUIRY, resolve()).when(classify("INC-CHG")).refused(
        UnlawfulTransition, saying="reopen it first", rule="resolved-is-closed"
    )


def test_nothing_is_settled_before_the_case_was_received() -> None:
    earlier = MONDAY - timedelta(minutes=1)
    given_commands(UNSORTED).when(classify("GEN-ENQ"), happened_at=earlier).refused(
        InvalidCommand, saying="The case was received at 10:00 on 2 March 2026 ("
    )


def test_a_deadline_that_another_system_stated_goes_on_beside_the_clocks_of_our_type() -> None:
    stated = MONDAY + timedelta(days=30)
    imported = ImportCase(
        case_id=CASE_ID, batch=number(5), source="old", external_id="1", channel="web",
        channel_family="web", received_at=MONDAY - timedelta(days=1), deadline_at=stated,
    )  # fmt: skip
    after = given_commands(imported).when(classify("GEN-ENQ"), at=LATER).after
    clocks = after.state.clocks
    assert (clocks[IMPORTED_CLOCK].state, clocks[IMPORTED_CLOCK].due_at) == ("running", stated)
    assert {"CALL-8", "ANSWER-30"} <= clocks.keys()
    over = stated + timedelta(days=1)
    late = ReachRung(case_id=CASE_ID, clock=IMPORTED_CLOCK, generation=1)
    breached = after.asked(by(WATCH, late, at=over))
    ended = breached.when(resolve(), at=over).after.state.clocks[IMPORTED_CLOCK]
    assert (ended.state, ended.breached) == ("breached", True), (
        "it ends with the case, in time or late"
    )
