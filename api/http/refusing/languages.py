"""The language of an answer: English or French, by Accept-Language (RFC 9110, section 12.5.4)."""

from __future__ import annotations

from typing import Literal

Language = Literal["en", "fr"]


def language_of(accept_language: str | None) -> Language:
    """The better liked of the two; English where nothing is said."""
    liked = {"en": 0.0, "fr": 0.0}
    for part in (accept_language or "").split(",")[:32]:
        tag, _, parameter = part.strip().partition(";")
        primary = tag.strip().lower().partition("-")[0]
        if primary in liked:
            liked[primary] = max(liked[primary], _quality(parameter))
    return "fr" if liked["fr"] > liked["en"] else "en"


def _quality(parameter: str) -> float:
    name, _, said = parameter.strip().partition("=")
    if name.strip().lower() != "q":
        return 1.0
    try:
        return min(max(float(said), 0.0), 1.0)
    except ValueError:
        return 0.0
