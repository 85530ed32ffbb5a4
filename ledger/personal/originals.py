"""Originals: documents kept beside the ledger, each sealed under the key of what its sender said in the ledger.

Destroying that key, as the erasure of a person does, erases words and document alike, also in every copy.
The file is named by its record item, which says its digest.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from cryptography.exceptions import InvalidTag

from ledger.case.contact.filing import RecordItemAdded
from ledger.durable_files import make_folder, write_durably
from ledger.errors import IntegrityFailure, InvalidCommand, Refusal, UnlawfulTransition
from ledger.facts import Concealed
from ledger.personal.opening import Reading
from ledger.registers.tray import MachineMailReceived

if TYPE_CHECKING:
    from ledger.entry import Actor, Entry
    from ledger.policy.access import Purpose
    from ledger.service import Ledger

FOLDER = "originals"
CUSTODIAN = "caseledger"
"""Who keeps them."""
_FORMAT = b"\x01"
_ID_BYTES, _IV_BYTES = 16, 12
_HEAD_BYTES = 1 + _ID_BYTES + _IV_BYTES


@dataclass(frozen=True, slots=True)
class _Kept:
    """A document that an entry lists: in which file it lies, and as which of its enclosures if it is not all of it."""

    entry: Entry
    file_id: UUID
    number: int | None = None


def place_kept(item_id: UUID, *, number: int | None = None) -> str:
    """Where an original lies, told from the home folder on; or one that is enclosed in it, counted from 0."""
    place = f"{FOLDER}/{item_id}"
    return place if number is None else f"{place}#{number}"


def is_kept(home: Path, item_id: UUID) -> bool:
    """Whether the file is there."""
    return (home / place_kept(item_id)).exists()


def keep_original(ledger: Ledger, home: Path, item_id: UUID, *, said_at: int, raw: bytes) -> None:
    """Seals a document, durably, under the key of the words at this position; not once that key is destroyed."""
    (sealed,) = ledger.store.sealed([said_at]) or (None,)
    cipher = ledger.vault.cipher(sealed.key_id) if sealed else None
    if sealed is None or cipher is None:
        return
    path = home / place_kept(item_id)
    make_folder(path.parent)
    iv = os.urandom(_IV_BYTES)
    body = cipher.encrypt(iv, raw, _bound(ledger, item_id))
    write_durably(path, _FORMAT + sealed.key_id + iv + body)


def open_original(
    ledger: Ledger,
    home: Path,
    stream: str,
    *,
    item_id: UUID | None,
    actor: Actor,
    purpose: str,
    enclosed: Callable[[bytes, int], bytes | None],
    purpose_code: Purpose | None = None,
) -> bytes:
    """The document that an entry of a stream lists, whole and unaltered; who reads it and why is recorded before.

    The only one that has a file of its own if no item is named; what is enclosed in another one is taken out of it by
    `enclosed`. IntegrityFailure if the file is not what was listed, Refusal once it was erased.
    """  # fmt: skip
    kept = _meant(ledger, stream, item_id)
    only = frozenset({kept.entry.version})
    reading = Reading((stream,), purpose, purpose_code, versions=only)
    (read,) = ledger.open_values(reading, actor=actor)
    digest = _digest_of(read[-1].entry)
    path = home / place_kept(kept.file_id)
    if not path.exists():
        raise UnlawfulTransition(
            f"The file {path.relative_to(home)} is not here: put it back from the backup of the home folder.",
            rule="original-is-here",
        )
    raw = _unsealed(ledger, kept.file_id, path)
    if digest is Concealed.LOST:
        raise UnlawfulTransition(
            "The key of this original is lost, and no erasure destroyed it: put the vault back that holds it.",
            rule="original-can-be-opened",
        )
    if digest is Concealed.ERASED or raw is None:
        raise Refusal("This original was erased: its key was destroyed.", rule="erased")
    found = raw if kept.number is None else enclosed(raw, kept.number)
    if found is None or sha256(found).hexdigest() != digest:
        raise _altered(path)
    return found


def _unsealed(ledger: Ledger, item_id: UUID, path: Path) -> bytes | None:
    """What a file holds; None if its key was destroyed."""
    kept = path.read_bytes()
    head, body = kept[:_HEAD_BYTES], kept[_HEAD_BYTES:]
    key_id, iv = head[1 : 1 + _ID_BYTES], head[1 + _ID_BYTES :]
    cipher = ledger.vault.cipher(key_id)
    if cipher is None and key_id in ledger.vault.destroyed():
        return None
    try:
        if cipher is None or head[:1] != _FORMAT:
            raise _altered(path)
        return cipher.decrypt(iv, body, _bound(ledger, item_id))
    except (InvalidTag, ValueError) as error:
        raise _altered(path) from error


def _meant(ledger: Ledger, stream: str, item_id: UUID | None) -> _Kept:
    listed = _listed(ledger, stream)
    whole = [each for each, kept in listed.items() if kept.number is None]
    wanted = item_id or (whole[0] if len(whole) == 1 else None)
    if wanted is None or wanted not in listed:
        there = ", ".join(str(each) for each in listed) or "none"
        raise InvalidCommand(f"Say which original is meant; kept here are: {there}.")
    return listed[wanted]


def _listed(ledger: Ledger, stream: str) -> dict[UUID, _Kept]:
    """What the entries of a stream list that is kept here, by item: originals, and what is enclosed in them."""
    entries = [each.entry for each in ledger.read(stream)]
    found: dict[UUID, _Kept] = {}
    for entry in entries:
        match entry.fact:
            case RecordItemAdded(item_id=item_id, place_kept=place) if place == place_kept(item_id):
                found[item_id] = _Kept(entry, item_id)
            case MachineMailReceived():
                found[entry.subject_id] = _Kept(entry, entry.subject_id)
            case _:
                continue
    files = {place_kept(each): each for each in found}
    for entry in entries:
        match entry.fact:
            case RecordItemAdded(item_id=item_id, place_kept=place):
                file, _, number = place.partition("#")
                if file in files and number.isdecimal():
                    found[item_id] = _Kept(entry, files[file], int(number))
            case _:
                continue
    return found


def _digest_of(entry: Entry) -> object:
    match entry.fact:
        case RecordItemAdded(digest=digest) | MachineMailReceived(digest=digest):
            return digest
        case _:
            raise AssertionError("an original is listed by one of these")


def _altered(path: Path) -> IntegrityFailure:
    return IntegrityFailure(
        f"The file {path} is not what was listed: keep it, and put back the copy of the backup."
    )


def _bound(ledger: Ledger, item_id: UUID) -> bytes:
    """What a file is bound to besides its key (the AEAD's associated data)."""
    return b"caseledger/original/1\x00" + ledger.store.ledger_id + item_id.bytes
