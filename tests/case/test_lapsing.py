"""Lapsing: after its period and its notice, while the requester is waited for; with care by a person alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from ledger.case.clocks.approving import ApproveDatingBack
from ledger.case.clocks.facts import ClockArmed, ClockStopped
from ledger.case.clocks.lapsing import LapseClock
from ledger.case.contact.notices import NoticeGiven, NoticeIssued
from ledger.case.outcome.reopening import CaseReopened, ReopenCase
from ledger.case.outcome.resolving import CaseResolved
from ledger.errors import CaseNotFound, InvalidCommand, NotAuthorised
from tests.case.cases import INCOMPLETE, ITEM, POTHOLE, resolve, wait
from tests.case.days import DAY, TUESDAY
from tests.case.editions import limit
from tests.case.writing import fail, give, issue, writes
from tests.deciding import (
    CASE_ID,
    INTAKE,
    MONDAY,
    ROADS,
    WATCH,
    Change,
    by,
    given,
    given_commands,
    number,
    office,
    some,
)

LAST = TUESDAY + 20 * DAY
"""The last day on which an answer is in time."""
NOTICE = LAST - 10 * DAY


def lapsing(**said: Any) -> Change:
    def change(document: dict[str, Any]) -> None:
        document["clocks"]["FIX-10"].pop("pause_limit")
        document["clocks"]["FIX-10"]["lapse"] = {
            "amount": 20,
            "unit": "calendar_days",
            "notice": {"amount": 7, "unit": "calendar_days"},
            **said,
        }

    return change


def lapse(**said: Any) -> LapseClock:
    return LapseClock(case_id=CASE_ID, clock="FIX-10", **{"notice_given_at": NOTICE, **said})


APPROVED = by(
    ROADS, ApproveDatingBack(case_id=CASE_ID, clock="FIX-10", dated_at=NOTICE), at=LAST + DAY
)


def warns(document: dict[str, Any]) -> None:
    """The office warns of a lapse by a letter of its own."""
    words = {
        "subject": "S",
        "body": "If nothing comes, your request lapses.",
        "rights": "Ask again.",
    }
    warning = {
        "en": "Notice of lapse", "fr": "Avis de caducité", "kind": "lapse", "version": "1",
        "given_on_sending": True, "texts": {"en": words, "fr": words},
    }  # fmt: skip
    document["templates"] = {"WARN": warning}


def waiting(*further: Change) -> Any:
    policies = office(lapsing(), *further)
    return given_commands(POTHOLE, by(INTAKE, wait(), at=TUESDAY), policies=policies)


def test_a_clock_lapses_after_its_period_and_is_neither_met_nor_breached() -> None:
    """Row 23."""
    after = (
        waiting()
        .when(lapse(), actor=WATCH, at=LAST + DAY)
        .then(some(ClockStopped, clock="FIX-10", outcome="lapsed", cause="lapsed"))
    )
    assert after.state.clocks["FIX-10"].state == "lapsed"
    after.when(lapse(), at=LAST + DAY).nothing()


def test_nothing_lapses_before_the_end_of_its_period() -> None:
    waiting().when(lapse(), at=LAST).refused(
        saying="lapses after 23 March 2026", rule="lapse-after-its-period"
    )


def test_nothing_lapses_without_its_notice_or_inside_its_time() -> None:
    before = waiting()
    for lacking in ({"notice_given_at": None}, {"notice_given_at": MONDAY}):
        before.when(lapse(**lacking), at=LAST + DAY).refused(rule="lapse-needs-notice")
    late = lapse(notice_given_at=LAST - DAY)
    before.when(late, at=LAST + DAY).refused(
        saying="runs until 29 March 2026", rule="lapse-after-notice"
    )


def test_a_case_that_needs_care_never_lapses_by_itself() -> None:
    flagged = POTHOLE.model_copy(update={"flags": ("adjustment",)})
    before = given_commands(flagged, by(INTAKE, wait(), at=TUESDAY), policies=office(lapsing()))
    before.when(lapse(), actor=WATCH, at=LAST + DAY).refused(
        NotAuthorised, saying="let a person decide it"
    )
    approved = before.asked(APPROVED)
    approved.when(lapse(), actor=INTAKE, at=LAST + DAY).then(some(ClockStopped, outcome="lapsed"))


def test_a_notice_that_lies_elsewhere_is_nobodys_lone_word() -> None:
    """One officer said that it had been given ten days before, and the request was gone, neither met nor breached."""
    before = waiting()
    before.when(lapse(approved_by="R-02"), at=LAST + DAY).refused(
        saying="as of 11:00 on 13 March 2026 (", rule="breach-crossed-by-two"
    )
    before.asked(replace(APPROVED, actor=INTAKE)).when(lapse(), at=LAST + DAY).refused(
        rule="breach-crossed-by-two"
    )
    before.asked(APPROVED).when(lapse(), at=LAST + DAY).then(
        some(ClockStopped, outcome="lapsed", evidence=(), approved_by="R-02")
    )
    before.when(lapse(evidence=(number(99),)), at=LAST + DAY).refused(InvalidCommand)
    strict = waiting(limit(5)).asked(by(INTAKE, ITEM, at=LAST)).asked(APPROVED)
    strict.when(lapse(), at=LAST + DAY).refused(rule="lapse-on-evidence")
    strict.when(lapse(evidence=(ITEM.item_id,)), at=LAST + DAY).then(
        some(ClockStopped, outcome="lapsed", evidence=(ITEM.item_id,), approved_by="R-02")
    )


def test_a_notice_that_lies_here_is_believed_once_it_has_run_since_it_was_entered() -> None:
    """It was entered on the last day as given ten days before."""
    policies = office(lapsing(), warns)
    waits = given_commands(POTHOLE, by(INTAKE, wait(), at=TUESDAY), policies=policies)
    warned = by(ROADS, issue("WARN", place=9), at=LAST, happened_at=NOTICE)
    asked = lapse(notice_given_at=None, notice_id=number(9))
    waits.asked(warned).when(asked, at=LAST + DAY).refused(rule="breach-crossed-by-two")
    waits.asked(warned).asked(APPROVED).when(asked, at=LAST + DAY).then(
        some(ClockStopped, approved_by="R-02")
    )
    later = LAST + 8 * DAY
    waits.asked(warned).when(asked, at=later).then(some(ClockStopped, approved_by=None))
    in_time = by(ROADS, issue("WARN", place=9), at=NOTICE)
    waits.asked(in_time).when(asked, at=LAST + DAY).then(some(ClockStopped, approved_by=None))


def names_the_date(document: dict[str, Any]) -> None:
    warns(document)
    for text in document["templates"]["WARN"]["texts"].values():
        text["body"] = "Without an answer by the end of {lapses_on} your request lapses."


def test_a_letter_of_lapse_names_the_last_day_by_the_law_of_its_clock() -> None:
    """Only the date that a chase had set could be said, so a clock's own lapse had no letter that named it."""
    waits = waiting(names_the_date)
    in_time = waits.when(issue("WARN", place=9, clock="FIX-10"), at=NOTICE).then(
        some(NoticeIssued, lapses_at=datetime(2026, 3, 24, 3, tzinfo=UTC)), some(NoticeGiven)
    )
    assert "by the end of 23 March 2026 " in str(in_time.happened[-2].fact)
    late = waits.when(issue("WARN", place=9), at=LAST - DAY).then(
        some(NoticeIssued, lapses_at=datetime(2026, 3, 30, 3, tzinfo=UTC)), some(NoticeGiven)
    )
    asked = lapse(notice_given_at=None, notice_id=number(9))
    late.when(asked, at=LAST + 6 * DAY).refused(saying="runs until 29 March 2026")
    late.when(asked, at=LAST + 7 * DAY).then(some(ClockStopped, outcome="lapsed"))
    given_commands(POTHOLE, policies=office(lapsing(), names_the_date)).when(
        issue("WARN", clock="FIX-10"), at=TUESDAY
    ).refused(saying="'lapses_on', and the case has none", rule="notice-says-what-is")


