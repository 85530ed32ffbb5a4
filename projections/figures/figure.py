"""A figure: an exact number or the reason why there is none, with all that it was reckoned on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction
from typing import Literal, TypeVar

from ledger.policy.exact import ceiling, shown

Unit = Literal["percent", "days", "a day", "cases", "minutes", "ratio"]


@dataclass(frozen=True, slots=True)
class Window:
    """Local dates from the first up to, not including, `until_on`."""

    first_on: date
    until_on: date

    def holds(self, day: date) -> bool:
        """Whether a date lies in the window."""
        return self.first_on <= day < self.until_on

    @property
    def days(self) -> int:
        return (self.until_on - self.first_on).days


@dataclass(frozen=True, slots=True)
class Basis:
    """What a figure was reckoned on: its definition, window, filters, how many, who was left out, up to which entry."""

    definition: str
    window: Window | None
    filters: Mapping[str, str]
    n: int
    excluded: Mapping[str, int]
    position: int
    known_at: datetime | None


@dataclass(frozen=True, slots=True)
class Figure:
    """One number: exact, and as people are shown it; where there is none, `why_not` says the reason."""

    basis: Basis
    unit: Unit
    exact: Fraction | None
    why_not: str | None = None
    low: Fraction | None = None
    high: Fraction | None = None
    """Bounds, where what is not known could move the figure."""

    @property
    def shown(self) -> str:
        """The number with one decimal, half away from zero; a dash where there is none."""
        if self.exact is None:
            return "-"
        factor = 100 if self.unit == "percent" else 1
        sign = " %" if self.unit == "percent" else ""
        said = f"{shown(self.exact * factor)}{sign}"
        if self.low is None or self.high is None or self.low == self.high:
            return said
        return f"{said} ({shown(self.low * factor)}-{shown(self.high * factor)})"


@dataclass(frozen=True, slots=True)
class Counted:
    """Counts under a name each, with what they were counted on."""

    basis: Basis
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Footing:
    """What all figures of one report share; `basis` adds what each has of its own."""

    window: Window | None
    filters: Mapping[str, str]
    position: int
    known_at: datetime | None = None
    excluded: Mapping[str, int] = field(default_factory=dict[str, int])

    def basis(self, definition: str, n: int, *, excluded: Mapping[str, int] | None = None) -> Basis:
        """The basis of one figure; exclusions of which there were none are left out."""
        left_out = {**self.excluded, **(excluded or {})}
        return Basis(
            definition,
            self.window,
            self.filters,
            n,
            {reason: count for reason, count in left_out.items() if count},
            self.position,
            self.known_at,
        )


N = TypeVar("N", int, Fraction)

NO_CASES = "there are none to count"


def share(basis: Basis, part: int, whole: int, *, nothing: str = NO_CASES) -> Figure:
    """A part of a whole; of nothing there is no share."""
    if whole == 0:
        return Figure(basis, "percent", None, nothing)
    return Figure(basis, "percent", Fraction(part, whole))


def nearest_rank(values: Sequence[N], percent: int) -> N | None:
    """The percentile by nearest rank: the ceil(p x n)-th smallest; None of nothing."""
    if not values:
        return None
    rank = ceiling(Fraction(percent * len(values), 100))
    return sorted(values)[max(rank, 1) - 1]
