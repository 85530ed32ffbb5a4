"""The witness: another office that cosigns a log's checkpoints, each only if it grew out of the last one it saw.

It needs no ledger. What it is asked is the request of C2SP tlog-witness, in a file or over HTTP (`api.witnesses`): the
size it saw last, a consistency proof, an empty line, the note. It remembers the new head before its cosignature leaves
it, so that no two histories of one log can both be cosigned.
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import orjson

from ledger.durable_files import make_folder, write_durably
from ledger.errors import IntegrityFailure, InvalidCommand, LedgerUnavailable, Refusal
from ledger.evidence.signing.asked import Asked, no_request
from ledger.evidence.signing.notes import (
    COSIGNATURE,
    ED25519,
    Checkpoint,
    Note,
    SignerKey,
    VerifierKey,
    signers_of,
)
from ledger.evidence.trees.merkle import EMPTY_ROOT, proves_growth
from ledger.input.quoting import in_entries
from ledger.sealing.slots import b64u, from_b64u
from ledger.store.locks import WriterLock

_KEY, _LOCK, _LOGS, _NOT_SHOWN = "witness.key", "witness.lock", "logs", "forks"
_SECRET_BYTES = 32
_ORIGIN_HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Seen:
    """A log that a witness watches: under which keys it signs, and the last head that was cosigned."""

    origin: str
    keys: tuple[str, ...]
    size: int = 0
    root: str = ""
    cosigned_at: int = 0
    note: str = ""
    """That head as its log signed it and it was cosigned; of what was cosigned before notes were kept there is none."""


class Witness:
    """A witness's key and memory, in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def make(self, name: str) -> VerifierKey:
        """A new witness of a name; Refusal if one is here already."""
        key = SignerKey.from_secret(name, COSIGNATURE, os.urandom(_SECRET_BYTES))
        said = {"name": name, "secret": b64u(key.secret)}
        make_folder(self._folder)
        with closing(WriterLock(self._folder / _LOCK)) as lock, lock:
            if (self._folder / _KEY).exists():
                raise Refusal(
                    f"A witness lies in {self._folder} already: choose another folder.",
                    rule="one-witness",
                )
            write_durably(self._folder / _KEY, orjson.dumps(said) + b"\n")
        return key.verifier

    @property
    def key(self) -> VerifierKey:
        """The public key under which it cosigns."""
        return self._signer().verifier

    def logs(self) -> list[Seen]:
        """The logs that it watches, by name."""
        found = [self._read(path) for path in sorted((self._folder / _LOGS).glob("*.json"))]
        return sorted(found, key=lambda log: log.origin)

    def not_shown(self) -> list[Path]:
        """What logs signed and nobody showed to go on from what was cosigned: the requests, as files."""
        return sorted((self._folder / _NOT_SHOWN).glob("*.txt"))

    def trust(self, written: str) -> Seen:
        """Watches a log, or takes another key of one that it watches."""
        key = VerifierKey.read(written)
        if key.kind != ED25519:
            raise InvalidCommand("This is the key of a witness: give that of the office's log.")
        self._signer()
        with closing(WriterLock(self._folder / _LOCK)) as lock, lock:
            seen = self._seen(key.name) or Seen(key.name, ())
            if str(key) not in seen.keys:
                seen = replace(seen, keys=(*seen.keys, str(key)))
                self._remember(seen)
            return seen

    def cosign(self, asked: Asked, *, at: datetime) -> Note:
        """The note with our cosignature, once it has been shown to go on from what we cosigned last.

        Refusal where the log is not watched (`watched-logs`), no key of it that is known has signed
        (`known-key`), the request starts from another size than we saw last (`from-the-last-seen`, which
        `seen` says), or from nothing and yet with a proof (`from-nothing`). IntegrityFailure where it is not
        shown to go on from what we cosigned: the note is kept, as evidence.
        """
        signer = self._signer()
        checkpoint = Checkpoint.read(asked.note.text)
        with closing(WriterLock(self._folder / _LOCK)) as lock, lock:
            seen = self._signed_by_its_log(asked.note, checkpoint)
            self._refuse_another_history(asked, checkpoint, seen)
            second = max(int(at.timestamp()), seen.cosigned_at)
            ours = signer.cosign(asked.note.text, second)
            self._remember(
                replace(
                    seen,
                    size=checkpoint.size,
                    root=b64u(checkpoint.root),
                    cosigned_at=second,
                    note=str(_of_its_log(asked.note, seen.keys).with_signatures((ours,))),
                )
            )
            self._kept(asked).unlink(missing_ok=True)  # whoever asked before sent a wrong proof
        return asked.note.with_signatures((ours,))

    def last_of(self, origin_hash: str) -> str | None:
        """The head that was cosigned last of the log whose origin has this SHA-256, in hex, as a note; None if none."""
        if not _ORIGIN_HASH.fullmatch(origin_hash):
            return None
        path = self._folder / _LOGS / _file_of(origin_hash)
        return (self._read(path).note or None) if path.exists() else None

    def _signed_by_its_log(self, note: Note, checkpoint: Checkpoint) -> Seen:
        seen = self._seen(checkpoint.origin)
        if seen is None:
            raise Refusal(
                f"This witness does not watch {checkpoint.origin}: tell it the key of that log with "
                "`caseledger witness trust`.",
                rule="watched-logs",
            )
        if not _signed(note, seen.keys):
            raise Refusal(
                f"None of the keys of {checkpoint.origin} that this witness knows has signed it: ask the "
                "office for its new key.",
                rule="known-key",
            )
        return seen

    def _refuse_another_history(self, asked: Asked, checkpoint: Checkpoint, seen: Seen) -> None:
        if asked.old > checkpoint.size:
            raise no_request()
        if asked.old != seen.size:
            raise Refusal(
                f"This witness last saw {in_entries(seen.size)} of {seen.origin}, and the request goes on from "
                f"{asked.old}: ask again from {seen.size}.",
                rule="from-the-last-seen",
                seen=seen.size,
            )
        if seen.size == 0:
            _refuse_no_beginning(asked, checkpoint)
        elif not _goes_on(asked, checkpoint, seen):
            self._keep(asked)
            raise _contradicts(checkpoint, seen)

    def _keep(self, asked: Asked) -> None:
        """Keeps what is not shown, once for each text that the log signed: nobody else can make it keep more."""
        make_folder(self._folder / _NOT_SHOWN)
        write_durably(self._kept(asked), str(asked).encode())

    def _kept(self, asked: Asked) -> Path:
        name = sha256(asked.note.text.encode()).hexdigest()[:32]
        return self._folder / _NOT_SHOWN / f"{name}.txt"

    def _signer(self) -> SignerKey:
        try:
            found = orjson.loads((self._folder / _KEY).read_bytes())
            return SignerKey.from_secret(found["name"], COSIGNATURE, from_b64u(found["secret"]))
        except FileNotFoundError as error:
            raise LedgerUnavailable(
                f"There is no witness in {self._folder}: make one with `caseledger witness new`."
            ) from error
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise LedgerUnavailable(
                f"The witness's key in {self._folder} cannot be read: restore it from its backup."
            ) from error

    def _seen(self, origin: str) -> Seen | None:
        path = self._path_of(origin)
        return self._read(path) if path.exists() else None

    def _read(self, path: Path) -> Seen:
        try:
            found: dict[str, Any] = orjson.loads(path.read_bytes())
            keys = tuple(str(key) for key in found["keys"])
            root, at = str(found["root"]), int(found["cosigned_at"])
            note = str(found.get("note", ""))
            return Seen(str(found["origin"]), keys, int(found["size"]), root, at, note)
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise LedgerUnavailable(
                f"What the witness saw last ({path.name}) cannot be read: restore it from its backup; "
                "nothing is cosigned without it."
            ) from error

    def _remember(self, seen: Seen) -> None:
        make_folder(self._folder / _LOGS)
        said = {
            "origin": seen.origin,
            "keys": list(seen.keys),
            "size": seen.size,
            "root": seen.root,
            "cosigned_at": seen.cosigned_at,
            "note": seen.note,
        }
        write_durably(self._path_of(seen.origin), orjson.dumps(said) + b"\n")

    def _path_of(self, origin: str) -> Path:
        return self._folder / _LOGS / _file_of(sha256(origin.encode()).hexdigest())


