"""Ledgers in processes of their own, to be asked from here or killed in the middle of their work."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from threading import Event, Thread

from ledger.awaited import AwaitedLedger
from ledger.case.custody.pulling import PullCase
from ledger.commands import Request
from ledger.entry import Receipt
from ledger.errors import LedgerUnavailable
from ledger.ids import uuid7
from ledger.service import Ledger
from ledger.store import Location
from ledger.times import EPOCH
from ledger.writer.writer import Outcome
from tests.benchmarks.office import PUBLISHER, members_of
from tests.benchmarks.work import case_number, contact, opening, team_of
from tests.forked import PROCESSES
from tests.patience import WITHIN_SECONDS, be_patient

be_patient()  # other processes import this too

CALLERS = 4
_ASKS_AGAIN_SECONDS = 0.05


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """What a caller in the other process was answered: its command's place in the load, and the receipt."""

    caller: int
    nth: int
    receipt: Receipt


def nth_request(caller: int, nth: int, *, of: int = CALLERS) -> Request:
    """The load of one caller among so many: case after case, each opened, called about and pulled."""
    number = caller + of * (nth // 3)
    match nth % 3:
        case 0:
            return opening(number)
        case 1:
            return contact(number, 0)
        case _:
            team = team_of(number)
            pull = PullCase(case_ids=(case_number(number),), team=team, owner=members_of(team)[0])
            return Request(pull, PUBLISHER, uuid7(EPOCH, b"pull" + number.to_bytes(6, "big")))


@contextmanager
def loaded(
    location: Location,
    master_key: Path,
    starts: Sequence[int],
    *,
    first: int = 0,
    of: int = CALLERS,
    persistent: bool = False,
) -> Generator[Loading]:
    """A process that asks its ledger one command after another until it is killed.

    Of its callers every other one is a coroutine, the rest are threads; `first` is the number of the
    first `of` all that there are. Persistent ones ask the same again while the ledger is unavailable.
    """
    here, there = PROCESSES.Pipe(duplex=False)
    load = _Load(location, master_key, tuple(starts), first, of, persistent)
    process = PROCESSES.Process(target=_load, args=(load, there), daemon=True)
    process.start()
    there.close()
    try:
        yield Loading(process, here)
    finally:
        process.kill()
        process.join()
        process.close()
        here.close()


class Loading:
    """The process, and the line that it writes for each receipt after it has it."""

    def __init__(self, process: BaseProcess, here: Connection) -> None:
        self._process = process
        self._here = here
        self._unfinished = b""

    def acknowledged(self) -> Iterator[Acknowledged]:
        """Every receipt as it comes; ends when the process has ended and all it said was read."""
        while said := os.read(self._here.fileno(), 65_536):
            *lines, self._unfinished = (self._unfinished + said).split(b"\n")
            for line in lines:
                yield _acknowledged(line)

    def goes_on(self, *, seconds: float) -> None:
        """Lets it work on for so long."""
        self._process.join(seconds)

    def kill(self) -> None:
        """SIGKILL: it gets to do nothing more."""
        self._process.kill()
        self._process.join()


@dataclass(frozen=True, slots=True)
class _Load:
    """What the callers of a process ask of which ledger, and from which command on."""

    location: Location
    master_key: Path
    starts: tuple[int, ...]
    first: int
    of: int
    persistent: bool


def _load(load: _Load, there: Connection) -> None:
    with (
        Ledger.open(load.location, master_key=load.master_key) as ledger,
        AwaitedLedger(ledger) as awaited,
    ):

        def ask(caller: int, start: int) -> None:
            for nth in count(start):
                asked = nth_request(caller, nth, of=load.of)
                while (receipt := answer(asked)) is None:
                    Event().wait(_ASKS_AGAIN_SECONDS)
                os.write(there.fileno(), _line(caller, nth, receipt))

        def answer(asked: Request) -> Receipt | None:
            try:
                return ledger.handle(asked.command, actor=asked.actor, command_id=asked.command_id)
            except LedgerUnavailable:
                if not load.persistent:
                    raise
                return None

        async def await_answers(caller: int, start: int) -> None:
            for nth in count(start):
                asked = nth_request(caller, nth, of=load.of)
                while (receipt := await await_answer(asked)) is None:
                    await asyncio.to_thread(Event().wait, _ASKS_AGAIN_SECONDS)
                os.write(there.fileno(), _line(caller, nth, receipt))

        async def await_answer(asked: Request) -> Receipt | None:
            try:
                return await awaited.ask(asked)
            except LedgerUnavailable:
                if not load.persistent:
                    raise
                return None

        async def await_all() -> None:
            await asyncio.gather(*(await_answers(*each) for each in every[1::2]))

        every = list(enumerate(load.starts, load.first))
        callers = [Thread(target=ask, args=each) for each in every[::2]]
        for caller in callers:
            caller.start()
        asyncio.run(await_all())


def _line(caller: int, nth: int, receipt: Receipt) -> bytes:
    said = (caller, nth, receipt.stream, receipt.version, receipt.position, receipt.digest)
    return (" ".join(map(str, said)) + f" {int(receipt.fresh)}\n").encode()


def _acknowledged(line: bytes) -> Acknowledged:
    caller, nth, stream, version, position, digest, fresh = line.decode().split()
    receipt = Receipt(stream, int(version), int(position), digest, fresh=fresh == "1")
    return Acknowledged(int(caller), int(nth), receipt)


@contextmanager
def served(location: Location, master_key: Path) -> Generator[Served]:
    """The same ledger open in another process, which answers requests until the block ends."""
    here, there = PROCESSES.Pipe()
    process = PROCESSES.Process(target=_serve, args=(location, master_key, there), daemon=True)
    process.start()
    there.close()
    other = Served(here)
    try:
        other.answers()
        yield other
    finally:
        here.close()
        process.join(WITHIN_SECONDS)
        process.kill()
        process.join()
        process.close()


class Served:
    """The other process, as its caller sees it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def is_asked(self, shares: Sequence[Sequence[Request]]) -> None:
        """Each share is asked by a thread of its own over there; returns at once."""
        self._connection.send([list(share) for share in shares])

    def answers(self) -> list[list[Outcome]]:
        """What each share was answered."""
        if not self._connection.poll(WITHIN_SECONDS):
            raise AssertionError("the other process does not answer")
        return self._connection.recv()


def _serve(location: Location, master_key: Path, there: Connection) -> None:
    with Ledger.open(location, master_key=master_key) as ledger:
        there.send([])
        while True:
            try:
                shares: list[list[Request]] = there.recv()
            except EOFError:
                return
            there.send(asked_at_once(ledger, shares))


def asked_at_once(ledger: Ledger, shares: Sequence[Sequence[Request]]) -> list[list[Outcome]]:
    """What each share is answered when each is asked by a thread of its own, one request after another."""
    answers: list[list[Outcome]] = [[] for _ in shares]

    def ask(place: int) -> None:
        for request in shares[place]:
            answers[place] += ledger.handle_all([request])

    threads = [Thread(target=ask, args=(place,)) for place in range(len(shares))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers
