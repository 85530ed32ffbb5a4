"""French: what went wrong, in French, told from its English sentence by the table of sentences.

Sentences are written where they are raised, in English; the French ones stand beside their English templates
in `sentences`, and a test holds the table against every sentence that the edge can raise.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from api.http.sentences import PHRASES, SENTENCES

_HOLE = re.compile(r"\{(\w+)\}")
_LONGEST = 2_000


def french_of(sentence: str) -> str | None:
    """The sentence in French; None where the table does not know it."""
    if len(sentence) > _LONGEST:
        return None
    plain, patterns = _table()
    if sentence in plain:
        return plain[sentence]
    for pattern, french in patterns:
        if found := pattern.fullmatch(sentence):
            values = {name: PHRASES.get(said, said) for name, said in found.groupdict().items()}
            return french.format_map(values)
    return None


@cache
def _table() -> tuple[Mapping[str, str], tuple[tuple[re.Pattern[str], str], ...]]:
    """Sentences without a value by themselves; the others as patterns, the longest first."""
    plain = {english: french for english, french in SENTENCES.items() if not _HOLE.search(english)}
    others = sorted(SENTENCES.keys() - plain.keys(), key=lambda each: (-len(each), each))
    return plain, tuple((pattern_of(english), SENTENCES[english]) for english in others)


def pattern_of(template: str) -> re.Pattern[str]:
    """What fits a template: anything where a value stands, the same where the same value stands again."""
    said, seen, at = "", set[str](), 0
    for hole in _HOLE.finditer(template):
        name = hole.group(1)
        said += re.escape(template[at : hole.start()])
        said += f"(?P={name})" if name in seen else f"(?P<{name}>.+?)"
        seen.add(name)
        at = hole.end()
    return re.compile(said + re.escape(template[at:]), re.DOTALL)
