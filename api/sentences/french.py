"""French: what went wrong, in French, told from its English sentence by the table of sentences.

Sentences are written where they are raised, in English; the French ones stand beside their English templates
in `sentences`, by chapter, and a test holds the table against every sentence that whoever asks can be answered
with. What stands in a sentence as a value is told too where it is words of English: `3 days`, `none`, a state.
"""

from __future__ import annotations

import re
from functools import cache

from api.sentences import LETTERS, PHRASES, SENTENCES, WORDS
from api.sentences.templates import Templates
from ledger.policy.telling.days import in_french
from ledger.policy.telling.money import amount_in_french

_LONGEST = 2_000
_QUOTED = re.compile(r"^'([^']+)'$")


def french_of(sentence: str) -> str | None:
    """The sentence in French; None where the table does not know it."""
    found = None if len(sentence) > _LONGEST else _sentences().found(sentence)
    if found is None:
        return None
    template, values = found
    return template.filled({hole: value_in_french(hole, said) for hole, said in values.items()})


def phrase_of(said: str) -> str | None:
    """A phrase in French: what stands in a sentence as a value, or what is wrong with a field; None if unknown.

    A phrase that stands in it is told too, and of what stands in that no more.
    """
    return _phrase(said, within=True)


def _phrase(said: str, *, within: bool) -> str | None:
    if " " not in said:
        return PHRASES.get(said)
    if (found := _phrases().found(said)) is None:
        return None
    template, values = found
    return template.filled(
        {
            hole: (within and _phrase(value, within=False)) or _as_written(value)
            for hole, value in values.items()
        }
    )


def value_in_french(hole: str, said: str) -> str:
    """A value as it stands in the French sentence: a phrase or a sentence in French, a quotation in French marks.

    Anything else is a name, a code, a number or a date, and stays as it is; a code is told in words only in a
    hole that has words for it (`WORDS`).
    """
    if (word := WORDS.get(hole, {}).get(said) or phrase_of(said)) is not None:
        return word
    if (written := amount_in_french(said) or in_french(said)) is not None:
        return written
    if said.endswith(".") and (sentence := french_of(said)) is not None:
        return sentence
    return _as_written(said)


def _as_written(said: str) -> str:
    """What is the same in both languages, or a list of it, apart from the marks of quotations and from days."""
    return ", ".join(
        in_french(each) or _letter(each) or _QUOTED.sub(r"« \1 »", each)
        for each in said.split(", ")
    )


def _letter(said: str) -> str | None:
    """One of several letters, by its id, its kind and its day."""
    found = _letters().found(said)
    return found and found[0].filled(found[1])


@cache
def _sentences() -> Templates:
    return Templates(SENTENCES)


@cache
def _letters() -> Templates:
    return Templates(LETTERS)


@cache
def _phrases() -> Templates:
    return Templates(PHRASES)
