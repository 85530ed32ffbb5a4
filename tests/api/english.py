"""English that is left on a French screen: words that French does not have, outside of the names of commands."""

from __future__ import annotations

import re

_NAMES = re.compile(r"`[^`]*`|--[\w-]+")
_ENGLISH = re.compile(
    r"\b(and|are|begun|by|closed|decided|due|entries|entry|for|from|had|has|have|held|is|its|line|none|not|nobody|"
    r"nothing|of|opened|recorded|refused|released|said|since|sought|the|their|then|to|undecided|until|waits?|was|were|"
    r"what|when|which|who|whom|whose|with|withheld|yes|yet)\b",
    re.IGNORECASE,
)


def english_in(shown: str) -> set[str]:
    """Words of English in what is shown; of some that French has too (in, on, or) nobody can tell."""
    return {each.lower() for each in _ENGLISH.findall(_NAMES.sub("", shown))}
