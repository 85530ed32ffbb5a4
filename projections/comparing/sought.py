"""Sought: whether what somebody says of themselves stands in what was said before, however it was written.

A name is compared word by word, in any order, without accents and case, and with a slip or two; a number by its
digits, whatever stands between them; an e-mail address as it is. Said in one breath they are several.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from rapidfuzz.fuzz import ratio

from ledger.errors import InvalidCommand
from projections.comparing.plain import plain_letters

SHORT = 12
"""A text of more words than this is a story, and not what somebody is known by."""
AT_LEAST = 800
"""How much alike in thousandths what is said and what stands there must be."""
_A_WORD_AT_LEAST = 70.0
_DIGITS_AT_LEAST = 6
_DIGIT = re.compile(r"\d")
_NUMBER = re.compile(r"(?<!\w)\+?\(?\d[\d\s()./-]*\d(?!\w)")
"""Digits as a telephone number is written."""
_AROUND = ",;:<>()\"'"
_WORD = re.compile(r"\w+")


class Match(NamedTuple):
    """How much alike something is in thousandths, and in which of its slots what was said stands."""

    alike: int
    slots: tuple[str, ...]


class Sought:
    """What somebody says of themselves: names, numbers, addresses, each of which must stand there."""

    def __init__(self, said: Sequence[str]) -> None:
        """InvalidCommand where one of them is too little to find anybody by."""
        self._each = tuple(_compared(part) for each in said for part in _apart(each))

    def match(self, there: Mapping[str, str]) -> Match | None:
        """The match with what stands there by slot; None unless all that was said does."""
        alike: list[int] = []
        slots: set[str] = set()
        for said in self._each:
            found = {name: said.alike(text) for name, text in there.items()}
            best = max(found.values(), default=0)
            if best < AT_LEAST:
                return None
            alike.append(best)
            slots |= {name for name, each in found.items() if each == best}
        return Match(min(alike), tuple(sorted(slots)))


class _Digits(NamedTuple):
    digits: str

    def alike(self, text: str) -> int:
        return 1000 if self.digits in "".join(_DIGIT.findall(text)) else 0


class _Address(NamedTuple):
    address: str

    def alike(self, text: str) -> int:
        return 1000 if self.address in text.casefold().split() else 0


class _Words(NamedTuple):
    words: tuple[str, ...]

    def alike(self, text: str) -> int:
        """The mean over the words that were said of the likest word there; nothing if one of them is like none."""
        there = _words(text) if len(text.split()) <= SHORT else ()
        if not there:
            return 0
        total = 0.0
        for word in self.words:
            best = max(ratio(word, each) for each in there)
            if best < _A_WORD_AT_LEAST:
                return 0
            total += best
        return round(10 * total / len(self.words))


def _apart(said: str) -> Iterator[str]:
    """An address, a number and the rest of what was said in one breath, each by itself."""
    addresses = [each.strip(_AROUND) for each in said.split() if "@" in each]
    rest = " ".join(each for each in said.split() if "@" not in each)
    numbers = [
        found[0]
        for found in _NUMBER.finditer(rest)
        if len(_DIGIT.findall(found[0])) >= _DIGITS_AT_LEAST
    ]
    yield from addresses
    if not any(each.isalpha() for each in rest):
        numbers = []
    for number in numbers:
        rest = rest.replace(number, " ", 1)
    yield from numbers
    if _WORD.search(rest) or not (addresses or numbers):
        yield rest


def _compared(said: str) -> _Digits | _Address | _Words:
    if "@" in said:
        return _Address(said.casefold())
    digits = "".join(_DIGIT.findall(said))
    if len(digits) >= _DIGITS_AT_LEAST and not any(each.isalpha() for each in said):
        return _Digits(digits.removeprefix("1") if len(digits) > 10 else digits)
    words = _words(said)
    if not any(len(word) > 1 for word in words):
        raise InvalidCommand(
            "Say a name, a telephone number of six digits or more, or an e-mail address: this is too "
            "little to find anybody by."
        )
    return _Words(words)


def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(plain_letters(text)))
