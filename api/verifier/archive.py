"""A zip of stored files in its one form: every byte of it is either a file's own or exactly what it must be.

Nothing in it is compressed, so nothing can swell when it is read; nothing lies between its parts or after
them; no name leaves the folder. A zip of any other form is refused before anything of it is believed.
"""

from __future__ import annotations

import binascii
import re
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import BinaryIO

from api.verifier.failures import NotProven

CHUNK = 1 << 20
_LOCAL = struct.Struct("<4sHHHHHIIIHH")
_CENTRAL = struct.Struct("<4sHHHHHHIIIHHHHHII")
_END = struct.Struct("<4sHHHHIIH")
_MADE_BY, _VERSION, _FLAGS, _STORED, _TIME, _DATE = 0x0314, 20, 0x0800, 0, 0, 0x0021
_MODE = 0o644 << 16
_LONGEST_NAME = 200
_NAME = re.compile(r"(?:[A-Za-z0-9_-][A-Za-z0-9._-]*/)*[A-Za-z0-9_-][A-Za-z0-9._-]*")
_WHERE = "the zip file"


@dataclass(frozen=True, slots=True)
class _Place:
    at: int
    size: int
    crc: int


class Archive:
    """The files of a strict zip, by name, in the order in which they lie there."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._places = _places(file)

    def names(self) -> list[str]:
        """Every file in it."""
        return list(self._places)

    def size(self, name: str) -> int:
        """How many bytes a file has."""
        return self._places[name].size

    def chunks(self, name: str) -> Iterator[bytes]:
        """A file's bytes, a stretch at a time."""
        place = self._places[name]
        self._file.seek(place.at)
        left, crc = place.size, 0
        while left:
            found = self._file.read(min(left, CHUNK))
            if not found:
                raise _refused("It is cut off.")
            left -= len(found)
            crc = binascii.crc32(found, crc)
            yield found
        if crc != place.crc:
            raise NotProven("Its bytes are not those that were packed.", step=0, where=name)


def _refused(sentence: str) -> NotProven:
    return NotProven(sentence, step=0, where=_WHERE)


def _places(file: BinaryIO) -> Mapping[str, _Place]:
    """Where each file lies, from the front to the end, each header compared with the only one it may have."""
    length = file.seek(0, 2)
    if length < _END.size:
        raise _refused("It is no zip file, or cut off.")
    file.seek(length - _END.size)
    end = _END.unpack(file.read(_END.size))
    _, _, _, _, count, central_size, central_at, _ = end
    if end != (b"PK\x05\x06", 0, 0, count, count, central_size, central_at, 0):
        raise _refused(
            "It does not end as a release does: it is cut off, or something was added to it."
        )
    if central_at + central_size + _END.size != length:
        raise _refused("It has more or less in it than it says.")
    file.seek(central_at)
    central = file.read(central_size)
    found: dict[str, _Place] = {}
    listed = 0
    at = 0
    for _ in range(count):
        name, place, header = _local(file, at, central_at)
        if name in found:
            raise _refused("Two files in it have one name.")
        found[name] = place
        expected = _central(header, at)
        if central[listed : listed + len(expected)] != expected:
            raise _refused("What it lists is not what lies in it.")
        listed += len(expected)
        at = place.at + place.size
    if at != central_at or listed != central_size:
        raise _refused("Something lies in it that it does not list.")
    if len({name.casefold() for name in found}) < len(found):
        raise _refused("Two names in it differ in nothing but capitals.")
    return found


def _local(file: BinaryIO, at: int, ends: int) -> tuple[str, _Place, tuple[int, int, bytes]]:
    """The file whose header lies here."""
    file.seek(at)
    raw = file.read(_LOCAL.size)
    if len(raw) < _LOCAL.size or at + _LOCAL.size > ends:
        raise _refused("It is cut off.")
    header = _LOCAL.unpack(raw)
    method, crc, packed, size, named = header[3], *header[6:10]
    if method != _STORED or packed != size:
        raise _refused("A file in it is compressed, which nothing in a release is.")
    if header != (
        b"PK\x03\x04", _VERSION, _FLAGS, _STORED, _TIME, _DATE, crc, size, size, named, 0,
    ):  # fmt: skip
        raise _refused("A file in it is packed in another way than those of a release.")
    name = _safe(file.read(min(named, _LONGEST_NAME + 1)))
    begins = at + _LOCAL.size + named
    if begins + size > ends:
        raise _refused("A file in it is cut off.")
    return name, _Place(begins, size, crc), (crc, size, name.encode())


def _safe(raw: bytes) -> str:
    name = raw.decode("ascii", errors="replace")
    if not _NAME.fullmatch(name) or len(name) > _LONGEST_NAME or ".." in name:
        raise _refused("A name in it leads out of the folder, or is none that a release has.")
    return name


def _central(header: tuple[int, int, bytes], at: int) -> bytes:
    """The one entry of the list at the end that a file may have."""
    crc, size, name = header
    return (
        _CENTRAL.pack(
            b"PK\x01\x02", _MADE_BY, _VERSION, _FLAGS, _STORED, _TIME, _DATE, crc, size, size,
            len(name), 0, 0, 0, 0, _MODE, at,
        )
        + name
    )  # fmt: skip
