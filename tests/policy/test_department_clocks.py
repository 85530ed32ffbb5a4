"""A request of each type, opened complete, arms the clocks that the table says, due when fingers counted say so."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from ledger.case.clocks.facts import ClockArmed
from ledger.case.intake.needs import ConfirmNeed
from ledger.case.intake.opening import OpenCase
from ledger.case.state import Case
from ledger.errors import InvalidCommand
from ledger.policy.clocks.arming import armed
from ledger.policy.clocks.certificates import recheck
from ledger.policy.clocks.history import ClockHistory
from ledger.policy.clocks.reckoning import reckon
from ledger.policy.document.conditions import Answer, RoutingFacts
from tests.deciding import CASE_ID, INTAKE, by, given
from tests.policy.department import (
    DAMAGED_ON,
    ONE_DAY,
    TYPES,
    answers_to,
    compiled,
    department,
    published,
    rolled,
    working_day,
)

HALIFAX = ZoneInfo("America/Halifax")
WINTER = (11, 12, 1, 2, 3, 4)

ARRIVALS = {
    "on an ordinary Tuesday morning": "2026-11-17T09:15",
    "on the Sunday on which the clocks went back": "2026-11-01T00:45",
    "on the last evening of October": "2026-10-31T23:59",
    "on Christmas Eve after the office closed": "2026-12-24T12:01",
    "on Christmas Day": "2026-12-25T10:00",
    "on the last minute of the year": "2026-12-31T23:59",
    "on the Sunday on which the clocks went forward": "2027-03-14T03:30",
    "on the Thursday before Easter": "2027-03-25T16:29",
    "on the last day of the Act of 1993": "2027-03-31T23:59",
    "on the first day of the Act of 2025": "2027-04-01T00:00",
    "on the last day of winter service": "2027-04-30T08:30",
    "on the day before Canada Day": "2027-06-30T17:00",
}
"""Local times at which a request reaches the department."""


def counted(code: str, arrived_at: datetime) -> date | datetime:
    """When a clock of the table is due: a date, at the end of which it is, or an instant; reckoned from its name."""
    arrived_on = arrived_at.astimezone(HALIFAX).date()
    match code.removesuffix("-WAITED").split("-"):
        case ["MAKE", "SAFE"] | ["CALL", "4H"]:
            return arrived_at + timedelta(hours=4)
        case ["CALL", "1H"]:
            return arrived_at + timedelta(hours=1)
        case ["DEC", "60"]:
            return rolled(arrived_on, 60)
        case ["HEAR", "30"] | ["FOI", "NS", "1993" | "COR"]:
            return rolled(arrived_on, 30)
        case ["FOI", "NS", "2025"]:
            return working_day(arrived_on, 30)
        case ["LIMITATION"]:
            return date.fromisoformat(DAMAGED_ON).replace(year=2027)
        case ["ACK" | "FIX" | "VISIT" | "DEC", days]:
            return working_day(arrived_on, int(days))
        case _:
            raise AssertionError(code)


def promised(
    request_type: str, arrived_at: datetime, answers: Mapping[str, Answer]
) -> dict[str, date | datetime]:
    """What the table of the department says of a request that is complete when it arrives."""
    row = next(row for row in TYPES.splitlines() if row.startswith(f"{request_type} "))
    arrived_on = arrived_at.astimezone(HALIFAX).date()
    due: dict[str, date | datetime] = {}
    for code in row.split("|")[2].split():
        match code:
            case "ORDER-14" | "REPORT-5" | "PUBLISH-14":
                continue  # something must happen first
            case "MAKE-SAFE" if request_type == "RDW-POT" and not answers["danger_now"]:
                continue
            case "FIX-2" if arrived_on.month not in WINTER:
                continue
            case "FOI-NS":
                code = "FOI-NS-1993" if arrived_on < date(2027, 4, 1) else "FOI-NS-2025"
            case _ if code.startswith("DEC-") and code != "DEC-60":
                due[f"{code}-WAITED"] = counted(code, arrived_at)
            case _:
                pass
        due[code] = counted(code, arrived_at)
    if request_type == "LIC-EVT":
        before = working_day(date.fromisoformat(str(answers["event_date"])), -10)
        due["DEC-15"] = min(working_day(arrived_on, 15), before)
    return due


@pytest.mark.parametrize("arrived", ARRIVALS.values(), ids=ARRIVALS)
@pytest.mark.parametrize("request_type", department().types)
def test_a_complete_request_is_promised_what_the_table_says(
    request_type: str, arrived: str
) -> None:
    arrived_at = datetime.fromisoformat(arrived).replace(tzinfo=HALIFAX).astimezone(UTC)
    for danger in (True, False):
        answers = answers_to(request_type)
        if "danger_now" in answers:
            answers["danger_now"] = danger
        opened, clocks = opening(request_type, arrived_at, answers)
        assert opened.complete_at == arrived_at
        expected = promised(request_type, arrived_at, answers)
        assert {
            code: on_its_day(clock, expected[code]) for code, clock in clocks.items()
        } == expected


def opening(
    request_type: str, arrived_at: datetime, answers: Mapping[str, Answer]
) -> tuple[Case, dict[str, ClockArmed]]:
    """A request that comes with all it needs, and its clocks, each with a sound certificate."""
    command = OpenCase(
        case_id=CASE_ID, channel="phone", request_type=request_type, region="HAL", language="en",
        answers=answers,
    )  # fmt: skip
    history = given(policies=published()).asked(by(INTAKE, command, at=arrived_at))
    for need in department().types[request_type].complete_needs:
        if need != "particulars":
            met = ConfirmNeed(case_id=CASE_ID, need=need)
            history = history.asked(by(INTAKE, met, at=arrived_at))
    happened = history.happened
    clocks = [each.fact for each in happened if isinstance(each.fact, ClockArmed)]
    calendars = compiled().calendars
    for clock in clocks:
        every = (*calendars.counting.values(), *calendars.hours.values())
        assert recheck(clock.certificate, *every)
    assert len({clock.clock for clock in clocks}) == len(clocks)
    return history.state, {clock.clock: clock for clock in clocks}


def on_its_day(clock: ClockArmed, like: date | datetime) -> date | datetime:
    """When a clock is due, in the way in which it was counted: the whole day that ends then, or the instant."""
    if isinstance(like, datetime):
        return clock.due_at
    midnight = clock.due_at.astimezone(HALIFAX)
    assert (midnight.hour, midnight.minute) == (0, 0)
    return midnight.date() - ONE_DAY


def test_an_event_soon_to_come_is_decided_ten_working_days_before() -> None:
    arrived_at = datetime(2027, 6, 7, 13, tzinfo=UTC)
    answers = answers_to("LIC-EVT", event_date="2027-07-05")
    _, clocks = opening("LIC-EVT", arrived_at, answers)
    assert on_its_day(clocks["DEC-15"], date.min) == date(2027, 6, 18)
    assert on_its_day(clocks["DEC-15-WAITED"], date.min) == date(2027, 6, 28)


def test_a_claim_of_damage_that_is_still_to_come_is_refused_by_the_clock_that_would_run_from_it() -> (
    None
):
    """A year ahead it was taken, and further ahead the calendar was said to end too soon."""
    now = datetime(2026, 11, 17, 13, tzinfo=UTC)
    for day in ("2026-11-18", "2041-01-01"):
        claim = OpenCase(
            case_id=CASE_ID,
            channel="phone",
            request_type="RDW-CLM",
            region="HAL",
            answers=answers_to("RDW-CLM", event_date=day),
        )
        given(policies=published()).when(claim, actor=INTAKE, at=now).refused(
            InvalidCommand, saying=f"runs from 'event_date', and {day} is still to come"
        )
    _, clocks = opening("RDW-CLM", now, answers_to("RDW-CLM", event_date="2026-11-17"))
    assert on_its_day(clocks["LIMITATION"], date.min) == date(2028, 11, 17)


def test_an_incomplete_request_is_promised_its_acknowledgement_and_its_waiting_shows() -> None:
    answers = {
        name: each for name, each in answers_to("INC-APP").items() if name not in ("income", "dob")
    }
    opened, clocks = opening("INC-APP", datetime(2026, 11, 17, 13, tzinfo=UTC), answers)
    assert (opened.complete_at, set(opened.missing)) == (None, {"income", "dob"})
    assert set(clocks) == {"ACK-1", "DEC-15-WAITED"}
    assert clocks["DEC-15-WAITED"].rungs == ()


@pytest.mark.parametrize(
    ("request_type", "act", "clock"),
    [
        ("HSG-TEN", "hearing_held", "ORDER-14"),
        ("ENV-SPL", "made_safe", "REPORT-5"),
        ("IAC-GEN", "sent_to_applicant", "PUBLISH-14"),
    ],
)
def test_a_clock_that_waits_for_an_act_starts_with_it(
    request_type: str, act: str, clock: str
) -> None:
    at = datetime(2026, 12, 24, 20, tzinfo=UTC)
    known = RoutingFacts(type=request_type, answers={"danger_now": True})
    before = armed(compiled(), known, {"reached_body": at, "complete": at})
    after = armed(compiled(), known, {"reached_body": at, "complete": at, act: at})
    assert {each.clock.code for each in after} - {each.clock.code for each in before} == {clock}


def test_an_answer_is_published_from_the_fourteenth_day_after_it_was_sent() -> None:
    """As in the log of the province (vector N6); the sample let everybody wait until the day after."""
    sent = ClockHistory(datetime(2027, 4, 30, 15, tzinfo=UTC))
    found = reckon(compiled().clocks["PUBLISH-14"], compiled().calendars, sent)
    assert found.due_at == datetime(2027, 5, 14, 3, tzinfo=UTC), (
        "midnight there, as that day begins"
    )


@pytest.mark.parametrize("code", [c for c, each in department().clocks.items() if not each.shadow])
def test_every_clock_tells_somebody_when_it_nears_its_end_and_hours_tell_whoever_is_on_call(
    code: str,
) -> None:
    clock = compiled().clocks[code]
    told = {rung.code: rung.party for rung in clock.rungs}
    if code in ("PUBLISH-14", "TP-ANSWER", "TP-RELEASE"):
        assert told == {}
    elif code == "LIMITATION":
        assert told == {"three-quarters": ("owner",), "two-days-left": ("owner", "leader")}
    elif clock.unit == "elapsed_hours":
        assert told == {
            "three-quarters": ("owner", "on_call"),
            "breach": ("leader", "on_call"),
            "five-days-over": ("director",),
        }
    else:
        assert told == {
            "three-quarters": ("owner",),
            "two-days-left": ("owner", "leader"),
            "breach": ("leader",),
            "five-days-over": ("director",),
        }
