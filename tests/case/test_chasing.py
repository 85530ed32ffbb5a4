"""Chasing: asked, reminded, warned, lapsed; never without notice, and never by itself where somebody needs care."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from ledger.case.alarms import ALARMS
from ledger.case.contact.contacts import LogContact
from ledger.case.escalation.chase_steps import ChaseLapsed, ChaseStepReached
from ledger.case.escalation.climbing import ClimbEscalation, EscalationClimbed
from ledger.case.escalation.reaching import RecordAlertDelivered
from ledger.case.intake.chasing import ChaseBegun, ChaseStopped, StopChase
from ledger.case.intake.information import ReceiveInformation
from ledger.case.intake.opening import ClassifyCase
from ledger.case.outcome.reopening import ReopenCase
from ledger.case.outcome.resolving import CaseResolved
from ledger.case.people.care import NoteAdjustment
from ledger.case.work.tasks import AddTask
from ledger.errors import CaseNotFound, NotAuthorised, UnlawfulTransition
from tests.case.cases import APPLICATION, INCOMPLETE, THE_REST, pull, resolve, transfer
from tests.case.chased import LAPSES, RULES, day, letter, of_one_who_died, reach
from tests.case.writing import fail, give, issue, writes
from tests.deciding import (
    CASE_ID,
    INCOME,
    INTAKE,
    MONDAY,
    WATCH,
    Asked,
    History,
    by,
    chased,
    given,
    given_commands,
    number,
    office,
    some,
)

DAY = timedelta(days=1)


def incomplete(*asked: Asked | Any) -> History[Any]:
    return given_commands(INCOMPLETE, *asked, policies=RULES)


def warned() -> History[Any]:
    """Asked, reminded twice and given notice to be: what the watch records by the fifteenth day."""
    history = incomplete()
    for step, working_days in ((1, 0), (2, 5), (3, 10), (4, 15)):
        history = history.asked(by(WATCH, reach(step), at=day(working_days)))
    return history


def test_an_incomplete_intake_of_a_type_with_a_plan_begins_a_chase_with_all_its_dates() -> None:
    begun: Any = next(e.fact for e in incomplete().happened if isinstance(e.fact, ChaseBegun))
    assert (begun.chase, begun.request_type) == ("in-20-days", "INC-APP")
    assert [(each.act, each.at) for each in begun.steps] == [
        ("ask", MONDAY),
        ("remind", datetime(2026, 3, 9, 3, 0, tzinfo=UTC)),
        ("remind", datetime(2026, 3, 16, 3, 0, tzinfo=UTC)),
        ("warn", datetime(2026, 3, 23, 3, 0, tzinfo=UTC)),
        ("lapse", LAPSES),
    ]


def test_what_is_complete_or_of_a_type_without_a_plan_is_not_chased() -> None:
    assert given_commands(APPLICATION, policies=RULES).state.chase is None
    enquiry = INCOMPLETE.model_copy(update={"request_type": "GEN-ENQ"})
    assert given_commands(enquiry, policies=RULES).state.chase is None
    assert given_commands(INCOMPLETE).state.chase is None


def test_a_case_that_is_classified_later_is_chased_from_then_on() -> None:
    unsorted = INCOMPLETE.model_copy(update={"request_type": None})
    classified = given_commands(unsorted, policies=RULES).asked(
        by(INTAKE, ClassifyCase(case_id=CASE_ID, request_type="INC-APP"), at=MONDAY + DAY)
    )
    assert classified.state.chase.steps[0].at == MONDAY + DAY


def test_another_type_is_chased_anew_by_its_own_plan_or_not_at_all() -> None:
    later = day(7)
    changed = warned().asked(
        by(INTAKE, ClassifyCase(case_id=CASE_ID, request_type="INC-CHG"), at=later)
    )
    assert (changed.state.chase.reached, changed.state.chase.steps[0].at) == (0, later)
    moved = incomplete(ClassifyCase(case_id=CASE_ID, request_type="GEN-ENQ"))
    assert moved.state.chase is None


def test_a_step_tells_whoever_has_the_case_what_is_missing_and_by_when() -> None:
    incomplete().when(reach(1), actor=WATCH).then(
        some(
            ChaseStepReached,
            step=1,
            act="ask",
            party="team",
            missing=("contact", "description", "household_size", "income", "language"),
            by_at=LAPSES,
            undecided=None,
        )
    )
    owned = incomplete(by(INCOME, pull("INC", "N-02")))
    owned.when(reach(1), actor=WATCH).then(some(ChaseStepReached, party="owner"))


def test_a_step_is_recorded_once_and_not_before_its_time() -> None:
    history = incomplete(by(WATCH, reach(1)))
    history.when(reach(1), actor=WATCH, at=day(1)).nothing()
    history.when(reach(2), actor=WATCH, at=day(4)).nothing()
    history.when(reach(3), actor=WATCH, at=day(30)).nothing()
    history.when(reach(2), actor=WATCH, at=day(5)).then(
        (some(ChaseStepReached, step=2, act="remind"), datetime(2026, 3, 9, 3, 0, tzinfo=UTC))
    )


def test_who_was_asked_at_the_desk_already_need_not_be_asked_again() -> None:
    incomplete(letter(MONDAY)).when(reach(1), actor=WATCH).then(
        some(ChaseStepReached, act="ask", party=None)
    )


def test_a_chase_ends_without_a_word_when_the_case_is_complete_or_resolved() -> None:
    rest = ReceiveInformation(case_id=CASE_ID, channel="phone", answers=THE_REST)
    incomplete(rest).when(reach(1), actor=WATCH).nothing()
    incomplete(resolve("withdrawn")).when(reach(1), actor=WATCH).nothing()


def test_who_was_warned_and_does_not_answer_lapses_when_the_notice_said() -> None:
    told = warned().asked(letter(day(15)))
    told.when(reach(5), actor=WATCH, at=LAPSES - timedelta(seconds=1)).nothing()
    told.when(resolve("lapsed"), at=LAPSES - timedelta(seconds=1)).refused(
        saying="until the end of 30 March 2026", rule="lapse-after-notice"
    )
    assert told.decide(by(INTAKE, resolve("lapsed"), at=LAPSES))
    lapsed = told.when(reach(5), actor=WATCH, at=LAPSES).then(
        some(ChaseLapsed, step=5, told_at=day(15), by_at=LAPSES),
        some(CaseResolved, outcome="lapsed", replied=False),
        *[some(type(each.fact)) for each in told.decide(by(WATCH, reach(5), at=LAPSES))[2:]],
    )
    assert (lapsed.state.status, lapsed.state.outcome) == ("resolved", "lapsed")
    lapsed.when(reach(5), actor=WATCH, at=day(30)).nothing()


def test_who_was_told_late_has_as_long_to_answer_as_the_plan_gives() -> None:
    told = warned().asked(letter(day(19)))
    fifth_working_day_ends_at = datetime(2026, 4, 8, 3, 0, tzinfo=UTC)  # Easter lies between
    just_before = fifth_working_day_ends_at - timedelta(seconds=1)
    told.when(reach(5), actor=WATCH, at=LAPSES).nothing()
    told.when(reach(5), actor=WATCH, at=just_before).nothing()
    assert told.decide(by(WATCH, reach(5), at=fifth_working_day_ends_at))


def test_nothing_lapses_before_the_date_that_the_requester_was_given() -> None:
    told = warned().asked(letter(day(15), reply_by=day(22)))
    told.when(reach(5), actor=WATCH, at=day(21)).nothing()
    assert told.decide(by(WATCH, reach(5), at=day(22)))


def test_that_somebody_was_told_before_it_was_entered_is_one_word_and_lets_nothing_lapse_sooner() -> (
    None
):
    """A clock of the law does not lapse on a notice that one officer dates back; a request did, by itself."""
    fifth_working_day_ends_at = datetime(2026, 4, 8, 3, 0, tzinfo=UTC)  # Easter lies between
    dated_back = Asked(letter(day(15)).command, INCOME, day(19), day(15))
    late = warned().asked(dated_back)
    late.when(reach(5), actor=WATCH, at=LAPSES).nothing()
    late.when(reach(5), actor=WATCH, at=fifth_working_day_ends_at - timedelta(seconds=1)).nothing()
    late.when(reach(5), actor=WATCH, at=fifth_working_day_ends_at).then(
        some(ChaseLapsed, told_at=day(15), by_at=fifth_working_day_ends_at),
        some(CaseResolved, outcome="lapsed"),
        *[some(type(each.fact)) for each in late.decide(by(WATCH, reach(5), at=day(27)))[2:]],
    )
    as_of = letter(day(15), reply_by=LAPSES).command
    with_a_date = warned().asked(Asked(as_of, INCOME, day(19), day(15)))
    four_days_on = LAPSES + 4 * DAY
    with_a_date.when(reach(5), actor=WATCH, at=four_days_on - timedelta(seconds=1)).nothing()
    assert with_a_date.decide(by(WATCH, reach(5), at=four_days_on))
    reported = warned().asked(replace(dated_back, actor=WATCH))
    assert reported.decide(by(WATCH, reach(5), at=LAPSES)), "what a system tells is its record"
    twice = late.asked(letter(day(19), place=2))
    assert twice.decide(by(WATCH, reach(5), at=fifth_working_day_ends_at))


def test_a_watch_that_slept_gives_notice_before_anything_lapses() -> None:
    late = incomplete(by(WATCH, reach(1), at=day(30)))
    assert [e.fact.topic for e in late.happened].count("ChaseStepReached") == 4
    assert late.state.chase.lapses_at > day(34)
    late.when(reach(5), actor=WATCH, at=day(34)).nothing()


@pytest.mark.parametrize(
    ("history", "why"),
    [
        (
            lambda: warned().asked(letter(day(15))).asked(
                NoteAdjustment(case_id=CASE_ID, adjustment_id=number(8), adjustment="A slow pace.")
            ),
            "care",
        ),
        (warned, "not_told"),
        (
            lambda: warned().asked(letter(day(15))).asked(
                by(
                    INCOME,
                    LogContact(
                        case_id=CASE_ID,
                        contact_id=number(7),
                        direction="inbound",
                        channel="phone",
                        kinds=("chase",),
                    ),
                    at=day(16),
                )
            ),
            "heard",
        ),
        (
            lambda: warned().asked(letter(day(15))).asked(by(INCOME, transfer("INT"), at=day(16))),
            "in_transit",
        ),
        (
            lambda: warned().asked(letter(day(15))).asked(
                AddTask(case_id=CASE_ID, task_id=number(9), title="Is it them?", kind="judgement")
            ),
            "judgement_open",
        ),
        (
            lambda: of_one_who_died(warned().asked(letter(day(15)))),
            "died",
        ),
    ],
    ids=[
        "somebody needs care",
        "nobody was told",
        "they turned to us",
        "in transit",
        "a judgement is open",
        "they have died",
    ],
)  # fmt: skip
def test_where_a_lapse_is_not_plain_the_leader_is_told_that_a_person_must_decide(
    history: Any, why: str
) -> None:
    stands = history()
    held = stands.when(reach(5), actor=WATCH, at=LAPSES)
    after = held.then((some(ChaseStepReached, act="lapse", party="leader", undecided=why), LAPSES))
    assert after.state.status == "open"
    after.when(reach(5), actor=WATCH, at=day(40)).nothing()
    after.when(reach(6), actor=WATCH, at=day(40)).nothing()


def test_a_contact_that_reached_nobody_gives_no_notice() -> None:
    tried = LogContact(
        case_id=CASE_ID,
        contact_id=number(7),
        direction="outbound",
        channel="phone",
        kinds=("chase",),
        reached=False,
    )
    warned().asked(by(INCOME, tried, at=day(15))).when(reach(5), actor=WATCH, at=LAPSES).then(
        (some(ChaseStepReached, undecided="not_told"), LAPSES)
    )


def test_a_notice_of_the_lapse_is_notice_once_it_was_given_unless_it_failed() -> None:
    """The simulated department wrote its warnings, and its chases said that nobody had been told."""
    warned_in_writing = given_commands(
        INCOMPLETE,
        *(by(WATCH, reach(step), at=day(after)) for step, after in ((1, 0), (2, 5), (3, 10))),
        by(WATCH, reach(4), at=day(15)),
        by(INCOME, issue("LAPSE"), at=day(15)),
        policies=office(chased("INC-APP", "INC-CHG"), writes),
    )
    warned_in_writing.when(reach(5), actor=WATCH, at=LAPSES).then(
        (some(ChaseStepReached, undecided="not_told"), LAPSES)
    )
    told = warned_in_writing.asked(by(INCOME, give(), at=day(15)))
    happened = told.decide(by(WATCH, reach(5), at=LAPSES))
    assert isinstance(happened[0].fact, ChaseLapsed)
    bounced = told.asked(by(INCOME, fail(), at=day(16)))
    bounced.when(reach(5), actor=WATCH, at=LAPSES).then(
        (some(ChaseStepReached, undecided="not_told"), LAPSES)
    )


def test_who_came_back_after_a_lapse_is_chased_anew_and_lapses_again_only_by_a_new_notice() -> None:
    """Nobody was chased any more, and the request could be closed as lapsed the same minute by the notice of before."""
    lapsed = given_commands(
        INCOMPLETE,
        *(by(WATCH, reach(step), at=day(after)) for step, after in ((1, 0), (2, 5), (3, 10))),
        by(WATCH, reach(4), at=day(15)),
        by(INCOME, issue("LAPSE"), at=day(15)),
        by(INCOME, give(), at=day(15)),
        by(WATCH, reach(5), at=LAPSES),
        policies=office(chased("INC-APP", "INC-CHG"), writes),
    )
    came_back = ReopenCase(case_id=CASE_ID, reason="returned", clock_policy="resume")
    again = lapsed.asked(by(INCOME, came_back, at=day(21)))
    assert again.state.chase.steps[0].at == day(21)
    again.when(resolve("lapsed"), actor=INCOME, at=day(22)).refused(
        saying="only after a notice", rule="lapse-needs-notice"
    )


def test_a_letter_from_before_the_notice_gives_none() -> None:
    told = warned().asked(Asked(letter(day(12)).command, INCOME, day(16), day(12)))
    told.when(reach(5), actor=WATCH, at=LAPSES).then(
        (some(ChaseStepReached, undecided="not_told"), LAPSES)
    )


def test_a_step_that_nobody_takes_climbs_until_the_requester_is_turned_to() -> None:
    asked = incomplete(by(WATCH, reach(1)))
    (escalation_id,) = asked.state.escalations
    delivered = RecordAlertDelivered(case_id=CASE_ID, escalation_id=escalation_id, method="outbox")
    climb = ClimbEscalation(case_id=CASE_ID, escalation_id=escalation_id, step=1)
    owed = asked.asked(by(WATCH, delivered))
    owed.when(climb, actor=WATCH, at=day(1)).then((some(EscalationClimbed, party="leader"), day(1)))
    owed.asked(letter(MONDAY)).when(climb, actor=WATCH, at=day(1)).nothing()
    assert {"chase_ask", "chase_remind", "chase_warn", "chase_lapse"} <= ALARMS.keys()


STOP = StopChase(case_id=CASE_ID, reason="She brings it on Friday.")


def test_a_person_stops_a_chase_and_says_why() -> None:
    stopped = (
        incomplete()
        .when(STOP)
        .then(ChaseStopped(chase="in-20-days", reason="She brings it on Friday."))
    )
    stopped.when(reach(1), actor=WATCH, at=day(30)).nothing()
    stopped.when(STOP).nothing()


def test_a_chase_that_was_stopped_does_not_begin_again_for_the_same_type() -> None:
    part = ReceiveInformation(case_id=CASE_ID, channel="phone", answers={"income": 1})
    after = incomplete(STOP, part)
    assert after.state.chase.stopped


def test_only_a_person_stops_a_chase_and_only_one_that_goes_on() -> None:
    incomplete().when(STOP, actor=WATCH).refused(NotAuthorised)
    given_commands(APPLICATION, policies=RULES).when(STOP).refused(
        UnlawfulTransition, rule="stops-a-chase"
    )
    given(policies=RULES).when(STOP).refused(CaseNotFound)


def test_the_service_clocks_run_on_while_something_is_missing() -> None:
    clocks = warned().asked(letter(day(15))).state.clocks
    assert {clock.state for clock in clocks.values()} == {"running"}
