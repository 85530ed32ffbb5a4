"""Disclosures: the answer to a request for information, from its scope to its release, a stream of its own.

The stream is the access office's compartment: the case of the request shows its clock and nothing of this.
"""

from __future__ import annotations

from ledger.commands import Kind
from ledger.registers.disclosures import (
    approving,
    consulting,
    delivering,
    dispositions,
    ending,
    fees,
    guard,
    heads_up,
    items,
    opening,
    releasing,
    review,
    searching,
)
from ledger.registers.disclosures.state import DECISIONS, STREAM, Disclosure, evolve

CHAPTERS = (
    opening, searching, fees, items, dispositions, consulting, review, guard, approving, releasing,
    heads_up, delivering, ending,
)  # fmt: skip
"""Each registers its decisions and what they do as it is imported."""

DISCLOSURE = Kind(STREAM, Disclosure(), ending.until_ended(DECISIONS), evolve)

__all__ = ["DISCLOSURE", "STREAM", "Disclosure"]
