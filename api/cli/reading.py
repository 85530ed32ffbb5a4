"""Reading the office from the command line: its board, queues, SLA and flow, now, as known at, or as of an instant."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Annotated

from cyclopts import Parameter

from api.cli.asked_at import Asked, Instants
from api.cli.edge import DONE
from api.cli.ledgers import caught_up, office_days, opened_with_views
from api.cli.moments import date_of
from api.cli.progress import progress_bar
from api.cli.showing import Column, due, local, number, say, show_json, show_table, words
from ledger.errors import InvalidCommand
from ledger.policy.in_force import Policies
from ledger.policy.zones import LocalDays
from ledger.service import Ledger
from projections.answers import UpToDate
from projections.as_of import queue_as_of
from projections.board import Board
from projections.board import board as board_of
from projections.flow import Flow
from projections.flow import flow as flow_of
from projections.office_as_of import OfficeThen, office_as_of
from projections.queues import Queue
from projections.queues import queue as queue_of
from projections.sla import ClockStatus, SlaStatus, clocks_that_are
from projections.sla import sla as sla_of
from projections.views import Views

NOTHING_YET = (
    "Nothing yet: open a case with `caseledger open CHANNEL`, or bring in a history with "
    "`caseledger import FILE --mapping MAP`."
)
_UNROUTED = "unrouted"
_FLOW_DAYS = 14

Limit = Annotated[int, Parameter(name="--limit", help="At most so many.")]


@dataclass(frozen=True, slots=True)
class Question:
    """What a question is asked of: the ledger, its views caught up, and the instants it is about."""

    ledger: Ledger
    views: Views
    policies: Policies
    when: Instants
    days: LocalDays

    def then(self) -> OfficeThen | None:
        """The office folded anew as of an instant, if that is what is asked."""
        if self.when.as_of is None:
            return None
        with progress_bar("cases") as tell:
            return office_as_of(
                self.views,
                self.ledger.store,
                at=self.when.as_of,
                known_at=self.when.known_at,
                progress=lambda at: tell(*at),
            )

    def foot(self, standing: UpToDate) -> str:
        """The sentence at the foot of each answer."""
        said = f"Up to date as of entry {standing.position}"
        if self.when.known_at is not None:
            said += f", as known at {local(self.when.known_at, self.days.zone)}"
        if self.when.as_of is not None:
            said += f", as of {local(self.when.as_of, self.days.zone)}"
        return f"{said} ({self.days.name})."

    def team(self, code: str | None) -> str:
        """A team's code with its name, as far as the policy has one."""
        if code is None:
            return _UNROUTED
        known = self.policies.versions[-1].policy.teams if self.policies.versions else {}
        return f"{code} {known[code].en}" if code in known else code


def board(*, asked: Asked = Asked()) -> int:  # noqa: B008 - frozen
    """Shows each team's day: what came in, what waits, what was processed."""
    with _asked(asked) as question:
        then, when = question.then(), question.when
        found = (
            then.board(question.days)
            if then
            else board_of(question.views, at=when.at, days=question.days, known_at=when.known_at)
        )
        if asked.as_json:
            show_json(found)
        else:
            show_board(question, found)
    return DONE


def show_board(question: Question, found: Board) -> None:
    """Prints a board."""
    show_table(
        f"Board of {found.on}",
        [
            words("team"), number("incoming"), number("waiting"), number("paused"),
            number("queued"), number("in hand"), number("in transit"), number("overdue"),
            number("processed"), number("returned"), number("net"),
        ],
        [
            (
                question.team(line.team), line.incoming, line.waiting, line.paused,
                line.queued, line.in_hand, line.in_transit, line.overdue,
                line.processed, line.returned, line.processed_net,
            )
            for line in found.teams
        ],
        empty=NOTHING_YET,
    )  # fmt: skip
    say(question.foot(found.up_to_date))


def queue(
    team: Annotated[str, Parameter(name="TEAM", help="A team; 'unrouted' for cases without one.")],
    /,
    *,
    limit: Limit = 50,
    asked: Asked = Asked(),  # noqa: B008 - frozen
) -> int:
    """Shows what waits for a team, in the order in which it is to be taken."""
    with _asked(asked) as question:
        when, code = question.when, None if team == _UNROUTED else team
        if when.as_of is None:
            found = queue_of(
                question.views, code, at=when.at, known_at=when.known_at, limit=_positive(limit)
            )
        else:
            with progress_bar("cases") as tell:
                found = queue_as_of(
                    question.views,
                    question.ledger.store,
                    code,
                    at=when.as_of,
                    known_at=when.known_at,
                    progress=lambda at: tell(*at),
                )
        if not found.cases:
            _known_team(question, code)
        if asked.as_json:
            show_json(found)
        else:
            _show_queue(question, found)
    return DONE


def sla(
    *,
    status: ClockStatus | None = None,
    limit: Limit = 50,
    asked: Asked = Asked(),  # noqa: B008 - frozen
) -> int:
    """Shows how the clocks stand, by clock, request type and team; with --status, which cases those are.

    Parameters
    ----------
    status
        List the cases whose clocks stand so.
    """
    with _asked(asked) as question:
        if status is not None:
            _list_clocks(question, status, limit=_positive(limit), as_json=asked.as_json)
            return DONE
        then, when = question.then(), question.when
        found = then.sla() if then else sla_of(question.views, at=when.at, known_at=when.known_at)
        if asked.as_json:
            show_json(found)
        else:
            show_sla(question, found)
    return DONE


