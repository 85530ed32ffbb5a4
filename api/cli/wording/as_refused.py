"""Refusals in the language that is spoken: by the table that the service answers from, in English for want."""

from __future__ import annotations

from api.cli.wording.spoken import spoken


def as_spoken(sentence: str) -> str:
    """A refusal, or what can stand in one as a value, in the language that is spoken."""
    if spoken() == "en":
        return sentence
    from api.sentences.french import french_of, phrase_of  # noqa: PLC0415 - the rules' own words, which help needs none of

    return french_of(sentence) or phrase_of(sentence) or sentence
