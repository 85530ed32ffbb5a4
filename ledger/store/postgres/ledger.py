"""The ledger store on PostgreSQL: one function call an append, reads beside it, notifications."""

from __future__ import annotations

import secrets
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Self

import psycopg
from eventsourcing.persistence import IntegrityError, StoredEvent
from eventsourcing.postgres import PostgresApplicationRecorder, PostgresDatastore
from psycopg.rows import dict_row
from psycopg.types.numeric import Int8

from ledger.errors import IntegrityFailure
from ledger.store.interface import Batch, SealedRow, SignedHead, StoredRow
from ledger.store.library import rows_after
from ledger.store.migrations import ledger_id_of, refuse_altered
from ledger.store.postgres import reads as reads
from ledger.store.postgres.connection import Connection
from ledger.store.postgres.holding import Pulse, limit
from ledger.store.postgres.schema import LEDGER
from ledger.store.postgres.sessions import Database, Reading, Session, meta, sweep
from ledger.store.postgres.standby import await_standby
from ledger.store.translation import outcome_unknown, read_alone

_AWAIT_TURN = """
SELECT ledger.await_turn(),
    set_config('idle_session_timeout', %s, false),
    current_setting('transaction_read_only')
"""
_GIVE_WAY = """
SELECT pg_advisory_unlock_all(), set_config('idle_session_timeout', '0', false)
"""
_TIP = """
SELECT greatest(
    (SELECT coalesce(max(notification_id), 0) FROM ledger.entries),
    (SELECT coalesce(max(position), 0) FROM ledger.lost)
)
"""
_ERASE_SEALED = """
DELETE FROM ledger.sealed AS part
USING unnest(%s::bigint[], %s::bytea[]) AS given (position, key_id)
WHERE part.position = given.position
AND part.key_id = given.key_id
"""
_SWEEP = """
VACUUM (FULL) ledger.sealed
"""
_APPEND = """
SELECT ledger.append(
    %b::bigint, %b::text[], %b::bigint[], %b::text[], %b::bytea[],
    %b::bigint[], %b::bytea[], %b::bytea[], %b::bytea[], %b::bigint[]
)
"""
_LOSE = """
INSERT INTO ledger.lost (position, digest)
SELECT %s::bigint + place, digest
FROM unnest(%s::bytea[]) WITH ORDINALITY AS missing (digest, place)
"""
_LOST = """
SELECT position, digest
FROM ledger.lost
WHERE position > %s::bigint
AND position <= %s::bigint
ORDER BY position
"""
_KEEP_CHECKPOINT = """
INSERT INTO ledger.checkpoints (size, cosignatures, note)
VALUES (%s::bigint, %s::bigint, %s)
ON CONFLICT DO NOTHING
"""
_CHECKPOINTS = """
SELECT size, cosignatures, note
FROM ledger.checkpoints
WHERE (size, cosignatures) > (%s::bigint, %s::bigint)
ORDER BY size, cosignatures
LIMIT %s::bigint
"""
_NEWEST_CHECKPOINT = """
SELECT size, cosignatures, note
FROM ledger.checkpoints
WHERE cosignatures >= %s::bigint
ORDER BY size DESC, cosignatures DESC
LIMIT 1
"""

_READ_ALONE = "SELECT current_setting('transaction_read_only')"

_LAST = 2**63 - 1
_CHUNK = 10_000
_NOT_REPLICATED = "SyncRepWaitForLSN"
"""Where in the server a commit is told to wait for its standby no longer: it stands here, and may not stand there."""


