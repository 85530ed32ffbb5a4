"""Errors of files, SQLite and PostgreSQL become the ledger's own, in this one place.

Each sentence says what happened and what to do. An error that is none of these is a defect of ours
and passes as it is.
"""

from __future__ import annotations

import errno
import os
import re
import sqlite3
from types import TracebackType

from ledger.errors import (
    DiskFull,
    IntegrityFailure,
    LedgerError,
    LedgerUnavailable,
    NotPermitted,
    NotSwept,
    OutcomeUnknown,
    ReadAlone,
)

APPEND_ONLY = "CL001"
"""SQLSTATE raised by our PostgreSQL triggers: what is recorded is never changed."""
MAINTENANCE = "CL002"
"""SQLSTATE raised by our PostgreSQL functions while the ledger is under maintenance."""
CONTRADICTION = "CL003"
"""SQLSTATE raised by our PostgreSQL functions for what contradicts what is recorded."""

_OTHER_TABLES = re.compile("^no such table|already exists$")
"""Of tables that are not those that a file says it has."""


class Translated:
    """A block inside which errors of `kinds` about `place` leave as the ledger's own.

    `place` is a noun for sentences, such as a file's name. One object serves any number of blocks,
    in any thread.
    """

    __slots__ = ("_kinds", "_place")
    _kinds: tuple[type[Exception], ...]

    def __init__(self, place: str, *kinds: type[Exception]) -> None:
        self._place = place
        self._kinds = kinds

    def __enter__(self) -> None:
        return None

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if isinstance(error, self._kinds):
            translated = translate(error, place=self._place)
            if translated is not None:
                raise translated from error


def translate(error: Exception, *, place: str) -> LedgerError | None:
    """The ledger's own error for one of a file or a driver, if it is a known one."""
    match error:
        case sqlite3.Error():
            return _of_sqlite(error, place=place)
        case OSError():
            return _of_file(error, place=place)
        case UnicodeDecodeError():  # SQLite names what is damaged by what stands there
            return _damaged(place)
        case _ if hasattr(error, "sqlstate"):  # psycopg, which is imported only where it is used
            return _of_postgresql(error, place=place)
        case _:
            return None


def maintenance(reason: str) -> LedgerUnavailable:
    """The refusal while a ledger is being restored, migrated or otherwise worked on."""
    return LedgerUnavailable(
        f"The ledger is under maintenance ({reason.rstrip('.')}), and nothing was recorded: wait until that is "
        "done, and if it failed, run it again."
    )


def no_room_to_sweep(place: str) -> NotSwept:
    """What is said where the disk is too full to write a file or a table anew."""
    return NotSwept(
        f"The disk has no room for {place} to be written anew without what was erased: free as much as it takes "
        "once more, and try again."
    )


def read_alone(place: str) -> ReadAlone:
    """What is said of a database that takes no writes."""
    return ReadAlone(
        f"{place} cannot be written, and nothing was recorded: it is a standby, or set to be read alone; name "
        "the server that takes writes, or let this one, then ask again."
    )


def not_permitted(place: str) -> NotPermitted:
    """What is said of a file that lies there as it should, for another account than this one."""
    return NotPermitted(
        f"{place} may not be read or written by the account that runs this, and nothing was recorded: run it as the "
        "account to which the ledger belongs (`sudo -u ACCOUNT`), or let its files be given to yours (`chown`)."
    )


def outcome_unknown(place: str) -> OutcomeUnknown:
    """What a caller hears whose entries were on their way to the disk when the connection or the disk failed."""
    return OutcomeUnknown(
        f"{place} does not answer any more, and what was asked may be on record or not: check the server "
        "and the disk, then ask again with the same command id, which answers with the receipt if it is."
    )


def _of_sqlite(error: sqlite3.Error, *, place: str) -> LedgerError | None:
    code = getattr(error, "sqlite_errorcode", None)
    if code == sqlite3.SQLITE_CONSTRAINT_TRIGGER:
        return IntegrityFailure(
            f"{place} refused it ({error}), and nothing was recorded: run `caseledger verify`."
        )
    if code == sqlite3.SQLITE_IOERR_SHMSIZE:  # there is no room for the index of a write-ahead log
        return DiskFull()
    match code & 0xFF if code is not None else None:
        case sqlite3.SQLITE_FULL:
            return DiskFull()
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return LedgerUnavailable(
                f"Another program holds {place}, and nothing was recorded: close it and try again."
            )
        case sqlite3.SQLITE_IOERR:
            return LedgerUnavailable(
                f"{place} could not be read or written, and nothing was recorded: "
                "check the disk and try again."
            )
        case sqlite3.SQLITE_CANTOPEN:
            return _nothing_opens(place) or _cannot_open(place)
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM | sqlite3.SQLITE_AUTH:
            return _not_writable(place)
        case sqlite3.SQLITE_CORRUPT:
            return _damaged(place)
        case sqlite3.SQLITE_NOTADB:
            return not_a_database(place)
        case sqlite3.SQLITE_CONSTRAINT:
            return _already_there(place)
        case None if "decode to UTF-8" in str(error):  # said by the module, not by SQLite
            return _damaged(place)
        case sqlite3.SQLITE_ERROR if _OTHER_TABLES.search(str(error)):
            return _damaged(place)
        case _:
            return None


