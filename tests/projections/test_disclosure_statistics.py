"""The statistics of an access office: every request is counted once, in the time to which it belongs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from hypothesis import given as for_all
from hypothesis import strategies as st

from ledger.case.escalation.reaching import ReachRung
from ledger.policy.calendars.zones import LocalDays
from ledger.registers.disclosures.fees import EstimateFee, FeeLine, PayFee, RefundFee
from projections.disclosures.dossier import Dossier
from projections.disclosures.statistics import Request, request_of, statistics
from tests.case.cases import POTHOLE
from tests.deciding import CASE_ID, MONDAY, WATCH, Asked, by, given_commands, office
from tests.registers.disclosing import ID, OFFICER, OPEN, asked, disclosure

FIRST, LAST = date(2026, 4, 1), date(2027, 3, 31)


def request(received_on: date, answered_on: date | None = None, **said: Any) -> Request:
    values: dict[str, Any] = {
        "case_id": UUID(int=1), "reference": "R", "request_type": "IAC-GEN", "result": None,
        "on_time": None, "overdue_on": None, "extensions": 0, "exemptions": (), "applicant_class": None, "minutes": 0,
        "cost_cents": 0, "paid_cents": 0, "pages": 0,
    }  # fmt: skip
    return Request(received_on=received_on, answered_on=answered_on, **(values | said))


def test_requests_are_counted_in_the_time_to_which_they_belong() -> None:
    day = timedelta(days=1)
    found = statistics(
        [
            request(FIRST - 9 * day, FIRST - day),
            request(FIRST - 9 * day, FIRST + day, on_time=False, result="part", exemptions=("A", "B")),
            request(FIRST - 9 * day),
            request(FIRST, FIRST + 4 * day, on_time=True, result="granted", extensions=1, minutes=30),
            request(LAST, LAST + day, exemptions=("A",), applicant_class="media"),
            request(LAST + day, LAST + 2 * day),
        ],
        from_on=FIRST,
        until_on=LAST,
    )  # fmt: skip
    assert (found.pending_at_start, found.received) == (2, 2)
    assert (found.completed, found.pending_at_end) == (2, 2)
    assert (found.on_time, found.late) == (1, 1)
    assert (found.extended, found.extensions, found.minutes) == (1, 1, 30)
    assert found.exemptions == {"A": 1, "B": 1}
    assert found.applicants == {"media": 1, "unknown": 1}
    assert (found.results["granted"], found.results["part"]) == (1, 1)
    assert (found.median_days, found.average_days) == ("7", "7.00")
    assert (found.lowest_days, found.highest_days) == (4, 10)


def test_a_median_between_two_days_is_told_with_its_half_and_none_where_nothing_was_answered() -> (
    None
):
    both = [request(FIRST, FIRST + timedelta(days=each)) for each in (1, 2)]
    assert statistics(both, from_on=FIRST, until_on=LAST).median_days == "1.5"
    assert statistics([], from_on=FIRST, until_on=LAST).median_days is None


def asks_for_records(document: dict[str, Any]) -> None:
    document["clocks"]["FIX-10"]["stops_on"] = ["access_given"]


def in_the_statistics(*commands: Asked, answers: Sequence[Dossier] = ()) -> Request:
    policies = office(asks_for_records)
    case = given_commands(POTHOLE, *commands, policies=policies).state
    days = LocalDays("America/Halifax", ZoneInfo("America/Halifax"))
    return request_of(CASE_ID, case, answers, policies, days)


def test_what_became_late_after_the_year_was_not_overdue_at_its_end() -> None:
    """A report for last year that was made late in this one called all overdue that was by then."""
    due_on = date(2026, 3, 16)
    late = ReachRung(case_id=CASE_ID, clock="FIX-10", generation=1)
    found = in_the_statistics(by(WATCH, late, at=MONDAY + timedelta(days=60)))
    assert (found.on_time, found.overdue_on) == (False, due_on)
    assert in_the_statistics().overdue_on is None
    answered = replace(found, answered_on=due_on + timedelta(days=30))
    for each in (found, answered):
        at_the_end = [
            statistics([each], from_on=FIRST, until_on=day).overdue_at_end
            for day in (due_on - timedelta(days=1), due_on, due_on + timedelta(days=29))
        ]
        assert at_the_end == [0, 1, 1]


def test_what_was_given_back_is_not_counted_as_paid() -> None:
    """The annual report told it among the fees that were collected."""
    line = FeeLine(basis="copying", quantity=100, unit="page", rate_cents=50)
    commands = (
        EstimateFee(disclosure_id=ID, lines=(line,)),
        PayFee(disclosure_id=ID, paid_cents=2000),
        PayFee(disclosure_id=ID, paid_cents=3000),
        RefundFee(disclosure_id=ID, refunded_cents=1200, reason="Fewer pages."),
    )
    paid = asked(disclosure(), OPEN, *(Asked(each, OFFICER) for each in commands)).state
    assert in_the_statistics(answers=[Dossier(paid)]).paid_cents == 3800


DAYS = st.integers(0, 800)


@for_all(st.lists(st.tuples(DAYS, st.none() | DAYS), max_size=12), DAYS, DAYS)
def test_what_was_pending_and_came_in_was_answered_or_is_pending(
    known: list[tuple[int, int | None]], start: int, length: int
) -> None:
    first = FIRST + timedelta(days=start)
    requests = [
        request(
            FIRST + timedelta(days=came),
            None if took is None else FIRST + timedelta(days=came + took),
        )
        for came, took in known
    ]
    found = statistics(requests, from_on=first, until_on=first + timedelta(days=length))
    assert found.pending_at_start + found.received == found.completed + found.pending_at_end
    assert sum(found.results.values()) == found.completed
    assert sum(found.applicants.values()) == found.received
