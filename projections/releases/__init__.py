"""Releases: a selection of what is shown becomes a bundle that proves itself without this ledger."""

from __future__ import annotations

from projections.releases.selection import (
    Claim,
    EntrySelection,
    Ground,
    IndexLine,
    PieceRange,
    Selection,
    StreamSelection,
    refuse_unsound,
)

__all__ = [
    "Claim",
    "EntrySelection",
    "Ground",
    "IndexLine",
    "PieceRange",
    "Selection",
    "StreamSelection",
    "refuse_unsound",
]