def show_sla(question: Question, found: SlaStatus) -> None:
    """Prints the counts and their total."""
    rows = [
        (
            each.clock or "all", each.request_type, each.team, each.open, each.due_soon,
            each.overdue, each.paused, each.met, each.ended_late, each.ended_otherwise,
        )
        for each in (*found.clocks, found.total)
    ]  # fmt: skip
    show_table(
        "How the clocks stand",
        [
            Column("clock"), Column("type"), Column("team"), number("open"), number("due soon"),
            number("overdue"), number("paused"), number("met"), number("ended late"),
            number("otherwise"),
        ],
        rows if found.clocks else [],
        empty=NOTHING_YET,
    )  # fmt: skip
    say(question.foot(found.up_to_date))


def flow(
    *,
    first: Annotated[str | None, Parameter(name="--from")] = None,
    last: Annotated[str | None, Parameter(name="--to")] = None,
    team: str | None = None,
    asked: Asked = Asked(),  # noqa: B008 - frozen
) -> int:
    """Shows what came, moved and went, by team and day.

    Parameters
    ----------
    first
        The first day; two weeks before the last if left out.
    last
        The last day; the day asked about if left out.
    team
        Of this team alone.
    """
    with _asked(asked) as question:
        when, days = question.when, question.days
        last_on = date_of(last, option="--to") if last else days.date_of(when.at)
        first_on = date_of(first, option="--from") if first else _before(last_on)
        if not first_on <= last_on <= first_on + timedelta(days=3660):
            raise InvalidCommand(
                "--from must not be after --to, nor more than ten years before it."
            )
        then = question.then()
        found = (
            then.flow(days, first_on, last_on)
            if then
            else flow_of(
                question.views,
                days=days,
                first_on=first_on,
                last_on=last_on,
                known_at=when.known_at,
            )
        )
        if team is not None:
            found = replace(found, days=tuple(day for day in found.days if day.team == team))
        if asked.as_json:
            show_json(found)
        else:
            _show_flow(question, found)
    return DONE


@contextmanager
def _asked(asked: Asked) -> Iterator[Question]:
    with opened_with_views() as (ledger, views):
        policies = ledger.policies()
        days = office_days(policies)
        when = asked.instants(days, now=ledger.clock())
        caught_up(views, ledger)
        yield Question(ledger, views, policies, when, days)


def _before(last_on: date) -> date:
    return last_on - timedelta(days=_FLOW_DAYS - 1)


def _positive(limit: int) -> int:
    if not 1 <= limit <= 100_000:
        raise InvalidCommand("--limit must be from 1 to 100000.")
    return limit


def _known_team(question: Question, code: str | None) -> None:
    """An empty queue is an answer; that of a team nobody ever heard of is a slip."""
    versions = question.policies.versions
    if code is None or not versions:
        return
    ever = {team for version in versions for team in version.policy.teams}
    if code not in ever:
        raise InvalidCommand(
            f"'{code}' is not a team of any policy published here; there are "
            f"{', '.join(sorted(ever))}, and 'unrouted'."
        )


def _show_queue(question: Question, found: Queue) -> None:
    zone = question.days.zone
    show_table(
        f"Queue of {question.team(found.team)}",
        [
            Column("case"), Column("status"), Column("type"), Column("owner"), Column("due"),
            number("days old"), Column("waits for"),
        ],
        [
            (
                each.row.reference, each.status.replace("_", " "), each.row.request_type,
                each.row.owner, due(each.row.due_at, zone), each.age_seconds // 86_400,
                each.row.waiting,
            )
            for each in found.cases
        ],
        empty="Nothing waits here. What is routed to this team will stand here, what is due first on top.",
    )  # fmt: skip
    say(question.foot(found.up_to_date))


def _list_clocks(question: Question, status: ClockStatus, *, limit: int, as_json: bool) -> None:
    when, zone = question.when, question.days.zone
    if when.as_of is not None:
        raise InvalidCommand("--status lists what is known: give --known-at instead of --as-of.")
    found = clocks_that_are(question.views, status, at=when.at, known_at=when.known_at, limit=limit)
    if as_json:
        show_json(found)
        return
    show_table(
        f"Clocks that are {status.replace('_', ' ')}",
        [Column("case"), Column("clock"), Column("due"), Column("team"), Column("owner")],
        [
            (
                each.case.reference, each.clock.clock, due(each.clock.due_at, zone), each.case.team,
                each.case.owner,
            )
            for each in found.clocks
        ],
        empty="None are.",
    )  # fmt: skip
    say(question.foot(found.up_to_date))


def _show_flow(question: Question, found: Flow) -> None:
    show_table(
        "Flow by team and day",
        [
            words("team"), Column("day"), number("waiting"), number("new"), number("in"),
            number("reopened"), number("resolved"), number("out"), number("withdrawn"),
            number("lapsed"), number("referred"), number("at the end"),
        ],
        [
            (
                question.team(day.team), day.on, day.waiting_start, day.new, day.transferred_in,
                day.reopened, day.resolved, day.transferred_out, day.withdrawn, day.lapsed,
                day.referred_out, day.waiting_end,
            )
            for day in found.days
            if day.waiting_start or day.incoming or day.processed
        ],
        empty=NOTHING_YET,
    )  # fmt: skip
    say(question.foot(found.up_to_date))
