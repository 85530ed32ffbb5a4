"""Sentences of what whoever asks over HTTP is refused with: each English template with its French one, by chapter."""

from __future__ import annotations

from collections.abc import Mapping

from api.http.sentences import (
    beside,
    callers,
    cases,
    clocks,
    codes,
    contact,
    disclosures,
    evidence,
    flow,
    keeping,
    office,
    outcomes,
    parties,
    reading,
    releases,
    requests,
    responsibility,
    service,
    storing,
)
from api.http.sentences.phrases import PHRASES, WORDS

CHAPTERS = (
    callers,
    requests,
    reading,
    service,
    codes,
    cases,
    responsibility,
    clocks,
    outcomes,
    contact,
    parties,
    disclosures,
    releases,
    flow,
    keeping,
    office,
    beside,
    evidence,
    storing,
)
SENTENCES: Mapping[str, str] = {
    english: french for chapter in CHAPTERS for english, french in chapter.SENTENCES.items()
}

__all__ = ["CHAPTERS", "PHRASES", "SENTENCES", "WORDS"]
