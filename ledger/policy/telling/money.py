"""Money: an amount in whole cents as people write it, in the currency of the office and in either language."""

from __future__ import annotations

import re

from ledger.policy.values import Language

_SIGNS = {"AUD": "$", "CAD": "$", "EUR": "€", "GBP": "£", "NZD": "$", "USD": "$"}
"""What stands for a currency where it is the office's own; of any other its code does."""
_ENGLISH = re.compile(
    rf"(-?)([{''.join({*_SIGNS.values()})}]?)(\d{{1,3}}(?:,\d{{3}})*)\.(\d\d)(?: ([A-Z]{{3}}))?"
)

AN_AMOUNT = "an amount such as 1250 or 1250.00"
IN_CENTS = "whole cents, such as 500 for 5.00"
"""How an amount is written, and how it is sent as a number, for whoever does otherwise."""
_WRITTEN = re.compile(
    r"(-?)(\d{1,12}|\d{1,3}(?: \d{3}){1,3}|\d{1,3}(?:,\d{3}){1,3}(?=\.))(?:[.,](\d\d?))?",
    re.ASCII,
)
_TYPED = str.maketrans({"\u00a0": " ", "\u2009": " ", "\u202f": " ", "\u2212": "-"})
"""Spaces that keep a number together and the sign of minus, as they are typed."""


def cents_in(said: str, currency: str | None) -> int | None:
    """The cents in an amount that somebody wrote, in the office's currency; None where it could be read two ways.

    A point or a comma with one or two digits behind it begins the cents. Thousands stand apart by spaces, or by commas
    where a point follows: 1,250 could be meant in English or in French, so it is no amount.
    """
    text = said.strip().translate(_TYPED)
    if currency is not None:
        mark = "|".join(re.escape(each) for each in (currency, _SIGNS.get(currency)) if each)
        text = re.sub(rf"^(-?)(?:{mark}) ?| ?(?:{mark})$", r"\1", text, count=1)
    found = _WRITTEN.fullmatch(text)
    if found is None:
        return None
    minus, whole, rest = found.groups("")
    cents = 100 * int(re.sub("[ ,]", "", whole)) + int(rest.ljust(2, "0"))
    return -cents if minus else cents


def plainly(cents: int) -> str:
    """So many cents as they are typed, such as 1069.00: what `cents_in` reads again."""
    whole, rest = divmod(abs(cents), 100)
    return f"{'-' if cents < 0 else ''}{whole}.{rest:02}"


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
