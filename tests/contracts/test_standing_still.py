"""A process that is stopped while it holds the writer's lock of a database holds others up for seconds alone."""

from __future__ import annotations

import os
import signal
from collections.abc import Generator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path

import psycopg
import pytest

from ledger.commands import Request
from ledger.entry import Receipt
from ledger.errors import LedgerUnavailable
from ledger.service import Ledger
from ledger.store.postgres import holding
from tests.forked import PROCESSES
from tests.ledgers import INTAKE, Place, place_in
from tests.patience import WITHIN_SECONDS
from tests.writer.office_work import assert_clean, note, open_case

STANDS_STILL_SECONDS = 1.0


@pytest.fixture
def place(postgresql_url: str, tmp_path: Path) -> Place:
    return place_in(tmp_path, database=postgresql_url)


@contextmanager
def holding_the_lock(place: Place) -> Generator[tuple[int, Connection]]:
    """Another process that holds the writer's lock: its id, and the line to it; told to go on, it writes."""
    here, there = PROCESSES.Pipe()
    process = PROCESSES.Process(target=hold, args=(place, there), daemon=True)
    process.start()
    try:
        assert here.poll(WITHIN_SECONDS)
        assert here.recv() == "held"
        assert process.pid is not None
        yield process.pid, here
    finally:
        process.kill()
        process.join()


def hold(place: Place, there: Connection) -> None:
    """Takes the lock, and asks for a command once it is told to go on; says what it heard."""
    holding.STANDS_STILL_SECONDS = STANDS_STILL_SECONDS
    with place.open() as ledger:
        case_id = open_case(ledger)
        with ledger.store.exclusive():
            there.send("held")
            there.recv()
            try:
                ledger.handle(note(ledger, case_id), actor=INTAKE)
            except LedgerUnavailable as refused:
                there.send(str(refused))
            else:
                there.send("recorded")


def recorded(ledger: Ledger) -> Receipt:
    """A command of this process, which waits until nobody else holds the lock."""
    (outcome,) = ledger.handle_all([Request(note(ledger, open_case(ledger)), INTAKE)])
    assert isinstance(outcome, Receipt)
    return outcome


def test_a_process_that_is_stopped_while_it_holds_the_writer_s_lock_loses_it_and_hears_so(
    place: Place,
) -> None:
    """Before, nobody else wrote until it was ended: a minute for a worker, without end for any other process."""
    with place.office() as ledger, holding_the_lock(place) as (process, other):
        os.kill(process, signal.SIGSTOP)
        assert recorded(ledger).fresh
        os.kill(process, signal.SIGCONT)
        other.send("go on")
        assert other.poll(WITHIN_SECONDS)
        assert "does not answer" in other.recv()
        assert_clean(ledger)


def test_who_holds_the_writer_s_lock_for_long_and_is_at_work_keeps_it(place: Place) -> None:
    with place.office() as ledger, holding_the_lock(place) as (_, other):
        with psycopg.connect(str(place.location)) as waits:
            waits.execute("SELECT pg_sleep(%s)", (3 * STANDS_STILL_SECONDS,))
        other.send("go on")
        assert other.poll(WITHIN_SECONDS)
        assert other.recv() == "recorded"
        assert_clean(ledger)
