"""Files that are whole or not there, and on the disk before anybody relies on them."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path
from typing import BinaryIO


def write_durably(path: Path, content: bytes) -> None:
    """Writes a file readable by its owner alone, in the place of the former one; of several at once each whole."""
    fresh = path.with_name(f"{path.name}.next")
    with _ours(fresh) as file:
        try:
            file.truncate()
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
            fresh.replace(path)
        except BaseException:
            fresh.unlink(missing_ok=True)
            raise
    make_durable(path.parent)


def _ours(fresh: Path) -> BinaryIO:
    """The file under this name, locked, once nobody else writes it; what somebody left who died is written over."""
    while True:
        file = os.fdopen(os.open(fresh, os.O_RDWR | os.O_CREAT, 0o600), "rb+")
        try:
            fcntl.flock(file, fcntl.LOCK_EX)
            if os.path.samestat(os.fstat(file.fileno()), os.stat(fresh)):
                return file
        except FileNotFoundError:  # it was put in its place meanwhile
            pass
        except BaseException:
            file.close()
            raise
        file.close()


def make_folder(folder: Path, mode: int = 0o700) -> None:
    """Makes a folder where there is none, on the disk before anything lies in it: by default for its owner alone."""
    if not folder.is_dir():
        make_folder(folder.parent, 0o777)
        folder.mkdir(mode, exist_ok=True)
        make_durable(folder.parent)


def make_durable(folder: Path) -> None:
    """Brings to the disk which files lie in a folder, under which names."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
