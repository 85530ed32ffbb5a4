"""Instants as people write them: with their offset, or a date, which means the end of that day at the office.

What was written is not repeated, since whoever asks may be a page that shows what it is answered.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from uuid import UUID

from ledger.errors import InvalidCommand
from ledger.policy.zones import LocalDays
from ledger.times import utc

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
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
    try:
        return utc(found)
    except OverflowError as error:  # the first and the last day that can be written
        raise _no_such_time(option) from error


def moment_of(text: str, *, option: str, days: LocalDays) -> datetime:
    """The same, where a date alone means the last moment of that day at the office."""
    if not _DATE.fullmatch(text):
        return instant_of(text, option=option)
    try:
        return days.end(date.fromisoformat(text)) - _LAST_MOMENT
    except (ValueError, OverflowError) as error:
        raise _no_such_time(option) from error


def date_of(text: str, *, option: str) -> date:
    """The date a text names; InvalidCommand if there is none."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise _no_such_time(option) from error


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
