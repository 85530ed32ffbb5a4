"""In turn: what keeps a processor busy is worked out for a few at a time, so that others are answered meanwhile."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from anyio import CapacityLimiter, fail_after

from ledger.errors import LedgerError


@asynccontextmanager
async def in_turn(
    limiter: CapacityLimiter, *, seconds: float, otherwise: LedgerError
) -> AsyncIterator[None]:
    """One of the few turns that there are; whoever gets none in time is told otherwise, and holds no thread."""
    asker = object()
    try:
        with fail_after(seconds):
            await limiter.acquire_on_behalf_of(asker)
    except TimeoutError as error:
        raise otherwise from error
    try:
        yield
    finally:
        limiter.release_on_behalf_of(asker)
