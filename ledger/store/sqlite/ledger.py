"""The ledger store on SQLite: one file, one writer, readers that are never held up."""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

from eventsourcing.persistence import IntegrityError, StoredEvent
from eventsourcing.sqlite import SQLiteApplicationRecorder, SQLiteConnection, SQLiteDatastore

from ledger.errors import IntegrityFailure
from ledger.store.interface import Batch, SealedRow, SignedHead, StoredRow, refuse_unwritable
from ledger.store.library import rows_after
from ledger.store.migrations import ledger_id_of, refuse_altered
from ledger.store.readers import Readers
from ledger.store.sqlite import files
from ledger.store.sqlite.rows import commit, insert, reserved
from ledger.store.sqlite.schema import LEDGER
from ledger.store.translation import Translated

FILE = "ledger.db"

_TIP = """
SELECT max(
    coalesce((SELECT max(rowid) FROM entries), 0),
    coalesce((SELECT max(position) FROM lost), 0)
)
"""
_ENTRIES = """
SELECT rowid, originator_id, originator_version, topic, state
FROM entries
WHERE rowid > ?
AND rowid <= ?
ORDER BY rowid
LIMIT ?
"""
_STREAM = """
SELECT rowid, originator_id, originator_version, topic, state
FROM entries
WHERE originator_id = ?
AND originator_version > ?
AND originator_version <= ?
ORDER BY originator_version
"""
_ENTRIES_OF = """
SELECT rowid, originator_id, originator_version, topic, state
FROM entries
WHERE originator_id = ?
ORDER BY originator_version
"""
_OF_STREAMS = """
SELECT rowid, originator_id, originator_version, topic, state
FROM entries
WHERE originator_id >= ?
AND originator_id < ?
AND rowid <= ?
ORDER BY originator_id, originator_version
"""
# The sign keeps it to the index by which streams are read, and which the rows themselves may contradict.
_BY_STREAM = """
SELECT originator_id, count(*), max(originator_version), total(originator_version)
FROM entries
WHERE +rowid <= ?
GROUP BY originator_id
"""
_STREAMS = """
SELECT originator_id
FROM entries
WHERE originator_id >= ? || '/'
AND originator_id < ? || '0'
GROUP BY originator_id
ORDER BY min(rowid)
"""
_LATEST_STREAMS = """
SELECT originator_id
FROM entries
WHERE originator_id >= ? || '/'
AND originator_id < ?
AND originator_version = 1
ORDER BY originator_id DESC
LIMIT ?
"""
_RESERVATIONS = """
SELECT key, position
FROM reservations
WHERE key > ?
ORDER BY key
LIMIT ?
"""
_SEALED = """
SELECT position, key_id, blob
FROM sealed
WHERE position = ?
ORDER BY key_id
"""
_SEALED_BETWEEN = """
SELECT position, key_id, blob
FROM sealed
WHERE position BETWEEN ? AND ?
ORDER BY position, key_id
"""
_SEALED_POSITIONS = """
SELECT DISTINCT position
FROM sealed
WHERE position > ?
AND position <= ?
ORDER BY position
"""
_ERASE_SEALED = """
DELETE FROM sealed
WHERE position = ?
AND key_id = ?
"""
_LOSE = """
INSERT INTO lost (position, digest)
VALUES (?, ?)
"""
_LOST = """
SELECT position, digest
FROM lost
WHERE position > ?
AND position <= ?
ORDER BY position
"""
_KEEP_CHECKPOINT = """
INSERT INTO checkpoints (size, cosignatures, note)
SELECT :size, :cosignatures, :note
WHERE NOT EXISTS (
    SELECT 1 FROM checkpoints WHERE size = :size AND cosignatures = :cosignatures
)
"""
_CHECKPOINTS = """
SELECT size, cosignatures, note
FROM checkpoints
WHERE (size, cosignatures) > (?, ?)
ORDER BY size, cosignatures
LIMIT ?
"""
_NEWEST_CHECKPOINT = """
SELECT size, cosignatures, note
FROM checkpoints
WHERE cosignatures >= ?
ORDER BY size DESC, cosignatures DESC
LIMIT 1
"""
_LAST = 2**63 - 1
_CHUNK = 10_000


