"""The language of an answer: English or French, by Accept-Language (RFC 9110, section 12.5.4)."""

from __future__ import annotations

from api.http.accepting import quality
from ledger.policy.values import Language


def language_of(accept_language: str | None) -> Language:
    """The better liked of the two; English where nothing is said."""
    liked = {"en": 0.0, "fr": 0.0}
    for part in (accept_language or "").split(",")[:32]:
        tag, _, parameter = part.strip().partition(";")
        primary = tag.strip().lower().partition("-")[0]
        if primary in liked:
            liked[primary] = max(liked[primary], quality(parameter))
    return "fr" if liked["fr"] > liked["en"] else "en"