def test_no_clock_lapses_before_the_day_that_a_letter_named_for_all_of_them() -> None:
    def another(document: dict[str, Any]) -> None:
        days = {"amount": 25, "unit": "calendar_days"}
        document["clocks"]["ACK-2"] |= {"lapse": days, "effects": {"particulars": "pause"}}

    changed = POTHOLE.model_copy(update={"request_type": "INC-CHG"})
    policies = office(lapsing(), names_the_date, another)
    waits = given_commands(changed, by(INTAKE, wait(), at=TUESDAY), policies=policies)
    told = waits.asked(by(ROADS, issue("WARN", place=9), at=NOTICE))
    asked = lapse(notice_given_at=None, notice_id=number(9))
    told.when(asked, at=LAST + 5 * DAY).refused(saying="runs until 28 March 2026")
    told.when(asked, at=LAST + 6 * DAY).then(some(ClockStopped, outcome="lapsed"))


def test_a_clock_lapses_only_while_the_requester_is_waited_for_and_by_its_law() -> None:
    given_commands(POTHOLE, policies=office(lapsing())).when(lapse(), at=LAST).refused(
        rule="lapse-while-waiting"
    )
    given_commands(POTHOLE).when(lapse(), at=LAST).refused(rule="lapse-foreseen")
    given_commands(POTHOLE).when(lapse().model_copy(update={"clock": "ACK-2"})).refused(
        InvalidCommand
    )
    given().when(lapse()).refused(CaseNotFound)


