"""Spans of time known, in whole microseconds, and the magnitude by which an index finds what holds at an instant."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import lru_cache

from ledger.times import EPOCH

FOREVER = 2**63 - 1
"""The end of what is known still."""
CURRENT = 63
"""The magnitude of what is known still; any span that ended has a smaller one."""

_MICROSECOND = timedelta(microseconds=1)
_DAY = 86_400_000_000


@lru_cache(maxsize=65_536)
def microseconds(instant: datetime) -> int:
    """An aware instant as whole microseconds since 1970."""
    since = instant - EPOCH
    return since.days * _DAY + since.seconds * 1_000_000 + since.microseconds


def instant_at(microseconds: int) -> datetime:
    """The instant that lies so many microseconds after 1970, in UTC."""
    return EPOCH + microseconds * _MICROSECOND


def magnitude(known_from: int, known_to: int) -> int:
    """The bit length of a span that ended: a span of magnitude m is shorter than 2 ** m.

    What holds at T and has magnitude m therefore began in (T - 2 ** m, T]: one range of an index, in
    which at least every second entry holds on average.
    """
    return (known_to - known_from).bit_length()
