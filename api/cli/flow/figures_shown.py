"""The figures of a report for people: each with its number, on how many it stands, and what to know of it."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import NamedTuple

from ledger.policy.exact import shown
from projections.figures.backlog import PendingAges
from projections.figures.demand import Loop
from projections.figures.figure import Basis, Figure
from projections.figures.resolution import Spread, TimeToResolution
from projections.measures import Report


class Line(NamedTuple):
    """One figure: its name, the number, on how many it stands, and what to know of it."""

    name: str
    number: str
    n: int
    note: str


def lines_of(report: Report) -> list[Line]:
    """Every figure of a report, in the order in which a team leader asks for them."""
    return [
        _figure("Arrivals a working day", report.arrivals),
        _figure("Clearance rate", report.clearance, note=_counts(report.moves.counts)),
        *_pending(report.pending),
        *_times("First resolution", report.first_time),
        *(
            _times("First, adjusted for", report.adjusted_time)
            if report.adjusted_time.basis.n
            else ()
        ),
        *_times("Resolution that stuck", report.settled_time),
        _figure("Settled at first contact", report.first_contact),
        *(_bounce(each) for each in report.bounce_back if each.basis.n),
        _figure("Closed without reply", report.without_reply),
        _figure("Failure demand", report.failure_demand),
        *_loop(report.loop),
        _figure("Coordination share", report.coordination, note="entries, not minutes"),
        _figure("Asked again", report.asked_again),
    ]


def _figure(name: str, figure: Figure, *, note: str = "") -> Line:
    return Line(name, figure.shown, figure.basis.n, _note(figure.basis, figure.why_not or note))


def _note(basis: Basis, said: str) -> str:
    left_out = ", ".join(f"{count} {reason}" for reason, count in basis.excluded.items())
    return "; ".join(part for part in (said, left_out and f"left out: {left_out}") if part)


def _counts(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{count} {way.replace('_', ' ')}" for way, count in counts.items() if count)


def _days(count: object) -> str:
    return f"{count} {'day' if str(count) == '1' else 'days'}"


def _pending(found: PendingAges) -> list[Line]:
    ages = found.active
    if not ages.n:
        return [Line("Active pending", "0", 0, _note(found.basis, ""))]
    bands = ", ".join(f"{name} days: {count}" for name, count in ages.bands.items() if count)
    lines = [
        Line("Active pending, median age", _days(ages.median), ages.n, _note(found.basis, bands)),
        Line("Active pending, 90th percentile", _days(ages.ninetieth), ages.n, ""),
        Line("Active pending, oldest", _days(ages.oldest), ages.n, ""),
    ]
    beside = (
        ("waiting on others", found.inactive),
        ("reopened, since receipt", found.reopened),
        ("reopened, since their return", found.since_reopening),
        ("never opened", found.never_opened),
    )
    return lines + [
        Line(f"Pending, {name}", _days(each.median), each.n, f"oldest {_days(each.oldest)}")
        for name, each in beside
        if each.n
    ]


def _times(name: str, found: TimeToResolution) -> list[Line]:
    n = found.basis.n
    if found.calendar is None:
        return [Line(name, "-", n, _note(found.basis, found.why_not or ""))]
    lines = [_spread(name, found.calendar, n, note=_note(found.basis, _beside(found.calendar)))]
    if found.office is not None:
        lines.append(_spread(name, found.office, n, note=""))
    return lines


def _spread(name: str, spread: Spread, n: int, *, note: str) -> Line:
    said = spread.said if spread.median is None else f"{spread.median} {spread.days}"
    number = "not reached" if spread.median is None else said
    bounds = "" if spread.median is None else spread.said.partition("(")[2].rstrip(")")
    return Line(
        f"{name}, median in {spread.days}", number, n, "; ".join(filter(None, (bounds, note)))
    )


def _beside(spread: Spread) -> str:
    parts: list[str] = []
    if spread.ninetieth is not None:
        parts.append(f"nine of ten within {spread.ninetieth}")
    if spread.restricted_mean is not None:
        parts.append(f"mean to day {spread.restricted_to}: {shown(spread.restricted_mean)}")
    if spread.closed_only_median is not None:
        parts.append(f"closed ones alone would say {_plain(spread.closed_only_median)}")
    parts += [f"{way.replace('_', ' ')} {share}" for way, share in spread.ended.items()]
    return ", ".join(parts)


def _plain(number: Fraction) -> str:
    return str(number) if number.denominator == 1 else shown(number)


def _bounce(figure: Figure) -> Line:
    return _figure(f"Bounce-back{figure.basis.definition.partition('bounce-back')[2]}", figure)


def _loop(found: Loop) -> list[Line]:
    number = "-" if found.reproduction is None else shown(found.reproduction, decimals=2)
    lines = [Line("Loop, R_b", number, found.basis.n, _note(found.basis, found.said))]
    if found.critical_backlog is not None:
        said = "the backlog above which the queue cannot fall"
        lines.append(
            Line("Loop, critical backlog", shown(found.critical_backlog), found.basis.n, said)
        )
    return lines
