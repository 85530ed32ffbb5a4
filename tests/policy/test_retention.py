"""Retention: until when a record is kept, by every start there is, held against a naive count and a real schedule."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from ledger.policy.document.retention import Closing, Kept, RetentionClass, kept_until
from tests.channels.logs import real

DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))


def terms(**said: Any) -> RetentionClass:
    return RetentionClass.model_validate(
        {"en": "A class", "authority": "A schedule", "ends": "destroy", **said}
    )


CLOSED = Closing(resolved_on=date(2026, 5, 10), settled_on=date(2026, 6, 1))


@pytest.mark.parametrize(
    ("said", "closing", "due_on"),
    [
        ({"years": 2, "fiscal": True}, CLOSED, date(2029, 4, 1)),
        ({"years": 2, "fiscal": True, "fiscal_begins": 1}, CLOSED, date(2029, 1, 1)),
        ({"years": 7}, CLOSED, date(2033, 6, 1)),
        ({"years": 7, "starts": "resolved"}, CLOSED, date(2033, 5, 10)),
        ({"months": 18}, CLOSED, date(2027, 12, 1)),
        ({"years": 1, "months": 6}, CLOSED, date(2027, 12, 1)),
        ({}, CLOSED, date(2026, 6, 1)),
        ({"years": 7, "starts": "appeal_over", "appeal_days": 60}, CLOSED, date(2033, 7, 31)),
    ],
)
def test_a_record_is_due_when_its_period_is_over(
    said: dict[str, Any], closing: Closing, due_on: date
) -> None:
    assert kept_until(terms(**said), closing).due_on == due_on


def test_a_last_payment_after_the_close_begins_the_period_anew() -> None:
    paid = Closing(CLOSED.resolved_on, CLOSED.settled_on, {"paid": date(2027, 1, 15)})
    kept = kept_until(terms(years=7, starts="last_payment_or_closed"), paid)
    assert (kept.start_on, kept.due_on) == (date(2027, 1, 15), date(2034, 1, 15))
    before = Closing(CLOSED.resolved_on, CLOSED.settled_on, {"paid": date(2026, 1, 15)})
    assert kept_until(terms(years=7, starts="last_payment_or_closed"), before).start_on == (
        date(2026, 6, 1)
    )


def test_a_child_s_record_is_kept_until_so_long_after_its_majority() -> None:
    child = terms(years=7, starts="majority")
    assert kept_until(child, CLOSED).lacking == "majority"
    grown = Closing(CLOSED.resolved_on, CLOSED.settled_on, {}, date(2040, 3, 1))
    assert kept_until(child, grown).due_on == date(2047, 3, 1)
    of_age_long_ago = Closing(CLOSED.resolved_on, CLOSED.settled_on, {}, date(2001, 3, 1))
    assert kept_until(child, of_age_long_ago).due_on == date(2033, 6, 1)


def test_an_event_begins_the_period_and_is_waited_for() -> None:
    license_ends = terms(years=5, starts="event", event="expired")
    assert kept_until(license_ends, CLOSED) == Kept("destroy", lacking="expired")
    expired = Closing(CLOSED.resolved_on, CLOSED.settled_on, {"expired": date(2028, 2, 29)})
    assert kept_until(license_ends, expired).due_on == date(2033, 3, 1)


def test_what_is_kept_for_good_is_never_due_and_what_is_open_has_no_date() -> None:
    assert kept_until(terms(ends="keep"), CLOSED) == Kept("keep", date(2026, 6, 1))
    assert kept_until(terms(years=2), Closing()) == Kept("destroy", lacking="resolution")
    assert kept_until(terms(years=2), Closing(date(2026, 5, 10))).lacking == "settlement"


@pytest.mark.parametrize(
    "said",
    [
        {"starts": "event"},
        {"starts": "as_original"},
        {"ends": "as_original"},
        {"ends": "keep", "years": 2},
        {"fiscal": True},
        {"fiscal": True, "years": 2, "months": 1},
        {"fiscal_begins": 13, "fiscal": True, "years": 1},
    ],
)
def test_a_class_that_contradicts_itself_is_refused(said: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        terms(**said)


@given(settled_on=DAYS, years=st.integers(1, 110))
def test_a_period_of_years_ends_on_the_anniversary_as_a_naive_count_finds_it(
    settled_on: date, years: int
) -> None:
    kept = kept_until(terms(years=years), Closing(settled_on, settled_on))
    naive = settled_on
    for _ in range(years):
        naive += timedelta(days=365)
        while (naive.month, naive.day) != (settled_on.month, settled_on.day) and not (
            (settled_on.month, settled_on.day) == (2, 29) and (naive.month, naive.day) == (3, 1)
        ):
            naive += timedelta(days=1)
            if (settled_on.month, settled_on.day) == (2, 29) and (naive.month, naive.day) == (
                2,
                29,
            ):
                break
    assert kept.due_on == naive


@given(settled_on=DAYS, years=st.integers(1, 30), month=st.integers(1, 12))
def test_fiscal_years_are_whole_and_follow_the_one_in_which_it_was_settled(
    settled_on: date, years: int, month: int
) -> None:
    fiscal = terms(years=years, fiscal=True, fiscal_begins=month)
    due_on = kept_until(fiscal, Closing(settled_on, settled_on)).due_on
    assert due_on is not None
    assert (due_on.month, due_on.day) == (month, 1)
    begins = [date(year, month, 1) for year in range(settled_on.year, due_on.year + 1)]
    assert sum(settled_on < each <= due_on for each in begins) == years + 1


def dutch(result: dict[str, Any]) -> RetentionClass:
    """A result of the Dutch municipal schedule as a class: its term, from when, and what then happens."""
    kept = result["waardering"] == "blijvend_bewaren"
    starts = {
        "nihil": "resolved",
        "": "resolved",
        "samengevoegd_met_bewaartermijn": "resolved",
        "bestaansduur_procesobject": "event",
        "ingeschatte_bestaansduur_procesobject": "event",
        "vast_te_leggen_datum": "event",
    }[result["procestermijn"]]
    return terms(
        en=f"{result['volledigNummer']} {result['naam']}",
        starts=starts,
        event="object_ended" if starts == "event" else None,
        ends="transfer_to_archives" if kept else "destroy",
        **_period(result["bewaartermijn"] or "P0D"),
    )


def _period(said: str) -> dict[str, int]:
    """An ISO 8601 period of whole years and months."""
    years, _, rest = said.removeprefix("P").partition("Y") if "Y" in said else ("", "", "")
    found = {"years": int(years or 0), "months": int(rest.removesuffix("M") or 0)}
    return {name: amount for name, amount in found.items() if amount}


def test_the_dutch_municipal_schedule_loads_and_gives_its_dates() -> None:
    results = json.loads(real("retention", "resultaten.json").read_text("utf-8"))["results"]
    assert len(results) == 100
    closed = date(2026, 1, 31)
    ended = Closing(closed, closed, {"object_ended": date(2030, 6, 30)})
    due = {each["volledigNummer"]: kept_until(dutch(each), ended).due_on for each in results}
    assert due["1.1"] == date(2036, 1, 31)
    for each in results:
        waits = kept_until(dutch(each), Closing(closed, closed))
        if dutch(each).starts == "event":
            assert waits.lacking == "object_ended"
        else:
            assert waits.due_on is not None
            assert closed <= waits.due_on <= date(2136, 1, 31)
    eighteen_months = next(each for each in results if each["bewaartermijn"] == "P1Y6M")
    assert due[eighteen_months["volledigNummer"]] == date(2027, 7, 31)
    kept = [each for each in results if each["waardering"] == "blijvend_bewaren"]
    assert len(kept) == 25
    assert {dutch(each).ends for each in kept} == {"transfer_to_archives"}
