"""Rebuild: the whole log into new tables, a range of streams after another on each core, swapped in once caught up.

Until then the tables before answer. A stream folds by itself, so each is read whole and its rows are
written once: memory holds one range at a time, however long the log is and however many cases are open.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass
from itertools import pairwise
from multiprocessing.connection import Connection as Pipe
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from typing import Any, NamedTuple, Protocol, Self

from sqlalchemy import Table

from ledger.errors import LedgerError, LedgerUnavailable
from ledger.store import LedgerStore, Location, open_ledger_store
from projections.fold.engine import AnyProjection, Fold, topics_of
from projections.fold.told import told_by
from projections.store.control import Control
from projections.store.databases import Database
from projections.store.places import database_at
from projections.store.progress import Cancelled, OnProgress, Progress
from projections.store.saving import save, take_in, to_save

BATCH = 2_000
"""How many entries are taken in by one transaction."""
A_RANGE = 2000
"""About how many entries are read, folded and written at a time."""
ONE_SHARD_UPTO = 30_000
"""A log so short is rebuilt in this process: others take longer to start."""
_ASKED_EVERY_SECONDS = 0.1
_SPAWN = multiprocessing.get_context("spawn")


class Streams(NamedTuple):
    """The streams from `first` on and before `end`, by the code points of their names."""

    first: str
    end: str


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """The views that a rebuild is about."""

    location: Location
    ledger_at: Location
    """Where other processes find the ledger."""
    database: Database
    control: Control
    projections: tuple[AnyProjection, ...]


def rebuild(
    views: Rebuilt,
    store: LedgerStore,
    *,
    shards: int | None,
    progress: OnProgress | None,
    cancelled: Cancelled | None,
    only_if: Callable[[LedgerStore], bool] | None,
) -> int:
    """Makes every view again from the log; answers the position that the new ones know.

    None are made where `only_if` says so once nobody else makes them.
    """
    tip = store.tip()
    if shards is None:
        shards = 1 if tip <= ONE_SHARD_UPTO else os.cpu_count() or 1
    tell = progress or _tell_nobody
    stop = cancelled or _never
    with views.database.rebuilding():
        if only_if is not None and not only_if(store):
            return tip
        tables = _begun(views)
        try:
            _fill(views, store, tables, tip, shards=shards, tell=tell, stop=stop)
            views.database.settle()
            return _swapped_in(views, store, tables, tip, stop)
        except BaseException:
            with views.database.writing() as connection:
                views.control.abandon(connection)
            raise


def _begun(views: Rebuilt) -> dict[AnyProjection, Table]:
    with views.database.writing() as connection:
        views.control.abandon(connection)
        return {
            projection: views.control.begin(connection, projection, building=True)
            for projection in views.projections
        }


def _swapped_in(
    views: Rebuilt,
    store: LedgerStore,
    tables: Mapping[AnyProjection, Table],
    position: int,
    stop: Cancelled,
) -> int:
    control = views.control
    with views.database.writing() as connection:
        control.move(connection, tables, position)
    for table in tables.values():
        views.database.analyse(table)
    while True:
        _refuse_cancelled(stop)
        with views.database.writing() as connection:
            position, failure = take_in(
                views.database,
                connection,
                control,
                tables,
                store,
                after=position,
                upto=store.tip(),
                batch=BATCH,
            )
            if failure is not None:
                raise failure
            if position >= store.tip():
                for projection, table in tables.items():
                    control.swap(connection, projection, table)
                return position


class _Taken(Protocol):
    """How many ranges were taken, counted for all processes."""

    value: int

    def get_lock(self) -> AbstractContextManager[Any]: ...


def _fill(
    views: Rebuilt,
    store: LedgerStore,
    tables: Mapping[AnyProjection, Table],
    tip: int,
    *,
    shards: int,
    tell: OnProgress,
    stop: Cancelled,
) -> None:
    """This process and the others each take the next range that nobody has; over all the rows come the indexes."""
    ranges = _ranges(store, {each.kind for each in tables}, tip)
    taken = _SPAWN.Value("q", 0)
    generations = tuple(int(table.name.rpartition("_")[2]) for table in tables.values())
    given = (views.ledger_at, views.location, tuple(tables), generations, ranges, taken, tip)
    with closing(database_at(views.location, filling=True)) as database:
        with _Others(shards - 1, given) as others, _uncollected():
            for _ in _filled(store, database, tables, ranges, taken, tip):
                others.go_on(within_seconds=0)
                _refuse_cancelled(stop)
                tell(Progress(tip * min(taken.value, len(ranges)) // (len(ranges) + 1), tip))
            while others.go_on(within_seconds=_ASKED_EVERY_SECONDS):
                _refuse_cancelled(stop)
        for projection, table in tables.items():
            _refuse_cancelled(stop)
            with database.writing() as connection:
                views.control.index(connection, projection, table)
    tell(Progress(tip, tip))


def _ranges(store: LedgerStore, kinds: Iterable[str], tip: int) -> list[Streams]:
    """The streams of these kinds in ranges of about as many entries: looks at the log at even distances."""
    looks = (store.entries(after=after, limit=1) for after in range(0, tip, A_RANGE))
    seen = {row.stream for found in looks for row in found}
    found: list[Streams] = []
    for kind in sorted(kinds):
        first, end = f"{kind}/", f"{kind}0"
        borders = sorted(stream for stream in seen if first < stream < end)
        found += [Streams(*each) for each in pairwise([first, *borders, end])]
    return found


def _filled(
    store: LedgerStore,
    database: Database,
    tables: Mapping[AnyProjection, Table],
    ranges: Sequence[Streams],
    taken: _Taken,
    tip: int,
) -> Iterator[None]:
    """Takes one range after another that nobody has, folds its entries and writes its rows."""
    topics = topics_of(tables)
    while True:
        with taken.get_lock():
            number = taken.value
            taken.value = number + 1
        if number >= len(ranges):
            return
        fold = Fold(list(tables))
        for row in store.of_streams(*ranges[number], upto=tip):
            if row[3] in topics:
                fold.take(told_by(*row))
        savings = list(map(to_save, tables, fold.release()))
        with database.writing() as connection:
            for table, saving in zip(tables.values(), savings, strict=True):
                save(database, connection, table, saving)
        yield


class _Others:
    """Other processes that fill the same tables; they are ended with the block."""

    def __init__(self, processes: int, given: tuple[Any, ...]) -> None:
        self._children: dict[Pipe, BaseProcess] = {}
        for _ in range(processes):
            here, there = _SPAWN.Pipe(duplex=False)
            child = _SPAWN.Process(target=_fill_there, args=(*given, there), daemon=True)
            child.start()
            there.close()
            self._children[here] = child
        self._under_way = set(self._children)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for pipe, child in self._children.items():
            child.terminate()
            child.join()
            pipe.close()

    def go_on(self, *, within_seconds: float) -> bool:
        """Whether any goes on still, once one has ended or this time has passed; LedgerError if one could not."""
        for pipe in wait(self._under_way, timeout=within_seconds):
            assert isinstance(pipe, Pipe)
            self._under_way.discard(pipe)
            _refuse_failed(pipe, self._children[pipe])
        return bool(self._under_way)


def _refuse_failed(pipe: Pipe, child: BaseProcess) -> None:
    try:
        failure: LedgerError = pipe.recv()
    except EOFError:
        child.join()
        if child.exitcode == 0:
            return
        raise LedgerUnavailable(
            "A process of the rebuild died, and the views before stay in use: free some memory, or "
            "rebuild with one shard."
        ) from None
    raise failure


def _fill_there(
    ledger_at: Location,
    location: Location,
    projections: tuple[AnyProjection, ...],
    generations: tuple[int, ...],
    ranges: Sequence[Streams],
    taken: _Taken,
    tip: int,
    pipe: Pipe,
) -> None:
    """Another process of a rebuild: ends once no range is left, or tells why it could not go on."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    asked_by = multiprocessing.parent_process()
    assert asked_by is not None
    try:
        with (
            closing(open_ledger_store(ledger_at)) as store,
            closing(database_at(location, filling=True)) as database,
            _uncollected(),
        ):
            control = Control(database, projections)
            tables = dict(
                zip(projections, map(control.table, projections, generations), strict=True)
            )
            for _ in _filled(store, database, tables, ranges, taken, tip):
                if not asked_by.is_alive():
                    return
    except LedgerError as failure:
        pipe.send(failure)


@contextmanager
def _uncollected() -> Generator[None]:
    """Entries and rows hold no cycles: looking for some would take a third of the time."""
    collected = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collected:
            gc.enable()


def _refuse_cancelled(stop: Cancelled) -> None:
    if stop():
        raise LedgerUnavailable("The rebuild was cancelled: the views before stay in use.")


def _never() -> bool:
    return False


def _tell_nobody(progress: Progress) -> None:
    return None
