"""Beside the service: a process of its own that projects for all its workers, so that they only read and write."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Generator, Sequence
from contextlib import closing, contextmanager, suppress
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from socket import socket
from threading import Event

from api.log_lines import log_as_json
from api.projecting.projector import Projector
from api.telemetry import telemetry
from ledger.errors import LedgerError
from ledger.settings import Settings
from ledger.store import Arrivals, LedgerStore, arrivals_at, open_ledger_store, turn_at
from projections.views import Views

_PROJECTS = "projector"
_COPIED = multiprocessing.get_context("fork").Process
_FRESH = multiprocessing.get_context("spawn").Process
_LOOKS_EVERY_SECONDS = 0.2
_BEGINS_WITHIN_SECONDS = 30.0


@contextmanager
def projecting_beside(*listening: socket) -> Generator[None]:
    """A process projects until the block ends; should it die, a worker does. It keeps no listening socket open.

    The block begins once the process has the turn, or another has it: a worker that came first would
    take it, and project in the time in which it should answer. How far the views are by then nobody waits for.
    """
    # What is imported here already is not imported again, which is a third of what it takes to start. A copy of
    # a process with other threads would wait for ever for what one of them held.
    copied = sys.platform == "linux" and threading.active_count() == 1
    ours, theirs = multiprocessing.Pipe(duplex=False)
    given = os.getpid(), theirs, listening if copied else ()
    begins: type[BaseProcess] = _COPIED if copied else _FRESH
    process = begins(target=_project, args=given, name="caseledger-projector")
    process.start()
    theirs.close()
    try:
        with ours, suppress(EOFError):  # one that could not begin has said why
            if ours.poll(_BEGINS_WITHIN_SECONDS):
                ours.recv()
        yield
    finally:
        process.terminate()
        process.join()


def _project(parent: int, begun: Connection, listening: Sequence[socket]) -> None:
    """Projects until it is told to stop, or its parent is gone; says when it has `begun`."""
    for each in listening:
        each.close()
    stopped = Event()
    signal.signal(signal.SIGTERM, lambda _number, _frame: stopped.set())
    for each in (signal.SIGINT, signal.SIGHUP):
        signal.signal(each, signal.SIG_IGN)  # whoever interrupts the service ends this through it
    log_as_json()
    gc.freeze()  # what was imported stays
    location = Settings().location

    def over() -> bool:
        return stopped.is_set() or os.getppid() != parent

    with (
        telemetry() as told,
        closing(open_ledger_store(location)) as store,
        Views.open(location) as views,
        turn_at(location, _PROJECTS) as turn,
        arrivals_at(location, store) as arrivals,
    ):
        with suppress(LedgerError):  # it is asked for again, and the failure told
            turn.take()
        tell_begun(begun)
        _keep_up(
            Projector(store, views, turn, observed=told.projected, stopped=over),
            store,
            arrivals,
            over,
        )


def _keep_up(
    made: Projector, store: LedgerStore, arrivals: Arrivals, over: Callable[[], bool]
) -> None:
    with made as projector:
        tip = store.tip()
        while not over():
            arrived = arrivals.wait(after=tip, seconds=_LOOKS_EVERY_SECONDS)
            if arrived > tip:
                tip = arrived
                projector.nudge()


def tell_begun(begun: Connection) -> None:
    """Says that it has begun; whoever waited for that no longer does, where it took as long as views made anew."""
    with begun, suppress(OSError):
        begun.send(None)
