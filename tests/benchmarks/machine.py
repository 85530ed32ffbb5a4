"""The machine that the figures are of, in a sentence or two."""

from __future__ import annotations

import os
import platform
import sqlite3
import time
from importlib.metadata import version
from pathlib import Path
from statistics import median

import psycopg

_TRIES = 200
_PAGE = b"\0" * 4096


def description(folder: Path, *, postgresql_url: str | None) -> str:
    """Processor, cores, versions, and what an fsync costs in the folder where the stores lie."""
    said = [
        _processor(),
        f"{os.cpu_count()} cores",
        f"{platform.system()} {platform.release().partition('-')[0]}",
        f"Python {platform.python_version()}",
        f"SQLite {sqlite3.sqlite_version}",
        f"eventsourcing {version('eventsourcing')}",
        f"fsync of a page {fsync_seconds(folder) * 1e6:.0f} us",
    ]
    if postgresql_url is not None:
        with psycopg.connect(postgresql_url) as connection:
            found = connection.execute("SHOW server_version").fetchone()
        said.insert(5, f"PostgreSQL {found[0] if found else 'unknown'}")
    return ", ".join(said)


def fsync_seconds(folder: Path) -> float:
    """The median time that a page and its fsync take; next to nothing means that the folder is not on a disk."""
    path = folder / "fsync"
    took: list[float] = []
    with path.open("wb", buffering=0) as file:
        for _ in range(_TRIES):
            started = time.perf_counter()
            file.write(_PAGE)
            os.fsync(file.fileno())
            took.append(time.perf_counter() - started)
    path.unlink()
    return median(took)


def _processor() -> str:
    information = Path("/proc/cpuinfo")
    if information.exists():
        for line in information.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()
