"""An office whose entries another system is told of, by a courier that is started anew each time."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from ipaddress import ip_network
from typing import Any
from uuid import UUID

from api.feed import Feed
from api.webhooks.courier import Courier, Tally
from api.webhooks.deliveries import Deliveries
from api.webhooks.settings import WebhookSettings
from api.webhooks.signing import secrets_of
from api.webhooks.subscribed import subscription
from api.webhooks.targets import Resolve, resolved
from ledger.case.contact.contacts import AddNote
from ledger.case.intake.opening import OpenCase
from ledger.registers.integrations.subscriptions import Subscription
from ledger.registers.integrations.webhooks import MakeSubscription, WebhookCommand
from ledger.service import Ledger
from tests.ledgers import DIRECTOR, WATCH, HandClock, Place

LOOPBACK = ip_network("127.0.0.0/8")
SYSTEM = WATCH.id


@dataclass
class Told:
    """The office, and all that a test asks of it."""

    ledger: Ledger
    deliveries: Deliveries
    clock: HandClock
    settings: WebhookSettings = field(
        default_factory=lambda: WebhookSettings(allowed_networks=(LOOPBACK,), allow_http=True)
    )
    resolve: Resolve = resolved

    def subscribed(self, url: str, **more: Any) -> UUID:
        """A new subscription of the other system, from now on if nothing else is said."""
        webhook_id = self.ledger.new_id()
        given = {"member": SYSTEM, "after": self.ledger.store.tip(), **more}
        self.ask(MakeSubscription(webhook_id=webhook_id, url=url, **given))
        return webhook_id

    def ask(self, command: WebhookCommand) -> None:
        """Something asked of a subscription, by the director."""
        self.ledger.handle(command, actor=DIRECTOR)

    def stands(self, webhook_id: UUID) -> Subscription:
        """A subscription as it stands."""
        return subscription(self.ledger, webhook_id)

    def secrets(self, webhook_id: UUID) -> tuple[str, ...]:
        """The secrets that sign now."""
        found = self.stands(webhook_id)
        return secrets_of(self.ledger, webhook_id, found, at=self.clock())

    def opened(self) -> str:
        """The stream of a new case that came from the other system."""
        case_id = self.ledger.new_id()
        opening = OpenCase(case_id=case_id, channel="web", request_type="RDW-POT", region="HAL")
        self.ledger.handle(opening, actor=WATCH)
        return f"case/{case_id}"

    def noted(self, stream: str, text: str = "Seen.") -> int:
        """The position of a note on a case."""
        case_id = UUID(stream.partition("/")[2])
        note = AddNote(case_id=case_id, note_id=self.ledger.new_id(), text=text)
        return self.ledger.handle(note, actor=WATCH).position

    def positions(self, *streams: str, after: int = 0) -> list[int]:
        """The positions of all entries of some cases, or of all."""
        return [
            entry.position
            for entry in self.ledger.entries(after=after)
            if entry.kind == "case" and (not streams or entry.stream in streams)
        ]

    def deliver(self, *, seed: int = 0) -> Tally:
        """Passes until nothing may go just now, by a courier that knows nothing but what was kept."""

        async def passes() -> Tally:
            courier = Courier(
                self.ledger, Feed(self.ledger), self.deliveries, self.settings, go_on=lambda: None,
                resolve=self.resolve, chance=random.Random(seed).random,
            )  # fmt: skip
            total = Tally()
            try:
                while True:
                    total.resting, total.more = 0, False
                    total.add(await courier.deliver())
                    if not total.more:
                        return total
            finally:
                await courier.close()

        return asyncio.run(passes())

    def deliver_for(self, *, hours: float, every_minutes: float = 15) -> Tally:
        """Passes again and again while so many hours go by."""
        total, left = Tally(), hours * 60
        while left > 0:
            self.clock.pass_by(minutes=every_minutes)
            left -= every_minutes
            total.add(self.deliver())
        return total


@contextmanager
def telling(place: Place) -> Generator[Told]:
    """A new office in which nobody is told of anything yet."""
    with place.office() as ledger, Deliveries.open(place.location) as deliveries:
        yield Told(ledger, deliveries, place.clock)
