"""The whole office as of an instant: every case folded anew in the order in which things happened, then counted.

Slower than asking the views, which know when something became known and not only when it happened.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from ledger.policy.calendars.zones import LocalDays
from ledger.store import LedgerStore
from ledger.then import Then
from projections.answers import UpToDate, up_to_date
from projections.flow.board import Board, BoardLine
from projections.flow.by_day import DayFlow, Flow, FlowSpan, flow_of
from projections.fold.temporal import microseconds
from projections.fold.told import Told
from projections.lists.queues import Counts, TeamCount, counts
from projections.lists.sla import DUE_SOON, ClockCount, ClockStatus, SlaStatus
from projections.office.as_of import entries_as_of
from projections.rows.case_rows import CaseRow, status
from projections.rows.cases import CASES
from projections.rows.clocks import CLOCKS, ClockRow
from projections.rows.spans import SPANS, SpanRow
from projections.store.progress import OnProgress, Progress, refuse_too_late

if TYPE_CHECKING:
    from projections.views import Views

_RECEIVED = """
    SELECT key FROM {cases} WHERE magnitude = 63 AND received_at <= :at ORDER BY key
"""


@dataclass(frozen=True, slots=True)
class CaseThen:
    """A case as it stood at an instant."""

    row: CaseRow
    clocks: Sequence[ClockRow]
    spans: Sequence[SpanRow]


@dataclass(frozen=True, slots=True)
class OfficeThen:
    """Every case that had been received by an instant, as it then stood by what is known of it."""

    at: datetime
    up_to_date: UpToDate
    cases: Sequence[CaseThen]

    def flow(self, days: LocalDays, first_on: date, last_on: date) -> Flow:
        """The flow from the first to the last local date, both included, as far as it had gone."""
        dates = [first_on + timedelta(days=n) for n in range((last_on - first_on).days + 1)]
        borders = [microseconds(days.begin(day)) for day in (*dates, last_on + timedelta(days=1))]
        spans = [
            _flow_span(span) for each in self.cases for span in each.spans if not span.resolved
        ]
        return Flow(self.up_to_date, days.name, tuple(flow_of(spans, dates, borders)))

    def board(self, days: LocalDays) -> Board:
        """The board of that day, as it stood at that instant."""
        on = days.date_of(self.at)
        flows = {each.team: each for each in self.flow(days, on, on).days}
        opened = [each.row for each in self.cases if each.row.open]
        teams = sorted(
            flows.keys() | {row.team for row in opened}, key=lambda team: (team is None, team or "")
        )
        lines = (
            _line(team, flows.get(team) or DayFlow(team, on), opened, self.at) for team in teams
        )
        shown = tuple(
            line
            for line in lines
            if line.waiting or line.incoming or line.processed or line.transferred_out
        )
        return Board(self.up_to_date, self.at, on, days.name, shown)

    def sla(self) -> SlaStatus:
        """How every clock stood, counted."""
        tallies: dict[tuple[str, str | None, str | None], dict[str, int]] = {}
        total: dict[str, int] = {}
        for each in self.cases:
            for clock in each.clocks:
                group = (clock.clock, each.row.request_type, each.row.team)
                tally, how = tallies.setdefault(group, {}), clock_status(clock, self.at)
                tally[how] = tally.get(how, 0) + 1
                total[how] = total.get(how, 0) + 1
        groups = sorted(tallies, key=lambda group: tuple(part or "" for part in group))
        clocks = tuple(ClockCount(*group, **tallies[group]) for group in groups)
        return SlaStatus(self.up_to_date, self.at, clocks, ClockCount("", None, None, **total))


def office_as_of(
    views: Views,
    store: LedgerStore,
    *,
    at: datetime,
    known_at: datetime | None = None,
    progress: OnProgress | None = None,
) -> OfficeThen:
    """The office as it stood at an instant, by what is known now, or was at another instant."""
    standing, found = cases_as_of(
        views, store, ("cases", "clocks", "spans"), at=at, known_at=known_at, progress=progress
    )
    cases = [
        CaseThen(row, CLOCKS.after(entries), SPANS.after(entries)) for _, row, entries in found
    ]
    return OfficeThen(at, standing, cases)


def counts_then(views: Views, store: LedgerStore, at: datetime, then: Then) -> Counts:
    """How many open cases each team had, as `queues.counts` gives it."""
    if then.as_of is None:
        return counts(views, at=at, known_at=then.known_at)
    standing, found = cases_as_of(views, store, (), at=then.as_of, known_at=then.known_at)
    tallies: dict[str | None, dict[str, int]] = {}
    for _, row, _ in found:
        if row.open:
            tally = tallies.setdefault(row.team, {})
            late = "overdue" if status(row, at) == "overdue" else None
            for name in ("open", row.standing, late):
                if name is not None:
                    tally[name] = tally.get(name, 0) + 1
    teams = sorted(tallies, key=lambda team: (team is None, team or ""))
    return Counts(standing, at, tuple(TeamCount(team, **tallies[team]) for team in teams))


def cases_as_of(
    views: Views,
    store: LedgerStore,
    names: Sequence[str],
    *,
    at: datetime,
    known_at: datetime | None,
    progress: OnProgress | None = None,
) -> tuple[UpToDate, Iterator[tuple[UUID, CaseRow, list[Told]]]]:
    """Every case that had been received by an instant, its row then and the entries that make it, one by one.

    `names` are the projections by which an answer is told.
    """
    with views.reading(*dict.fromkeys(("cases", *names))) as reading:
        keys = [UUID(key) for (key,) in reading.rows(_RECEIVED, at=microseconds(at))]
        standing = up_to_date(reading, known_at)

    def each() -> Iterator[tuple[UUID, CaseRow, list[Told]]]:
        for done, key in enumerate(keys, start=1):
            refuse_too_late()
            entries = entries_as_of(store, key, at=at, known_at=known_at)
            for row in CASES.after(entries):
                yield key, row, entries
            if progress is not None:
                progress(Progress(done, len(keys)))

    return standing, each()


def _flow_span(span: SpanRow) -> FlowSpan:
    return FlowSpan(
        span.team,
        span.paused and span.transit_to is None,
        microseconds(span.from_at),
        None if span.to_at is None else microseconds(span.to_at),
        span.came_by,
        span.left_by,
    )


def _line(team: str | None, moved: DayFlow, opened: Sequence[CaseRow], at: datetime) -> BoardLine:
    cases = [row for row in opened if row.team == team]
    standing = [row.standing for row in cases]
    return BoardLine(
        team=team,
        incoming=moved.incoming,
        waiting=len(cases),
        paused=standing.count("waiting"),
        processed=moved.processed - moved.transferred_out,
        returned=moved.reopened,
        processed_net=moved.processed_net,
        transferred_in=moved.transferred_in,
        transferred_out=moved.transferred_out,
        queued=standing.count("queued"),
        in_hand=standing.count("in_hand"),
        in_transit=standing.count("in_transit"),
        overdue=sum(status(row, at) == "overdue" for row in cases),
    )


_ENDED: Mapping[str, ClockStatus] = {
    "paused": "paused",
    "met": "met",
}


def clock_status(clock: ClockRow, at: datetime) -> ClockStatus:
    """How a clock stands at an instant, in the words of its counts."""
    if clock.state == "breached" and clock.sense == "deadline":
        return "ended_late"
    if clock.state != "running":
        return _ENDED.get(clock.state, "ended_otherwise")
    if clock.sense != "deadline":
        return "open"
    if clock.due_at is not None and clock.due_at <= at:
        return "overdue"
    return "due_soon" if clock.due_at is not None and clock.due_at <= at + DUE_SOON else "open"
