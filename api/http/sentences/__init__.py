"""Sentences of what whoever asks over HTTP is refused with: each English template with its French one, by chapter."""

from __future__ import annotations

from collections.abc import Mapping

from api.http.sentences import callers, codes, reading, requests, responsibility, service
from api.http.sentences.phrases import PHRASES

CHAPTERS = (callers, requests, reading, service, codes, responsibility)
SENTENCES: Mapping[str, str] = {
    english: french for chapter in CHAPTERS for english, french in chapter.SENTENCES.items()
}

__all__ = ["CHAPTERS", "PHRASES", "SENTENCES"]
