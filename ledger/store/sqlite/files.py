"""SQLite files of a ledger's home: made whole, and refused when they are not usable."""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Callable, Generator
from contextlib import closing, contextmanager, suppress
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from ledger.durable_files import make_durable
from ledger.errors import IntegrityFailure, LedgerUnavailable, NotSwept, Refusal, StartAgain
from ledger.store import locks, vaults
from ledger.store.locks import WriterLock
from ledger.store.migrations import SCHEMA_VERSION, Migration, pending
from ledger.store.translation import (
    Translated,
    maintenance,
    no_room_to_sweep,
    not_a_database,
)

LOCK = "ledger.lock"
MAINTENANCE = "maintenance"
_LEDGER = "ledger.db"

_HEADER = b"SQLite format 3\x00"
_CHECKED_WHOLE_UPTO_BYTES = 4_000_000
_BUSY_TIMEOUT_SECONDS = 5.0
_REBUILT_TIMEOUT_SECONDS = 30.0
"""Of a file that follows from the entries, and can be made anew."""


def writer_lock(home: Path, *, before_waiting: Callable[[], None] = lambda: None) -> WriterLock:
    """The lock of whoever writes in a home; nobody waits without end, and where none can write it locks nothing."""
    path = home / LOCK
    if unwritable(path) is not None:
        path = Path(os.devnull)
    return WriterLock(path, within_seconds=locks.WITHIN_SECONDS, before_waiting=before_waiting)


def take_away(path: Path) -> None:
    """Takes a file away with what SQLite keeps beside it, the file itself last, if any of them is there."""
    for suffix in ("-wal", "-shm", "-journal", ""):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def connect_or_make(path: Path) -> sqlite3.Connection:
    """A connection to a file that can be made anew at any time, for any thread; its owner alone may read it.

    PermissionError where that is another account, as of one that root made: SQLite says of it that it cannot be opened.
    """
    if not path.exists():
        path.touch(mode=0o600)  # SQLite alone would let everybody read it
    elif not os.access(path, os.R_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
    return sqlite3.connect(
        path, timeout=_REBUILT_TIMEOUT_SECONDS, isolation_level=None, check_same_thread=False
    )


def connect(
    path: Path, *, synchronous: str, query_only: bool = False, secure_delete: bool = True
) -> sqlite3.Connection:
    """A connection to a file that is there, for any thread, in which nothing begins by itself.

    `synchronous` FULL makes each commit durable; NORMAL leaves the latest to a loss of power.
    `secure_delete` overwrites what is deleted; a connection that only appends need not pay for it.
    """
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?{_how(path)}",
        uri=True,
        timeout=_BUSY_TIMEOUT_SECONDS,
        isolation_level=None,
        check_same_thread=False,
    )
    try:
        connection.execute(f"PRAGMA synchronous = {synchronous}")
        connection.execute("PRAGMA fullfsync = ON")  # where fsync alone does not reach the disk
        connection.execute(f"PRAGMA secure_delete = {'ON' if secure_delete else 'OFF'}")
        connection.execute(f"PRAGMA query_only = {'ON' if query_only else 'OFF'}")
    except BaseException:
        connection.close()
        raise
    return connection


def _how(path: Path) -> str:
    """How SQLite is asked for a file: one that lies where nothing can be written has to be told that it stands still.

    Not where a write-ahead log and its index lie beside it, as while somebody elsewhere writes: those SQLite reads too,
    and told that nothing changes it would pass over what was acknowledged last. Without its index a log cannot be read.
    """
    if unwritable(path) is None:
        return "mode=rw"
    log, index = (
        path.resolve().with_name(f"{path.resolve().name}-{each}") for each in ("wal", "shm")
    )
    if not log.exists():
        return "mode=ro&immutable=1"
    if index.exists():
        return "mode=ro"
    if log.stat().st_size == 0:
        return "mode=ro&immutable=1"
    raise LedgerUnavailable(
        f"{path.name} was cut off while it was written, and what was recorded last is read only where it can be "
        f"written: copy its folder there, with {log.name}, and ask again."
    )


def unwritable(path: Path) -> str | None:
    """Why nothing is recorded in a file that lies where nothing can be written; None where it can."""
    target = path.resolve()  # SQLite writes beside the file itself, we beside the link to it
    folders = {path.absolute().parent, target.parent}
    if all(os.access(each, os.W_OK) or not os.path.exists(each) for each in folders):
        return None
    return (
        "This ledger lies where nothing can be written, so nothing is recorded, and nothing is shown or given out of "
        "which it has to be recorded who got it: copy its folder to where it can be written, and ask there."
    )


