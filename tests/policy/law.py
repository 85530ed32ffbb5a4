"""Calendars and clocks of real laws, as they are shipped, and those that a test changes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from api.policy_files import shipped_packs
from ledger.policy.calendars.counting import (
    Calendars,
    CountingTerms,
    OfficeTerms,
    compile_calendars,
)
from ledger.policy.document.clocks import ClockDefinition
from ledger.policy.reading.packs import compile_pack

PACKS = shipped_packs()


def days_of(pack: str, calendar: str) -> list[str]:
    """The holidays of a shipped calendar, as dates in ISO form."""
    terms = PACKS[pack].calendars[calendar]
    assert isinstance(terms, CountingTerms)
    return [each.on.isoformat() for each in terms.holidays]


def shipped(pack: str, calendar: str) -> CountingTerms:
    """A shipped calendar as it is."""
    terms = PACKS[pack].calendars[calendar]
    assert isinstance(terms, CountingTerms)
    return terms


UK_FOIA_DAYS = days_of("uk", "UK-FOIA")
"""Freedom of Information Act 2000, s. 10(6): bank holidays of any part of the United Kingdom."""

NS_SAMPLE_DAYS = days_of("ns", "NS-SAMPLE")
"""An assumed office list, each holiday moved to the next free weekday."""

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri")


def counting(days: Iterable[str], *, begins_on: str, ends_on: str) -> CountingTerms:
    """A counting calendar of Monday to Friday without these days."""
    return CountingTerms.model_validate(
        {
            "kind": "counting",
            "citation": "A list by hand.",
            "begins_on": begins_on,
            "ends_on": ends_on,
            "holidays": [
                {"on": day, "en": "A holiday"} for day in days if begins_on <= day <= ends_on
            ],
        }
    )


TERMS: dict[str, CountingTerms | OfficeTerms] = {
    "UK-FOIA": shipped("uk", "UK-FOIA"),
    "UK-SCOTLAND": shipped("uk", "UK-SCOTLAND"),
    "US": shipped("us", "US"),
    "NS-SAMPLE": shipped("ns", "NS-SAMPLE"),
    "FED-WORK": shipped("canada", "FED-WORK"),
    "UK-FOIA-2026": counting(UK_FOIA_DAYS, begins_on="2026-01-01", ends_on="2026-12-31"),
    "UK-FOIA-BEFORE-2026-06-15": counting(
        [day for day in UK_FOIA_DAYS if day != "2026-06-15"],
        begins_on="2026-01-01",
        ends_on="2027-12-31",
    ),
    "NS-UNTIL-2028-03": counting(NS_SAMPLE_DAYS, begins_on="2026-09-01", ends_on="2028-03-31"),
    "OFFICE": OfficeTerms.model_validate(
        {
            "kind": "office",
            "begins_on": "2026-09-01",
            "ends_on": "2028-03-31",
            "hours": dict.fromkeys(WEEKDAYS, ("08:30-16:30",)),
            "closed_on_holidays_of": "NS-UNTIL-2028-03",
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


def of_pack(pack: str, code: str, **said: Any) -> ClockDefinition:
    """A shipped clock, changed as a test needs it."""
    _, clocks = compile_pack(PACKS[pack])
    return ClockDefinition.model_validate({**clocks[code].model_dump(), **said})


def uk_foia(**said: Any) -> ClockDefinition:
    """Freedom of Information Act 2000, s. 10: twenty working days following the date of receipt."""
    return of_pack("uk", "UK-FOIA", **said)


def atia(**said: Any) -> ClockDefinition:
    """Access to Information Act (Canada), s. 7: thirty days, rolled as the TBS manual says."""
    return of_pack("canada", "ATIA", **said)


def us_foia(**said: Any) -> ClockDefinition:
    """5 USC 552(a)(6): twenty days except Saturdays, Sundays and legal public holidays."""
    return of_pack("us", "US-FOIA", **said)


def local(zone: str, text: str) -> datetime:
    """The instant of a local date (at noon) or a local time, in UTC."""
    wall = datetime.fromisoformat(text if "T" in text else f"{text}T12:00")
    return wall.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def day(text: str) -> date:
    """A date."""
    return date.fromisoformat(text)


def changed(text: str, *changes: tuple[str, str]) -> str:
    """A text with pieces replaced, each at its first place; each must be there."""
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text
