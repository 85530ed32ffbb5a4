"""The figures of a report for people: each with its number, on how many it stands, and what to know of it."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import NamedTuple

from api.cli.wording.coded import labelled
from api.cli.wording.in_french import decimal, numbered, told
from api.cli.wording.spoken import spoken
from ledger.policy.in_force import Policies
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


def lines_of(report: Report, policies: Policies) -> list[Line]:
    """Every figure of a report, in the order in which a team leader asks for them, in the language that is spoken."""
    return [
        _figure(told("Arrivals a working day"), report.arrivals),
        _figure(told("Clearance rate"), report.clearance, note=_counts(report.moves.counts)),
        *_pending(report.pending),
        *_times(told("First resolution"), report.first_time),
        *(
            _times(told("First, adjusted for"), report.adjusted_time)
            if report.adjusted_time.basis.n
            else ()
        ),
        *_times(told("Resolution that stuck"), report.settled_time),
        _figure(told("Settled at first contact"), report.first_contact),
        *(_bounce(each, policies) for each in report.bounce_back if each.basis.n),
        _figure(told("Closed without reply"), report.without_reply),
        _figure(told("Failure demand"), report.failure_demand),
        *_loop(report.loop),
        _figure(told("Coordination share"), report.coordination, note=told("entries, not minutes")),
        _figure(told("Asked again"), report.asked_again),
    ]


def days_said(count: int | None) -> str:
    """So many days."""
    return numbered(count, "{count} day", "{count} days")


def spread_said(spread: Spread) -> str:
    """Within how many days half are resolved, and between which bounds that lies."""
    if spread.median is None:
        return told("not reached: no day was seen by which half are resolved")
    bounds = _bounds(spread)
    return told("half within {days} ({bounds})", days=days_said(spread.median), bounds=bounds)


def _bounds(spread: Spread) -> str:
    low, high = spread.median_low, spread.median_high
    return told(
        "95 %: {low} to {high}",
        low="?" if low is None else low,
        high=told("not reached") if high is None else high,
    )


def _figure(name: str, figure: Figure, *, note: str = "") -> Line:
    why_not = told(figure.why_not) if figure.why_not else ""
    return Line(name, _written(figure.shown), figure.basis.n, _note(figure.basis, why_not or note))


def _written(number: str) -> str:
    """A number as it is written in the language that is spoken."""
    return number.replace(".", ",") if spoken() == "fr" else number


def _note(basis: Basis, said: str) -> str:
    left_out = _counts(basis.excluded)
    parts = (said, left_out and told("left out: {what}", what=left_out))
    return "; ".join(part for part in parts if part)


def _counts(counts: Mapping[str, int]) -> str:
    return ", ".join(
        told("{count} {what}", count=count, what=told(way.replace("_", " ")))
        for way, count in counts.items()
        if count
    )


def _pending(found: PendingAges) -> list[Line]:
    ages = found.active
    if not ages.n:
        return [Line(told("Active pending"), "0", 0, _note(found.basis, ""))]
    bands = ", ".join(
        told("{band} days: {count}", band=told(name), count=count)
        for name, count in ages.bands.items()
        if count
    )
    median, note = days_said(ages.median), _note(found.basis, bands)
    lines = [
        Line(told("Active pending, median age"), median, ages.n, note),
        Line(told("Active pending, 90th percentile"), days_said(ages.ninetieth), ages.n, ""),
        Line(told("Active pending, oldest"), days_said(ages.oldest), ages.n, ""),
    ]
    beside = (
        (told("Pending, waiting on others"), found.inactive),
        (told("Pending, reopened, since receipt"), found.reopened),
        (told("Pending, reopened, since their return"), found.since_reopening),
        (told("Pending, never opened"), found.never_opened),
    )
    return lines + [
        Line(
            name,
            days_said(each.median),
            each.n,
            told("oldest {days}", days=days_said(each.oldest)),
        )
        for name, each in beside
        if each.n
    ]


def _times(name: str, found: TimeToResolution) -> list[Line]:
    n = found.basis.n
    if found.calendar is None:
        why_not = told(found.why_not) if found.why_not else ""
        return [Line(name, "-", n, _note(found.basis, why_not))]
    lines = [_spread(name, found.calendar, n, note=_note(found.basis, _beside(found.calendar)))]
    if found.office is not None:
        lines.append(_spread(name, found.office, n, note=""))
    return lines


_SO_MANY: Mapping[str, tuple[str, str]] = {
    "calendar days": ("{count} calendar day", "{count} calendar days"),
    "office days": ("{count} office day", "{count} office days"),
}


def _spread(name: str, spread: Spread, n: int, *, note: str) -> Line:
    days, number = told(spread.days), told("not reached")
    if spread.median is not None:
        number = numbered(spread.median, *_SO_MANY[spread.days])
    bounds = "" if spread.median is None else _bounds(spread)
    return Line(
        told("{name}, median in {days}", name=name, days=days),
        number,
        n,
        "; ".join(filter(None, (bounds, note))),
    )


def _beside(spread: Spread) -> str:
    parts: list[str] = []
    if spread.ninetieth is not None:
        parts.append(told("nine of ten within {days}", days=spread.ninetieth))
    if spread.restricted_mean is not None:
        mean = decimal(spread.restricted_mean)
        parts.append(told("mean to day {day}: {mean}", day=spread.restricted_to, mean=mean))
    if spread.closed_only_median is not None:
        median = _plain(spread.closed_only_median)
        parts.append(told("closed ones alone would say {days}", days=median))
    parts += [
        f"{told(way.replace('_', ' '))} {_written(share)}" for way, share in spread.ended.items()
    ]
    return ", ".join(parts)


def _plain(number: Fraction) -> str:
    return str(number) if number.denominator == 1 else decimal(number)


def _bounce(figure: Figure, policies: Policies) -> Line:
    by = figure.basis.definition.partition("bounce-back, ")[2]
    first, _, second = by.partition(" to ")
    if second:
        policy = policies.latest.policy if policies.latest else None
        by = told(
            "{first} to {second}",
            first=labelled("channel", first, policy),
            second=labelled("channel", second, policy),
        )
    return _figure(told("Bounce-back, {by}", by=told(by)), figure)


def _loop(found: Loop) -> list[Line]:
    number = "-" if found.reproduction is None else decimal(found.reproduction, decimals=2)
    unmeasured = found.reproduction is None and found.critical_backlog is not None
    said = "nothing ended in these days, so nobody can say how long a wait is"
    note = _note(found.basis, told(said if unmeasured else found.said))
    lines = [Line(told("Loop, R_b"), number, found.basis.n, note)]
    if found.critical_backlog is not None:
        critical = decimal(found.critical_backlog)
        said = told("the backlog above which the queue cannot fall")
        if unmeasured:
            said = f"{said}; {told(found.said)}"
        lines.append(Line(told("Loop, critical backlog"), critical, found.basis.n, said))
    return lines