def test_a_period_that_begins_with_its_day_ends_the_day_before() -> None:
    """Row 12: three months beginning with 3 March end on 2 June."""
    policies = office(lapsing(amount=3, unit="months", first_day="included", notice=None))
    before = given_commands(POTHOLE, by(INTAKE, wait(), at=TUESDAY), policies=policies)
    last = TUESDAY.replace(month=6, day=2)
    before.when(lapse(), at=last).refused(saying="lapses after 2 June 2026")
    before.when(lapse(), at=last + DAY).then(some(ClockStopped, outcome="lapsed"))


def test_a_case_is_closed_as_lapsed_only_after_its_clock_has_lapsed() -> None:
    before = waiting()
    before.when(resolve("lapsed"), at=LAST + DAY).refused(rule="lapse-by-its-clock")
    lapsed = before.asked(APPROVED).asked(by(INTAKE, lapse(), at=LAST + DAY))
    after = lapsed.asked(by(INTAKE, resolve("lapsed"), at=LAST + DAY))
    assert isinstance(after.happened[-1].fact, CaseResolved)


def test_a_request_is_closed_as_lapsed_after_its_notice_where_the_office_has_a_letter_for_it() -> (
    None
):
    """Whoever had a request could close it as lapsed on the day it came, with nobody told and no clock missed."""
    before = given_commands(INCOMPLETE, policies=office(writes))
    for actor in (INTAKE, WATCH):
        before.when(resolve("lapsed"), actor=actor, at=TUESDAY).refused(
            saying="issue it", rule="lapse-needs-notice"
        )
    sent = before.asked(by(INTAKE, issue("LAPSE")))
    sent.when(resolve("lapsed"), at=TUESDAY).refused(rule="lapse-needs-notice")
    given = sent.asked(by(INTAKE, give(1)))
    assert given.asked(by(INTAKE, resolve("lapsed"), at=TUESDAY)).state.outcome == "lapsed"
    failed = given.asked(by(INTAKE, fail(1)))
    failed.when(resolve("lapsed"), at=TUESDAY).refused(rule="lapse-needs-notice")


@pytest.mark.parametrize(
    ("outcome", "ends"),
    [("lapsed", "lapsed"), ("withdrawn", "withdrawn")],
)
def test_a_clock_with_nothing_left_to_answer_ends_neither_met_nor_breached(
    outcome: str, ends: str
) -> None:
    """Row 23: lapsed or withdrawn."""
    after = given_commands(POTHOLE).asked(by(INTAKE, resolve(outcome), at=TUESDAY))
    assert after.state.clocks["FIX-10"].state == ends


def test_what_was_breached_before_it_was_withdrawn_stays_breached() -> None:
    late = MONDAY + 30 * DAY
    after = given_commands(POTHOLE).asked(by(INTAKE, resolve("withdrawn"), at=late))
    assert after.state.clocks["FIX-10"].state == "breached"


def test_a_case_that_is_opened_again_after_it_lapsed_has_its_clock_again() -> None:
    """The answer came too late, and the office takes the matter up all the same."""
    lapsed = waiting().asked(APPROVED).asked(by(INTAKE, lapse(), at=LAST + DAY))
    closed = lapsed.asked(by(INTAKE, resolve("lapsed"), at=LAST + 2 * DAY))
    reopen = ReopenCase(case_id=CASE_ID, reason="new-facts", clock_policy="restart")
    closed.when(reopen, at=LAST + 3 * DAY).then(
        some(CaseReopened), some(ClockArmed, clock="FIX-10", started_at=LAST + 3 * DAY)
    )