def _of_postgresql(error: Exception, *, place: str) -> LedgerError | None:
    state: str | None = getattr(error, "sqlstate", None)
    said = str(getattr(getattr(error, "diag", None), "message_primary", None) or error)
    if state is None:
        lost = type(error).__name__ in _LOST_CONNECTION
        return _not_connected(place, said) if lost else None
    match state[:2], state:
        case _, "23505":
            return _already_there(place)
        case _, "53100":
            return DiskFull()
        case _, "25006":
            return read_alone(place)
        case _, "42501":
            return LedgerUnavailable(
                f"{place} may not be used by this account ({said}): let the account that owns the ledger say "
                "`caseledger roles`, which gives what is lacking, or ask its administrator."
            )
        case _, "42P01" | "3F000" | "42883":
            return _damaged(place)
        case "XX", "XX001" | "XX002":
            return _damaged(place)
        case _, code if code in (APPEND_ONLY, CONTRADICTION):
            return IntegrityFailure(
                f"{place} refused it ({said}), and nothing was recorded: run `caseledger verify`."
            )
        case _, code if code == MAINTENANCE:
            return maintenance(said)
        case _, "42P05" | "26000":
            return LedgerUnavailable(
                f"{place} is reached through a pooler that gives each transaction another session: give the address "
                "of the server itself, or let the pooler keep a session for each client."
            )
        case _, "53300":
            return _no_session_left(place)
        case "28" | "3D", _:
            return _not_let_in(place)
        case "08" | "57" | "53", _:
            return _unreachable(place)
        case "40" | "55", _:
            return LedgerUnavailable(
                f"Another program holds {place}, and nothing was recorded now: let it end, then ask "
                "again with the same command id."
            )
        case "58", _:
            return LedgerUnavailable(
                f"{place} could not be read or written, and nothing was recorded: "
                "check the database server's disk and try again."
            )
        case _:
            return None


_LOST_CONNECTION = frozenset({"OperationalError", "InterfaceError", "ConnectionTimeout"})
# Why there is no session the server says in words alone. In another language they are not known, and it is as if
# it did not answer.
_NO_MORE = re.compile(
    r"too many (clients|connections)|connection slots are reserved|no more connections allowed"
)
_NOT_LET_IN = re.compile(
    r"authentication failed|no password supplied|pg_hba|not permitted to log in|permission denied for database"
    r"|(role|database) \".*\" does not exist|not currently accepting connections"
)


def _not_connected(place: str, said: str) -> LedgerUnavailable:
    if _NO_MORE.search(said):
        return _no_session_left(place)
    return _not_let_in(place) if _NOT_LET_IN.search(said) else _unreachable(place)


def _of_file(error: OSError, *, place: str) -> LedgerError | None:
    match error.errno:
        case errno.ENOSPC | errno.EDQUOT:
            return DiskFull()
        case errno.EMFILE | errno.ENFILE | errno.ENOMEM:
            return LedgerUnavailable(
                f"{place} could not be opened, since too much is open or in memory, and nothing was recorded: ask "
                "again in a moment."
            )
        case errno.EACCES | errno.EPERM:
            return not_permitted(place)
        case errno.EROFS:
            return _not_writable(place)
        case errno.ENOENT | errno.ENOTDIR | errno.EISDIR:
            return _cannot_open(place)
        case errno.EIO:
            return LedgerUnavailable(
                f"{place} could not be read or written, and nothing was recorded: "
                "check the disk and try again."
            )
        case _:
            return None


def not_a_database(place: str) -> IntegrityFailure:
    """The refusal of a file that was something else, or was overwritten."""
    return IntegrityFailure(
        f"{place} is not a ledger's database: keep the file, and restore it from a backup."
    )


def _damaged(place: str) -> IntegrityFailure:
    return IntegrityFailure(
        f"{place} is damaged: stop, keep the files, and run `caseledger verify`."
    )


def _already_there(place: str) -> IntegrityFailure:
    return IntegrityFailure(
        f"{place} already holds a record under one of these keys, and nothing was recorded: "
        "run `caseledger verify`."
    )


def _nothing_opens(place: str) -> LedgerError | None:
    """Why SQLite could open nothing, where too much is open here: it says the same as of a file that is gone."""
    try:
        os.close(os.open(os.devnull, os.O_RDONLY))
    except OSError as error:
        return _of_file(error, place=place)
    return None


def _cannot_open(place: str) -> LedgerUnavailable:
    return LedgerUnavailable(
        f"{place} cannot be opened: check that it is there and that you may write to its folder."
    )


def _not_writable(place: str) -> LedgerUnavailable:
    return LedgerUnavailable(
        f"{place} cannot be written, and nothing was recorded: check the permissions and try again."
    )


def _unreachable(place: str) -> LedgerUnavailable:
    return LedgerUnavailable(
        f"{place} does not answer: check that the server runs and the address is right, then ask again."
    )


def _no_session_left(place: str) -> LedgerUnavailable:
    return LedgerUnavailable(
        f"{place} takes no more sessions now: end some of its clients, or let its administrator raise how many it "
        "and this account may have, then ask again."
    )


def _not_let_in(place: str) -> LedgerUnavailable:
    return LedgerUnavailable(
        f"{place} does not let this account in: check its name and password, and that the database is there and "
        "takes connections, then ask again."
    )
