"""The board: for each team what came in today, what waits and what was processed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from ledger.policy.calendars.zones import LocalDays
from ledger.policy.running_out import RunsOut
from projections.answers import UpToDate
from projections.flow.by_day import DayFlow, flow
from projections.flow.rates import DayRate
from projections.lists.queues import TeamCount, counts

if TYPE_CHECKING:
    from projections.views import Views


@dataclass(frozen=True, slots=True)
class BoardLine:
    """One team (None: the intake desk) on one day.

    `waiting` are all its open cases, `paused` those among them that wait for somebody outside, in transit none;
    `processed` counts what was resolved, withdrawn, lapsed or referred out, `returned` what was
    reopened, and `processed_net` is the one less the other. Transfers move both sides: what waits is what
    waited as the day began, and `incoming`, less `processed` and `transferred_out`. `rate` is what the
    team's rate asks of the day, where it has one.
    """

    team: str | None
    incoming: int
    waiting: int
    paused: int
    processed: int
    returned: int
    processed_net: int
    transferred_in: int
    transferred_out: int
    queued: int
    in_hand: int
    in_transit: int
    overdue: int
    rate: DayRate | None = None


@dataclass(frozen=True, slots=True)
class Board:
    """The lines of every team with open cases or movement on the local day of `at`, by team.

    `running_out` is what ends soon that due dates or decisions need, as far as whoever asks gave the policies.
    """

    up_to_date: UpToDate
    at: datetime
    on: date
    zone: str
    teams: tuple[BoardLine, ...]
    running_out: tuple[RunsOut, ...] = ()

    def of(self, team: str | None) -> Board:
        """The board of one team alone, which has a line also where nothing moves or waits."""
        lines = tuple(line for line in self.teams if line.team == team)
        return replace(self, teams=lines or (_line(team, None, None, self.on),))


def board(
    views: Views,
    *,
    at: datetime,
    days: LocalDays,
    known_at: datetime | None = None,
    rates: Iterable[DayRate] = (),
) -> Board:
    """The board of the local day in which an instant lies, as it is known now or was at another instant.

    `rates` are what the rates of that day ask, as they are known at the same instant.
    """
    on = days.date_of(at)
    moved = flow(views, days=days, first_on=on, last_on=on, known_at=known_at)
    counted = counts(views, at=at, known_at=known_at)
    flows = {each.team: each for each in moved.days}
    standing = {each.team: each for each in counted.teams}
    asked = {each.team: each for each in rates}
    known = flows.keys() | standing.keys() | asked.keys()
    teams = sorted(known, key=lambda team: (team is None, team or ""))
    lines = tuple(
        replace(
            _line(team, flows.get(team), standing.get(team), on),
            rate=None if team is None else asked.get(team),
        )
        for team in teams
    )
    return Board(counted.up_to_date, at, on, days.name, lines)


def _line(team: str | None, moved: DayFlow | None, count: TeamCount | None, on: date) -> BoardLine:
    moved = moved or DayFlow(team, on)
    count = count or TeamCount(team)
    return BoardLine(
        team=team,
        incoming=moved.incoming,
        waiting=count.open,
        paused=count.waiting,
        processed=moved.processed - moved.transferred_out,
        returned=moved.reopened,
        processed_net=moved.processed_net,
        transferred_in=moved.transferred_in,
        transferred_out=moved.transferred_out,
        queued=count.queued,
        in_hand=count.in_hand,
        in_transit=count.in_transit,
        overdue=count.overdue,
    )
