"""Making a new ledger: its vault, and what refuses to take the place of another one."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from ledger.errors import Refusal
from ledger.evidence.signing.signer import Signer
from ledger.sealing.secrets import PERSON_SECRET
from ledger.sealing.vault import Vault
from ledger.store import LedgerStore, VaultStore, create_vault_store, open_vault_store


@contextmanager
def closed_on_failure(store: LedgerStore | VaultStore | Vault) -> Generator[None]:
    """Closes a store or a vault if what is to hold it cannot be made."""
    try:
        yield
    except BaseException:
        store.close()
        raise


def key_there(master_key: Path) -> Refusal:
    """What refuses to make a ledger where the file of its key is taken."""
    return Refusal(
        f"There is a master key at {master_key} already, and a ledger may depend on it: choose another place "
        "for the new one.",
        rule="one-ledger-a-key",
    )


def refuse_signer_of_another(signer: Signer) -> None:
    """Refuses to make a ledger beside a signer that has signed already: of another log it would sign nothing."""
    if signer.signed_so_far() is not None:
        raise Refusal(
            "The folder `signer` beside the master key has signed another log, and would sign nothing of a new one: "
            "keep it with its own ledger, which `caseledger restore` brings back, and make the new one elsewhere.",
            rule="one-ledger-a-signer",
        )


def new_vault(location: Path | str, store: LedgerStore) -> VaultStore:
    """A vault without secrets: a new one, or one whose making was interrupted; Refusal if it is in use.

    None is made for a ledger that holds entries: a vault that is missing is put back, since no other opens them.
    """
    if store.tip():
        open_vault_store(location).close()
    try:
        return create_vault_store(location)
    except Refusal as error:
        vault = open_vault_store(location)
        if vault.secret(PERSON_SECRET) is None:
            return vault
        vault.close()
        raise Refusal(
            "A ledger is here already: work with it, or name another place for a new one (CASELEDGER_HOME a "
            "folder, CASELEDGER_DATABASE_URL a database).",
            rule="one-ledger-a-home",
        ) from error