class PostgresLedgerStore(PostgresApplicationRecorder):
    """A LedgerStore, and a recorder of the library, on the schema `ledger` of a database.

    The library's own appends lock the whole table, about a thousand times a second at most; ours
    take an advisory lock within one round trip. Its reads and its subscriptions are used as they
    are, with a pool of their own that opens when they are first used.
    """

    def __init__(self, url: str, *, examining: bool = False) -> None:
        """Opens a ledger that is there; see `create`. Examined, it is opened as it is and takes nothing."""
        database = Database(url)
        self.altered = database.make_ready("ledger", LEDGER, examining=examining)
        super().__init__(_Recorded(database), events_table_name="entries")
        self._database, self._translated = database, database.translated
        self._reading = Reading(database)
        self._writing = Session(database)
        self._held: Connection | None = None
        self._pulse = Pulse(lambda: self._held)
        with self._translated:
            self._ledger_id = ledger_id_of(
                meta(self._writing.connection(), "ledger", "ledger_id"), place=database.place
            )

    @classmethod
    def create(cls, url: str) -> Self:
        """Makes a new, empty ledger with an id of its own; refused where one is already."""
        Database(url).create("ledger", LEDGER, meta={"ledger_id": secrets.token_hex(16)})
        return cls(url)

    @property
    def ledger_id(self) -> bytes:
        return self._ledger_id

    @property
    def unwritable(self) -> str | None:
        alone = self._reading.rows(_READ_ALONE) == [("on",)]
        return str(read_alone(self._database.place)) if alone else None

    @property
    def server(self) -> str:
        return self._database.server

    def tip(self) -> int:
        return self._reading.rows(_TIP)[0][0]

    @contextmanager
    def exclusive(self) -> Generator[int]:
        with self._writing.threads:
            if self._held is not None:
                yield self._writing.number
                return
            with self._translated:
                connection = self._writing.connection()
                _await_turn(connection)
            self._held = connection
            self._pulse.start()
            try:
                yield self._writing.number
            finally:
                self._held = None
                with self._translated:
                    _give_way(connection)

    def append(self, batch: Batch, *, expected_tip: int) -> bool:
        if not batch.follows(expected_tip):
            raise IntegrityFailure(
                "The batch leaves a gap in the log, and nothing was recorded: run `caseledger verify`."
            )
        refuse_altered(self.altered)
        with self._session() as connection:
            return self._append(connection, batch, expected_tip)

    def entries(self, *, after: int, limit: int, upto: int | None = None) -> list[StoredRow]:
        rows = self._reading.rows(reads.ENTRIES, (after, _LAST if upto is None else upto, limit))
        return [StoredRow(*row) for row in rows]

    def scan(
        self, *, after: int = 0, upto: int | None = None, chunk: int = _CHUNK
    ) -> Iterator[list[tuple[int, str, int, str, bytes]]]:
        last = _LAST if upto is None else upto
        while rows := self._reading.rows(reads.ENTRIES, (after, last, chunk)):
            yield rows
            after = rows[-1][0]

    def stream(
        self, stream: str, *, after_version: int = 0, upto_version: int | None = None
    ) -> list[StoredRow]:
        upto = _LAST if upto_version is None else upto_version
        rows = self._reading.rows(reads.STREAM, (stream, after_version, upto))
        return [StoredRow(*row) for row in rows]

    def entries_of(self, streams: Sequence[str]) -> list[StoredRow]:
        return [StoredRow(*row) for row in self._reading.rows(reads.ENTRIES_OF, (list(streams),))]

    def streams(self, kind: str) -> list[str]:
        return [stream for (stream,) in self._reading.rows(reads.STREAMS, (kind, kind))]

    def latest_streams(self, kind: str, *, before: str | None = None, limit: int) -> list[str]:
        given = (kind, before or f"{kind}0", limit)
        return [stream for (stream,) in self._reading.rows(reads.LATEST_STREAMS, given)]

    def by_stream(self, *, upto: int) -> Iterator[tuple[str, int, int, float]]:
        yield from self._reading.rows_by_index(reads.BY_STREAM, (upto,))

    def of_streams(
        self, first: str, end: str, *, upto: int
    ) -> list[tuple[int, str, int, str, bytes]]:
        return self._reading.rows(reads.OF_STREAMS, (first, end, upto))

    def reserved(self, keys: Sequence[bytes]) -> dict[bytes, int]:
        return dict(self._reading.rows(reads.RESERVED, (list(keys),)))

    def reservations(self) -> Iterator[tuple[bytes, int]]:
        after = b""
        while rows := self._reading.rows(reads.RESERVATIONS, (after, _CHUNK)):
            yield from rows
            after = rows[-1][0]

    def sealed(self, positions: Sequence[int]) -> list[SealedRow]:
        return [SealedRow(*row) for row in self._reading.rows(reads.SEALED, (list(positions),))]

    def sealed_positions(self, *, after: int, upto: int | None = None) -> list[int]:
        found = self._reading.rows(reads.SEALED_POSITIONS, (after, _LAST if upto is None else upto))
        return [position for (position,) in found]

    def lose(self, digests: Sequence[bytes]) -> None:
        refuse_altered(self.altered)
        with self.exclusive(), self._session() as connection:
            connection.execute(_LOSE, (self.tip(), list(digests)))

    def lost(self, *, after: int = 0, upto: int | None = None) -> list[tuple[int, bytes]]:
        return self._reading.rows(_LOST, (after, _LAST if upto is None else upto))

    def keep_checkpoint(self, signed: SignedHead) -> None:
        refuse_altered(self.altered)
        with self.exclusive(), self._session() as connection:
            connection.execute(_KEEP_CHECKPOINT, signed)

    def checkpoints(self, *, after: int = 0) -> Iterator[SignedHead]:
        last = (after, _LAST)
        while rows := self._reading.rows(_CHECKPOINTS, (*last, _CHUNK)):
            yield from (SignedHead(*row) for row in rows)
            last = rows[-1][:2]

    def newest_checkpoint(self, *, cosignatures: int = 0) -> SignedHead | None:
        rows = self._reading.rows(_NEWEST_CHECKPOINT, (cosignatures,))
        return next((SignedHead(*row) for row in rows), None)

    def settled(self) -> None:
        with self._session() as connection:
            await_standby(connection)

    def erase_sealed(self, parts: Sequence[tuple[int, bytes]]) -> None:
        positions, key_ids = [position for position, _ in parts], [key_id for _, key_id in parts]
        with self.exclusive(), self._session() as connection:
            connection.execute(_ERASE_SEALED, (positions, key_ids))
            sweep(connection, _SWEEP)

    def close(self) -> None:
        self.datastore.close()
        self._reading.close()
        self._writing.close()
        self._pulse.close()

    def create_table(self) -> None:
        """Nothing: the tables are made by `create`, and changed by migrations alone."""

    def insert_events(self, stored_events: Sequence[StoredEvent], **_: Any) -> Sequence[int] | None:
        """Appends at the next positions, for callers that know the library alone."""
        with self._writing.threads:
            while True:
                tip = self.tip()
                rows = rows_after(tip, stored_events)
                try:
                    if self._append(self._writing.connection(), Batch(rows), tip):
                        return [row.position for row in rows]
                except psycopg.errors.UniqueViolation as error:
                    raise IntegrityError(str(error)) from error

    @contextmanager
    def _session(self) -> Generator[Connection]:
        """The connection for writing; inside `exclusive` only the one that holds the lock will do, lost or not."""
        with self._writing.threads, self._translated:
            yield self._held or self._writing.connection()

    def _append(self, connection: Connection, batch: Batch, expected_tip: int) -> bool:
        rows, sealed = batch.rows, batch.sealed
        given = (
            Int8(expected_tip),
            [row.stream for row in rows],
            [Int8(row.version) for row in rows],
            [row.topic for row in rows],
            [row.state for row in rows],
            [Int8(part.position) for part in sealed],
            [part.key_id for part in sealed],
            [part.blob for part in sealed],
            [key for key, _ in batch.reserved],
            [Int8(position) for _, position in batch.reserved],
        )
        if connection.stale:
            raise psycopg.OperationalError("The session was lost before anything was asked of it.")
        connection.warnings.clear()
        try:
            appended = connection.execute(_APPEND, given, prepare=True).fetchone() == (True,)
        except psycopg.Error as error:
            if connection.closed:  # it was refused, or it was not: the server can no longer say
                raise outcome_unknown(self._database.place) from error
            raise
        if any(said.source_function == _NOT_REPLICATED for said in connection.warnings):
            raise outcome_unknown(self._database.place)
        return appended


