"""The vault's tables on SQLite: one file that can be destroyed, the ledger's untouched."""

from __future__ import annotations

import sqlite3
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Any, Self

from ledger.errors import IntegrityFailure
from ledger.store import vaults
from ledger.store.interface import WrappedKey
from ledger.store.readers import Readers
from ledger.store.sqlite import files
from ledger.store.sqlite.rows import found_among
from ledger.store.sqlite.schema import VAULT
from ledger.store.translation import Translated

FILE = "vault.db"

_DEAL = """
INSERT INTO keys (key_id, epoch, wrapped)
VALUES (?, ?, ?)
"""
_UNASSIGNED = """
SELECT key_id, epoch, wrapped
FROM keys
WHERE person_id IS NULL
ORDER BY key_id
LIMIT ?
"""
_ASSIGN = """
UPDATE keys
SET person_id = :person_id, stream = :stream
WHERE key_id = :key_id
AND (person_id IS NULL OR (person_id = :person_id AND stream = :stream))
"""
_REMEMBER_ASSIGNED_UPTO = """
UPDATE meta
SET value = max(CAST(value AS INTEGER), ?)
WHERE name = 'assigned_upto'
"""
_ASSIGNED_NO_FURTHER = """
UPDATE meta
SET value = min(CAST(value AS INTEGER), ?)
WHERE name = 'assigned_upto'
"""
_ASSIGNED_UPTO = """
SELECT value
FROM meta
WHERE name = 'assigned_upto'
"""
_KEYS_FOR = """
SELECT person_id, stream, key_id, epoch, wrapped
FROM (VALUES {asked})
CROSS JOIN keys
ON person_id = column1
AND stream = column2
"""
_KEYS_OF = """
SELECT key_id, stream
FROM keys
WHERE coalesce(person_id, x'') = ?
ORDER BY stream
"""
_WRAPPED = """
SELECT key_id, epoch, wrapped
FROM keys
WHERE key_id IN (VALUES {asked})
"""
_OWNERS = """
SELECT key_id, person_id, stream
FROM keys
WHERE key_id IN (VALUES {asked})
"""
_KEYS = """
SELECT key_id, epoch, wrapped
FROM keys
WHERE key_id > ?
ORDER BY key_id
LIMIT ?
"""
_SECRET = """
SELECT epoch, wrapped
FROM secrets
WHERE name = ?
"""
_KEEP_SECRET = """
INSERT INTO secrets (name, epoch, wrapped)
VALUES (?, ?, ?)
ON CONFLICT (name) DO UPDATE
SET name = excluded.name
WHERE epoch = excluded.epoch AND wrapped = excluded.wrapped
"""
_DESTROY = """
DELETE FROM keys
WHERE key_id = ?
"""
_REMEMBER_DESTROYED = """
INSERT INTO destroyed (key_id, epoch)
VALUES (?, ?)
ON CONFLICT (key_id) DO NOTHING
"""
_REWRAP_KEY = """
UPDATE keys
SET epoch = ?, wrapped = ?
WHERE key_id = ?
"""
_REWRAP_SECRET = """
UPDATE secrets
SET epoch = ?, wrapped = ?
WHERE name = ?
"""
_LEFT_BEHIND = """
SELECT 1 FROM keys WHERE epoch <> :epoch
UNION ALL
SELECT 1 FROM secrets WHERE epoch <> :epoch
LIMIT 1
"""
_DESTROYED = """
SELECT key_id
FROM destroyed
"""
_RETURNED = """
SELECT 1
FROM destroyed
JOIN keys USING (key_id)
LIMIT 1
"""

_CHUNK = 5_000


