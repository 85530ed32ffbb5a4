"""Random bits of ids are handed out once, whoever asks."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor

from ledger.randomness import Randomness


def test_no_bytes_are_handed_out_twice_however_many_ask() -> None:
    random = Randomness()
    with ThreadPoolExecutor(8) as threads:
        drawn = list(threads.map(lambda _: random(10), range(5_000)))
    assert {len(each) for each in drawn} == {10}
    assert len(set(drawn)) == len(drawn)


def test_a_forked_process_draws_its_own() -> None:
    random = Randomness()
    random(10)
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.write(writer, random(10))
        os._exit(0)
    os.waitpid(child, 0)
    os.close(writer)
    with os.fdopen(reader, "rb") as told:
        assert told.read() != random(10)
