"""A folder beside a new file in which part of a backup is put together; what was left by one cut off is taken away."""

from __future__ import annotations

import os
import shutil
from collections.abc import Generator
from contextlib import contextmanager, suppress
from fcntl import LOCK_EX, LOCK_NB, flock
from pathlib import Path
from tempfile import mkdtemp

from ledger.errors import LedgerUnavailable

PREFIX = ".caseledger-backup-"
_AS_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW


@contextmanager
def working_folder(path: Path) -> Generator[Path]:
    """A folder beside a file that is to be; it is held while the block runs, and gone after it."""
    try:
        folder, held = _held_folder(path.parent)
    except OSError as error:
        raise LedgerUnavailable(
            f"{path} cannot be written: {error.strerror or error}; nothing was left there."
        ) from error
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(held)


def swept(beside: Path) -> int:
    """Takes away the folders that nobody holds, of backups that were killed: they may hold a copy of a vault."""
    count = 0
    for folder in beside.glob(f"{PREFIX}*"):
        with suppress(OSError), _opened(folder) as descriptor:
            flock(descriptor, LOCK_EX | LOCK_NB)
            shutil.rmtree(folder)
            count += 1
    return count


def _held_folder(beside: Path) -> tuple[Path, int]:
    """A new folder and the descriptor that holds it; another one where somebody swept it away before it was held."""
    while True:
        folder = Path(mkdtemp(prefix=PREFIX, dir=beside))
        with suppress(FileNotFoundError):
            descriptor = os.open(folder, _AS_FOLDER)
            flock(descriptor, LOCK_EX)
            if folder.exists():
                return folder, descriptor
            os.close(descriptor)


@contextmanager
def _opened(folder: Path) -> Generator[int]:
    descriptor = os.open(folder, _AS_FOLDER)
    try:
        yield descriptor
    finally:
        os.close(descriptor)
