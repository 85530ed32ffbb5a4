"""Days in words, as a letter and a sentence name them in either language."""

from __future__ import annotations

import re
from datetime import date, datetime

from ledger.policy.values import Language

_MONTHS = {
    "en": (
        "January", "February", "March", "April", "May", "June", "July", "August", "September",
        "October", "November", "December",
    ),
    "fr": (
        "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre",
        "octobre", "novembre", "décembre",
    ),
}  # fmt: skip


_ENGLISH = re.compile(
    rf"(?:(\d\d):(\d\d) on )?(\d{{1,2}}) ({'|'.join(_MONTHS['en'])}) (\d{{4}})( \([\w/+-]+\))?"
)


def day_in_words(on: date, language: Language) -> str:
    """A date such as 1 March 2026, or 1er mars 2026."""
    first = "1er" if on.day == 1 and language == "fr" else str(on.day)
    return f"{first} {_MONTHS[language][on.month - 1]} {on.year}"


def day_said(on: date) -> str:
    """A date as a refusal says it: in English, which `in_french` tells in French."""
    return day_in_words(on, "en")


def minute_in_words(at: datetime, zone: str) -> str:
    """A local time with the zone of whose clock it is, such as 09:30 on 1 March 2026 (America/Halifax)."""
    return f"{at:%H:%M} on {day_in_words(at.date(), 'en')} ({zone})"


def in_french(said: str) -> str | None:
    """A day, or a minute of one, that is in English words, in French ones; None for what is none."""
    found = _ENGLISH.fullmatch(said)
    if found is None:
        return None
    hour, minute, day, month, year, zone = found.groups()
    on = day_in_words(date(int(year), _MONTHS["en"].index(month) + 1, int(day)), "fr")
    return on if hour is None else f"{on} à {int(hour)} h {minute}{zone or ''}"
