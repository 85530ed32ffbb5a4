"""Backlog: what went against what came, and how old what waits is (CourTools 2 and 4; formulas 5.2 and 5.3)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from projections.figures.figure import Basis, Figure, Footing, nearest_rank, share

BANDS: tuple[tuple[str, int, int | None], ...] = (
    ("0-10", 0, 10),
    ("11-30", 11, 30),
    ("31-90", 31, 90),
    ("91-365", 91, 365),
    ("over 365", 366, None),
)
"""Bands of age in days, both ends included."""


def clearance_rate(
    footing: Footing,
    incoming: Mapping[str, int],
    outgoing: Mapping[str, int],
    *,
    excluded: Mapping[str, int] | None = None,
) -> Figure:
    """Outgoing over incoming; their parts by name, whatever the caller counts on each side."""
    came, went = sum(incoming.values()), sum(outgoing.values())
    basis = footing.basis("5.2 clearance rate", came, excluded=excluded)
    return share(basis, went, came, nothing="nothing came in")


@dataclass(frozen=True, slots=True)
class Ages:
    """How old some cases are, in days: median and 90th percentile by nearest rank; None of no cases. No mean."""

    n: int
    median: int | None
    ninetieth: int | None
    oldest: int | None
    bands: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class PendingAges:
    """The age of active pending cases, and beside it what is not active, was reopened or was never opened.

    `reopened` counts from the first receipt, `since_reopening` the same cases from their return.
    """

    basis: Basis
    active: Ages
    inactive: Ages
    reopened: Ages
    since_reopening: Ages
    never_opened: Ages


def ages(days: Sequence[int]) -> Ages:
    """How old these are."""
    bands = {
        name: sum(low <= age and (high is None or age <= high) for age in days)
        for name, low, high in BANDS
    }
    return Ages(
        len(days), nearest_rank(days, 50), nearest_rank(days, 90), max(days, default=None), bands
    )


def age_of_active_pending(
    footing: Footing,
    *,
    active: Sequence[int],
    inactive: Sequence[int] = (),
    reopened: Sequence[int] = (),
    since_reopening: Sequence[int] = (),
    never_opened: Sequence[int] = (),
) -> PendingAges:
    """Ages in days from receipt to the day of measurement; active is what waits on nobody outside."""
    return PendingAges(
        footing.basis(
            "5.3 age of active pending", len(active), excluded={"waits on others": len(inactive)}
        ),
        ages(active),
        ages(inactive),
        ages(reopened),
        ages(since_reopening),
        ages(never_opened),
    )
