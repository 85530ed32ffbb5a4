"""Worked dates of the specification, each by its number, reckoned and rechecked."""

from __future__ import annotations

import io
import sys
from datetime import UTC, datetime, timedelta, timezone
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from ledger.errors import Refusal
from ledger.policy.calendars import counting
from ledger.policy.calendars.counting import BeyondCalendar, Calendars
from ledger.policy.calendars.zones import LocalDays
from ledger.policy.clocks import certificates
from ledger.policy.clocks.arming import starts_at
from ledger.policy.clocks.certificates import recheck
from ledger.policy.clocks.history import ClockHistory, Extended, Reckoning, Waiting
from ledger.policy.clocks.reckoning import applies, reckon
from ledger.policy.clocks.requests import extended, may_wait
from ledger.policy.document.clocks import ClockDefinition
from ledger.policy.document.conditions import RoutingFacts
from tests.policy.law import (
    CALENDARS,
    NS_SAMPLE_DAYS,
    TERMS,
    atia,
    clock,
    day,
    local,
    of_pack,
    uk_foia,
    us_foia,
)

TORONTO, HALIFAX, NEW_YORK = (
    "America/Toronto", "America/Halifax", "America/New_York",
)  # fmt: skip


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def reckoned(
    definition: ClockDefinition, received: str, *waits: tuple[str, str, str | None], **more: Any
) -> Reckoning:
    zone = definition.zone
    at = more.pop("at", None)
    history = ClockHistory(
        local(zone, received),
        tuple(
            Waiting(reason, local(zone, start), None if end is None else local(zone, end))
            for reason, start, end in waits
        ),
        **more,
    )
    answer = reckon(definition, CALENDARS, history, at=None if at is None else local(zone, at))
    assert recheck(answer.certificate, *CALENDARS.counting.values(), *CALENDARS.hours.values()), (
        answer.certificate
    )
    return answer


def due(definition: ClockDefinition, received: str, *waits: tuple[str, str, str | None]) -> str:
    answer = reckoned(definition, received, *waits)
    assert answer.due_on is not None
    return answer.due_on.isoformat()


def test_u1_foia_counts_the_holidays_of_all_four_nations() -> None:
    assert due(uk_foia(), "2026-12-11") == "2027-01-14"


@pytest.mark.parametrize(
    ("received", "expected"), [("2014-12-01", "2014-12-31"), ("2014-12-02", "2015-01-05")]
)
def test_u3_u4_receipt_may_be_on_a_closed_day(received: str, expected: str) -> None:
    assert due(uk_foia(), received) == expected


def test_u3_an_office_that_deems_receipt_on_the_next_open_day_says_so() -> None:
    deems = uk_foia(closed_day_receipt="next_open_day")
    assert due(deems, "2014-12-01") == "2015-01-05"


def test_u6_notice_day_and_payment_day_are_both_disregarded() -> None:
    assert due(uk_foia(), "2027-02-01", ("fee", "2027-02-08", "2027-02-24")) == "2027-03-19"


def test_u7_a_pause_of_one_day_still_takes_that_day() -> None:
    paid_at_once = ("fee", "2027-02-08T10:00", "2027-02-08T15:00")
    assert due(uk_foia(), "2027-02-01", paid_at_once) == "2027-03-02"


def test_u9_a_pause_after_the_breach_stops_nothing() -> None:
    answer = reckoned(uk_foia(), "2027-02-01", ("fee", "2027-03-02", "2027-03-10"))
    assert (answer.state, answer.due_on) == ("breached", day("2027-03-01"))
    assert (answer.overdue, answer.overdue_not_waiting) == (7, 0)


def test_u11_a_holiday_proclaimed_later_moves_the_date_and_the_certificate_shows_why() -> None:
    before = uk_foia(counting_calendar="UK-FOIA-BEFORE-2026-06-15")
    assert due(before, "2026-06-12") == "2026-07-10"
    assert due(uk_foia(), "2026-06-12") == "2026-07-14"
    old = reckoned(before, "2026-06-12").certificate["counting_calendar"]
    new = reckoned(uk_foia(), "2026-06-12").certificate["counting_calendar"]
    assert old["digest"] != new["digest"]


