"""Ways in: which channel of a policy takes what people send, and what kind of contact it is logged as."""

from __future__ import annotations

from ledger.policy.document.conditions import Family
from ledger.policy.document.policy import Policy


def peoples_channel(policy: Policy, family: Family) -> str | None:
    """The first channel of a family that people use, not robots; None if the policy has none."""
    plain = (
        code for code, each in policy.channels.items() if each.family == family and not each.senders
    )
    return next(plain, None)


def kind_of_contact(policy: Policy, meant: str) -> str | None:
    """The kind that is meant; the first of the policy where it lacks that, None if it has none at all."""
    kinds = policy.reasons.contact
    return meant if meant in kinds else next(iter(kinds), None)
