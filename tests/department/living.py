"""A ledger in which the department has lived: made once, whichever of the test processes asks for it first."""

from __future__ import annotations

import fcntl
import json
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from api.department import SimulatedClock, begins_at, live
from api.outbox.alert import OutboxFolder
from ledger.entry import Entry
from ledger.service import Ledger
from ledger.times import instant, stamp
from projections.views import Views


@dataclass(frozen=True)
class Lived:
    """The department when its months are over."""

    ledger: Ledger
    views: Views
    home: Path
    ended_at: datetime
    asked: int
    refused: Mapping[str, int]

    def entries(self) -> Sequence[Entry]:
        """All that happened, in the order of the log."""
        return [*self.ledger.entries()]


@contextmanager
def lived(home: Path, *, months: int, cases: int, seed: int = 7) -> Generator[Lived]:
    """The department's months, lived in this folder unless they were before."""
    home.parent.mkdir(parents=True, exist_ok=True)
    ended = home.with_suffix(".ended")
    with home.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not ended.exists():
            clock = SimulatedClock(begins_at(months))
            with (
                Ledger.create(home, master_key=home / "master.key", clock=clock) as ledger,
                Views.open(home) as views,
            ):
                sink = OutboxFolder(home / "outbox")
                run = live(
                    ledger, views, clock=clock, sink=sink, seed=seed, cases=cases, months=months
                )
            said = {
                "ended_at": stamp(clock()),
                "asked": sum(run.asked.values()),
                "refused": dict(run.refused),
            }
            ended.write_text(json.dumps(said))
    told = json.loads(ended.read_text())
    ended_at = instant(told["ended_at"])
    with (
        Ledger.open(home, master_key=home / "master.key", clock=lambda: ended_at) as ledger,
        Views.open(home) as views,
    ):
        yield Lived(ledger, views, home, ended_at, told["asked"], told["refused"])
