"""What is asked of the ledger by whatever acts on it as a whole: opening values, keeping cases, erasing, signing."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from ledger.commands import Command, Request
from ledger.entry import Actor, Receipt
from ledger.errors import LedgerUnavailable
from ledger.policy.in_force import Policies
from ledger.sealing.reading import ReadEntry
from ledger.sealing.vault import Vault
from ledger.store import LedgerStore
from ledger.then import NOW, Then
from ledger.writer.writer import Outcome


class AnyLedger(Protocol):
    """The ledger as these see it; `ledger.service.Ledger` says what each does."""

    @property
    def store(self) -> LedgerStore: ...

    @property
    def vault(self) -> Vault: ...

    @property
    def clock(self) -> Callable[[], datetime]: ...

    read_only: str | None
    lacks_keys: LedgerUnavailable | None
    bears_loss: bool

    def new_id(self) -> UUID: ...

    def policies(self) -> Policies: ...

    def handle(self, command: Command, *, actor: Actor) -> Receipt: ...

    def ask(self, request: Request) -> Receipt: ...

    def handle_all(self, requests: Sequence[Request]) -> Sequence[Outcome]: ...

    def destroy_keys(self, key_ids: Collection[bytes]) -> None: ...

    def find_case(self, reference: str) -> UUID: ...

    def state_of(self, stream: str, then: Then = NOW) -> Any: ...

    def read(self, stream: str, *, upto_version: int | None = None) -> list[ReadEntry]: ...
