"""The ledger as coroutines ask it: what they ask is gathered without a lock and written by one thread.

The callers of an event loop run one after another anyway, so a list gathers them; while a batch is
written the next one gathers. However many wait for a batch, it wakes the writing thread once and the
loop once. The thread is our own: what else keeps the loop's threads busy keeps no command waiting.
"""

from __future__ import annotations

from asyncio import AbstractEventLoop, Future, get_running_loop
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from time import perf_counter
from types import TracebackType
from typing import Self, TypeVar
from weakref import WeakKeyDictionary

from ledger.commands import Request
from ledger.entry import Receipt
from ledger.errors import StartAgain
from ledger.service import Ledger
from ledger.store.writer import Outcome

T = TypeVar("T")
Observed = Callable[[Sequence[Request], float], None]
"""Is told of each batch what was asked in it, and how many seconds it took, whatever came of it."""


def _unobserved(_requests: Sequence[Request], _seconds: float) -> None:
    return


@dataclass(frozen=True, slots=True)
class _Caller:
    request: Request
    answer: Future[Receipt]


@dataclass(slots=True)
class _Gathered:
    """What the coroutines of one event loop have asked and is not sent yet."""

    callers: list[_Caller] = field(default_factory=list[_Caller])
    sending: bool = False
    """A batch is being written or is about to be."""


class AwaitedLedger:
    """A ledger for the coroutines of any event loops; threads may ask the ledger itself meanwhile.

    Use it as a context manager, or close it, before the ledger is closed.
    """

    def __init__(self, ledger: Ledger, *, observed: Observed = _unobserved) -> None:
        self._ledger = ledger
        self._observed = observed
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="caseledger-writer")
        self._gathered = WeakKeyDictionary[AbstractEventLoop, _Gathered]()

    async def ask(self, request: Request) -> Receipt:
        """Decides and records one request as `Ledger.handle` does; raises what that raises.

        Nothing is asked for a caller that is cancelled before its batch is begun. One that is cancelled
        later may have been recorded: asking again under the same command id tells.
        """
        loop = get_running_loop()
        gathered = self._gathered.get(loop)
        if gathered is None:
            gathered = self._gathered[loop] = _Gathered()
        answer: Future[Receipt] = loop.create_future()
        gathered.callers.append(_Caller(request, answer))
        if not gathered.sending:
            gathered.sending = True
            loop.call_soon(self._send, loop, gathered)  # once all who are about to ask have asked
        return await answer

    async def look(self) -> None:
        """Waits for its turn and records nothing; raises what every command would hear now."""
        await self._on_thread(get_running_loop(), self._ledger.look)

    def close(self) -> None:
        """Waits for the batch that is being written; whoever asks afterwards hears LedgerUnavailable."""
        self._thread.shutdown()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _send(self, loop: AbstractEventLoop, gathered: _Gathered) -> None:
        callers = [caller for caller in gathered.callers if not caller.answer.done()]
        gathered.callers.clear()
        gathered.sending = bool(callers)
        if not callers:
            return
        written = self._on_thread(loop, partial(self._write, [each.request for each in callers]))
        written.add_done_callback(partial(self._answer, loop, gathered, callers))

    def _on_thread(self, loop: AbstractEventLoop, work: Callable[[], T]) -> Future[T]:
        try:
            return loop.run_in_executor(self._thread, work)
        except RuntimeError as error:  # the thread was let go, or none can be started
            refused: Future[T] = loop.create_future()
            refused.set_exception(
                StartAgain(f"The ledger takes nothing more ({error}): open it again.")
            )
            return refused

    def _write(self, requests: Sequence[Request]) -> Sequence[Outcome]:
        began = perf_counter()
        try:
            return self._ledger.handle_all(requests)
        finally:
            self._observed(requests, perf_counter() - began)

    def _answer(
        self,
        loop: AbstractEventLoop,
        gathered: _Gathered,
        callers: Sequence[_Caller],
        written: Future[Sequence[Outcome]],
    ) -> None:
        failure = written.exception()
        outcomes = [failure] * len(callers) if failure is not None else written.result()
        for caller, outcome in zip(callers, outcomes, strict=True):
            if caller.answer.done():  # cancelled meanwhile
                continue
            if isinstance(outcome, Receipt):
                caller.answer.set_result(outcome)
            else:
                caller.answer.set_exception(outcome)
        loop.call_soon(self._send, loop, gathered)  # once those who were answered have asked again
