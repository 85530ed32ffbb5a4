"""Demand: how much of it is failure, and what the wait itself costs (practice, formulas 5.4 and 5.5)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from projections.figures.figure import Basis, Figure, Footing

NO_WORKING_DAY = "the office did not work in this window"
NONE_WAITED = "no case waited on a working day"


def failure_demand(
    footing: Footing,
    *,
    value: int,
    failure: int,
    unclassified: int,
    excluded: Mapping[str, int] | None = None,
) -> Figure:
    """The share of demand that is failure, with the bounds that the unclassified leave open. Never a target."""
    whole = value + failure + unclassified
    basis = footing.basis("5.4 failure demand", whole, excluded=excluded)
    if whole == 0:
        return Figure(basis, "percent", None, "nobody got in touch")
    low = Fraction(failure, whole)
    return Figure(basis, "percent", low, low=low, high=Fraction(failure + unclassified, whole))


@dataclass(frozen=True, slots=True)
class Effort:
    """Staff time, entered or sampled: minutes for a failure contact, for a case, and of the whole team a day."""

    contact_minutes: Fraction
    case_minutes: Fraction
    staff_minutes_a_day: Fraction


@dataclass(frozen=True, slots=True)
class Loop:
    """What the wait breeds.

    `chases` are failure contacts per open case-day (c), `reproduction` R_b = c T h / S: how many cases'
    worth of work one case's wait displaces; from 1 the wait breeds more work than the case is worth.
    `cost_multiplier` 1 / (1 - R_b) is there below 1. Above `critical_backlog` B_c = (H - arrivals S) /
    (c h) the queue cannot fall at this capacity; staff time and arrivals are of a working day, and so is c in
    it, `chases_a_working_day`. `said` puts it in words.
    """

    basis: Basis
    chases: Fraction | None
    chases_a_working_day: Fraction | None
    reproduction: Fraction | None
    cost_multiplier: Fraction | None
    critical_backlog: Fraction | None
    said: str


def loop(
    footing: Footing,
    *,
    failure_contacts: int,
    case_days: int,
    working_case_days: int,
    days_in_queue: Fraction | None,
    effort: Effort | None,
    arrivals: Fraction | None,
    waiting: int,
    excluded: Mapping[str, int] | None = None,
) -> Loop:
    """The loop gauge: contacts and case-days are counted, the staff time is entered or sampled and dated.

    `working_case_days` are those of the case-days on which the office works.
    """
    basis = footing.basis("5.5 loop", failure_contacts, excluded=excluded)
    if case_days == 0:
        said = "no case waited, so there is no loop to measure"
        return Loop(basis, None, None, None, None, None, said)
    chases = Fraction(failure_contacts, case_days)
    working = Fraction(failure_contacts, working_case_days) if working_case_days else None
    if chases == 0:
        said = "nobody chased: no loop"
        return Loop(basis, chases, working, Fraction(0), Fraction(1), None, said)
    if effort is None:
        return Loop(
            basis, chases, working, None, None, None,
            "no staff time is recorded for one team: enter it with `caseledger rate effort`, ask with --team",
        )  # fmt: skip
    return _reckoned(basis, chases, working, days_in_queue, effort, arrivals, waiting)


def _reckoned(
    basis: Basis,
    chases: Fraction,
    working: Fraction | None,
    days_in_queue: Fraction | None,
    effort: Effort,
    arrivals: Fraction | None,
    waiting: int,
) -> Loop:
    reproduction = None
    if days_in_queue is not None:
        reproduction = chases * days_in_queue * effort.contact_minutes / effort.case_minutes
    multiplier = 1 / (1 - reproduction) if reproduction is not None and reproduction < 1 else None
    if arrivals is None or working is None:
        said = NO_WORKING_DAY if arrivals is None else NONE_WAITED
        return Loop(basis, chases, working, reproduction, multiplier, None, said)
    spare = effort.staff_minutes_a_day - arrivals * effort.case_minutes
    critical = spare / (working * effort.contact_minutes)
    if spare <= 0:
        said = "arrivals alone exceed capacity"
    elif waiting > critical:
        said = "the backlog is above the critical one: it grows by itself"
    else:
        said = "the backlog is below the critical one: it can fall"
    return Loop(basis, chases, working, reproduction, multiplier, critical, said)


def median_of(days: Sequence[int]) -> Fraction | None:
    """The middle value, the mean of the two in the middle where there are two; None of nothing."""
    if not days:
        return None
    ordered, half = sorted(days), len(days) // 2
    if len(days) % 2:
        return Fraction(ordered[half])
    return Fraction(ordered[half - 1] + ordered[half], 2)
