"""The vault's tables on PostgreSQL: a schema that can be destroyed, the ledger's untouched."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import LiteralString, Self

import psycopg
from psycopg.types.numeric import Int8

from ledger.errors import IntegrityFailure
from ledger.store import vaults
from ledger.store.interface import WrappedKey
from ledger.store.postgres.connection import Connection
from ledger.store.postgres.schema import VAULT
from ledger.store.postgres.sessions import Database, Reading, Session, sweep

_DEAL = """
INSERT INTO vault.keys (key_id, epoch, wrapped)
SELECT *
FROM unnest(%b::bytea[], %b::bigint[], %b::bytea[])
"""
_UNASSIGNED = """
SELECT key_id, epoch, wrapped
FROM vault.keys
WHERE person_id IS NULL
ORDER BY key_id
LIMIT %s::bigint
"""
_ASSIGN = """
SELECT vault.assign(%b::bytea[], %b::bytea[], %b::text[], %b::bigint)
"""
_ASSIGNED_NO_FURTHER = """
UPDATE vault.meta
SET value = least(value::bigint, %s)::text
WHERE name = 'assigned_upto'
"""
_ASSIGNED_UPTO = """
SELECT value
FROM vault.meta
WHERE name = 'assigned_upto'
"""
_KEYS_FOR = """
SELECT person_id, stream, key_id, epoch, wrapped
FROM unnest(%s::bytea[], %s::text[]) AS given (person_id, stream)
JOIN vault.keys USING (person_id, stream)
"""
_KEYS_OF = """
SELECT key_id, stream
FROM vault.keys
WHERE coalesce(person_id, ''::bytea) = %s
ORDER BY stream
"""
_SWEEP = """
VACUUM (FULL) vault.keys, vault.secrets
"""
_WRAPPED = """
SELECT key_id, epoch, wrapped
FROM vault.keys
WHERE key_id = ANY(%s)
"""
_OWNERS = """
SELECT key_id, person_id, stream
FROM vault.keys
WHERE key_id = ANY(%s)
"""
_KEYS = """
SELECT key_id, epoch, wrapped
FROM vault.keys
WHERE key_id > %s
ORDER BY key_id
LIMIT %s::bigint
"""
_SECRET = """
SELECT epoch, wrapped
FROM vault.secrets
WHERE name = %s
"""
_KEEP_SECRET = """
INSERT INTO vault.secrets AS kept (name, epoch, wrapped)
VALUES (%s, %s, %s)
ON CONFLICT (name) DO UPDATE
SET name = excluded.name
WHERE kept.epoch = excluded.epoch AND kept.wrapped = excluded.wrapped
"""
_HOLD_STILL = """
LOCK TABLE vault.keys, vault.secrets
IN SHARE ROW EXCLUSIVE MODE
"""
_DESTROY = """
DELETE FROM vault.keys
WHERE key_id = ANY(%s)
"""
_REMEMBER_DESTROYED = """
INSERT INTO vault.destroyed (key_id, epoch)
SELECT key_id, %s
FROM unnest(%s::bytea[]) AS given (key_id)
ON CONFLICT (key_id) DO NOTHING
"""
_REWRAP_KEYS = """
UPDATE vault.keys AS key
SET epoch = %b::bigint, wrapped = given.wrapped
FROM unnest(%b::bytea[], %b::bytea[]) AS given (key_id, wrapped)
WHERE key.key_id = given.key_id
"""
_REWRAP_SECRETS = """
UPDATE vault.secrets AS secret
SET epoch = %b::bigint, wrapped = given.wrapped
FROM unnest(%b::text[], %b::bytea[]) AS given (name, wrapped)
WHERE secret.name = given.name
"""
_LEFT_BEHIND = """
SELECT 1 FROM vault.keys WHERE epoch <> %(epoch)s
UNION ALL
SELECT 1 FROM vault.secrets WHERE epoch <> %(epoch)s
LIMIT 1
"""
_DESTROYED = """
SELECT key_id
FROM vault.destroyed
"""
_RETURNED = """
SELECT 1
FROM vault.destroyed
JOIN vault.keys USING (key_id)
LIMIT 1
"""

_CHUNK = 5_000


class PostgresVaultStore:
    """A VaultStore on the schema `vault` of a database."""

    def __init__(self, url: str) -> None:
        """Opens a vault that is there; see `create`."""
        database = Database(url)
        database.make_ready("vault", VAULT)
        self._translated = database.translated
        self._reading = Reading(database)
        self._writing = Session(database)
        if self._reading.rows(_RETURNED):
            self.close()
            raise vaults.destroyed_returned()

    @classmethod
    def create(cls, url: str) -> Self:
        """Makes a new vault without keys; refused where one is already."""
        Database(url).create("vault", VAULT, meta={})
        return cls(url)

    def deal(self, keys: Sequence[WrappedKey]) -> None:
        key_ids = [key_id for key_id, _, _ in keys]
        epochs = [Int8(epoch) for _, epoch, _ in keys]
        wrapped = [key for _, _, key in keys]
        with self._writer() as writer:
            writer.execute(_DEAL, (key_ids, epochs, wrapped))

    def unassigned(self, limit: int) -> list[WrappedKey]:
        return [*map(WrappedKey._make, self._reading.rows(_UNASSIGNED, (limit,)))]

    def assign(self, keys: Sequence[tuple[bytes, bytes, str]], *, upto_position: int) -> None:
        given = (
            [key_id for key_id, _, _ in keys],
            [person_id for _, person_id, _ in keys],
            [stream for _, _, stream in keys],
            Int8(upto_position),
        )
        with self._writer() as writer:
            try:
                writer.execute(_ASSIGN, given, prepare=True)
            except psycopg.errors.UniqueViolation as error:
                raise IntegrityFailure(vaults.ALREADY_ASSIGNED) from error

    def assigned_upto(self) -> int:
        return vaults.assigned_upto_of(self._reading.rows(_ASSIGNED_UPTO))

    def assigned_no_further(self, position: int) -> None:
        with self._writer() as writer:
            writer.execute(_ASSIGNED_NO_FURTHER, (Int8(position),))

    def keys_for(self, given: Sequence[tuple[bytes, str]]) -> dict[tuple[bytes, str], WrappedKey]:
        people, streams = [person_id for person_id, _ in given], [stream for _, stream in given]
        rows = self._reading.rows(_KEYS_FOR, (people, streams))
        return {(person_id, stream): WrappedKey(*key) for person_id, stream, *key in rows}

    def wrapped(self, key_ids: Sequence[bytes]) -> dict[bytes, tuple[int, bytes]]:
        rows = self._reading.rows(_WRAPPED, (list(key_ids),))
        return {key_id: (epoch, wrapped) for key_id, epoch, wrapped in rows}

    def owners(self, key_ids: Sequence[bytes]) -> dict[bytes, tuple[bytes | None, str | None]]:
        rows = self._reading.rows(_OWNERS, (list(key_ids),))
        return {key_id: (person_id, stream) for key_id, person_id, stream in rows}

    def secret(self, name: str) -> tuple[int, bytes] | None:
        return next(iter(self._reading.rows(_SECRET, (name,))), None)

    def keep_secret(self, name: str, epoch: int, wrapped: bytes) -> None:
        with self._writer() as writer:
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
        with self._writer() as writer, writer.patient(), writer.transaction():
            # A key dealt after the look for what is left behind would be lost.
            writer.execute(_HOLD_STILL)
            writer.execute(_DESTROY, (list(destroyed),))
            writer.execute(_REMEMBER_DESTROYED, (epoch, list(destroyed)))
            for chunk in vaults.chunks(keys, _CHUNK):
                _renew(writer, _REWRAP_KEYS, epoch, survivors=chunk)
            _renew(writer, _REWRAP_SECRETS, epoch, survivors=list(secrets))
            if writer.execute(_LEFT_BEHIND, {"epoch": epoch}).fetchone() is not None:
                raise vaults.left_behind()

    def forget(self, key_ids: Sequence[bytes]) -> None:
        with self._writer() as writer:
            writer.execute(_DESTROY, (list(key_ids),))

    def destroyed(self) -> frozenset[bytes]:
        return frozenset(key_id for (key_id,) in self._reading.rows(_DESTROYED))

    def keys_of(self, person_id: bytes) -> list[tuple[bytes, str]]:
        return self._reading.rows(_KEYS_OF, (person_id,))

    def sweep(self) -> None:
        with self._writer() as writer:
            sweep(writer, _SWEEP)

    def all_keys(self) -> Iterator[WrappedKey]:
        after = b""
        while rows := self._reading.rows(_KEYS, (after, _CHUNK)):
            yield from map(WrappedKey._make, rows)
            after = rows[-1][0]

    def close(self) -> None:
        self._reading.close()
        self._writing.close()

    @contextmanager
    def _writer(self) -> Generator[Connection]:
        with self._writing.threads, self._translated:
            yield self._writing.connection()


def _renew(
    writer: Connection,
    statement: LiteralString,
    epoch: int,
    *,
    survivors: Sequence[tuple[bytes | str, bytes]],
) -> None:
    names = [name for name, _ in survivors]
    wrapped = [key for _, key in survivors]
    if writer.execute(statement, (Int8(epoch), names, wrapped)).rowcount != len(survivors):
        raise vaults.unknown_survivor()
