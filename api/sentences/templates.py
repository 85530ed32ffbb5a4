"""Templates: sentences of one language by the templates they were made from, each with its template in another.

A template is words with holes in braces, as `{team} has {active} active cases.` A sentence fits it where the
words stand in that order and anything in its holes; of all that fit, the one with the most words is meant.
Which are tried is told by how a sentence begins, or by how it ends where its template begins with a hole.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

_HOLE = re.compile(r"\{(\w+)\}")
_WORDS = 3
"""How many words at most of a beginning or an end are looked up."""


@dataclass(frozen=True)
class Template:
    """Words and holes by turns: the words before the first hole, after it, and so on, and the names of the holes."""

    words: tuple[str, ...]
    holes: tuple[str, ...]

    @classmethod
    def read(cls, written: str) -> Template:
        parts = _HOLE.split(written)
        return cls(tuple(parts[::2]), tuple(parts[1::2]))

    @cached_property
    def weight(self) -> int:
        """How many characters of words it has."""
        return sum(map(len, self.words))

    def filled(self, values: Mapping[str, str]) -> str:
        """The sentence with these values in its holes."""
        first, *others = self.words
        return first + "".join(
            values[hole] + words for hole, words in zip(self.holes, others, strict=True)
        )

    def values_in(self, sentence: str) -> dict[str, str] | None:
        """What stands in the holes of a sentence, each as short as can be (it may be empty); None if it does not fit.

        It takes one pass over the sentence, whatever somebody wrote into it.
        """
        first, *others = self.words
        if not others:
            return {} if sentence == first else None
        last = others.pop()
        end = len(sentence) - len(last)
        if not sentence.startswith(first) or not sentence.endswith(last):
            return None
        at, said = len(first), list[str]()
        for words in others:
            found = sentence.find(words, at, end)
            if found < 0:
                return None
            said.append(sentence[at:found])
            at = found + len(words)
        if at > end:
            return None
        said.append(sentence[at:end])
        values = dict(zip(self.holes, said, strict=True))
        same = len(values) == len(said) or [values[hole] for hole in self.holes] == said
        return values if same else None


class Templates:
    """The templates of one language, each with that of the other."""

    def __init__(self, pairs: Mapping[str, str]) -> None:
        self._plain: dict[str, Template] = {}
        self._beginning: dict[str, list[tuple[Template, Template]]] = defaultdict(list)
        self._ending: dict[str, list[tuple[Template, Template]]] = defaultdict(list)
        for written, other in pairs.items():
            pair = Template.read(written), Template.read(other)
            if not pair[0].holes:
                self._plain[written] = pair[1]
            elif begins := pair[0].words[0].split(" ")[:-1]:
                self._beginning[" ".join(begins[:_WORDS])].append(pair)
            else:
                self._ending[" ".join(pair[0].words[-1].split(" ")[1:][-_WORDS:])].append(pair)

    def found(self, sentence: str) -> tuple[Template, Mapping[str, str]] | None:
        """The other language's template of a sentence, with what stands in its holes; None if none fits."""
        if (plain := self._plain.get(sentence)) is not None:
            return plain, {}
        best: tuple[Template, Mapping[str, str]] | None = None
        weight = -1
        for template, other in self._tried(sentence):
            if template.weight > weight and (values := template.values_in(sentence)) is not None:
                best, weight = (other, values), template.weight
        return best

    def _tried(self, sentence: str) -> Iterator[tuple[Template, Template]]:
        first = sentence.split(" ", _WORDS)[:_WORDS]
        last = sentence.rsplit(" ", _WORDS)[-_WORDS:]
        for length in range(_WORDS, 0, -1):
            yield from self._beginning.get(" ".join(first[:length]), ())
            yield from self._ending.get(" ".join(last[-length:]), ())
        yield from self._ending.get("", ())
