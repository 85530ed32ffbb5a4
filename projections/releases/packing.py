"""A bag in a zip of stored files, written as it is made: the same files always give the same bytes.

Nothing is compressed: then nothing can swell where it is read, the bytes do not depend on the version of
a compressor, and every byte is either a file's own or what it must be.
"""

from __future__ import annotations

import binascii
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from hashlib import sha256
from typing import NamedTuple

from stream_zip import NO_COMPRESSION_32, stream_zip

from ledger.errors import InvalidCommand

BASE = "release/"
DECLARATION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
MOST_FILES = 65_000
MOST_BYTES = 4_000_000_000
_AT = datetime(1980, 1, 1)  # noqa: DTZ001 - the first time that a zip can say, in no zone
_MODE = 0o644


class File(NamedTuple):
    """A file of a bag: its path below it, and its bytes."""

    name: str
    content: bytes


def packed_bag(
    payload: Iterable[File], tags: Iterable[File], *, bagged_on: date
) -> Iterator[bytes]:
    """The zip of a bag of these files, in their order, with its manifests at the end.

    InvalidCommand once it grows beyond what a zip of this form can hold.
    """
    yield from stream_zip(
        (
            (
                f"{BASE}{name}",
                _AT,
                _MODE,
                NO_COMPRESSION_32(len(content), binascii.crc32(content)),
                (content,),
            )
            for name, content in _files(payload, tags, bagged_on)
        ),
        extended_timestamps=False,
    )


def _files(payload: Iterable[File], tags: Iterable[File], bagged_on: date) -> Iterator[File]:
    listed: list[str] = []
    tagged: list[str] = []
    size = 0

    def tag(name: str, content: bytes) -> File:
        tagged.append(_line(name, content))
        return File(name, content)

    yield tag("bagit.txt", DECLARATION)
    for each in payload:
        size += len(each.content)
        listed.append(_line(each.name, each.content))
        if size > MOST_BYTES or len(listed) > MOST_FILES:
            raise InvalidCommand("The release is too large for one bundle: split its scope.")
        yield each
    for each in tags:
        yield tag(each.name, each.content)
    yield tag("bag-info.txt", bag_info(size, len(listed), bagged_on))
    yield tag("manifest-sha256.txt", "".join(sorted(listed, key=_name_in)).encode())
    yield File("tagmanifest-sha256.txt", "".join(tagged).encode())


def bag_info(size: int, count: int, bagged_on: date) -> bytes:
    """What the bag says of itself."""
    return (
        f"Bag-Software-Agent: caseledger\nBagging-Date: {bagged_on.isoformat()}\n"
        f"Payload-Oxum: {size}.{count}\n"
    ).encode()


def _name_in(line: str) -> str:
    return line.partition("  ")[2]


def _line(name: str, content: bytes) -> str:
    return f"{sha256(content).hexdigest()}  {name}\n"
