"""The vault of a ledger, opened by the master key in its file, or shut where that is missing and nobody needs it."""

from __future__ import annotations

from contextlib import ExitStack, closing
from functools import partial
from pathlib import Path

from ledger.errors import VaultMissing
from ledger.sealing.master_key import MasterKey, MasterKeyMissing
from ledger.sealing.secrets import PERSON_SECRET
from ledger.sealing.vault import Vault
from ledger.store import Location, open_vault_store


def vault_at(
    location: Location, ledger_id: bytes, *, master_key: Path, shut: bool = False
) -> Vault:
    """The vault that lies there; the key beside the file opens it where an interrupted change left that.

    VaultMissing or MasterKeyMissing where either is not here. A vault that may be `shut` is so without its master key,
    be there keys or none, as where the entries alone were given to somebody.
    """
    following = partial(MasterKey.read_for, master_key)
    with ExitStack() as until_it_is_open:
        try:
            store = until_it_is_open.enter_context(closing(open_vault_store(location)))
        except VaultMissing:
            if not (shut and _is_missing(master_key)):
                raise
            return Vault(None, None, ledger_id)
        secret = store.secret(PERSON_SECRET)
        try:
            vault = Vault(
                store, following(secret[0] if secret else None), ledger_id, successor=following
            )
        except MasterKeyMissing:
            if not shut:
                raise
            vault = Vault(store, None, ledger_id)
        until_it_is_open.pop_all()
        return vault


def _is_missing(master_key: Path) -> bool:
    try:
        MasterKey.read(master_key)
    except MasterKeyMissing:
        return True
    return False
