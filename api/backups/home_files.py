"""What lies in a home folder: which of it a backup takes, and into which of its parts."""

from __future__ import annotations

import fnmatch
import os
from collections.abc import Iterator
from pathlib import Path

from api.webhooks.deliveries import FILE as DELIVERIES
from ledger.evidence.signing.signer import FOLDER as SIGNER
from ledger.personal.originals import FOLDER as ORIGINALS
from ledger.settings import Settings
from ledger.store.sqlite.files import copy

_SQLITE = b"SQLite format 3\x00"
_MADE_AGAIN = (
    *("views.db*", "trees.db*", "mail-arrivals.db*", "*-wal", "*-shm", "*-journal"),
    *("ledger.lock", "trees.lock", "views.lock", "views.turns", "turn.*", "maintenance"),
    *("*.unfinished", "*.next", "*.part"),
)
"""What is made again from the ledger, or is of this very machine."""
LEDGER, VAULT = "ledger.db", "vault.db"
_DATABASES = (LEDGER, VAULT, DELIVERIES)


def kept_apart(settings: Settings) -> frozenset[Path]:
    """The master key and the signer: never in a backup, and left where they are by a restore."""
    key = settings.master_key_file.absolute()
    return frozenset({key, key.with_name(f"{key.name}.next"), key.parent / SIGNER})


def beside_the_databases(settings: Settings) -> Iterator[tuple[str, Path]]:
    """Every file of a home that a backup takes besides ledger and vault, by its name in there, in order.

    A folder is gone into once, however many links lead there; what is no file, such as a pipe, holds nothing. What a
    link within the home leads to within it is taken where it lies, and not by the link.
    """
    home = settings.home.absolute()
    apart = {os.path.realpath(each) for each in kept_apart(settings)}
    been = set(apart)
    for folder, below, files in os.walk(home, followlinks=True):
        there = {each: os.path.realpath(Path(folder, each)) for each in below}
        below[:] = sorted(
            each
            for each, place in there.items()
            if place not in been and not _lies_here(home, Path(folder, each))
        )
        been |= {there[each] for each in below}
        for each in sorted(files):
            path = Path(folder, each)
            name = path.relative_to(home).as_posix()
            kept = name not in _DATABASES and not _is_made_again(each)
            kept = kept and path.is_file() and not _lies_here(home, path)
            if kept and os.path.realpath(path) not in apart:
                yield name, path


def _lies_here(home: Path, path: Path) -> bool:
    """Whether this is a link to what lies in the home."""
    return path.is_symlink() and Path(os.path.realpath(path)).is_relative_to(os.path.realpath(home))


def is_sealed(name: str) -> bool:
    """Whether a file tells nobody anything without the keys: all else goes where those are."""
    return name.startswith(f"{ORIGINALS}/")


def copied(path: Path, folder: Path) -> Path:
    """A file as it can be read at leisure: a database that is in use is copied first, consistent as of one instant."""
    with path.open("rb") as file:
        if file.read(len(_SQLITE)) != _SQLITE:
            return path
    place = folder / path.name
    copy(path, place)
    return place


def _is_made_again(name: str) -> bool:
    return any(fnmatch.fnmatchcase(name, each) for each in _MADE_AGAIN)
