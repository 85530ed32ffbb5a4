"""The policies as they were at another instant: published by then, and in force by then."""

from __future__ import annotations

from datetime import datetime

from ledger.errors import InvalidCommand
from ledger.policy.in_force import Policies, PolicyVersion
from ledger.service import Ledger
from ledger.then import Then


def policies_then(ledger: Ledger, then: Then) -> Policies:
    """The policies that had been published by then, of those that had taken effect by the instant asked about."""
    policies = ledger.policies()
    if then.known_at is not None:
        known = [
            each
            for each in ledger.read(f"policy/{ledger.policy_id}")
            if each.entry.context.known_at <= then.known_at
        ]
        policies = Policies(policies.versions[: len(known)])
    if then.as_of is not None:
        as_of = then.as_of
        policies = Policies(
            tuple(each for each in policies.versions if each.effective_from <= as_of)
        )
    return policies


def version_then(ledger: Ledger, then: Then, at: datetime) -> PolicyVersion:
    """The policy that was in force at an instant, as far as it counts; InvalidCommand where none was."""
    policies = policies_then(ledger, then)
    if not then.is_now and not any(each.effective_from <= at for each in policies.versions):
        raise InvalidCommand("No policy was in force then: ask about a later instant.")
    return policies.in_force(at)
