"""The worker: a thread that delivers whenever something has come or is due again, while its process has the turn."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from threading import Event, Thread

import structlog

from api.feed import Feed
from api.webhooks.courier import Attempted, Courier, Tally, unattended
from api.webhooks.deliveries import Deliveries
from api.webhooks.settings import WebhookSettings
from ledger.errors import LedgerError, LedgerUnavailable
from ledger.service import Ledger
from ledger.store import Arrivals, Location, Turn, turn_at
from ledger.store.turns import ASKED_EVERY_SECONDS

TURN = "webhooks"
_LOOKS_EVERY_SECONDS = 1.0
_PACE_SECONDS = 0.1
"""How long it rests after a pass: each takes time from what the process answers, and a busy log grows all the time."""
_AFTER_FAILURE_SECONDS = 2.0
_STOPS_WITHIN_SECONDS = 5.0


@contextmanager
def delivering(
    location: Location,
    ledger: Ledger,
    feed: Feed,
    arrivals: Arrivals,
    settings: WebhookSettings,
    *,
    attempted: Attempted = unattended,
) -> Generator[None]:
    """While the block runs deliveries are made in a thread of their own, by one process at a time."""
    worker = _Worker(location, ledger, feed, arrivals, settings, attempted)
    thread = Thread(target=worker.run, name="caseledger-webhooks", daemon=True)
    thread.start()
    worker.started.wait()
    try:
        yield
    finally:
        worker.stop()
        thread.join()


class _Worker:
    """Takes the turn, delivers, and waits for entries, until it is stopped; while something fails it tries again."""

    def __init__(
        self,
        location: Location,
        ledger: Ledger,
        feed: Feed,
        arrivals: Arrivals,
        settings: WebhookSettings,
        attempted: Attempted,
    ) -> None:
        self._location = location
        self._ledger = ledger
        self._feed = feed
        self._arrivals = arrivals
        self._settings = settings
        self._attempted = attempted
        self._errors: dict[str, str] = {}
        self._stopping = asyncio.Event()
        self._end: Callable[[], object] = lambda: None
        self.started = Event()

    def run(self) -> None:
        """Works until it is stopped."""
        asyncio.run(self._until_stopped())

    def stop(self) -> None:
        """Ends the work from another thread: what is on its way may arrive, for a moment, and nothing new goes out."""
        self._end()

    async def _until_stopped(self) -> None:
        loop = asyncio.get_running_loop()
        self._end = lambda: loop.call_soon_threadsafe(self._stopping.set)
        self.started.set()
        work = asyncio.create_task(self._work())
        await self._stopping.wait()
        work.cancel()
        with suppress(asyncio.CancelledError):
            await work

    async def _work(self) -> None:
        while not self._stopping.is_set():
            try:
                await self._in_turn()
            except LedgerError as error:
                structlog.get_logger().error("webhooks", outcome=error.code)
            except Exception as error:  # noqa: BLE001 - the edge of a thread: a defect is told, and it goes on
                structlog.get_logger().exception("defect", kind=type(error).__name__)
            await asyncio.sleep(_AFTER_FAILURE_SECONDS)

    async def _in_turn(self) -> None:
        with Deliveries.open(self._location) as deliveries, turn_at(self._location, TURN) as turn:
            while not await asyncio.to_thread(turn.take):  # noqa: ASYNC110 - another process lets go of it
                await asyncio.sleep(ASKED_EVERY_SECONDS)

            def go_on() -> None:
                if self._stopping.is_set():
                    raise LedgerUnavailable("Deliveries stop: whoever has the turn next goes on.")
                turn.refuse_lost()

            courier = Courier(
                self._ledger, self._feed, deliveries, self._settings,
                go_on=go_on, attempted=self._attempted,
            )  # fmt: skip
            try:
                await self._deliver(courier, turn)
            finally:
                await courier.close(within_seconds=_STOPS_WITHIN_SECONDS)

    async def _deliver(self, courier: Courier, turn: Turn) -> None:
        tip = 0
        while True:
            tally = await courier.deliver()
            await asyncio.to_thread(turn.refuse_lost)
            self._tell(tally)
            if not tally.more:
                await asyncio.sleep(_PACE_SECONDS)
                tip = await self._arrivals.awaited(after=tip, seconds=_LOOKS_EVERY_SECONDS)

    def _tell(self, tally: Tally) -> None:
        """Says what was given up, and what goes wrong once it does."""
        if tally.given_up or tally.errors != self._errors:
            structlog.get_logger().warning("webhooks", **tally.as_json())
        self._errors = tally.errors


def deliver_once(
    location: Location, ledger: Ledger, feed: Feed, settings: WebhookSettings
) -> Tally:
    """Passes until nothing may be delivered just now; LedgerUnavailable if another process is at it."""
    with turn_at(location, TURN) as turn, Deliveries.open(location) as deliveries:
        if not turn.take():
            raise LedgerUnavailable(
                "Another process delivers already, such as `caseledger serve`: leave it to that one."
            )
        courier = Courier(ledger, feed, deliveries, settings, go_on=turn.refuse_lost)
        return asyncio.run(_passes(courier))


async def _passes(courier: Courier) -> Tally:
    total = Tally()
    try:
        while True:
            total.resting, total.more = 0, False
            total.add(await courier.deliver())
            if not total.more:
                return total
    finally:
        await courier.close()
