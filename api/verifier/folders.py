"""The files of a folder on the disk, as a bag's reader asks for them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from api.verifier.archive import CHUNK
from api.verifier.failures import NotProven


class Folder:
    """The files below a folder by their path with slashes; links are refused, for they may lead anywhere."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._names = sorted(self._walked())

    def _walked(self) -> Iterator[str]:
        for folder, folders, files in os.walk(self._root):
            for name in (*folders, *files):
                path = Path(folder) / name
                if path.is_symlink():
                    raise NotProven("It is a link.", step=0, where=self._named(path))
            yield from (self._named(Path(folder) / name) for name in files)

    def _named(self, path: Path) -> str:
        return path.relative_to(self._root).as_posix()

    def names(self) -> list[str]:
        """Every file below it."""
        return self._names

    def size(self, name: str) -> int:
        """How many bytes a file has."""
        return (self._root / name).stat().st_size

    def chunks(self, name: str) -> Iterator[bytes]:
        """A file's bytes, a stretch at a time."""
        with (self._root / name).open("rb") as file:
            while found := file.read(CHUNK):
                yield found
