"""Workers: that one has ended is heard at once, whatever it was asked before."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest

from api.http.listening import Workers, listening_at, listening_on
from tests.patience import WITHIN_SECONDS

SILENT = "tests.api.http.test_workers:unready"


def unready() -> None:
    """An application that is never made: its process stops before."""
    os.kill(os.getpid(), signal.SIGSTOP)


@pytest.fixture
def workers() -> Iterator[Workers]:
    """One worker, and the signals of this process as they were."""
    before = {each: signal.getsignal(each) for each in signal.valid_signals()}
    try:
        with closing(listening_at("127.0.0.1", 0)) as socket:
            yield Workers(listening_on(SILENT, host="127.0.0.1", port=0, workers=1), [socket])
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