def _file_of(origin_hash: str) -> str:
    return f"{origin_hash[:32]}.json"


def _of_its_log(note: Note, keys: Sequence[str]) -> Note:
    """The note with the signatures of its log alone."""
    known = {(key.name, key.key_id) for key in map(VerifierKey.read, keys)}
    return Note(
        note.text, tuple(each for each in note.signatures if (each.name, each.key_id) in known)
    )


def _signed(note: Note, keys: Sequence[str]) -> bool:
    """Whether any of these keys has signed a note; Refusal if one of them is said to have and has not."""
    try:
        return bool(signers_of(note, map(VerifierKey.read, keys)))
    except IntegrityFailure as error:
        raise Refusal(str(error), rule="known-key") from error


def _refuse_no_beginning(asked: Asked, checkpoint: Checkpoint) -> None:
    """Refuses what cannot be the first that is seen of a log: from no entries nothing leads, and they have one root."""
    if asked.proof or (checkpoint.size == 0 and checkpoint.root != EMPTY_ROOT):
        raise Refusal(
            f"This witness has seen no entries of {checkpoint.origin}: ask from 0 without a proof.",
            rule="from-nothing",
        )


def _goes_on(asked: Asked, checkpoint: Checkpoint, seen: Seen) -> bool:
    before = from_b64u(seen.root)
    return proves_growth(seen.size, before, checkpoint.size, root=checkpoint.root, path=asked.proof)


def _contradicts(checkpoint: Checkpoint, seen: Seen) -> IntegrityFailure:
    """What is said of a checkpoint that is another of the size that was seen, or is not shown to go on from it."""
    if checkpoint.size == seen.size:
        return IntegrityFailure(
            f"{seen.origin} has signed two histories of {in_entries(seen.size)}, of which this witness cosigned the "
            "other: nothing was cosigned, and the note is kept as evidence. Tell the office and whoever relies on "
            "its log."
        )
    return IntegrityFailure(
        f"{seen.origin} has signed {checkpoint.size} entries that are not shown to go on from the {seen.size} which "
        "this witness cosigned: nothing was cosigned, and the note is kept. Let the office ask again; if it cannot "
        "show it, two histories were signed: tell whoever relies on its log."
    )
