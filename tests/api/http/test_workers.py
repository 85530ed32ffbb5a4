"""Workers: that one has ended is heard at once, whatever it was asked before."""

from __future__ import annotations

import os
import pickle
import signal
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager, suppress
from socket import create_connection, socket

import pytest

from api.http.serving.listening import ENDING, ItsOwn, Workers, listening_on, shared_at
from ledger.errors import LedgerUnavailable
from tests.patience import WITHIN_SECONDS

CALLERS = 32
SILENT = "tests.api.http.test_workers:unready"


def unready() -> None:
    """An application that is never made: its process stops before."""
    os.kill(os.getpid(), signal.SIGSTOP)


def accepted(listening: socket) -> int:
    """How many have come there."""
    listening.setblocking(False)
    found = 0
    with suppress(BlockingIOError):
        while True:
            listening.accept()[0].close()
            found += 1
    return found


@pytest.fixture
def workers() -> Iterator[Workers]:
    with supervised() as found:
        yield found


@contextmanager
def supervised(*ignored: signal.Signals) -> Iterator[Workers]:
    """One worker where these signals are ignored, and afterwards the signals of this process as they were."""
    before = {each: signal.getsignal(each) for each in signal.valid_signals()}
    try:
        for each in ENDING:
            signal.signal(each, signal.SIG_IGN if each in ignored else signal.SIG_DFL)
        with closing(shared_at("127.0.0.1", 0)) as at:
            yield Workers(listening_on(SILENT, host="127.0.0.1", port=0, workers=1), at)
    finally:
        for each, handler in before.items():
            if handler is not None and signal.getsignal(each) is not handler:
                signal.signal(each, handler)


def test_a_worker_that_ends_instead_of_answering_is_not_waited_for(workers: Workers) -> None:
    """Before, the service was away for a minute where both ended, as after an erasure."""
    workers.init_processes()
    (worker,) = workers.processes
    with ThreadPoolExecutor(1) as asking:
        lives = asking.submit(worker.ping, 2 * WITHIN_SECONDS)
        worker.process.kill()
        assert lives.result(timeout=WITHIN_SECONDS) is False
    worker.join()


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM, signal.SIGINT])
def test_whatever_ends_one_process_ends_several(workers: Workers, number: signal.Signals) -> None:
    """Before, those of a terminal that was closed were started anew and went on."""
    signal.raise_signal(number)
    workers.handle_signals()
    assert workers.should_exit.is_set()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux spreads callers over sockets")
def test_connections_that_come_at_once_are_spread_over_the_workers() -> None:
    """Before, one worker took all of them, and answered them for as long as they were kept."""
    with closing(shared_at("127.0.0.1", 0)) as at:
        own = ItsOwn(*at.getsockname())
        of_workers: list[socket] = [pickle.loads(pickle.dumps(own)) for _ in range(2)]
        for each in of_workers:
            each.listen()
        callers = [create_connection(at.getsockname()) for _ in range(CALLERS)]
        came = [accepted(each) for each in (at, *of_workers)]
        for each in (*of_workers, *callers):
            each.close()
    assert sum(came) == CALLERS
    assert min(came) > 0


def test_whoever_comes_while_no_worker_is_there_waits() -> None:
    with closing(shared_at("127.0.0.1", 0)) as at, create_connection(at.getsockname()):
        assert accepted(at) == 1


def test_where_workers_listen_nobody_else_does() -> None:
    with (
        closing(shared_at("127.0.0.1", 0)) as at,
        pytest.raises(LedgerUnavailable, match="Something listens at"),
    ):
        shared_at("127.0.0.1", at.getsockname()[1])


def test_what_whoever_starts_them_ignores_is_ignored() -> None:
    with supervised(signal.SIGHUP):
        assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
        assert signal.getsignal(signal.SIGTERM) is not signal.SIG_DFL
