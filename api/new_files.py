"""New files: each appears under its name when it is whole and durable, and never takes the place of another."""

from __future__ import annotations

import os
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from ledger.durable_files import make_durable
from ledger.errors import InvalidCommand, LedgerUnavailable


def refuse_taken(path: Path) -> None:
    """InvalidCommand if there is a file of this name."""
    if path.exists():
        raise InvalidCommand(f"There is a file {path} already: give another name, or move it away.")


@contextmanager
def new_file(path: Path, *, made_in: Path | None = None) -> Generator[IO[bytes]]:
    """What is written inside the block lies under the name after it, readable by its owner alone.

    Until then it lies beside it, or in a folder of the same file system that it is `made_in`.
    Nothing is left of a block that fails. InvalidCommand if there is such a file, LedgerUnavailable if
    it cannot be written.
    """
    refuse_taken(path)
    part = (made_in or path.parent) / f".{path.name}.{os.getpid()}.part"
    try:
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        try:
            with os.fdopen(descriptor, "wb") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            give_name(part, path)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        raise LedgerUnavailable(
            f"{path} cannot be written: {error.strerror or error}; nothing was left there."
        ) from error


def give_name(part: Path, path: Path) -> None:
    """Gives a file that is whole its name, durably; InvalidCommand if somebody has made such a file meanwhile."""
    try:
        os.link(part, path)
    except FileExistsError:
        refuse_taken(path)
        raise
    except OSError:  # a file system without links, such as a stick's
        refuse_taken(path)
        part.rename(path)
    part.unlink(missing_ok=True)
    make_durable(path.parent)
