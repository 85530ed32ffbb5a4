"""Whose turn it is: immediate danger, what has waited too long, what is dated, what is oldest."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from ledger.policy.compiled.policy import compile_policy
from ledger.policy.document.policy import Policy
from ledger.policy.document.stored import document_of
from ledger.policy.flow.pulling import LANES, Turn, Waiting, latest_start, turn, wanting, who_may
from ledger.policy.reading.references import wrong_references
from ledger.policy.routing.presence import Absence, Directory
from tests.ledgers import office_policy

NOW = datetime(2026, 3, 9, 14, 0, tzinfo=UTC)
"""A Monday, eleven in the morning at the office."""


def with_terms(**terms: Any) -> Policy:
    return Policy.model_validate({**document_of(office_policy()), "pull": terms})


POLICY = with_terms(types={"RDW-POT": {"working_minutes": 480, "median_days": 4}})
COMPILED = compile_policy(POLICY, version=1)
HOURS = COMPILED.calendars.hours["OFFICE"]
DAYS = COMPILED.calendars.days_of(POLICY.office.zone)


def waiting(**said: Any) -> Waiting:
    told: dict[str, Any] = {
        "request_type": "RDW-POT", "region": None, "language": None, "immediate": False,
        "due_at": None, "received_at": NOW - timedelta(days=1),
    }  # fmt: skip
    return Waiting(**{**told, **said})


def able(case: Waiting, directory: Directory | None = None) -> tuple[str, ...]:
    """Who of the roads team may take a case."""
    return who_may(case, POLICY, "RDW", directory=directory or Directory(), on=NOW.date())


def turn_of(case: Waiting, policy: Policy = POLICY) -> Turn:
    return turn(case, policy, hours=HOURS, days=DAYS, now=NOW)


def test_immediate_danger_comes_before_whatever_has_waited_longest() -> None:
    danger = turn_of(waiting(immediate=True))
    old = turn_of(waiting(received_at=NOW - timedelta(days=400)))
    assert (danger.lane, old.lane) == ("immediate", "aged")
    assert danger.key < old.key


def test_a_day_s_work_due_on_monday_morning_must_begin_on_friday_morning() -> None:
    due = datetime(2026, 3, 16, 11, 30, tzinfo=UTC)
    assert latest_start(due, 480, HOURS) == datetime(2026, 3, 13, 11, 30, tzinfo=UTC)
    noon = due + timedelta(hours=4)
    assert latest_start(noon, 480, HOURS) == datetime(2026, 3, 13, 15, 30, tzinfo=UTC)
    assert latest_start(noon, 0, HOURS) == noon


def test_beyond_the_calendar_the_due_instant_itself_is_the_latest_start() -> None:
    far = datetime(2035, 1, 1, tzinfo=UTC)
    assert latest_start(far, 480, HOURS) == far


def test_dated_cases_stand_by_their_latest_safe_start_and_not_by_their_date() -> None:
    soon = NOW + timedelta(days=2)
    long_work = turn_of(waiting(due_at=soon + timedelta(hours=1)))
    short_work = turn_of(waiting(request_type="GEN-ENQ", due_at=soon))
    assert (long_work.working_minutes, short_work.working_minutes) == (480, None)
    assert long_work.key < short_work.key


def test_undated_cases_come_after_dated_ones_the_oldest_first() -> None:
    dated = turn_of(waiting(due_at=NOW + timedelta(days=300)))
    older = turn_of(waiting(received_at=NOW - timedelta(days=3)))
    newer = turn_of(waiting())
    assert dated.key < older.key < newer.key


def test_a_case_is_aged_once_it_waits_longer_than_three_medians() -> None:
    at_it = waiting(received_at=NOW - timedelta(days=12), due_at=NOW)
    past_it = waiting(received_at=NOW - timedelta(days=13), due_at=NOW)
    assert (turn_of(at_it).lane, turn_of(past_it).lane) == ("dated", "aged")
    twice = with_terms(types={"RDW-POT": {"median_days": 6}}, ageing_percent=200)
    assert turn_of(past_it, twice).lane == "aged"


def test_an_undated_case_without_a_median_is_aged_after_four_weeks_so_that_nothing_starves() -> (
    None
):
    plain = office_policy()
    assert turn_of(waiting(received_at=NOW - timedelta(days=28)), plain).lane == "undated"
    assert turn_of(waiting(received_at=NOW - timedelta(days=29)), plain).lane == "aged"


def test_whoever_works_a_region_may_take_what_lies_within_it() -> None:
    policy = with_terms(regions={"R-02": ["WES"]})
    assert wanting(waiting(region="WES-CLARE"), policy, "R-02") == ()
    assert wanting(waiting(region="HAL"), policy, "R-02") == ("region:HAL",)
    assert wanting(waiting(region="HAL"), policy, "R-03") == ()


def test_a_language_that_the_office_does_not_keep_needs_an_interpreter_and_stops_nobody() -> None:
    assert wanting(waiting(language="mi"), POLICY, "R-02") == ()
    assert wanting(waiting(language="fr"), POLICY, "R-02") == ("language:fr",)
    assert able(waiting(language="fr")) == ("L-02", "R-03")


def test_only_who_is_there_may_take_a_case_and_has_all_the_skills_that_it_takes() -> None:
    away = Absence(UUID(int=1), "L-02", NOW.date(), None, False, None)
    assert able(waiting(language="fr"), Directory().with_absence(away)) == ("R-03",)
    assert able(waiting(skills=("road", "fr"))) == ("L-02", "R-03"), "a language is a skill too"
    assert able(waiting(skills=("road", "hearing"))) == ()
    assert wanting(waiting(skills=("road", "hearing")), POLICY, "R-02") == ("skill:hearing",)


def test_pull_terms_that_name_what_is_not_there_are_found() -> None:
    policy = with_terms(
        types={"RDW-POT": {"skills": ["magic"]}, "NOWHERE": {}}, regions={"R-02": ["MARS"], "X": []}
    )
    assert len(wrong_references(policy)) == 4


cases = st.builds(
    waiting,
    request_type=st.sampled_from(["RDW-POT", "GEN-ENQ", None]),
    immediate=st.booleans(),
    due_at=st.none() | st.integers(-500, 2000).map(lambda hours: NOW + timedelta(hours=hours)),
    received_at=st.integers(0, 3000).map(lambda hours: NOW - timedelta(hours=hours)),
)


@given(cases, st.integers(1, 4000))
def test_nothing_starves_every_case_comes_to_the_head_in_time(case: Waiting, later: int) -> None:
    lane = turn_of(case).lane
    after = turn(case, POLICY, hours=HOURS, days=DAYS, now=NOW + timedelta(hours=later)).lane
    assert LANES.index(after) <= LANES.index(lane)
    in_a_year = turn(case, POLICY, hours=HOURS, days=DAYS, now=NOW + timedelta(days=366)).lane
    assert in_a_year != "undated"
