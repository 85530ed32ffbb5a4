"""Disclosing: an entry with the salt of each value and of each word, so that every one can be shown alone.

Salts give away nothing but what they are the salt of; the seeds they come from never leave the ledger.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeAlias

from ledger.entry import Entry
from ledger.sealing.reading import decrypted, office_part, verified_entry
from ledger.sealing.slots import (
    from_b64u,
    piece_digests,
    piece_salt,
    pieces,
    salt,
    text_value,
)
from ledger.sealing.vault import Vault
from ledger.store import StoredRow


class Salted(NamedTuple):
    """A value or a word that can be shown: with its salt it hashes to the digest that commits to it."""

    salt: bytes
    value: Any


Committed: TypeAlias = "Salted | bytes"
"""What can be shown, or the digest of what cannot."""


@dataclass(frozen=True, slots=True)
class Disclosed:
    """A verified entry: its line, its slots by name, and the pieces of each text that a slot commits to.

    `erased` names the slots of which a key was destroyed, in whole or in part.
    """

    entry: Entry
    line: bytes
    digest: bytes
    slots: Mapping[str, Committed]
    texts: Mapping[str, tuple[Committed, ...]]
    erased: frozenset[str]


def disclosed_entry(
    row: StoredRow, ledger_id: bytes, *, blobs: Sequence[bytes] = (), vault: Vault | None = None
) -> Disclosed:
    """The entry with its salts; without a vault every personal value is its digest alone.

    Raises IntegrityFailure where the bytes are not what was recorded.
    """
    read = verified_entry(row, ledger_id, blobs=blobs, vault=vault)
    line, _, stored = row.state.partition(b"\n")
    office = office_part(stored, f"Entry {row.position}")
    seed = from_b64u(office["seed"])
    slots: dict[str, Committed] = {
        name: Salted(salt(seed, name), value) for name, value in office["values"].items()
    }
    slots |= {name: from_b64u(digest) for name, digest in office["sealed"].items()}
    texts: dict[str, tuple[Committed, ...]] = {}
    for plain in _opened(row, ledger_id, blobs, vault):
        _disclose_part(plain, seed, slots, texts)
    return Disclosed(read.entry, line, read.digest, slots, texts, read.erased)


def _opened(
    row: StoredRow, ledger_id: bytes, blobs: Sequence[bytes], vault: Vault | None
) -> list[dict[str, Any]]:
    if vault is None:
        return []
    plains = (decrypted(blob, row, ledger_id, vault) for blob in blobs)
    return [plain for plain in plains if plain is not None]


def _disclose_part(
    plain: Mapping[str, Any],
    office_seed: bytes,
    slots: dict[str, Committed],
    texts: dict[str, tuple[Committed, ...]],
) -> None:
    """Adds what one sealed part holds. Of a text that lies in several, each part adds its own pieces."""
    seed = from_b64u(plain["seed"])
    for name, value in plain["values"].items():
        slots[name] = Salted(salt(seed, name), value)
    for name, runs in plain["texts"].items():
        whole = all(isinstance(said, str) for _, said in runs)
        said, committed = _pieces_of(seed, name, runs)
        slots[name] = Salted(salt(seed if whole else office_seed, name), text_value(committed))
        texts[name] = tuple(
            one if isinstance(one, Salted) else other
            for one, other in zip(said, texts.get(name, said), strict=True)
        )


def _pieces_of(
    seed: bytes, name: str, runs: Sequence[Any]
) -> tuple[tuple[Committed, ...], list[bytes]]:
    """The pieces of a text that lie in one sealed part with their salts, and the digest of every piece of it."""
    found: list[Committed] = []
    committed: list[bytes] = []
    for first, said in runs:
        if isinstance(said, str):
            words = pieces(said)
            found += (
                Salted(piece_salt(seed, name, number), word)
                for number, word in enumerate(words, first)
            )
            committed += piece_digests(seed, name, words, start=first)
        else:
            digests = [from_b64u(digest) for digest in said]
            found += digests
            committed += digests
    return tuple(found), committed
