"""Gathering: what coroutines ask is gathered without a lock and answered by one thread, a batch at a time.

The callers of an event loop run one after another anyway, so a list gathers them; while a batch is
answered the next one gathers. However many wait for a batch, it wakes the thread once and the loop once.
The thread is our own: what else keeps the loop's threads busy keeps nobody waiting here.
"""

from __future__ import annotations

from asyncio import AbstractEventLoop, Future, get_running_loop
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from typing import Generic, Self, TypeVar
from weakref import WeakKeyDictionary

from ledger.errors import StartAgain

Q = TypeVar("Q")
A = TypeVar("A")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Caller(Generic[Q, A]):
    asked: Q
    answer: Future[A]


@dataclass(slots=True)
class _Gathered(Generic[Q, A]):
    """What the coroutines of one event loop have asked and is not sent yet."""

    callers: list[_Caller[Q, A]] = field(default_factory=list[_Caller[Q, A]])
    sending: bool = False
    """A batch is being answered or is about to be."""


class Gathering(Generic[Q, A]):
    """Asked by the coroutines of any event loops. Use it as a context manager, or close it.

    `answer_all` answers a batch in its order, each with an answer or with what is to be raised.
    """

    def __init__(
        self, answer_all: Callable[[Sequence[Q]], Sequence[A | Exception]], *, thread: str
    ) -> None:
        self._answer_all = answer_all
        self._thread = ThreadPoolExecutor(1, thread_name_prefix=thread)
        self._gathered = WeakKeyDictionary[AbstractEventLoop, _Gathered[Q, A]]()

    async def ask(self, asked: Q, /) -> A:
        """The answer, once the batch is answered in which this is; raises what that says.

        Nothing is asked for a caller that is cancelled before its batch is begun.
        """
        loop = get_running_loop()
        gathered = self._gathered.get(loop)
        if gathered is None:
            gathered = self._gathered[loop] = _Gathered[Q, A]()
        answer: Future[A] = loop.create_future()
        gathered.callers.append(_Caller(asked, answer))
        if not gathered.sending:
            gathered.sending = True
            loop.call_soon(self._send, loop, gathered)  # once all who are about to ask have asked
        return await answer

    async def alone(self, work: Callable[[], T]) -> T:
        """What this answers, on the same thread, after what was sent there before."""
        return await self._on_thread(get_running_loop(), work)

    def close(self) -> None:
        """Waits for the batch that is being answered; whoever asks afterwards hears StartAgain."""
        self._thread.shutdown()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _send(self, loop: AbstractEventLoop, gathered: _Gathered[Q, A]) -> None:
        callers = [caller for caller in gathered.callers if not caller.answer.done()]
        gathered.callers.clear()
        gathered.sending = bool(callers)
        if not callers:
            return
        asked = [each.asked for each in callers]
        answered = self._on_thread(loop, partial(self._answer_all, asked))
        answered.add_done_callback(partial(self._answer, loop, gathered, callers))

    def _on_thread(self, loop: AbstractEventLoop, work: Callable[[], T]) -> Future[T]:
        try:
            return loop.run_in_executor(self._thread, work)
        except RuntimeError as error:  # the thread was let go, or none can be started
            refused: Future[T] = loop.create_future()
            refused.set_exception(
                StartAgain(f"The ledger takes nothing more ({error}): open it again.")
            )
            return refused

    def _answer(
        self,
        loop: AbstractEventLoop,
        gathered: _Gathered[Q, A],
        callers: Sequence[_Caller[Q, A]],
        answered: Future[Sequence[A | Exception]],
    ) -> None:
        failure = answered.exception()
        answers = [failure] * len(callers) if failure is not None else answered.result()
        for caller, answer in zip(callers, answers, strict=True):
            if caller.answer.done():  # cancelled meanwhile
                continue
            if isinstance(answer, BaseException):
                caller.answer.set_exception(answer)
            else:
                caller.answer.set_result(answer)
        loop.call_soon(self._send, loop, gathered)  # once those who were answered have asked again
