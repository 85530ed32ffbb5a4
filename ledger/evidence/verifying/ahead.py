"""Ahead: other processes examine ranges of a long log from its end, while a pass comes from its beginning.

They open store and vault by their location and read them, nothing more. What they vouch for is a saving and no
authority: the pass examines itself whatever they have not reached, not vouched for, or died over.
"""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Generator
from concurrent.futures import Future
from contextlib import closing, contextmanager
from functools import partial
from multiprocessing.connection import Connection as Pipe
from multiprocessing.process import BaseProcess
from threading import Lock, Thread

from ledger.errors import LedgerError
from ledger.evidence.verifying.examining import Keys
from ledger.evidence.verifying.vouching import Vouched, examined_ahead, published_policies
from ledger.kinds import KINDS
from ledger.sealing.master_key import MasterKey
from ledger.sealing.vault import Vault
from ledger.sealing.whose import misgiven
from ledger.store import Location, open_ledger_store, open_vault_store

_SPAWN = multiprocessing.get_context("spawn")


class Ahead:
    """Ranges, counted from 0, that are shared between a pass and those who examine ahead of it."""

    def __init__(self, ranges: int) -> None:
        self._lock = Lock()
        self._next, self._end = 0, ranges
        self._taken: dict[int, Future[Vouched | None]] = {}
        self._entries = 0

    @property
    def entries(self) -> int:
        """How many entries were vouched for and not yet asked for."""
        with self._lock:
            return self._entries

    def vouched(self, number: int) -> Vouched | None:
        """What is vouched for in the range of this number, once it is known; None leaves it to the caller.

        Asked in rising order; ranges that are passed over are given to nobody any more.
        """
        with self._lock:
            self._next = number + 1
            taken = self._taken.pop(number, None)
        if taken is None:
            return None
        found = taken.result()
        if found is not None:
            with self._lock:
                self._entries -= found.counted.entries
        return found

    def take_last(self) -> tuple[int, Future[Vouched | None]] | None:
        """The last range that nobody has, for the caller to examine; None if there is none left."""
        with self._lock:
            if self._end <= self._next:
                return None
            self._end -= 1
            taken = self._taken[self._end] = Future[Vouched | None]()
            return self._end, taken

    def settle(self, taken: Future[Vouched | None], found: Vouched | None) -> None:
        """What became of a range that was taken."""
        if found is not None:
            with self._lock:
                self._entries += found.counted.entries
        taken.set_result(found)


@contextmanager
def looking_ahead(
    location: Location,
    *,
    processes: int,
    tip: int,
    a_range: int,
    destroyed: frozenset[bytes],
    held: frozenset[bytes] | None,
    master: MasterKey | None,
) -> Generator[Ahead]:
    """So many processes examine ahead for the block, in ranges of so many positions.

    `destroyed` and `held` are the ids of keys; the vault, which `master` opens if it is here, is absent where none
    are told to be held.
    """
    ahead = Ahead(-(-tip // a_range))
    children: list[BaseProcess] = []
    threads: list[Thread] = []
    try:
        for _ in range(processes):
            here, there = _SPAWN.Pipe()
            child = _SPAWN.Process(
                target=_examine,
                args=(location, destroyed, held, master, tip, a_range, there),
                daemon=True,
            )
            child.start()
            there.close()
            children.append(child)
            thread = Thread(target=_hand_out, args=(ahead, here), daemon=True)
            thread.start()
            threads.append(thread)
        yield ahead
    finally:
        for child in children:
            child.terminate()
            child.join()
        for thread in threads:
            thread.join()


def _hand_out(ahead: Ahead, pipe: Pipe) -> None:
    """Gives ranges to one process for as long as there are any and it answers."""
    with closing(pipe):
        while (last := ahead.take_last()) is not None:
            number, taken = last
            found: Vouched | None = None
            try:
                pipe.send(number)
                found = pipe.recv()
            except (EOFError, OSError):
                return  # it died, or the pass has ended: what it had is left to the pass
            finally:
                ahead.settle(taken, found)


def _examine(
    location: Location,
    destroyed: frozenset[bytes],
    held: frozenset[bytes] | None,
    master: MasterKey | None,
    tip: int,
    a_range: int,
    pipe: Pipe,
) -> None:
    """One process: answers each range that it is given with what it vouches for in it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    assert KINDS  # with them, every kind of entry is known

    def opens(key_id: bytes) -> bool:
        return held is None or key_id in held

    try:
        with (
            closing(open_ledger_store(location, examining=True)) as store,
            closing(
                Vault(None if held is None else open_vault_store(location), master, store.ledger_id)
            ) as vault,
        ):
            whose = partial(misgiven, ledger_id=store.ledger_id, vault=vault)
            known = Keys(destroyed, opens, whose)
            published = published_policies(store)
            while True:
                number: int = pipe.recv()
                after = number * a_range
                upto = min(after + a_range, tip)
                pipe.send(examined_ahead(store, known, published, after=after, upto=upto))
    except (LedgerError, EOFError, OSError):
        return  # whoever asked meets the same where it examines this itself, or has ended
