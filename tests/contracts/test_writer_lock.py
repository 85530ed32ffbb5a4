"""The writer's lock of a home is not waited for without end: who waits hears which process holds it, and asks again."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread

import pytest

from ledger.errors import LedgerUnavailable
from ledger.store import locks
from ledger.store.locks import WriterLock
from tests.api.http.served import serving
from tests.ledgers import place_in
from tests.patience import WITHIN_SECONDS

HOLDS = """
import fcntl, sys
with open(sys.argv[1], "r+b") as file:
    fcntl.flock(file, fcntl.LOCK_EX)
    print("held", flush=True)
    sys.stdin.read()
"""
TOLD_BY_THE_SYSTEM = Path("/proc/locks").exists()


class Holder:
    """Another process that holds a lock until it is told to let go."""

    def __init__(self, path: Path) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", HOLDS, str(path)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert self._process.stdout is not None
        assert self._process.stdout.readline() == "held\n"
        self.process_id = self._process.pid

    def lets_go(self) -> None:
        """Ends, and so frees the lock."""
        self._process.communicate()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    found = tmp_path / "ledger.lock"
    found.touch()
    return found


@pytest.fixture
def holder(path: Path) -> Iterator[Holder]:
    found = Holder(path)
    yield found
    found.lets_go()


def comes_in(lock: WriterLock) -> bool:
    """Whether whoever asks again and again holds it at last, by the same lock."""
    while True:
        try:
            with lock, lock:
                return lock.held_here
        except LedgerUnavailable:
            continue


def test_who_waits_in_vain_hears_which_process_holds_it(path: Path, holder: Holder) -> None:
    lock = WriterLock(path, within_seconds=0.05)
    who = str(holder.process_id) if TOLD_BY_THE_SYSTEM else "Another process"
    for _ in range(2):
        with pytest.raises(LedgerUnavailable, match=f"{who} has held "), lock:
            raise AssertionError("it was free")
    holder.lets_go()
    assert comes_in(lock)
    lock.close()


def test_who_waits_comes_in_as_soon_as_the_holder_lets_go(path: Path, holder: Holder) -> None:
    lock, waits = WriterLock(path, within_seconds=WITHIN_SECONDS), Event()

    def takes() -> None:
        waits.set()
        with lock:
            pass

    thread = Thread(target=takes)
    thread.start()
    waits.wait()
    holder.lets_go()
    thread.join(WITHIN_SECONDS)
    assert not thread.is_alive()
    lock.close()


def test_who_gave_up_keeps_nobody_else_out(path: Path, holder: Holder) -> None:
    gave_up, other = (WriterLock(path, within_seconds=each) for each in (0.01, WITHIN_SECONDS))
    with pytest.raises(LedgerUnavailable), gave_up:
        raise AssertionError("it was free")
    holder.lets_go()
    with other:
        assert not gave_up.held_here
    again = Holder(path)
    again.lets_go()
    assert comes_in(gave_up)
    for each in (gave_up, other):
        each.close()


def test_another_thread_of_this_process_is_waited_for_no_longer(path: Path) -> None:
    lock, held, ends = WriterLock(path, within_seconds=0.05), Event(), Event()

    def holds() -> None:
        with lock:
            held.set()
            ends.wait()

    thread = Thread(target=holds)
    thread.start()
    held.wait()
    with pytest.raises(LedgerUnavailable, match="has held"), lock:
        raise AssertionError("it was free")
    ends.set()
    thread.join()
    lock.close()


def test_over_http_it_is_answered_with_503_and_the_same_key_is_recorded_once_it_is_free(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(locks, "WITHIN_SECONDS", 0.1)
    said = {"channel": "phone", "request_type": "RDW-POT", "language": "en", "region": "HAL"}
    place = place_in(tmp_path)
    with serving(place) as office:
        caller = office.as_member("I-02")
        caller.opened()
        holder = Holder(Path(str(place.location)) / "ledger.lock")
        busy = caller.post("/v1/cases", said, key="while it is held")
        holder.lets_go()
        while (done := caller.post("/v1/cases", said, key="while it is held")).status_code == 503:
            continue
    assert (busy.status_code, busy.headers["Retry-After"]) == (503, "5")
    assert busy.json()["code"] == "ledger-unavailable"
    assert "has held ledger.lock for more than 0.1 seconds" in busy.json()["detail"]
    assert (done.status_code, done.json()["fresh"]) == (201, True)