class _Recorded(PostgresDatastore):
    """The library's connections to a ledger, opened when they are first used."""

    def __init__(self, database: Database) -> None:
        given = database.parameters
        super().__init__(
            dbname=given.get("dbname", ""),
            host=given.get("host", ""),
            port=given.get("port", ""),
            user=given.get("user", ""),
            password=given.get("password", ""),
            max_overflow=15,
            schema="ledger",
            originator_id_type="text",
        )
        # All that the address says, such as how to encrypt the connection.
        self.pool.kwargs = {**given, "row_factory": dict_row}

    def register_type_adapters(self) -> None:
        """Nothing: what is appended goes in plain arrays, not in the library's composite type."""


def _await_turn(connection: Connection) -> None:
    """Waits for the writer's lock; an error where nothing could be written under it."""
    try:
        (*_, read_only) = connection.execute(_AWAIT_TURN, (limit(),), prepare=True).fetchall()[0]
        if read_only == "on":
            raise psycopg.errors.ReadOnlySqlTransaction
    except BaseException:
        _give_way(connection)
        raise


def _give_way(connection: Connection) -> None:
    """Lets go of the writer's lock; a lost session has let go of it, and what was done under it is done."""
    try:
        if not connection.closed:
            connection.execute(_GIVE_WAY, prepare=True)
    except psycopg.OperationalError:
        connection.close()
