"""Office days: on which an office works, and what is taken where no calendar says."""

from __future__ import annotations

from datetime import date, timedelta

from projections.flow.office_days import OfficeDays

MONDAY = date(2026, 3, 2)


def test_where_no_calendar_reaches_the_office_works_monday_to_friday() -> None:
    nobody = OfficeDays(None)
    assert nobody.between(MONDAY, MONDAY + timedelta(days=7)) == [
        MONDAY + timedelta(days=n) for n in range(5)
    ]
    assert not nobody.reaches(MONDAY, MONDAY)
    assert nobody.after(date(2026, 3, 6)) == date(2026, 3, 9)
    assert nobody.before(MONDAY, 2) == [date(2026, 2, 26), date(2026, 2, 27)]
