"""Texts about several people: which words lie in whose sealed part, while one slot commits to all of them. Pure.

A part holds the words about its own person and of all others the digests, so that what is left of a text
can be read and proved once somebody's key is destroyed, and nobody can put other words in the gaps.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from ledger.facts import SharedText
from ledger.sealing.slots import b64u, piece_digests, pieces, slot_digest, text_value

Stretches: TypeAlias = list[tuple[str, list[str]]]
"""A text in order: about whom (a party's stream, or the entry's own), and the pieces that are."""
Runs: TypeAlias = list[list[int | str | list[str]]]
"""`[number of the first piece, text]`, or `[number, [digest, ...]]` for pieces that lie in another part."""


def stretches_of(text: SharedText, *, otherwise: str) -> Stretches:
    """The stretches with their pieces; what is about nobody in particular is about `otherwise`.

    Each begins with a word, or with the white space before the first one: so a stretch has the pieces that
    the whole text has there.
    """
    return [
        (otherwise if party is None else f"party/{party}", pieces(said))
        for party, said in text.stretches
    ]


def shared_runs(
    texts: Mapping[str, Stretches], seeds: Mapping[str, bytes], *, office_seed: bytes
) -> tuple[dict[str, dict[str, Runs]], dict[str, bytes]]:
    """The runs of each text in each part, by person and name, and the digest of each text's slot.

    A text that proves to be about one person alone is committed to under the seed of that person's part.
    """
    runs: dict[str, dict[str, Runs]] = {}
    slots: dict[str, bytes] = {}
    for name, stretches in texts.items():
        placed = list[tuple[str, int, list[str], list[bytes]]]()
        committed = list[bytes]()
        for whose, words in stretches:
            digests = piece_digests(seeds[whose], name, words, start=len(committed))
            placed.append((whose, len(committed), words, digests))
            committed += digests
        owners = dict.fromkeys(whose for whose, _ in stretches)
        for owner in owners:
            runs.setdefault(owner, {})[name] = [
                [first, "".join(words) if whose == owner else [b64u(each) for each in digests]]
                for whose, first, words, digests in placed
            ]
        (alone,) = owners if len(owners) == 1 else (None,)
        seed = office_seed if alone is None else seeds[alone]
        slots[name] = slot_digest(seed, name, text_value(committed))
    return runs, slots
