"""Dates: so many months or years on, as the law of interpretation counts them."""

from __future__ import annotations

from datetime import date, timedelta

ONE_DAY = timedelta(days=1)


def months_after(day: date, months: int) -> date:
    """The same day number so many months on, else the last day of that month (Interpretation Act, s. 28)."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    following = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    last = (following - ONE_DAY).day
    return date(year, month + 1, min(day.day, last))


def period_after(day: date, amount: int, unit: str) -> date:
    """The date so many weeks, months, years or, in any other unit, days on."""
    match unit:
        case "weeks":
            return day + timedelta(weeks=amount)
        case "months":
            return months_after(day, amount)
        case "years":
            return months_after(day, 12 * amount)
        case _:
            return day + timedelta(days=amount)


def anniversary(born_on: date, years: int) -> date:
    """The day at whose commencement somebody attains an age (Interpretation Act, R.S.C. 1985, c. I-21, s. 30).

    Whoever was born on 29 February attains it on 1 March of a year without that day: an assumption,
    since the Act does not say.
    """
    try:
        return born_on.replace(year=born_on.year + years)
    except ValueError:
        return date(born_on.year + years, 3, 1)
