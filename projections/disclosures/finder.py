"""The finder: where personal data of others stands in what is in scope, as proposals; it decides nothing.

By schema a short personal value is proposed whole; in longer texts the words that are about a party or are the
name of a known one, an address, a number or a telephone number. What is about a requester themselves is theirs.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any

from phonenumbers import PhoneNumberMatcher

from ledger.entry import Entry
from ledger.facts import Concealed, PartlyErased, Stretch
from ledger.registers.disclosures.review import FoundBy, SlotTarget
from ledger.sealing.reading import ReadEntry
from ledger.sealing.slots import pieces
from projections.comparing.plain import plain_letters
from projections.disclosures.scope import personal_values, words_of

_SHORT = 12
"""A personal text of no more words than this is proposed whole, unless it is somebody's free words."""
_FREE_WORDS = frozenset(
    {
        "action", "answers.description", "evidence", "factors_against", "factors_for", "harm",
        "reason", "reasons", "terms", "text", "title", "words",
    }
)  # fmt: skip
_PATTERNS = (
    re.compile(
        r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    ),  # once a word: from each letter took hours
    re.compile(r"\b[A-Za-z]\d[A-Za-z][ -]?\d[A-Za-z]\d\b"),  # a Canadian postal code
    re.compile(r"\b\d(?:[ -]?\d){5,}\b"),  # numbers of files, accounts, insurance
    re.compile(r"\b(?:19|20)\d\d-\d\d-\d\d\b"),
)
_WORD = re.compile(r"[\w'’-]+")
_NAME_AT_LEAST = 3
_GAP = "\0 "
"""Stands for a word that was erased: nothing is found across it."""
_REGION = "CA"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A slot or words of it that the finder would withhold, and how it found them."""

    target: SlotTarget
    found_by: FoundBy


@dataclass(frozen=True, slots=True)
class Known:
    """What the finder knows: the names of parties, whose words need none, and whether staff are proposed."""

    names: tuple[str, ...] = ()
    own: str | None = None
    """The stream of the party whose own data this is, where they ask for it."""
    staff: bool = False
    patterns: tuple[tuple[str, ...], ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "patterns", tuple(_sought(self.names)))

    def owns(self, about: str | None) -> bool:
        """Whether what is about this stream is about whoever asks for their own data."""
        return self.own is not None and about == self.own


def find(entries: Iterable[ReadEntry], known: Known) -> Iterator[Candidate]:
    """What in these entries, opened, the finder would withhold."""
    for read in entries:
        entry = read.entry
        if known.staff:
            yield Candidate(_target(entry, "actor"), "staff")
        for slot, value in sorted(personal_values(entry.fact).items()):
            yield from _in_slot(entry, slot, value, known, read.shared.get(slot, ()))


def _in_slot(
    entry: Entry, slot: str, value: Any, known: Known, stretches: Sequence[Stretch]
) -> Iterator[Candidate]:
    if value is None or (isinstance(value, Concealed) and value.gone):
        return
    own = known.owns(entry.subject_of(slot))
    words = (
        [word or _GAP for word in words_of(value)] if isinstance(value, str | PartlyErased) else []
    )
    if not own and (not words or (len(words) <= _SHORT and slot not in _FREE_WORDS)):
        if value != "":
            yield Candidate(_target(entry, slot), "schema")
        return
    taken = set[int]()
    theirs = [each for each in stretches if known.owns(each.about)]
    about_others = _about_others(entry, slot, stretches, known)
    for first, end, found_by in (*about_others, *_in_words("".join(words), words, known)):
        about_them = own or any(each.first < end and first < each.end for each in theirs)
        if about_them and found_by != "known_party":
            continue
        if taken.isdisjoint(range(first, end)):
            taken.update(range(first, end))
            yield Candidate(_target(entry, slot, first, end), found_by)


def _about_others(
    entry: Entry, slot: str, stretches: Sequence[Stretch], known: Known
) -> Iterator[tuple[int, int, FoundBy]]:
    """The words that are about another party than whom the text is about."""
    for each in stretches:
        if each.about not in (None, known.own, entry.stream, entry.subject_of(slot)):
            yield each.first, each.end, "known_party"


def _in_words(text: str, words: Sequence[str], known: Known) -> Iterator[tuple[int, int, FoundBy]]:
    """Ranges of pieces with how each was found; those of known parties before the rest."""
    plain = [_plain(word) for word in words]
    ends = list(accumulate(map(len, words)))
    for sought in known.patterns:
        for place in range(len(plain) - len(sought) + 1):
            if tuple(plain[place : place + len(sought)]) == sought:
                yield place, place + len(sought), "known_party"
    for match in PhoneNumberMatcher(text, _REGION):
        yield *_range(ends, match.start, match.end), "phone"
    for pattern in _PATTERNS:
        for found in pattern.finditer(text):
            yield *_range(ends, found.start(), found.end()), "pattern"


def _range(ends: Sequence[int], begin: int, end: int) -> tuple[int, int]:
    """The pieces, told by where each ends, that a stretch of characters touches."""
    return bisect_right(ends, begin), bisect_left(ends, end) + 1


def _sought(names: Iterable[str]) -> Iterator[tuple[str, ...]]:
    """Each name whole, longest first, then each of its words that is long enough to be told from others."""
    whole = {tuple(word for part in name.split() if (word := _plain(part))) for name in names}
    whole.discard(())
    single = {(word,) for name in whole for word in name if len(word) >= _NAME_AT_LEAST}
    yield from sorted(whole, key=lambda each: (-len(each), each))
    yield from sorted(single - whole)


def _plain(word: str) -> str:
    """A word without case, accents and what stands around it."""
    bare = "".join(_WORD.findall(word)).replace("’", "'").strip("'-").removesuffix("'s")
    return plain_letters(bare)


def _target(
    entry: Entry, slot: str, first: int | None = None, end: int | None = None
) -> SlotTarget:
    return SlotTarget(
        in_stream=entry.stream, in_version=entry.version, slot=slot, first=first, end=end
    )


def names_in(text: str, names: Iterable[str]) -> bool:
    """Whether a text has one of these names in it, whole, or a word of one that is long enough to tell."""
    plain = [_plain(word) for word in pieces(text)]
    return any(
        tuple(plain[place : place + len(sought)]) == sought
        for sought in _sought(names)
        for place in range(len(plain) - len(sought) + 1)
    )
