"""Instants: aware, in UTC, written always with six digits of a second."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, PlainSerializer

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def utc(instant: datetime) -> datetime:
    """The same instant in UTC."""
    return instant if instant.tzinfo is UTC else instant.astimezone(UTC)


@lru_cache(maxsize=4096)
def stamp(instant: datetime) -> str:
    """`YYYY-MM-DDThh:mm:ss.ffffffZ`, the one form in which an instant is stored (it sorts by time)."""
    return f"{instant.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='microseconds')}Z"


def instant(text: str) -> datetime:
    """The instant that a stored stamp names."""
    return datetime.fromisoformat(text)


def _in_utc(instant: datetime) -> datetime:
    try:
        return utc(instant)
    except OverflowError as error:  # the first and the last day that can be written
        raise ValueError("must be an instant that exists in UTC too") from error


Instant = Annotated[
    AwareDatetime,
    AfterValidator(_in_utc),
    PlainSerializer(stamp, return_type=str, when_used="json"),
]
"""An aware datetime, kept in UTC; a naive one is refused."""

LocalDate = date
"""A date in the office's own zone."""
