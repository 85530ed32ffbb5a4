"""The whole office as of an instant: every case folded anew in the order in which things happened, then counted.

Slower than asking the views, which know when something became known and not only when it happened.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from ledger.policy.zones import LocalDays
from ledger.store import LedgerStore
from projections.answers import UpToDate, up_to_date
from projections.as_of import entries_as_of
from projections.board import Board, BoardLine
from projections.cases import CASES, CaseRow, status
from projections.clocks import CLOCKS, ClockRow
from projections.flow import DayFlow, Flow, FlowSpan, flow_of
from projections.rebuilding import OnProgress, Progress
from projections.sla import DUE_SOON, ClockCount, SlaStatus
from projections.spans import SPANS, SpanRow
from projections.temporal import microseconds
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
        shown = tuple(line for line in lines if line.waiting or line.incoming or line.processed)
        return Board(self.up_to_date, self.at, on, days.name, shown)

    def sla(self) -> SlaStatus:
        """How every clock stood, counted."""
        tallies: dict[tuple[str, str | None, str | None], dict[str, int]] = {}
        total: dict[str, int] = {}
        for each in self.cases:
            for clock in each.clocks:
                group = (clock.clock, each.row.request_type, each.row.team)
                tally, how = tallies.setdefault(group, {}), _clock_status(clock, self.at)
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
    with views.reading("cases", "clocks", "spans") as reading:
        keys = [key for (key,) in reading.rows(_RECEIVED, at=microseconds(at))]
        standing = up_to_date(reading, known_at)
    cases: list[CaseThen] = []
    for done, key in enumerate(keys, start=1):
        entries = entries_as_of(store, UUID(key), at=at, known_at=known_at)
        cases += [
            CaseThen(row, CLOCKS.after(entries), SPANS.after(entries))
            for row in CASES.after(entries)
        ]
        if progress is not None:
            progress(Progress(done, len(keys)))
    return OfficeThen(at, standing, cases)


def _flow_span(span: SpanRow) -> FlowSpan:
    return FlowSpan(
        span.team,
        span.paused,
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


def _clock_status(clock: ClockRow, at: datetime) -> str:
    ended = {"paused": "paused", "met": "met", "breached": "ended_late"}.get(clock.state)
    if ended is not None:
        return ended
    if clock.state != "running":
        return "ended_otherwise"
    if clock.due_at is not None and clock.due_at <= at:
        return "overdue"
    return "due_soon" if clock.due_at is not None and clock.due_at <= at + DUE_SOON else "open"
