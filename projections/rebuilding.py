"""Rebuild: the whole log into new tables, a shard of the streams on each core, swapped in once caught up.

Until then the tables before answer. Memory holds open cases alone: resting ones are written and let
go, and looked up again if something happens to them.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext
from dataclasses import dataclass
from multiprocessing.connection import Connection as Pipe
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import Table

from ledger.errors import LedgerError, LedgerUnavailable
from ledger.store import LedgerStore, Location, open_ledger_store
from projections.control import Control
from projections.databases import Database, database_at
from projections.engine import AnyProjection, Changes, Fold, Version, topics_of
from projections.saving import look_up, save, take_in, to_save
from projections.told import told_by

BATCH = 2_000
"""How many entries are taken in by one transaction."""
TAKEN_AT_ONCE = 5_000
"""How many entries are read, folded and written before what rests is let go."""
ONE_SHARD_UPTO = 30_000
"""A log so short is rebuilt in this process: others take longer to start."""
_ASKED_EVERY_SECONDS = 0.1
_SHARD_BY = slice(-4, None)
"""The part of a stream's id by which shards are told: random in a UUIDv7."""


class Progress(NamedTuple):
    """How many entries of how many are done."""

    done: int
    of: int


OnProgress = Callable[[Progress], None]
Cancelled = Callable[[], bool]
Turn = AbstractContextManager[Any]


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """The views that a rebuild is about."""

    location: Location
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
) -> int:
    """Makes every view again from the log; answers the position that the new ones know."""
    tip = store.tip()
    if shards is None:
        shards = 1 if tip <= ONE_SHARD_UPTO else os.cpu_count() or 1
    tell = progress or _tell_nobody
    stop = cancelled or _never
    with views.database.rebuilding():
        tables = _begun(views)
        try:
            if shards == 1:
                _fill_here(views, store, tables, tip, tell, stop)
            else:
                _fill_in_processes(views, tables, tip, shards=shards, tell=tell, stop=stop)
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
    for projection, table in tables.items():
        _refuse_cancelled(stop)
        with views.database.writing() as connection:
            control.index(connection, projection, table)
            control.move(connection, projection, table, position)
            views.database.analyse(connection, table)
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


class _Filling:
    """One shard's part of the log on its way into the new tables."""

    def __init__(
        self, database: Database, tables: Mapping[AnyProjection, Table], turn: Turn
    ) -> None:
        self._database = database
        self._tables = tables
        self._turn = turn
        self._projections = list(tables)
        self._topics = topics_of(tables)
        self._fold = Fold(self._projections, stored=self._stored)

    def fill(
        self, chunks: Iterator[list[tuple[int, str, int, str, bytes]]], shard: int, shards: int
    ) -> Iterator[int]:
        """Folds this shard's entries; answers each position that it has read up to."""
        for chunk in chunks:
            mine = [
                row
                for row in chunk
                if row[3] in self._topics
                and (shards == 1 or int(row[1][_SHARD_BY], 16) % shards == shard)
            ]
            first_versions: dict[str, int] = {}
            for _, stream, version, _, _ in mine:
                first_versions.setdefault(stream, version)
            self._fold.hold(first_versions)
            for row in mine:
                self._fold.take(told_by(*row))
            self._write(self._fold.release(all_streams=False))
            yield chunk[-1][0]
        self._write(self._fold.release(all_streams=True))

    def _stored(self, projection: AnyProjection, keys: Sequence[str]) -> list[Version]:
        with self._database.reading() as connection:
            return look_up(connection, projection, self._tables[projection], keys)

    def _write(self, changed: list[Changes]) -> None:
        savings = [
            to_save(projection, changes)
            for projection, changes in zip(self._projections, changed, strict=True)
        ]
        with self._turn, self._database.writing() as connection:
            for projection, saving in zip(self._projections, savings, strict=True):
                save(self._database, connection, self._tables[projection], saving)


def _fill_here(
    views: Rebuilt,
    store: LedgerStore,
    tables: Mapping[AnyProjection, Table],
    tip: int,
    tell: OnProgress,
    stop: Cancelled,
) -> None:
    with _uncollected(), closing(database_at(views.location, filling=True)) as database:
        filling = _Filling(database, tables, nullcontext())
        for position in filling.fill(store.scan(upto=tip, chunk=TAKEN_AT_ONCE), 0, 1):
            _refuse_cancelled(stop)
            tell(Progress(position, tip))


def _fill_in_processes(
    views: Rebuilt,
    tables: Mapping[AnyProjection, Table],
    tip: int,
    *,
    shards: int,
    tell: OnProgress,
    stop: Cancelled,
) -> None:
    spawn = multiprocessing.get_context("spawn")
    alone = spawn.Lock() if isinstance(views.location, Path) else None
    generations = tuple(int(table.name.rpartition("_")[2]) for table in tables.values())
    pipes: dict[Pipe, int] = {}
    children: list[BaseProcess] = []
    try:
        for shard in range(shards):
            here, there = spawn.Pipe(duplex=False)
            child = spawn.Process(
                target=_fill_shard,
                args=(views.location, tuple(tables), generations, shard, shards, tip, alone, there),
                daemon=True,
            )
            child.start()
            there.close()
            pipes[here] = 0
            children.append(child)
        while under_way := [pipe for pipe, reached in pipes.items() if reached < tip]:
            _refuse_cancelled(stop)
            for pipe in wait(under_way, timeout=_ASKED_EVERY_SECONDS):
                assert isinstance(pipe, Pipe)
                pipes[pipe] = _reached(pipe)
            tell(Progress(sum(pipes.values()) // shards, tip))
    finally:
        for child in children:
            child.terminate()
            child.join()
        for pipe in pipes:
            pipe.close()


def _reached(pipe: Pipe) -> int:
    """How far a shard came; LedgerError if it could not go on."""
    try:
        said: int | str = pipe.recv()
    except EOFError:
        raise LedgerUnavailable(
            "A process of the rebuild died: the views before stay in use. Free some memory, or "
            "rebuild with one shard."
        ) from None
    if isinstance(said, str):
        raise LedgerError(said)
    return said


def _fill_shard(
    location: Location,
    projections: tuple[AnyProjection, ...],
    generations: tuple[int, ...],
    shard: int,
    shards: int,
    tip: int,
    alone: AbstractContextManager[Any] | None,
    pipe: Pipe,
) -> None:
    """One process of a rebuild: says how far it came, last of all the tip, or a sentence if it failed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with _told(pipe), _uncollected():
        store = open_ledger_store(location)
        database = database_at(location, filling=True)
        control = Control(database, projections)
        tables = {
            projection: control.table(projection, generation)
            for projection, generation in zip(projections, generations, strict=True)
        }
        filling = _Filling(database, tables, alone or nullcontext())
        for position in filling.fill(store.scan(upto=tip, chunk=TAKEN_AT_ONCE), shard, shards):
            if position < tip:
                pipe.send(position)
        pipe.send(tip)


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


@contextmanager
def _told(pipe: Pipe) -> Generator[None]:
    """A refusal inside is told to the process that waits; without one that waits, there is nothing to do."""
    try:
        yield
    except LedgerError as failure:
        pipe.send(str(failure))
    except BrokenPipeError:
        return


def _refuse_cancelled(stop: Cancelled) -> None:
    if stop():
        raise LedgerUnavailable("The rebuild was cancelled: the views before stay in use.")


def _never() -> bool:
    return False


def _tell_nobody(progress: Progress) -> None:
    return None
