"""The projector: a thread that keeps the views up with the log, and tells readers how far they are."""

from __future__ import annotations

import threading
from time import monotonic

import structlog

from ledger.errors import LedgerError, LedgerUnavailable
from ledger.service import Ledger
from projections.views import Views

_LOOKS_EVERY_SECONDS = 0.25
_AFTER_FAILURE_SECONDS = 2.0


class Projector:
    """Keeps views up with a ledger while it is used as a context manager; a failure shows in `failure`."""

    def __init__(self, ledger: Ledger, views: Views) -> None:
        self._ledger = ledger
        self._views = views
        self._moved = threading.Condition()
        self._nudged = threading.Event()
        self._ended = False
        self.position = 0
        self.failure: LedgerError | None = None
        self._thread = threading.Thread(target=self._run, name="caseledger-projector", daemon=True)

    def __enter__(self) -> Projector:
        self.position = self._views.catch_up(self._ledger.store)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended = True
        self._nudged.set()
        self._thread.join()

    def nudge(self) -> None:
        """Says that something was recorded, so that the views are brought on at once."""
        self._nudged.set()

    def wait_for(self, position: int, *, seconds: float) -> None:
        """Returns once the views know an entry; LedgerUnavailable if they do not in time."""
        if self.position >= position:
            return
        self.nudge()
        give_up_at = monotonic() + seconds
        with self._moved:
            while self.position < position:
                left = give_up_at - monotonic()
                if left <= 0 or not self._moved.wait(left):
                    raise LedgerUnavailable(
                        f"The views know entry {self.position} and not yet {position}: ask again in a moment."
                    )

    def catch_up(self, *, seconds: float) -> int:
        """Waits until the views know all that is recorded by now; the position that they know then."""
        self.wait_for(self._ledger.store.tip(), seconds=seconds)
        return self.position

    @property
    def lag(self) -> int:
        """How many entries the views do not know yet."""
        return max(self._ledger.store.tip() - self.position, 0)

    def _run(self) -> None:
        while not self._ended:
            self._nudged.wait(
                _LOOKS_EVERY_SECONDS if self.failure is None else _AFTER_FAILURE_SECONDS
            )
            self._nudged.clear()
            if not self._ended:
                self._bring_on()

    def _bring_on(self) -> None:
        try:
            position = self._views.catch_up(self._ledger.store)
        except LedgerError as error:
            if self.failure is None:
                structlog.get_logger().error("projector", outcome=error.code)
            self.failure = error
            return
        with self._moved:
            self.position, self.failure = position, None
            self._moved.notify_all()
