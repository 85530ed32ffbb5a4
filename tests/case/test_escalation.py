"""Escalation: rungs and breaches as time reaches them, once; alarms, acknowledgements that act, alerts delivered."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from ledger.case.alarms import CaseAlarmed, RaiseAlarm
from ledger.case.escalation.reaching import (
    AcknowledgeEscalation,
    AlertDelivered,
    CaseEscalated,
    ClockBreached,
    EscalateCase,
    EscalationAcknowledged,
    ReachRung,
    RecordAlertDelivered,
    RungReached,
)
from ledger.case.history.imported import ImportCase
from ledger.case.outcome.reopening import ReopenCase
from ledger.errors import CaseNotFound, InvalidCommand, NotAuthorised, UnlawfulTransition
from tests.case.cases import DANGER, ENQUIRY, POTHOLE, pull, resolve, wait
from tests.case.days import DUE
from tests.deciding import (
    CASE_ID,
    INTAKE,
    MONDAY,
    ROADS,
    WATCH,
    by,
    given,
    given_commands,
    number,
    office,
    some,
)

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
WARNED = datetime(2026, 3, 12, 11, 30, tzinfo=UTC)
MAKE_SAFE = ReachRung(case_id=CASE_ID, clock="MAKE-SAFE", generation=1)
FIX = ReachRung(case_id=CASE_ID, clock="FIX-10", generation=1)
ESCALATE = EscalateCase(
    case_id=CASE_ID, escalation_id=number(1), party="leader", reason="act", words="Nobody calls."
)
ACKNOWLEDGE = AcknowledgeEscalation(
    case_id=CASE_ID, escalation_id=number(1), action="act", act_by=MONDAY + DAY
)
BOTH = ("FIX-10", "SAME")
DELIVERED = RecordAlertDelivered(case_id=CASE_ID, escalation_id=number(1), method="file")


def alarm(what: Any = "never_opened", *, since: datetime = MONDAY) -> RaiseAlarm:
    return RaiseAlarm(case_id=CASE_ID, alarm=what, since=since)


# Rungs and breaches


def test_a_rung_is_reached_at_its_instant_however_late_the_watch_comes_by() -> None:
    outcome = given_commands(DANGER).when(MAKE_SAFE, actor=WATCH, at=MONDAY + 3 * HOUR)
    after = outcome.then(
        (
            some(
                RungReached, clock="MAKE-SAFE", generation=1, rung="half",
                parties=("owner", "on_call"), reached_at=MONDAY + 2 * HOUR, due_at=MONDAY + 4 * HOUR,
            ),
            MONDAY + 2 * HOUR,
        )
    )  # fmt: skip
    assert len(after.state.escalations) == 1


def test_a_breach_is_a_fact_at_its_instant_beside_the_alert() -> None:
    outcome = given_commands(DANGER).when(MAKE_SAFE, actor=WATCH, at=MONDAY + DAY)
    outcome.then(
        (some(RungReached, rung="half"), MONDAY + 2 * HOUR),
        (
            ClockBreached(clock="MAKE-SAFE", generation=1, due_at=MONDAY + 4 * HOUR),
            MONDAY + 4 * HOUR,
        ),
        (some(RungReached, rung="breach", parties=("leader", "on_call")), MONDAY + 4 * HOUR),
    )


def test_rungs_of_the_same_instant_are_all_reached() -> None:
    given_commands(POTHOLE).when(FIX, actor=WATCH, at=WARNED).then(
        (some(RungReached, rung="three-quarters"), WARNED),
        (some(RungReached, rung="two-days-left"), WARNED),
    )


def test_every_rung_of_every_case_is_an_escalation_of_its_own() -> None:
    """Two cases that came at the same instant reach the same two rungs of it."""
    for_one = given_commands(POTHOLE)
    for_two = [for_one, replace(for_one, stream="case/another")]
    reached = [
        each.fact.escalation_id
        for case in for_two
        for each in case.when(FIX, actor=WATCH, at=WARNED).happened
        if isinstance(each.fact, RungReached)
    ]
    assert len(reached) == len({*reached}) == 4


def test_every_rung_of_every_clock_is_an_escalation_of_its_own() -> None:
    def begins_at_once(document: dict[str, Any]) -> None:
        types, clocks = document["types"], document["clocks"]
        clocks["SAME"] = clocks["FIX-10"]
        types["RDW-POT"]["clocks"] = [
            {**types["RDW-POT"]["clocks"][-1], "clock": each} for each in BOTH
        ]

    before = given_commands(POTHOLE, policies=office(begins_at_once))
    for code in BOTH:
        before = before.asked(by(WATCH, FIX.model_copy(update={"clock": code}), at=WARNED))
    assert len(before.state.escalations) == 4


def test_what_is_not_to_be_done_before_a_date_is_not_broken_by_time() -> None:
    def not_before(document: dict[str, Any]) -> None:
        document["clocks"]["FIX-10"]["sense"] = "not_before"

    before = given_commands(POTHOLE, policies=office(not_before))
    after = before.when(FIX, actor=WATCH, at=DUE + DAY).after
    assert not after.state.clocks["FIX-10"].breached


def test_a_second_pass_does_nothing() -> None:
    before = given_commands(DANGER, by(WATCH, MAKE_SAFE, at=MONDAY + DAY))
    before.when(MAKE_SAFE, actor=WATCH, at=MONDAY + 2 * DAY).nothing()


def test_before_its_time_nothing_is_reached() -> None:
    given_commands(DANGER).when(MAKE_SAFE, actor=WATCH, at=MONDAY + HOUR).nothing()


def test_a_clock_that_stopped_or_is_another_or_began_anew_reaches_nothing() -> None:
    given_commands(DANGER, by(INTAKE, resolve())).when(MAKE_SAFE, at=DUE).nothing()
    given_commands(ENQUIRY).when(MAKE_SAFE, at=DUE).nothing()
    other = MAKE_SAFE.model_copy(update={"generation": 2})
    given_commands(DANGER).when(other, at=DUE).nothing()


def test_a_paused_clock_reaches_nothing() -> None:
    """Row 29."""
    given_commands(POTHOLE, wait()).when(FIX, actor=WATCH, at=WARNED).nothing()


def test_a_clock_that_begins_anew_reaches_its_rungs_again() -> None:
    again = ReopenCase(case_id=CASE_ID, reason="new-facts", clock_policy="restart")
    before = given_commands(
        DANGER,
        by(WATCH, MAKE_SAFE, at=MONDAY + 3 * HOUR),
        by(INTAKE, resolve(), at=MONDAY + 3 * HOUR),
        by(INTAKE, again, at=MONDAY + DAY),
    )
    anew = MAKE_SAFE.model_copy(update={"generation": 2})
    outcome = before.when(anew, actor=WATCH, at=MONDAY + DAY + 3 * HOUR)
    after = outcome.then((some(RungReached, rung="half", generation=2), MONDAY + DAY + 2 * HOUR))
    assert len(after.state.escalations) == 2


def test_a_deadline_of_another_system_is_breached_without_rungs() -> None:
    imported = ImportCase(
        case_id=CASE_ID, batch=number(5), source="old", external_id="1", channel="web",
        channel_family="web", received_at=MONDAY - 9 * DAY, deadline_at=MONDAY - DAY,
    )  # fmt: skip
    stated = ReachRung(case_id=CASE_ID, clock="deadline", generation=1)
    given_commands(imported).when(stated, actor=WATCH).then(
        (ClockBreached(clock="deadline", generation=1, due_at=MONDAY - DAY), MONDAY - DAY)
    )


def test_no_rung_is_reached_on_a_case_that_is_not_there() -> None:
    given().when(FIX, actor=WATCH).refused(CaseNotFound)


# Alarms


def test_an_alarm_that_was_raised_is_not_raised_again_for_another_was() -> None:
    before = given_commands(DANGER, by(WATCH, alarm(), at=MONDAY + DAY))
    waits = before.asked(by(INTAKE, wait("third-party"), at=MONDAY + DAY))
    too_long = by(WATCH, alarm("waiting_too_long", since=MONDAY + DAY), at=MONDAY + 40 * DAY)
    waits.asked(too_long).when(alarm(), actor=WATCH, at=MONDAY + 40 * DAY).nothing()


def test_a_case_that_nobody_opened_alarms_the_leader() -> None:
    given_commands(POTHOLE).when(alarm(), actor=WATCH, at=MONDAY + DAY).then(
        some(CaseAlarmed, alarm="never_opened", party="leader", since=MONDAY)
    )


def test_a_case_that_no_team_has_alarms_the_dispatcher() -> None:
    imported = ImportCase(
        case_id=CASE_ID, batch=number(5), source="old", external_id="1", channel="web",
        channel_family="web", received_at=MONDAY - DAY,
    )  # fmt: skip
    given_commands(imported).when(alarm("never_routed"), actor=WATCH).then(
        some(CaseAlarmed, alarm="never_routed", party="dispatcher")
    )


def test_an_alarm_is_raised_once_and_only_while_it_holds() -> None:
    given_commands(POTHOLE, by(WATCH, alarm())).when(alarm(), actor=WATCH, at=DUE).nothing()
    given_commands(POTHOLE).when(alarm("never_routed"), actor=WATCH).nothing()
    owned = given_commands(POTHOLE, by(ROADS, pull("RDW", "R-02")))
    owned.when(alarm(), actor=WATCH).nothing()
    given_commands(POTHOLE, resolve()).when(alarm(), actor=WATCH).nothing()


def test_an_alarm_is_raised_again_for_what_has_been_so_since_later() -> None:
    told = given_commands(POTHOLE, by(WATCH, alarm()))
    told.when(alarm(since=MONDAY + DAY), actor=WATCH, at=DUE).then(
        some(CaseAlarmed, alarm="never_opened", since=MONDAY + DAY)
    )


def test_an_alarm_that_the_ledger_does_not_know_is_refused_with_those_it_knows() -> None:
    given_commands(POTHOLE).when(alarm("too-quiet"), actor=WATCH).refused(
        InvalidCommand, saying="never_opened, never_routed"
    )


def test_no_alarm_is_raised_on_a_case_that_is_not_there() -> None:
    given().when(alarm(), actor=WATCH).refused(CaseNotFound)


# Escalating and answering


def test_anybody_on_a_case_escalates_it_with_a_coded_reason() -> None:
    given_commands(POTHOLE).when(ESCALATE).then(
        CaseEscalated(escalation_id=number(1), party="leader", reason="act", words="Nobody calls.")
    )
    to_member = ESCALATE.model_copy(update={"party": "L-02"})
    given_commands(POTHOLE).when(to_member).then(some(CaseEscalated, party="L-02"))


def test_an_escalation_is_made_once() -> None:
    given_commands(POTHOLE, ESCALATE).when(ESCALATE, at=MONDAY + DAY).nothing()


def test_an_escalation_that_cannot_be_is_refused() -> None:
    whim = ESCALATE.model_copy(update={"reason": "whim"})
    given_commands(POTHOLE).when(whim).refused(
        InvalidCommand, saying="'whim' is not a reason to escalate"
    )
    nobody = ESCALATE.model_copy(update={"party": "the mayor"})
    given_commands(POTHOLE).when(nobody).refused(InvalidCommand, saying="nobody to escalate to")
    given_commands(POTHOLE, resolve()).when(ESCALATE).refused(UnlawfulTransition)
    given().when(ESCALATE).refused(CaseNotFound)


def test_an_acknowledgement_says_what_will_be_done_and_by_when() -> None:
    given_commands(POTHOLE, ESCALATE).when(ACKNOWLEDGE).then(
        EscalationAcknowledged(
            escalation_id=number(1), action="act", act_by=MONDAY + DAY, words=None
        )
    )


@pytest.mark.parametrize(
    "fields",
    [
        {"action": "reassign", "act_by": None},
        {"action": "extend", "act_by": None},
        {"action": "accept_breach", "act_by": None, "words": "The road is closed anyway."},
    ],
)
def test_there_are_three_other_ways_to_answer_an_escalation(fields: dict[str, Any]) -> None:
    given_commands(POTHOLE, ESCALATE).when(ACKNOWLEDGE.model_copy(update=fields)).then(
        some(EscalationAcknowledged, action=fields["action"])
    )


def test_the_escalations_of_rungs_and_alarms_are_answered_too_even_once_resolved() -> None:
    before = given_commands(
        DANGER, by(WATCH, MAKE_SAFE, at=MONDAY + 3 * HOUR), by(WATCH, alarm(), at=MONDAY + DAY),
        by(INTAKE, resolve(), at=MONDAY + DAY),
    )  # fmt: skip
    assert len(before.state.escalations) == 2
    for escalation_id in before.state.escalations:
        answer = ACKNOWLEDGE.model_copy(
            update={"escalation_id": escalation_id, "act_by": MONDAY + 3 * DAY}
        )
        before.when(answer, at=MONDAY + 2 * DAY).then(some(EscalationAcknowledged))


def test_an_escalation_is_acknowledged_once() -> None:
    given_commands(POTHOLE, ESCALATE, ACKNOWLEDGE).when(ACKNOWLEDGE).nothing()


@pytest.mark.parametrize(
    ("wrong", "saying"),
    [
        ({"act_by": None}, "Say by when you will act"),
        ({"act_by": MONDAY}, "give a time to come"),
        ({"action": "accept_breach"}, "put it in words"),
    ],
)
def test_an_acknowledgement_without_what_it_needs_is_refused(
    wrong: dict[str, Any], saying: str
) -> None:
    given_commands(POTHOLE, ESCALATE).when(ACKNOWLEDGE.model_copy(update=wrong)).refused(
        InvalidCommand, saying=saying
    )


def test_a_machine_acknowledges_nothing() -> None:
    given_commands(POTHOLE, ESCALATE).when(ACKNOWLEDGE, actor=WATCH).refused(NotAuthorised)


def test_what_was_not_raised_is_not_acknowledged() -> None:
    given_commands(POTHOLE).when(ACKNOWLEDGE).refused(
        UnlawfulTransition, saying="No such escalation", rule="acknowledges-an-escalation"
    )
    given().when(ACKNOWLEDGE).refused(CaseNotFound)


# Delivering


def test_an_alert_is_delivered_once() -> None:
    before = given_commands(POTHOLE, ESCALATE)
    after = before.when(DELIVERED, actor=WATCH).then(
        AlertDelivered(escalation_id=number(1), method="file")
    )
    second = DELIVERED.model_copy(update={"escalation_id": number(2)})
    raised = ESCALATE.model_copy(update={"escalation_id": number(2)})
    both = after.asked(raised).asked(by(WATCH, second))
    both.when(DELIVERED, actor=WATCH, at=MONDAY + DAY).nothing()


def test_an_alert_that_nobody_owes_is_not_delivered() -> None:
    given_commands(POTHOLE).when(DELIVERED, actor=WATCH).refused(
        UnlawfulTransition, saying="No such escalation", rule="delivers-an-alert"
    )
    given().when(DELIVERED).refused(CaseNotFound)
