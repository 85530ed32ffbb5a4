"""Trails over HTTP: in which language they are told, and what of a line is shown to everybody who may read it."""

from __future__ import annotations

from typing import Any, get_args

from api.http.exchanges import Exchange
from api.http.reading.reads import choice_of, parameter
from ledger.policy.values import Language
from projections.answers import as_json
from projections.one_case.trail import TrailLine

LANGUAGE = parameter(
    "language",
    "English (en) or French (fr); else by Accept-Language.",
    example="en",
    enum=["en", "fr"],
)
TRAIL_COLUMNS = (
    "position",
    "version",
    "digest",
    "recorded_at",
    "known_at",
    "effective_at",
    "actor",
    "topic",
    "sentence",
    "of_version",
)


def language_asked(exchange: Exchange) -> Language:
    """The language that is asked for in the query, else by the header."""
    said = choice_of(exchange, "language", get_args(Language))
    return exchange.in_words("fr" if said == "fr" else "en" if said else None)


def without_concealed(line: TrailLine) -> dict[str, Any]:
    """A line of the trail whose fields are those that are no secret; the others are named."""
    said: dict[str, Any] = as_json(line)
    for name in line.concealed:
        said["fields"].pop(name, None)
    if isinstance(said["fields"].get("answers"), dict):
        said["fields"]["answers"].pop("personal", None)
    return said
