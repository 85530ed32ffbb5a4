"""What runs by itself: the watch, in one pass or a loop, the simulated office, and the benchmarks."""

from __future__ import annotations

import runpy
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from signal import SIGINT, signal
from tempfile import TemporaryDirectory
from threading import Event
from typing import Annotated

from cyclopts import Parameter

from api.cli.demo import show_office
from api.cli.edge import DONE
from api.cli.ledgers import opened_with_views
from api.cli.progress import progress_bar
from api.cli.showing import say, show_json
from api.cli.story import show_story
from api.department import BEGINS_AT, STORY_BEGINS_AT, SimulatedClock, run_office, tell_story
from api.machines import machine
from api.outbox import OutboxFolder, deliver_owed
from api.watch import PARTS, WatchReport, watch_once
from ledger.errors import InvalidCommand
from ledger.evidence.checkpoints import make_checkpoint
from ledger.evidence.notes import Checkpoint
from ledger.evidence.signer import Signer
from ledger.evidence.trees import Trees
from ledger.service import Ledger
from ledger.settings import Settings
from projections.views import Views

AsJson = Annotated[bool, Parameter(name="--json", negative="", help="Answer as JSON.")]


def watch(
    *,
    loop: Annotated[bool, Parameter(name="--loop", negative="")] = False,
    every: Annotated[int, Parameter(name="--every")] = 60,
    as_json: AsJson = False,
) -> int:
    """Records what time has brought, once, and delivers the alerts that are owed to the outbox.

    Parameters
    ----------
    loop
        Pass again and again, until it is stopped.
    every
        How many seconds lie between two passes.
    """
    if every < 1:
        raise InvalidCommand("--every must be at least 1 second.")
    sink = OutboxFolder(Settings().home / "outbox")
    with opened_with_views() as (ledger, views):
        if not loop:
            _pass(ledger, views, sink, as_json=as_json)
            return DONE
        with interrupts_between_passes() as rest:
            while True:
                _pass(ledger, views, sink, as_json=as_json)
                rest(every)


@contextmanager
def interrupts_between_passes() -> Iterator[Callable[[float], None]]:
    """Gives how to rest after a pass; an interrupt ends it, or waits until the pass is whole; a second does not."""
    asked, resting = Event(), Event()

    def interrupted(_number: int, _frame: object) -> None:
        if resting.is_set() or asked.is_set():
            raise KeyboardInterrupt
        asked.set()

    def rest(seconds: float) -> None:
        resting.set()
        if asked.is_set():
            raise KeyboardInterrupt
        Event().wait(seconds)
        resting.clear()

    before = signal(SIGINT, interrupted)
    try:
        yield rest
    finally:
        signal(SIGINT, before)


def _pass(ledger: Ledger, views: Views, sink: OutboxFolder, *, as_json: bool) -> None:
    report, deliveries = watch_once(ledger, views), deliver_owed(ledger, views, sink)
    signed = _signed(ledger)
    if as_json:
        shown = {"watch": report.as_json(), "outbox": deliveries.as_json()}
        show_json(shown if signed is None else {**shown, "checkpoint": signed})
        return
    told = len(deliveries.alerts) + len(deliveries.office)
    say(
        f"Recorded: {_recorded(report)}; {report.already} were recorded before.",
        f"Outbox: {told} alerts delivered, {deliveries.held} held until the office opens. "
        f"Up to date as of entry {deliveries.position}.",
    )
    if signed is not None:
        say(
            f"Checkpoint: {signed['size']} entries, {'signed now' if signed['fresh'] else 'as before'}."
        )


def _signed(ledger: Ledger) -> dict[str, int] | None:
    """A checkpoint where anything changed, if this machine signs: its first one is asked for by a person."""
    settings = Settings()
    signer = Signer.beside(settings.master_key_file)
    if not signer.is_here:
        return None
    with Trees.open(settings.location, ledger.store) as trees:
        found = make_checkpoint(ledger, trees, signer, actor=machine("signer"))
    return {"size": Checkpoint.read(found.note.text).size, "fresh": found.fresh}


def _recorded(report: WatchReport) -> str:
    found = [f"{count} {part.said}" for part in PARTS if (count := report.counts[part.name])]
    return ", ".join(found) or "nothing new"


def demo(
    *,
    seed: int = 7,
    cases: int = 120,
    days: int = 30,
    home: Path | None = None,
    serve: Annotated[bool, Parameter(name="--serve", negative="--no-serve")] = True,
    story: Annotated[bool, Parameter(name="--story", negative="")] = False,
    as_json: AsJson = False,
) -> int:
    """Runs a small office through the real commands, and shows its board, its SLA and one trail.

    Parameters
    ----------
    seed
        The same seed gives the same facts.
    cases
        How many cases reach the office.
    days
        Over how many days.
    home
        A folder for the ledger, which must not hold one; a temporary one if left out.
    serve
        Accepted already; nothing is served yet.
    story
        Tell the reference story instead: six people, 320 waiting, and what a rate does.
    """
    if not 1 <= cases <= 100_000 or not 5 <= days <= 365:
        raise InvalidCommand("Give --cases from 1 to 100000 and --days from 5 to 365.")
    clock = SimulatedClock(STORY_BEGINS_AT if story else BEGINS_AT)
    with (
        _home(home) as place,
        Ledger.create(place, master_key=place / "master.key", clock=clock) as ledger,
        Views.open(place) as views,
    ):
        with progress_bar("working days") as tell:
            if story:
                told = tell_story(ledger, views, clock=clock, seed=seed, progress=tell)
                show_story(told, as_json=as_json)
                return DONE
            run = run_office(
                ledger,
                views,
                clock=clock,
                sink=OutboxFolder(place / "outbox"),
                seed=seed,
                cases=cases,
                days=days,
                progress=tell,
            )
        found = show_office(ledger, views, run, as_json=as_json)
        if home is not None and not as_json:
            say(f"It lies in {home}: CASELEDGER_HOME={home} caseledger board")
        return found


@contextmanager
def _home(home: Path | None) -> Iterator[Path]:
    if home is not None:
        yield home
        return
    with TemporaryDirectory(prefix="caseledger-demo-") as folder:
        yield Path(folder) / "home"


def bench(*arguments: Annotated[str, Parameter(allow_leading_hyphen=True)]) -> int:
    """Measures against the budgets; takes the options of `python -m tests.benchmarks`."""
    if find_spec("tests") is None or find_spec("tests.benchmarks") is None:
        raise InvalidCommand(
            "The benchmarks come with the source, not with the program: run it from a checkout."
        )
    sys.argv = ["caseledger bench", *arguments]
    runpy.run_module("tests.benchmarks", run_name="__main__")
    return DONE
