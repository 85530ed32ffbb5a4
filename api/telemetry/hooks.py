"""The hooks: where the service says what it does. By itself nobody is told, nothing is kept and nothing imported."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.awaited import AwaitedLedger, Observed
from ledger.service import Ledger

if TYPE_CHECKING:  # the process that projects answers no requests and posts nothing
    from fastapi import FastAPI

    from api.webhooks.posting import Outcome


class Telemetry:
    """What is told of requests, commands, batches, views and deliveries: nothing, where nobody asked for it."""

    def dress(self, app: FastAPI) -> None:
        """Lets every request to an application be told of."""

    def awaited(self, ledger: Ledger, *, observed: Observed) -> AwaitedLedger:
        """The ledger as coroutines ask it, whose commands and batches are told of."""
        return AwaitedLedger(ledger, observed=observed)

    def projected(self, entries: int, seconds: float) -> None:
        """Tells that the views were brought on by so many entries."""

    def attempted(self, outcome: Outcome, seconds: float) -> None:
        """Tells what came of an attempt to deliver a webhook."""
