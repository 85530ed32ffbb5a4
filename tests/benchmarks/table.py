"""The table: measures what is asked for, and prints ratios with the machine's description."""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

from tests.benchmarks import (
    appends,
    bundles,
    checkpoints,
    commands,
    http_intake,
    log_reading,
    receipts,
    sealing,
    telemetry,
)
from tests.benchmarks.built_log import BuiltLog, build
from tests.benchmarks.machine import description
from tests.benchmarks.measuring import Measured, say
from tests.benchmarks.places import OnPostgresql, OnSqlite, Place
from tests.servers.postgresql import running

QUICK, FULL = 100_000, 1_000_000
LEGEND = (
    "Side by side in one run, in rounds that take turns: medians, and the ratios of the rounds with "
    "their middle half. Durable means synchronous FULL and WAL for all of them on SQLite, and "
    "synchronous_commit on PostgreSQL. The stock application saves aggregates of the same number "
    "of events with the same fields, from a cache of aggregates, and neither decides, seals nor hashes. "
    "An office's day: each case is opened (with its clocks and its route), pulled, then called "
    "back, or handed over and accepted, or made to wait, or called about and noted, and resolved. "
    "All of one case comes from one caller. The callers are coroutines of one event loop, or threads. "
    "The stock application knows no coroutines: it is given as many threads, or all in turn, "
    "whichever suits it better."
)
NAMES = (
    "commands",
    "http",
    "telemetry",
    "appends",
    "sealing",
    "sizes",
    "verify",
    "rebuild",
    "questions",
    "bundles",
    "checkpoints",
    "import",
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measures what is asked for and prints the table."""
    asked = _parser().parse_args(arguments)
    wanted = frozenset(asked.only or NAMES)
    with ExitStack() as resources:
        folder = Path(resources.enter_context(tempfile.TemporaryDirectory(prefix="caseledger-")))
        places: list[Place] = []
        url: str | None = None
        if asked.store in ("sqlite", "both"):
            places.append(OnSqlite(folder))
        if asked.store in ("postgresql", "both"):
            server = resources.enter_context(running())
            databases = resources.enter_context(ExitStack())
            places.append(OnPostgresql(folder, server, databases))
            url = server.url()
        print(f"{description(folder, postgresql_url=url)}.")
        print(f"{LEGEND} Logs of {asked.entries:,} entries.\n")
        _print_row("work", "ours", "against", "ratio (of rounds)", "budget")
        _print_row(*("---",) * 5)
        for place in places:
            for row in _rows(place, asked.entries, wanted):
                _print_row(row.work, row.ours, row.against, row.ratio, row.budget)
    return 0


def _rows(place: Place, entries: int, wanted: frozenset[str]) -> Iterator[Measured]:
    plain: dict[str, Callable[[], list[Measured]]] = {
        "commands": lambda: commands.measure(place),
        "http": lambda: http_intake.measure(place),
        "telemetry": lambda: telemetry.measure(place) if isinstance(place, OnSqlite) else [],
        "appends": lambda: appends.measure(place),
        "sealing": lambda: sealing.measure(place) if isinstance(place, OnSqlite) else [],
        "import": lambda: receipts.measure(place),
    }
    on_a_log: dict[str, Callable[[BuiltLog], list[Measured]]] = {
        "sizes": sealing.measure_sizes,
        "verify": log_reading.measure_verify,
        "rebuild": log_reading.measure_rebuild,
        "questions": log_reading.measure_questions,
        "bundles": bundles.measure,
        "checkpoints": checkpoints.measure,
    }
    for name, measure in plain.items():
        if name in wanted:
            say(f"Measuring {name} on {place.name}.")
            yield from measure()
    if wanted & on_a_log.keys():
        say(f"Building a log on {place.name}.")
        log = build(place, entries=entries)
        for name, measure_log in on_a_log.items():
            if name in wanted:
                say(f"Measuring {name} on {place.name}.")
                yield from measure_log(log)


def _print_row(*cells: str) -> None:
    print(f"| {' | '.join(cells)} |", flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks",
        description="Measures the house beside the least that must be done and the stock library. "
        "The stores lie in the folder for temporary files: set TMPDIR to a disk.",
    )
    parser.add_argument(
        "--entries",
        type=int,
        default=QUICK,
        help=f"how long the logs are: {QUICK:,} for the quick table, {FULL:,} for the full one",
    )
    parser.add_argument("--store", choices=("sqlite", "postgresql", "both"), default="both")
    parser.add_argument(
        "--only", choices=NAMES, action="append", metavar="NAME", help=f"one of {', '.join(NAMES)}"
    )
    return parser
