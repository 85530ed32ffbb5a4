"""The demonstration: a department lives for months, its ledger is shown, told of, and served if asked."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

from cyclopts import Parameter

from api.cli.edge import DONE
from api.cli.progress import progress_bar
from api.cli.running.demo import show_department
from api.cli.running.demo_served import serve_demo
from api.cli.running.story import show_story
from api.cli.showing import say
from api.cli.wording.in_french import told
from api.department import (
    MONTHS_AT_MOST,
    STORY_BEGINS_AT,
    SimulatedClock,
    YearLived,
    begins_at,
    live,
    tell_story,
)
from api.http.serving.listening import HERE, listening_at
from api.outbox.alert import OutboxFolder
from ledger.errors import InvalidCommand
from ledger.policy.document.policy import Policy
from ledger.service import Ledger
from projections.views import Views

_A_MONTH = 80
"""Cases, where nobody says how many."""
AsJson = Annotated[bool, Parameter(name="--json", negative="", help="Answer as JSON.")]


def demo(
    *,
    seed: int = 7,
    months: int = 3,
    cases: int | None = None,
    home: Path | None = None,
    serve: Annotated[bool, Parameter(name="--serve", negative="--no-serve")] = False,
    port: int = 8420,
    story: Annotated[bool | None, Parameter(name="--story", negative="--no-story")] = None,
    as_json: AsJson = False,
) -> int:
    """Lets a department live for months through the real commands, and shows what it came to; then the reference story.

    Parameters
    ----------
    seed
        The same seed gives the same facts.
    months
        How many months, up to 2027-03-31, on the eve of a new access law; 12 for a year.
    cases
        How many cases reach it; 80 a month if left out.
    home
        A folder for the ledger, which must not hold one; a temporary one if left out.
    serve
        Afterwards serve its ledger on this machine, with the demo login, until Ctrl-C; if left out it ends.
    port
        The port to serve at; 0 for any that is free.
    story
        Tell the reference story alone: six people, 320 waiting, and what a rate does; --no-story leaves it out.
    """
    coming = cases if cases is not None else _A_MONTH * months
    if not 1 <= months <= MONTHS_AT_MOST or not 1 <= coming <= 100_000:
        raise InvalidCommand(
            f"Give --months from 1 to {MONTHS_AT_MOST} and --cases from 1 to 100000."
        )
    if story:
        if serve:
            raise InvalidCommand(
                "--serve serves the ledger of the department: leave it out, or --story."
            )
        _tell_the_story(home, seed=seed, as_json=as_json)
        return DONE
    listening = listening_at(HERE, port) if serve else None  # what is wrong with it is said at once
    with _home(home) as place:
        lived = _live(place, seed=seed, months=months, cases=coming, as_json=as_json)
        if home is not None and not as_json:
            on = lived.run.ended_at.date()
            said = "It lies in {home}: CASELEDGER_HOME={home} caseledger board --known-at {on}"
            say(told(said, home=home, on=on))
        if story is None and not as_json:
            _tell_the_story(None, seed=seed, as_json=as_json)
        if listening is not None:
            serve_demo(place, lived.policy, lived.run, at=listening)
    return lived.code


@dataclass(frozen=True, slots=True)
class _Lived:
    """The months of the department, its policy then, and the exit code of what was shown."""

    run: YearLived
    policy: Policy
    code: int


def _live(place: Path, *, seed: int, months: int, cases: int, as_json: bool) -> _Lived:
    clock = SimulatedClock(begins_at(months))
    with (
        Ledger.create(place, master_key=place / "master.key", clock=clock) as ledger,
        Views.open(place) as views,
    ):
        with progress_bar("working days") as tell:
            run = live(
                ledger,
                views,
                clock=clock,
                sink=OutboxFolder(place / "outbox"),
                seed=seed,
                cases=cases,
                months=months,
                progress=tell,
            )
        code = show_department(ledger, views, run, as_json=as_json)
        return _Lived(run, ledger.policies().in_force(clock()).policy, code)


def _tell_the_story(home: Path | None, *, seed: int, as_json: bool) -> None:
    clock = SimulatedClock(STORY_BEGINS_AT)
    with (
        _home(home) as place,
        Ledger.create(place, master_key=place / "master.key", clock=clock) as ledger,
        Views.open(place) as views,
    ):
        with progress_bar("days of the story") as tell:
            sink = OutboxFolder(place / "outbox")
            story = tell_story(ledger, views, clock=clock, sink=sink, seed=seed, progress=tell)
        show_story(story, as_json=as_json)


@contextmanager
def _home(home: Path | None) -> Iterator[Path]:
    if home is not None:
        yield home
        return
    with TemporaryDirectory(prefix="caseledger-demo-") as folder:
        yield Path(folder) / "home"
