"""Notices of a lapse: what they promise, the whole period after a late one, and who may lapse before it is over."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from ledger.case.contact.notices import NoticeIssued
from ledger.case.escalation.chase_steps import ChaseLapsed, ReachChaseStep
from tests.case.cases import INCOMPLETE, resolve
from tests.case.chased import LAPSES, day, letter, of_one_who_died, reach
from tests.case.days import DAY
from tests.case.writing import TEMPLATES, fail, issue
from tests.deciding import (
    CASE_ID,
    INCOME,
    WATCH,
    Asked,
    History,
    by,
    chased,
    given_commands,
    office,
)

AFTER_EASTER = datetime(2026, 4, 8, 3, 0, tzinfo=UTC)
"""The end of the fifth working day after the last Friday of March."""


def _names_the_date(document: dict[str, Any]) -> None:
    text = {"subject": "{reference}", "body": "It lapses on {lapses_on}.", "rights": "Ask again."}
    lapse = {**TEMPLATES["LAPSE"], "given_on_sending": True, "texts": {"en": text, "fr": text}}
    document["templates"] = {"LAPSE": lapse}


def warn(at: datetime) -> Asked:
    """Notice of the lapse is sent and given."""
    return by(INCOME, issue("LAPSE"), at=at)


def to_be_warned(*asked: Asked | Any) -> History[Any]:
    """A chase that has come to the day on which notice of the lapse is to be given."""
    steps = ((1, 0), (2, 5), (3, 10), (4, 15))
    chasing = (by(WATCH, reach(step), at=day(after)) for step, after in steps)
    rules = office(chased("INC-APP", "INC-CHG"), _names_the_date)
    return given_commands(INCOMPLETE, *chasing, *asked, policies=rules)


def _named(history: History[Any]) -> str:
    (sent,) = (each.fact for each in history.happened if isinstance(each.fact, NoticeIssued))
    return str(sent.words)


def test_a_notice_that_is_given_in_time_names_the_day_of_the_plan() -> None:
    assert "lapses on 30 March 2026" in _named(to_be_warned(warn(day(15))))


def test_a_notice_that_is_given_late_names_a_day_that_leaves_its_whole_period() -> None:
    """It named the day of the plan, which could be the next one, or gone by."""
    late = to_be_warned(warn(day(19)))
    assert "lapses on 7 April 2026" in _named(late)
    late.when(resolve("lapsed"), actor=INCOME, at=LAPSES + DAY).refused(
        saying="until the end of 7 April 2026", rule="lapse-after-notice"
    )
    late.when(reach(5), actor=WATCH, at=AFTER_EASTER - timedelta(seconds=1)).nothing()
    assert isinstance(late.decide(by(WATCH, reach(5), at=AFTER_EASTER))[0].fact, ChaseLapsed)


def test_nothing_lapses_before_the_day_that_its_notice_names_whatever_was_asked_before() -> None:
    asked = to_be_warned(letter(day(15), place=9, reply_by=day(17)), warn(day(19)))
    assert "lapses on 7 April 2026" in _named(asked)
    asked.when(reach(5), actor=WATCH, at=AFTER_EASTER - timedelta(seconds=1)).nothing()
    assert asked.decide(by(WATCH, reach(5), at=AFTER_EASTER))


def test_who_was_not_told_in_time_is_told_and_has_the_period_before_a_person_closes_the_case() -> (
    None
):
    """Whoever had the case closed it as lapsed without a letter, or on the day of one that named a day gone by."""
    untold = to_be_warned(by(WATCH, reach(5), at=LAPSES))
    untold.when(resolve("lapsed"), actor=INCOME, at=LAPSES + DAY).refused(rule="lapse-needs-notice")
    told = untold.asked(warn(LAPSES + DAY))
    until = datetime(2026, 4, 11, 3, 0, tzinfo=UTC)
    assert "lapses on 10 April 2026" in _named(told)
    told.when(resolve("lapsed"), actor=INCOME, at=until - timedelta(seconds=1)).refused(
        rule="lapse-after-notice"
    )
    assert told.asked(by(INCOME, resolve("lapsed"), at=until)).state.outcome == "lapsed"
    bounced = told.asked(by(INCOME, fail(), at=LAPSES + 2 * DAY))
    bounced.when(resolve("lapsed"), actor=INCOME, at=until).refused(rule="lapse-needs-notice")


def test_nobody_can_write_to_the_dead_so_a_person_closes_their_case_without_a_notice() -> None:
    dead = of_one_who_died(to_be_warned()).asked(by(WATCH, reach(5), at=LAPSES))
    assert dead.asked(by(INCOME, resolve("lapsed"), at=LAPSES + DAY)).state.outcome == "lapsed"


def test_that_a_person_must_decide_a_lapse_is_asked_until_they_have_whoever_was_written_to() -> (
    None
):
    """Once the requester had been turned to, nobody was told any more that the lapse was still to be decided."""
    told = to_be_warned(by(WATCH, ReachChaseStep(case_id=CASE_ID, step=5), at=LAPSES)).asked(
        warn(LAPSES + DAY)
    )
    assert told.state.chase.last_act == "lapse"
