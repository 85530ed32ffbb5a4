"""Where mail lies: standard input, a Maildir, an mbox; each hands over messages and hears when one is done."""

from __future__ import annotations

import fcntl
import os
import re
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import IO

import orjson

from api.channels.mail.intake import Came, TooLarge
from api.channels.mail.parsing import LARGEST_BYTES
from api.channels.mail.taking import Waiting
from ledger.durable_files import write_durably
from ledger.errors import InvalidCommand, LedgerUnavailable

KEPT_BYTES = 4 * LARGEST_BYTES
"""What is larger is not even set aside: it stays where it is, and the report says so."""
_SEEN = ":2,S"
_CHUNK = 1024 * 1024
_QUOTED_FROM = re.compile(rb"^>(>*From )", re.MULTILINE)


def from_stream(stream: IO[bytes]) -> Iterator[Waiting]:
    """The one message on a stream, such as standard input."""
    raw = stream.read(KEPT_BYTES + 1)
    if len(raw) > KEPT_BYTES:
        raise InvalidCommand(too_large("What stands on standard input"))
    if not raw.strip():
        raise InvalidCommand("Nothing stands on standard input: give a message, or name a source.")
    yield Waiting(Came(raw, "stdin"))


def from_maildir(folder: Path) -> Iterator[Waiting]:
    """The new messages of a Maildir, the oldest first; one that is done is moved to `cur`, as seen."""
    new, cur = folder / "new", folder / "cur"
    if not new.is_dir() or not cur.is_dir():
        raise InvalidCommand(f"{folder} is no Maildir: it has no folders `new` and `cur` in it.")
    for path in _by_arrival(new):
        try:
            yield _of_file(path, cur)
        except FileNotFoundError:  # another run has taken it meanwhile
            continue


def _by_arrival(new: Path) -> list[Path]:
    found: list[tuple[int, str, Path]] = []
    for path in new.iterdir():
        with suppress(FileNotFoundError):
            found.append((path.stat().st_mtime_ns, path.name, path))
    return [path for *_, path in sorted(found) if not path.name.startswith(".") and path.is_file()]


def _of_file(path: Path, cur: Path) -> Waiting:
    stands = path.stat()
    if stands.st_size > KEPT_BYTES:
        return Waiting(TooLarge(too_large(str(path))))
    at = datetime.fromtimestamp(stands.st_mtime, UTC)
    seen = cur / f"{path.name}{_SEEN}"
    return Waiting(Came(path.read_bytes(), "maildir", at), done=_moved(path, seen))


def _moved(path: Path, seen: Path) -> Callable[[], None]:
    def done() -> None:
        try:
            path.rename(seen)
        except FileNotFoundError:
            if path.exists():  # else another run, which took it as well, has moved it
                raise

    return done


def from_mbox(file: Path, marks: Path) -> Iterator[Waiting]:
    """The messages of an mbox that were not taken before; how far it was taken is kept among the `marks`.

    The mark is believed while the last message before it is still there; otherwise the file is read from
    its beginning, which adds nothing twice.
    """
    mark = _Mark(marks, file)
    with _at_rest(file) as stream:
        for found in _messages(stream, start=mark.offset(stream)):
            if found.raw is None:
                yield Waiting(TooLarge(too_large(f"The message at byte {found.start} of {file}")))
            else:
                yield Waiting(Came(found.raw, "mbox"), done=mark.at(found))


@contextmanager
def _at_rest(file: Path) -> Generator[IO[bytes]]:
    """An mbox that nobody writes to meanwhile, as far as its writers lock it."""
    try:
        with file.open("rb") as stream:
            fcntl.lockf(stream, fcntl.LOCK_SH | fcntl.LOCK_NB)
            start = stream.readline()
            if start.strip() and not start.startswith(b"From "):
                raise InvalidCommand(
                    f"{file} is no mbox: its first line does not begin with `From `."
                )
            yield stream
    except FileNotFoundError as error:
        raise InvalidCommand(f"There is no file {file}.") from error
    except IsADirectoryError as error:
        raise InvalidCommand(f"{file} is a folder: if it is a Maildir, give --maildir.") from error
    except BlockingIOError as error:
        raise LedgerUnavailable(f"{file} is being written to: try again in a moment.") from error


@dataclass(frozen=True, slots=True)
class _Found:
    """A message of an mbox: where it stands, the digest of these bytes, and what was put there; None for too much."""

    start: int
    end: int
    digest: str
    raw: bytes | None


def _messages(stream: IO[bytes], *, start: int) -> Iterator[_Found]:
    """Each message with where it stands; an mbox parts them by lines that begin with `From `."""
    stream.seek(start)
    held: list[bytes] = []
    began = place = start
    blank = fresh = True
    while line := stream.readline(_CHUNK):
        if fresh and blank and line.startswith(b"From ") and held:
            yield _found(began, place, held)
            held, began = [], place
        if place - began <= KEPT_BYTES:
            held.append(line)
        place += len(line)
        blank = fresh and not line.strip()
        fresh = line.endswith(b"\n")
    if any(line.strip() for line in held):
        yield _found(began, place, held)


def _found(start: int, end: int, lines: list[bytes]) -> _Found:
    stored = b"".join(lines)
    whole = end - start <= KEPT_BYTES
    inner = stored.partition(b"\n")[2] if stored.startswith(b"From ") else stored
    raw = _QUOTED_FROM.sub(rb"\1", inner.removesuffix(b"\n")) if whole else None
    return _Found(start, end, sha256(stored).hexdigest(), raw)


class _Mark:
    """How far an mbox was taken: the place and the digest of the last message that was."""

    def __init__(self, folder: Path, file: Path) -> None:
        name = sha256(os.fsencode(file.resolve())).hexdigest()[:32]
        self._path = folder / f"mbox-{name}.json"

    def offset(self, stream: IO[bytes]) -> int:
        """Where to go on; the beginning where the mark does not fit what is there."""
        try:
            said = orjson.loads(self._path.read_bytes())
            start, end, digest = said["start"], said["end"], said["digest"]
            stream.seek(start)
            there = sha256(stream.read(end - start)).hexdigest()
        except (OSError, ValueError, KeyError, TypeError):
            return 0
        return end if there == digest else 0

    def at(self, found: _Found) -> Callable[[], None]:
        """What keeps the mark after a message."""

        def done() -> None:
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            said = {"start": found.start, "end": found.end, "digest": found.digest}
            write_durably(self._path, orjson.dumps(said))

        return done


def too_large(what: str) -> str:
    """The sentence that says that something is too large to be read."""
    return f"{what} is larger than {KEPT_BYTES:,} bytes, so it was left there: move it elsewhere."
