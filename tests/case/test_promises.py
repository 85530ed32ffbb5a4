"""Keeping in touch: promised contacts, requesters without word, and cases closed without any reply."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from ledger.case.alarms import CaseAlarmed, RaiseAlarm
from ledger.case.contact.promises import ContactPromised, PromiseNextContact
from ledger.errors import CaseNotFound, InvalidCommand, UnlawfulTransition
from tests.case.cases import POTHOLE, contact, resolve
from tests.case.writing import issue, writes
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

DAY = timedelta(days=1)
FRIDAY = MONDAY + 4 * DAY


def promise(place: int = 1, *, by_at: datetime = FRIDAY) -> PromiseNextContact:
    return PromiseNextContact(
        case_id=CASE_ID, promise_id=number(place), by_at=by_at, words="We call you."
    )


def alarm(code: str, since: datetime) -> RaiseAlarm:
    return RaiseAlarm(case_id=CASE_ID, alarm=code, since=since)


def speaks_within(days: int) -> Any:
    def change(document: dict[str, Any]) -> None:
        document["office"]["silence_days"] = days

    return change


def test_the_requester_is_promised_to_hear_from_us() -> None:
    given_commands(POTHOLE).when(promise()).then(
        ContactPromised(promise_id=number(1), by_at=FRIDAY, words="We call you.")
    )


def test_a_promise_is_made_once_and_of_a_time_to_come() -> None:
    before = given_commands(POTHOLE, promise())
    before.when(promise(), at=MONDAY + DAY).nothing()
    before.when(promise(2, by_at=MONDAY), at=MONDAY + DAY).refused(
        InvalidCommand, saying="a time to come"
    )
    before.asked(resolve()).when(promise(3)).refused(UnlawfulTransition)
    given().when(promise()).refused(CaseNotFound)


def test_a_promise_that_is_not_kept_alarms() -> None:
    before = given_commands(POTHOLE, promise())
    missed = alarm("promise_missed", FRIDAY)
    before.when(missed, actor=WATCH, at=FRIDAY - DAY).nothing()
    before.when(missed, actor=WATCH, at=FRIDAY).then(
        some(CaseAlarmed, alarm="promise_missed", party="leader", since=FRIDAY)
    )


def test_a_contact_that_reached_the_requester_or_a_notice_keeps_the_promise() -> None:
    before = given_commands(POTHOLE, promise(), policies=office(writes))
    missed = alarm("promise_missed", FRIDAY)
    for kept in (contact(), issue()):
        before.asked(kept).when(missed, actor=WATCH, at=FRIDAY).nothing()
    for not_kept in (contact(reached=False), contact("inbound")):
        assert before.asked(not_kept).when(missed, actor=WATCH, at=FRIDAY).happened


def test_a_later_promise_takes_the_place_of_the_earlier() -> None:
    before = given_commands(POTHOLE, promise(), promise(2, by_at=FRIDAY + 3 * DAY))
    before.when(alarm("promise_missed", FRIDAY), actor=WATCH, at=FRIDAY).nothing()


def test_a_requester_who_hears_nothing_for_as_long_as_the_policy_lets_them_alarms() -> None:
    before = given_commands(POTHOLE, policies=office(speaks_within(3)))
    silent = alarm("no_contact", MONDAY)
    over = datetime(2026, 3, 6, 4, 0, tzinfo=UTC)
    before.when(silent, actor=WATCH, at=over - timedelta(seconds=1)).nothing()
    before.when(silent, actor=WATCH, at=over).then(some(CaseAlarmed, alarm="no_contact"))
    heard = before.asked(by(INTAKE, contact(), at=MONDAY + DAY))
    heard.when(silent, actor=WATCH, at=over).nothing()
    heard.when(alarm("no_contact", MONDAY + DAY), actor=WATCH, at=over + DAY).then(
        some(CaseAlarmed, since=MONDAY + DAY)
    )
    given_commands(POTHOLE).when(silent, actor=WATCH, at=over + 90 * DAY).nothing()


def test_a_case_closed_without_any_reply_alarms() -> None:
    closed = alarm("closed_without_reply", MONDAY)
    before = given_commands(POTHOLE, resolve())
    before.when(closed, actor=WATCH, at=FRIDAY).then(
        some(CaseAlarmed, alarm="closed_without_reply")
    )
    before.asked(contact()).when(closed, actor=WATCH, at=FRIDAY).nothing()
    given_commands(POTHOLE).when(closed, actor=WATCH, at=FRIDAY).nothing()
