"""At once: of many who read few do so at a time, and nobody waits for one that takes long."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from itertools import count
from threading import Barrier, Event, Lock

from api.http.serving.at_once import FewAtOnce
from tests.patience import WITHIN_SECONDS

READERS = 12


def test_of_many_who_read_two_do_so_at_a_time() -> None:
    few, changing, begin = FewAtOnce(now=lambda: 0.0), Lock(), Barrier(READERS)
    reading = 0
    seen: list[int] = []

    def read(_place: int) -> None:
        nonlocal reading
        begin.wait(WITHIN_SECONDS)
        with few.reading():
            with changing:
                reading += 1
                seen.append(reading)
            with changing:
                reading -= 1

    with ThreadPoolExecutor(READERS) as threads:
        list(threads.map(read, range(READERS)))
    assert len(seen) == READERS
    assert max(seen) <= 2


def test_whoever_takes_long_holds_nobody_up() -> None:
    """Two read until all others have read: by their clock a moment passes at each look."""
    few, over = FewAtOnce(now=count().__next__), Event()

    def reads_long(_place: int) -> None:
        with few.reading():
            assert over.wait(WITHIN_SECONDS)

    with ThreadPoolExecutor(3) as threads:
        long = [threads.submit(reads_long, each) for each in range(2)]
        others = threads.submit(lambda: [_read(few) for _ in range(READERS)])
        others.result(WITHIN_SECONDS)
        over.set()
        for each in long:
            each.result(WITHIN_SECONDS)


def _read(few: FewAtOnce) -> None:
    with few.reading():
        pass
