"""Marks in a text that somebody writes: `[[PARTY|words]]` says that these words are about another party of the case."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, get_args
from uuid import UUID

from ledger.case.in_words import CaseRole
from ledger.errors import InvalidCommand
from ledger.sealing.slots import pieces, touched

MARKS = (
    "[[PARTY|words]] in it marks words about another party of the case, by its id or its role; "
    "--unmarked takes it as it stands."
)
_MARK = re.compile(r"\[\[([^\[\]|]*)\|(.*?)\]\]", re.DOTALL)


def without_marks(text: str, *, option: str) -> tuple[str, list[dict[str, Any]]]:
    """The text without its marks, and each passage: `party`, and the words from `first` to before `end`.

    A word is about whom any of it was marked for. InvalidCommand for a mark that is not finished or is
    about nobody.
    """
    plain, found = "", list[tuple[str, int, int]]()
    at = 0
    for mark in _MARK.finditer(text):
        plain += _unmarked(text[at : mark.start()], option)
        said = _unmarked(mark[2], option)
        begin = len(plain) + len(said) - len(said.lstrip())
        found.append((mark[1].strip(), begin, len(plain) + len(said.rstrip())))
        plain += said
        at = mark.end()
    plain += _unmarked(text[at:], option)
    return plain, list(_passages(plain, found, option))


def refuse_marks(text: str, *, option: str) -> None:
    """Refuses a text in which words are marked for a party, where no party of a case can be meant."""
    if any(_meant(mark[1].strip()) for mark in _MARK.finditer(text)):
        raise InvalidCommand(
            f"{option}: words about another party cannot be marked here, since there is no case yet that they are "
            "of: leave the mark out, or say it in a note on the case."
        )


def _unmarked(text: str, option: str) -> str:
    if "[[" in text:
        raise InvalidCommand(
            f"{option}: '[[' begins words about another party, written as [[witness|the words]] or with the "
            "party's id: finish it, or take the text as it stands with --unmarked."
        )
    return text


def _passages(
    plain: str, found: list[tuple[str, int, int]], option: str
) -> Iterator[dict[str, Any]]:
    words = pieces(plain)
    for party, begin, end in found:
        if begin >= end:
            raise InvalidCommand(f"{option}: [[{party}|]] marks no words: put some into it.")
        marked = touched(words, begin, end)
        yield {"party": _party(party, option), "first": marked.start, "end": marked.stop}


def _party(said: str, option: str) -> UUID | str:
    meant = _meant(said)
    if meant is None:
        roles = ", ".join(get_args(CaseRole))
        raise InvalidCommand(
            f"{option}: '{said}' is no party: give its id, or its role on the case ({roles})."
        )
    return meant


def _meant(said: str) -> UUID | str | None:
    """The role or the id of a party that is meant; None if it is neither."""
    if said in get_args(CaseRole):
        return said
    try:
        return UUID(said)
    except ValueError:
        return None
