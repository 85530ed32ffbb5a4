"""People: what the law of the place says of a person's age."""

from __future__ import annotations

from ledger.policy.values import Amount, Section


class People(Section):
    """What a policy says of people."""

    majority_age: Amount = 19
    """The age, in years, from which somebody acts for themselves; 19 in Nova Scotia (not checked)."""
