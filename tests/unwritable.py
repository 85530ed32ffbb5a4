"""Where nothing can be written, as on a disc: a folder without write permission, and processes that it holds for."""

from __future__ import annotations

import ctypes
import os
import shutil
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

_DROP = 24
"""PR_CAPBSET_DROP: what a process and those after it may never have again, from the next program on."""
_PAST_PERMISSIONS = (1, 2)
"""CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH, by which root passes permissions over; a disc it could not write either."""

_libc = ctypes.CDLL(None, use_errno=True)


def minds_permissions() -> None:
    """Called in a new process before its program: permissions hold for it even if it is root's."""
    if os.geteuid() == 0:
        for right in _PAST_PERMISSIONS:
            if _libc.prctl(_DROP, right, 0, 0, 0) != 0:
                raise OSError(ctypes.get_errno(), "root's rights cannot be laid down here")


@contextmanager
def no_longer_written(home: Path) -> Generator[None]:
    """While the block runs nobody who minds permissions writes into a home, and it is found as it was left."""
    paths = [home, *home.rglob("*")]
    modes = {path: path.stat().st_mode for path in paths}
    try:
        for path, mode in modes.items():
            path.chmod(mode & ~0o222)
        before = {path: path.stat().st_mtime_ns for path in paths}
        yield
        assert {path: path.stat().st_mtime_ns for path in [home, *home.rglob("*")]} == before
    finally:
        for path, mode in modes.items():
            path.chmod(mode)


def left_behind(home: Path, to: Path, *, index: bool) -> Path:
    """A home as a process leaves it that dies while it has it open: with its logs of writes, and their index or not."""
    shutil.copytree(home, to, ignore=None if index else shutil.ignore_patterns("*-shm"))
    return to
