"""Disclosures: the answer to a request for information, from its scope to its release, a stream of its own.

The stream is the access office's compartment: the case of the request shows its clock and nothing of this.
"""

from __future__ import annotations

from ledger.registers.disclosures import (
    approving,
    consulting,
    delivering,
    dispositions,
    fees,
    guard,
    heads_up,
    items,
    opening,
    releasing,
    review,
    searching,
)
from ledger.registers.disclosures.state import STREAM, Disclosure, kind_of_stream

ROOMS = (
    opening, searching, fees, items, dispositions, consulting, review, guard, approving, releasing,
    heads_up, delivering,
)  # fmt: skip

DISCLOSURE = kind_of_stream()

__all__ = ["DISCLOSURE", "ROOMS", "STREAM", "Disclosure"]
