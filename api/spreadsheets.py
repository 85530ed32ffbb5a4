"""Spreadsheets: what a cell of CSV says as text, where a program that opens it would take it for a formula."""

from __future__ import annotations

import re

_SIGNS = "=+\\-@\uff1d\uff0b\uff0d\uff20"
"""With what a formula begins; some programs read the wide forms of these signs as well (OWASP, CSV injection)."""
_FIRST = re.compile(rf"(?=[{_SIGNS}\t\r\n])")
_WITHIN = re.compile(rf"([;\t\r\n][ \"]*)(?=[{_SIGNS}])")
"""A program that takes semicolons for the ends of cells, as in French, sees no quotes and makes cells of one."""


def as_text(said: str) -> str:
    """It, behind an apostrophe wherever a cell would begin as a formula does: whoever wrote it may be no officer."""
    whole = _WITHIN.sub(r"\1'", said)
    return f"'{whole}" if _FIRST.match(whole) else whole
