"""One part of a backup: a zip whose last member, the manifest, says what it is and the SHA-256 of all others."""

from __future__ import annotations

import os
import struct
import zipfile
import zlib
from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import IO, Any, Literal, Self

import orjson
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from ledger.errors import IntegrityFailure, InvalidCommand, LedgerUnavailable
from ledger.times import Instant

FORMAT = 1
MANIFEST = "manifest.json"
Part = Literal["entries", "keys"]
_AT_ONCE = 1 << 20
_LARGEST_MANIFEST = 256 << 20
_DAMAGE = (
    *(zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError),
    *(RuntimeError, ValueError, KeyError, OverflowError),
)
"""What the standard library raises on one damaged byte or another, NotImplementedError for a method of packing that
it does not know."""


class Member(BaseModel):
    """A file of a backup: how long it is, and its digest."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    size: int = Field(ge=0)
    sha256: str = Field(pattern="[0-9a-f]{64}")


class Manifest(BaseModel):
    """What one part of a backup is: of which ledger, of which backup, as of which entry, and every file in it.

    Of the keys: `position` is an entry up to which every key is there, `epoch` that of the master key
    that opens them.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: int
    part: Part
    backup: str
    ledger_id: str = Field(pattern="[0-9a-f]{32}")
    store: Literal["sqlite", "postgresql"]
    position: int = Field(ge=0)
    epoch: int | None = None
    made_at: Instant
    made_by: str
    files: dict[str, Member]


class Packing:
    """A part that is being written."""

    def __init__(self, file: IO[bytes]) -> None:
        self._zip = zipfile.ZipFile(
            file, "w", zipfile.ZIP_DEFLATED, allowZip64=True, compresslevel=1
        )
        self.files: dict[str, Member] = {}

    def add(self, name: str, path: Path) -> None:
        """Takes in a file under a name."""
        digest, size = sha256(), 0
        with path.open("rb") as source, self._zip.open(name, "w", force_zip64=True) as member:
            while piece := source.read(_AT_ONCE):
                member.write(piece)
                digest.update(piece)
                size += len(piece)
        self.files[name] = Member(size=size, sha256=digest.hexdigest())

    def conclude(self, manifest: Manifest) -> None:
        """Writes the manifest, the last member."""
        self._zip.writestr(MANIFEST, orjson.dumps(manifest.model_dump(mode="json")))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._zip.close()


class Opened:
    """A part that is read: its manifest was understood, its files are checked as they are taken out."""

    def __init__(self, path: Path, archive: zipfile.ZipFile) -> None:
        self._path = path
        self._zip = archive
        self.manifest = self._read_manifest()

    def take_out(self, folder: Path) -> None:
        """Writes every file under a folder, durably; IntegrityFailure where one is not what it was."""
        for name, member in self.manifest.files.items():
            place = folder / name
            place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            with _damage_told(self._path), place.open("xb") as file:
                place.chmod(0o600)
                self._copy(name, member, file)
                file.flush()
                os.fsync(file.fileno())

    def _copy(self, name: str, member: Member, file: IO[bytes]) -> None:
        digest, left = sha256(), member.size
        with self._zip.open(name) as source:
            while piece := source.read(min(_AT_ONCE, left + 1)):
                left -= len(piece)
                if left < 0:
                    raise _damaged(self._path, name)
                file.write(piece)
                digest.update(piece)
        if left or digest.hexdigest() != member.sha256:
            raise _damaged(self._path, name)

    def _read_manifest(self) -> Manifest:
        if MANIFEST not in self._zip.namelist():
            raise InvalidCommand(f"{self._path} is no backup: give a file that was written by one.")
        info = self._zip.getinfo(MANIFEST)
        try:
            if info.file_size > _LARGEST_MANIFEST:
                raise ValueError("the manifest is too long")
            said: dict[str, Any] = orjson.loads(self._zip.read(info))
            if int(said["format"]) > FORMAT:
                raise LedgerUnavailable(
                    f"{self._path} was written by a newer version of Case Ledger ({said.get('made_by')}): "
                    "install that version, and restore with it."
                )
            found = Manifest.model_validate(said)
        except (ValidationError, ValueError, KeyError, TypeError) as error:
            raise _damaged(self._path, MANIFEST) from error
        if {*found.files, MANIFEST} != set(self._zip.namelist()) or not all(
            map(_within, found.files)
        ):
            raise _damaged(self._path, "other files than its manifest names")
        return found


@contextmanager
def opened(path: Path, part: Part) -> Generator[Opened]:
    """A part of a backup, which must be the one that is expected here."""
    with ExitStack() as resources:
        with _damage_told(path):
            found = Opened(path, resources.enter_context(zipfile.ZipFile(path)))
        if found.manifest.part != part:
            raise InvalidCommand(
                f"{path} holds the {found.manifest.part} of a backup: name first the file with the entries, "
                "then the one with the keys."
            )
        yield found


@contextmanager
def _damage_told(path: Path) -> Generator[None]:
    """What a reader of zips raises where one is damaged becomes a sentence."""
    try:
        yield
    except _DAMAGE as error:
        raise _damaged(path, str(error)) from error


def _damaged(path: Path, what: str) -> IntegrityFailure:
    return IntegrityFailure(
        f"{path} is damaged or no backup ({what}), and nothing was restored: use another copy of it."
    )


def _within(name: str) -> bool:
    """Whether a name stays inside the folder it is taken out to."""
    path = PurePosixPath(name)
    return (
        not path.is_absolute() and ".." not in path.parts and "\\" not in name and bool(path.parts)
    )
