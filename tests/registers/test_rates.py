"""A team's rate: who sets it, what it follows from, what a missed day brings about, and who answers for it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from ledger.entry import Actor
from ledger.errors import InvalidCommand, NotAuthorised, Refusal, UnlawfulTransition
from ledger.registers.flow.countermeasures import (
    CloseCountermeasure,
    CloseRateDay,
    CountermeasureClosed,
    CountermeasureRecorded,
    MissJoined,
    MissRecorded,
    RaiseRateNotWorked,
    RateDayClosed,
    RateNotWorked,
    RecordCountermeasure,
)
from ledger.registers.flow.rate_streams import RATE
from ledger.registers.flow.rates import (
    Counted,
    DropRate,
    EffortRecorded,
    RateDropped,
    RateSet,
    RecordEffort,
    SetRate,
    TeamRate,
)
from tests.deciding import DIRECTOR, MONDAY, ROADS, WATCH, Asked, History, given, number, some

LEADER = Actor("person", "L-02", role="caseworker", team="RDW")
RATE_ID = number(70)
FRIDAY = date(2026, 3, 6)
THREE_WEEKS = date(2026, 3, 20)
"""From Tuesday the third: fourteen working days."""


def counted(**said: Any) -> Counted:
    told: dict[str, Any] = {
        "waiting": 320, "arrivals": 800, "arrivals_days": 20, "capacity": (45, 1), "upto": 9,
    }  # fmt: skip
    return Counted(**{**told, **said})


def setting(**said: Any) -> SetRate:
    told: dict[str, Any] = {
        "rate_id": RATE_ID, "team": "RDW", "target": 250, "target_on": THREE_WEEKS,
        "counted": counted(),
    }  # fmt: skip
    return SetRate(**{**told, **said})


def rated(*asked: Asked) -> History[TeamRate]:
    history: History[TeamRate] = given(of=RATE, stream=f"rate/{RATE_ID}")
    for each in (Asked(setting(), LEADER), *asked):
        history = history.asked(each)
    return history


def day(on: date, **said: Any) -> CloseRateDay:
    told: dict[str, Any] = {
        "rate_id": RATE_ID, "team": "RDW", "on": on, "waiting": 320, "per_day": (45, 1),
        "needed": 45, "processed": 45, "returned": 0,
    }  # fmt: skip
    return CloseRateDay(**{**told, **said})


def evening(on: date) -> datetime:
    return datetime(on.year, on.month, on.day, 23, 0, tzinfo=UTC)


def missed(on: date, **said: Any) -> Asked:
    return Asked(day(on, processed=44, **said), WATCH, evening(on))


TUESDAY, WEDNESDAY, THURSDAY = (date(2026, 3, 2 + n) for n in (1, 2, 3))
NEXT_MORNING = datetime(2026, 3, 4, 13, 0, tzinfo=UTC)


def answering(on: date = TUESDAY, *, key: UUID | None = None, **said: Any) -> RecordCountermeasure:
    told: dict[str, Any] = {
        "rate_id": RATE_ID, "team": "RDW", "countermeasure_id": key or number(71), "missed_on": on,
        "cause": "absence", "action": "Two from intake help until noon.", "owner": "R-02",
    }  # fmt: skip
    return RecordCountermeasure(**{**told, **said})


# Setting and dropping


def test_a_rate_records_what_it_follows_from_and_whether_it_can_be_kept() -> None:
    given(of=RATE).when(setting(), actor=LEADER).then(
        RateSet(
            team="RDW", set_on=date(2026, 3, 2), target=250, target_on=THREE_WEEKS, attendance={},
            waiting=320, arrivals=800, arrivals_days=20, season_permille=1000, weight=(14, 1),
            per_day=(45, 1), capacity=(45, 1), capacity_from="measured", feasible=True,
            earliest_days=0, median_days=None, below_floor=False, counted_upto=9,
            policy=given(of=RATE).policies.versions[0].digest,
        )
    )  # fmt: skip


def test_a_rate_above_what_the_team_can_do_is_set_and_says_from_when_it_could_be_met() -> None:
    given(of=RATE).when(setting(capacity=43), actor=LEADER).then(
        some(RateSet, feasible=False, earliest_days=24, capacity=(43, 1), capacity_from="entered")
    )
    given(of=RATE).when(setting(capacity=40), actor=LEADER).then(
        some(RateSet, feasible=False, earliest_days=None)
    )


def test_a_day_on_which_half_attend_weighs_half() -> None:
    half = setting(attendance={FRIDAY: 50, TUESDAY: 0})
    given(of=RATE).when(half, actor=LEADER).then(
        some(RateSet, weight=(25, 2), attendance={"2026-03-03": 0, "2026-03-06": 50})
    )


def test_a_target_below_what_is_always_under_way_is_flagged() -> None:
    slow = counted(median_days=(7, 1))
    given(of=RATE).when(setting(counted=slow), actor=LEADER).then(some(RateSet, below_floor=True))


def test_the_same_rate_set_twice_is_one() -> None:
    again = setting(counted=counted(upto=12))
    rated().when(again, actor=LEADER).nothing()
    rated().when(setting(target=200), actor=LEADER).then(some(RateSet, target=200))


def test_a_rate_without_working_days_before_its_date_is_refused() -> None:
    before = given(of=RATE)
    before.when(setting(target_on=date(2026, 3, 2)), actor=LEADER).refused(
        InvalidCommand, saying="is not ahead"
    )
    nobody = setting(target_on=TUESDAY, attendance={TUESDAY: 0})
    before.when(nobody, actor=LEADER).refused(InvalidCommand, saying="No working day lies between")
    far = setting(target_on=date(2031, 3, 10))
    before.when(far, actor=LEADER).refused(
        InvalidCommand, saying="A plan is for five years at most"
    )


@pytest.mark.parametrize("actor", [ROADS, WATCH])
def test_only_a_person_who_leads_or_dispatches_sets_a_rate(actor: Actor) -> None:
    given(of=RATE).when(setting(), actor=actor).refused(NotAuthorised, saying="only a person who")
    assert given(of=RATE).when(setting(), actor=replace(ROADS, role="dispatcher")).happened
    assert given(of=RATE).when(setting(), actor=DIRECTOR).happened


def test_a_rate_of_a_team_that_nobody_knows_is_refused() -> None:
    given(of=RATE).when(setting(team="NAVY"), actor=DIRECTOR).refused(InvalidCommand)


def test_a_rate_is_dropped_once() -> None:
    drop = DropRate(rate_id=RATE_ID, team="RDW", words="Until autumn.")
    dropped = rated().when(drop, actor=LEADER).then(RateDropped(team="RDW", words="Until autumn."))
    dropped.when(drop, actor=LEADER).nothing()
    dropped.when(day(TUESDAY), actor=WATCH, at=evening(TUESDAY)).refused(
        UnlawfulTransition, rule="rate-in-force"
    )
    rated().when(drop, actor=ROADS).refused(NotAuthorised)


# The days of a rate


def test_a_day_that_was_worked_is_closed_and_is_no_miss() -> None:
    rated().when(day(TUESDAY), actor=WATCH, at=evening(TUESDAY)).then(
        RateDayClosed(
            team="RDW", on=TUESDAY, waiting=320, per_day=(45, 1), needed=45, processed=45,
            returned=0,
        )
    )  # fmt: skip


def test_what_came_back_counts_against_the_day() -> None:
    rated().when(day(TUESDAY, processed=47, returned=3), actor=WATCH, at=evening(TUESDAY)).then(
        some(RateDayClosed, returned=3), MissRecorded(team="RDW", on=TUESDAY, short_by=1)
    )


def test_a_day_is_closed_once_and_a_miss_recorded_once() -> None:
    rated(missed(TUESDAY)).when(day(TUESDAY), actor=WATCH, at=evening(WEDNESDAY)).nothing()


def test_a_day_is_closed_after_its_closing_and_within_the_rate() -> None:
    rated().when(day(TUESDAY), actor=WATCH, at=MONDAY + timedelta(days=1)).refused(
        Refusal, rule="day-has-ended"
    )
    rated().when(day(date(2026, 3, 2)), actor=WATCH, at=evening(TUESDAY)).refused(
        Refusal, rule="day-of-the-rate"
    )


def test_a_rate_set_anew_at_noon_does_not_forgive_the_day() -> None:
    again = Asked(setting(target=200), LEADER, datetime(2026, 3, 3, 16, 0, tzinfo=UTC))
    assert rated(again).when(day(TUESDAY), actor=WATCH, at=evening(TUESDAY)).happened


# Countermeasures


def test_a_miss_is_answered_by_an_action_with_its_owner_to_be_looked_at_the_next_working_day() -> (
    None
):
    rated(missed(TUESDAY)).when(answering(), actor=LEADER, at=NEXT_MORNING).then(
        CountermeasureRecorded(
            countermeasure_id=number(71), team="RDW", missed_on=TUESDAY, cause="absence",
            owner="R-02", check_on=THURSDAY, action="Two from intake help until noon.",
        )
    )  # fmt: skip


def test_a_miss_of_the_same_cause_joins_what_is_done_already() -> None:
    before = rated(missed(TUESDAY), Asked(answering(), LEADER, NEXT_MORNING), missed(WEDNESDAY))
    joining = answering(WEDNESDAY, key=number(72), action=None, owner=None)
    joined = before.when(joining, actor=LEADER, at=evening(WEDNESDAY)).then(
        MissJoined(countermeasure_id=number(71), team="RDW", missed_on=WEDNESDAY)
    )
    assert joined.state.unanswered == ()
    before.when(joining.model_copy(update={"cause": "tools"}), actor=LEADER).refused(
        InvalidCommand, saying="Nothing is done about the cause"
    )


def test_a_miss_is_answered_once() -> None:
    before = rated(missed(TUESDAY), Asked(answering(), LEADER, NEXT_MORNING))
    before.when(answering(), actor=LEADER, at=NEXT_MORNING).nothing()
    before.when(answering(key=number(72)), actor=LEADER, at=NEXT_MORNING).refused(
        UnlawfulTransition, rule="one-answer-a-miss"
    )


@pytest.mark.parametrize(
    ("said", "error", "saying"),
    [
        ({"owner": None}, InvalidCommand, "An action has an owner"),
        ({"owner": "watch"}, InvalidCommand, "is not a person"),
        ({"check_on": TUESDAY}, InvalidCommand, "is not ahead"),
        ({"missed_on": FRIDAY}, Refusal, "is not recorded as missed"),
    ],
)
def test_an_answer_that_says_nothing_is_refused(
    said: dict[str, Any], error: Any, saying: str
) -> None:
    rated(missed(TUESDAY)).when(answering(**said), actor=LEADER, at=NEXT_MORNING).refused(
        error, saying=saying
    )


def test_only_a_person_who_leads_answers_a_miss() -> None:
    rated(missed(TUESDAY)).when(answering(), actor=ROADS, at=NEXT_MORNING).refused(NotAuthorised)


def test_a_countermeasure_is_looked_at_and_closed_once() -> None:
    close = CloseCountermeasure(
        rate_id=RATE_ID, team="RDW", countermeasure_id=number(71), worked=True
    )
    before = rated(missed(TUESDAY), Asked(answering(), LEADER, NEXT_MORNING))
    closed = before.when(close, actor=LEADER, at=NEXT_MORNING).then(
        CountermeasureClosed(countermeasure_id=number(71), team="RDW", worked=True, words=None)
    )
    closed.when(close, actor=LEADER, at=NEXT_MORNING).nothing()
    rated().when(close, actor=LEADER).refused(Refusal, rule="closes-a-countermeasure")


def test_when_nobody_answers_by_noon_of_the_next_working_day_the_rate_is_not_worked() -> None:
    raising = RaiseRateNotWorked(rate_id=RATE_ID, team="RDW", missed_on=TUESDAY)
    before = rated(missed(TUESDAY))
    before.when(raising, actor=WATCH, at=NEXT_MORNING).nothing()
    noon = datetime(2026, 3, 4, 16, 0, tzinfo=UTC)
    alarmed = before.when(raising, actor=WATCH, at=noon).then(
        RateNotWorked(team="RDW", missed_on=TUESDAY, party="leader", since=noon)
    )
    alarmed.when(raising, actor=WATCH, at=noon).nothing()
    answered = before.asked(Asked(answering(), LEADER, NEXT_MORNING))
    answered.when(raising, actor=WATCH, at=noon).nothing()


# Staff time


def test_staff_time_is_recorded_with_its_day() -> None:
    effort = RecordEffort(
        rate_id=RATE_ID, team="RDW", contact_minutes=15, case_minutes=90,
        staff_minutes_a_day=2160, found_by="sampled", sample=40,
    )  # fmt: skip
    recorded = given(of=RATE).when(effort, actor=LEADER).then(
        EffortRecorded(
            team="RDW", on=date(2026, 3, 2), contact_minutes=15, case_minutes=90,
            staff_minutes_a_day=2160, found_by="sampled", sample=40,
        )
    )  # fmt: skip
    recorded.when(effort, actor=LEADER).nothing()
    given(of=RATE).when(effort.model_copy(update={"sample": None}), actor=LEADER).refused(
        InvalidCommand, saying="A sample says of how many"
    )
    given(of=RATE).when(effort, actor=ROADS).refused(NotAuthorised)
