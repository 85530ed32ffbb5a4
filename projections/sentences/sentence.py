"""A sentence in both languages, with its fields in braces and what may be left out in brackets."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from ledger.policy.values import Language

_BESIDE = re.compile(r"\{(\w+):([^|{}\[\]]*)\|([^|{}\[\]]*)\}")
_ONE: Mapping[Language, frozenset[str]] = {"en": frozenset({"1"}), "fr": frozenset({"0", "1"})}


class Sentence(NamedTuple):
    """What a topic says, in both languages; words beside a number stand as of one and of several.

    `{pages} {pages:page|pages}` says 1 page and 2 pages.
    """

    en: str
    fr: str

    def say(self, language: Language) -> str:
        """The sentence in a language, its fields open still."""
        return self.fr if language == "fr" else self.en

    def fitting(self, language: Language, fields: Mapping[str, object]) -> str:
        """The sentence in a language, its words fitting the numbers among these fields, which are filled in after."""
        one = _ONE[language]
        return _BESIDE.sub(
            lambda found: found[2 if str(fields[found[1]]) in one else 3], self.say(language)
        )


def counted(count: int, one: str, several: str) -> str:
    """A number in English, with the words that fit it."""
    return f"{count} {one if count == 1 else several}"
