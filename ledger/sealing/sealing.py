"""Sealing: a fact becomes the bytes that are stored, its personal values under the keys of those they are about."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any, NamedTuple

from ledger.entry import Actor, Context
from ledger.facts import ANSWERS, Fact, SharedText, dump
from ledger.sealing.heads import Line, encode_line, leaf_digest
from ledger.sealing.shared_texts import Runs, Stretches, shared_runs, stretches_of
from ledger.sealing.slots import (
    SEED_BYTES,
    b64u,
    canonical,
    content_root,
    piece_digests,
    pieces,
    slot_digests,
    text_value,
)
from ledger.sealing.vault import Key, Vault
from ledger.times import stamp

SEAL_FORMAT = b"\x01"
_PADDED_TO = 256
_IV_BYTES = 12


class SealedEntry(NamedTuple):
    """What is stored of an entry: its state (line and office part), its digest, and its blobs by key id."""

    state: bytes
    digest: bytes
    blobs: tuple[tuple[bytes, bytes], ...]


class Sealer:
    """Seals facts for one ledger."""

    def __init__(self, vault: Vault, ledger_id: bytes) -> None:
        self._vault = vault
        self._ledger_id = ledger_id
        self._ledger = b64u(ledger_id)

    def seal(
        self,
        fact: Fact,
        *,
        actor: Actor,
        context: Context,
        stream: str,
        version: int,
        previous: bytes,
        recorded_at: datetime,
    ) -> SealedEntry:
        """The stored form of a fact at this place of this stream, `previous` being the running head before it."""
        office, personal, shared = _slots(fact, stream)
        office["actor"] = actor.slot()
        office["context"] = context.slot()
        seed = os.urandom(SEED_BYTES)
        seeds = {subject: os.urandom(SEED_BYTES) for subject in personal}
        runs, concealed = shared_runs(shared, seeds, office_seed=seed)
        blobs: list[tuple[bytes, bytes]] = []
        for subject, values in personal.items():
            key = self._vault.key_for(subject, stream)
            plain, digests = _commit_personal(seeds[subject], values, runs.get(subject), subject)
            concealed |= digests
            blobs.append((key.key_id, self._encrypt(key, plain, stream, version)))
        office["sealed"] = {b64u(key_id): b64u(sha256(blob).digest()) for key_id, blob in blobs}
        digests = slot_digests(seed, office)
        line = encode_line(
            Line(
                content=b64u(content_root(digests | concealed)),
                ledger=self._ledger,
                previous=b64u(previous),
                recorded_at=stamp(recorded_at),
                schema=fact.schema_version,
                stream=stream,
                topic=fact.topic,
                version=version,
            )
        )
        shown = {
            "seed": b64u(seed),
            "values": office,
            "sealed": {name: b64u(digest) for name, digest in concealed.items()},
        }
        return SealedEntry(line + b"\n" + canonical(shown), leaf_digest(line), tuple(blobs))

    def _encrypt(self, key: Key, plain: bytes, stream: str, version: int) -> bytes:
        iv = os.urandom(_IV_BYTES)
        bound = sealed_with(self._ledger_id, stream, version, key.key_id)
        return SEAL_FORMAT + key.key_id + iv + key.cipher.encrypt(iv, plain, bound)


def sealed_with(ledger_id: bytes, stream: str, version: int, key_id: bytes) -> bytes:
    """What a blob is bound to besides its key: ledger, stream, version, key id (the AEAD's associated data)."""
    place = stream.encode() + b"\x00" + version.to_bytes(8, "big")
    return b"caseledger/seal/1\x00" + ledger_id + place + key_id


def _slots(
    fact: Fact, stream: str
) -> tuple[dict[str, Any], dict[str, dict[str, Any]], dict[str, Stretches]]:
    """A fact's slots: office values by name, personal values by subject and name, and texts about several by name."""
    values, plan = dump(fact), type(fact).plan
    office = {name: values[name] for name in plan.office}
    personal: dict[str, dict[str, Any]] = {}
    shared: dict[str, Stretches] = {}
    for name, about in plan.personal:
        subject = _subject(values, about, stream)
        said = getattr(fact, name)
        if isinstance(said, SharedText):
            shared[name] = stretches_of(said, otherwise=subject)
        else:
            personal.setdefault(subject, {})[name] = values[name]
    if plan.answers:
        answers = values[ANSWERS]
        for name, value in answers["office"].items():
            office[f"{ANSWERS}.{name}"] = value
        subject = _subject(values, plan.answers_about, stream)
        for name, said in getattr(fact, ANSWERS).personal.items():
            slot = f"{ANSWERS}.{name}"
            if isinstance(said, SharedText):
                shared[slot] = stretches_of(said, otherwise=subject)
            else:
                personal.setdefault(subject, {})[slot] = answers["personal"][name]
    for stretches in shared.values():
        for whose, _ in stretches:
            personal.setdefault(whose, {})
    return office, personal, shared


def _subject(values: dict[str, Any], about: str | None, stream: str) -> str:
    party = values[about] if about else None
    return f"party/{party}" if party else stream


def _commit_personal(
    seed: bytes, values: dict[str, Any], runs: Mapping[str, Runs] | None, subject: str
) -> tuple[bytes, dict[str, bytes]]:
    """The plaintext to seal, padded, and the digest of each slot in it. A string is committed to piece by piece.

    `texts` holds each string as runs `[number of the first piece, text]`; `pieces` splits a run the same
    way again. Of a text about several people its `runs` are given, which are committed to already; a part
    that has some says about whom it is, which its fact cannot.
    """
    texts: dict[str, Any] = {}
    others: dict[str, Any] = {}
    shown: dict[str, Any] = {}
    for name, value in values.items():
        if isinstance(value, str):
            texts[name] = [[0, value]]
            shown[name] = text_value(piece_digests(seed, name, pieces(value)))
        else:
            shown[name] = others[name] = value
    digests = slot_digests(seed, shown)
    said: dict[str, Any] = {"seed": b64u(seed), "texts": texts, "values": others}
    if runs:
        said |= {"about": subject, "texts": {**texts, **runs}}
    plain = canonical(said)
    return plain + b" " * (-len(plain) % _PADDED_TO), digests
