"""Unwelcome characters make a text look other than it is: the edges refuse them, and no terminal is sent one.

They are the controls of C0 (tab and line ends apart) and of C1, by which a terminal is moved, cleared or
renamed (ECMA-48), and those that turn the direction of what follows them (Unicode, UAX 9).
"""

from __future__ import annotations

import re

UNWELCOME = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_NOT_SEEN = "\N{REPLACEMENT CHARACTER}"


def harmless(text: str) -> str:
    """The text as a terminal may have it: each unwelcome character, and a bare return, as one that can be seen."""
    return UNWELCOME.sub(_NOT_SEEN, text.replace("\r\n", "\n").replace("\r", _NOT_SEEN))


def harmless_json(said: str) -> str:
    """JSON that says the same with every unwelcome character written as its number."""
    return UNWELCOME.sub(lambda found: f"\\u{ord(found[0]):04x}", said)
