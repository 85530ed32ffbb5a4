"""Read-only: what a ledger that nothing may be recorded in answers, until what was in the way is put right."""

from __future__ import annotations

from pathlib import Path
from typing import NoReturn, Protocol

from ledger.errors import LedgerUnavailable, StartAgain
from ledger.evidence.signing.signer import Signer
from ledger.evidence.verifying.behind import behind_what_was_signed
from ledger.sealing.vault import Vault
from ledger.store import LedgerStore


class ReadOnly(Protocol):
    """A ledger that was opened so, and why: `ledger.service.Ledger` says what each is."""

    @property
    def store(self) -> LedgerStore: ...

    @property
    def vault(self) -> Vault: ...

    read_only: str | None
    lacks_keys: LedgerUnavailable | None


def refuse_read_only(ledger: ReadOnly, master_key: Path) -> NoReturn:
    """LedgerUnavailable with why nothing may be recorded; StartAgain once that is over, as `recover` elsewhere ends it.

    Whoever opens the ledger then finishes what was begun before anything else.
    """
    if (
        ledger.store.unwritable is None
        and not ledger.vault.is_shut
        and _is_over(ledger, master_key)
    ):
        raise StartAgain(
            "What kept this ledger from being written to is over, as after `caseledger recover`, and nothing was "
            "recorded yet: start again."
        )
    raise LedgerUnavailable(ledger.read_only)


def _is_over(ledger: ReadOnly, master_key: Path) -> bool:
    with ledger.store.exclusive():  # StartAgain where other files were put in the place of these
        if ledger.lacks_keys is not None and not ledger.vault.assigned_since:
            return False
        return behind_what_was_signed(ledger.store, Signer.beside(master_key)) is None
