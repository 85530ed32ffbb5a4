"""Naming: whether what a policy names by its code is there, and which one was likely meant."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from difflib import get_close_matches
from typing import TypeAlias

from ledger.policy.document.locating import KeyPath

Wrong: TypeAlias = tuple[KeyPath, str]
"""Where, and what is wrong there, to be read after the key."""
NOT_DEFINED = "which is not defined"


def unknown(path: KeyPath, code: str | None, known: Collection[str], what: str) -> Iterator[Wrong]:
    """One sentence if the code is none of the known ones, with the nearest that is."""
    if code is None or code in known:
        return
    near = get_close_matches(code, known, n=1)
    guess = f" (did you mean '{near[0]}'?)" if near else ""
    listed = ", ".join(sorted(known)) or "none is defined"
    yield path, f"names the {what} '{code}', {NOT_DEFINED}{guess}; allowed: {listed}"


def each_unknown(
    path: KeyPath, codes: Collection[str], known: Collection[str], what: str
) -> Iterator[Wrong]:
    """The same for each of a list of codes."""
    for index, code in enumerate(codes):
        yield from unknown((*path, index), code, known, what)