def test_u13_two_pauses_take_the_union_of_their_days() -> None:
    two_pauses = uk_foia(effects={"fee": "pause", "particulars": "pause"})
    assert due(
        two_pauses, "2027-02-01",
        ("fee", "2027-02-08", "2027-02-24"), ("particulars", "2027-02-15", "2027-02-26"),
    ) == "2027-03-23"  # fmt: skip


@pytest.mark.parametrize(
    ("received", "expected"), [("2028-01-31", "2028-02-29"), ("2027-01-31", "2027-03-01")]
)
def test_u14_u15_a_month_ends_on_the_same_day_number_or_the_last(
    received: str, expected: str
) -> None:
    access = of_pack("uk", "UK-SAR")
    assert due(access, received) == expected


def test_u17_three_months_beginning_with_a_day_end_the_day_before() -> None:
    lapse = of_pack("uk", "UK-FOIA-FEE")
    assert due(lapse, "2027-02-08") == "2027-05-07"


def test_f1_the_first_day_is_not_counted() -> None:
    assert due(atia(), "2027-01-04") == "2027-02-03"


def test_f2_the_thirtieth_day_rolls_past_easter_monday() -> None:
    assert due(atia(), "2027-02-25") == "2027-03-30"


def test_f4_an_extension_is_counted_from_receipt_and_rolled_once() -> None:
    given = local(TORONTO, "2027-03-10")
    longer = reckoned(atia(), "2027-02-25", extensions=(Extended(30, given),))
    assert longer.due_on == day("2027-04-26")


def test_an_extension_from_the_due_date_is_counted_from_the_rolled_one() -> None:
    given = local(TORONTO, "2027-03-10")
    longer = reckoned(atia(), "2027-02-25", extensions=(Extended(30, given, "due"),))
    assert longer.due_on == day("2027-04-29")


def test_f5_above_thirty_days_the_commissioner_is_told_the_same_day() -> None:
    history = ClockHistory(local(TORONTO, "2027-01-04"))
    given = local(TORONTO, "2027-02-01")
    extension, duties = extended(
        atia(), CALENDARS, history, amount=60, authority="head", given_at=given
    )
    longer = reckoned(atia(), "2027-01-04", extensions=(extension,))
    assert longer.due_on == day("2027-04-05")
    assert [(duty.party, duty.by_on) for duty in duties] == [("commissioner", day("2027-02-01"))]


def test_an_extension_after_the_time_is_refused() -> None:
    history = ClockHistory(local(TORONTO, "2027-01-04"))
    with pytest.raises(Refusal, match="inside the time"):
        extended(
            atia(), CALENDARS, history,
            amount=30, authority="head", given_at=local(TORONTO, "2027-02-04"),
        )  # fmt: skip


def test_a_federal_extension_adds_to_another_only_by_a_notice_within_the_thirty_days() -> None:
    """Section 9(1); by the time that the first had won, one followed another without end."""
    given = local(TORONTO, "2027-02-01")
    history = ClockHistory(
        local(TORONTO, "2027-01-04"), extensions=(Extended(20, given, authority="head"),)
    )
    _, duties = extended(atia(), CALENDARS, history, amount=20, authority="head", given_at=given)
    assert [duty.party for duty in duties] == ["commissioner"], "forty days in all"
    with pytest.raises(Refusal, match="before any extension"):
        extended(
            atia(), CALENDARS, history,
            amount=20, authority="head", given_at=local(TORONTO, "2027-02-04"),
        )  # fmt: skip


def test_f7_the_receiving_body_is_deemed_to_have_received_it_when_the_first_did() -> None:
    assert due(atia(), "2027-03-01") == "2027-03-31"
    transfer = of_pack("canada", "ATIA-8")
    assert due(transfer, "2027-03-01") == "2027-03-16"


def test_f9_a_third_party_has_its_days_and_nothing_is_released_before() -> None:
    represent = of_pack("canada", "ATIA-TP-REPRESENT")
    assert due(represent, "2027-03-01") == "2027-03-22"
    assert due(of_pack("canada", "ATIA-TP"), "2027-03-01") == "2027-03-31"
    release = of_pack("canada", "ATIA-TP-RELEASE")
    answer = reckoned(release, "2027-03-31")
    assert answer.due_at == local(TORONTO, "2027-04-21T00:00")
    early = reckoned(release, "2027-03-31", stopped_at=local(TORONTO, "2027-04-20"))
    assert early.state == "breached"


NS_1993 = of_pack("ns", "FOI-NS-1993")
NS_2025 = of_pack("ns", "FOI-NS-2025")


