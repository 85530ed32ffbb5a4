"""Waiting: how many entries are still to be told to receivers, how many were given up, and how old the oldest is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from threading import Lock

from api.webhooks.backlog import rests
from api.webhooks.deliveries import Deliveries
from api.webhooks.subscribed import Subscribed
from ledger.sealing.heads import decode_line
from ledger.service import Ledger
from ledger.times import instant


@dataclass(frozen=True, slots=True)
class Waiting:
    """What all subscriptions come to; `oldest_seconds` is the age of the first entry that one of them lacks.

    `given_up` are entries that nobody has asked to deliver after all; `resting` are receivers who are
    away. Who paused, has left or may see nothing waits for nothing.
    """

    waiting: int
    given_up: int
    resting: int
    oldest_seconds: float


class Lookout:
    """Looks what waits, and reads nothing again that it knows. Any thread may ask."""

    def __init__(self, ledger: Ledger, deliveries: Deliveries) -> None:
        self._ledger = ledger
        self._deliveries = deliveries
        self._subscribed = Subscribed(ledger)
        self._lock = Lock()

    def waiting(self) -> Waiting:
        """What waits now; LedgerUnavailable if nobody can say."""
        waiting, given_up, resting, lacking = 0, 0, 0, set[int]()
        with self._lock:
            at, tip = self._ledger.clock(), self._ledger.store.tip()
            for webhook_id, found in self._subscribed.all():
                if found.ended:
                    continue
                given_up += sum(not each.owed_again for each in found.given_up.values())
                if self._subscribed.follower(found, at) is None:
                    continue
                backlog = self._deliveries.load(webhook_id)
                settled = max(found.after, found.reached)
                if backlog is not None:
                    waiting += len(backlog.owed)
                    resting += rests(backlog, at)
                    settled = backlog.settled_upto
                if settled < tip:
                    lacking.add(settled)
            return Waiting(waiting, given_up, resting, self._age(min(lacking, default=tip), at))

    def _age(self, settled: int, at: datetime) -> float:
        """For how many seconds the entry after a position has been on record."""
        for row in self._ledger.store.entries(after=settled, limit=1):
            line = decode_line(row.state.partition(b"\n")[0])
            return max((at - instant(line.recorded_at)).total_seconds(), 0.0)
        return 0.0
