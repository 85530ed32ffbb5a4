"""Money: an amount in whole cents as people write it, in the currency of the office and in either language."""

from __future__ import annotations

import re

from ledger.policy.values import Language

_SIGNS = {"AUD": "$", "CAD": "$", "EUR": "€", "GBP": "£", "NZD": "$", "USD": "$"}
"""What stands for a currency where it is the office's own; of any other its code does."""
_ENGLISH = re.compile(
    rf"(-?)([{''.join({*_SIGNS.values()})}]?)(\d{{1,3}}(?:,\d{{3}})*)\.(\d\d)(?: ([A-Z]{{3}}))?"
)


def amount(cents: int, currency: str | None, language: Language = "en") -> str:
    """So many cents, such as $1,069.00 or 1 069,00 $; without a currency the number alone."""
    minus, (whole, rest) = "-" if cents < 0 else "", divmod(abs(cents), 100)
    if language == "fr":
        return _in_french(minus, f"{whole:,}", f"{rest:02}", _SIGNS.get(currency or "", currency))
    said = f"{whole:,}.{rest:02}"
    if (sign := _SIGNS.get(currency or "")) is not None:
        return f"{minus}{sign}{said}"
    return f"{minus}{said} {currency}" if currency else f"{minus}{said}"


def amount_in_french(said: str) -> str | None:
    """An amount that is written in English, in French; None for what is none."""
    found = _ENGLISH.fullmatch(said)
    if found is None:
        return None
    minus, sign, whole, rest, code = found.groups()
    return _in_french(minus, whole, rest, sign or code)


def _in_french(minus: str, whole: str, rest: str, sign: str | None) -> str:
    said = f"{minus}{whole.replace(',', ' ')},{rest}"
    return f"{said} {sign}" if sign else said
