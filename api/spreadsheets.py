"""Spreadsheets: what a cell of CSV says as text, where a program that opens it would take it for a formula."""

from __future__ import annotations

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""With what a formula begins; some programs read the wide forms of these signs as well (OWASP, CSV injection)."""


def as_text(said: str) -> str:
    """It, behind an apostrophe where it begins as a formula does: whoever wrote it may be no officer."""
    return f"'{said}" if said.startswith(_FORMULA) else said
