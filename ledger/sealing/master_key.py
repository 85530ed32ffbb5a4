"""The master key: what the vault is wrapped under, in a file outside the database; each erasure makes the next."""

from __future__ import annotations

import os
from collections.abc import Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Self

import orjson

from ledger.durable_files import make_durable, write_durably
from ledger.errors import LedgerUnavailable
from ledger.sealing.slots import b64u, from_b64u
from ledger.store.translation import not_permitted

KEY_BYTES = 32


class MasterKeyMissing(LedgerUnavailable):
    """No master key lies where it should: of its ledger nothing is opened, and nothing recorded."""


def master_key_missing() -> MasterKeyMissing:
    """What refuses all that takes the master key."""
    return MasterKeyMissing(
        "The master key is missing: put its file back beside the ledger, or name in "
        "CASELEDGER_MASTER_KEY the file where it lies, never the key itself."
    )


@dataclass(frozen=True, slots=True)
class MasterKey:
    """The key-encryption key of one epoch; every erasure moves to the next and destroys the last."""

    epoch: int
    secret: bytes

    @classmethod
    def new(cls, epoch: int = 1) -> Self:
        return cls(epoch, os.urandom(KEY_BYTES))

    @classmethod
    def read(cls, path: Path) -> Self:
        """The master key in a file; MasterKeyMissing if there is none, LedgerUnavailable if it cannot be read.

        What was given as the file is not repeated: it may be the key itself.
        """
        try:
            found = orjson.loads(path.read_bytes())
            epoch, secret = found["epoch"], from_b64u(found["key"])
            if type(epoch) is not int or len(secret) != KEY_BYTES:
                raise ValueError("this is no master key")
            return cls(epoch, secret)
        except FileNotFoundError as error:
            raise master_key_missing() from error
        except PermissionError as error:
            raise not_permitted("The master key") from error
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise LedgerUnavailable(
                "The master key cannot be read: restore its file from its own backup."
            ) from error

    @classmethod
    def read_for(cls, path: Path, epoch: int | None) -> Self:
        """The master key of a vault in this epoch: of a change that was interrupted, the one beside the file.

        It is read only: another process may be changing it just now.
        """
        key = cls.read(path)
        if epoch in (None, key.epoch):
            return key
        with suppress(LedgerUnavailable):  # it took its place just now
            if (following := cls.read(_next_of(path))).epoch == epoch:
                return following
        return cls.read(path)

    @classmethod
    def next_beside(cls, path: Path) -> MasterKey:
        """The key of the next epoch, durable beside the file; one that lies there stays.

        The vault may be wrapped under that one already, or will be once the server ends a commit that nobody awaits.
        """
        key = cls.read(path)
        with suppress(LedgerUnavailable):  # there is none, or none that was ever whole
            if (there := cls.read(_next_of(path))).epoch == key.epoch + 1:
                return there
        following = key.successor()
        following.write_next(path)
        return following

    def successor(self) -> MasterKey:
        """A new key for the next epoch."""
        return MasterKey.new(self.epoch + 1)

    def write(self, path: Path) -> None:
        """Writes the file durably, readable by its owner alone, in place of the former one, which is overwritten."""
        fresh = _next_of(path)
        if not (fresh.exists() and fresh.read_bytes() == self._file_bytes):
            self.write_next(path)
        # One that lies there whole is not written again: the vault may be wrapped under it already.
        with _former(path) as former:
            fresh.replace(path)
            make_durable(path.parent)
            if former is not None:
                former.write(b"\0" * os.fstat(former.fileno()).st_size)
                former.flush()
                os.fsync(former.fileno())

    def write_new(self, path: Path) -> bool:
        """Writes the file durably where there is none, and says whether it did: of several who try one does."""
        made = path.with_name(f"{path.name}.{os.getpid()}.part")
        write_durably(made, self._file_bytes)
        try:
            os.link(made, path)
            make_durable(path.parent)
        except FileExistsError:
            return False
        finally:
            made.unlink()
        return True

    def write_next(self, path: Path) -> None:
        """Writes it durably beside the file, to take its place once the vault is wrapped under it."""
        write_durably(_next_of(path), self._file_bytes)

    @property
    def _file_bytes(self) -> bytes:
        return orjson.dumps({"epoch": self.epoch, "key": b64u(self.secret)}) + b"\n"


@contextmanager
def _former(path: Path) -> Generator[BinaryIO | None]:
    """The file that is replaced in the block, to be overwritten then; None if there is none."""
    if not path.exists():
        yield None
        return
    with path.open("r+b") as file:
        yield file


def _next_of(path: Path) -> Path:
    return path.with_name(path.name + ".next")