@pytest.mark.parametrize(
    ("instant", "pack", "expected"),
    [
        ("2027-04-01T02:30:00", "FOI-NS-1993", "2027-04-30"),
        ("2027-04-01T03:00:00", "FOI-NS-2025", "2027-05-13"),
    ],
)
def test_n1_n2_the_local_date_says_which_law_applies(
    instant: str, pack: str, expected: str
) -> None:
    start_at = utc(instant)
    start_on = CALENDARS.days_of(HALIFAX).date_of(start_at)
    law = [each for each in (NS_1993, NS_2025) if applies(each, start_on=start_on)]
    assert [each.code for each in law] == [pack]
    assert reckon(law[0], CALENDARS, ClockHistory(start_at)).due_on == day(expected)


def test_n4_the_calendar_is_cited_because_the_date_depends_on_it() -> None:
    assert due(NS_2025, "2027-11-25") == "2028-01-11"
    assert "2027-12-27" in NS_SAMPLE_DAYS


def test_n5_newfoundland_is_half_an_hour_ahead_of_halifax() -> None:
    instant = utc("2027-04-01T02:30:00")
    assert LocalDays("NL", ZoneInfo("America/St_Johns")).date_of(instant) == day("2027-04-01")
    assert LocalDays("NS", ZoneInfo(HALIFAX)).date_of(instant) == day("2027-03-31")


def test_n6_a_response_is_published_from_the_fourteenth_day() -> None:
    publish = of_pack("ns", "FOI-NS-PUBLISH")
    answer = reckoned(publish, "2027-04-30")
    assert answer.due_on == day("2027-05-14")
    assert answer.due_at == local(HALIFAX, "2027-05-14T00:00")


def test_s1_observed_holidays_on_a_friday_do_not_count() -> None:
    assert due(us_foia(), "2027-12-10T10:00") == "2028-01-11"


def test_s3_a_day_closed_by_order_counts() -> None:
    assert due(us_foia(), "2026-12-11") == "2027-01-12"


def test_s5_the_clock_starts_ten_days_after_the_first_designated_component_at_latest() -> None:
    moments = {
        "reached_body": local(NEW_YORK, "2027-06-01"),
        "reached_office": local(NEW_YORK, "2027-06-28"),
    }
    start_at = starts_at(us_foia(), CALENDARS, facts=RoutingFacts(), moments=moments)
    assert start_at == local(NEW_YORK, "2027-06-15T00:00")
    assert due(us_foia(), "2027-06-15") == "2027-07-15"


def test_row_13_a_us_toll_counts_the_day_it_starts_and_not_the_day_it_is_answered() -> None:
    """Both counted, so that an agency had a day less than the table gives it."""
    asked, answered = "2027-09-13", "2027-09-15"
    for reason in ("particulars", "fee"):
        assert due(us_foia(), "2027-09-07", (reason, asked, answered)) == "2027-10-07"
        assert due(us_foia(), "2027-09-07", (reason, asked, asked)) == "2027-10-05", "nothing lost"


def test_row_20_a_second_toll_is_refused_and_stops_nothing() -> None:
    first = ("particulars", "2027-09-13", "2027-09-15")
    second = ("particulars", "2027-09-20", "2027-09-24")
    once, twice = reckoned(us_foia(), "2027-09-07", first), None
    twice = reckoned(us_foia(), "2027-09-07", first, second)
    assert once.due_at == twice.due_at
    history = ClockHistory(
        local(NEW_YORK, "2027-09-07"),
        (Waiting("particulars", local(NEW_YORK, "2027-09-13"), local(NEW_YORK, "2027-09-15")),),
    )
    with pytest.raises(Refusal, match="once, and has been, first from 12:00 on 13 September 2027"):
        may_wait(us_foia(), history, "particulars")


HOURS_8 = clock(
    "CALL-8", unit="business_hours", amount=8, zone=HALIFAX, office_calendar="OFFICE",
    effects={"particulars": "pause"},
)  # fmt: skip


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        ("2026-12-23T18:30:00", "2026-12-29T15:00:00"),
        ("2027-03-12T19:30:00", "2027-03-15T18:30:00"),
        ("2027-03-13T16:00:00", "2027-03-15T19:30:00"),
        ("2027-03-12T20:30:00", "2027-03-15T19:30:00"),
    ],
    ids=["H1-half-day", "H2-spring", "H4-on-saturday", "H4-at-closing"],
)
def test_h1_h2_h4_business_hours_end_at_the_closing(start: str, expected: str) -> None:
    answer = reckon(HOURS_8, CALENDARS, ClockHistory(utc(start)))
    assert answer.due_at == utc(expected)
    assert recheck(answer.certificate, CALENDARS.hours["OFFICE"])


