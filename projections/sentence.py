"""A sentence of the audit trail, in both languages."""

from __future__ import annotations

from typing import NamedTuple


class Sentence(NamedTuple):
    """What a topic says, in both languages."""

    en: str
    fr: str
