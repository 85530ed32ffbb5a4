"""A sentence in both languages, with its fields in braces and what may be left out in brackets."""

from __future__ import annotations

from typing import NamedTuple


class Sentence(NamedTuple):
    """What a topic says, in both languages."""

    en: str
    fr: str
