"""Survival: how long until something ends, with what is open still counted as open.

Kaplan-Meier's curve in exact fractions, the median read off it, its restricted mean, and Greenwood's
interval on the log-log scale (Kaplan and Meier 1958; Kalbfleisch and Prentice; practice, formulas 5.6).
Time is whole days; on a day ends come before censorings. Whoever enters late is at risk from the day of
entry on, that day included, as on a day of receipt.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import exp, log, sqrt
from statistics import NormalDist

_HALF = Fraction(1, 2)
_BOTH_SIDES = NormalDist().inv_cdf(0.975)


@dataclass(frozen=True, slots=True)
class Spell:
    """A stretch of days at risk, from `entry` to `exit`, both included; `end` ended it, None if it was censored.

    A case may have several that do not overlap; only the last of them can end.
    """

    exit: int
    end: str | None
    entry: int = 0


@dataclass(frozen=True, slots=True)
class Step:
    """A day on which something ended: how many were at risk, how many ended, and the share that lasts beyond it."""

    day: int
    at_risk: int
    ended: int
    lasting: Fraction


@dataclass(frozen=True, slots=True)
class Curve:
    """A survival curve: its steps by day, and the last day on which anything was seen."""

    steps: tuple[Step, ...]
    last_day: int

    def lasting(self, day: int) -> Fraction:
        """The share that lasts beyond a day."""
        reached = Fraction(1)
        for step in self.steps:
            if step.day > day:
                break
            reached = step.lasting
        return reached

    def reached(self, share: Fraction) -> int | None:
        """The first day by which no more than this share lasts; None where that is not reached."""
        return next((step.day for step in self.steps if step.lasting <= share), None)

    @property
    def median(self) -> int | None:
        return self.reached(_HALF)

    def restricted_mean(self, upto: int) -> Fraction:
        """The mean days up to a day: the area below the curve."""
        area, before, lasting = Fraction(0), 0, Fraction(1)
        for step in self.steps:
            if step.day > upto:
                break
            area += (step.day - before) * lasting
            before, lasting = step.day, step.lasting
        return area + (upto - before) * lasting

    def interval(self, day: int) -> tuple[float, float] | None:
        """The 95 % interval of the share that lasts beyond a day; None where it is all or nothing."""
        greenwood, lasting = 0.0, Fraction(1)
        for step in self.steps:
            if step.day > day:
                break
            if step.at_risk == step.ended:
                return None
            greenwood += step.ended / (step.at_risk * (step.at_risk - step.ended))
            lasting = step.lasting
        if not 0 < lasting < 1:
            return None
        said = float(lasting)
        spread = _BOTH_SIDES * sqrt(greenwood) / abs(log(said))
        return said ** exp(spread), said ** exp(-spread)

    @property
    def median_interval(self) -> tuple[int | None, int | None]:
        """Between which days the median lies, at 95 %; None for an end that is not reached (Brookmeyer and Crowley)."""
        low = high = None
        for step in self.steps:
            bounds = (0.0, 0.0) if step.lasting == 0 else self.interval(step.day)
            if bounds is None:
                continue
            if low is None and bounds[0] <= 0.5:
                low = step.day
            if high is None and bounds[1] <= 0.5:
                high = step.day
        return low, high


def kaplan_meier(spells: Sequence[Spell], *, end: str) -> Curve:
    """The curve of one way to end; whatever ended otherwise is censored there."""
    entries = Counter(spell.entry for spell in spells)
    exits = Counter(spell.exit for spell in spells)
    ended = Counter(spell.exit for spell in spells if spell.end == end)
    steps: list[Step] = []
    lasting, at_risk = Fraction(1), 0
    for day in sorted(entries.keys() | exits.keys()):
        at_risk += entries[day]
        if ended[day]:
            lasting *= Fraction(at_risk - ended[day], at_risk)
            steps.append(Step(day, at_risk, ended[day], lasting))
        at_risk -= exits[day]
    return Curve(tuple(steps), max(exits, default=0))


@dataclass(frozen=True, slots=True)
class Incidence:
    """By which day which share has ended in each way, the ways competing: one entry for each day with an end."""

    days: tuple[int, ...]
    shares: dict[str, tuple[Fraction, ...]]
    lasting: tuple[Fraction, ...]


def aalen_johansen(spells: Sequence[Spell]) -> Incidence:
    """The cumulative incidence of every way to end (Aalen and Johansen 1978); with what lasts it makes the whole."""
    ways = sorted({spell.end for spell in spells if spell.end is not None})
    entries = Counter(spell.entry for spell in spells)
    exits = Counter(spell.exit for spell in spells)
    ended = Counter((spell.end, spell.exit) for spell in spells)
    lasting, at_risk = Fraction(1), 0
    days: list[int] = []
    reached = dict.fromkeys(ways, Fraction(0))
    shares: dict[str, list[Fraction]] = {way: [] for way in ways}
    left: list[Fraction] = []
    for day in sorted(entries.keys() | exits.keys()):
        at_risk += entries[day]
        gone = sum(ended[way, day] for way in ways)
        if gone:
            for way in ways:
                reached[way] += lasting * Fraction(ended[way, day], at_risk)
                shares[way].append(reached[way])
            lasting *= Fraction(at_risk - gone, at_risk)
            days.append(day)
            left.append(lasting)
        at_risk -= exits[day]
    return Incidence(tuple(days), {way: tuple(shares[way]) for way in ways}, tuple(left))
