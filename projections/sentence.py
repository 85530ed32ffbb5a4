"""A sentence in both languages of the office."""

from __future__ import annotations

from typing import NamedTuple


class Sentence(NamedTuple):
    """What is said, in English and in French."""

    en: str
    fr: str
