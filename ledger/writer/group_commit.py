"""Group commit: whoever asks while nobody writes leads, and writes for all who ask meanwhile.

The leader writes what is queued, wakes those who are answered, and hands the lead to one of those who
queued in the meantime. So one caller pays no hand-over to another thread, and sixteen share one fsync.
Whoever is answered soon asks again: a leader gives those of the last batch a moment to do so, or else
the first to come back would write alone, and every second fsync would be for one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Generic, TypeVar

Q = TypeVar("Q")
A = TypeVar("A")


_GATHERS_SECONDS = 0.0005
"""How long a leader waits at most for as many as were in the last batch: less than a disk takes."""


@dataclass(slots=True, eq=False)
class _Caller(Generic[Q, A]):
    asked: Sequence[Q]
    answers: Sequence[A] = ()
    failure: BaseException | None = None
    woken: Lock | None = None
    """Held until the caller is answered or is to lead; none for who leads at once."""
    leads: bool = False


class GroupCommit(Generic[Q, A]):
    """Gathers what many threads ask into batches that one of them writes."""

    def __init__(self, write: Callable[[Sequence[Q]], Sequence[A]]) -> None:
        """`write` answers each of what it is given, in order; it is never run by two threads at once."""
        self._write = write
        self._lock = Lock()
        self._queue: list[_Caller[Q, A]] = []
        self._led = False
        self._crowd = 1
        """How many callers were in the last batch."""
        self._gathering: Lock | None = None
        """Held while a leader waits for a crowd."""

    def submit(self, asked: Sequence[Q]) -> Sequence[A]:
        """The answers, in order, once the batch that these were in is written; raises what the writing raised."""
        caller = _Caller[Q, A](asked)
        if self._leads_now(caller):
            self._lead()
        if caller.failure is not None:
            raise caller.failure
        return caller.answers

    def _leads_now(self, caller: _Caller[Q, A]) -> bool:
        """Queues the caller; returns True if it is to lead, False once another leader has answered it."""
        with self._lock:
            self._queue.append(caller)
            if not self._led:
                self._led = True
                return True
            caller.woken = Lock()
            caller.woken.acquire()
            if self._gathering is not None and len(self._queue) >= self._crowd:
                self._gathering.release()
                self._gathering = None
        caller.woken.acquire()
        return caller.leads

    def _lead(self) -> None:
        self._gather()
        with self._lock:
            callers, self._queue = self._queue, []
            self._crowd = len(callers)
        self._answer(callers)
        with self._lock:
            heir = self._queue[0] if self._queue else None
            self._led = heir is not None
        for caller in callers:
            if caller.woken is not None and not caller.leads:
                caller.woken.release()
        if heir is not None and heir.woken is not None:
            heir.leads = True
            heir.woken.release()

    def _gather(self) -> None:
        """Waits for as many callers as were in the last batch, but not for long: a crowd that left costs one wait."""
        with self._lock:
            if len(self._queue) >= self._crowd:
                return
            gathering = self._gathering = Lock()
            gathering.acquire()
        gathering.acquire(timeout=_GATHERS_SECONDS)
        with self._lock:
            self._gathering = None

    def _answer(self, callers: Sequence[_Caller[Q, A]]) -> None:
        try:
            answers = self._write([each for caller in callers for each in caller.asked])
        except BaseException as failure:  # noqa: BLE001 - every waiting caller hears it and raises it
            for caller in callers:
                caller.failure = failure
            return
        start = 0
        for caller in callers:
            caller.answers = answers[start : start + len(caller.asked)]
            start += len(caller.asked)
