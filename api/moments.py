"""Instants as people write them: with their offset, or a date, which means the end of that day at the office.

What was written is not repeated, since whoever asks may be a page that shows what it is answered.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from uuid import UUID

from ledger.errors import InvalidCommand
from ledger.policy.calendars.zones import LocalDays
from ledger.times import utc

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_FIRST_YEAR, _LAST_YEAR = 1800, 2999
_LAST_MOMENT = timedelta(microseconds=1)


def instant_of(text: str, *, option: str) -> datetime:
    """The instant a text names; InvalidCommand if there is none, or it says no offset from UTC."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise _no_such_time(option) from error
    if found.tzinfo is None:
        raise InvalidCommand(
            f"{option} says no offset from UTC: write it as 2026-03-02T09:30-04:00, or with Z."
        )
    refuse_unmeant(found, option=option)
    return utc(found)


def moment_of(text: str, *, option: str, days: LocalDays) -> datetime:
    """The same, where a date alone means the last moment of that day at the office."""
    if not _DATE.fullmatch(text):
        return instant_of(text, option=option)
    try:
        found = date.fromisoformat(text)
    except ValueError as error:
        raise _no_such_time(option) from error
    refuse_unmeant(found, option=option)
    return days.end(found) - _LAST_MOMENT


def since_of(text: str, *, option: str, days: LocalDays) -> datetime:
    """The same, where a date alone means its beginning at the office."""
    if _DATE.fullmatch(text):
        return days.begin(days.date_of(moment_of(text, option=option, days=days)))
    return instant_of(text, option=option)


def until_of(text: str, *, option: str, days: LocalDays) -> datetime:
    """The same, where a date alone means its end, to which what is due by the end of that day belongs."""
    if _DATE.fullmatch(text):
        return days.end(days.date_of(moment_of(text, option=option, days=days)))
    return instant_of(text, option=option)


def between(
    begins: str | None, ends: str | None, *, options: tuple[str, str], at: datetime, days: LocalDays
) -> tuple[datetime | None, datetime]:
    """From which instant until before which, dates being whole days at the office; at most until just after `at`.

    InvalidCommand where there is nothing between: that nothing is recorded of it would be taken for an answer.
    """
    first, last = options
    from_at = since_of(begins, option=first, days=days) if begins else None
    to_at = until_of(ends, option=last, days=days) if ends else at + _LAST_MOMENT
    to_at = min(to_at, at + _LAST_MOMENT)
    if from_at is not None:
        _refuse_none_between(from_at, to_at, options)
    return from_at, to_at


def stretch(
    begins: str | None,
    ends: str | None,
    *,
    options: tuple[str, str],
    at: datetime,
    days: LocalDays,
    since: datetime,
) -> tuple[datetime, datetime]:
    """The same of what began at an instant: from `since` where no other beginning is given."""
    from_at, to_at = between(begins, ends, options=options, at=at, days=days)
    from_at = from_at or since
    _refuse_none_between(from_at, to_at, options)
    return from_at, to_at


def _refuse_none_between(from_at: datetime, to_at: datetime, options: tuple[str, str]) -> None:
    if from_at >= to_at:
        first, last = options
        raise InvalidCommand(
            f"{first} must lie before {last}, and before the instant that is asked about: give them in order."
        )


def date_of(text: str, *, option: str) -> date:
    """The date a text names; InvalidCommand if there is none."""
    try:
        found = date.fromisoformat(text)
    except ValueError as error:
        raise _no_such_time(option) from error
    refuse_unmeant(found, option=option)
    return found


def refuse_unmeant(found: date, *, option: str) -> None:
    """Refuses a date or an instant so far away that it is a slip, and no calendar could reckon with it."""
    if not _FIRST_YEAR <= found.year <= _LAST_YEAR:
        raise InvalidCommand(
            f"{option} is too long ago or too far ahead: give a year from {_FIRST_YEAR} to {_LAST_YEAR}."
        )


def id_of(text: str, *, option: str) -> UUID:
    """The id that a text names; InvalidCommand if it is none."""
    try:
        return UUID(text)
    except ValueError as error:
        raise InvalidCommand(f"{option} is not a UUID: read it again.") from error


def _no_such_time(option: str) -> InvalidCommand:
    return InvalidCommand(
        f"{option} is no time that exists: write a date such as 2026-03-02, "
        "or an instant such as 2026-03-02T09:30-04:00."
    )
