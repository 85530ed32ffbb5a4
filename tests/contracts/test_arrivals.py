"""Whoever follows the log hears of entries soon after they are recorded, from whichever process they come."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from ledger.errors import LedgerUnavailable
from ledger.store import Arrivals, LedgerStore, Location, arrivals, arrivals_at
from tests.contracts.recorded import append_when_its_turn_comes, batch, end_sessions
from tests.forked import PROCESSES
from tests.patience import WITHIN_SECONDS

LONG_SECONDS = float(WITHIN_SECONDS)


@pytest.fixture
def following(ledger: LedgerStore, location: Location) -> Iterator[Arrivals]:
    """What tells of entries that arrive in `ledger`."""
    with arrivals_at(location, ledger) as found:
        yield found


def test_what_is_there_already_is_told_at_once(ledger: LedgerStore, following: Arrivals) -> None:
    ledger.append(batch(1, 3), expected_tip=0)
    assert following.wait(after=0, seconds=LONG_SECONDS) == 3
    assert asyncio.run(following.awaited(after=2, seconds=LONG_SECONDS)) == 3


def test_where_nothing_arrives_the_wait_ends_in_its_time(following: Arrivals) -> None:
    began = time.monotonic()
    assert following.wait(after=0, seconds=0.1) == 0
    assert asyncio.run(following.awaited(after=0, seconds=0.1)) == 0
    assert time.monotonic() - began >= 0.2


def test_threads_and_coroutines_are_woken_by_an_entry_of_this_process(
    ledger: LedgerStore, following: Arrivals, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(arrivals, "LOOKS_EVERY_SECONDS", 2 * LONG_SECONDS)

    async def two_coroutines() -> list[int]:
        waiting = [following.awaited(after=0, seconds=LONG_SECONDS) for _ in range(2)]
        return await asyncio.gather(*waiting)

    with ThreadPoolExecutor(4) as threads:
        told = [threads.submit(following.wait, after=0, seconds=LONG_SECONDS) for _ in range(2)]
        coroutines = threads.submit(asyncio.run, two_coroutines())
        ledger.append(batch(1), expected_tip=0)
        assert [each.result() for each in told] == [1, 1]
        assert coroutines.result() == [1, 1]


def test_an_entry_of_another_process_is_heard_of(
    ledger: LedgerStore, location: Location, following: Arrivals
) -> None:
    ours, theirs = PROCESSES.Pipe()
    other = PROCESSES.Process(target=append_when_its_turn_comes, args=(location, theirs))
    other.start()
    assert following.wait(after=0, seconds=LONG_SECONDS) == 1
    other.join()
    ours.close()
    theirs.close()


def test_a_coroutine_may_be_cancelled_and_another_still_hears(
    ledger: LedgerStore, following: Arrivals
) -> None:
    async def one_gives_up() -> int:
        impatient = asyncio.create_task(following.awaited(after=0, seconds=LONG_SECONDS))
        patient = asyncio.create_task(following.awaited(after=0, seconds=LONG_SECONDS))
        await asyncio.wait([impatient, patient], timeout=0.01)
        impatient.cancel()
        with pytest.raises(asyncio.CancelledError):
            await impatient
        await asyncio.to_thread(ledger.append, batch(1), expected_tip=0)
        return await patient

    assert asyncio.run(one_gives_up()) == 1


def test_after_its_session_was_ended_it_listens_again(
    ledger: LedgerStore, postgresql_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(arrivals, "LOOKS_EVERY_SECONDS", 0.05)
    with arrivals_at(postgresql_url, ledger) as following:
        assert following.wait(after=0, seconds=0.1) == 0
        end_sessions(postgresql_url)
        ledger.append(batch(1), expected_tip=0)
        assert following.wait(after=0, seconds=LONG_SECONDS) == 1


def test_once_nobody_waits_the_connection_is_given_up_and_made_again_for_the_next(
    ledger: LedgerStore, following: Arrivals, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(arrivals, "LOOKS_EVERY_SECONDS", 0.05)
    monkeypatch.setattr(arrivals, "LISTENS_ON_SECONDS", 0.0)
    assert following.wait(after=0, seconds=0.05) == 0
    listener = following._listener
    if listener is not None:
        listener.join(timeout=LONG_SECONDS)
        assert not listener.is_alive()
    ledger.append(batch(1), expected_tip=0)
    assert following.wait(after=0, seconds=LONG_SECONDS) == 1


def test_whoever_waits_when_it_is_closed_is_answered_and_nobody_may_ask_afterwards(
    ledger: LedgerStore, location: Location
) -> None:
    following = arrivals_at(location, ledger)
    with ThreadPoolExecutor(1) as threads:
        waits = threads.submit(following.wait, after=0, seconds=LONG_SECONDS)
        while not following._threads:
            Event().wait(0.001)
        following.close()
        assert waits.result() == 0
    with pytest.raises(LedgerUnavailable, match="closed"):
        following.wait(after=0, seconds=0)
    following.close()
