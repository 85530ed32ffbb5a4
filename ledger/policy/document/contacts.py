"""Contact terms of a policy: the kinds of contact, and which of them are failure demand."""

from __future__ import annotations

from typing import Literal, TypeAlias

from ledger.policy.values import Labelled

Demand: TypeAlias = Literal["value", "failure", "unclassified"]


class ContactKind(Labelled):
    """A kind of contact."""

    demand: Demand | None = None
    """Whether it is failure demand; left out: what kinds of this code usually are."""
