"""Health: whether the service can record and answer now, how far its views are, and what was signed last."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from threading import Thread
from time import monotonic
from typing import Any

import structlog

from api.projecting.projector import Projector
from api.webhooks.waiting import Lookout, Waiting
from ledger.awaited import AwaitedLedger
from ledger.errors import LedgerError, StartAgain
from ledger.evidence.signing.checkpoints import anchor_of
from ledger.evidence.signing.signing_state import signing_of
from ledger.sealing.rows import recorded_at
from ledger.service import Ledger
from ledger.times import stamp
from projections.store.databases import ViewsDamaged

_LATE_SECONDS = 60.0
"""Views that lack an entry for longer fail, whichever process was to bring them on."""
_TURN_SECONDS = 5.0
"""A writer that does not come round in this time is stalled, so are stores that do not answer, as on a frozen disk."""

_FAILED_SECONDS = 10.0
"""For so long a command that could not be written counts, unless another one could: then somebody may try again."""


@dataclass(frozen=True, slots=True)
class LastCheckpoint:
    """What was signed last: over how many entries, when, and what came since."""

    size: int
    signed_at: datetime
    age_seconds: float
    entries_since: int
    cosigned: int | None
    """Over how many entries the newest is that as many witnesses have cosigned as must; None where there is none."""


@dataclass(frozen=True, slots=True)
class Condition:
    """How the service is: what fails, by stable codes, and how far it is. Numbers are None where nobody can say."""

    failing: dict[str, str]
    position: int | None
    views_position: int
    views_behind: int | None
    views_behind_seconds: float | None
    clock_behind_seconds: float | None
    """By how much this machine's clock is behind the last entry's: then what is recorded carries that entry's time."""
    checkpoint: LastCheckpoint | None
    projector_failures: int
    webhooks: Waiting | None
    issuer_answers: bool | None = None
    """Whether the issuer of tokens gave its keys when it was asked last; None where nobody knows, or there is none."""

    @property
    def is_ready(self) -> bool:
        """Whether it can record and answer."""
        return not self.failing

    def as_json(self) -> dict[str, Any]:
        """In plain values."""
        signed = self.checkpoint
        return {
            "status": "ready" if self.is_ready else "failing",
            "failing": self.failing,
            "position": self.position,
            "views_position": self.views_position,
            "views_behind": self.views_behind,
            "views_behind_seconds": self.views_behind_seconds,
            "clock_behind_seconds": self.clock_behind_seconds,
            "checkpoint": signed and {**asdict(signed), "signed_at": stamp(signed.signed_at)},
            "webhooks": self.webhooks and asdict(self.webhooks),
            "issuer_answers": self.issuer_answers,
        }


