"""How far something has come: a bar on stderr for people at a terminal, nothing where nobody looks."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from api.cli.wording.in_french import told

Tell = Callable[[int, int], None]
"""Told how many of how many are done."""


@contextmanager
def progress_bar(what: str) -> Iterator[Tell]:
    """A bar that fills as it is told, from the first time there is more to come; it goes with the work."""
    what = told(what)
    columns = (TextColumn(what), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    bar = Progress(*columns, console=Console(stderr=True), transient=True)
    task = bar.add_task(what, total=None)
    looked_at = sys.stderr.isatty()

    def tell(done: int, of: int) -> None:
        bar.update(task, completed=done, total=of)
        if looked_at and done < of:
            bar.start()

    try:
        yield tell
    finally:
        if bar.live.is_started:
            bar.stop()