def stale(path: Path) -> Callable[[object], bool]:
    """Whether an idle connection is to be opened anew: always where others may begin to write what we cannot."""
    moves = unwritable(path) is not None
    return lambda _idle: moves


def copy(path: Path, place: Path) -> None:
    """A copy of a database as of one instant, also of one that others write to."""
    with (
        closing(connect(path, synchronous="FULL")) as source,
        closing(sqlite3.connect(place)) as copied,
    ):
        source.backup(copied)


@contextmanager
def writable_home(home: Path, file: str) -> Generator[Path]:
    """The home, or, where nothing can be written there, a folder that ends with the block and begins with a copy.

    For a file that can be made again: of one that cannot be read there is no copy.
    """
    if unwritable(home / file) is None:
        yield home
        return
    with TemporaryDirectory(prefix="caseledger-") as folder:
        with suppress(sqlite3.Error, OSError):
            copy(home / file, Path(folder, file))
        yield Path(folder)


def create(path: Path, migrations: tuple[Migration, ...], *, meta: dict[str, str]) -> None:
    """Makes a file with all migrations applied, under its final name once it is durable."""
    place = path.name
    with Translated(place, sqlite3.Error, OSError):
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        lock = writer_lock(path.parent)
        with closing(lock), lock:
            refuse_maintenance(path.parent)
            if path.exists():
                raise Refusal(
                    f"{place} is already there: choose another folder, or use the ledger in it.",
                    rule="one-ledger-a-home",
                )
            unfinished = path.with_name(f"{place}.unfinished")
            take_away(unfinished)
            os.close(os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
            with closing(connect(unfinished, synchronous="FULL")) as connection:
                connection.execute("BEGIN IMMEDIATE")
                _apply(connection, migrations)
                connection.executemany("INSERT INTO meta (name, value) VALUES (?, ?)", meta.items())
                connection.execute("COMMIT")
                connection.execute("PRAGMA journal_mode = WAL")
            unfinished.replace(path)
            make_durable(path.parent)


def make_ready(
    path: Path, migrations: tuple[Migration, ...], *, examining: bool = False
) -> tuple[str, ...]:
    """Refuses a file that is missing, not a ledger's, damaged or newer; migrates an older one.

    Tables and triggers that are gone, altered or not ours are refused too, or answered if it is to be examined.
    """
    place = path.name
    with Translated(place, sqlite3.Error, OSError, UnicodeDecodeError):
        refuse_maintenance(path.parent)
        _refuse_foreign(path)
        with closing(connect(path, synchronous="FULL")) as connection:
            if _pending(connection, migrations, place=place):
                if (refused := unwritable(path)) is not None:
                    raise LedgerUnavailable(refused)
                lock = writer_lock(path.parent)
                with closing(lock), lock:
                    connection.execute("BEGIN IMMEDIATE")
                    _apply(connection, _pending(connection, migrations, place=place))
                    connection.execute("COMMIT")
            altered = _altered(connection, migrations)
            if altered and not examining:
                raise IntegrityFailure(
                    f"{place} lacks {', '.join(altered)}, has it changed, or should not have it: stop, keep the "
                    "file, run `caseledger verify`, and restore it from a backup."
                )
            if path.stat().st_size <= _CHECKED_WHOLE_UPTO_BYTES:
                _refuse_damaged(connection, place=place)
            return altered


class Files:
    """The files of a database that is open: what is written once one of them was taken away would be lost.

    SQLite goes on writing to a file whose name is gone, and nobody opens that one again.
    """

    def __init__(self, path: Path) -> None:
        """Asked of a database that somebody has read: only then are its log and its index there."""
        self._place = path.name
        target = path.resolve()  # the log lies beside the file itself, not beside a link to it
        names = (str(path), f"{target}-wal", f"{target}-shm")
        there = names if unwritable(path) is None else ()
        self._known = [(name, _identity(name)) for name in there]

    def refuse_others(self) -> None:
        """StartAgain where one of them is another by now; OSError where the database itself is not there."""
        for name, known in self._known:
            try:
                same = _identity(name) == known
            except FileNotFoundError:
                if name is self._known[0][0]:
                    raise
                same = False
            if not same:
                raise StartAgain(
                    f"{self._place} was replaced while it was open, and nothing was recorded: start again."
                )


def _identity(name: str) -> tuple[int, int]:
    found = os.stat(name)
    return found.st_dev, found.st_ino


def refuse_maintenance(home: Path) -> None:
    """LedgerUnavailable while the home is being restored, migrated or otherwise worked on."""
    refuse_marked(str(home / MAINTENANCE))


def refuse_marked(mark: str) -> None:
    """The same, given the path of the mark: a writer looks before every batch."""
    if os.access(mark, os.F_OK):
        reason = Path(mark).read_text(encoding="utf-8", errors="replace").strip()
        raise maintenance(reason)


def mark_maintenance(home: Path, reason: str) -> None:
    """Puts the mark durably; it stays until it is taken away, even if this process dies."""
    with (home / MAINTENANCE).open("w", encoding="utf-8") as mark:
        mark.write(reason)
        mark.flush()
        os.fsync(mark.fileno())
    make_durable(home)


def end_maintenance(home: Path) -> None:
    """Takes the mark away."""
    (home / MAINTENANCE).unlink(missing_ok=True)
    make_durable(home)


def sweep(connection: sqlite3.Connection, *, place: str) -> None:
    """Writes a file anew without its free pages and cuts its write-ahead log: nothing deleted is left in either.

    NotSwept while a reader of an older state keeps the log from being cut, and where there is no room for all of it
    once more.
    """
    try:
        connection.execute("VACUUM")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_FULL:
            raise
        raise no_room_to_sweep(place) from error
    busy, _, _ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    if busy:
        raise NotSwept(
            f"Somebody who reads keeps {place} from being swept of what was erased: let them end, and try "
            "again."
        )


def meta(connection: sqlite3.Connection, name: str) -> str | None:
    """What the table `meta` says under a name."""
    row = connection.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
    return None if row is None else row[0]


def _refuse_foreign(path: Path) -> None:
    if not path.exists() and path.with_name(_LEDGER).exists():
        raise vaults.missing()
    if not path.exists():
        raise LedgerUnavailable(
            f"There is no {path.name} in {path.parent}: run `caseledger init`, or name the folder "
            "of the ledger in CASELEDGER_HOME."
        )
    with path.open("rb") as file:
        if file.read(len(_HEADER)) != _HEADER:
            raise not_a_database(path.name)


def _pending(
    connection: sqlite3.Connection, migrations: tuple[Migration, ...], *, place: str
) -> tuple[Migration, ...]:
    if connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'meta'").fetchone() is None:
        raise not_a_database(place)
    return pending(meta(connection, SCHEMA_VERSION), migrations, place=place)


def _apply(connection: sqlite3.Connection, migrations: tuple[Migration, ...]) -> None:
    for migration in migrations:
        for statement in migration.statements:
            connection.execute(statement)
        connection.execute(
            "INSERT INTO meta (name, value) VALUES (?, ?) "
            "ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            (SCHEMA_VERSION, str(migration.version)),
        )


def _altered(connection: sqlite3.Connection, migrations: tuple[Migration, ...]) -> tuple[str, ...]:
    """What is not there as it was made: a trigger that is gone refuses nothing.

    And each trigger that is none of ours: it may keep what is to be erased, or drop what is recorded.
    """
    ours, here = _shape_by(migrations), _shape(connection)
    foreign = {name for name, _, kind in here - ours if kind == "trigger"}
    return tuple(sorted(foreign | {name for name, _, _ in ours - here}))


@cache
def _shape_by(migrations: tuple[Migration, ...]) -> frozenset[tuple[str, str, str]]:
    """What a database is once all of these are applied to an empty one."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as made:
        _apply(made, migrations)
        return _shape(made)


def _shape(connection: sqlite3.Connection) -> frozenset[tuple[str, str, str]]:
    statement = "SELECT name, sql, type FROM sqlite_schema WHERE sql IS NOT NULL"
    return frozenset(connection.execute(statement).fetchall())


def _refuse_damaged(connection: sqlite3.Connection, *, place: str) -> None:
    found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    if found != "ok":
        raise IntegrityFailure(
            f"{place} is damaged ({found}): stop, keep the files, and run `caseledger verify`."
        )
