"""The courier: a pass over all subscriptions, each told of what it is owed, several of them at once.

An entry goes out before that it did is saved: whoever dies in between sends it again. What the ledger
records of deliveries is asked under ids that derive from their cause, so that twice is once.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from time import perf_counter
from typing import Any, assert_never
from uuid import UUID

import orjson

from api.feed import Feed, event_id
from api.machines import machine
from api.webhooks import backlog as at
from api.webhooks.backlog import Backlog, Failure, Owed
from api.webhooks.deliveries import Deliveries
from api.webhooks.posting import Gone, Outcome, Taken, delivered
from api.webhooks.reaching import Endpoint
from api.webhooks.settings import WebhookSettings
from api.webhooks.signing import secrets_of, signed
from api.webhooks.subscribed import Subscribed
from api.webhooks.targets import Resolve, resolved
from ledger.errors import LedgerError
from ledger.ids import derived_uuid
from ledger.policy.acting.feeding import Follower
from ledger.registers.integrations.subscriptions import Subscription
from ledger.registers.integrations.webhooks import (
    GiveUpDelivery,
    PauseSubscription,
    RecordDeliveriesReached,
    RecordMadeGood,
    WebhookCommand,
)
from ledger.sealing.reading import ReadEntry
from ledger.sealing.rows import digest_of
from ledger.sealing.slots import b64u
from ledger.service import Clock, Ledger, now
from ledger.times import EPOCH

OWED_AT_MOST = 1_000
"""While so many are owed the log is looked at no further: it keeps what is to come."""
_LOOKED_AT_ONCE = 100
_A_PASS_SECONDS = 1.0
_NAMES_AT_ONCE = 64
"""Threads at most that resolve names, made as they are wanted: a name that resolves slowly takes one."""
_RECORDED_EVERY = timedelta(days=1)
_NOT_SHOWN = 403

Attempted = Callable[[Outcome, float], None]
"""Is told of each attempt what came of it, and how many seconds it took."""


def unattended(_outcome: Outcome, _seconds: float) -> None:
    """Nobody listens."""


@dataclass(slots=True)
class Tally:
    """What a pass came to; `more` says that there is something to do at once."""

    delivered: int = 0
    failed: int = 0
    given_up: int = 0
    resting: int = 0
    more: bool = False
    errors: dict[str, str] = field(default_factory=dict[str, str])

    def add(self, other: Tally) -> None:
        """Counts what became of others in."""
        self.delivered += other.delivered
        self.failed += other.failed
        self.given_up += other.given_up
        self.resting += other.resting
        self.more |= other.more
        self.errors |= other.errors

    def as_json(self) -> dict[str, Any]:
        """The counts in plain values."""
        return {
            "delivered": self.delivered,
            "failed": self.failed,
            "given_up": self.given_up,
            "resting": self.resting,
            "errors": self.errors,
        }


@dataclass(slots=True)
class _Round:
    """A subscription in a pass: as whom it follows, what its receiver is reached by, what it is owed and was saved."""

    webhook_id: UUID
    found: Subscription
    follower: Follower
    endpoint: Endpoint
    tally: Tally
    backlog: Backlog
    saved: Backlog | None
    read: dict[int, ReadEntry] = field(default_factory=dict[int, ReadEntry])


class Courier:
    """Delivers for all subscriptions of a ledger; one at a time does, as `go_on` sees to, which raises to end it.

    `stamp` is the time that receivers compare with theirs; when to try again goes by the ledger's clock.
    """

    def __init__(
        self,
        ledger: Ledger,
        feed: Feed,
        deliveries: Deliveries,
        settings: WebhookSettings,
        *,
        go_on: Callable[[], None],
        resolve: Resolve = resolved,
        stamp: Clock = now,
        chance: Callable[[], float] = random.random,
        attempted: Attempted = unattended,
    ) -> None:
        self._ledger = ledger
        self._feed = feed
        self._deliveries = deliveries
        self._settings = settings
        self._go_on = go_on
        self._resolve = resolve
        self._stamp = stamp
        self._chance = chance
        self._attempted = attempted
        self._subscribed = Subscribed(ledger)
        self._tasks: dict[UUID, asyncio.Task[Tally]] = {}
        self._endpoints: dict[UUID, Endpoint] = {}
        self._forgotten = set[UUID]()
        self._names = ThreadPoolExecutor(_NAMES_AT_ONCE, "caseledger-names")

    async def close(self, *, within_seconds: float = 0.0) -> None:
        """Stops what is on its way, after a moment in which it may arrive, and lets go of every connection."""
        if self._tasks:
            await asyncio.wait(self._tasks.values(), timeout=within_seconds)
        for task in self._tasks.values():
            task.cancel()
        await asyncio.gather(*self._tasks.values(), return_exceptions=True)
        for endpoint in self._endpoints.values():
            await endpoint.close()
        self._names.shutdown(wait=False, cancel_futures=True)
        self._tasks.clear()
        self._endpoints.clear()

    async def deliver(self) -> Tally:
        """One pass: each subscription is told of what it is owed and may be told now, up to a hundred new entries.

        A receiver that is slow holds no other up: it is waited for a moment, and told on in the next pass.
        """
        for webhook_id, found in await asyncio.to_thread(self._subscribed.all):
            if webhook_id not in self._tasks:
                told = asyncio.create_task(self._told(webhook_id, found))
                self._tasks[webhook_id] = told
        total = Tally()
        if self._tasks:
            await asyncio.wait(self._tasks.values(), timeout=_A_PASS_SECONDS)
        for webhook_id, task in list(self._tasks.items()):
            if task.done():
                del self._tasks[webhook_id]
                total.add(task.result())
        total.more |= bool(self._tasks)
        return total

    async def _told(self, webhook_id: UUID, found: Subscription) -> Tally:
        tally = Tally()
        try:
            await self._serve(webhook_id, found, tally)
        except LedgerError as error:  # of this one: the others go on
            tally.errors[str(webhook_id)] = error.code
        return tally

    async def _serve(self, webhook_id: UUID, found: Subscription, tally: Tally) -> None:
        if found.ended:
            await self._forget(webhook_id)
        follower = self._subscribed.follower(found, self._ledger.clock())
        if follower is None:
            return
        endpoint = await self._endpoint(webhook_id, found.url)
        kept = await asyncio.to_thread(self._deliveries.load, webhook_id)
        this = _Round(webhook_id, found, follower, endpoint, tally, kept or _begun(found), kept)
        await asyncio.to_thread(self._fill, this)
        try:
            await self._tell(this)
        finally:  # what was delivered is not delivered again, whatever stopped the rest
            self._save(this)
        tally.resting += at.rests(this.backlog, self._ledger.clock())
        await asyncio.to_thread(self._record_reached, this)

    async def _tell(self, this: _Round) -> None:
        """Tries what may go, until nothing may or the receiver is to be left alone."""
        while going := at.may_go(this.backlog, self._ledger.clock()):
            for owed in going:
                if not await self._tried(this, owed):
                    return
            await asyncio.to_thread(self._save, this)

    def _save(self, this: _Round) -> None:
        if this.backlog != this.saved:
            self._deliveries.save(this.webhook_id, this.backlog)
            this.saved = this.backlog

    async def _endpoint(self, webhook_id: UUID, url: str) -> Endpoint:
        known = self._endpoints.get(webhook_id)
        if known is not None and known.url == url:
            return known
        await self._drop_endpoint(webhook_id)
        made = Endpoint(url, self._settings, resolve=self._resolve, names=self._names)
        self._endpoints[webhook_id] = made
        return made

    async def _drop_endpoint(self, webhook_id: UUID) -> None:
        if known := self._endpoints.pop(webhook_id, None):
            await known.close()

    async def _forget(self, webhook_id: UUID) -> None:
        if webhook_id not in self._forgotten:
            await self._drop_endpoint(webhook_id)
            await asyncio.to_thread(self._deliveries.forget, webhook_id)
            self._forgotten.add(webhook_id)

    def _fill(self, this: _Round) -> None:
        """Takes in what is owed again and what has come since, and saves that."""
        if not self._is_of_this_log(this.backlog):
            this.backlog = _begun(this.found)
        again = ((each, this.found.given_up[each].about) for each in this.found.owed_again)
        this.backlog = at.owed_again(this.backlog, again)
        if len(this.backlog.owed) < OWED_AT_MOST:
            page = self._feed.page(
                this.follower,
                after=this.backlog.looked,
                limit=_LOOKED_AT_ONCE,
                topics=this.found.topics,
            )
            this.read = {each.entry.position: each for each in page.entries}
            found = [(each.entry.position, each.entry.stream) for each in page.entries]
            digest = self._digest_at(page.looked_upto)
            this.backlog = at.looked(this.backlog, page.looked_upto, digest, found)
            this.tally.more |= page.more and not at.rests(this.backlog, self._ledger.clock())
        self._save(this)

    def _is_of_this_log(self, backlog: Backlog) -> bool:
        """Whether it was of this log that a backlog looked at so much: after a restore it may not be."""
        return not backlog.digest or backlog.digest == self._digest_at(backlog.looked)

    def _digest_at(self, position: int) -> str:
        rows = self._ledger.store.entries(after=position - 1, limit=1) if position else []
        if not rows or rows[0].position != position:
            return ""
        return b64u(digest_of(rows[0]))

    async def _tried(self, this: _Round, owed: Owed) -> bool:
        """One attempt; whether to go on with others."""
        await asyncio.to_thread(self._go_on)
        read = this.read.pop(owed.position, None)
        if read is None:
            read = await asyncio.to_thread(self._feed.entry, this.follower, owed.position)
        if read is None:
            await asyncio.to_thread(self._not_shown, this, owed)
            return True
        outcome = await self._posted(this, owed, read)
        match outcome:
            case Taken():
                this.tally.delivered += 1
                if owed.position in this.found.given_up:
                    await asyncio.to_thread(self._made_good, this, owed)
                this.backlog = at.delivered(this.backlog, owed.position, str(outcome.status))
                return True
            case Gone():
                await asyncio.to_thread(self._gone, this, owed)
                return False
            case Failure():
                await asyncio.to_thread(self._failed, this, owed, outcome)
                await asyncio.to_thread(self._save, this)
                return not at.rests(this.backlog, self._ledger.clock())
            case _:
                assert_never(outcome)

    async def _posted(self, this: _Round, owed: Owed, read: ReadEntry) -> Outcome:
        """Posts the event of an entry, signed now."""
        body = orjson.dumps(self._feed.event(read))
        secrets = secrets_of(self._ledger, this.webhook_id, this.found, at=self._ledger.clock())
        message = _message_id(self._feed.ledger_id, read)
        headers = signed(message, body.decode(), secrets, at=self._stamp())
        began = perf_counter()
        outcome = await delivered(this.endpoint, body, headers, attempts=owed.attempts)
        self._attempted(outcome, perf_counter() - began)
        return outcome

    def _gone(self, this: _Round, owed: Owed) -> None:
        this.tally.failed += 1
        this.backlog = at.gone(this.backlog)
        command = PauseSubscription(webhook_id=this.webhook_id, why="gone")
        self._record(this, command, str(owed.position), str(self._ledger.clock()))

    def _failed(self, this: _Round, owed: Owed, failure: Failure) -> None:
        this.tally.failed += 1
        clock, after = self._ledger.clock(), self._settings.gives_up_after
        given_up = at.is_given_up(owed, failure, now=clock, after=after)
        if given_up:
            self._give_up(this, owed, status=failure.status or 0, since=owed.refused_since or clock)
        backlog = at.failed(this.backlog, owed.position, failure, now=clock, chance=self._chance())
        this.backlog = at.without(backlog, owed.position) if given_up else backlog

    def _not_shown(self, this: _Round, owed: Owed) -> None:
        """They may not see it any more: it is no longer owed."""
        if owed.position in this.found.given_up:
            self._give_up(this, owed, status=_NOT_SHOWN, since=self._ledger.clock())
        this.backlog = at.without(this.backlog, owed.position)

    def _give_up(self, this: _Round, owed: Owed, *, status: int, since: datetime) -> None:
        this.tally.given_up += 1
        command = GiveUpDelivery(
            webhook_id=this.webhook_id,
            entry=owed.position,
            about=owed.stream,
            attempts=owed.attempts + 1,
            refused_since=since,
            status=status,
        )
        self._record(this, command, str(owed.position), str(since))

    def _made_good(self, this: _Round, owed: Owed) -> None:
        command = RecordMadeGood(webhook_id=this.webhook_id, entry=owed.position)
        self._record(this, command, str(owed.position), str(self._ledger.clock()))

    def _record_reached(self, this: _Round) -> None:
        """Once a day, if anything was delivered since, the ledger is told how far it has come."""
        since, found, backlog = this.found.reached_at or EPOCH, this.found, this.backlog
        if backlog.told <= found.reached or self._ledger.clock() - since < _RECORDED_EVERY:
            return
        upto = backlog.settled_upto
        command = RecordDeliveriesReached(webhook_id=this.webhook_id, upto=upto)
        self._record(this, command, str(upto))

    def _record(self, this: _Round, command: WebhookCommand, *causes: str) -> None:
        name = type(command).__name__
        command_id = derived_uuid(EPOCH, name, str(this.webhook_id), *causes)
        self._ledger.handle(command, actor=machine("webhooks"), command_id=command_id)


def _message_id(ledger_id: bytes, read: ReadEntry) -> str:
    """The same for the same entry of the same ledger alone."""
    return f"{ledger_id.hex()}-{event_id(read)}"


def _begun(found: Subscription) -> Backlog:
    """Where deliveries begin of which nothing is kept: where the ledger says that they have come to."""
    return Backlog(looked=max(found.after, found.reached), digest="", told=found.reached)
