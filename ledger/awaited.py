"""The ledger as coroutines ask it: what they ask is gathered and written by one thread, a batch at a time."""

from __future__ import annotations

from asyncio import get_running_loop
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from time import monotonic, perf_counter

from ledger.commands import Request
from ledger.entry import Receipt
from ledger.errors import LedgerError
from ledger.gathering import Gathering
from ledger.service import Ledger
from ledger.writer.loads import LoadFarBehind
from ledger.writer.writer import Decided

Observed = Callable[[Sequence[Request], float], None]
"""Is told of each batch what was asked in it, and how many seconds it took, whatever came of it."""


def _unobserved(_requests: Sequence[Request], _seconds: float) -> None:
    return


class AwaitedLedger(Gathering[Request, Receipt]):
    """A ledger for the coroutines of any event loops; threads may ask the ledger itself meanwhile.

    `ask` decides and records a request as `Ledger.handle` does; raises what that raises. A caller that is
    cancelled once its batch is begun may have been recorded: asking again under the same command id tells.
    It is closed before the ledger is.
    """

    def __init__(self, ledger: Ledger, *, observed: Observed = _unobserved) -> None:
        super().__init__(self._write, thread="caseledger-writer")
        self._ledger = ledger
        self._folding = ThreadPoolExecutor(1, thread_name_prefix="caseledger-folding")
        self._observed = observed
        self._closing = False
        self.failed: tuple[float, LedgerError] | None = None
        """When the last batch could not be written, by the monotonic clock, and why; None once one could."""

    async def ask(self, request: Request, /) -> Receipt:
        while True:
            try:
                return await super().ask(request)
            except LoadFarBehind:  # whoever needs no load is answered meanwhile
                folding = partial(self._ledger.writer.fold_load, wanted=lambda: not self._closing)
                await get_running_loop().run_in_executor(self._folding, folding)

    def close(self) -> None:
        self._closing = True
        super().close()
        self._folding.shutdown()

    async def look(self) -> None:
        """Waits for its turn and records nothing; raises what every command would hear now."""
        await self.alone(self._ledger.look)

    def _write(self, requests: Sequence[Request]) -> Sequence[Decided]:
        began = perf_counter()
        try:
            outcomes = self._ledger.writer.submit_apart(requests)
            self.failed = None
            return outcomes
        except LedgerError as error:
            self.failed = monotonic(), error
            raise
        finally:
            self._observed(requests, perf_counter() - began)