class Health:
    """Looks how the service is, and remembers what it can never recover from; one look serves many who ask."""

    def __init__(
        self,
        ledger: Ledger,
        awaited: AwaitedLedger,
        projector: Projector,
        lookout: Lookout,
        *,
        trust_seconds: float,
        issuer: Callable[[], bool | None] = lambda: None,
    ) -> None:
        """What was looked up counts for `trust_seconds`; `issuer` tells whether that of tokens answers."""
        self._issuer = issuer
        self._trust_seconds = trust_seconds
        self._ledger = ledger
        self._awaited = awaited
        self._projector = projector
        self._lookout = lookout
        self._known: tuple[float, Condition] | None = None
        self._reading: Future[Condition] | None = None
        """What is being looked up: of stores that do not answer nothing else is asked meanwhile."""
        self.over: StartAgain | None = None
        """Why the process must end: it could never write again."""
        self.when_over: Callable[[], object] = lambda: None
        """What ends it then."""

    def heard(self, error: Exception) -> None:
        """Takes note of what somebody was refused with."""
        if isinstance(error, StartAgain) and self.over is None:
            self.over = error
            structlog.get_logger().error("over", outcome=str(error))
            self.when_over()

    async def condition(self) -> Condition:
        """How the service is now, or was a moment ago."""
        if self._known is None or monotonic() - self._known[0] >= self._trust_seconds:
            failing, found = await asyncio.gather(self._of_the_writer(), self._of_the_stores())
            failing = found.failing | failing
            here = replace(found, failing=failing, issuer_answers=self._issuer())
            self._known = monotonic(), here
        return self._known[1]

    async def _of_the_stores(self) -> Condition:
        """What they tell, or that they do not tell in time: then the thread that asked waits for them on its own."""
        if self._reading is None or self._reading.done():
            self._reading = _begun(self._read)
        reading = asyncio.wrap_future(self._reading)
        await asyncio.wait((reading,), timeout=_TURN_SECONDS)
        if reading.done():
            return reading.result()
        reading.cancel()  # what asked goes on
        views, failures = self._projector.position, self._projector.failures
        return Condition({"ledger": "stalled"}, None, views, None, None, None, None, failures, None)

    async def _of_the_writer(self) -> dict[str, str]:
        """Whatever a command would hear, which the look takes its turn for like any other."""
        try:
            async with asyncio.timeout(_TURN_SECONDS):
                await self._awaited.look()
        except TimeoutError:
            return {"writer": "stalled"}
        except LedgerError as error:
            self.heard(error)
            if self._ledger.read_only is not None:
                return {"ledger": "read-only"}
            return {"writer": error.code}
        return self._of_commands()

    def _of_commands(self) -> dict[str, str]:
        """Why what was asked a moment ago could not be written, as on a full disk, which no look meets."""
        if self._awaited.failed is None:
            return {}
        at, error = self._awaited.failed
        return {"writer": error.code} if monotonic() - at < _FAILED_SECONDS else {}

    def _read(self) -> Condition:
        failing = dict[str, str]()
        position, behind, since, clock, signed, waiting = None, None, None, None, None, None
        views = self._projector.position
        try:
            position = self._ledger.store.tip()
            behind = max(position - views, 0)
            since = self._lacking_since(views) if behind else 0.0
            clock = self._behind_the_log(position)
            signed = self._last_checkpoint(position)
        except LedgerError as error:
            failing["ledger"] = error.code
        # What keeps receivers from being told keeps nobody from recording.
        with suppress(LedgerError):
            waiting = self._lookout.waiting()
        if self._projector.failure is not None:
            failure = self._projector.failure
            failing["views"] = "damaged" if isinstance(failure, ViewsDamaged) else failure.code
        elif since is not None and since > _LATE_SECONDS:
            failing["views"] = "late"
        failures = self._projector.failures
        return Condition(failing, position, views, behind, since, clock, signed, failures, waiting)

    def _lacking_since(self, views: int) -> float:
        """For how many seconds the first entry that the views lack has been on record."""
        recorded_at = self._recorded_after(views)
        return 0.0 if recorded_at is None else self._age(recorded_at)

    def _behind_the_log(self, position: int) -> float:
        """By how many seconds the clock is behind the last entry, as after it jumped ahead and came back."""
        recorded_at = self._recorded_after(position - 1)
        ahead = 0.0 if recorded_at is None else (recorded_at - self._ledger.clock()).total_seconds()
        return max(ahead, 0.0)

    def _recorded_after(self, position: int) -> datetime | None:
        """When the next entry after a position was recorded."""
        for row in self._ledger.store.entries(after=position, limit=1):
            return recorded_at(row)
        return None

    def _last_checkpoint(self, position: int) -> LastCheckpoint | None:
        signed = self._ledger.store.newest_checkpoint()
        if signed is None:
            return None
        _, anchor = anchor_of(self._ledger.store, signed.size)
        return LastCheckpoint(
            size=signed.size,
            signed_at=anchor.signed_at,
            age_seconds=self._age(anchor.signed_at),
            entries_since=position - signed.size,
            cosigned=self._cosigned(),
        )

    def _cosigned(self) -> int | None:
        quorum = signing_of(self._ledger.store).quorum
        found = self._ledger.store.newest_checkpoint(cosignatures=quorum) if quorum else None
        return found and found.size

    def _age(self, at: datetime) -> float:
        return max((self._ledger.clock() - at).total_seconds(), 0.0)


def _begun(read: Callable[[], Condition]) -> Future[Condition]:
    """What is read by a thread of its own, which keeps nobody from ending the process however long it takes."""
    found = Future[Condition]()
    found.set_running_or_notify_cancel()  # whoever waits no longer ends nothing

    def answer() -> None:
        try:
            found.set_result(read())
        except BaseException as error:  # noqa: BLE001 - told to whoever asked
            found.set_exception(error)

    Thread(target=answer, name="caseledger-health", daemon=True).start()
    return found