class SqliteVaultStore:
    """A VaultStore on the file vault.db of a home."""

    def __init__(self, home: Path) -> None:
        """Opens a vault that is there; see `create`."""
        self._path = (home / FILE).absolute()
        self._translated = Translated(FILE, sqlite3.Error, OSError)
        files.make_ready(self._path, VAULT)
        with self._translated:
            self._writing = Lock()
            self._durable = files.connect(self._path, synchronous="FULL")
            self._quick = files.connect(self._path, synchronous="NORMAL")
            self._readers = Readers(self._connect_reader, stale=files.stale(self._path))
            returned = self._durable.execute(_RETURNED).fetchone()
            self._files = files.Files(self._path)
        if returned is not None:
            self.close()
            raise vaults.destroyed_returned()

    @classmethod
    def create(cls, home: Path) -> Self:
        """Makes a new vault without keys; refused where one is already."""
        files.create(home / FILE, VAULT, meta={})
        return cls(home)

    def deal(self, keys: Sequence[WrappedKey]) -> None:
        with self._transaction(self._durable) as writer:
            writer.executemany(_DEAL, keys)

    def unassigned(self, limit: int) -> list[WrappedKey]:
        return [*map(WrappedKey._make, self._read(_UNASSIGNED, (limit,)))]

    def assign(self, keys: Sequence[tuple[bytes, bytes, str]], *, upto_position: int) -> None:
        named = [
            {"key_id": key_id, "person_id": person_id, "stream": stream}
            for key_id, person_id, stream in keys
        ]
        with self._transaction(self._quick) as writer:
            try:
                assigned = writer.executemany(_ASSIGN, named).rowcount if named else 0
            except sqlite3.IntegrityError as error:
                raise IntegrityFailure(vaults.ALREADY_ASSIGNED) from error
            if assigned != len(named):
                raise IntegrityFailure(vaults.ALREADY_ASSIGNED)
            writer.execute(_REMEMBER_ASSIGNED_UPTO, (upto_position,))

    def assigned_upto(self) -> int:
        return vaults.assigned_upto_of(self._read(_ASSIGNED_UPTO))

    def assigned_no_further(self, position: int) -> None:
        with self._transaction(self._durable) as writer:
            writer.execute(_ASSIGNED_NO_FURTHER, (position,))

    def keys_for(self, given: Sequence[tuple[bytes, str]]) -> dict[tuple[bytes, str], WrappedKey]:
        rows = self._read_among(_KEYS_FOR, given)
        return {(person_id, stream): WrappedKey(*key) for person_id, stream, *key in rows}

    def wrapped(self, key_ids: Sequence[bytes]) -> dict[bytes, tuple[int, bytes]]:
        rows = self._read_among(_WRAPPED, [(key_id,) for key_id in key_ids])
        return {key_id: (epoch, wrapped) for key_id, epoch, wrapped in rows}

    def owners(self, key_ids: Sequence[bytes]) -> dict[bytes, tuple[bytes | None, str | None]]:
        rows = self._read_among(_OWNERS, [(key_id,) for key_id in key_ids])
        return {key_id: (person_id, stream) for key_id, person_id, stream in rows}

    def secret(self, name: str) -> tuple[int, bytes] | None:
        self._readers.refuse_closed()
        with self._writing, self._translated:  # whoever is about to seal looks here first
            self._files.refuse_others()
            found = self._quick.execute(_SECRET, (name,)).fetchall()
        return next(iter(found), None)

    def keep_secret(self, name: str, epoch: int, wrapped: bytes) -> None:
        with self._transaction(self._durable) as writer:
            if writer.execute(_KEEP_SECRET, (name, epoch, wrapped)).rowcount != 1:
                raise vaults.another_secret(name)

    def rewrap(
        self,
        *,
        epoch: int,
        keys: Iterable[tuple[bytes, bytes]],
        secrets: Iterable[tuple[str, bytes]],
        destroyed: Sequence[bytes],
    ) -> None:
        with self._transaction(self._durable) as writer:
            writer.executemany(_DESTROY, [(key_id,) for key_id in destroyed])
            writer.executemany(_REMEMBER_DESTROYED, [(key_id, epoch) for key_id in destroyed])
            for chunk in vaults.chunks(keys, _CHUNK):
                _renew(writer, _REWRAP_KEY, epoch, survivors=chunk)
            _renew(writer, _REWRAP_SECRET, epoch, survivors=list(secrets))
            if writer.execute(_LEFT_BEHIND, {"epoch": epoch}).fetchone() is not None:
                raise vaults.left_behind()
        with self._translated:
            # Pages in the write-ahead log still show the destroyed keys, wrapped under the epoch
            # that ends; a reader may keep the log from being cut until the next checkpoint.
            self._durable.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def forget(self, key_ids: Sequence[bytes]) -> None:
        with self._transaction(self._durable) as writer:
            writer.executemany(_DESTROY, [(key_id,) for key_id in key_ids])

    def destroyed(self) -> frozenset[bytes]:
        return frozenset(key_id for (key_id,) in self._read(_DESTROYED))

    def keys_of(self, person_id: bytes) -> list[tuple[bytes, str]]:
        return self._read(_KEYS_OF, (person_id,))

    def sweep(self) -> None:
        self._readers.forget_idle()
        with self._writing, self._translated:
            files.sweep(self._durable, place=FILE)

    def all_keys(self) -> Iterator[WrappedKey]:
        after = b""
        while rows := self._read(_KEYS, (after, _CHUNK)):
            yield from map(WrappedKey._make, rows)
            after = rows[-1][0]

    def close(self) -> None:
        self._readers.close()
        self._durable.close()
        self._quick.close()

    @contextmanager
    def _transaction(self, writer: sqlite3.Connection) -> Generator[sqlite3.Connection]:
        self._readers.refuse_closed()
        with self._writing, self._translated:
            files.refuse_maintenance(self._path.parent)
            self._files.refuse_others()
            writer.execute("BEGIN IMMEDIATE")
            try:
                yield writer
                writer.execute("COMMIT")
            except BaseException:
                if writer.in_transaction:
                    writer.execute("ROLLBACK")
                raise

    def _read(self, statement: str, parameters: Sequence[object] = ()) -> list[Any]:
        with self._translated, self._readers.lend() as reader:
            return reader.execute(statement, parameters).fetchall()

    def _read_among(self, statement: str, keys: Sequence[tuple[bytes | str, ...]]) -> list[Any]:
        """What a statement finds of the keys `{asked}`, as of one instant."""
        with self._translated, self._readers.lend() as reader:
            reader.execute("BEGIN")
            rows = list(found_among(reader, statement, keys))
            reader.execute("COMMIT")
        return rows

    def _connect_reader(self) -> sqlite3.Connection:
        return files.connect(self._path, synchronous="FULL", query_only=True)


def _renew(
    writer: sqlite3.Connection,
    statement: str,
    epoch: int,
    *,
    survivors: Sequence[tuple[bytes | str, bytes]],
) -> None:
    renewed = [(epoch, wrapped, name) for name, wrapped in survivors]
    if survivors and writer.executemany(statement, renewed).rowcount != len(survivors):
        raise vaults.unknown_survivor()
