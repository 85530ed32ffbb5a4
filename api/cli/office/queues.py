"""Queues and SLA from the command line, now, as known at, or as of an instant."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from cyclopts import Parameter

from api.cli.edge import DONE
from api.cli.ledgers import clock_zone, first_due
from api.cli.office.finding import waits_for
from api.cli.progress import progress_bar
from api.cli.reading.asked_at import Asked
from api.cli.reading.question import (
    NOTHING_YET,
    UNROUTED,
    Question,
    in_force,
    question,
)
from api.cli.showing import (
    Column,
    due,
    number,
    refuse_limit,
    say,
    say_if_cut_short,
    show_json,
    show_table,
    words,
)
from api.cli.wording.in_french import Spoken, told
from api.cli.wording.spoken import speaking
from projections.lists.queues import Queue, QueuedCase
from projections.lists.queues import queue as queue_of
from projections.lists.sla import ClockStatus, SlaStatus, clocks_that_are
from projections.lists.sla import sla as sla_of
from projections.office.as_of import queue_as_of
from projections.office.lists_as_of import clocks_as_of

Limit = Annotated[int, Parameter(name="--limit", help="At most so many.")]


def queue(
    team: Annotated[str, Parameter(name="TEAM", help="A team; 'unrouted' for cases without one.")],
    /,
    *,
    limit: Limit = 50,
    language: Spoken = "en",
    asked: Asked = Asked(),
) -> int:
    """Shows what waits for a team, in the order in which it is to be taken."""
    with speaking(language), question(asked) as asking:
        refuse_limit(limit)
        when, code = asking.when, None if team == UNROUTED else team
        if when.as_of is None:
            found = queue_of(
                asking.views,
                code,
                at=when.at,
                known_at=when.known_at,
                limit=limit,
                version=in_force(asking),
            )
        else:
            with progress_bar("cases") as tell:
                found = queue_as_of(
                    asking.views,
                    asking.ledger.store,
                    code,
                    at=when.as_of,
                    known_at=when.known_at,
                    progress=lambda at: tell(*at),
                )
            found = replace(found, cases=found.cases[:limit])
        if not found.cases:
            asking.known_team(code)
        if asked.as_json:
            show_json(found)
        else:
            _show_queue(asking, found, limit)
    return DONE


def sla(
    *,
    status: ClockStatus | None = None,
    limit: Limit = 50,
    language: Spoken = "en",
    asked: Asked = Asked(),
) -> int:
    """Shows how the clocks stand, by clock, request type and team; with --status, which cases those are.

    Parameters
    ----------
    status
        List the cases whose clocks stand so.
    """
    with speaking(language), question(asked) as asking:
        if status is not None:
            refuse_limit(limit)
            _list_clocks(asking, status, limit=limit, as_json=asked.as_json)
            return DONE
        then, when = asking.then(), asking.when
        found = then.sla() if then else sla_of(asking.views, at=when.at, known_at=when.known_at)
        if asked.as_json:
            show_json(found)
        else:
            show_sla(asking, found)
    return DONE


def show_sla(question: Question, found: SlaStatus) -> None:
    """Prints the counts and their total."""
    rows = [
        (
            each.clock or told("all"), each.request_type, each.team, each.open, each.due_soon,
            each.overdue, each.paused, each.met, each.ended_late, each.ended_otherwise,
        )
        for each in (*found.clocks, found.total)
    ]  # fmt: skip
    show_table(
        "How the clocks stand",
        [
            Column("clock"), Column("type"), Column("team"), number("open"), number("due soon"),
            number("overdue"), number("paused"), number("met"), number("ended late"),
            number("otherwise", spare=1),
        ],
        rows if found.clocks else [],
        empty=NOTHING_YET,
    )  # fmt: skip
    say(question.foot(found.up_to_date))


def _show_queue(question: Question, found: Queue, limit: int) -> None:
    zone = question.days.zone
    show_table(
        told("Queue of {team}", team=question.team(found.team)),
        [
            Column("case"), Column("status"), words("turn", least=12), Column("type"),
            Column("owner", spare=1), words("due", least=10), number("days old"),
            Column("waits for", spare=2),
        ],
        [
            (
                each.row.reference, told(each.status.replace("_", " ")), _turn(question, each),
                each.row.request_type, each.row.owner, first_due(question.policies, each.row, zone),
                each.age_seconds // 86_400, waits_for(question, each.row),
            )
            for each in found.cases
        ],
        empty="Nothing waits here. What is routed to this team will stand here, what is due first on top.",
    )  # fmt: skip
    say_if_cut_short(len(found.cases), limit)
    say(question.foot(found.up_to_date))


def _turn(question: Question, case: QueuedCase) -> str:
    """Why a case stands where it does: its lane, for a dated one its latest safe start."""
    turn, zone = case.turn, question.days.zone
    if turn is None:
        return ""
    if turn.lane == "dated":
        return told("start by {at}", at=first_due(question.policies, case.row, zone, at=turn.at))
    return told(turn.lane)


def _list_clocks(question: Question, status: ClockStatus, *, limit: int, as_json: bool) -> None:
    when, zone = question.when, question.days.zone
    if when.as_of is None:
        found = clocks_that_are(
            question.views, status, at=when.at, known_at=when.known_at, limit=limit
        )
    else:
        store = question.ledger.store
        found = clocks_as_of(question.views, store, status, at=when.at, then=when.then, limit=limit)
    if as_json:
        show_json(found)
        return
    show_table(
        told("Clocks that are {status}", status=told(status.replace("_", " "))),
        [Column("case"), Column("clock"), Column("due"), Column("team"), Column("owner")],
        [
            (
                each.case.reference, each.clock.clock,
                due(each.clock.due_at, zone, of=clock_zone(question.policies, each.clock.clock)),
                each.case.team, each.case.owner,
            )
            for each in found.clocks
        ],
        empty="None are.",
    )  # fmt: skip
    say_if_cut_short(len(found.clocks), limit)
    say(question.foot(found.up_to_date))
