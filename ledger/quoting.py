"""Quoting: of what was sent a refusal repeats a code or a reference, and of anything else only that it was sent."""

from __future__ import annotations

import re

_CODE = re.compile(
    r"[A-Z][A-Z0-9]*(?:[-_.][A-Z0-9]+)*|[a-z][a-z0-9]*(?:[-_.][a-z0-9]+)*"
    r"|[0-9A-Za-z]{5}-?[0-9A-Za-z]{5}-?[0-9A-Za-z*~$=]"
)
"""Codes as offices write them, in letters of one size, and references of cases; a name or a number is neither."""
_LONGEST = 64


def quoted(said: str, *, otherwise: str = "This") -> str:
    """It in quotation marks; `otherwise` in its place where it could be personal, being neither."""
    is_code = len(said) <= _LONGEST and _CODE.fullmatch(said) is not None
    return f"'{said}'" if is_code else otherwise
