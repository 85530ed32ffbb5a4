"""What may be asked of a clock, and what is said where it may not: extensions by each authority, tolls by reason."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from ledger.errors import Refusal
from ledger.policy.clocks.history import ClockHistory, Extended
from ledger.policy.clocks.requests import DutyDue, extended, may_wait
from ledger.policy.document.clocks import ClockDefinition
from tests.policy.law import CALENDARS, day
from tests.policy.ten_days import START, at, ten_days, wait

GIVEN = at("2027-04-08")


def by_authority(*terms: dict[str, Any]) -> ClockDefinition:
    return ten_days(extensions=[{"unit": "working_days", **each} for each in terms])


def asked(
    definition: ClockDefinition, amount: int, *, authority: str = "head", **history: Any
) -> tuple[Extended, tuple[DutyDue, ...]]:
    known = ClockHistory(START, **history)
    return extended(
        definition, CALENDARS, known, amount=amount, authority=authority, given_at=GIVEN
    )


def test_how_much_of_a_cap_is_left_is_said_and_may_still_be_taken() -> None:
    capped = by_authority({"authority": "head", "cap": 10})
    used = (Extended(4, GIVEN, authority="head"),)
    assert asked(capped, 6, extensions=used)[0].amount == 6
    with pytest.raises(Refusal, match="4 are used, so 6 are left"):
        asked(capped, 7, extensions=used)
    with pytest.raises(Refusal, match="12 are used, so 0 are left"):
        asked(capped, 1, extensions=(Extended(12, GIVEN, authority="head"),))


def test_what_one_authority_extended_uses_up_no_turn_of_another() -> None:
    both = by_authority({"authority": "head", "times": 1}, {"authority": "regulator", "times": 1})
    used = (Extended(5, GIVEN, authority="head"),)
    assert asked(both, 5, authority="regulator", extensions=used)[0].authority == "regulator"
    with pytest.raises(Refusal, match="may be extended once, and has been"):
        asked(both, 5, extensions=used)


def test_whoever_is_told_of_long_extensions_alone_is_not_told_of_one_just_as_long() -> None:
    told = {"party": "commissioner", "when_above": 5, "within_days": 2}
    terms = by_authority({"authority": "head", "tell": [told]})
    assert asked(terms, 5)[1] == ()
    assert asked(terms, 6)[1] == (DutyDue("commissioner", day("2027-04-10")),)


def test_extensions_that_follow_each_other_are_told_as_one_that_long_would_be() -> None:
    """Two of twenty days came to forty, and the Commissioner was told of neither."""
    told = {"party": "commissioner", "when_above": 5}
    terms = by_authority({"authority": "head", "tell": [told]})
    used = (Extended(3, GIVEN, authority="head"),)
    assert asked(terms, 2, extensions=used)[1] == ()
    assert asked(terms, 3, extensions=used)[1] == (DutyDue("commissioner", day("2027-04-08")),)


def test_where_the_law_takes_a_notice_in_the_first_time_alone_no_extension_makes_room_for_another() -> (
    None
):
    within_first = by_authority({"authority": "head", "notice_before": "first_due"})
    anytime = by_authority({"authority": "head"})
    used = (Extended(20, GIVEN, authority="head"),)
    assert asked(within_first, 5, extensions=used)[0].amount == 5
    history, later = ClockHistory(START, extensions=used), at("2027-04-26")
    allowed = extended(anytime, CALENDARS, history, amount=5, authority="head", given_at=later)
    assert allowed[0].amount == 5
    with pytest.raises(Refusal, match="since the time that it had before any extension was over"):
        extended(within_first, CALENDARS, history, amount=5, authority="head", given_at=later)


def test_what_extended_a_time_that_a_reset_ended_uses_up_nothing_of_the_next() -> None:
    """It moves no date any more, and left nobody a way to extend the one that runs."""
    once = by_authority({"authority": "head", "cap": 10, "times": 1})
    used = (Extended(10, at("2027-04-05"), authority="head"),)
    assert asked(once, 10, extensions=used, resets=(at("2027-04-07"),))[0].amount == 10


def test_why_a_clock_is_not_extended_any_more_is_said_as_it_is() -> None:
    terms = by_authority({"authority": "head"})
    with pytest.raises(Refusal, match="since it has ended: "):
        asked(terms, 5, stopped_at=GIVEN - timedelta(days=1))
    late = ClockHistory(START)
    with pytest.raises(Refusal, match="since the time was over before its notice was given: "):
        extended(
            terms, CALENDARS, late, amount=5, authority="head", given_at=at("2027-04-20")
        )  # fmt: skip


def test_who_may_extend_a_clock_is_listed_or_said_to_be_nobody() -> None:
    both = by_authority({"authority": "head"}, {"authority": "regulator"})
    with pytest.raises(Refusal, match="it can be by: head, regulator"):
        asked(both, 5, authority="clerk")
    with pytest.raises(Refusal, match="is extended by nobody: answer in its time"):
        asked(ten_days(), 5)


def test_a_wait_for_another_reason_uses_up_no_toll() -> None:
    tolled = ten_days(effects={"fee": {"effect": "toll", "limit": 1}, "particulars": "pause"})
    waited = wait("2027-04-06", "2027-04-07")
    may_wait(tolled, ClockHistory(START, waits=(waited,)), "fee")
    may_wait(tolled, ClockHistory(START, waits=(waited, waited)), "particulars")
    paid = wait("2027-04-08", "2027-04-09", "fee")
    with pytest.raises(
        Refusal, match="stopped for 'fee' once, and has been, first from 12:00 on 8 April 2027"
    ):
        may_wait(tolled, ClockHistory(START, waits=(waited, paid)), "fee")
