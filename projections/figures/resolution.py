"""Time to resolution: from receipt to the first answer, and to the one that stuck (practice, formulas 5.6).

Within a quiet window after a resolution it can still come back. So that this does not flatter the
latest ones, what happened is looked at up to the last day whose window is over by the day asked about: a
resolution by then counts if no decided return followed within the window, everything else is censored there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

from ledger.input.quoting import counted
from ledger.policy.exact import shown
from projections.figures.demand import median_of
from projections.figures.figure import Basis, Footing
from projections.figures.survival import Curve, Spell, aalen_johansen, kaplan_meier

RESOLVED = "resolved"
Apart = Callable[[date, date], int]
"""How many days lie between two dates: calendar days, or days on which the office works."""


@dataclass(frozen=True, slots=True)
class Ending:
    """A case ended on a date: resolved, or withdrawn, lapsed, referred out; and came back, if it did, by decision.

    `quiet_on` is the last day of the quiet window that follows.
    """

    on: date
    kind: str
    quiet_on: date
    returned_on: date | None = None

    @property
    def stuck(self) -> bool:
        """Whether it did not come back within its quiet window."""
        return self.returned_on is None or self.returned_on > self.quiet_on


@dataclass(frozen=True, slots=True)
class Lifetime:
    """What of one case the times are reckoned from.

    `cut_on` is the last day up to which can be told whether an end of it stuck. `seen_from` is the day from
    which a log could have seen it end, where that is after its receipt.
    """

    received_on: date
    endings: tuple[Ending, ...]
    cut_on: date
    seen_from: date | None = None


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """A day of the curve for people: who was at risk, who ended, and the share open still, with three decimals."""

    day: int
    at_risk: int
    ended: int
    open_still: str


@dataclass(frozen=True, slots=True)
class Spread:
    """How long it takes, in days of one kind; an absent number is not reached, and `said` says so.

    `closed_only_median` is what leaving out open cases would say: shown so that nobody is misled by it.
    """

    days: Literal["calendar days", "office days"]
    median: int | None
    median_low: int | None
    median_high: int | None
    ninetieth: int | None
    restricted_mean: Fraction | None
    restricted_to: int
    closed_only_median: Fraction | None
    ended: Mapping[str, str]
    """The share that ended in each way by the last day seen, the ways competing."""
    curve: tuple[CurvePoint, ...]
    said: str


@dataclass(frozen=True, slots=True)
class TimeToResolution:
    """The spread of one kind of time, in calendar days as citizens count, and in office days where they are known."""

    basis: Basis
    calendar: Spread | None
    office: Spread | None
    why_not: str | None = None


def first_spells(lives: Sequence[Lifetime], as_of: date, apart: Apart) -> list[Spell]:
    """Receipt to first end, of cases received by then; open ones are censored on that day."""
    found: list[Spell] = []
    for life in lives:
        entry = _entry(life, apart)
        ended = [each for each in life.endings if each.on <= as_of][:1]
        last_on, kind = (ended[0].on, ended[0].kind) if ended else (as_of, None)
        found += _spell(life, entry, last_on, kind, apart)
    return found


def settled_spells(lives: Sequence[Lifetime], apart: Apart) -> list[Spell]:
    """Receipt to the end that stuck; a case that came back is not at risk from its end to its return."""
    found: list[Spell] = []
    for life in lives:
        cut_on = life.cut_on
        if life.received_on > cut_on:
            continue
        stuck = [each for each in life.endings if each.on <= cut_on and each.stuck]
        last = stuck[-1] if stuck else None
        entry = _entry(life, apart)
        for each in life.endings:
            back_on = each.returned_on
            if each is last or each.on > cut_on or back_on is None or back_on > cut_on:
                break
            back = apart(life.received_on, back_on)
            if back > apart(life.received_on, each.on):
                found += _spell(life, entry, each.on, None, apart)
                entry = max(entry, back)
        last_on, kind = (last.on, last.kind) if last else (cut_on, None)
        found += _spell(life, entry, last_on, kind, apart)
    return found


def time_to_resolution(
    footing: Footing,
    definition: str,
    spells_of: Callable[[Apart], Sequence[Spell]],
    *,
    n: int,
    excluded: Mapping[str, int],
    office: Apart | None,
) -> TimeToResolution:
    """The spread of these spells, counted in calendar days and, where a calendar reaches, in office days."""
    basis = footing.basis(definition, n, excluded=excluded)
    if n == 0:
        why_not = "none of them can be told yet" if basis.excluded else "no case was received"
        return TimeToResolution(basis, None, None, why_not)
    calendar = spread(spells_of(calendar_days), "calendar days")
    if office is None:
        return TimeToResolution(basis, calendar, None, "no calendar reaches over these days")
    return TimeToResolution(basis, calendar, spread(spells_of(office), "office days"))


def calendar_days(first: date, last: date) -> int:
    """How many days lie between two dates."""
    return (last - first).days


def spread(spells: Sequence[Spell], days: Literal["calendar days", "office days"]) -> Spread:
    """What the curve of these spells says."""
    curve = kaplan_meier(spells, end=RESOLVED)
    ways = aalen_johansen(spells)
    low, high = curve.median_interval
    closed = [spell.exit for spell in spells if spell.end == RESOLVED]
    return Spread(
        days=days,
        median=curve.median,
        median_low=low,
        median_high=high,
        ninetieth=curve.reached(Fraction(1, 10)),
        restricted_mean=curve.restricted_mean(curve.last_day) if spells else None,
        restricted_to=curve.last_day,
        closed_only_median=median_of(closed),
        ended={way: f"{shown(100 * shares[-1])} %" for way, shares in ways.shares.items()},
        curve=tuple(
            CurvePoint(step.day, step.at_risk, step.ended, shown(step.lasting, decimals=3))
            for step in curve.steps
        ),
        said=_median_in_words(curve),
    )


def _median_in_words(curve: Curve) -> str:
    if curve.median is None:
        return "not reached: no day was seen by which half are resolved"
    low, high = curve.median_interval
    bounds = f"{'?' if low is None else low} to {'not reached' if high is None else high}"
    return f"half within {counted(curve.median, 'day', 'days')} (95 %: {bounds})"


def _entry(life: Lifetime, apart: Apart) -> int:
    seen_from = life.seen_from
    if seen_from is None or seen_from <= life.received_on:
        return 0
    return apart(life.received_on, seen_from)


def _spell(
    life: Lifetime, entry: int, last_on: date, kind: str | None, apart: Apart
) -> list[Spell]:
    """The stretch up to a date; none where it ended before it could be seen."""
    last = apart(life.received_on, max(last_on, life.received_on))
    return [Spell(last, kind, entry)] if last >= entry else []
