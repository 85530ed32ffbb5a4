"""Whose a sealed part is, told by its entry and by the key that opens it, and held against what the vault says.

A part is opened for that, and nothing of what it says leaves this module.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from ledger.errors import IntegrityFailure
from ledger.facts import ANSWERS, topics
from ledger.sealing.assignments import Given
from ledger.sealing.reading import (
    Sealed,
    names_under,
    office_entry,
    sealed_names,
    stored_office,
)
from ledger.sealing.vault import Vault
from ledger.store import LedgerStore, StoredRow

_CHUNK = 10_000


class Part(NamedTuple):
    """A sealed part with its entry: the row, its office values, the id of the key, and what lies sealed."""

    row: StoredRow
    values: Mapping[str, Any]
    key_id: bytes
    blob: bytes


class Misgiven(NamedTuple):
    """A part that the key of its id does not open, or that the vault says is of another or of nobody."""

    part: Part
    code: str
    sentence: str


def misgiven(parts: Sequence[Part], ledger_id: bytes, vault: Vault) -> Iterator[Misgiven]:
    """Those of the parts whose key is not the one of whom they are about; parts whose key is not here are passed over.

    After a loss of power the vault may not say yet whose the latest are; one that is shut says nothing.
    """
    if vault.is_shut:
        return
    ids = [each.key_id for each in parts]
    ciphers, owners = vault.ciphers(ids, held=False), vault.assignments.owners(ids)
    not_found = vault.assignments.not_found(owners)
    upto = vault.assignments.upto() if None in {owner for owner, _ in owners.values()} else 0
    for part in parts:
        cipher, owner = ciphers[part.key_id], owners.get(part.key_id)
        if cipher is None or owner is None:
            continue
        try:
            sealed = names_under(cipher, part.blob, part.row, ledger_id)
        except IntegrityFailure:
            yield Misgiven(part, "key-wrong", "a sealed part does not open under its key")
            continue
        subject = _subject(part, sealed)
        if owner == (None, None) and part.row.position > upto:
            continue
        if subject is not None and owner != vault.assignments.owner(subject, part.row.stream):
            other = "nobody" if owner[0] is None else "another than the one whom it is about"
            yield Misgiven(
                part,
                "key-misassigned",
                f"the vault gives the key of a sealed part to {other}",
            )
        elif part.key_id in not_found:
            yield Misgiven(
                part,
                "key-not-found",
                "the vault does not find the key of a sealed part by whom it is about: its index is damaged",
            )


def parts_under(
    store: LedgerStore, vault: Vault, key_ids: Collection[bytes]
) -> Iterator[tuple[StoredRow, str]]:
    """Every part of the whole log that one of these keys opens: its entry, and whom it is about."""
    ciphers = {each: cipher for each in key_ids if (cipher := vault.sound_cipher(each))}
    tip = store.tip()
    for first in range(1, tip + 1, _CHUNK) if ciphers else ():
        for position, key_id, blob in store.sealed(range(first, min(first + _CHUNK, tip + 1))):
            if key_id in ciphers:
                for row in store.entries(after=position - 1, upto=position, limit=1):
                    about = _about(row, blob, store.ledger_id, ciphers[key_id])
                    if about is not None:
                        yield row, about


def first_parts(
    store: LedgerStore, vault: Vault, *, apart_from: Collection[bytes]
) -> Iterator[tuple[StoredRow, str]]:
    """Of each key but these the first part in the log that it opens: its entry, and whom it is about."""
    met = set(apart_from)
    for chunk in store.scan(chunk=_CHUNK):
        rows = {row[0]: StoredRow(*row) for row in chunk}
        parts: list[Part] = []
        for position, key_id, blob in store.sealed(list(rows)):
            if key_id not in met:
                met.add(key_id)
                parts.append(_part(rows[position], key_id, blob))
        ciphers = vault.ciphers([each.key_id for each in parts], held=False) if parts else {}
        for part in parts:
            about = _about_part(part, ciphers[part.key_id], store.ledger_id)
            if about is not None:
                yield part.row, about


def parts_at(store: LedgerStore, keys: Mapping[bytes, int]) -> list[Part]:
    """The part that lies under each key at the position that stands beside it."""
    rows = {at: row for at in {*keys.values()} for row in store.entries(after=at - 1, limit=1)}
    return [
        _part(rows[position], key_id, blob)
        for position, key_id, blob in store.sealed(sorted(rows))
        if keys.get(key_id) == position
    ]


def sealed_about(store: LedgerStore, vault: Vault, position: int) -> list[Given]:
    """Whom the keys that sealed something after a position were given to, by the entries.

    A key that is neither here nor destroyed stands there without a subject: what it sealed tells nobody of whom.
    """
    found: list[Given] = []
    for chunk in store.scan(after=position):
        rows = {row[0]: StoredRow(*row) for row in chunk}
        for sealed in store.sealed(list(rows)):
            row = rows[sealed.position]
            names, about = sealed_names(sealed.blob, row, store.ledger_id, vault)
            if names:
                entry = office_entry(*row)
                found.append((sealed.key_id, about or entry.subject_of(names[0]), row.stream))
            elif sealed.key_id not in vault.destroyed():
                found.append((sealed.key_id, None, row.stream))
    return found


def _about(row: StoredRow, blob: bytes, ledger_id: bytes, cipher: AESGCM) -> str | None:
    try:
        names, about = names_under(cipher, blob, row, ledger_id)
    except IntegrityFailure:
        return None
    return about or (office_entry(*row).subject_of(names[0]) if names else None)


def _part(row: StoredRow, key_id: bytes, blob: bytes) -> Part:
    _, office = stored_office(*row[:3], row.state)
    return Part(row, office["values"], key_id, blob)


def _about_part(part: Part, cipher: AESGCM | None, ledger_id: bytes) -> str | None:
    if cipher is None:
        return None
    try:
        return _subject(part, names_under(cipher, part.blob, part.row, ledger_id))
    except IntegrityFailure:
        return None


def _subject(part: Part, sealed: Sealed) -> str | None:
    """Whom a part is about, as `Entry.subject_of` tells it, which takes an entry to be built."""
    names, about = sealed
    if about or not names:
        return about
    kind = topics()[part.row.topic]
    if kind.schema_version > 1:  # as it was recorded, it may have had other fields
        return office_entry(*part.row).subject_of(names[0])
    plan = kind.plan
    named = (
        plan.answers_about
        if names[0].startswith(f"{ANSWERS}.")
        else dict(plan.personal).get(names[0])
    )
    party = part.values.get(named) if named else None
    return f"party/{party}" if party else part.row.stream