def test_h5_elapsed_hours_a_working_day_and_business_hours_are_three_promises() -> None:
    asked = "2027-03-25T15:00"
    elapsed = clock("H24", unit="elapsed_hours", amount=24, zone=HALIFAX)
    working = clock(
        "D1", unit="working_days", amount=1, zone=HALIFAX, counting_calendar="NS-SAMPLE"
    )
    business = clock(
        "B24", unit="business_hours", amount=24, zone=HALIFAX, office_calendar="OFFICE"
    )
    assert reckoned(elapsed, asked).due_at == local(HALIFAX, "2027-03-26T15:00")
    assert reckoned(working, asked).due_at == local(HALIFAX, "2027-03-31T00:00")
    assert reckoned(business, asked).due_at == local(HALIFAX, "2027-04-01T15:00")


def test_h7_a_pause_takes_only_the_hours_the_office_was_open() -> None:
    answer = reckoned(
        HOURS_8, "2027-03-12T09:00", ("particulars", "2027-03-12T16:00", "2027-03-15T10:00")
    )
    assert answer.due_at == utc("2027-03-15T14:00:00")


def test_h9_a_revision_of_the_time_zone_data_shows_in_the_certificate(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def edition(standard: int) -> tuple[str, Reckoning]:
        for module in (counting, certificates):
            monkeypatch.setattr(module, "zone_of", lambda _: timezone(timedelta(hours=standard)))
        calendars = Calendars("America/Vancouver", {}, {}, f"{standard}")
        promise = clock("D30", unit="calendar_days", amount=30, zone="America/Vancouver")
        answer = reckon(promise, calendars, ClockHistory(utc("2026-11-01T20:00:00")))
        assert recheck(answer.certificate)
        return answer.certificate["tz_version"], answer

    older, before = edition(-8)
    newer, after = edition(-7)
    assert (before.due_on, after.due_on) == (day("2026-12-01"), day("2026-12-01"))
    assert (before.due_at, after.due_at) == (utc("2026-12-02T08:00"), utc("2026-12-02T07:00"))
    assert older != newer


def test_h9_vancouver_stays_on_summer_time_under_data_of_2026f_or_later() -> None:
    packaged = files("tzdata.zoneinfo.America").joinpath("Vancouver").read_bytes()
    days = LocalDays("America/Vancouver", ZoneInfo.from_file(io.BytesIO(packaged)))
    assert days.end(day("2026-12-01")) == utc("2026-12-02T07:00")


def test_b1_a_pause_entered_late_restores_the_date_and_undoing_it_the_certificate() -> None:
    known_then = reckoned(uk_foia(), "2027-02-01", at="2027-03-05")
    known_now = reckoned(uk_foia(), "2027-02-01", ("fee", "2027-02-08", "2027-02-24"))
    assert (known_then.state, known_then.due_on) == ("breached", day("2027-03-01"))
    assert (known_now.state, known_now.due_on) == ("running", day("2027-03-19"))
    assert reckoned(uk_foia(), "2027-02-01", at="2027-03-05") == known_then


def test_p1_nobody_counts_past_the_calendar() -> None:
    with pytest.raises(BeyondCalendar) as refused:
        reckoned(uk_foia(counting_calendar="UK-FOIA-2026"), "2026-12-11")
    assert str(refused.value) == "Calendar UK-FOIA-2026 ends 2026-12-31; publish 2027."
    assert TERMS["UK-FOIA-2026"].ends_on == day("2026-12-31")


VECTORS = """
u1 u3 u4 u6 u7 u9 u11 u13 u14 u15 u17 f1 f2 f4 f5 f7 f9 n1 n2 n4 n5 n6 s1 s3 s5 h1 h2 h4 h5 h7 h9 b1 p1
"""


def test_every_vector_has_its_test() -> None:
    names = "".join(name for name in dir(sys.modules[__name__]) if name.startswith("test_"))
    assert [each for each in VECTORS.split() if f"_{each}_" not in names] == []
