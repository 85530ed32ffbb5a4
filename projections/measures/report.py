"""The report: every figure of one window, over the same cases."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from ledger.policy.document.contacts import Demand
from projections.figures.backlog import PendingAges, age_of_active_pending, clearance_rate
from projections.figures.demand import NO_WORKING_DAY, Loop, failure_demand, loop
from projections.figures.figure import Counted, Figure, nearest_rank
from projections.figures.resolution import TimeToResolution
from projections.figures.shares import asked_again, closed_without_reply, coordination_share
from projections.flow.lives import Lives
from projections.measures.asking import ELSEWHERE, Asking, Measured
from projections.measures.settling import (
    adjusted_time,
    bounced,
    first_contact,
    first_time,
    settled_time,
)
from projections.one_case.life import Move, Way

_INCOMING = ("new", "reopened", "reactivated")
_OUTGOING = ("resolved", "withdrawn", "lapsed", "referred_out", "made_inactive")
_HANDED_ON = ("transferred_in", "transferred_out")
_WHILE_WAITING = "handed on while they wait"


@dataclass(frozen=True, slots=True)
class WorkingTime:
    """How long a type takes from its first owner to its end, in calendar days, by nearest rank."""

    request_type: str | None
    n: int
    median_days: int
    eightieth_days: int


@dataclass(frozen=True, slots=True)
class Report:
    """Every figure of one window."""

    arrivals: Figure
    moves: Counted
    clearance: Figure
    pending: PendingAges
    failure_demand: Figure
    loop: Loop
    first_time: TimeToResolution
    adjusted_time: TimeToResolution
    settled_time: TimeToResolution
    first_contact: Figure
    bounce_back: tuple[Figure, ...]
    without_reply: Figure
    coordination: Figure
    asked_again: Figure
    working_times: tuple[WorkingTime, ...]


def report(found: Lives, asking: Asking) -> Report:
    """Every figure of the window over these cases."""
    measured = Measured(found, asking)
    moves = list(measured.moves())
    arrivals = _arrivals(measured, Counter(move.way for move in moves))
    counted, clearance = _cleared(measured, moves)
    return Report(
        arrivals=arrivals,
        moves=counted,
        clearance=clearance,
        pending=_pending(measured),
        failure_demand=_demand(measured),
        loop=_loop(measured, arrivals.exact),
        first_time=first_time(measured),
        adjusted_time=adjusted_time(measured),
        settled_time=settled_time(measured),
        first_contact=first_contact(measured),
        bounce_back=tuple(bounced(measured)),
        without_reply=_without_reply(measured),
        coordination=_coordination(measured),
        asked_again=_asked_again(measured),
        working_times=tuple(_working_times(measured)),
    )


def _cleared(measured: Measured, moves: Sequence[Move]) -> tuple[Counted, Figure]:
    """What came into active work and left it, and the one over the other.

    What is handed on while it waits for somebody outside is on neither side: it left active work as its wait
    began, and comes into the receiver's as that ends.
    """
    counts = Counter[str](move.way for move in moves)
    aside = Counter[str](move.way for move in moves if move.waiting and move.way in _HANDED_ON)
    counts.subtract(aside)
    came = {way: counts[way] for way in _sides(measured, _INCOMING, "transferred_in")}
    went = {way: counts[way] for way in _sides(measured, _OUTGOING, "transferred_out")}
    left_out = {_WHILE_WAITING: sum(aside.values())} if measured.asking.filters.team else None
    basis = measured.footing.basis(
        "5.2 moves", sum(came.values()) + sum(went.values()), excluded=left_out
    )
    return (
        Counted(basis, came | went),
        clearance_rate(measured.footing, came, went, excluded=left_out),
    )


def _sides(measured: Measured, ways: Sequence[str], transferred: str) -> tuple[str, ...]:
    """Transfers count for one team; over several they cancel."""
    return (*ways, transferred) if measured.asking.filters.team is not None else tuple(ways)


def _arrivals(measured: Measured, counts: Mapping[Way, int]) -> Figure:
    """What came in for each working day: new, returned, for a team also handed over; not what only ran on."""
    came = counts["new"] + counts["reopened"]
    if measured.asking.filters.team is not None:
        came += counts["transferred_in"]
    window = measured.window
    working = measured.asking.office.between(window.first_on, window.until_on)
    basis = measured.footing.basis("5.1 arrivals a working day", came)
    if not working:
        return Figure(basis, "a day", None, NO_WORKING_DAY)
    return Figure(basis, "a day", Fraction(came, len(working)))


def _pending(measured: Measured) -> PendingAges:
    at = measured.last_instant
    active, inactive = list[int](), list[int]()
    reopened, since_reopening, never_opened = list[int](), list[int](), list[int]()
    for life in measured.mine:
        if not life.open_at(at):
            continue
        age = (measured.last_on - measured.on(life.received_at)).days
        (inactive if life.waits_at(at) else active).append(age)
        if life.taken_at is None or life.taken_at > at:
            never_opened.append(age)
        back = max((each for each in life.returns if each <= at), default=None)
        if back is not None:
            reopened.append(age)
            since_reopening.append((measured.last_on - measured.on(back)).days)
    return age_of_active_pending(
        measured.footing,
        active=active,
        inactive=inactive,
        reopened=reopened,
        since_reopening=since_reopening,
        never_opened=never_opened,
    )


def _demand(measured: Measured) -> Figure:
    tally = Counter(_inbound(measured))
    new = sum(measured.within(life.received_at) for life in measured.ours)
    return failure_demand(
        measured.footing,
        value=tally["value"] + new,
        failure=tally["failure"],
        unclassified=tally["unclassified"],
        excluded={ELSEWHERE: measured.elsewhere},
    )


def _inbound(measured: Measured) -> Iterator[Demand]:
    for life in measured.ours:
        for each in life.contacts:
            if each.inbound and measured.within(each.at):
                yield measured.demand(each)


def _loop(measured: Measured, arrivals: Fraction | None) -> Loop:
    """The mean days in queue are those from receipt to end of what ended in the window.

    What waits is all that does, from wherever it came: it takes the same staff time.
    """
    case_days, working_case_days = _case_days(measured)
    waited = [
        (measured.on(closing.at) - measured.on(life.received_at)).days
        for life, closing in measured.closings(ours=True)
    ]
    return loop(
        measured.footing,
        failure_contacts=sum(demand == "failure" for demand in _inbound(measured)),
        case_days=case_days,
        working_case_days=working_case_days,
        days_in_queue=Fraction(sum(waited), len(waited)) if waited else None,
        effort=measured.asking.effort,
        arrivals=arrivals,
        waiting=sum(life.open_at(measured.last_instant) for life in measured.mine),
        excluded={ELSEWHERE: measured.elsewhere},
    )


def _case_days(measured: Measured) -> tuple[int, int]:
    """On how many evenings of the window each case was open, together: on all days, and on those of work."""
    window, days, of_work = measured.window, 0, 0
    working = measured.asking.office.between(window.first_on, window.until_on)
    for life in measured.ours:
        for began, ended in life.open_spans(measured.end):
            first = max(measured.on(began), window.first_on)
            until = min(measured.on(ended), window.until_on)
            if first < until:
                days += (until - first).days
                of_work += bisect_left(working, until) - bisect_left(working, first)
    return days, of_work


def _without_reply(measured: Measured) -> Figure:
    """Resolved or lapsed without a word; who withdrew or was referred on had the last word, or another body has it."""
    found = [
        each for _, each in measured.closings(ours=True) if each.kind in ("resolved", "lapsed")
    ]
    return closed_without_reply(
        measured.footing,
        without=sum(not each.replied for each in found),
        resolutions=len(found),
        excluded={ELSEWHERE: measured.elsewhere},
    )


def _coordination(measured: Measured) -> Figure:
    entered = [
        each
        for life in measured.cases
        for each in life.entered
        if measured.within(each.at) and measured.asking.filters.of_team(each.team)
    ]
    return coordination_share(
        measured.footing,
        coordinating=sum(each.coordinates for each in entered),
        entries=len(entered),
    )


def _asked_again(measured: Measured) -> Figure:
    requests = [
        each for life in measured.ours for each in life.requests if measured.within(each.at)
    ]
    return asked_again(
        measured.footing,
        repeated=sum(bool(each.again) for each in requests),
        requests=len(requests),
    )


def _working_times(measured: Measured) -> Iterator[WorkingTime]:
    taken: dict[str | None, list[int]] = {}
    for life, closing in measured.closings(ours=False):
        if life.taken_at is not None and life.taken_at <= closing.at:
            days = (measured.on(closing.at) - measured.on(life.taken_at)).days
            taken.setdefault(life.request_type, []).append(days)
    for kind, days in sorted(taken.items(), key=lambda each: each[0] or ""):
        median, eightieth = nearest_rank(days, 50), nearest_rank(days, 80)
        if median is not None and eightieth is not None:
            yield WorkingTime(kind, len(days), median, eightieth)
