"""The signer: keys beside the master key, and a memory of its own by which it is its own witness.

It keeps every leaf that it ever signed for and signs only what its own memory grows into. The new head is
durable before the signature leaves it, so that one size is never signed for two histories.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import orjson

from ledger.durable_files import make_folder, write_durably
from ledger.errors import IntegrityFailure, LedgerUnavailable
from ledger.evidence.signing.notes import ED25519, Checkpoint, Note, SignerKey, read_note
from ledger.evidence.trees.merkle import Tree
from ledger.sealing.slots import b64u, from_b64u
from ledger.store.translation import not_permitted

FOLDER = "signer"
_HEAD, _LEAVES, _CLAIMED = "head.json", "leaves", "claimed.txt"
_DIGEST_BYTES, _SECRET_BYTES = 32, 32
_AT_ONCE = 8_192


@dataclass(frozen=True, slots=True)
class SignedSoFar:
    """The last head that was signed for, and the complete subtrees from which it goes on."""

    origin: str
    size: int
    root: bytes
    subtrees: tuple[bytes, ...]


class Signer:
    """The keys and the memory of an office's signer, in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @classmethod
    def beside(cls, master_key: Path) -> Signer:
        """The signer whose folder lies beside the master key."""
        return cls(master_key.parent / FOLDER)

    @property
    def is_here(self) -> bool:
        """Whether this machine signs."""
        return self._folder.is_dir()

    def new_key(self, name: str) -> SignerKey:
        """A new key, durable before anybody hears of it."""
        key = SignerKey.from_secret(name, ED25519, os.urandom(_SECRET_BYTES))
        said = {"name": name, "kind": ED25519, "secret": b64u(key.secret)}
        make_folder(self._folder)
        write_durably(self._path_of(str(key.verifier)), orjson.dumps(said) + b"\n")
        return key

    def key(self, written: str) -> SignerKey:
        """The secret half of a key; LedgerUnavailable if it is not here."""
        path = self._path_of(written)
        try:
            found = orjson.loads(path.read_bytes())
            key = SignerKey.from_secret(found["name"], found["kind"], from_b64u(found["secret"]))
        except PermissionError as error:
            raise not_permitted(f"The signing key {path.name}") from error
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise LedgerUnavailable(
                f"The signing key {path.name} is missing or cannot be read: put it back beside the "
                "master key, or retire it with `caseledger keys retire`."
            ) from error
        if str(key.verifier) != written:
            raise LedgerUnavailable(
                f"The signing key {path.name} is another one than was introduced: put the right one back."
            )
        return key

    def forget_key(self, written: str) -> None:
        """Destroys the secret half of a retired key."""
        self._path_of(written).unlink(missing_ok=True)

    def signed_so_far(self) -> SignedSoFar | None:
        """The last head that was signed for; None before the first."""
        path = self._folder / _HEAD
        try:
            found: dict[str, Any] = orjson.loads(path.read_bytes())
            subtrees = tuple(from_b64u(each) for each in found["subtrees"])
            tree = Tree(found["size"], subtrees)
            if tree.root() != from_b64u(found["root"]):
                raise ValueError("the root is not the one over the subtrees")
            return SignedSoFar(str(found["origin"]), tree.size, tree.root(), subtrees)
        except (FileNotFoundError, NotADirectoryError):
            return None
        except PermissionError as error:
            raise not_permitted(f"The signer's last head ({path.name})") from error
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise LedgerUnavailable(
                f"The signer's last head ({path.name}) cannot be read: restore its folder from its "
                "own backup; nothing is signed without it."
            ) from error

    def leaves(self, after: int, upto: int) -> Iterator[bytes]:
        """The digests that were signed for, after one position up to another."""
        while after < upto:
            raw = self._read_leaves(after, min(upto - after, _AT_ONCE))
            if not raw or len(raw) % _DIGEST_BYTES:
                raise _cut_short()
            yield from (raw[at : at + _DIGEST_BYTES] for at in range(0, len(raw), _DIGEST_BYTES))
            after += len(raw) // _DIGEST_BYTES

    def claim(self, note: Note) -> None:
        """Remembers a checkpoint that was signed here once and is of no history that we know."""
        write_durably(self._folder / _CLAIMED, str(note).encode())

    def claimed(self) -> Note | None:
        """A checkpoint that was signed here once and that the ledger does not have; None if all is well."""
        path = self._folder / _CLAIMED
        return read_note(path.read_text(encoding="utf-8")) if path.exists() else None

    def settle_claim(self) -> None:
        """The claim is answered: the ledger has what was signed, or its loss is recorded."""
        (self._folder / _CLAIMED).unlink(missing_ok=True)

    def sign(
        self, checkpoint: Checkpoint, keys: Sequence[SignerKey], *, more: Iterable[bytes]
    ) -> Note:
        """The signed note of a checkpoint, `more` being the leaves since the last that was signed.

        IntegrityFailure if it is not what the last one grows into: nothing is signed then, and nothing kept.
        """
        before = self.signed_so_far()
        tree = Tree(before.size, before.subtrees) if before else Tree()
        if before and (checkpoint.origin != before.origin or checkpoint.size < before.size):
            raise _does_not_follow()
        self._remember(tree, more)
        if (tree.size, tree.root()) != (checkpoint.size, checkpoint.root):
            raise _does_not_follow()
        said = {
            "origin": checkpoint.origin,
            "size": tree.size,
            "root": b64u(tree.root()),
            "subtrees": [b64u(each) for each in tree.subtrees],
        }
        write_durably(self._folder / _HEAD, orjson.dumps(said) + b"\n")
        text = checkpoint.text()
        return Note(text, tuple(key.sign(text) for key in keys))

    def _read_leaves(self, after: int, count: int) -> bytes:
        try:
            with (self._folder / _LEAVES).open("rb") as file:
                file.seek(after * _DIGEST_BYTES)
                return file.read(count * _DIGEST_BYTES)
        except PermissionError as error:
            raise not_permitted(f"The signer's memory ({_LEAVES})") from error
        except OSError as error:
            raise _cut_short() from error

    def _remember(self, tree: Tree, more: Iterable[bytes]) -> None:
        """Adds leaves to the tree and to the file, over what a run that was cut off may have left there."""
        path = self._folder / _LEAVES
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        with os.fdopen(descriptor, "r+b") as file:
            if file.seek(0, os.SEEK_END) < tree.size * _DIGEST_BYTES:
                raise _cut_short()
            file.seek(tree.size * _DIGEST_BYTES)
            file.truncate()
            following = iter(more)
            while digests := list(islice(following, _AT_ONCE)):
                tree.extend(digests)
                file.write(b"".join(digests))
            file.flush()
            os.fsync(file.fileno())

    def _path_of(self, written: str) -> Path:
        name, key_id, _ = written.split("+", 2)
        purpose = "receipt" if name.endswith("/receipts") else "checkpoint"
        return self._folder / f"{purpose}-{key_id}.key"


def _cut_short() -> LedgerUnavailable:
    return LedgerUnavailable(
        f"The signer's memory ({_LEAVES}) is cut short: restore its folder from its own backup."
    )


def _does_not_follow() -> IntegrityFailure:
    return IntegrityFailure(
        "The log is not what was signed before grew into, and nothing was signed: stop, keep the files, "
        "and run `caseledger verify`."
    )
