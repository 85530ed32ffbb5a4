"""Looking up: what is short and mostly in memory, for coroutines that ask at about the same time, by one thread.

A thread of its own for each costs more than most of what is looked up, and stops the loop as often.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from ledger.errors import LedgerUnavailable
from ledger.gathering import Gathering

T = TypeVar("T")


class Looking(Gathering[Callable[[], Any], Any]):
    """Those who ask together wait for each other: nothing that may last is looked up so."""

    def __init__(self) -> None:
        super().__init__(_all_of, thread="caseledger-looker")

    async def up(self, work: Callable[[], T]) -> T:
        """What this answers; raises what it raises."""
        found: T = await self.ask(work)
        return found


def _all_of(works: Sequence[Callable[[], Any]]) -> Sequence[Any]:
    """What each answers or raises; a store that did not answer one is not waited for again by the others."""
    found: list[Any] = []
    away: LedgerUnavailable | None = None
    for work in works:
        if away is not None:
            found.append(away)
            continue
        try:
            found.append(work())
        except LedgerUnavailable as error:
            away = error
            found.append(error)
        except Exception as error:  # noqa: BLE001 - told to whoever asked
            found.append(error)
    return found
