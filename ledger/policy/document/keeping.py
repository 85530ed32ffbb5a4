"""Keeping: what the policy says of how long copies outlive what is erased here."""

from __future__ import annotations

from ledger.policy.values import Amount, Code, Section


class KeepingTerms(Section):
    """What a policy says of copies and of inquiries."""

    backup_days: Amount | None = None
    """For how many days a backup of the vault and of its master key is kept; erasures are final after that."""
    inquiry_clock: Code | None = None
    """The clock by which an inquiry is to be answered."""
