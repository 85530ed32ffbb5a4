"""Climbing: what nobody answers is brought before the next party up, then the director; what is answered is not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from ledger.case.alarms import CaseAlarmed, RaiseAlarm
from ledger.case.clocks.waiting import ReachMilestone
from ledger.case.escalation.climbing import ClimbEscalation, EscalationClimbed
from ledger.case.escalation.reaching import (
    AcknowledgeEscalation,
    EscalateCase,
    EscalationAcknowledged,
    ReachRung,
    RecordAlertDelivered,
)
from ledger.case.outcome.reopening import ReopenCase
from ledger.case.outcome.settling import SettleCase
from ledger.errors import UnlawfulTransition
from ledger.policy.telling.alerting import climbs_at, next_up
from tests.case.alerted import asleep, at_the_top
from tests.case.cases import DANGER, POTHOLE, contact, pull, resolve, wait
from tests.case.writing import fail, issue, writes
from tests.deciding import (
    CASE_ID,
    INTAKE,
    MONDAY,
    ROADS,
    WATCH,
    Actor,
    History,
    by,
    given_commands,
    number,
    office,
    some,
)

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
OUTBOX = Actor("machine", "outbox", version="1")
RAISED = EscalateCase(case_id=CASE_ID, escalation_id=number(5), party="owner", reason="act")
FIRST = ClimbEscalation(case_id=CASE_ID, escalation_id=number(5), step=1)
SECOND = ClimbEscalation(case_id=CASE_ID, escalation_id=number(5), step=2)
ALERT = by(OUTBOX, RecordAlertDelivered(case_id=CASE_ID, escalation_id=number(5), method="file"))
TOLD = (POTHOLE, by(ROADS, pull("RDW", "R-02")), RAISED, ALERT)


def told(history: History[Any], escalation_id: UUID, *, at: datetime) -> History[Any]:
    """The case after the alert of an escalation was delivered."""
    delivered = RecordAlertDelivered(case_id=CASE_ID, escalation_id=escalation_id, method="file")
    return history.asked(by(OUTBOX, delivered, at=at))


def test_what_nobody_was_told_of_does_not_climb() -> None:
    given_commands(*TOLD[:-1]).when(FIRST, actor=WATCH, at=MONDAY + 9 * DAY).nothing()


def test_what_nobody_answered_for_a_working_day_comes_before_the_leader() -> None:
    given_commands(*TOLD).when(FIRST, actor=WATCH, at=MONDAY + 2 * DAY).then(
        (
            EscalationClimbed(
                escalation_id=number(5), step=1, party="leader", climbed_at=MONDAY + DAY
            ),
            MONDAY + DAY,
        )
    )


def test_after_two_working_days_it_comes_before_the_director_and_climbs_no_further() -> None:
    once = given_commands(*TOLD, by(WATCH, FIRST, at=MONDAY + DAY))
    once.when(SECOND, actor=WATCH, at=MONDAY + 9 * DAY).nothing()
    again = told(once, number(5), at=MONDAY + DAY)
    twice = again.when(SECOND, actor=WATCH, at=MONDAY + 2 * DAY).then(
        (some(EscalationClimbed, step=2, party="director"), MONDAY + 2 * DAY)
    )
    assert twice.state.escalations[number(5)].climbed == 2


@pytest.mark.parametrize("party", ["director", "D-01"])
def test_what_the_director_was_told_is_not_told_them_again_for_want_of_an_answer(
    party: str,
) -> None:
    """Where nobody else adjudicates, each bounced case came before them three times before its time was over."""
    raised = RAISED.model_copy(update={"party": party})
    before_them = given_commands(*TOLD[:-2], raised, ALERT)
    before_them.when(FIRST, actor=WATCH, at=MONDAY + 9 * DAY).nothing()
    assert at_the_top(before_them) == [party == "director"]


def test_each_step_is_climbed_in_its_time_and_once() -> None:
    given_commands(*TOLD).when(FIRST, actor=WATCH, at=MONDAY + timedelta(hours=23)).nothing()
    given_commands(*TOLD).when(SECOND, actor=WATCH, at=MONDAY + 9 * DAY).nothing()
    other = RAISED.model_copy(update={"escalation_id": number(6)})
    once = given_commands(*TOLD, other, by(WATCH, FIRST, at=MONDAY + DAY))
    once.when(FIRST, actor=WATCH, at=MONDAY + 9 * DAY).nothing()
    assert once.state.escalations.keys() == {number(5), number(6)}


def test_what_is_answered_or_resolved_climbs_no_more() -> None:
    answer = AcknowledgeEscalation(
        case_id=CASE_ID, escalation_id=number(5), action="act", act_by=MONDAY + 3 * DAY
    )
    for day in (2, 9):  # what a person raised is answered by the answer, whatever comes of it
        given_commands(*TOLD, answer).when(FIRST, actor=WATCH, at=MONDAY + day * DAY).nothing()
    given_commands(*TOLD, resolve()).when(FIRST, actor=WATCH, at=MONDAY + 2 * DAY).nothing()


def test_a_promise_to_act_that_is_not_kept_climbs_when_its_time_has_passed() -> None:
    """ "By Monday", it was answered, and for two weeks nobody heard of it again."""
    late_at, by_then = MONDAY + 20 * DAY, MONDAY + 23 * DAY
    fix = ReachRung(case_id=CASE_ID, clock="FIX-10", generation=1)
    late = given_commands(POTHOLE, by(ROADS, pull("RDW", "R-02"))).asked(by(WATCH, fix, at=late_at))
    breach = next(key for key, each in late.state.escalations.items() if not each.warning)
    promise = AcknowledgeEscalation(
        case_id=CASE_ID, escalation_id=breach, action="act", act_by=by_then
    )
    promised = told(late, breach, at=late_at).asked(by(ROADS, promise, at=late_at))
    climb = ClimbEscalation(case_id=CASE_ID, escalation_id=breach, step=1)
    promised.when(climb, actor=WATCH, at=by_then - DAY).nothing()
    kept = promised.asked(by(ROADS, resolve(), at=late_at + DAY))
    kept.when(climb, actor=WATCH, at=by_then).nothing()
    broken = promised.when(climb, actor=WATCH, at=by_then + DAY).then(
        (some(EscalationClimbed, party="director", climbed_at=by_then), by_then)
    )
    again = told(broken, breach, at=by_then + DAY)
    accepted = promise.model_copy(update={"action": "accept_breach", "act_by": None, "words": "X."})
    again.when(accepted, actor=ROADS, at=by_then + DAY).then(some(EscalationAcknowledged))


def test_in_immediate_danger_it_climbs_by_the_hour_at_any_hour() -> None:
    grave = DANGER.model_copy(update={"severity": "immediate_danger"})
    told = given_commands(grave, RAISED, ALERT)
    told.when(FIRST, actor=WATCH, at=MONDAY + timedelta(hours=1)).then(
        (some(EscalationClimbed, step=1), MONDAY + timedelta(hours=1))
    )


def test_a_warning_before_the_clock_is_due_does_not_climb_for_the_next_rung_tells_the_next_party() -> (
    None
):
    owned = given_commands(POTHOLE, by(ROADS, pull("RDW", "R-02")))
    warned_at = MONDAY + 12 * DAY
    fix = ReachRung(case_id=CASE_ID, clock="FIX-10", generation=1)
    warned = owned.asked(by(WATCH, fix, at=warned_at))
    assert all(each.warning for each in warned.state.escalations.values())
    escalation_id = next(iter(warned.state.escalations))
    warned = told(warned, escalation_id, at=warned_at)
    climb = ClimbEscalation(case_id=CASE_ID, escalation_id=escalation_id, step=1)
    warned.when(climb, actor=WATCH, at=warned_at + 5 * DAY).nothing()


def test_a_breach_climbs_until_its_clock_is_stopped() -> None:
    late_at = MONDAY + 20 * DAY
    fix = ReachRung(case_id=CASE_ID, clock="FIX-10", generation=1)
    late = given_commands(POTHOLE, by(ROADS, pull("RDW", "R-02"))).asked(by(WATCH, fix, at=late_at))
    breach = next(key for key, each in late.state.escalations.items() if not each.warning)
    late = told(late, breach, at=late_at)
    climb = ClimbEscalation(case_id=CASE_ID, escalation_id=breach, step=1)
    late.when(climb, actor=WATCH, at=late_at + 9 * DAY).then(
        (
            some(EscalationClimbed, escalation_id=breach, party="director"),
            climbs_at(office().versions[0].compiled, late_at, immediate=False),
        )
    )
    done = late.asked(by(ROADS, resolve(), at=late_at))
    done.when(climb, actor=WATCH, at=late_at + 9 * DAY).nothing()


def test_a_breach_of_an_open_case_climbs_no_more_once_its_clock_ended_or_began_anew() -> None:
    late_at = MONDAY + 20 * DAY
    late = given_commands(DANGER, by(ROADS, pull("RDW", "R-02"))).asked(
        by(WATCH, ReachRung(case_id=CASE_ID, clock="MAKE-SAFE", generation=1), at=late_at)
    )
    breach = next(key for key, each in late.state.escalations.items() if not each.warning)
    late = told(late, breach, at=late_at)
    climb = ClimbEscalation(case_id=CASE_ID, escalation_id=breach, step=1)
    later = late_at + 9 * DAY
    late.when(climb, actor=WATCH, at=later).then((some(EscalationClimbed), late_at + HOUR))
    safe = ReachMilestone(case_id=CASE_ID, milestone="made_safe")
    late.asked(by(ROADS, safe, at=late_at)).when(climb, actor=WATCH, at=later).nothing()
    anew = ReopenCase(case_id=CASE_ID, reason="our-error", clock_policy="restart")
    again = late.asked(by(ROADS, resolve(), at=late_at)).asked(by(INTAKE, anew, at=late_at))
    assert again.state.clocks["MAKE-SAFE"].generation == 2
    again.when(climb, actor=WATCH, at=later).nothing()


def test_an_alarm_climbs_while_it_holds() -> None:
    alarm = RaiseAlarm(case_id=CASE_ID, alarm="never_opened", since=MONDAY)
    alarmed = given_commands(POTHOLE, by(WATCH, alarm))
    (escalation_id,) = alarmed.state.escalations
    alarmed = told(alarmed, escalation_id, at=MONDAY)
    climb = ClimbEscalation(case_id=CASE_ID, escalation_id=escalation_id, step=1)
    alarmed.when(climb, actor=WATCH, at=MONDAY + 2 * DAY).then(
        (some(EscalationClimbed, party="director"), MONDAY + DAY)
    )
    taken = alarmed.asked(by(ROADS, pull("RDW", "R-02")))
    taken.when(climb, actor=WATCH, at=MONDAY + 2 * DAY).nothing()


def test_an_alarm_about_a_resolved_case_climbs_while_it_is_resolved_and_holds() -> None:
    alarm = RaiseAlarm(case_id=CASE_ID, alarm="closed_without_reply", since=MONDAY)
    alarmed = given_commands(POTHOLE, resolve(), by(WATCH, alarm))
    (escalation_id,) = alarmed.state.escalations
    alarmed = told(alarmed, escalation_id, at=MONDAY)
    climb = ClimbEscalation(case_id=CASE_ID, escalation_id=escalation_id, step=1)
    later = MONDAY + 2 * DAY
    assert asleep(alarmed) == [False]
    alarmed.when(climb, actor=WATCH, at=later).then(
        (some(EscalationClimbed, party="director"), MONDAY + DAY)
    )
    alarmed.asked(contact()).when(climb, actor=WATCH, at=later).nothing()
    reopen = ReopenCase(case_id=CASE_ID, reason="our-error", clock_policy="resume")
    reopened = alarmed.asked(reopen)
    reopened.when(climb, actor=WATCH, at=later).nothing()
    assert asleep(reopened) == [True]
    again = reopened.asked(by(INTAKE, resolve(), at=later))
    assert asleep(again) == [False]
    settled = again.asked(
        by(INTAKE, SettleCase(case_id=CASE_ID), at=again.state.resolution.settles_at + DAY)
    )
    assert asleep(settled) == [False], "that nobody came back answers nobody"


def test_the_failure_of_a_notice_climbs_until_another_of_its_kind_went_out() -> None:
    alarmed = given_commands(POTHOLE, issue("MORE-TIME"), fail(), policies=office(writes))
    (escalation_id,) = alarmed.state.escalations
    alarmed = told(alarmed, escalation_id, at=MONDAY).asked(resolve())
    climb = ClimbEscalation(case_id=CASE_ID, escalation_id=escalation_id, step=1)
    later = MONDAY + 2 * DAY
    assert asleep(alarmed) == [False]
    alarmed.when(climb, actor=WATCH, at=later).then((some(EscalationClimbed), MONDAY + DAY))
    made_good = alarmed.asked(by(INTAKE, issue("MORE-TIME", place=2), at=MONDAY + DAY))
    made_good.when(climb, actor=WATCH, at=later).nothing()


def test_no_escalation_climbs_that_was_never_raised() -> None:
    given_commands(POTHOLE).when(FIRST, actor=WATCH).refused(
        UnlawfulTransition, rule="climbs-an-escalation"
    )


def test_a_case_that_waits_longer_than_the_policy_lets_it_alarms() -> None:
    waiting = given_commands(POTHOLE, wait("third-party"))
    alarm = RaiseAlarm(case_id=CASE_ID, alarm="waiting_too_long", since=MONDAY)
    waiting.when(alarm, actor=WATCH, at=MONDAY + 28 * DAY).nothing()
    waiting.when(alarm, actor=WATCH, at=MONDAY + 30 * DAY).then(
        some(CaseAlarmed, alarm="waiting_too_long", since=MONDAY)
    )
    given_commands(POTHOLE).when(alarm, actor=WATCH, at=MONDAY + 30 * DAY).nothing()


@pytest.mark.parametrize(
    ("since", "climbs"),
    [
        # Friday at ten: Monday at ten.
        ("2026-03-06T14:00Z", "2026-03-09T13:00Z"),
        # Saturday: counted from Monday's opening.
        ("2026-03-07T14:00Z", "2026-03-10T11:30Z"),
    ],
)
def test_a_working_day_without_an_answer_ends_at_the_same_local_time_over_clock_changes_too(
    since: str, climbs: str
) -> None:
    at = climbs_at(
        office().versions[0].compiled,
        datetime.fromisoformat(since).astimezone(UTC),
        immediate=False,
    )
    assert at == datetime.fromisoformat(climbs)


def test_who_is_next_up() -> None:
    assert [
        next_up(each) for each in (("owner",), ("team",), ("owner", "leader"), ("leader",))
    ] == [
        "leader",
        "leader",
        "director",
        "director",
    ]
