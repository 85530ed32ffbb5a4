"""Comparing: how long those wait who came another way, from elsewhere, or who speak or read otherwise.

The times stand side by side and nothing is concluded from them: who is in a group differs by type too.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, get_args

from projections.figures.resolution import TimeToResolution
from projections.flow.lives import Lives
from projections.measures.asking import Asking, Measured
from projections.measures.settling import first_of
from projections.one_case.life import Life

Trait = Literal["channel", "region", "language", "interview_language", "interpreter", "format"]
LANGUAGES: tuple[Trait, ...] = get_args(Trait)[2:]
"""The four that a comparison by language looks at: of letters, of talking, through whom, in which form."""
SMALLEST = 5
"""A group of fewer cases is not told apart: its time would tell of somebody."""


@dataclass(frozen=True, slots=True)
class Group:
    """The cases alike in one trait, and their time to the first resolution; none where they are too few to be told.

    `value` is None for those of whom nothing was said.
    """

    trait: Trait
    value: str | None
    n: int | None
    time: TimeToResolution | None


def compared(found: Lives, asking: Asking, trait: Trait) -> tuple[Group, ...]:
    """The groups of a trait among the cases received in the window, the largest first."""
    measured = Measured(found, asking)
    groups: dict[str | None, list[Life]] = {}
    for life in measured.mine:
        if measured.within(life.received_at):
            value: str | None = getattr(life, trait)
            groups.setdefault(value, []).append(life)
    return tuple(_groups(measured, trait, groups))


def _groups(
    measured: Measured, trait: Trait, groups: dict[str | None, list[Life]]
) -> Iterator[Group]:
    ordered = sorted(groups.items(), key=lambda each: (-len(each[1]), each[0] or ""))
    for value, lives in ordered:
        if len(lives) < SMALLEST:
            yield Group(trait, value, None, None)
            continue
        time = first_of(measured, f"5.6 time to first resolution by {trait}", lives)
        yield Group(trait, value, len(lives), time)
