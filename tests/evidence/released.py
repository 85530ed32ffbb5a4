"""A disclosed entry as the release that the book verifies."""

from __future__ import annotations

from collections.abc import Set

from ledger.sealing.disclosing import Committed, Disclosed, Salted
from ledger.sealing.slots import b64u
from tests.evidence import by_the_book as book


def released(entry: Disclosed, withheld: Set[tuple[str, int | None]] = frozenset()) -> book.Release:
    """The entry as a release shows it, without the slots and the numbered words that are withheld."""

    def part(each: Committed, name: str, number: int | None = None) -> book.Shown | book.Withheld:
        if not isinstance(each, Salted):
            return (b64u(each),)
        if (name, number) not in withheld:
            return b64u(each.salt), each.value
        if number is None:
            return (b64u(book.slot_digest(each.salt, name, each.value)),)
        return (b64u(book.piece_digest(each.salt, each.value)),)

    return book.Release(
        line=entry.line,
        slots={name: part(each, name) for name, each in entry.slots.items()},
        texts={
            name: [part(each, name, number) for number, each in enumerate(words)]
            for name, words in entry.texts.items()
            if (name, None) not in withheld
        },
    )
