"""Erased keys: a process lets go of those that another one destroyed, also while nobody asks it anything."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

import anyio.to_thread

from ledger.errors import LedgerError
from ledger.sealing.vault import Vault

_LOOKS_EVERY_SECONDS = 10.0
"""How long a process that neither writes nor reads a key holds those that were destroyed elsewhere."""


@asynccontextmanager
async def erased_keys_let_go(
    vault: Vault, *, heard: Callable[[LedgerError], object]
) -> AsyncIterator[None]:
    """While the block runs the vault is looked at; `heard` is told why it could not be gone on with."""
    looking = asyncio.create_task(_look(vault, heard))
    try:
        yield
    finally:
        looking.cancel()
        with suppress(asyncio.CancelledError):
            await looking


async def _look(vault: Vault, heard: Callable[[LedgerError], object]) -> None:
    while True:
        await asyncio.sleep(_LOOKS_EVERY_SECONDS)
        try:
            await anyio.to_thread.run_sync(vault.look, abandon_on_cancel=True)
        except LedgerError as error:
            heard(error)
