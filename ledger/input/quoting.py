"""Quoting: of what was sent a refusal repeats a code or a reference, and of anything else only that it was sent.

How many there are of something is said beside the word that fits the number.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches

_CODE = re.compile(
    r"[A-Z][A-Z0-9]*(?:[-_.][A-Z0-9]+)*|[a-z][a-z0-9]*(?:[-_.][a-z0-9]+)*"
    r"|[a-z]+(?:[A-Z][a-z0-9]+)+"
    r"|[0-9A-Za-z]{5}-?[0-9A-Za-z]{5}-?[0-9A-Za-z*~$=]"
)
"""Codes as offices write them, in letters of one size, attributes as SCIM does, and references of cases.

The name of a person or a number is none of these.
"""
_LONGEST = 64


def quoted(said: str, *, otherwise: str = "This") -> str:
    """It in quotation marks; `otherwise` in its place where it could be personal, being neither."""
    is_code = len(said) <= _LONGEST and _CODE.fullmatch(said) is not None
    return f"'{said}'" if is_code else otherwise


_ALL_TOLD = 24
"""Of so many codes all are told, of more those that are most like the one that was given."""
_LIKE = 8


def known_codes(given: str, known: Iterable[str]) -> str:
    """The codes that there are, for a refusal of one; of many those most like it, and how many there are in all."""
    codes = sorted(known)
    if len(codes) <= _ALL_TOLD:
        return ", ".join(codes) or "none"
    by_case = {code.upper(): code for code in codes}
    like = get_close_matches(given[:_LONGEST].upper(), by_case, n=_LIKE, cutoff=0.3)
    told = sorted(by_case[each] for each in like) or codes[:_LIKE]
    return f"{', '.join(told)}, ... ({len(codes)})"


def counted(count: int, one: str, several: str) -> str:
    """A number in English, with the words that fit it."""
    return f"{count} {one if count == 1 else several}"


def in_entries(count: int) -> str:
    """How many entries there are."""
    return "1 entry" if count == 1 else f"{count} entries"
