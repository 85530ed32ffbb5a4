"""Progress of what takes long: how far it has come, who is told, who may say that it is to stop, and when it is."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from time import monotonic
from typing import NamedTuple

from ledger.errors import LedgerUnavailable


class Progress(NamedTuple):
    """How many entries of how many are done."""

    done: int
    of: int


OnProgress = Callable[[Progress], None]
Cancelled = Callable[[], bool]

WANTED_UNTIL: ContextVar[float | None] = ContextVar("caseledger-wanted-until", default=None)
"""Until when somebody waits for what is worked on here, by the monotonic clock; None: as long as it takes."""


def refuse_too_late() -> None:
    """Ends what is folded case by case for an answer that would come too late for anybody to hear it."""
    until = WANTED_UNTIL.get()
    if until is not None and monotonic() > until:
        raise LedgerUnavailable(
            "To fold this many cases anew takes longer than an answer may: ask with `known_at`, which is told at "
            "once, as of an earlier instant, or on the command line."
        )
