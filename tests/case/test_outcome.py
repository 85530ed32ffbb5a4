"""Outcome: a person decides; a case is resolved, reopened with what its clocks do about it, and corrected."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from ledger.case.clocks.facts import (
    ClockArmed,
    ClockPaused,
    ClockPolicy,
    ClockResumed,
    ClockStopped,
)
from ledger.case.clocks.waiting import ReachMilestone, WaitingBegan, WaitingEnded
from ledger.case.history.imported import ImportCase
from ledger.case.intake.information import ReceiveInformation
from ledger.case.intake.opening import ClassifyCase
from ledger.case.outcome.deciding import DecisionRecorded
from ledger.case.outcome.reopening import CaseReopened, ReopenCase
from ledger.case.outcome.resolving import CaseResolved
from ledger.case.outcome.returns import ReturnDecided
from ledger.errors import (
    CaseNotFound,
    InvalidCommand,
    NotAuthorised,
    Refusal,
    UnlawfulTransition,
)
from ledger.policy.in_force import Policies
from tests.case.cases import (
    APPLICATION,
    DANGER,
    ENQUIRY,
    INCOMPLETE,
    POTHOLE,
    THE_REST,
    UNSORTED,
    decide,
    pull,
    resolve,
    transfer,
    wait,
)
from tests.case.days import DAY, DUE, THURSDAY, TUESDAY
from tests.deciding import (
    CASE_ID,
    DECIDER,
    INTAKE,
    MONDAY,
    ROADS,
    WATCH,
    by,
    edition,
    given,
    given_commands,
    number,
    some,
)

RESOLVED = (POTHOLE, by(INTAKE, resolve(), at=TUESDAY))
LATER_POLICY = Policies((edition(), edition(lambda document: document["office"].update(en="B"))))


def reopen(mode: ClockPolicy = "continue") -> ReopenCase:
    return ReopenCase(case_id=CASE_ID, reason="new-facts", clock_policy=mode, words="She called.")


# Deciding


def test_a_person_with_delegated_authority_decides_and_the_clock_of_the_decision_stops() -> None:
    given_commands(APPLICATION).when(decide(), actor=DECIDER, at=TUESDAY).then(
        DecisionRecorded(
            decision_id=number(1),
            outcome="granted",
            legal_basis="Regulation 4(1)",
            delegation="DEL-INC-2026",
            evidence=(),
            reasons="The household is eligible.",
            decided_by="N-02",
            decided_for="INC",
        ),
        some(ClockStopped, clock="ACK-2", outcome="met"),
        some(ClockStopped, clock="DEC-15", outcome="met"),
        some(ClockStopped, clock="DEC-15-WAITED", outcome="met"),
    )


def test_where_the_type_asks_for_no_judgement_any_person_decides() -> None:
    given_commands(ENQUIRY).when(decide("done")).then(
        some(DecisionRecorded, delegation=None), some(ClockStopped, clock="ANSWER-30")
    )


def test_a_machine_never_decides() -> None:
    given_commands(ENQUIRY).when(decide("done"), actor=WATCH).refused(
        NotAuthorised, saying="let a person with the authority"
    )


def test_a_case_is_decided_once_it_is_classified() -> None:
    given_commands(UNSORTED).when(decide(), actor=DECIDER).refused(
        Refusal, saying="classify it first", rule="decided-when-classified"
    )


def test_a_decision_has_an_outcome_of_the_policy_and_an_open_case() -> None:
    given_commands(APPLICATION).when(decide("perhaps"), actor=DECIDER).refused(
        InvalidCommand, saying="'perhaps' is not an outcome"
    )
    given_commands(ENQUIRY, resolve()).when(decide("done")).refused(UnlawfulTransition)
    given().when(decide()).refused(CaseNotFound)


def test_a_decision_is_recorded_once() -> None:
    before = given_commands(APPLICATION, by(DECIDER, decide()))
    before.when(decide(), actor=DECIDER, at=TUESDAY).nothing()


# Resolving


def test_a_case_is_resolved_and_all_its_clocks_stop() -> None:
    after = (
        given_commands(POTHOLE)
        .when(resolve(), at=TUESDAY)
        .then(
            CaseResolved(
                outcome="done",
                replied=False,
                words=None,
                settles_at=datetime(2026, 3, 18, 3, 0, tzinfo=UTC),
                resolved_by="I-02",
                resolver="person",
            ),
            ClockStopped(clock="FIX-10", generation=1, outcome="met", due_at=DUE, cause="resolved"),
        )
    )
    assert after.state.status == "resolved"


def test_a_case_resolved_late_has_breached_its_clock() -> None:
    given_commands(POTHOLE).when(resolve(), at=DUE).then(
        some(CaseResolved), some(ClockStopped, outcome="breached", due_at=DUE)
    )
    given_commands(POTHOLE).when(resolve(), at=DUE - timedelta(microseconds=1)).then(
        some(CaseResolved), some(ClockStopped, outcome="met")
    )


def test_a_case_that_waits_waits_no_longer_once_it_is_resolved() -> None:
    waiting = given_commands(
        POTHOLE, by(INTAKE, wait(), at=TUESDAY), by(INTAKE, wait("court", place=2), at=TUESDAY)
    )
    after = waiting.when(resolve("withdrawn"), at=THURSDAY).then(
        WaitingEnded(wait_id=number(1)),
        WaitingEnded(wait_id=number(2)),
        some(CaseResolved, outcome="withdrawn"),
        some(ClockStopped, clock="FIX-10", outcome="withdrawn"),
    )
    assert not after.state.paused


def test_what_asks_for_judgement_is_decided_before_it_is_granted_or_refused() -> None:
    given_commands(APPLICATION).when(resolve("granted"), actor=DECIDER).refused(
        Refusal, saying="record the decision first", rule="decision-before-resolution"
    )
    decided = given_commands(APPLICATION, by(DECIDER, decide()))
    decided.when(resolve("granted"), actor=DECIDER).then(some(CaseResolved, outcome="granted"))
    given_commands(APPLICATION).when(resolve("withdrawn")).then(
        some(CaseResolved), some(ClockStopped), some(ClockStopped), some(ClockStopped)
    )


def test_a_machine_may_let_a_case_lapse_but_neither_answer_it_nor_close_one_that_needs_care() -> (
    None
):
    given_commands(INCOMPLETE).when(resolve("lapsed"), actor=WATCH).then(
        some(CaseResolved, outcome="lapsed"), some(ClockStopped), some(ClockStopped)
    )
    given_commands(ENQUIRY).when(resolve("granted"), actor=WATCH).refused(
        NotAuthorised, saying="let a person do it"
    )
    with_care = INCOMPLETE.model_copy(update={"flags": ("adjustment",)})
    given_commands(with_care).when(resolve("lapsed"), actor=WATCH).refused(NotAuthorised)


def test_a_case_in_transit_is_accepted_or_declined_before_it_is_resolved() -> None:
    given_commands(POTHOLE, transfer("INT")).when(resolve()).refused(
        UnlawfulTransition, saying="accepted or declined", rule="resolved-by-its-owner"
    )


def test_a_case_is_resolved_once() -> None:
    given_commands(*RESOLVED).when(resolve(), at=THURSDAY).nothing()


def test_a_resolved_case_does_not_quietly_get_another_outcome() -> None:
    given_commands(*RESOLVED).when(resolve("withdrawn"), at=THURSDAY).refused(
        UnlawfulTransition, saying="resolved as 'done' already", rule="resolved-once"
    )


def test_a_resolution_has_an_outcome_of_the_policy_and_a_case() -> None:
    given_commands(POTHOLE).when(resolve("perhaps")).refused(
        InvalidCommand, saying="'perhaps' is not an outcome"
    )
    given().when(resolve()).refused(CaseNotFound)


def test_a_case_is_not_resolved_before_it_came_to_where_it_is() -> None:
    pulled = given_commands(POTHOLE, by(ROADS, pull("RDW", "R-02"), at=THURSDAY))
    pulled.when(resolve(), at=THURSDAY, happened_at=TUESDAY).refused(
        InvalidCommand, saying="came to where it is at"
    )


# Reopening


def test_a_case_reopened_for_the_offices_own_fault_has_all_its_time_counted() -> None:
    """Row 34."""
    after = (
        given_commands(*RESOLVED)
        .when(reopen(), at=THURSDAY)
        .then(
            CaseReopened(reason="new-facts", clock_policy="continue", words="She called."),
            some(ClockResumed, clock="FIX-10", generation=1, due_at=DUE, reopened="continue"),
        )
    )
    assert after.state.status == "open"


def test_a_case_reopened_on_new_facts_does_not_count_the_closed_time() -> None:
    """Row 35: from Tuesday to Thursday."""
    given_commands(*RESOLVED).when(reopen("resume"), at=THURSDAY).then(
        some(CaseReopened, clock_policy="resume"),
        some(ClockResumed, due_at=DUE + 3 * DAY, generation=1, reopened="resume"),
    )


def test_a_case_reopened_after_the_window_begins_anew() -> None:
    """Row 36."""
    after = (
        given_commands(*RESOLVED)
        .when(reopen("restart"), at=THURSDAY)
        .then(
            some(CaseReopened, clock_policy="restart"),
            some(
                ClockArmed, clock="FIX-10", generation=2, started_at=THURSDAY, due_at=DUE + 3 * DAY
            ),
        )
    )
    clock = after.state.clocks["FIX-10"]
    assert (clock.generation, clock.open, clock.breached) == (2, True, False)


def test_a_clock_that_begins_anew_is_of_the_policy_in_force_where_that_still_has_it() -> None:
    def dropped(document: dict[str, Any]) -> None:
        del document["clocks"]["FIX-10"]
        for kind in document["types"].values():
            kind["clocks"] = [each for each in kind["clocks"] if "FIX-10" not in str(each)]

    for policies, digest in (
        (LATER_POLICY, LATER_POLICY.versions[1].digest),
        (Policies((edition(), edition(dropped))), edition().digest),
    ):
        before = replace(given_commands(*RESOLVED), policies=policies)
        before.when(reopen("restart"), at=THURSDAY).then(
            some(CaseReopened), some(ClockArmed, policy=digest)
        )


@pytest.mark.parametrize(
    ("mode", "due_at"), [("continue", DUE), ("resume", DUE + 3 * DAY), ("restart", DUE + 3 * DAY)]
)
def test_a_clock_that_the_work_had_stopped_before_runs_again_with_the_matter(
    mode: ClockPolicy, due_at: datetime
) -> None:
    """Rows 34 to 36, from when it stopped: the pothole is open again, so the promise to fix it is too."""
    done = ReachMilestone(case_id=CASE_ID, milestone="done")
    before = given_commands(
        POTHOLE, by(INTAKE, done, at=TUESDAY), by(INTAKE, resolve(), at=TUESDAY + DAY)
    )
    kind = ClockArmed if mode == "restart" else ClockResumed
    after = before.when(reopen(mode), at=THURSDAY).then(
        some(CaseReopened), some(kind, clock="FIX-10", due_at=due_at)
    )
    for each in (resolve(), reopen(mode)):  # within the day: nothing more is disregarded
        after = after.asked(by(INTAKE, each, at=THURSDAY))
    assert after.state.clocks["FIX-10"].due_at == due_at


def test_what_was_made_safe_or_acknowledged_stays_so_when_the_case_is_reopened() -> None:
    safe = ReachMilestone(case_id=CASE_ID, milestone="made_safe")
    before = given_commands(
        DANGER, by(INTAKE, safe, at=MONDAY + timedelta(hours=1)), by(INTAKE, resolve(), at=TUESDAY)
    )
    after = before.when(reopen(), at=THURSDAY).then(
        some(CaseReopened), some(ClockResumed, clock="FIX-10")
    )
    assert after.state.clocks["MAKE-SAFE"].state == "met"


def test_a_clock_that_was_superseded_is_not_reopened() -> None:
    before = given_commands(
        POTHOLE,
        by(INTAKE, ClassifyCase(case_id=CASE_ID, request_type="GEN-ENQ"), at=TUESDAY),
        by(INTAKE, resolve(), at=TUESDAY),
    )
    before.when(reopen(), at=THURSDAY).then(
        some(CaseReopened),
        some(ClockResumed, clock="CALL-8"),
        some(ClockResumed, clock="ANSWER-30"),
    )


def test_who_answers_after_the_lapse_has_come_back_and_what_came_in_starts_its_clock() -> None:
    lapsed = given_commands(
        INCOMPLETE,
        by(INTAKE, resolve("lapsed"), at=TUESDAY),
        by(
            INTAKE,
            ReceiveInformation(case_id=CASE_ID, channel="phone", answers=THE_REST),
            at=THURSDAY,
        ),
    )
    proposed = lapsed.happened[-1]
    assert getattr(proposed.fact, "contact_id", None) == proposed.context.command_id
    lapsed.when(reopen(), at=THURSDAY).then(
        some(ReturnDecided, answer="return"),
        some(CaseReopened),
        some(ClockResumed, clock="ACK-2"),
        some(ClockResumed, clock="DEC-15-WAITED"),
        some(ClockArmed, clock="DEC-15", started_at=THURSDAY),
    )


def test_a_case_can_wait_again_after_it_was_reopened() -> None:
    before = given_commands(*RESOLVED, by(INTAKE, reopen(), at=THURSDAY))
    before.when(wait(), at=THURSDAY).then(some(WaitingBegan), some(ClockPaused, clock="FIX-10"))


def test_a_case_that_was_resolved_twice_counts_two_resolutions() -> None:
    before = given_commands(*RESOLVED, by(INTAKE, reopen(), at=THURSDAY))
    after = before.when(resolve("no-action"), at=THURSDAY + DAY).then(
        some(CaseResolved, outcome="no-action"), some(ClockStopped)
    )
    assert after.state.resolutions == 2


def test_a_case_of_another_system_is_reopened_and_its_stated_deadline_stays() -> None:
    imported = ImportCase(
        case_id=CASE_ID, batch=number(5), source="old", external_id="1", channel="web",
        channel_family="web", received_at=MONDAY - 9 * DAY, deadline_at=MONDAY, ended_at=MONDAY,
    )  # fmt: skip
    given_commands(imported).when(reopen(), at=TUESDAY).then(some(CaseReopened))


def test_an_open_case_is_not_reopened() -> None:
    given_commands(POTHOLE).when(reopen()).refused(
        UnlawfulTransition, saying="nothing to reopen", rule="reopen-resolved"
    )
    before = given_commands(*RESOLVED, by(INTAKE, reopen(), at=THURSDAY))
    before.when(reopen(), at=THURSDAY).refused(UnlawfulTransition, rule="reopen-resolved")


def test_a_machine_never_reopens_a_case() -> None:
    given_commands(*RESOLVED).when(reopen(), actor=WATCH, at=THURSDAY).refused(
        NotAuthorised, saying="propose it to a person"
    )


def test_a_case_is_reopened_for_a_coded_reason_and_after_it_was_resolved() -> None:
    whim = reopen().model_copy(update={"reason": "whim"})
    given_commands(*RESOLVED).when(whim, at=THURSDAY).refused(
        InvalidCommand, saying="'whim' is not a reason to reopen"
    )
    given_commands(*RESOLVED).when(reopen(), at=THURSDAY, happened_at=MONDAY).refused(
        InvalidCommand, saying="came to where it is"
    )
    given().when(reopen()).refused(CaseNotFound)
