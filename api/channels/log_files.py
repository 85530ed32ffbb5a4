"""Event log files as bytes: opened, unpacked, and told apart by what they hold, not their names."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import IO, Literal, TypeAlias, cast

from ledger.errors import InvalidCommand

LogForm: TypeAlias = Literal["xes", "csv"]
CHUNK_BYTES = 64 * 1024
_GZIP = b"\x1f\x8b"
_BOM = b"\xef\xbb\xbf"
_FOREIGN = {
    b"PK\x03\x04": "a zip archive: unpack it and give the log inside",
    b"PK\x05\x06": "an empty zip archive",
    b"SQLite format 3": "an SQLite database: export the log as XES or CSV first",
    b"BZh": "packed with bzip2: unpack it first",
    b"\xfd7zXZ": "packed with xz: unpack it first",
    b"\xff\xfe": "UTF-16 text: save it as UTF-8 first",
    b"\xfe\xff": "UTF-16 text: save it as UTF-8 first",
}


@contextmanager
def opened(path: Path) -> Iterator[IO[bytes]]:
    """The bytes of a file, unpacked if they are gzip; InvalidCommand if they cannot be read."""
    try:
        with path.open("rb") as raw:
            packed = raw.read(2) == _GZIP
            raw.seek(0)
            if packed:
                with gzip.GzipFile(fileobj=raw) as unpacked:
                    yield cast("IO[bytes]", unpacked)
            else:
                yield raw
    except EOFError as error:
        raise InvalidCommand(
            f"{path.name} ends in the middle: the gzip file was cut off; fetch it again."
        ) from error
    except (gzip.BadGzipFile, zlib.error) as error:
        raise InvalidCommand(f"{path.name} is damaged: {error}; fetch it again.") from error
    except IsADirectoryError as error:
        raise InvalidCommand(f"{path} is a folder: give the event log in it.") from error
    except FileNotFoundError as error:
        raise InvalidCommand(f"There is no file {path}.") from error
    except PermissionError as error:
        raise InvalidCommand(f"{path} may not be read by this user.") from error
    except OSError as error:
        raise InvalidCommand(f"{path} cannot be read: {error.strerror or error}.") from error


def form_of(path: Path) -> LogForm:
    """Whether a file is XES or CSV, from how it begins; anything else is refused by its name."""
    with opened(path) as stream:
        start = stream.read(4096)
    if not start.strip():
        raise InvalidCommand(f"{path.name} is empty.")
    if mark := next((each for each in _FOREIGN if start.startswith(each)), None):
        raise InvalidCommand(f"{path.name} is no event log as it is ({_FOREIGN[mark]}).")
    text = start.removeprefix(_BOM).lstrip()
    if text.startswith(b"<"):
        return "xes"
    if text.startswith((b"{", b"[")):
        raise InvalidCommand(f"{path.name} is JSON or TOML: an event log is read as XES or CSV.")
    if b"\0" in start:
        raise InvalidCommand(f"{path.name} is not text: an event log is read as XES or CSV.")
    return "csv"


def digest_of(path: Path) -> str:
    """The SHA-256 of a file's bytes as they lie there, in hexadecimal."""
    digest = sha256()
    with as_it_lies(path) as raw:
        while chunk := raw.read(CHUNK_BYTES):
            digest.update(chunk)
    return digest.hexdigest()


@contextmanager
def as_it_lies(path: Path) -> Iterator[IO[bytes]]:
    """A file's bytes without unpacking them."""
    try:
        with path.open("rb") as raw:
            yield raw
    except OSError as error:
        raise InvalidCommand(f"{path} cannot be read: {error.strerror or error}.") from error


Encoding = Literal["utf-8", "windows-1252", "iso-8859-1", "iso-8859-15"]


def as_text(stream: IO[bytes], encoding: Encoding = "utf-8") -> io.TextIOWrapper:
    """The text, its line ends as they are; bytes that stand for nothing in its encoding come as lone surrogates."""
    buffered = io.BufferedReader(cast("io.RawIOBase", stream), CHUNK_BYTES)
    read_as = "utf-8-sig" if encoding == "utf-8" else encoding
    return io.TextIOWrapper(buffered, read_as, errors="surrogateescape", newline="")


def is_text(value: str) -> bool:
    """Whether a value that was read by `as_text` was valid in its encoding, without a NUL."""
    if "\0" in value:
        return False
    return value.isascii() or not any("\udc80" <= letter <= "\udcff" for letter in value)
