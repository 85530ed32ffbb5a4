"""Files that are whole or not there, and on the disk before anybody relies on them."""

from __future__ import annotations

import os
from pathlib import Path


def write_durably(path: Path, content: bytes) -> None:
    """Writes a file readable by its owner alone, in the place of the former one."""
    fresh = path.with_name(f"{path.name}.next")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
    make_durable(path.parent)


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
