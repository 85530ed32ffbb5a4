"""The projector: a thread that keeps the views up with the log, one process at a time, and tells readers how far.

One process at a time projects; the others only look how far the views are, and take over when it dies.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from math import inf
from time import monotonic, perf_counter

import structlog

from ledger.errors import LedgerError, LedgerUnavailable
from ledger.store import LedgerStore
from ledger.store.turns import ASKED_EVERY_SECONDS, Turn
from projections.views import FAR_BEHIND, Views

_LOOKS_EVERY_SECONDS = 0.25
_LOOKS_AGAIN_SECONDS = 0.005
"""How soon who only follows looks again while somebody waits."""
_PACE_SECONDS = 0.05
"""How long it rests after each step for which nobody waits: a few entries cost about as much as one."""
_AFTER_FAILURE_SECONDS = 2.0

Observed = Callable[[int, float], None]
"""Is told by how many entries the views were brought on, and in how many seconds."""


def _unobserved(_entries: int, _seconds: float) -> None:
    return


class Projector:
    """Keeps views up with a ledger while it is used as a context manager; a failure shows in `failure`."""

    def __init__(
        self,
        store: LedgerStore,
        views: Views,
        turn: Turn,
        *,
        observed: Observed = _unobserved,
        stopped: Callable[[], bool] = lambda: False,
        asks_every: float = ASKED_EVERY_SECONDS,
        steps_back_after: float = inf,
    ) -> None:
        """Once it is `stopped`, also where it has just begun, it takes in no more than it has under way.

        After so many seconds of its turn it `steps_back`, for those that ask more often; all in seconds.
        """
        self._store = store
        self._views = views
        self._turn = turn
        self._observed = observed
        self._stopped = stopped
        self._asks_every = asks_every
        self._steps_back_after = steps_back_after
        self._moved = threading.Condition()
        self._nudged = threading.Event()
        self._hurried = threading.Event()
        self._projects = False
        """Whether this process had the turn when it last looked."""
        self._wanted = 0
        self._ended = False
        self._asked_at = 0.0
        self.position = 0
        self.failure: LedgerError | None = None
        self.failures = 0
        """How often it failed since it was made."""
        self._thread = threading.Thread(target=self._run, name="caseledger-projector", daemon=True)

    def __enter__(self) -> Projector:
        self._bring_on()
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended = True
        self._hurry()
        self._thread.join()
        self._turn.let_go()

    def nudge(self) -> None:
        """Says that something was recorded, so that the views are brought on soon; who only follows does nothing."""
        if self._projects and not self._nudged.is_set():
            self._nudged.set()

    def wait_for(self, position: int, *, seconds: float) -> None:
        """Returns once the views know an entry; LedgerUnavailable if they do not in time, at once where they cannot."""
        if self.position >= position:
            return
        self._wanted = max(self._wanted, position)
        self._hurry()
        give_up_at = monotonic() + seconds
        with self._moved:
            while self.position < position:
                left = give_up_at - monotonic()
                hopeless = position - self.position > FAR_BEHIND
                if hopeless or left <= 0 or not self._moved.wait(left):
                    raise LedgerUnavailable(
                        f"The views know entry {self.position} and not yet {position}: ask again in a moment."
                    )

    def catch_up(self, *, seconds: float) -> int:
        """Waits until the views know all that is recorded by now; the position that they know then."""
        self.wait_for(self._store.tip(), seconds=seconds)
        return self.position

    def _run(self) -> None:
        while not self._ended:
            self._nudged.wait(self._rest_seconds())
            self._nudged.clear()
            if self._ended:
                return
            self._bring_on()
            if self.position >= self._wanted:
                self._hurried.clear()
                self._hurried.wait(_PACE_SECONDS)

    def _hurry(self) -> None:
        self._nudged.set()
        self._hurried.set()

    def _rest_seconds(self) -> float:
        if self.failure is not None:
            return _AFTER_FAILURE_SECONDS
        return _LOOKS_AGAIN_SECONDS if self.position < self._wanted else _LOOKS_EVERY_SECONDS

    def _bring_on(self) -> None:
        try:
            self._projects = self._is_ours()
            position = self._caught_up() if self._projects else self._views.position()
        except LedgerError as error:
            if self.failure is None:
                structlog.get_logger().error("projector", outcome=error.code, why=str(error))
            self._failed(error)
            return
        except Exception as error:  # noqa: BLE001 - the edge of a thread: a defect is told, and it goes on
            if self.failure is None:
                structlog.get_logger().exception("defect", kind=type(error).__name__)
            self._failed(LedgerError())
            return
        with self._moved:
            self.position, self.failure = position, None
            self._moved.notify_all()

    def _failed(self, failure: LedgerError) -> None:
        self.failure = failure
        self.failures += 1

    def _caught_up(self) -> int:
        before, began = self.position or self._views.position(), perf_counter()
        position = self._views.catch_up(self._store, cancelled=self._is_over)
        if position > before:
            self._observed(position - before, perf_counter() - began)
        return position

    def _is_over(self) -> bool:
        return self._ended or self._stopped()

    def _is_ours(self) -> bool:
        """Whether this process projects; it asks for the turn now and then."""
        now = monotonic()
        if self._turn.held:
            if now - self._asked_at < self._steps_back_after:
                return True
            self._turn.let_go()
            self._asked_at = now
        if now - self._asked_at < self._asks_every:
            return False
        self._asked_at = now
        return self._turn.take()
