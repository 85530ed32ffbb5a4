"""French: what went wrong, in French, told from its English sentence by the table of sentences.

Sentences are written where they are raised, in English; the French ones stand beside their English templates
in `sentences`, by chapter, and a test holds the table against every sentence that whoever asks can be answered
with. What stands in a sentence as a value is told too where it is words of English: `3 days`, `none`, a state.
"""

from __future__ import annotations

import re
from functools import cache

from api.http.sentences import PHRASES, SENTENCES
from api.http.templates import Templates

_LONGEST = 2_000
_QUOTED = re.compile(r"^'([^']+)'$")


def french_of(sentence: str) -> str | None:
    """The sentence in French; None where the table does not know it."""
    found = None if len(sentence) > _LONGEST else _sentences().found(sentence)
    if found is None:
        return None
    template, values = found
    return template.filled({hole: value_in_french(said) for hole, said in values.items()})


def phrase_of(said: str) -> str | None:
    """A phrase in French: what stands in a sentence as a value, or what is wrong with a field; None if unknown."""
    if " " not in said:
        return PHRASES.get(said)
    found = _phrases().found(said)
    if found is None:
        return None
    template, values = found
    return template.filled({hole: value_in_french(value) for hole, value in values.items()})


def value_in_french(said: str) -> str:
    """A value of a sentence as it stands in the French one: a phrase in French, a quotation in French marks.

    A list is told one by one, and so is a sentence that stands in another; anything else is a name, a code,
    a number or a date, and stays as it is.
    """
    if (phrase := phrase_of(said)) is not None:
        return phrase
    if said.endswith(".") and (sentence := french_of(said)) is not None:
        return sentence
    if ", " in said:
        return ", ".join(map(value_in_french, said.split(", ")))
    return _QUOTED.sub(r"« \1 »", said)


@cache
def _sentences() -> Templates:
    return Templates(SENTENCES)


@cache
def _phrases() -> Templates:
    return Templates(PHRASES)
