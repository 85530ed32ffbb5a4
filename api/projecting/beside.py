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
from threading import Event, Lock, Thread
from time import monotonic
from typing import Self

import structlog

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
_ASKS_EVERY_SECONDS = 0.2
"""How often it asks for the turn that a worker has, which does not ask as soon as that after it stepped back."""
_AGAIN_AFTER_SECONDS = 1.0
_AGAIN_AFTER_AT_MOST_SECONDS = 60.0
_NOT_DONE = 2


@contextmanager
def projecting_beside(*listening: socket) -> Generator[None]:
    """A process projects until the block ends, started again if it dies. It keeps no listening socket open.

    While there is none, a worker projects. The block begins once the process has the turn, or another has it: a
    worker that came first would take it, and project in the time in which it should answer. How far the views are by
    then nobody waits for.
    """
    # What is imported here already is not imported again, which is a third of what it takes to start. A copy of
    # a process with other threads would wait for ever for what one of them held.
    copied = sys.platform == "linux" and threading.active_count() == 1
    ours, process = _begun(_COPIED if copied else _FRESH, listening if copied else ())
    with _StartedAgain(process):
        with ours, suppress(EOFError):  # one that could not begin has said why
            if ours.poll(_BEGINS_WITHIN_SECONDS):
                ours.recv()
        yield


def _begun(kind: type[BaseProcess], listening: Sequence[socket]) -> tuple[Connection, BaseProcess]:
    """A process of this kind that projects, and where it says once that it has begun."""
    ours, theirs = multiprocessing.Pipe(duplex=False)
    given = os.getpid(), theirs, listening
    process = kind(target=_project, args=given, name="caseledger-projector")
    process.start()
    theirs.close()
    return ours, process


class _StartedAgain:
    """Used as a context manager, a process that projects, and another one as often as it ends by itself.

    One that ends soon after it began is waited for twice as long each time, up to a minute.
    """

    def __init__(self, process: BaseProcess) -> None:
        self._process = process
        self._over = Event()
        self._changing = Lock()
        self._thread = Thread(target=self._mind, name="caseledger-projects", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        with self._changing:
            self._over.set()
            self._process.terminate()
        self._thread.join()

    def _mind(self) -> None:
        rest = _AGAIN_AFTER_SECONDS
        while True:
            began = monotonic()
            self._process.join()
            if monotonic() - began > _AGAIN_AFTER_AT_MOST_SECONDS:
                rest = _AGAIN_AFTER_SECONDS
            if self._over.wait(rest):
                return
            rest = min(2 * rest, _AGAIN_AFTER_AT_MOST_SECONDS)
            self._start_again()

    def _start_again(self) -> None:
        with self._changing:
            if self._over.is_set():
                return
            ended = self._process.exitcode
            try:
                begun, self._process = _begun(_FRESH, ())
            except OSError as error:  # no memory, or too many processes: it is tried again
                structlog.get_logger().error("projector", outcome="not-started", why=str(error))
                return
            begun.close()  # a worker projects meanwhile, so nobody waits
            structlog.get_logger().error("projector", outcome="started-again", ended=ended)


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
    try:
        _project_until(lambda: stopped.is_set() or os.getppid() != parent, begun)
    except LedgerError as error:
        structlog.get_logger().error("projector", outcome=error.code, why=str(error))
        raise SystemExit(_NOT_DONE) from error


def _project_until(over: Callable[[], bool], begun: Connection) -> None:
    location = Settings().location
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
            Projector(
                store,
                views,
                turn,
                observed=told.projected,
                stopped=over,
                asks_every=_ASKS_EVERY_SECONDS,
            ),
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
