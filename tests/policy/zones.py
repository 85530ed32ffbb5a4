"""Working days and office hours in zones that change their clocks, and the same by hand."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from ledger.policy.calendars.counting import CountingTerms, OfficeTerms, compile_calendars
from tests.policy.law import counting

ONE_DAY = timedelta(days=1)
FIRST, LAST = date(2016, 6, 1), date(2019, 12, 31)
HOLIDAYS = ("2017-10-12", "2017-10-13", "2017-11-15", "2017-12-25", "2018-01-01", "2018-03-30")
ZONES = ("America/Halifax", "America/St_Johns", "Europe/London", "America/Sao_Paulo", "Asia/Beirut")
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri")
TERMS: dict[str, CountingTerms | OfficeTerms] = {
    "WORK": counting(HOLIDAYS, begins_on=FIRST.isoformat(), ends_on=LAST.isoformat()),
    "OFFICE": OfficeTerms.model_validate(
        {
            "kind": "office",
            "begins_on": FIRST,
            "ends_on": LAST,
            "hours": dict.fromkeys(WEEKDAYS, ("08:30-12:00", "13:00-16:30")),
            "closed_on_holidays_of": "WORK",
        }
    ),
}
BY_ZONE = {zone: compile_calendars(TERMS, zone) for zone in ZONES}


def works(day: date) -> bool:
    """Whether a day is a working day."""
    return day.weekday() < 5 and day.isoformat() not in HOLIDAYS


def is_open(at: datetime, zone: str) -> bool:
    """Whether an office is open at an instant."""
    local = at.astimezone(ZoneInfo(zone))
    minutes = local.hour * 60 + local.minute
    return works(local.date()) and (510 <= minutes < 720 or 780 <= minutes < 990)
