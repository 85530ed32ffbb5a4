"""How a clock stands: paused, tolled, reset, extended, reopened, stopped, and which rungs it reaches."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from pydantic import ValidationError

from ledger.errors import InvalidCommand, Refusal
from ledger.policy.clocks.certificates import recheck
from ledger.policy.clocks.history import ClockHistory, Extended, Reopening
from ledger.policy.clocks.requests import extended, may_reset
from tests.policy.law import CALENDARS, clock, day
from tests.policy.ten_days import RUNGS, START, ZONE, at, stands, ten_days, wait


def test_a_clock_runs_until_the_end_of_its_last_day_and_is_breached_from_then() -> None:
    assert stands(when="2027-04-19T23:59").state == "running"
    assert stands(when="2027-04-20T00:00").state == "breached"
    assert stands().due_on == day("2027-04-19")


def test_an_hour_clock_is_in_time_at_the_very_instant() -> None:
    hours = clock("H", unit="elapsed_hours", amount=4, zone=ZONE)
    assert stands(hours, stopped_at=at("2027-04-05T14:00")).state == "met"
    assert stands(hours, stopped_at=at("2027-04-05T14:00:01")).state == "breached"


def test_today_counts_as_used_and_is_not_yet_elapsed() -> None:
    answer = stands(when="2027-04-08")
    assert (answer.elapsed, answer.remaining) == (2, 7)


def test_an_open_pause_keeps_what_was_left_and_says_what_if_it_ended_now() -> None:
    answer = stands(waits=(wait("2027-04-08", None),), when="2027-04-14")
    assert (answer.state, answer.due_at, answer.due_on) == ("paused", None, None)
    assert (answer.elapsed, answer.remaining) == (2, 8)
    assert answer.due_if_resumed_at == at("2027-04-27T00:00")
    assert answer.certificate["paused_from_on"] == "2027-04-08"


def test_a_pause_on_the_last_day_leaves_one_day_after_it() -> None:
    answer = stands(waits=(wait("2027-04-19", "2027-04-21"),))
    assert answer.due_on == day("2027-04-22")


def test_a_stop_during_a_pause_is_in_time() -> None:
    answer = stands(waits=(wait("2027-04-08", None),), stopped_at=at("2027-06-01"))
    assert answer.state == "met"


def test_a_reason_without_an_effect_stops_nothing() -> None:
    answer = stands(waits=(wait("2027-04-08", "2027-04-14", "third-party"),))
    assert answer.due_on == day("2027-04-19")


def test_waiting_pauses_up_to_its_limit_and_the_clock_then_runs_again() -> None:
    limited = ten_days(pause_limit=3)
    open_wait = (wait("2027-04-08", None),)
    paused = stands(limited, waits=open_wait, when="2027-04-09")
    assert (paused.state, paused.pause_ends_at) == ("paused", at("2027-04-13T00:00"))
    running = stands(limited, waits=open_wait, when="2027-04-13")
    assert (running.state, running.due_on) == ("running", day("2027-04-22"))
    closed = stands(limited, waits=(wait("2027-04-08", "2027-04-30"),), when="2027-04-13")
    assert closed.due_on == running.due_on


def test_a_reset_gives_the_full_time_again_and_keeps_the_old_generation() -> None:
    answer = stands(waits=(wait("2027-04-08", "2027-04-14", "clarification"),))
    assert (answer.generation, answer.due_on) == (2, day("2027-04-28"))
    assert [(each.number, each.elapsed) for each in answer.earlier] == [(1, 2)]
    assert answer.rungs[0].at == at("2027-04-26T08:30")


def test_a_reset_after_the_breach_changes_nothing_and_is_refused() -> None:
    answer = stands(waits=(wait("2027-04-20", "2027-04-22", "clarification"),))
    assert (answer.generation, answer.state) == (1, "breached")
    with pytest.raises(Refusal, match="stays breached"):
        may_reset(ten_days(), answer, "clarification")


def test_a_reset_that_the_pack_does_not_know_is_refused() -> None:
    with pytest.raises(Refusal, match="not reset by 'particulars'"):
        may_reset(ten_days(), stands(), "particulars")


@pytest.mark.parametrize(
    ("mode", "expected"),
    [("continue", "2027-04-19"), ("resume", "2027-04-27"), ("restart", "2027-04-29")],
)
def test_reopening_continues_resumes_or_restarts(mode: Any, expected: str) -> None:
    again = Reopening(at("2027-04-08"), at("2027-04-15"), mode)
    assert stands(reopenings=(again,)).due_on == day(expected)


def test_a_case_that_was_breached_and_is_restarted_has_its_full_time_again() -> None:
    """Unlike a reset, which the breach forbids; and what was extended before belongs to the first time."""
    again = Reopening(at("2027-05-03"), at("2027-05-10"), "restart")
    before = Extended(5, at("2027-04-06"))
    answer = stands(reopenings=(again,), extensions=(before,))
    assert (answer.generation, answer.state, answer.due_on) == (2, "running", day("2027-05-25"))
    assert (answer.certificate["generation"], answer.certificate["extension"]) == (2, 0)
    assert [(each.number, each.elapsed) for each in answer.earlier] == [(1, 19)]
    reset = wait("2027-04-08", "2027-04-14", "clarification")
    assert stands(waits=(reset,), extensions=(before,)).due_on == day("2027-04-28")
    later = Extended(5, at("2027-04-15"))
    assert stands(waits=(reset,), extensions=(before, later)).due_on == day("2027-05-05")


def test_a_toll_stops_the_clock_so_often_and_no_more() -> None:
    tolled = ten_days(effects={"fee": {"effect": "toll", "limit": 2}})
    waits = tuple(wait(f"2027-04-0{n}", f"2027-04-0{n}", "fee") for n in (6, 7, 8))
    found = [stands(tolled, waits=waits[:n]).due_on for n in range(4)]
    assert found == [day(f"2027-04-{n}") for n in (19, 20, 21, 21)]


def test_what_may_not_be_done_before_a_date_is_met_from_then_on() -> None:
    waiting = ten_days(sense="not_before", due_at="start_of_local_day")
    assert stands(waiting, when="2027-04-18T23:59").state == "running"
    assert stands(waiting, when="2027-04-19T00:00").state == "met"
    assert stands(waiting, stopped_at=at("2027-04-18T23:59")).state == "breached"
    assert stands(waiting, stopped_at=at("2027-04-19T00:00")).state == "met"
    assert stands(waiting, stopped_at=at("2027-04-08"), outcome="withdrawn").state == "withdrawn"
    assert stands(waiting).certificate["sense"] == "not_before"
    assert "sense" not in stands().certificate


def test_a_lapse_is_neither_met_nor_breached() -> None:
    assert stands(stopped_at=at("2027-08-01"), outcome="lapsed").state == "lapsed"
    assert stands(stopped_at=at("2027-04-08"), outcome="superseded").state == "superseded"


def test_arrival_at_or_after_the_cut_off_is_received_on_the_next_working_day() -> None:
    cut_off = ten_days(cut_off="10:00:00")
    assert stands(cut_off).due_on == day("2027-04-20")
    assert stands(ten_days(cut_off="10:00:01")).due_on == day("2027-04-19")


def test_close_of_business_is_the_closing_of_that_day() -> None:
    closing = ten_days(due_at="close_of_business")
    assert stands(closing).due_at == at("2027-04-19T16:30")
    late = stands(closing, waits=(wait("2027-04-19T17:00", "2027-04-21"),))
    assert (late.state, late.due_on) == ("breached", day("2027-04-19"))


def test_a_date_in_the_case_can_cap_what_the_count_says() -> None:
    capped = stands(not_after_on=day("2027-04-09"))
    assert (capped.due_on, capped.remaining) == (day("2027-04-09"), 4)
    extended_past_it = stands(
        not_after_on=day("2027-04-20"), extensions=(Extended(5, START, "due"),)
    )
    assert extended_past_it.due_on == day("2027-04-20")


def test_days_that_lie_after_the_date_it_may_not_pass_are_not_left() -> None:
    """A permit waits two days and must be decided before its event all the same: two days are left, not four."""
    waits, cap = (wait("2027-04-07", "2027-04-08"),), day("2027-04-13")
    capped = stands(waits=waits, not_after_on=cap, when="2027-04-09")
    assert (capped.due_on, capped.remaining) == (cap, 2)
    paused = stands(waits=(wait("2027-04-07", None),), not_after_on=cap, when="2027-04-09")
    assert paused.certificate["remaining"] == paused.remaining == 5


def test_an_extension_from_the_due_date_goes_on_from_the_day_that_it_is_rolled_to() -> None:
    """Two months end on Saturday 5 June and so on Monday 7 June; a month more on 7 July, another on 9 August."""
    months = {"unit": "months", "amount": 2, "zone": ZONE}
    rolled = clock("P", roll="forward", roll_over="NS-SAMPLE", **months)
    once, twice = (tuple(Extended(1, START, "due") for _ in range(n)) for n in (1, 2))
    assert stands(rolled).due_on == day("2027-06-07")
    assert stands(rolled, extensions=once).due_on == day("2027-07-07")
    assert stands(rolled, extensions=twice).due_on == day("2027-08-09")


def test_a_wait_does_not_swallow_an_extension_from_the_due_date() -> None:
    more, open_wait = (Extended(5, START, "due"),), (wait("2027-04-08", None),)
    assert stands(extensions=more, waits=open_wait, when="2027-04-14").remaining == 13
    limited = stands(ten_days(pause_limit=3), extensions=more, waits=open_wait, when="2027-04-13")
    assert (limited.state, limited.due_on) == ("running", day("2027-04-29"))


@pytest.mark.parametrize(
    ("unit", "expected"), [("weeks", "2027-04-19"), ("months", "2027-06-05"), ("years", None)]
)
def test_weeks_months_and_years_are_never_converted_to_days(
    unit: str, expected: str | None
) -> None:
    answer = stands(clock("P", unit=unit, amount=2, zone=ZONE))
    assert answer.due_on == day(expected or "2029-04-05")


def test_an_extension_needs_its_authority_and_keeps_to_its_cap() -> None:
    terms = {"authority": "leader", "unit": "working_days", "cap": 10, "times": 1}
    definition = ten_days(extensions=[terms])
    history = ClockHistory(START)
    given = at("2027-04-08")
    extension, _ = extended(
        definition, CALENDARS, history, amount=10, authority="leader", given_at=given
    )
    assert stands(definition, extensions=(extension,)).due_on == day("2027-05-03")
    with pytest.raises(Refusal, match="it can be by: leader"):
        extended(definition, CALENDARS, history, amount=1, authority="clerk", given_at=given)
    with pytest.raises(Refusal, match="10 working days at most"):
        extended(definition, CALENDARS, history, amount=11, authority="leader", given_at=given)
    again = ClockHistory(START, extensions=(Extended(5, given),))
    with pytest.raises(Refusal, match="may be extended once, and has been"):
        extended(definition, CALENDARS, again, amount=1, authority="leader", given_at=given)


def test_a_certificate_that_was_altered_or_cites_another_calendar_does_not_hold() -> None:
    certificate = stands(waits=(wait("2027-04-08", "2027-04-14"),)).certificate
    calendar = CALENDARS.counting["NS-SAMPLE"]
    assert recheck(certificate, calendar)
    assert not recheck({**certificate, "due_on": "2027-04-28"}, calendar)
    assert not recheck({**certificate, "disregarded": []}, calendar)
    assert not recheck(certificate, CALENDARS.counting["FED-WORK"])
    other = {"code": "NS-SAMPLE", "digest": "0" * 64}
    assert not recheck({**certificate, "counting_calendar": other}, calendar)
    paused = stands(waits=(wait("2027-04-08", None),)).certificate
    assert not recheck({**paused, "remaining": paused["remaining"] - 1}, calendar)
    hours = clock(
        "H", unit="business_hours", amount=8, zone=ZONE, office_calendar="OFFICE",
        effects={"particulars": "pause"},
    )  # fmt: skip
    office = CALENDARS.hours["OFFICE"]
    for waits in ((), (wait("2027-04-05T12:00", None),)):
        laid = stands(hours, waits=waits).certificate
        assert not recheck(laid)
        assert not recheck({**laid, "amount": 9}, office)
        assert not recheck({**laid, "amount": 7}, office)
    for altered in ("2027-04-06T13:29:59", "2027-04-06T13:30:01"):
        laid = {**stands(hours).certificate, "due_at": f"{altered}.000000Z"}
        assert not recheck(laid, office)
    closing = stands(ten_days(due_at="close_of_business")).certificate
    assert not recheck({**closing, "due_at": stands().certificate["due_at"]}, calendar, office)
    assert not recheck(closing, calendar)


def test_a_naive_time_is_refused() -> None:
    with pytest.raises(InvalidCommand, match="names no zone"):
        ClockHistory(datetime(2027, 4, 5))


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"counting_calendar": None}, "needs counting_calendar"),
        ({"roll": "forward", "roll_over": "NS-SAMPLE"}, "never needs to roll"),
        ({"due_at": "exact"}, "cannot be due at an exact instant"),
        ({"starts_on": "event"}, "start_event"),
        ({"effects": {"fee": "toll"}}, "needs a limit"),
        (
            {"extensions": [{"authority": "head", "unit": "months"}]},
            "cannot be extended in months",
        ),
        ({"rungs": [{"code": "x", "party": "owner"}]}, "either percent or offset"),
        ({"rungs": [RUNGS[0], RUNGS[0]]}, "same code"),
    ],
)
def test_a_definition_that_contradicts_itself_is_refused(
    said: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(ValidationError, match=sentence):
        ten_days(**said)
