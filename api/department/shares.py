"""Shares: what happens in so many of a hundred cases happens that often, whatever the size of the run."""

from __future__ import annotations

from random import Random

_ALL = 100


class Shares:
    """Draws in blocks: what has a share of one in twenty happens once in every twenty tries, at a place by chance.

    So a short run sees what a long one sees, each in its proportion. The first block is half as long. Each
    is drawn from a chance of its own, so that what is added to the department moves nothing else.
    """

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._chances: dict[str, Random] = {}
        self._ahead: dict[str, list[bool]] = {}

    def happens(self, what: str, percent: float) -> bool:
        """Whether it happens this time."""
        if percent <= 0 or percent >= _ALL:
            return percent >= _ALL
        ahead = self._ahead.get(what)
        if not ahead:
            seldom = min(percent, _ALL - percent)
            length = max(2, round(_ALL / seldom) // (2 if ahead is None else 1))
            block = [False] * length
            block[self.chance_of(what).randrange(length)] = True
            ahead = block if percent == seldom else [not each for each in block]
            self._ahead[what] = ahead
        return ahead.pop()

    def chance_of(self, what: str) -> Random:
        """A chance that draws for one thing alone."""
        return self._chances.setdefault(what, Random(f"{self._seed} {what}"))
