"""Calendars and clocks of real laws, as fixtures: each list by hand, with where it stands."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from ledger.policy.calendars import Calendars, CountingTerms, OfficeTerms, compile_calendars
from ledger.policy.clock_terms import ClockDefinition

UK_FOIA_DAYS = (
    "2014-12-01", "2014-12-25", "2014-12-26", "2015-01-01", "2015-01-02", "2015-03-17",
    "2026-01-01", "2026-01-02", "2026-03-17", "2026-04-03", "2026-04-06", "2026-05-04",
    "2026-05-25", "2026-06-15", "2026-07-13", "2026-08-03", "2026-08-31", "2026-11-30",
    "2026-12-25", "2026-12-28", "2027-01-01", "2027-01-04", "2027-03-17", "2027-03-26",
    "2027-03-29", "2027-05-03", "2027-05-31", "2027-07-12", "2027-08-02", "2027-08-30",
    "2027-11-30", "2027-12-27", "2027-12-28",
)  # fmt: skip
"""Freedom of Information Act 2000, s. 10(6): bank holidays of any part of the United Kingdom."""

US_DAYS = (
    "2026-11-26", "2026-12-25", "2027-01-01", "2027-01-18", "2027-02-15", "2027-05-31",
    "2027-06-18", "2027-07-05", "2027-09-06", "2027-10-11", "2027-11-11", "2027-11-25",
    "2027-12-24", "2027-12-31", "2028-01-17", "2028-02-21",
)  # fmt: skip
"""5 USC 6103, with the weekday on which a holiday on a weekend is observed."""

NS_SAMPLE_DAYS = (
    "2026-09-30", "2026-10-12", "2026-11-11", "2026-12-25", "2026-12-28", "2027-01-01",
    "2027-02-15", "2027-03-26", "2027-03-29", "2027-05-24", "2027-07-01", "2027-08-02",
    "2027-09-06", "2027-09-30", "2027-10-11", "2027-11-11", "2027-12-27", "2027-12-28",
    "2028-01-03", "2028-02-21",
)  # fmt: skip
"""An assumed office list, each holiday moved to the next free weekday."""

FED_WORK_DAYS = (
    "2027-01-01", "2027-03-26", "2027-03-29", "2027-05-24", "2027-07-01", "2027-08-02",
    "2027-09-06", "2027-09-30", "2027-10-11", "2027-11-11", "2027-12-27", "2027-12-28",
)  # fmt: skip
"""Interpretation Act (Canada), s. 35, with Easter Monday, and the weekends of the TBS manual."""

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri")


def counting(
    days: Iterable[str], *, begins_on: str, ends_on: str, citation: str = "A list by hand."
) -> CountingTerms:
    """A counting calendar of Monday to Friday without these days."""
    return CountingTerms.model_validate(
        {
            "kind": "counting",
            "citation": citation,
            "begins_on": begins_on,
            "ends_on": ends_on,
            "holidays": [
                {"on": day, "en": "A holiday"} for day in days if begins_on <= day <= ends_on
            ],
        }
    )


TERMS: dict[str, CountingTerms | OfficeTerms] = {
    "UK-FOIA": counting(UK_FOIA_DAYS, begins_on="2026-01-01", ends_on="2027-12-31"),
    "UK-FOIA-2014": counting(UK_FOIA_DAYS, begins_on="2014-12-01", ends_on="2015-04-02"),
    "UK-FOIA-2026": counting(UK_FOIA_DAYS, begins_on="2026-01-01", ends_on="2026-12-31"),
    "UK-FOIA-BEFORE-2026-06-15": counting(
        [day for day in UK_FOIA_DAYS if day != "2026-06-15"],
        begins_on="2026-01-01",
        ends_on="2027-12-31",
    ),
    "US": counting(US_DAYS, begins_on="2026-11-01", ends_on="2028-02-29"),
    "NS-SAMPLE": counting(NS_SAMPLE_DAYS, begins_on="2026-09-01", ends_on="2028-03-31"),
    "FED-WORK": counting(FED_WORK_DAYS, begins_on="2027-01-01", ends_on="2027-12-31"),
    "OFFICE": OfficeTerms.model_validate(
        {
            "kind": "office",
            "begins_on": "2026-09-01",
            "ends_on": "2028-03-31",
            "hours": dict.fromkeys(WEEKDAYS, ("08:30-16:30",)),
            "closed_on_holidays_of": "NS-SAMPLE",
            "exceptions": [{"on": "2026-12-24", "hours": ["08:30-12:00"], "en": "Christmas Eve"}],
        }
    ),
}
CALENDARS: Calendars = compile_calendars(TERMS, "America/Halifax")


def clock(code: str, **said: Any) -> ClockDefinition:
    """A clock of so much of a unit, in a zone; what else it says overrides a plain deadline."""
    return ClockDefinition.model_validate(
        {
            "code": code,
            "en": code,
            "pack": code,
            "version": "1",
            "citation": "See the case.",
            "starts_on": "reached_body",
            "stops_on": ["decision_given"],
            **said,
        }
    )


def uk_foia(**said: Any) -> ClockDefinition:
    """Freedom of Information Act 2000, s. 10: twenty working days following the date of receipt."""
    plain = {
        "unit": "working_days",
        "amount": 20,
        "zone": "Europe/London",
        "counting_calendar": "UK-FOIA",
        "effects": {"fee": "pause", "particulars": "pause"},
    }
    return clock("UK-FOIA", **{**plain, **said})


def atia(**said: Any) -> ClockDefinition:
    """Access to Information Act (Canada), s. 7: thirty days, rolled as the TBS manual says."""
    plain = {
        "unit": "calendar_days",
        "amount": 30,
        "zone": "America/Toronto",
        "roll": "forward",
        "roll_over": "FED-WORK",
        "effects": {"regulator": "suspend"},
        "extensions": [
            {
                "authority": "head",
                "unit": "calendar_days",
                "tell": [{"party": "commissioner", "when_above": 30}],
            }
        ],
    }
    return clock("ATIA", **{**plain, **said})


def us_foia(**said: Any) -> ClockDefinition:
    """5 USC 552(a)(6): twenty days except Saturdays, Sundays and legal public holidays."""
    plain = {
        "unit": "working_days",
        "amount": 20,
        "zone": "America/New_York",
        "counting_calendar": "US",
        "starts_on": "reached_office",
        "start_cap": {"amount": 10, "unit": "working_days", "after": "reached_body"},
        "effects": {
            "particulars": {"effect": "toll", "limit": 1, "start_day_counts": True,
                            "end_day_counts": True},
        },
    }  # fmt: skip
    return clock("US-FOIA", **{**plain, **said})


def local(zone: str, text: str) -> datetime:
    """The instant of a local date (at noon) or a local time, in UTC."""
    wall = datetime.fromisoformat(text if "T" in text else f"{text}T12:00")
    return wall.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def day(text: str) -> date:
    """A date."""
    return date.fromisoformat(text)