class SqliteLedgerStore(SQLiteApplicationRecorder):
    """A LedgerStore, and a recorder of the library, on the file ledger.db of a home.

    Nothing goes through the library's pool, in which a queued writer blocks later readers and whose
    closing crashes them: appends have a connection of their own, reads as many as they need.
    """

    def __init__(self, home: Path, *, examining: bool = False) -> None:
        """Opens a ledger that is there; see `create`. Examined, it is opened as it is and takes nothing."""
        self._path = (home / FILE).absolute()
        self._mark = str(self._path.with_name(files.MAINTENANCE))
        self._translated = Translated(FILE, sqlite3.Error, OSError)
        self.altered = files.make_ready(self._path, LEDGER, examining=examining)
        self.unwritable = files.unwritable(self._path)
        self._readers = Readers(self._connect_reader, stale=files.stale(self._path))
        super().__init__(_Recorded(self._path, self._readers), events_table_name="entries")
        with self._translated:
            self._lock = files.writer_lock(self._path.parent, before_waiting=self._refuse_unusable)
            self._writer = files.connect(self._path, synchronous="FULL", secure_delete=False)
            self._ledger_id = ledger_id_of(files.meta(self._writer, "ledger_id"), place=FILE)
            self._files = files.Files(self._path)

    @classmethod
    def create(cls, home: Path) -> Self:
        """Makes a new, empty ledger with an id of its own; refused where one is already."""
        ledger_id = secrets.token_hex(16)
        files.create(home / FILE, LEDGER, meta={"ledger_id": ledger_id})
        return cls(home)

    @property
    def ledger_id(self) -> bytes:
        return self._ledger_id

    @property
    def server(self) -> str:
        return ""

    def tip(self) -> int:
        if self._lock.held_here:
            with self._translated:
                return self._writer.execute(_TIP).fetchone()[0]
        return self._read(_TIP)[0][0]

    @contextmanager
    def exclusive(self) -> Generator[int]:
        if self._lock.held_here:
            yield 0
            return
        self._readers.refuse_closed()
        refuse_unwritable(self)
        with self._lock:
            self._refuse_unusable()
            yield 0

    def append(self, batch: Batch, *, expected_tip: int) -> bool:
        if not batch.follows(expected_tip):
            raise IntegrityFailure(
                "The batch leaves a gap in the log, and nothing was recorded: run `caseledger verify`."
            )
        refuse_altered(self.altered)
        with self.exclusive(), self._translated:
            return self._append(batch, expected_tip)

    def entries(self, *, after: int, limit: int, upto: int | None = None) -> list[StoredRow]:
        rows = self._read(_ENTRIES, (after, _LAST if upto is None else upto, limit))
        return [StoredRow(*row) for row in rows]

    def scan(
        self, *, after: int = 0, upto: int | None = None, chunk: int = _CHUNK
    ) -> Iterator[list[tuple[int, str, int, str, bytes]]]:
        last = _LAST if upto is None else upto
        while rows := self._read(_ENTRIES, (after, last, chunk)):
            yield rows
            after = rows[-1][0]

    def stream(
        self, stream: str, *, after_version: int = 0, upto_version: int | None = None
    ) -> list[StoredRow]:
        upto = _LAST if upto_version is None else upto_version
        return [StoredRow(*row) for row in self._read(_STREAM, (stream, after_version, upto))]

    def entries_of(self, streams: Sequence[str]) -> list[StoredRow]:
        return [StoredRow(*row) for row in self._read_each(_ENTRIES_OF, streams)]

    def streams(self, kind: str) -> list[str]:
        return [stream for (stream,) in self._read(_STREAMS, (kind, kind))]

    def latest_streams(self, kind: str, *, before: str | None = None, limit: int) -> list[str]:
        given = (kind, before or f"{kind}0", limit)
        return [stream for (stream,) in self._read(_LATEST_STREAMS, given)]

    def by_stream(self, *, upto: int) -> Iterator[tuple[str, int, int, float]]:
        yield from self._read(_BY_STREAM, (upto,))

    def of_streams(
        self, first: str, end: str, *, upto: int
    ) -> list[tuple[int, str, int, str, bytes]]:
        return self._read(_OF_STREAMS, (first, end, upto))

    def reserved(self, keys: Sequence[bytes]) -> dict[bytes, int]:
        if self._lock.held_here:  # nobody else writes: the writer's own connection sees all
            with self._translated:
                return reserved(self._writer, keys)
        with self._translated, self._readers.lend() as reader:
            return reserved(reader, keys)

    def reservations(self) -> Iterator[tuple[bytes, int]]:
        after = b""
        while rows := self._read(_RESERVATIONS, (after, _CHUNK)):
            yield from rows
            after = rows[-1][0]

    def sealed(self, positions: Sequence[int]) -> list[SealedRow]:
        first, last = (positions[0], positions[-1]) if positions else (1, 0)
        if list(positions) == list(range(first, last + 1)):  # as a scan asks, chunk by chunk
            return [SealedRow(*row) for row in self._read(_SEALED_BETWEEN, (first, last))]
        return [SealedRow(*row) for row in self._read_each(_SEALED, positions)]

    def sealed_positions(self, *, after: int, upto: int | None = None) -> list[int]:
        found = self._read(_SEALED_POSITIONS, (after, _LAST if upto is None else upto))
        return [position for (position,) in found]

    def lose(self, digests: Sequence[bytes]) -> None:
        refuse_altered(self.altered)
        with self.exclusive(), self._translated:
            writer = self._writer
            writer.execute("BEGIN IMMEDIATE")
            try:
                first = writer.execute(_TIP).fetchone()[0] + 1
                writer.executemany(_LOSE, enumerate(digests, first))
                writer.execute("COMMIT")
            except BaseException:
                writer.execute("ROLLBACK")
                raise

    def lost(self, *, after: int = 0, upto: int | None = None) -> list[tuple[int, bytes]]:
        return self._read(_LOST, (after, _LAST if upto is None else upto))

    def keep_checkpoint(self, signed: SignedHead) -> None:
        refuse_altered(self.altered)
        with self.exclusive(), self._translated:
            self._writer.execute(_KEEP_CHECKPOINT, signed._asdict())

    def checkpoints(self, *, after: int = 0) -> Iterator[SignedHead]:
        last = (after, _LAST)
        while rows := self._read(_CHECKPOINTS, (*last, _CHUNK)):
            yield from (SignedHead(*row) for row in rows)
            last = rows[-1][:2]

    def newest_checkpoint(self, *, cosignatures: int = 0) -> SignedHead | None:
        return next(
            (SignedHead(*row) for row in self._read(_NEWEST_CHECKPOINT, (cosignatures,))), None
        )

    def settled(self) -> None:
        """A commit here is on the disk, and there is no other server."""

    def erase_sealed(self, parts: Sequence[tuple[int, bytes]]) -> None:
        with self.exclusive(), self._translated:
            writer = self._writer
            writer.execute("PRAGMA secure_delete = ON")
            try:
                writer.execute("BEGIN IMMEDIATE")
                writer.executemany(_ERASE_SEALED, parts)
                writer.execute("COMMIT")
            except BaseException:
                if writer.in_transaction:
                    writer.execute("ROLLBACK")
                raise
            finally:
                writer.execute("PRAGMA secure_delete = OFF")
            self._readers.forget_idle()
            files.sweep(writer, place=FILE)

    def close(self) -> None:
        self._readers.close()
        with self._lock.threads:
            self._writer.close()
        self._lock.close()

    def create_table(self) -> None:
        """Nothing: the tables are made by `create`, and changed by migrations alone."""

    def insert_events(self, stored_events: Sequence[StoredEvent], **_: Any) -> Sequence[int] | None:
        """Appends at the next positions, for callers that know the library alone."""
        with self.exclusive():
            tip = self.tip()
            rows = rows_after(tip, stored_events)
            try:
                self._append(Batch(rows), tip)
            except sqlite3.IntegrityError as error:
                raise IntegrityError(error) from error
        return [row.position for row in rows]

    def _append(self, batch: Batch, expected_tip: int) -> bool:
        writer = self._writer
        writer.execute("BEGIN IMMEDIATE")
        try:
            if writer.execute(_TIP).fetchone()[0] != expected_tip:
                writer.execute("ROLLBACK")
                return False
            insert(writer, batch)
            commit(writer)
        except BaseException:
            if writer.in_transaction:
                writer.execute("ROLLBACK")
            raise
        return True

    def _read(self, statement: str, parameters: Sequence[object] = ()) -> list[Any]:
        with self._translated, self._readers.lend() as reader:
            return reader.execute(statement, parameters).fetchall()

    def _read_each(self, statement: str, keys: Sequence[object]) -> list[Any]:
        """What a statement finds for each key, all as of one moment."""
        with self._translated, self._readers.lend() as reader:
            reader.execute("BEGIN")
            found = [row for key in keys for row in reader.execute(statement, (key,))]
            reader.execute("COMMIT")
        return found

    def _connect_reader(self) -> sqlite3.Connection:
        return files.connect(self._path, synchronous="FULL", query_only=True)

    def _refuse_unusable(self) -> None:
        """Entries written to files that were taken away or put back from a backup would be lost."""
        self._readers.refuse_closed()
        with self._translated:
            files.refuse_marked(self._mark)
            self._files.refuse_others()


class _Recorded(SQLiteDatastore):
    """The connections that the library's own reads are given."""

    def __init__(self, path: Path, readers: Readers[sqlite3.Connection]) -> None:
        super().__init__(str(path), originator_id_type="text")
        self._readers = readers

    @contextmanager
    def get_connection(self, *, commit: bool) -> Generator[SQLiteConnection]:
        with self._readers.lend() as connection:
            connection.row_factory = sqlite3.Row
            yield SQLiteConnection(connection, max_age=None)
            connection.row_factory = None
