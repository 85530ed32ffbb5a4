"""Demand: whether a contact is of value, or is work that the office's own waiting or errors made. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from ledger.policy.document.contacts import Demand
from ledger.policy.document.policy import Policy

_USUAL: dict[str, Demand] = {
    "new-request": "value",
    "new-information": "value",
    "correction-theirs": "value",
    "thanks": "value",
    "chase": "failure",
    "repeat": "failure",
    "correction-ours": "failure",
    "reassurance": "failure",
    "complaint": "failure",
}
"""What kinds of these codes are where the policy does not say (practice/formulas.md 5.4)."""


def demand_of(policy: Policy, kinds: Iterable[str]) -> Demand:
    """What a contact of these kinds is: failure if any is, else of value if any is, else unclassified."""
    found = {_demand_of(policy, kind) for kind in kinds}
    if "failure" in found:
        return "failure"
    return "value" if "value" in found else "unclassified"


def _demand_of(policy: Policy, kind: str) -> Demand:
    known = policy.reasons.contact.get(kind)
    said = known.demand if known is not None else None
    return said or _USUAL.get(kind, "unclassified")
