"""What mail leaves beside the ledger: what was set aside with its reason, and who wrote in the last hour."""

from __future__ import annotations

import sqlite3
from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from uuid import UUID

import orjson

from ledger.durable_files import make_durable, make_folder, write_durably
from ledger.errors import InvalidCommand, LedgerUnavailable
from ledger.times import instant, stamp

SET_ASIDE = "set-aside"
_HOUR = timedelta(hours=1)
_KEPT_HOURS = 48
"""Mail can be late: who wrote is counted by when it came, not by when it was read."""


@dataclass(frozen=True, slots=True)
class SetAside:
    """A mail that was not taken in, why, and since when it lies there.

    `gone`: only what was said of it is there. It was taken in by somebody who died at it, or it is lost.
    """

    item_id: UUID
    reason: str
    digest: str
    size_bytes: int
    source: str
    since_at: datetime
    file: str
    gone: bool = False


class AsideFolder:
    """Mail that was not taken in, whole and with its reason, until somebody deals with it."""

    def __init__(self, home: Path) -> None:
        self._folder = home / SET_ASIDE

    def put(self, item_id: UUID, raw: bytes, *, reason: str, source: str, at: datetime) -> None:
        """Keeps a mail durably; the same one again stays as it is."""
        told = self._told(item_id)
        if told.exists() and self._mail(item_id).exists():
            return
        make_folder(self._folder)
        write_durably(self._mail(item_id), raw)
        said = {
            "digest": sha256(raw).hexdigest(),
            "reason": reason,
            "since_at": stamp(at),
            "size_bytes": len(raw),
            "source": source,
        }
        write_durably(told, orjson.dumps(said, option=orjson.OPT_INDENT_2) + b"\n")

    def take_away(self, item_id: UUID) -> None:
        """Lets go of a mail that has been taken in after all: of the mail first, so that none is left unlisted."""
        there = [each for each in (self._mail(item_id), self._told(item_id)) if each.exists()]
        for each in there:
            each.unlink(missing_ok=True)
        if there:
            make_durable(self._folder)

    def read(self, item_id: UUID) -> bytes:
        """A mail that was set aside; InvalidCommand if there is none of this id."""
        try:
            return self._mail(item_id).read_bytes()
        except FileNotFoundError as error:
            if self._told(item_id).exists():
                raise InvalidCommand(
                    f"The mail {item_id} was set aside and is gone: put {self._mail(item_id)} back from a backup, or "
                    "delete the .json beside it."
                ) from error
            raise InvalidCommand(
                f"No mail {item_id} is set aside: see `caseledger set-aside`."
            ) from error

    def __iter__(self) -> Iterator[SetAside]:
        """What lies there, the oldest first."""
        found: list[SetAside] = []
        for path in self._folder.glob("*.json"):
            try:
                mail, said = self._mail(UUID(path.stem)), orjson.loads(path.read_bytes())
                gone = not mail.exists()
                if gone and not path.exists():  # taken in after all, just now
                    continue
                found.append(
                    SetAside(
                        UUID(path.stem), said["reason"], said["digest"], said["size_bytes"],
                        said["source"], instant(said["since_at"]), str(mail), gone,
                    )
                )  # fmt: skip
            except FileNotFoundError:  # taken in after all, just now
                continue
            except (ValueError, KeyError, TypeError) as error:
                raise LedgerUnavailable(
                    f"{path} cannot be read: put it right, or move it and its mail elsewhere."
                ) from error
        yield from sorted(found, key=lambda each: (each.since_at, each.item_id))

    def _mail(self, item_id: UUID) -> Path:
        return self._folder / f"{item_id}.eml"

    def _told(self, item_id: UUID) -> Path:
        return self._folder / f"{item_id}.json"


class Arrivals:
    """How much mail came of whom, and on which case, in the hour before a moment: for limits, and no evidence.

    Whoever is counted is named by a keyed digest. The file can be deleted at any time.
    """

    def __init__(self, home: Path) -> None:
        self._path = home / "mail-arrivals.db"

    def note(self, mail_id: UUID, whom: frozenset[bytes], at: datetime) -> None:
        """Counts a mail, once, for each of these."""
        with self._connected() as connection:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute(
                "DELETE FROM arrivals WHERE at < ?",
                (_seconds(at - _KEPT_HOURS * _HOUR),),
            )
            connection.executemany(
                "INSERT OR IGNORE INTO arrivals (whom, mail, at) VALUES (?, ?, ?)",
                [(each, mail_id.bytes, _seconds(at)) for each in whom],
            )
            connection.execute("COMMIT")

    def count(self, whom: bytes, at: datetime) -> int:
        """How many were counted for somebody in the hour before."""
        with self._connected() as connection:
            (found,) = connection.execute(
                "SELECT count(*) FROM arrivals WHERE whom = ? AND at > ? AND at <= ?",
                (whom, _seconds(at - _HOUR), _seconds(at)),
            ).fetchone()
        return found

    @contextmanager
    def _connected(self) -> Generator[sqlite3.Connection]:
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._path.touch(mode=0o600)
        try:
            with closing(
                sqlite3.connect(self._path, isolation_level=None, timeout=30)
            ) as connection:
                connection.execute(
                    "CREATE TABLE IF NOT EXISTS arrivals (whom BLOB, mail BLOB, at INTEGER, "
                    "PRIMARY KEY (whom, mail)) WITHOUT ROWID"
                )
                yield connection
        except sqlite3.Error as error:
            raise LedgerUnavailable(
                f"{self._path} cannot be used ({error}): delete it, it holds the last hours' counts alone."
            ) from error


def _seconds(at: datetime) -> int:
    return int(at.timestamp())
