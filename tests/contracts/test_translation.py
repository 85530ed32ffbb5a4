"""Errors of drivers and files reach people as one sentence that says what to do."""

from __future__ import annotations

import errno
import resource
import sqlite3
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from ledger.errors import IntegrityFailure, LedgerError, LedgerUnavailable, NotPermitted
from ledger.store.translation import Translated
from tests.servers.postgresql import SUPERUSER, PostgresqlServer

PLACE = Translated("The place", sqlite3.Error, psycopg.Error, OSError)


def sqlite_error(code: int) -> sqlite3.Error:
    """An error as SQLite's driver raises it."""
    error = sqlite3.OperationalError("said by SQLite")
    error.sqlite_errorcode = code
    return error


def not_text() -> sqlite3.Error:
    """What the module says of text that is none, which has no code of SQLite."""
    with closing(sqlite3.connect(":memory:")) as connection, pytest.raises(sqlite3.Error) as found:
        connection.execute("SELECT CAST(x'ff' AS TEXT)").fetchall()
    return found.value


@pytest.mark.parametrize(
    ("error", "becomes", "sentence"),
    [
        (sqlite_error(sqlite3.SQLITE_FULL), LedgerUnavailable, "disk is full"),
        (sqlite_error(sqlite3.SQLITE_IOERR_SHMSIZE), LedgerUnavailable, "disk is full"),
        (sqlite_error(sqlite3.SQLITE_BUSY_SNAPSHOT), LedgerUnavailable, "holds The place"),
        (sqlite_error(sqlite3.SQLITE_IOERR_FSYNC), LedgerUnavailable, "check the disk"),
        (sqlite_error(sqlite3.SQLITE_CANTOPEN), LedgerUnavailable, "cannot be opened"),
        (sqlite_error(sqlite3.SQLITE_READONLY_DBMOVED), LedgerUnavailable, "cannot be written"),
        (sqlite_error(sqlite3.SQLITE_CORRUPT_INDEX), IntegrityFailure, "is damaged"),
        (not_text(), IntegrityFailure, "is damaged"),
        (sqlite_error(sqlite3.SQLITE_NOTADB), IntegrityFailure, "not a ledger's database"),
        (sqlite_error(sqlite3.SQLITE_CONSTRAINT_UNIQUE), IntegrityFailure, "already holds"),
        (sqlite_error(sqlite3.SQLITE_CONSTRAINT_TRIGGER), IntegrityFailure, "refused"),
        (OSError(errno.ENOSPC, "full"), LedgerUnavailable, "disk is full"),
        (PermissionError(errno.EACCES, "denied"), NotPermitted, "`sudo -u ACCOUNT`"),
        (FileNotFoundError(errno.ENOENT, "gone"), LedgerUnavailable, "cannot be opened"),
        (OSError(errno.EMFILE, "too many"), LedgerUnavailable, "in a moment"),
        (OSError(errno.EIO, "broken"), LedgerUnavailable, "check the disk"),
        (psycopg.errors.DiskFull(), LedgerUnavailable, "disk is full"),
        (psycopg.errors.UniqueViolation(), IntegrityFailure, "already holds"),
        (psycopg.errors.DataCorrupted(), IntegrityFailure, "is damaged"),
        (psycopg.errors.UndefinedTable(), IntegrityFailure, "is damaged"),
        (psycopg.errors.ReadOnlySqlTransaction(), LedgerUnavailable, "is a standby, or set"),
        (psycopg.errors.InsufficientPrivilege(), LedgerUnavailable, "its administrator"),
        (psycopg.errors.InvalidPassword(), LedgerUnavailable, "does not let this account in"),
        (psycopg.errors.InvalidCatalogName(), LedgerUnavailable, "the database is there"),
        (psycopg.errors.AdminShutdown(), LedgerUnavailable, "does not answer"),
        (psycopg.errors.TooManyConnections(), LedgerUnavailable, "no more sessions"),
        (psycopg.errors.DuplicatePreparedStatement(), LedgerUnavailable, "through a pooler"),
        (psycopg.errors.InvalidSqlStatementName(), LedgerUnavailable, "through a pooler"),
        (psycopg.errors.LockNotAvailable(), LedgerUnavailable, "holds The place"),
        (psycopg.errors.IoError(), LedgerUnavailable, "server's disk"),
        (psycopg.OperationalError("connection lost"), LedgerUnavailable, "does not answer"),
        (psycopg.InterfaceError("connection closed"), LedgerUnavailable, "does not answer"),
    ],
)
def test_an_error_becomes_a_sentence_and_keeps_its_cause(
    error: Exception, becomes: type[LedgerError], sentence: str
) -> None:
    with pytest.raises(becomes, match=sentence) as translated, PLACE:
        raise error
    assert translated.value.__cause__ is error


def not_connected(url: str) -> str:
    """What somebody hears who comes to a database in vain: of no command, since a board or `init` comes so too."""
    with pytest.raises(LedgerUnavailable) as told, PLACE:
        psycopg.connect(url)
    assert "command id" not in str(told.value)
    return str(told.value)


def test_why_a_server_gives_no_session_is_told_though_it_says_so_in_words_alone(
    server: PostgresqlServer, postgresql_url: str
) -> None:
    """Before, a server that answers was said not to, and nobody was sent to its limits or to the account."""
    with psycopg.connect(server.url(), autocommit=True) as administrator:
        administrator.execute("CREATE ROLE guest LOGIN CONNECTION LIMIT 0")
        guest = postgresql_url.replace(f"{SUPERUSER}@", "guest@")
        assert "takes no more sessions now" in not_connected(guest)
        administrator.execute("ALTER ROLE guest NOLOGIN")
        assert "does not let this account in" in not_connected(guest)
        administrator.execute("DROP ROLE guest")
        assert "does not let this account in" in not_connected(guest)
    assert "that the database is there" in not_connected(server.url("nowhere"))
    assert "does not answer" in not_connected("postgresql://127.0.0.1:1/nowhere")


@pytest.mark.parametrize(
    "defect",
    [
        sqlite3.ProgrammingError("wrong number of bindings"),
        psycopg.errors.SyntaxError(),
        ZeroDivisionError(),
        OSError(errno.EBADF, "a defect"),
    ],
)
def test_a_defect_of_ours_is_not_dressed_up(defect: Exception) -> None:
    with pytest.raises(type(defect)) as raised, PLACE:
        raise defect
    assert raised.value is defect


def test_where_too_much_is_open_nobody_is_sent_to_look_for_a_file(tmp_path: Path) -> None:
    """Before, whoever had reached its limit of open files was told to check that ledger.db is there."""
    file = tmp_path / "ledger.db"
    sqlite3.connect(file).close()
    limits = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, limits[1]))
    try:
        with pytest.raises(LedgerUnavailable, match="too much is open"), PLACE:
            sqlite3.connect(file).execute("SELECT 1 FROM sqlite_schema")
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, limits)


def test_a_refusal_inside_the_block_passes_as_it_is() -> None:
    refusal = LedgerUnavailable("as it was said")
    with pytest.raises(LedgerUnavailable) as raised, PLACE:
        raise refusal
    assert raised.value is refusal
