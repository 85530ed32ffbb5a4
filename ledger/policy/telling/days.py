"""Days in words, as a letter and a sentence name them in either language."""

from __future__ import annotations

from datetime import date

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


def day_in_words(on: date, language: Language) -> str:
    """A date such as 1 March 2026, or 1er mars 2026."""
    first = "1er" if on.day == 1 and language == "fr" else str(on.day)
    return f"{first} {_MONTHS[language][on.month - 1]} {on.year}"
