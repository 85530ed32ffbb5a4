"""Keeping: what the policy says of how long copies outlive what is erased here."""

from __future__ import annotations

from ledger.policy.values import Amount, Section


class KeepingTerms(Section):
    """What a policy says of the copies of what the ledger keeps."""

    backup_days: Amount | None = None
    """For how many days a backup of the vault and of its master key is kept; erasures are final after that."""
